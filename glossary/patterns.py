"""Slogan patterns: forms with slots for a number.

``{n}`` stands for a Chinese number in the Chinese forms. In the English forms it is written as
a word up to ten and in figures above (the usual newspaper rule), ``{n:th}`` is the ordinal and
``{n:d}`` the figure. So ``{n}个持之以恒`` with ``the {n} perseverances`` finds 五个持之以恒 and
gives "the five perseverances".
"""

from __future__ import annotations

import re
from dataclasses import replace

from glossary.entry import Entry, Form

SLOT = re.compile(r"\{n(?::(th|d))?\}")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"(?:[0-9]+|[〇零一二三四五六七八九十百千两]+)"
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]


def parse_number(text: str) -> int | None:
    """The value of a Chinese or Arabic whole number below 10,000, else ``None``."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not any(c in _UNITS for c in text):
        digits = [_DIGITS.get(c) for c in text]
        if not digits or None in digits:
            return None
        return int("".join(map(str, digits)))
    total, digit = 0, None
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)


def write_number(value: int, style: str | None) -> str:
    """``value`` in English: ``None`` word or figure, ``"th"`` ordinal, ``"d"`` figure."""
    if style == "d":
        return f"{value:,}"
    if style == "th":
        if value < len(_ORDINALS):
            return _ORDINALS[value]
        tail = (
            "th"
            if value % 100 in (11, 12, 13)
            else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        )
        return f"{value}{tail}"
    return _WORDS[value] if value < len(_WORDS) else f"{value:,}"


def expression(form: str) -> re.Pattern[str]:
    """The regular expression for a folded Chinese pattern form; each slot is a group."""
    parts = [re.escape(form[start:end]) for start, end in _literal_spans(form)]
    return re.compile(f"({_NUMBER})".join(parts))


def anchor(form: str) -> str:
    """The longest literal part of a pattern form, by which text is searched for it."""
    return max((form[start:end] for start, end in _literal_spans(form)), key=len)


def fill(entry: Entry, values: list[int]) -> Entry:
    """``entry`` with the slots of its forms filled, in order, by ``values``."""

    def filled(form: Form) -> Form:
        numbers = iter(values)
        text = SLOT.sub(lambda m: write_number(next(numbers, values[-1]), m[1]), form.text)
        return replace(form, text=text)

    return replace(entry, en=tuple(map(filled, entry.en)))


def _literal_spans(form: str) -> list[tuple[int, int]]:
    cuts = [0, *(offset for m in SLOT.finditer(form) for offset in m.span()), len(form)]
    return list(zip(cuts[::2], cuts[1::2], strict=True))
