"""How likely a sequence of Chinese characters is: the judge between possible repairs.

A small model of up to four characters over Simplified text, fitted by ``data/fit_characters.py``
on this project's own corpus. Figures count as one symbol, Latin letters as another, and half-width
punctuation as full-width, because damaged text is compared before widths are put right.
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files

__all__ = ["BLOCK", "CONTEXT", "EDGE", "STEP", "CharModel", "load", "symbol", "symbols"]

# How many symbols before it tell about a symbol.
CONTEXT = 3
# The edge of a line; the symbols for a figure and a Latin letter.
EDGE = "\x02"
_DIGIT, _LATIN = "0", "a"
# What one step of a stored estimate is, in nats.
STEP = 0.2
# What stands between the blocks of the file: the contexts with one first symbol each.
BLOCK = "\n\n"
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
    """Estimates by context, longest known one first. A block is read when it is first needed."""

    def __init__(self, blocks: dict[str, str]) -> None:
        """Take the blocks of the model file by their first symbol; "" has the empty context."""
        self._blocks = blocks
        self._rows: dict[str, Row] = {}
        self._read("")

    def _read(self, first: str) -> None:
        for line in self._blocks.pop(first).split("\n"):
            context, _, cells = line.partition("\t")
            estimates = map(_VALUE.__getitem__, cells[2::2])
            self._rows[context] = _VALUE[cells[0]], dict(zip(cells[1::2], estimates, strict=True))

    def score(self, context: str, char: str) -> float:
        """Natural log probability of a symbol after up to three symbols."""
        spent = 0.0
        rows, blocks = self._rows, self._blocks
        while True:
            if context[:1] in blocks:
                self._read(context[:1])
            row = rows.get(context)
            if row is not None:
                found = row[1].get(char)
                if found is not None:
                    return spent + found
                spent += row[0]
            if not context:
                return spent + _unseen(char)
            context = context[1:]

    def text(self, text: str) -> float:
        """Natural log probability of a text within a line."""
        context, total = EDGE * CONTEXT, 0.0
        for char in symbols(text):
            total += self.score(context, char)
            context = context[1:] + char
        return total


# The values of the printable characters that stand for estimates.
_VALUE = {chr(33 + step): -STEP * step for step in range(94)}


@cache
def load() -> CharModel:
    """The model that ships with the project."""
    data = files("translate").joinpath("data", "characters.xz").read_bytes()
    blocks = lzma.decompress(data).decode().split(BLOCK)
    return CharModel({"" if b[0] == "\t" else b[0]: b for b in blocks})
