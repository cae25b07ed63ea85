"""Figures in English sentences, read back as values.

Enforcement asks whether a hypothesis states a figure, however it is worded. So the English is
parsed: "RMB 6.65 million", "6,650,000 yuan" and "6.65 million yuan" are one ``Quantity``, and
"665 million yuan" is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from translate.numerals import in_words, ordinal_word
from translate.units import Unit, alternation, english_units, read_table

Form = str  # "cardinal" or "ordinal"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated figure or range.

    ``low`` and ``high`` (equal unless it is a range) are in the base unit of ``dimension``
    (``""`` for a bare count). ``hedge`` is one of ``""``, more, less, nearly, about, atleast,
    atmost. ``per`` is what follows "per", if anything, all of it.
    ``factor`` is what the unit multiplied the printed figure by. ``start`` and ``end`` are offsets in the
    sentence, hedge and unit included.
    """

    low: Decimal
    high: Decimal
    dimension: str
    hedge: str
    form: Form
    start: int
    end: int
    per: str = ""
    factor: Decimal = Decimal(1)

    @property
    def is_range(self) -> bool:
        """Whether two ends are stated."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class _Raw:
    """A figure before its unit is applied: ``figure`` times ``scale``."""

    figure: Decimal
    scale: Decimal
    form: Form
    unit: Unit | None
    hedge: str
    start: int
    end: int
    per: str = ""

    def value(self) -> Decimal:
        return self.figure * self.scale * (self.unit.factor if self.unit else Decimal(1))


_SCALE_WORDS = {
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
_FOLDS = {
    "once": 1,
    "doubl": 2,
    "twice": 2,
    "twofold": 2,
    "tripl": 3,
    "threefold": 3,
    "quadrupl": 4,
    "fourfold": 4,
    "quintupl": 5,
    "fivefold": 5,
    "tenfold": 10,
}
_HEDGES = read_table("hedges.tsv")
_HEDGE_OF = {words: hedge for hedge, side, words in _HEDGES if side == "before"}
_AFTER_OF = {words: hedge for hedge, side, words in _HEDGES if side == "after"}
_TRAILING = re.compile(r"(?:\d|\w+teen|\w+ty|old|age|years) (?:and|or) $")
_LINK = r"(?:\s+(?:an?|the|one|its|all|those|these|aged|age))?"
_BEFORE_RE = re.compile(rf"\b({alternation(list(_HEDGE_OF))}){_LINK}\s*$", re.I)
_AFTER_RE = re.compile(rf"({alternation(list(_AFTER_OF))})\b", re.I)
_PLUS_RE = re.compile(r"(-plus|-odd|-some| odd| plus)\b|\+(?!\d)", re.I)
_PREFIX_RE = re.compile(r"(RMB|CNY|US\$|HK\$|\$|¥|￥|€|£|USD|EUR|HKD)\s*$")
_PREFIX_UNIT = {
    "RMB": "yuan",
    "CNY": "yuan",
    "¥": "yuan",
    "￥": "yuan",
    "US$": "u.s. dollars",
    "$": "u.s. dollars",
    "USD": "u.s. dollars",
    "HK$": "hong kong dollars",
    "HKD": "hong kong dollars",
    "€": "euros",
    "EUR": "euros",
    "£": "british pounds",
}
_SMALL_WORDS = {in_words(Decimal(n)) or "": n for n in range(20)}
_SMALL_WORDS |= {in_words(Decimal(n)) or "": n for n in range(20, 100, 10)}
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!,?\d)|\d+(?:\.\d+)?|[A-Za-z]+")
_NUMERIC = re.compile(rf"\d|\b(?:{'|'.join([*_SMALL_WORDS, *_SCALE_WORDS])}|half)", re.I)
_PER_RE = re.compile(
    r"[\s-]*(?:per|a|an|each|every|for each|for every|/|for one)[\s-]*"
    r"(kilogram|kg|jin|ton|tonne|metric ton|mu|hectare|square meter|square metre|cubic meter|"
    r"person|head|capita|household|day|month|year|hour|minute|week|piece|km|kilometer|"
    r"kilowatt-hour|kWh|liter|acre|pound|gram|annum)s?\b",
    re.I,
)
_PER_NAMES = {
    **{"kg": "kilogram", "tonne": "ton", "metric ton": "ton", "head": "person", "capita": "person"},
    **{"square metre": "square meter", "cubic metre": "cubic meter", "km": "kilometer"},
    **{"annum": "year", "kwh": "kilowatt-hour"},
}
_RANGE_GAP = re.compile(
    r"\s*(?:to|-|–|—|~|or|and|through)\s*(?:about |nearly |more than |over )?(?:RMB\s*|¥|\$)?", re.I
)


@cache
def _unit_re() -> re.Pattern[str]:
    forms = alternation([form for form in english_units() if form])
    return re.compile(rf"(?:(?:-|\s+|)(?:of an? |more )?)({forms})(?![A-Za-z])", re.I)


def read_quantities(text: str) -> list[Quantity]:
    """Every figure, fraction, fold and range in an English sentence, in order of place."""
    raws: list[_Raw] = []
    for raw in _scan(text):
        if not raws or raw.start >= raws[-1].end:  # not the half of "two and a half"
            raws.append(_dress(text, raw))
    found = [
        fold
        for fold in _folds(text)
        if all(fold.end <= r.start or fold.start >= r.end or _covers(fold, r) for r in raws)
    ]
    raws = [raw for raw in raws if not any(_covers(fold, raw) for fold in found)]
    for index, raw in enumerate(raws):
        following = raws[index + 1] if index + 1 < len(raws) else None
        found.extend(_with_range(text, raw, following))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _covers(fold: Quantity, raw: _Raw) -> bool:
    return fold.start <= raw.start and raw.end <= fold.end


def _scan(text: str) -> Iterator[_Raw]:
    """Bare figures with their scale words, left to right, not overlapping."""
    tokens = list(_TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        read = _read_figure(text, tokens, index)
        if read is None:
            index += 1
            continue
        raw, index = read
        if raw is not None:
            yield raw


def _gap(text: str, left: re.Match[str], right: re.Match[str]) -> str:
    return text[left.end() : right.start()]


def _read_figure(
    text: str, tokens: list[re.Match[str]], index: int
) -> tuple[_Raw | None, int] | None:
    """The figure that starts at ``tokens[index]`` and the index after it; None if none does.

    A code such as G60 or 5G gives ``(None, next)``.
    """
    token = tokens[index]
    word = token[0].lower()
    if word[0].isdigit():
        return _read_digits(text, tokens, index)
    if word in ("hundred", "thousand", "dozen") and _PLUS_RE.match(text, token.end()):
        size = _SCALE_WORDS[word]
        return _Raw(size, Decimal(1), "cardinal", None, "", token.start(), token.end()), index + 1
    article = word in ("a", "an") and index + 1 < len(tokens)
    if article:
        following = tokens[index + 1][0].lower()
        if following not in ("hundred", "thousand", "million", "billion", "dozen", "trillion") and (
            following not in ("half", "quarter", "third", "fifth", "tenth")
        ):
            return None
    return _read_words(text, tokens, index)


def _read_digits(
    text: str, tokens: list[re.Match[str]], index: int
) -> tuple[_Raw | None, int] | None:
    token = tokens[index]
    start = token.start()
    figure = Decimal(token[0].replace(",", ""))
    before = text[start - 1] if start else ""
    if (
        before.isalpha() and not re.search(r"(?:RMB|CNY|USD)$", text[max(0, start - 24) : start])
    ) or (
        before in "-."
        and re.search(r"[A-Z\d][-.]$", text[max(0, start - 24) : start])
        and not _ranged(text, start)
    ):
        return None, index + 1
    nxt = tokens[index + 1] if index + 1 < len(tokens) else None
    if nxt is not None and nxt.start() == token.end():
        glued = nxt[0].lower()
        if glued in ("st", "nd", "rd", "th"):
            return _Raw(figure, Decimal(1), "ordinal", None, "", start, nxt.end()), index + 2
        if glued not in english_units() and glued not in _SCALE_WORDS and glued != "s":
            return None, index + 2
        if glued == "s":  # the 1990s, in his 50s
            return None, index + 2
    slash = re.match(r"/(\d+)\b", text[token.end() :])
    if slash and nxt is not None and int(slash[1]):
        value = figure / Decimal(slash[1])
        return _Raw(value, Decimal(1), "fraction", None, "", start, nxt.end()), index + 2
    scale, index, end = _read_scale(text, tokens, index + 1)
    return _Raw(figure, scale, "cardinal", None, "", start, end), index


def _ranged(text: str, start: int) -> bool:
    """Whether the hyphen before ``start`` joins two figures (3-5) and not a code."""
    return bool(
        re.search(
            r"(?:^|[\s(])(?:RMB|¥|\$)?[\d,.]+(?:%| percent)?-$", text[max(0, start - 24) : start]
        )
    )


def _read_scale(text: str, tokens: list[re.Match[str]], index: int) -> tuple[Decimal, int, int]:
    """Scale words from ``tokens[index]`` on: their product, the next index, their end."""
    scale = Decimal(1)
    end = tokens[index - 1].end()
    while index < len(tokens):
        word = tokens[index][0].lower()
        if word not in _SCALE_WORDS or text[end : tokens[index].start()] not in ("", " ", "-"):
            break
        scale *= _SCALE_WORDS[word]
        end = tokens[index].end()
        index += 1
    return scale, index, end


def _read_words(
    text: str, tokens: list[re.Match[str]], index: int
) -> tuple[_Raw | None, int] | None:
    """Number words: "two hundred and five thousand", "a dozen", "two-thirds", "twenty-first"."""
    first = index
    total = current = Decimal(0)
    seen = False
    while index < len(tokens):
        word = tokens[index][0].lower()
        gap = _gap(text, tokens[index - 1], tokens[index]) if index > first else ""
        if gap not in ("", " ", "-"):
            break
        if word in ("a", "an") and not seen and index == first:
            current, seen = Decimal(1), True
        elif word in _SMALL_WORDS and (
            (index == first and not seen) or _can_add(current, _SMALL_WORDS[word])
        ):
            current, seen = current + _SMALL_WORDS[word], True
        elif word in _SCALE_WORDS and (seen or word != "dozen") and seen:
            size = _SCALE_WORDS[word]
            if size < 1000:
                current *= size
            else:
                total, current = total + current * size, Decimal(0)
        elif word == "and" and seen and _and_joins(tokens, index, total, current):
            pass
        else:
            break
        index += 1
    return _close_words(text, tokens, first, index, total + current if seen else None)


def _can_add(current: Decimal, small: int) -> bool:
    if small < 10:
        return current % 10 == 0 and current % 100 != 10 and small > 0
    return current % 100 == 0


def _and_joins(tokens: list[re.Match[str]], index: int, total: Decimal, current: Decimal) -> bool:
    """Whether "and" is inside a number: "one hundred and five", not "two and three"."""
    following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    inside = (current and current % 100 == 0) or (not current and total)
    return following in _SMALL_WORDS and bool(inside)


def _close_words(
    text: str, tokens: list[re.Match[str]], first: int, index: int, value: Decimal | None
) -> tuple[_Raw | None, int] | None:
    """Ends a word number: a fraction or ordinal may follow, or begin, it."""
    one = Decimal(1)
    start = tokens[first].start()
    following = tokens[index] if index < len(tokens) else None
    word = following[0].lower() if following else ""
    if value is not None and following is not None and word in _FRACTIONS:
        gap = _gap(text, tokens[index - 1], following)
        tens_ordinal = value % 10 == 0 and 20 <= value < 100
        if gap in (" ", "-") and not tens_ordinal and value < 100:
            share = value / _FRACTIONS[word]
            return _Raw(share, one, "fraction", None, "", start, following.end()), index + 1
    ordinals = _ordinal_words()
    if following is not None and word in ordinals:
        if value is None:
            if word in ("half",):
                return None
            raw = _Raw(Decimal(ordinals[word]), one, "ordinal", None, "", start, following.end())
            return raw, index + 1
        if value % 10 == 0 and value >= 20 and _gap(text, tokens[index - 1], following) == "-":
            number = value + ordinals[word]
            return _Raw(number, one, "ordinal", None, "", start, following.end()), index + 1
    if value is None:
        if word in ("half", "quarter") and word == "half":
            end = following.end() if following else start
            return _Raw(Decimal("0.5"), one, "fraction", None, "", start, end), index + 1
        return None
    return _Raw(value, one, "cardinal", None, "", start, tokens[index - 1].end()), index


@cache
def _ordinal_words() -> dict[str, int]:
    return {ordinal_word(n) or "": n for n in range(1, 100)}


def _dress(text: str, raw: _Raw) -> _Raw:
    """Adds currency sign, unit, "and a half", hedges and "per ..." around a bare figure."""
    start, end, unit, hedge = raw.start, raw.end, raw.unit, raw.hedge
    figure = raw.figure
    prefix = _PREFIX_RE.search(text, max(0, start - 8), start)
    if prefix:
        unit, start = english_units()[_PREFIX_UNIT[prefix[1]]], prefix.start()
    if minus := re.search(r"(?:\bminus |(?<![\w-])[-−])$", text[max(0, start - 24) : start]):
        figure, start = -figure, minus.start()
    if more := re.match(r"(?i)[ -]and[ -]a[ -]half\b", text[end:]):
        figure, end = figure + Decimal("0.5") / raw.scale, end + more.end()
    if plus := _PLUS_RE.match(text, end):
        hedge, end = "more", plus.end()
    if raw.form == "cardinal" and (after := _AFTER_RE.match(text, end + 1)):
        if text[end] == " ":
            hedge, end = _AFTER_OF[after[1].lower()], after.end()
    if raw.form != "ordinal":
        if matched := (
            re.compile(r"\s?(%|‰|℃|°C)").match(text, end) or _unit_re().match(text, end)
        ):
            named = {"%": "percent", "‰": "‰"}.get(matched[1], matched[1].lower())
            if unit is None or english_units()[named].dimension == unit.dimension:
                unit, end = english_units()[named], matched.end()
    figure, end = _half_after_unit(text, figure, unit, end, raw.scale)
    if unit is not None and unit.dimension == "celsius" and text[end:].startswith(" below zero"):
        figure, end = -abs(figure), end + len(" below zero")
    if not hedge and text[end : end + 1] == " " and (after := _AFTER_RE.match(text, end + 1)):
        hedge, end = _AFTER_OF[after[1].lower()], after.end()
    per = ""
    while unit is not None and (rate := _PER_RE.match(text, end)):
        per, end = f"{per} {_PER_NAMES.get(rate[1].lower(), rate[1].lower())}".strip(), rate.end()
    if aged := re.search(r"\b(?:aged|age|ages)(?: of| between| from)? $", text[:start], re.I):
        if unit is None:
            unit, start = english_units()["years old"], aged.start()
    if before := _hedge_before(text, start):
        hedge, start = hedge or _HEDGE_OF[before[1].lower()], before.start()
        if hedge == "about" and _HEDGE_OF[before[1].lower()] != "about":
            hedge = _HEDGE_OF[before[1].lower()]
    return _Raw(figure, raw.scale, raw.form, unit, hedge, start, end, per)


def _hedge_before(text: str, start: int) -> re.Match[str] | None:
    """The hedge that ends at ``start``. In "80 and above 15 percent" it belongs to the 80."""
    match = _BEFORE_RE.search(text, max(0, start - 40), start)
    if match and _TRAILING.search(text, max(0, match.start() - 20), match.start()):
        return None
    return match


def _half_after_unit(
    text: str, figure: Decimal, unit: Unit | None, end: int, scale: Decimal
) -> tuple[Decimal, int]:
    """ "one year and a half" adds a half of the unit."""
    if unit is not None and (more := re.match(r"(?i)[ -]and[ -]a[ -]half\b", text[end:])):
        return figure + Decimal("0.5") / scale, end + more.end()
    return figure, end


def _with_range(text: str, raw: _Raw, following: _Raw | None) -> Iterator[Quantity]:
    """The figure itself, and the range it opens with the following one."""
    if following is not None and raw.end <= following.start:
        gap = _RANGE_GAP.fullmatch(text[raw.end : following.start] or "x")
        shared = raw.unit is None or following.unit is None or raw.unit == following.unit
        joined = text[raw.end : following.start].strip().lower()
        between = joined != "and" or re.search(r"\bbetween\s*$", text[: raw.start])
        if gap and shared and between and raw.form == following.form:
            low = raw if raw.unit is not None else replace(raw, unit=following.unit)
            if raw.scale == 1 and following.scale > 1 and raw.figure < 1000:
                low = replace(low, scale=following.scale)
            yield replace(_quantity(low, text), high=following.value(), end=following.end)
            yield _quantity(low, text)
            return
    yield _quantity(raw, text)


def _quantity(raw: _Raw, text: str) -> Quantity:
    dimension = raw.unit.dimension if raw.unit else ("ratio" if raw.form == "fraction" else "")
    form = "cardinal" if raw.form == "fraction" else raw.form
    value = raw.value()
    factor = raw.unit.factor if raw.unit else Decimal(1)
    return Quantity(value, value, dimension, raw.hedge, form, raw.start, raw.end, raw.per, factor)


_FOLD_RE = re.compile(
    r"\b(twice|twofold|threefold|fourfold|fivefold|tenfold|(?:doubl|tripl|quadrupl|quintupl)"
    r"(?:e|es|ed|ing))\b|\b(\d+(?:\.\d+)?)[- ]?fold\b",
    re.I,
)
_HALF_UNIT = re.compile(
    r"\bhalf(?: an? |-| )(hour|year|month|day|century|decade|jin|mu|kilometer|meter|kilogram|ton)s?\b",
    re.I,
)
_ARTICLE_UNIT = re.compile(
    r"(?<=\s)an?\s+(year|month|day|week|hour|minute|decade|century|kilometer|meter|kilogram|ton|"
    r"percentage point"
    r")(?![\w-])",
    re.I,
)
_HALF_RE = re.compile(
    r"\b(a|an|one)\s+(year|month|day|hour|week|jin|mu|century) and a half\b", re.I
)


def _folds(text: str) -> Iterator[Quantity]:
    """ "doubled", "threefold", "half an hour", "a year and a half"."""
    for match in _FOLD_RE.finditer(text):
        word = (match[1] or "").lower()
        value = (
            Decimal(match[2])
            if match[2]
            else Decimal(next(n for stem, n in _FOLDS.items() if word.startswith(stem)))
        )
        yield _quantity_at(text, value, "times", match)
    for match in _HALF_UNIT.finditer(text):
        unit = english_units()[match[1].lower()]
        yield _quantity_at(text, unit.factor / 2, unit.dimension, match)
    for match in _ARTICLE_UNIT.finditer(text):
        unit = english_units()[match[1].lower()]
        one = _quantity_at(text, unit.factor, unit.dimension, match)
        if one.hedge:  # "nearly a month"; a bare "a month" states no figure
            yield one
    for match in _HALF_RE.finditer(text):
        unit = english_units()[match[2].lower()]
        yield _quantity_at(text, Decimal("1.5") * unit.factor, unit.dimension, match)


def _quantity_at(text: str, value: Decimal, dimension: str, match: re.Match[str]) -> Quantity:
    start, hedge = match.start(), ""
    if before := _hedge_before(text, start):
        hedge, start = _HEDGE_OF[before[1].lower()], before.start()
    return Quantity(value, value, dimension, hedge, "cardinal", start, match.end())
