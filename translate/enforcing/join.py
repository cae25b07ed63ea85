"""Parts of a long sentence, decoded one by one, joined again into one pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from translate.document import Constraint, Edit, Placement
from translate.enforcing.attempt import Draft, Unit

# How the mark that ends a part is said between two English clauses.
_MARKS = {"；": ";", ";": ";", "：": ":", ":": ":", "。": ".", "！": "!", "？": "?"}
# First words that keep their capital inside a sentence; so do placements and acronyms.
_PROPER = frozenset(
    "I I'm I've I'll I'd Party CPC China Chinese Beijing Spring English Internet Marxism Marxist "
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Communist Mr Mrs Ms Dr".split()
)


def split_units(
    text: str, constraints: Sequence[Constraint], parts: Sequence[tuple[int, int]]
) -> list[Unit]:
    """One unit a part, with the constraints that lie in it, their offsets in the part."""
    return [
        Unit(
            text[start:end],
            tuple(
                replace(c, start=c.start - start, end=c.end - start)
                for c in constraints
                if start <= c.start and c.end <= end
            ),
        )
        for start, end in parts or ((0, len(text)),)
    ]


def join_drafts(
    drafts: Sequence[Draft], units: Sequence[Unit], constraints: Sequence[Constraint]
) -> Draft:
    """Put drafts of adjoining parts together.

    Args:
        drafts: one a part.
        units: the parts they translate.
        constraints: the segment's own, whose offsets the placements get back; in order they are
            those of the units one after another.
    """
    if len(drafts) == 1:
        only = drafts[0]
        placements = zip(only.placements, constraints, strict=True)
        return replace(only, placements=tuple(replace(p, constraint=c) for p, c in placements))
    target = ""
    placements_: list[Placement] = []
    edits: list[Edit] = []
    for n, (draft, unit) in enumerate(zip(drafts, units, strict=True)):
        body = draft.target
        if n < len(drafts) - 1:
            body = _ended(body, unit.text)
        if target and target[-1] not in ".!?" and body:
            body = _lowered(body, draft.placements)
        shift = len(target) + bool(target)
        target = f"{target} {body}" if target else body
        placements_ += [
            p if p.start < 0 else replace(p, start=p.start + shift, end=p.end + shift)
            for p in draft.placements
        ]
        edits += [replace(e, start=e.start + shift) for e in draft.edits]
    whole = zip(placements_, constraints, strict=True)
    return Draft(
        target,
        tuple(replace(p, constraint=c) for p, c in whole),
        tuple(edits),
        sum(d.score for d in drafts) / len(drafts),
    )


def _ended(body: str, source: str) -> str:
    """A part that is not the last ends as its source does, not with the model's full stop."""
    mark = _MARKS.get(source.rstrip("”’」』 ")[-1:], ",")
    stripped = body.rstrip()
    closing = '"' if stripped.endswith('"') and stripped.count('"') % 2 == 0 else ""
    kept = stripped[: len(stripped) - len(closing)].rstrip(".,;:!? ")
    return f"{kept}{mark}{closing}" if kept else ""


def _lowered(body: str, placements: Sequence[Placement]) -> str:
    """A part inside the sentence begins in lower case, unless its first word is a name."""
    first = body.split(" ", 1)[0].strip("\"',.;:")
    named = any(p.start <= body.find(first) < p.end for p in placements)
    if named or first in _PROPER or not first[1:].islower() or body[:1] in "\"'":
        return body
    return body[:1].lower() + body[1:]
