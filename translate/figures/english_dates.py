"""Dates and times in English sentences, read as facts that can be compared.

A rendering is broken into facts: a calendar date, a clock time, a qualifier ("early", "the
morning of"), a relative year. "9 a.m. on December 18" and "at nine on the morning of 18
December" state the same ones; "9 p.m. on December 18" does not.
"""

from __future__ import annotations

import re
from functools import cache

from translate.figures.english_clock import Fact, read_times
from translate.figures.numerals import ordinal_word
from translate.figures.units import read_table

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_MONTH = "|".join([*MONTHS, *(f"{m[:3]}\\.?" for m in MONTHS if len(m) > 4), r"Sept\.?"])
_ORDINALS = {ordinal_word(n) or "": n for n in range(1, 32)}
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}"
_YEAR = r"[12]\d{3}"
_TO = r"\s*(?:to|-|–|—|through|and|until)\s*"
_DATE = re.compile(
    rf"""
    # July 1; July 1-3; July 28 to August 2, 2024
    \b(?P<m1>{_MONTH})\s+(?:the\s+)?(?P<d1>{_DAY})\b(?![,.]?\d)(?!\s+(?:percent|yuan|people))
      (?:{_TO}(?:(?P<m1b>{_MONTH})\s+)?(?P<d1b>\d{{1,2}})\b(?![,.:]?\d))?
      (?:,?\s+(?:of\s+)?(?P<y1>{_YEAR})\b)?
    # 18 December 2024; the 18th of December
    | \b(?:the\s+)?(?P<d2>{_DAY})(?:{_TO}(?P<d2b>{_DAY}))?\s+(?:of\s+)?(?P<m2>{_MONTH})\b
      (?:,?\s+(?P<y2>{_YEAR})\b)?
    # July 2024; January to May 2024
    | \b(?P<m3>{_MONTH})(?:{_TO}(?P<m3b>{_MONTH}))?,?\s+(?:of\s+)?(?P<y3>{_YEAR})\b
    | \b(?P<m4>{_MONTH})(?:{_TO}(?P<m4b>{_MONTH}))?(?![A-Za-z])
    # 2024; 2023-25; not 2024 yuan, the 1990s
    | (?<![\d.,$¥])(?P<y5>{_YEAR})(?:{_TO}(?P<y5b>{_YEAR}|\d\d)(?!\d))?\b
      (?![,.]\d|s|%|[-\ ](?:yuan|mu|tons|people|meters))
    | \b[Tt]he\s+(?P<d6>\d{{1,2}}(?:st|nd|rd|th))\b
      (?!\s+(?:century|batch|session|Five|Central|CPC|National|anniversary|lunar))
    """,
    re.X,
)


@cache
def _month_numbers() -> dict[str, int]:
    table = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    table |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
    return table | {"sept": 9}


def _month(text: str) -> int:
    return _month_numbers()[text.lower().rstrip(".")]


def _day(text: str) -> int:
    return _ORDINALS.get(text.lower()) or int(re.sub(r"\D", "", text))


def read_facts(text: str) -> list[Fact]:
    """Every date fact an English sentence states, in order of kind and place."""
    return [*_dates(text), *read_times(text), *_decades(text), *_weekdays(text)]


def _dates(text: str) -> list[Fact]:
    facts = []
    for match in _DATE.finditer(text):
        g = match.groupdict()
        months = [g[k] for k in ("m1", "m2", "m3", "m4") if g[k]]
        end_months = [g[k] for k in ("m1b", "m3b", "m4b") if g[k]]
        years = [g[k] for k in ("y1", "y2", "y3", "y5") if g[k]]
        days = [g[k] for k in ("d1", "d2", "d6") if g[k]]
        end_days = [g[k] for k in ("d1b", "d2b") if g[k]]
        year = int(years[0]) if years else 0
        month = _month(months[0]) if months else 0
        day = _day(days[0]) if days else 0
        span = match.start(), match.end()
        facts.append(Fact("date", (year, month, day), *span))
        if end_days or end_months or g["y5b"]:
            last_year = int(g["y5b"]) if g["y5b"] else year
            last_year += year // 100 * 100 if g["y5b"] and last_year < 100 else 0
            last_month = _month(end_months[0]) if end_months else month
            last = (last_year, last_month, _day(end_days[0]) if end_days else 0)
            facts.append(Fact("date", last, *span))
    return facts


def _decades(text: str) -> list[Fact]:
    return [
        Fact("decade", (int(match[1] + match[2]),), match.start(), match.end())
        for match in re.finditer(r"\b(1[0-9]|20)(\d0)s\b", text)
    ]


def _weekdays(text: str) -> list[Fact]:
    return [
        Fact("weekday", (WEEKDAYS.index(match[1]),), match.start(), match.end())
        for match in re.finditer(rf"\b({'|'.join(WEEKDAYS)})s?\b", text)
    ]


def _compatible(want: Fact, got: Fact) -> bool:
    if want.kind != got.kind:
        return False
    if want.kind == "date":
        return all(w in (0, g) for w, g in zip(want.value, got.value, strict=True))
    if want.kind == "time":
        hour, minute, part = want.value
        hour2, minute2, part2 = got.value
        if minute != minute2:
            return False
        if part == part2 == "24":
            return hour == hour2
        return int(hour) % 12 == int(hour2) % 12
    return want.value == got.value


def same_date(target: str, rendering: str, window: int = 90) -> tuple[int, int] | None:
    """Where ``target`` states what ``rendering`` does; None where it does not.

    Every calendar, clock, decade and weekday fact of ``rendering`` must be stated, all within
    ``window`` characters, and so must its qualifiers ("early", "morning") and relative year.
    """
    wanted = read_facts(rendering)
    if not wanted:
        return None
    stated = read_facts(target)
    spans: list[tuple[int, int]] = []
    for fact in wanted:
        matches = [got for got in stated if _compatible(fact, got)]
        if not matches:
            return None
        nearest = min(matches, key=lambda got: abs(got.start - (spans[0][0] if spans else 0)))
        spans.append((nearest.start, nearest.end))
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    if end - start > window or not _qualified(target, rendering, start, end):
        return None
    return start, end


def _qualified(target: str, rendering: str, start: int, end: int) -> bool:
    """Whether what ``rendering`` says beside its date stands in ``target`` too."""
    near = target[max(0, start - 60) : end + 40]
    return all(
        re.search(rf"\b(?:{said})", near if scope == "qualifier" else target, re.I)
        for scope, _, asked, said in _phrases()
        if re.search(asked, rendering)
    )


@cache
def _phrases() -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (scope, name, asked, said) for scope, name, asked, said in read_table("date_phrases.tsv")
    )


@cache
def relatives() -> dict[str, str]:
    """The pattern of what says "last year" and its like, by name."""
    return {name: said for scope, name, _, said in _phrases() if scope == "relative"}
