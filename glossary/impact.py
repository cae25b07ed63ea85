"""What a change of the glossary means for what was translated before.

A segment is affected if the two states of the glossary find different things in it: another
entry, another span, or the same entry with other renderings. So a new long term that now covers a
shorter one counts, and a change of a definition does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary.compare import differences
from glossary.entry import Entry, Match
from glossary.match import Matcher
from glossary.pairs import Sentence


@dataclass(frozen=True, slots=True)
class Effect:
    """A term that is now rendered otherwise. ``done`` says that the target has it already."""

    source: str
    entry: str
    before: str
    after: str
    done: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """A sentence that a change touches, and by what."""

    sentence: Sentence
    effects: tuple[Effect, ...]

    @property
    def done(self) -> bool:
        """Whether the English is right already."""
        return all(effect.done for effect in self.effects)


class Impact:
    """Two states of a glossary, ready to look at sentences.

    Example:
        >>> impact = Impact(store.live(at=3), store.live())
        >>> [hit.sentence.number for hit in impact.affected(read_pairs(Path("out.jsonl")))]
        [4, 17]
    """

    def __init__(self, old: Iterable[Entry], new: Iterable[Entry]) -> None:
        before, after = list(old), list(new)
        self.changed = list(differences(before, after))
        touched = [e for d in self.changed for e in (d.old, d.new) if e is not None]
        # Most sentences hold no changed term: this small matcher lets them pass quickly.
        self._touched = Matcher(touched)
        self._old, self._new = Matcher(before), Matcher(after)

    def affected(self, sentences: Iterable[Sentence]) -> Iterator[Affected]:
        """The sentences that the change touches, in order."""
        for sentence in sentences:
            if not self._touched.find(sentence.source):
                continue
            effects = tuple(self._effects(sentence))
            if effects:
                yield Affected(sentence, effects)

    def _effects(self, sentence: Sentence) -> Iterator[Effect]:
        text = sentence.source
        before = {_what(m): m for m in self._old.find(text)}
        after = {_what(m): m for m in self._new.find(text)}
        lost = [m for what, m in before.items() if what not in after]
        for what, match in after.items():
            if what in before:
                continue
            former = next((m for m in lost if m.start < match.end and match.start < m.end), None)
            if former is not None:
                lost.remove(former)
            yield _effect(text, sentence.target, former, match)
        for match in lost:
            yield _effect(text, sentence.target, match, None)


def _what(match: Match) -> tuple[int, int, str, str, tuple[str, ...], tuple[str, ...], str]:
    """All of a match that decides how it is translated."""
    entry = match.entry
    rest = (entry.preferred, entry.accepted, entry.forbidden, entry.best.inflection)
    return (match.start, match.end, entry.id, *rest)


def _effect(text: str, target: str, before: Match | None, after: Match | None) -> Effect:
    match = after or before
    assert match is not None
    done = False
    if after is not None:
        right = any(_contains(target, t) for t in after.entry.accepted)
        done = right and not any(_contains(target, t) for t in after.entry.forbidden)
    return Effect(
        text[match.start : match.end],
        match.entry.id,
        before.entry.preferred if before else "",
        after.entry.preferred if after else "",
        done,
    )


def _contains(target: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", target, re.IGNORECASE) is not None
