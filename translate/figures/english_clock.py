"""Clock times in English sentences: "9 a.m.", "21:05", "half past three", "at nine".

``Fact`` lives here because dates are read on top of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from translate.figures.numerals import in_words


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a date. ``kind``: date, time, qualifier, relative, weekday, decade, ...

    ``value`` is a tuple whose meaning hangs on the kind: (year, month, day) with 0 for what is
    not said; (hour, minute, "am"|"pm"|""); else one word or figure. Offsets in the sentence.
    """

    kind: str
    value: tuple[int | str, ...]
    start: int
    end: int


_WORDS = {in_words(Decimal(n)) or "": n for n in range(1, 60)}
_HOUR = r"(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_HALF = r"""
    a\.?m\b\.?|p\.?m\b\.?|noon|sharp|yesterday|at\s+night
    |(?:in|on)\s+the\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening)
    |(?:this|that|the\s+next|every|each)\s+(?:morning|evening|night)|last\s+night
"""
_TIME = re.compile(
    rf"""{_HOUR}(?:[:.](?P<min>\d{{2}})(?![\d%]))?(?::\d\d)?(?P<oclock>\s+o'clock)?
    \s*(?P<half>{_HALF})?""",
    re.I | re.X,
)
# "at nine": a time only where no noun can follow.
_BARE = re.compile(
    rf"""\b(?:at|after|by|until|till|before|from|around|about|past)\s+{_HOUR}
    (?=[,;:.\"?!](?!\d)|\s*$|\s+(?:on|in|every|each|to|and|the|sharp|when|with|that|this|but|for
    |as|from|he|she|they|it|is|was|people|tomorrow|weekday)\b)""",
    re.I | re.X,
)
_PAST = re.compile(r"\b(?P<min>\w+)(?: minutes)? past (?P<h>\w+)", re.I)
_CLOCK_RANGE = re.compile(
    r"\b(?P<h>\d{1,2})(?::(?P<min>\d\d))?\s*(?:to|-|–|and)\s*\d{1,2}(?::\d\d)?\s*(?P<half>[ap]\.?m)\b",
    re.I,
)
_QUARTERS = re.compile(r"\b(?P<past>half past|quarter past|quarter to)\s+(?P<h>\w+)", re.I)
_NOON = re.compile(r"\b(noon|midday|midnight)\b", re.I)


def read_times(text: str) -> list[Fact]:
    """Every clock time an English sentence states."""
    return [*_full(text), *_short(text), *_spoken(text)]


def _full(text: str) -> Iterator[Fact]:
    """With minutes, "o'clock" or a half of the day."""
    for match in _TIME.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if before and (before.isalnum() or before in ".,:$-"):
            continue
        if not (match["min"] or match["oclock"] or match["half"]):
            continue
        if match["min"] and text[match.start("min") - 1] == "." and not match["half"]:
            continue  # 9.30 is a decimal, unless "a.m." follows
        half = (match["half"] or "").lower()
        part = "am" if half.startswith(("a.m", "am")) or "morning" in half else ""
        part = "pm" if re.search(r"^p|afternoon|evening|night|noon", half) else part
        yield _clock(_hour(match["h"]), int(match["min"] or 0), part, match)


def _short(text: str) -> Iterator[Fact]:
    """A bare hour ("at nine"), and the first time of "4 to 8:30 p.m."."""
    for match in _BARE.finditer(text):
        if _hour(match["h"]) <= 24:
            yield _clock(_hour(match["h"]), 0, "", match)
    for match in _CLOCK_RANGE.finditer(text):
        part = "am" if match["half"].lower().startswith("a") else "pm"
        yield _clock(int(match["h"]), int(match["min"] or 0), part, match)


def _spoken(text: str) -> Iterator[Fact]:
    """In words: "ten past four", "half past three", noon and midnight."""
    for match in _PAST.finditer(text):
        minutes, hour = _WORDS.get(match["min"].lower(), 0), _hour(match["h"])
        if minutes and 0 < hour <= 24:
            yield _clock(hour, minutes, "", match)
    for match in _QUARTERS.finditer(text):
        hour, past = _hour(match["h"]), match["past"].lower()
        if 0 < hour <= 24:
            to = past.endswith("to")
            minutes = 30 if past.startswith("half") else 45 if to else 15
            yield _clock(hour - to, minutes, "", match)
    for match in _NOON.finditer(text):
        hour = 0 if match[1].lower() == "midnight" else 12
        yield Fact("time", (hour, 0, "24"), match.start(), match.end())


def _hour(text: str) -> int:
    return int(text) if text.isdecimal() else _WORDS.get(text.lower(), 0)


def _clock(hour: int, minute: int, part: str, match: re.Match[str]) -> Fact:
    """A time on the 24-hour clock where the half of the day is known."""
    if part == "pm" and hour < 12:
        hour, part = hour + 12, "24"
    elif part == "am":
        hour, part = hour % 12, "24"
    elif part == "pm" or hour > 12 or hour == 0:
        part = "24"
    return Fact("time", (hour, minute, part), match.start(), match.end())
