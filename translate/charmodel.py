"""How likely a sequence of Chinese characters is: the judge between possible repairs.

A small model of up to four characters over Simplified text, fitted by ``data/fit_characters.py``
on this project's own corpus. Figures count as one symbol, Latin letters as another, and half-width
punctuation as full-width, because damaged text is compared before widths are put right.
"""

from __future__ import annotations

import lzma
from collections.abc import Collection
from functools import cache
from heapq import nlargest
from importlib.resources import files

__all__ = [
    "BLOCK",
    "CONTEXT",
    "EDGE",
    "RANK",
    "SECOND",
    "STEP",
    "THIRD",
    "CharModel",
    "load",
    "symbol",
    "symbols",
]

# How many symbols before it tell about a symbol.
CONTEXT = 3
# The edge of a line; the symbols for a figure and a Latin letter.
EDGE = "\x02"
_DIGIT, _LATIN = "0", "a"
# What one step of a stored estimate is, in nats.
STEP = 0.3
# The file: what stands between the blocks (the contexts with one first symbol each), before each
# second symbol in a block, and before each third one; what is written for rank 0.
BLOCK, SECOND, THIRD = "\x1d", "\x1e", "\x1f"
RANK = 0x21
# How many scores are remembered.
_REMEMBERED = 1_000_000
# Natural log probability of a character that the corpus never had: the commoner half of
# GB 2312 (level 1), its rarer half (level 2), the rest of GBK, and anything else.
_LEVEL_1, _LEVEL_2, _RARE, _OTHER = -13.5, -15.0, -17.0, -18.0
# 著 is how Traditional pages write the particle 着: both count as one character.
_SAME = str.maketrans(",;:?!()%著\n", "，；：？！（）％着" + EDGE)

# A context's back-off log weight, and the log estimates of the symbols behind it.
Row = tuple[float, dict[str, float]]


@cache
def symbol(char: str) -> str:
    """The symbol that a character counts as."""
    if char in "0123456789" or "０" <= char <= "９":
        return _DIGIT
    if (char.isascii() and char.isalpha()) or "Ａ" <= char <= "ｚ":
        return _LATIN
    return char.translate(_SAME)


def symbols(text: str) -> str:
    """The symbols of a text, a run of figures or of Latin letters as one."""
    found: list[str] = []
    for char in map(symbol, text):
        if char not in (_DIGIT, _LATIN) or not found or found[-1] != char:
            found.append(char)
    return "".join(found)


@cache
def _unseen(char: str) -> float:
    try:
        code = char.encode("gbk")
    except UnicodeEncodeError:
        return _OTHER
    if len(code) == 2 and 0xB0 <= code[0] <= 0xF7 and code[1] >= 0xA1:
        return _LEVEL_1 if code[0] <= 0xD7 else _LEVEL_2
    return _RARE


class CharModel:
    """Estimates by context, longest known one first. What a text needs is read when it needs it."""

    def __init__(self, text: str) -> None:
        """Take the model file: its blocks are described in ``data/fit_characters.py``."""
        root, *blocks = text.split(BLOCK)
        self._rows: dict[str, Row] = {"": _row(root)}
        # What was not read yet, by the first symbol of its contexts, and by the first two.
        self._blocks = {block[0]: block for block in blocks}
        self._parts: dict[str, str] = {}
        # The symbols that were seen after one, the likeliest first: their ranks name them.
        self._after: dict[str, list[str]] = {}
        self._scores: dict[str, float] = {}

    def _open(self, first: str) -> None:
        """Read the row of one symbol, and find the parts of its block."""
        row, *parts = self._blocks.pop(first).split(SECOND)
        self._rows[first] = read = _row(row[1:])
        self._after[first] = after = list(read[1])
        for part in parts:
            self._parts[first + after[ord(part[0]) - RANK]] = part

    def _read(self, pair: str) -> None:
        """Read the rows of the contexts that begin with two symbols."""
        row, *rows = self._parts.pop(pair).split(THIRD)
        after = self._following(pair[1])
        self._rows[pair] = _ranked(row, after)
        for row in rows:
            third = after[ord(row[0]) - RANK]
            self._rows[pair + third] = _ranked(row, self._following(third))

    def _following(self, symbol_1: str) -> list[str]:
        if symbol_1 in self._blocks:
            self._open(symbol_1)
        return self._after[symbol_1]

    def row(self, context: str) -> Row | None:
        """What is known after just this context."""
        if context[:1] in self._blocks:
            self._open(context[0])
        if context[:2] in self._parts:
            self._read(context[:2])
        return self._rows.get(context)

    def score(self, context: str, char: str) -> float:
        """Natural log probability of a symbol after up to three symbols."""
        key = context + char
        found = self._scores.get(key)
        if found is None:
            if len(self._scores) >= _REMEMBERED:
                self._scores.clear()
            found = self._scores[key] = self._score(context, char)
        return found

    def _score(self, context: str, char: str) -> float:
        spent = 0.0
        while True:
            row = self.row(context)
            if row is not None:
                found = row[1].get(char)
                if found is not None:
                    return spent + found
                spent += row[0]
            if not context:
                return spent + _unseen(char)
            context = context[1:]

    def likeliest(self, context: str, chars: Collection[str], most: int) -> list[str]:
        """Of some symbols those most likely after a context: nearly exact, and quick.

        Symbols seen after the longer context come first; that more are asked of the shorter
        ones than are wanted makes up for it.
        """
        found: dict[str, None] = {}
        for i in range(len(context) + 1):
            row = self.row(context[i:])
            if row is not None:
                seen = [char for char in chars if char in row[1]]
                if len(seen) > 2 * most:
                    seen = nlargest(2 * most, seen, key=row[1].__getitem__)
                found.update(dict.fromkeys(seen))
            if len(found) >= 2 * most:
                break
        return nlargest(most, found or chars, key=lambda char: self.score(context, char))

    def text(self, text: str) -> float:
        """Natural log probability of a text within a line."""
        context, total = EDGE * CONTEXT, 0.0
        for char in symbols(text):
            total += self.score(context, char)
            context = context[1:] + char
        return total


# The values of the printable characters that stand for estimates.
_VALUE = {chr(33 + step): -STEP * step for step in range(94)}


def _row(text: str) -> Row:
    """A row whose symbols are written out: the weight, the symbols, their estimates.

    They come out by falling estimate, equal ones by code point: that makes their ranks.
    """
    half = (len(text) + 1) // 2
    cells = sorted(zip(text[half:], text[1:half], strict=True))
    return _VALUE[text[0]], {char: _VALUE[value] for value, char in cells}


def _ranked(line: str, successors: list[str]) -> Row:
    """A row whose symbols are written as ranks: its own, the weight, the symbols, estimates."""
    half = (len(line) + 2) // 2
    chars = [successors[ord(rank) - RANK] for rank in line[2:half]]
    return _VALUE[line[1]], dict(zip(chars, map(_VALUE.__getitem__, line[half:]), strict=True))


@cache
def load() -> CharModel:
    """The model that ships with the project."""
    data = files("translate").joinpath("data", "characters.xz").read_bytes()
    return CharModel(lzma.decompress(data).decode())
