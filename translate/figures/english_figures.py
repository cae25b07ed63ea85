"""Bare figures in English text: digits, number words, fractions and ordinals, with their scale.

This is the first of two passes: ``quantities`` adds units, hedges and ranges. Codes (G60, 5G,
COVID-19) and decades (the 1990s) are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from translate.figures.numerals import in_words, ordinal_word
from translate.figures.units import Unit, english_units

Form = Literal["cardinal", "fraction", "ordinal"]
Tokens = list[re.Match[str]]

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class BareFigure:
    """A figure, ``figure`` times ``scale``, and, once dressed, what belongs to it.

    ``start`` and ``end`` are offsets in the sentence.
    """

    figure: Decimal
    scale: Decimal
    form: Form
    start: int
    end: int
    unit: Unit | None = None
    hedge: str = ""
    per: str = ""

    def value(self) -> Decimal:
        """The value in the base unit of the unit's dimension."""
        return self.figure * self.scale * (self.unit.factor if self.unit else _ONE)


SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "dozen": Decimal(12),
    "bn": Decimal(10**9),
}
_FRACTIONS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "third": 3, "thirds": 3}
_FRACTIONS |= {f"{ordinal_word(n)}{s}": n for n in range(3, 21) for s in ("", "s")}
_SMALL_WORDS = {in_words(Decimal(n)) or "": n for n in [*range(20), *range(20, 100, 10)]}
_AFTER_ARTICLE = {"half", "quarter", "third", "fifth", "tenth", *SCALES}
_ROUND = re.compile(r"(?:-plus|-odd|-some| odd| plus)\b|-(?=[a-z])", re.I)
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!,?\d)|\d+(?:\.\d+)?|[A-Za-z]+")
_NOUN = re.compile(
    r"[-\s](?!(?:of|more|less|as|the|that|what|from|in|to|were|was|are|is|or|and|by|on|at|off|lower|"
    r"higher|fewer|year|over|above|below)\b)[A-Za-z]"
)
_BEHIND = 24  # characters that are looked at before a figure


def read_bare_figures(text: str) -> Iterator[BareFigure]:
    """Figures with their scale words, left to right, not overlapping."""
    tokens = list(_TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        read = _read_figure(text, tokens, index)
        if read is None:
            index += 1
            continue
        figure, index = read
        if figure is not None:
            yield figure


Read = tuple["BareFigure | None", int]


def _read_figure(text: str, tokens: Tokens, index: int) -> Read | None:
    """The figure that starts at ``tokens[index]`` and the index after it; None if none does.

    A code such as G60 or 5G gives ``(None, next)``.
    """
    token = tokens[index]
    word = token[0].lower()
    if word[0].isdigit():
        return _read_digits(text, tokens, index)
    if word in ("hundred", "thousand", "dozen") and _ROUND.match(text, token.end()):
        return BareFigure(SCALES[word], _ONE, "cardinal", token.start(), token.end()), index + 1
    if word in ("a", "an"):
        following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
        if following not in _AFTER_ARTICLE:
            return None
    return _read_words(text, tokens, index)


def _read_digits(text: str, tokens: Tokens, index: int) -> Read:
    token = tokens[index]
    start = token.start()
    if _is_code(text, start):
        return None, index + 1
    figure = Decimal(token[0].replace(",", ""))
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.start() == token.end():
        glued = after[0].lower()
        if glued in ("st", "nd", "rd", "th"):
            return BareFigure(figure, _ONE, "ordinal", start, after.end()), index + 2
        if glued == "s" or (glued not in english_units() and glued not in SCALES):
            return None, index + 2  # the 1990s, 5G
    slash = re.compile(r"/(\d+)\b").match(text, token.end())
    if slash and after is not None and int(slash[1]):
        share = figure / Decimal(slash[1])
        return BareFigure(share, _ONE, "fraction", start, after.end()), index + 2
    scale, index, end = _read_scale(text, tokens, index + 1)
    return BareFigure(figure, scale, "cardinal", start, end), index


def _is_code(text: str, start: int) -> bool:
    """Whether the digits at ``start`` belong to a code: G60, COVID-19, 2024-07. Not 3-5."""
    before = text[max(0, start - _BEHIND) : start]
    if before[-1:].isalpha():
        return not before.endswith(("RMB", "CNY", "USD"))
    if not re.search(r"[A-Z\d][-.]$", before):
        return False
    return not re.search(r"(?:^|[\s(])(?:RMB|¥|\$)?[\d,.]+(?:%| percent)?-$", before)


def _read_scale(text: str, tokens: Tokens, index: int) -> tuple[Decimal, int, int]:
    """Scale words from ``tokens[index]`` on: their product, the next index, their end."""
    scale = Decimal(1)
    end = tokens[index - 1].end()
    while index < len(tokens):
        word = tokens[index][0].lower()
        if word not in SCALES or text[end : tokens[index].start()] not in ("", " ", "-"):
            break
        scale *= SCALES[word]
        end = tokens[index].end()
        index += 1
    return scale, index, end


def _read_words(text: str, tokens: Tokens, index: int) -> Read | None:
    """Number words: "two hundred and five thousand", "a dozen", "two-thirds", "twenty-first"."""
    first = index
    total = current = Decimal(0)
    seen = False
    while index < len(tokens):
        word = tokens[index][0].lower()
        gap = text[tokens[index - 1].end() : tokens[index].start()] if index > first else ""
        if gap not in ("", " ", "-"):
            break
        if word in ("a", "an") and not seen and index == first:
            current, seen = Decimal(1), True
        elif word in _SMALL_WORDS and (
            (index == first and not seen) or _can_add(current, _SMALL_WORDS[word])
        ):
            current, seen = current + _SMALL_WORDS[word], True
        elif word in SCALES and seen:
            total, current = _scale_up(total, current, SCALES[word])
        elif not (word == "and" and seen and _and_joins(tokens, index, total, current)):
            break
        index += 1
    return _close_words(text, tokens, first, index, total + current if seen else None)


def _scale_up(total: Decimal, current: Decimal, size: Decimal) -> tuple[Decimal, Decimal]:
    """Closes a group at "thousand" and above; "hundred" only multiplies it."""
    return (total, current * size) if size < 1000 else (total + current * size, Decimal(0))


def _can_add(current: Decimal, small: int) -> bool:
    if small < 10:
        return current % 10 == 0 and current % 100 != 10 and small > 0
    return current % 100 == 0


def _and_joins(tokens: Tokens, index: int, total: Decimal, current: Decimal) -> bool:
    """Whether "and" is inside a number: "one hundred and five", not "two and three"."""
    following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    inside = (current and current % 100 == 0) or (not current and total)
    return following in _SMALL_WORDS and bool(inside)


def _close_words(
    text: str, tokens: Tokens, first: int, index: int, value: Decimal | None
) -> Read | None:
    """Ends a word number: a fraction or ordinal may follow it, or be all there is."""
    start = tokens[first].start()
    following = tokens[index] if index < len(tokens) else None
    word = following[0].lower() if following else ""
    number = _ordinal_words().get(word)
    if value is None:
        if following is None:
            return None
        if word == "half":
            return BareFigure(Decimal("0.5"), _ONE, "fraction", start, following.end()), index + 1
        if number is None:
            return None
        return BareFigure(Decimal(number), _ONE, "ordinal", start, following.end()), index + 1
    gap = text[tokens[index - 1].end() : following.start()] if following else ""
    tens = value % 10 == 0 and 20 <= value < 100
    ranked = tokens[first][0].lower() in ("a", "an") and number is not None
    if ranked and following and _NOUN.match(text, following.end()):  # a fifth batch
        return BareFigure(Decimal(number or 0), _ONE, "ordinal", start, following.end()), index + 1
    if following and word in _FRACTIONS and gap in (" ", "-") and value < 100 and not tens:
        share = value / _FRACTIONS[word]
        return BareFigure(share, _ONE, "fraction", start, following.end()), index + 1
    if following and number is not None and tens and gap == "-":
        return BareFigure(value + number, _ONE, "ordinal", start, following.end()), index + 1
    return BareFigure(value, _ONE, "cardinal", start, tokens[index - 1].end()), index


@cache
def _ordinal_words() -> dict[str, int]:
    return {ordinal_word(n) or "": n for n in range(1, 100)}
