"""A working text that knows where each of its characters was printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from translate.document import Edit, Flag

__all__ = ["HAN", "Change", "Fixer", "Working", "is_han", "replace_all"]

# The Chinese characters, as the inside of a character class: unified ideographs with their
# extensions A and B to F, the compatibility ideographs, and 〇 々 which behave like them.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"

_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Change:
    """Replace ``text[start:end]`` by ``after``.

    ``at`` gives the offset, in the text before the change, that each character of ``after``
    stands for; without it they are spread over the span from its start. ``candidates`` (also if
    it is empty) asks for a look: the readings to choose from, best first, with ``after`` used
    meanwhile.
    """

    start: int
    end: int
    after: str
    at: tuple[int, ...] = ()
    candidates: tuple[str, ...] | None = None


Fixer = Callable[[str], Iterable[Change]]


def is_han(char: str) -> bool:
    """Whether a character (or the first of a string) is a Chinese character."""
    return bool(_HAN.match(char))


def replace_all(pattern: re.Pattern[str], after: str, text: str) -> Iterator[Change]:
    """A change for each match of a pattern."""
    for match in pattern.finditer(text):
        yield Change(match.start(), match.end(), after)


class Working:
    """The text on its way through the fixers.

    Attributes:
        text: as it is now.
        origins: for each character of ``text`` its offset in the source, and the source's
            length at the end; never falls.
        edits: what was changed so far.
        flags: what must be looked at, with ``start`` and ``end`` in the *source*.
    """

    def __init__(self, source: str) -> None:
        """Start with the source itself."""
        self.text = source
        self.origins: list[int] = list(range(len(source) + 1))
        self.edits: list[Edit] = []
        self.flags: list[Flag] = []

    def run(self, rule: str, fixer: Fixer) -> bool:
        """Apply one fixer; returns whether it changed anything.

        Raises:
            ValueError: the fixer's changes overlap, or are out of order.
        """
        text, origins = self.text, self.origins
        parts: list[str] = []
        mapped: list[int] = []
        done = 0
        for change in fixer(text):
            if change.start < done or change.end < change.start:
                raise ValueError(f"{rule}: the change at {change.start} overlaps the one before")
            if change.candidates is not None:
                self._flag(change, change.candidates)
            before = text[change.start : change.end]
            if before == change.after:
                continue
            parts += [text[done : change.start], change.after]
            mapped += origins[done : change.start]
            mapped += self._origins_of(change)
            self.edits.append(Edit(rule, before, change.after, origins[change.start]))
            done = change.end
        if not parts:
            return False
        self.text = "".join([*parts, text[done:]])
        self.origins = mapped + origins[done:]
        return True

    def _origins_of(self, change: Change) -> Iterator[int]:
        last = max(change.start, change.end - 1)
        for i in range(len(change.after)):
            yield self.origins[change.at[i] if change.at else min(change.start + i, last)]

    def _flag(self, change: Change, candidates: tuple[str, ...]) -> None:
        start, end = self.origins[change.start], self.origins[change.end]
        known = any(f.start == start and f.end == end for f in self.flags)
        if not known:
            message = "Bytes were lost here; look at the original, or choose a reading."
            self.flags.append(Flag("damaged-text", message, start, end, candidates))
