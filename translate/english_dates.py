"""Dates and times in English sentences, read as facts that can be compared.

A rendering is broken into facts: a calendar date, a clock time, a qualifier ("early", "the
morning of"), a relative year. "9 a.m. on December 18" and "at nine on the morning of 18
December" state the same ones; "9 p.m. on December 18" does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from translate.numerals import in_words, ordinal_word

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


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


_MONTH = "|".join([*MONTHS, *(f"{m[:3]}\\.?" for m in MONTHS if len(m) > 4), r"Sept\.?"])
_ORDINALS = {ordinal_word(n) or "": n for n in range(1, 32)}
_WORDS = {in_words(__import__("decimal").Decimal(n)) or "": n for n in range(1, 60)}
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}"
_DATE = re.compile(
    rf"\b(?P<m1>{_MONTH})\s+(?:the\s+)?(?P<d1>{_DAY})\b(?![,.]?\d)(?!\s+(?:percent|yuan|people))"
    rf"(?:\s*(?:to|-|–|—|through|and|until)\s*(?:(?P<m1b>{_MONTH})\s+)?(?P<d1b>\d{{1,2}})\b(?![,.:]?\d))?"
    rf"(?:,?\s+(?:of\s+)?(?P<y1>[12]\d{{3}})\b)?"
    rf"|\b(?:the\s+)?(?P<d2>{_DAY})(?:\s*(?:to|-|–)\s*(?P<d2b>{_DAY}))?\s+(?:of\s+)?(?P<m2>{_MONTH})\b"
    rf"(?:,?\s+(?P<y2>[12]\d{{3}})\b)?"
    rf"|\b(?P<m3>{_MONTH})(?:\s*(?:to|-|–|through|and)\s*(?P<m3b>{_MONTH}))?,?\s+(?:of\s+)?(?P<y3>[12]\d{{3}})\b"
    rf"|\b(?P<m4>{_MONTH})(?:\s*(?:to|-|–|through|and)\s*(?P<m4b>{_MONTH}))?(?![A-Za-z])"
    rf"|(?<![\d.,$¥])(?P<y5>[12]\d{{3}})(?:\s*(?:to|-|–|—|and|through)\s*(?P<y5b>[12]\d{{3}}|\d\d)(?!\d))?\b(?![,.]\d|s|%|[- ](?:yuan|mu|tons|people|meters))"
    rf"|\bthe\s+(?P<d6>\d{{1,2}}(?:st|nd|rd|th))\b(?!\s+(?:century|batch|session|Five|Central|CPC|National|anniversary|lunar))",
)
_TIME = re.compile(
    r"(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:[:.](?P<min>\d{2})(?![\d%]))?(?:[:](?P<sec>\d\d))?"
    r"(?P<oclock>\s+o'clock)?"
    r"\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|(?:o'clock\s+)?(?:in|on)\s+the\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening)|at\s+night|this\s+morning|last\s+night|that\s+(?:night|morning|evening)|the\s+next\s+morning|yesterday|every\s+(?:evening|night|morning)|each\s+(?:evening|morning|night)|noon|sharp)?",
    re.I,
)
_CLOCK_RANGE = re.compile(
    r"\b(?P<h>\d{1,2})(?::(?P<min>\d\d))?\s*(?:to|-|–|and)\s*\d{1,2}(?::\d\d)?\s*(?P<half>[ap]\.?m)\b",
    re.I,
)
# "at nine": a time only where no noun can follow.
_BARE = re.compile(
    r"\b(?:at|after|by|until|till|before|from|around|about|past)\s+(?P<h>\d{1,2}|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve)(?=[,;:.\"?!](?!\d)|\s+(?:on|in|every|each|to|and|the|sharp|when|"
    r"with|that|this|but|for|as|from|he|she|they|it|is|was|people|tomorrow|weekday)\b|\s*$)",
    re.I,
)
_PAST = re.compile(r"\b(?P<min>\w+)(?: minutes)? past (?P<h>\w+)", re.I)
_SPOKEN = re.compile(
    r"\b(?P<past>half past|a quarter past|quarter past|a quarter to|quarter to)\s+(?P<h>\w+)", re.I
)
_NOON = re.compile(r"\b(noon|midday|midnight)\b", re.I)
_QUALIFIERS = {
    "early": r"early|beginning of|start of|first ten days|turn of|outset of|opening",
    "mid": r"mid-?|middle of|second ten days",
    "late": r"late|last ten days|end of|final days|close of|later|latter",
    "end": r"end of|late|close of|year-end|by the end|final days|end-|closing|month-end|year's end|'s end|ended",
    "morning": r"morning|a\.?m\b|forenoon|early hours|small hours|dawn|daybreak|mornings|breakfast",
    "noon": r"noon|midday",
    "afternoon": r"afternoon|p\.?m\b",
    "evening": r"evening|night|p\.?m\b|dusk|nightfall|tonight|nighttime|late",
    "dawn": r"early hours|early morning|small hours|dawn|a\.?m\b|daybreak|morning|before dawn|wee hours|midnight|predawn",
    "half1": r"first half|first six months|H1",
    "half2": r"second half|latter half|last six months|H2",
    "spring": r"spring",
    "summer": r"summer",
    "autumn": r"autumn|fall",
    "winter": r"winter",
}
RELATIVES = {
    "last year": r"last year|last(?=[,.]| winter|\s+[A-Z])|a year earlier|the previous year|last (?:spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|December)|a year ago|the year before(?! last)|previous year",
    "this year": r"this year|the year|this(?= New|\s+[A-Z])|so far this|this (?:spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|December)|year-to-date|current year",
    "next year": r"next year|the coming year|next (?:spring|summer|autumn|fall|winter)|the following year",
    "the year before last": r"the year before last|two years ago",
}


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
    return [*_dates(text), *_times(text), *_decades(text), *_weekdays(text)]


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


def _times(text: str) -> list[Fact]:
    facts = []
    for match in _TIME.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if before and (before.isalnum() or before in ".,:$-"):
            continue
        if not (match["min"] or match["oclock"] or match["half"]):
            continue
        if match["min"] and text[match.start("min") - 1] == "." and not match["half"]:
            continue
        hour = int(match["h"]) if match["h"].isdigit() else _WORDS[match["h"].lower()]
        half = (match["half"] or "").lower()
        part = "am" if re.match(r"a|.*morning", half) and "at" not in half else ""
        part = "pm" if re.search(r"^p|afternoon|evening|night|noon", half) else part
        facts.append(_clock(hour, int(match["min"] or 0), part, match))
    for match in _BARE.finditer(text):
        word = match["h"].lower()
        hour = int(word) if word.isdigit() else _WORDS[word]
        if hour <= 24:
            facts.append(_clock(hour, 0, "", match))
    for match in _PAST.finditer(text):
        minutes, hour = _WORDS.get(match["min"].lower(), 0), _WORDS.get(match["h"].lower(), 0)
        if minutes and hour:
            facts.append(_clock(hour, minutes, "", match))
    for match in _CLOCK_RANGE.finditer(text):
        part = "am" if match["half"].lower().startswith("a") else "pm"
        facts.append(_clock(int(match["h"]), int(match["min"] or 0), part, match))
    for match in _SPOKEN.finditer(text):
        word = match["h"].lower()
        hour = int(word) if word.isdigit() else _WORDS.get(word, 0)
        if hour:
            minutes = {"half": 30}.get(match["past"].lower()[:4], 15)
            if match["past"].lower().endswith("to"):
                hour, minutes = hour - 1, 45
            facts.append(_clock(hour, minutes, "", match))
    for match in _NOON.finditer(text):
        hour = 0 if match[1].lower() == "midnight" else 12
        facts.append(Fact("time", (hour, 0, "24"), match.start(), match.end()))
    return facts


def _clock(hour: int, minute: int, part: str, match: re.Match[str]) -> Fact:
    """A time on the 24-hour clock where the half of the day is known."""
    if part == "pm" and hour < 12:
        hour, part = hour + 12, "24"
    elif part == "am":
        hour, part = hour % 12, "24"
    elif part == "pm" or hour > 12 or hour == 0:
        part = "24"
    return Fact("time", (hour, minute, part), match.start(), match.end())


def _decades(text: str) -> list[Fact]:
    facts = []
    for match in re.finditer(r"\b(1[0-9]|20)(\d0)s\b", text):
        facts.append(Fact("decade", (int(match[1] + match[2]),), match.start(), match.end()))
    return facts


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
    """Whether the qualifiers of ``rendering`` stand in ``target`` near the date."""
    near = target[max(0, start - 60) : end + 40]
    for pattern, scope in [
        *((p, near) for p in _asked(_QUALIFIERS, rendering)),
        *((p, target) for p in _asked(RELATIVES, rendering)),
    ]:
        if not re.search(rf"\b(?:{pattern})", scope, re.I):
            return False
    return True


_ASK = {
    "early": r"\bearly (?!hours|morning)|beginning of",
    "mid": r"\bmid-",
    "late": r"\blate ",
    "end": r"end of",
    "morning": r"(?<!early )morning of",
    "noon": r"(?<!after)noon (?:on|of)",
    "afternoon": r"afternoon of",
    "evening": r"(?:evening|night) of",
    "dawn": r"early (?:hours|morning) (?:of|on)",
    "half1": r"first half",
    "half2": r"second half",
    "spring": r"spring",
    "summer": r"summer",
    "autumn": r"autumn",
    "winter": r"winter",
    "last year": r"last year",
    "this year": r"this year",
    "next year": r"next year",
    "the year before last": r"year before last",
}


def _asked(table: dict[str, str], rendering: str) -> list[str]:
    return [pattern for name, pattern in table.items() if re.search(_ASK[name], rendering)]
