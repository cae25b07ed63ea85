"""Quotes and brackets of a paragraph: which open, which close, and which stands in which.

Quotes that never close are usual in web copies, so nothing here relies on balance: a mark
without its partner is ignored, and an opening quote that is still open when the same mark opens
again is one of those (the same quote does not nest in Chinese; ‘’ stands in “”).

Offsets are half-open code-point indices into the paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

__all__ = ["CLOSERS", "OPENERS", "Pair", "Quoted"]

_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞"}
_BRACKETS = {
    pair[0]: pair[1] for pair in ("（）", "()", "《》", "〈〉", "【】", "〔〕", "[]", "［］")
}
OPENERS = {**_QUOTES, **_BRACKETS}
"""Opening mark to closing mark."""
_OPEN_OF = {close: open_ for open_, close in OPENERS.items()}
CLOSERS = frozenset(_OPEN_OF) | {'"'}
"""Closing marks; the straight quote is both."""

_DEEPEST = 8
"""Of one mark, more than this many open at once are ignored: it keeps look-ups fast."""
_AHEAD = 400
"""How far the partner of a mark is looked for where it could be a slip."""


class Pair(NamedTuple):
    """A quote or bracket: offsets of its two marks, and the index of the pair around it or -1."""

    open: int
    close: int
    quote: bool
    parent: int


class Quoted:
    """A paragraph's pairs, in the order of their opening marks."""

    def __init__(self, text: str) -> None:
        self.pairs = _nest(_matched(text))
        self._opens = [pair.open for pair in self.pairs]

    def around(self, at: int) -> Pair | None:
        """The innermost pair whose marks stand on either side of offset ``at``."""
        index = bisect_left(self._opens, at) - 1
        while index >= 0:
            pair = self.pairs[index]
            if pair.close >= at:
                return pair
            index = pair.parent
        return None

    def outer(self, pair: Pair) -> Pair | None:
        """The pair that ``pair`` stands in."""
        return self.pairs[pair.parent] if pair.parent >= 0 else None


def _closes_like_an_opener(text: str, at: int) -> bool:
    """Whether an opening quote closes the one before it, a usual slip (``“好。“他说``).

    It does where a sentence or clause has just ended and no closing mark follows before the next
    opening one.
    """
    opening, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not (before in "。！？!?…" or (before in "，," and not after.isalnum())):
        return False
    ahead = text[at + 1 : at + 1 + _AHEAD]
    closing, again = ahead.find(_QUOTES[opening]), ahead.find(opening)
    return closing < 0 or 0 <= again < closing


class _Stack:
    """The marks that are open, with how many of each."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, int]] = []
        self._count: dict[str, int] = {}

    def holds(self, mark: str) -> int:
        """How many of ``mark`` are open."""
        return self._count.get(mark, 0)

    def push(self, mark: str, at: int) -> None:
        """Open ``mark``, unless too many are open already."""
        if self.holds(mark) < _DEEPEST:
            self._marks.append((mark, at))
            self._count[mark] = self.holds(mark) + 1

    def pop_to(self, mark: str) -> int:
        """Take the last ``mark``, forget what opened after it, and say where it stood."""
        while True:
            top, at = self._marks.pop()
            self._count[top] -= 1
            if top == mark:
                return at


def _matched(text: str) -> list[tuple[int, int, bool]]:
    """Open, close and whether a quote, of each pair, in the order of closing."""
    found: list[tuple[int, int, bool]] = []
    stack = _Stack()
    for at, char in enumerate(text):
        opening = _OPEN_OF.get(char)
        if char == '"':
            opening = char if stack.holds(char) else None
        elif char in _QUOTES and stack.holds(char):
            if _closes_like_an_opener(text, at):
                opening = char
            else:
                stack.pop_to(char)  # it never closed
        if opening is not None and stack.holds(opening):
            found.append((stack.pop_to(opening), at, opening in _QUOTES or opening == '"'))
        elif opening is None and (char in OPENERS or char == '"'):
            stack.push(char, at)
    return found


def _nest(found: list[tuple[int, int, bool]]) -> list[Pair]:
    """Order pairs by their opening, and say which pair each stands in."""
    pairs: list[Pair] = []
    around: list[int] = []
    for open_, close, quote in sorted(found):
        while around and pairs[around[-1]].close < open_:
            around.pop()
        pairs.append(Pair(open_, close, quote, around[-1] if around else -1))
        around.append(len(pairs) - 1)
    return pairs
