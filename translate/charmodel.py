"""How likely a sequence of Chinese characters is: the judge between possible repairs.

A small trigram model over Simplified characters, fitted by ``data/fit_characters.py`` on this
project's own corpus. Figures count as one symbol, Latin letters as another, and half-width
punctuation as full-width, because damaged text is compared before widths are put right.
"""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files

__all__ = ["EDGE", "STEP", "CharModel", "load", "symbol", "symbols"]

# The edge of a line; the symbols for a figure and a Latin letter.
EDGE = "\x02"
_DIGIT, _LATIN = "0", "a"
# What one step of a stored estimate is, in nats.
STEP = 0.2
# Natural log probability of a character that the corpus never had: the commoner half of
# GB 2312 (level 1), its rarer half (level 2), the rest of GBK, and anything else.
_LEVEL_1, _LEVEL_2, _RARE, _OTHER = -13.5, -15.0, -17.0, -18.0
# 著 is how Traditional pages write the particle 着: both count as one character.
_SAME = str.maketrans(",;:?!()%著\n", "，；：？！（）％着" + EDGE)


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
    """Estimates by n-gram, longest known context first."""

    def __init__(self, grams: dict[str, float], weights: dict[str, float]) -> None:
        """Take log estimates by n-gram and back-off log weights by context."""
        self._grams = grams
        self._weights = weights

    def score(self, context: str, char: str) -> float:
        """Natural log probability of a symbol after two symbols."""
        grams = self._grams
        found = grams.get(context + char)
        if found is not None:
            return found
        spent = self._weights.get(context, 0.0)
        context = context[1:]
        found = grams.get(context + char)
        if found is not None:
            return spent + found
        spent += self._weights.get(context, 0.0)
        found = grams.get(char)
        return spent + (_unseen(char) if found is None else found)

    def text(self, text: str) -> float:
        """Natural log probability of a text within a line."""
        context, total = EDGE * 2, 0.0
        for char in symbols(text):
            total += self.score(context, char)
            context = context[1] + char
        return total


@cache
def load() -> CharModel:
    """The model that ships with the project."""
    data = files("translate").joinpath("data", "characters.xz").read_bytes()
    grams: dict[str, float] = {}
    weights: dict[str, float] = {}
    value = {chr(33 + step): -STEP * step for step in range(94)}
    for line in lzma.decompress(data).decode().split("\n"):
        context, _, cells = line.partition("\t")
        if context:
            weights[context] = value[cells[0]]
        for char, estimate in zip(cells[1::2], cells[2::2], strict=True):
            grams[context + char] = value[estimate]
    return CharModel(grams, weights)
