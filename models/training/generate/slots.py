"""What fills a pattern's slots: each filler draws a Chinese text and its English."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from models.training.generate.numerals import digits, english, han, round_value

Filled = tuple[str, str]
Words = dict[str, Any]

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_ONES = "zero one two three four five six seven eight nine ten".split()
# Chinese before, Chinese after the figure, English before, how often.
_HEDGES = (
    ("", "", "", 16),
    ("近", "", "nearly ", 2),
    ("约", "", "about ", 1),
    ("大约", "", "about ", 1),
    ("超过", "", "more than ", 1),
    ("逾", "", "more than ", 1),
    ("", "多", "more than ", 2),
    ("", "余", "more than ", 2),
    ("", "左右", "about ", 1),
    ("", "以上", "at least ", 1),
    ("至少", "", "at least ", 1),
    ("不到", "", "less than ", 1),
)
_FRACTIONS = (
    ("三分之一", "one-third"),
    ("三分之二", "two-thirds"),
    ("四分之一", "a quarter"),
    ("四分之三", "three-quarters"),
    ("五分之二", "two-fifths"),
    ("一半", "half"),
    ("三成", "30 percent"),
    ("六成", "60 percent"),
    ("八成", "80 percent"),
    ("九成多", "more than 90 percent"),
    ("近七成", "nearly 70 percent"),
    ("七成五", "75 percent"),
)


@cache
def _pinyin(text: str) -> str:
    import pypinyin

    return "".join(pypinyin.lazy_pinyin(text))


def person(words: Words, rng: random.Random) -> Filled:
    """A person: surname first, the given name's syllables joined, an apostrophe where needed."""
    surname = rng.choice(words["surnames"].split())
    given = "".join(rng.choice(words["given"].split()) for _ in range(rng.choice((1, 2, 2, 2))))
    syllables = [_pinyin(c) for c in given]
    joined = syllables[0]
    for syllable in syllables[1:]:
        joined += ("'" if syllable[0] in "aeo" else "") + syllable
    return surname + given, f"{_surname(surname)} {joined.capitalize()}"


_SURNAMES = {"单": "Shan", "翟": "Zhai", "石": "Shi", "覃": "Qin", "尹": "Yin", "薄": "Bo"}
"""Surnames that are read otherwise than the character alone."""


def _surname(zh: str) -> str:
    return _SURNAMES.get(zh) or _pinyin(zh).capitalize()


def _stem(words: Words, rng: random.Random) -> Filled:
    zh = rng.choice(words["stems"].split())
    syllables = [_pinyin(c) for c in zh]
    out = syllables[0]
    for syllable in syllables[1:]:
        out += ("'" if syllable[0] in "aeo" else "") + syllable
    return zh, out.capitalize()


def _typed(words: Words, rng: random.Random, kinds: str) -> Filled:
    zh, en = _stem(words, rng)
    zh_type, en_type = rng.choice(words[kinds])
    return zh + zh_type, f"{en} {en_type}"


def place(words: Words, rng: random.Random) -> Filled:
    """A county, district, city or town."""
    return _typed(words, rng, rng.choice(("types", "small_types")))


def town(words: Words, rng: random.Random) -> Filled:
    """A town, township or subdistrict."""
    return _typed(words, rng, "small_types")


def village(words: Words, rng: random.Random) -> Filled:
    """A village or community."""
    return _typed(words, rng, "village_types")


def chain(words: Words, rng: random.Random) -> Filled:
    """Two to four levels of places, the largest first in Chinese and last in English."""
    levels = [
        tuple(rng.choice(words["provinces"])),
        _typed(words, rng, "types"),
        town(words, rng),
        village(words, rng),
    ]
    first = rng.randrange(3)
    some = levels[first : rng.randint(first + 2, 4)]
    return "".join(zh for zh, _ in some), ", ".join(en for _, en in reversed(some))


def date(words: Words, rng: random.Random) -> Filled:
    """A date or a part of one, with the English preposition it needs."""
    month, day, year = rng.randrange(12), rng.randint(1, 28), rng.randint(1949, 2026)
    m, d = _MONTHS[month], day
    kind = rng.randrange(9)
    if kind < 3:
        return f"{month + 1}月{day}日", f"on {m} {d}"
    if kind == 3:
        return f"{year}年{month + 1}月{day}日", f"on {m} {d}, {year}"
    if kind == 4:
        return f"{year}年{month + 1}月", f"in {m} {year}"
    if kind == 5:
        return f"{year}年", f"in {year}"
    if kind == 6:
        return f"{month + 1}月上旬", f"in early {m}"
    if kind == 7:
        return f"今年{month + 1}月", f"in {m} this year"
    hour = rng.randint(6, 11)
    return f"{month + 1}月{day}日上午{hour}时", f"at {hour} a.m. on {m} {d}"


def day(words: Words, rng: random.Random) -> Filled:
    """A date without a preposition, for patterns that bring their own."""
    month, number = rng.randrange(12), rng.randint(1, 28)
    if rng.random() < 0.4:
        return f"{month + 1}月底", f"the end of {_MONTHS[month]}"
    return f"{month + 1}月{number}日", f"{_MONTHS[month]} {number}"


def year(words: Words, rng: random.Random) -> Filled:
    """A year."""
    number = rng.randint(1978, 2026)
    return f"{number}年", str(number)


def _hedged(body: Callable[[str], str], value: str, noun: str, rng: random.Random) -> Filled:
    before, after, word, _ = rng.choices(_HEDGES, [h[3] for h in _HEDGES])[0]
    zh = body(after if after in ("多", "余") else "")
    tail = after if after in ("左右", "以上") else ""
    return before + zh + tail, f"{word}{value}{noun}"


def quantity(words: Words, rng: random.Random, only: tuple[str, ...] = ()) -> Filled:
    """A figure with its unit: hedged or not, in digits or Han."""
    choices = [u for u in words["units"] if not only or u[0] in only]
    unit, one, many, spelled, most, decimals = rng.choice(choices)
    value = round_value(rng, most, decimals)
    in_han = value == value.to_integral_value() and value < 10**8 and rng.random() < 0.2
    if in_han and len(han(int(value))) > 6:
        in_han = False
    zh = han(int(value)) if in_han else digits(value, rng)
    noun = f" {one if value == 1 else many}"
    if not _takes_more(zh):
        return zh + unit, english(value, spelled) + noun
    filled, en = _hedged(lambda more: zh + more + unit, english(value, spelled), noun, rng)
    return filled, en


def _takes_more(zh: str) -> bool:
    """Whether 多 and 余 may follow: round numbers only."""
    return zh[-1] in "十百千万亿0" and "." not in zh


def thing(words: Words, rng: random.Random) -> Filled:
    """A count of things: 32名党员, 三百多户群众."""
    pattern, one, many, limit = rng.choice(words["things"])
    measure, noun = pattern.replace("{}", "").split("|")
    value = round_value(rng, limit)
    in_han = rng.random() < 0.25 and len(han(int(value))) <= 5
    zh = han(int(value)) if in_han else digits(value, rng)
    tail = f" {one if value == 1 else many}"
    if not _takes_more(zh):
        return zh + measure + noun, english(value, True) + tail
    before, after, word, _ = rng.choices(_HEDGES, [h[3] for h in _HEDGES])[0]
    if after in ("左右", "以上"):
        before, after, word = "", "", ""
    return before + zh + after + measure + noun, word + english(value, True) + tail


def people(words: Words, rng: random.Random) -> Filled:
    """A number of people or visits."""
    value = round_value(rng, 9_000_000, 1).to_integral_value()
    value = max(value, Decimal(2))
    zh = digits(value, rng)
    if rng.random() < 0.4:
        return f"{zh}人次", f"{english(value, True)} visits"
    return f"{zh}人", f"{english(value, True)} people"


def percent(words: Words, rng: random.Random) -> Filled:
    """A percentage."""
    value = Decimal(rng.randint(1, 999)) / (10 if rng.random() < 0.7 else 100)
    if rng.random() < 0.25:
        value = Decimal(rng.randint(1, 100))
    value = value.normalize()
    return f"{value:f}%", f"{value:f} percent"


def age(words: Words, rng: random.Random) -> Filled:
    """An age, as an apposition."""
    value = rng.randint(11, 99)
    zh = han(value) if rng.random() < 0.15 else str(value)
    return f"{zh}岁", str(value)


def fraction(words: Words, rng: random.Random) -> Filled:
    """A fraction in words."""
    return rng.choice(_FRACTIONS)


def points(words: Words, rng: random.Random) -> Filled:
    """Percentage points."""
    value = (Decimal(rng.randint(2, 150)) / 10).normalize()
    word = "point" if value == 1 else "points"
    return f"{value:f}个百分点", f"{value:f} percentage {word}"


def of(kind: str) -> Callable[[Words, random.Random], Filled]:
    """A filler that draws a row of a word list."""

    def fill(words: Words, rng: random.Random) -> Filled:
        zh, en = rng.choice(words[kind])
        return zh, en

    return fill


def measured(*only: str) -> Callable[[Words, random.Random], Filled]:
    """A filler that draws a figure with one of these units."""
    return lambda words, rng: quantity(words, rng, only)


FILLERS: dict[str, Callable[[Words, random.Random], Filled]] = {
    "person": person,
    "place": place,
    "town": town,
    "village": village,
    "chain": chain,
    "date": date,
    "day": day,
    "year": year,
    "amount": thing,
    "thing": thing,
    "jobs": lambda w, r: _jobs(r),
    "people": people,
    "percent": percent,
    "points": points,
    "fraction": fraction,
    "age": age,
    "money": lambda w, r: _money(w, r),
    "price": lambda w, r: _price(r),
    "area": measured("亩", "公顷", "平方米"),
    "weight": measured("吨", "公斤", "斤"),
    "length": measured("公里", "米"),
    "rain": measured("毫米"),
    "degrees": lambda w, r: _degrees(r),
    "years": measured("年"),
    "quake": lambda w, r: _quake(r),
    "post": of("posts"),
    "act": of("acts"),
    "quote": of("quotes"),
    "slogan": of("slogans"),
    "good": of("goods"),
    "measure": of("measures"),
    "rate": of("rates"),
}


def _money(words: Words, rng: random.Random) -> Filled:
    if rng.random() < 0.1:
        return quantity(words, rng, ("美元",))
    return quantity(words, rng, ("元",))


def _jobs(rng: random.Random) -> Filled:
    value = round_value(rng, 90_000)
    return (
        f"{digits(value, rng)}个就业岗位",
        f"{english(value, True)} {'job' if value == 1 else 'jobs'}",
    )


def _price(rng: random.Random) -> Filled:
    value = (Decimal(rng.randint(1, 400)) / rng.choice((1, 1, 2, 5))).normalize()
    return f"{value:f}元", f"{value:,f} yuan"


def _degrees(rng: random.Random) -> Filled:
    value = (Decimal(rng.randint(11, 450)) / 10).normalize()
    word = "degree" if value == 1 else "degrees"
    return f"{value:f}摄氏度", f"{value:f} {word} Celsius"


def _quake(rng: random.Random) -> Filled:
    value = f"{rng.randint(20, 79) / 10:.1f}"
    return value, value
