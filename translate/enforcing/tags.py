"""Saying a term in the source, ``<t> term </t>``, and reading where it came out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.engine import TAG_CLOSE, TAG_OPEN, Hypothesis, Link
from translate.document import Constraint

Span = tuple[int, int]
_TAGGED = re.compile(rf"{TAG_OPEN}(.*?){TAG_CLOSE}", re.S)
_STRAY = re.compile(rf"(?:{TAG_OPEN}|{TAG_CLOSE}) ?")


def tagged(text: str) -> str:
    """``text`` between tags."""
    return f"{TAG_OPEN} {text} {TAG_CLOSE}"


def untagged(text: str) -> str:
    """``text`` without tags, what stood between them kept."""
    return _STRAY.sub("", _TAGGED.sub(lambda m: m[1].strip(), text))


@dataclass(frozen=True, slots=True)
class Said:
    """A source with constraints said in it.

    ``anchors`` are (offset in ``text``, offset in the original, whether a tag begins there),
    rising; between two anchors the offsets run in step, inside a tag they stand still.
    """

    text: str
    anchors: tuple[tuple[int, int, bool], ...]

    def origin(self, offset: int) -> int:
        """The offset in the original of ``text[offset]``; inside a tag, its term's start."""
        i = bisect_right(self.anchors, (offset, len(self.text) + 1, True)) - 1
        said, original, inside = self.anchors[max(i, 0)]
        return original if inside else original + offset - said


def say(text: str, constraints: Sequence[Constraint]) -> Said:
    """Replace each constraint's source (offsets in ``text``, rising) by its tagged target."""
    out: list[str] = []
    anchors: list[tuple[int, int, bool]] = [(0, 0, False)]
    done = length = 0
    for constraint in constraints:
        before, term = text[done : constraint.start], tagged(constraint.target)
        out += [before, term]
        anchors.append((length + len(before), constraint.start, True))
        length += len(before) + len(term)
        anchors.append((length, constraint.end, False))
        done = constraint.end
    out.append(text[done:])
    return Said("".join(out), tuple(anchors))


@dataclass(frozen=True, slots=True)
class Read:
    """A hypothesis without its tags.

    ``tagged`` are the spans of ``text`` that stood between tags. ``links`` have their source
    offsets in the sentence before anything was said in it, their target offsets in ``text``.
    ``raw_of[i]`` is the offset of ``text[i]`` in the hypothesis, the end's being the last item.
    """

    text: str
    score: float
    tagged: tuple[Span, ...]
    links: tuple[Link, ...]
    raw_of: tuple[int, ...]


def read(hypothesis: Hypothesis, said: Said) -> Read:
    """Take the tags out of a hypothesis and carry its links back to the sentence as it was."""
    raw = hypothesis.text
    keep = [True] * len(raw)
    inner: list[Span] = []
    for match in _TAGGED.finditer(raw):
        body = match[1]
        start = match.start(1) + len(body) - len(body.lstrip())
        end = max(start, match.start(1) + len(body.rstrip()))
        inner.append((start, end))
        for a, b in ((match.start(), start), (end, match.end())):
            keep[a:b] = [False] * (b - a)
    for match in _STRAY.finditer(raw):
        # A tag without its other half goes, with the space after it.
        if keep[match.start()]:
            keep[match.start() : match.end()] = [False] * (match.end() - match.start())
    raw_of = [i for i, kept in enumerate(keep) if kept]
    new_of = [0]
    for kept in keep:
        new_of.append(new_of[-1] + kept)
    links = (
        Link(
            said.origin(link.source_start),
            said.origin(max(link.source_end - 1, link.source_start)) + 1,
            new_of[link.target_start],
            new_of[link.target_end],
            link.weight,
        )
        for link in hypothesis.links
    )
    return Read(
        "".join(raw[i] for i in raw_of),
        hypothesis.score,
        tuple((new_of[a], new_of[b]) for a, b in inner if new_of[a] < new_of[b]),
        tuple(link for link in links if link.target_start < link.target_end),
        (*raw_of, len(raw)),
    )


def splice(hypothesis: Hypothesis, start: int, end: int, text: str) -> Hypothesis:
    """Replace ``hypothesis.text[start:end]``; links inside now point at all of ``text``."""
    grown = len(text) - (end - start)

    def moved(link: Link) -> Link:
        if link.target_end <= start:
            return link
        if link.target_start >= end:
            return replace(
                link, target_start=link.target_start + grown, target_end=link.target_end + grown
            )
        return replace(link, target_start=start, target_end=start + len(text))

    changed = hypothesis.text[:start] + text + hypothesis.text[end:]
    return replace(hypothesis, text=changed, links=tuple(map(moved, hypothesis.links)))
