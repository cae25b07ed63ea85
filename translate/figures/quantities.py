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

from translate.figures.english_figures import BareFigure, read_bare_figures
from translate.figures.units import alternation, english_units, named_unit, read_table


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated figure or range.

    ``low`` and ``high`` (equal unless it is a range) are in the base unit of ``dimension``
    (``""`` for a bare count). ``hedge`` is ``""`` or one of more, over, less, within, nearly,
    about, some, atleast, atmost. ``form`` is cardinal or ordinal. ``per`` is what follows
    "per", if anything, all of it; ``factor`` is what the unit multiplied the printed figure by.
    ``start`` and ``end`` are offsets in the sentence, hedge and unit included.
    """

    low: Decimal
    high: Decimal
    dimension: str
    hedge: str
    form: str
    start: int
    end: int
    per: str = ""
    factor: Decimal = Decimal(1)

    @property
    def is_range(self) -> bool:
        """Whether two ends are stated."""
        return self.low != self.high


_FOLDS = {
    **{"twice": 2, "doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5},
    **{"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10},
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


_THE = re.compile(r"\b(?:the|this|these|those) $", re.I)
_AGO = re.compile(r"\s+(?:ago|earlier|before)\b", re.I)
_SIGN = re.compile(r"(?:\bminus |(?<![\w-])[-−])$")
_AND_A_HALF = re.compile(r"[ -]and[ -]a[ -]half\b", re.I)
_AGED = re.compile(r"\b(?:aged|age|ages)(?: of| between| from)? $", re.I)
_SIGN_UNIT = re.compile(r"\s?(%|‰|℃|°C)")
_BEHIND = 24  # characters that are looked at before a figure


@cache
def _unit_re() -> re.Pattern[str]:
    forms = alternation(list(english_units())).replace(r"\ ", "[ -]")
    return re.compile(rf"(?:-|\s+|)(?:of an? |more )?({forms})(?![A-Za-z])", re.I)


def read_quantities(text: str) -> list[Quantity]:
    """Every figure, fraction, fold and range in an English sentence, in order of place."""
    raws: list[BareFigure] = []
    for raw in read_bare_figures(text):
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


def _covers(fold: Quantity, raw: BareFigure) -> bool:
    return fold.start <= raw.start and raw.end <= fold.end


def _dress(text: str, bare: BareFigure) -> BareFigure:
    """Adds currency sign, unit, "and a half", hedges and "per ..." around a bare figure."""
    dressed = _with_unit(text, _with_sign(text, bare))
    if not dressed.hedge:
        dressed = _hedged_after(text, dressed)
    end, per = dressed.end, ""
    while dressed.unit is not None and (rate := _PER_RE.match(text, end)):
        name = rate[1].lower()
        per, end = f"{per} {_PER_NAMES.get(name, name)}".strip(), rate.end()
    dressed = replace(dressed, end=end, per=per)
    aged = _AGED.search(text, max(0, dressed.start - _BEHIND), dressed.start)
    if aged and dressed.unit is None:
        dressed = replace(dressed, unit=english_units()["years old"], start=aged.start())
    before = _hedge_before(text, dressed.start)
    if before and not _AGO.match(text, dressed.end):  # "higher than three years ago"
        named = _HEDGE_OF[before[1].lower()]
        kept = dressed.hedge if dressed.hedge not in ("", "about") else named
        dressed = replace(dressed, hedge=kept, start=before.start())
    return dressed


def _with_sign(text: str, bare: BareFigure) -> BareFigure:
    """Currency sign and minus before the figure; "and a half" and "-plus" right after it."""
    figure, start, end, unit, hedge = bare.figure, bare.start, bare.end, bare.unit, bare.hedge
    if prefix := _PREFIX_RE.search(text, max(0, start - 8), start):
        unit, start = english_units()[_PREFIX_UNIT[prefix[1]]], prefix.start()
    if minus := _SIGN.search(text, max(0, start - _BEHIND), start):
        figure, start = -figure, minus.start()
    if half := _AND_A_HALF.match(text, end):
        figure, end = figure + Decimal("0.5") / bare.scale, half.end()
    if plus := _PLUS_RE.match(text, end):
        hedge, end = "more", plus.end()
    signed = replace(bare, figure=figure, start=start, end=end, unit=unit, hedge=hedge)
    return _hedged_after(text, signed) if bare.form == "cardinal" else signed


def _with_unit(text: str, bare: BareFigure) -> BareFigure:
    if bare.form == "ordinal":
        return bare
    figure, end, unit = bare.figure, bare.end, bare.unit
    if matched := _SIGN_UNIT.match(text, end) or _unit_re().match(text, end):
        named = named_unit(matched[1])
        if unit is None or named.dimension == unit.dimension:
            unit, end = named, matched.end()
    if unit is not None and (half := _AND_A_HALF.match(text, end)):  # one year and a half
        figure, end = figure + Decimal("0.5") / bare.scale, half.end()
    if unit is not None and unit.dimension == "celsius" and text.startswith(" below zero", end):
        figure, end = -abs(figure), end + len(" below zero")
    return replace(bare, figure=figure, end=end, unit=unit)


def _hedged_after(text: str, bare: BareFigure) -> BareFigure:
    """The hedge after the figure or its unit: "or so", "and above"."""
    after = _AFTER_RE.match(text, bare.end + 1) if text[bare.end : bare.end + 1] == " " else None
    if after is None:
        return bare
    return replace(bare, hedge=_AFTER_OF[after[1].lower()], end=after.end())


def _hedge_before(text: str, start: int) -> re.Match[str] | None:
    """The hedge that ends at ``start``. In "80 and above 15 percent" it belongs to the 80."""
    match = _BEFORE_RE.search(text, max(0, start - 40), start)
    if match is None:
        return None
    if _TRAILING.search(text, max(0, match.start() - 20), match.start()):
        return None
    if match[1].lower() == "past" and _THE.search(text, max(0, match.start() - 8), match.start()):
        return None  # the past three years
    return match


def _with_range(text: str, raw: BareFigure, following: BareFigure | None) -> Iterator[Quantity]:
    """The figure itself, and the range it opens with the following one."""
    if following is not None and raw.end <= following.start:
        gap = _RANGE_GAP.fullmatch(text[raw.end : following.start] or "none")
        shared = raw.unit is None or following.unit is None or raw.unit == following.unit
        joined = text[raw.end : following.start].strip().lower()
        between = joined != "and" or re.search(
            r"\bbetween\s*$", text[max(0, raw.start - _BEHIND) : raw.start]
        )
        if gap and shared and between and raw.form == following.form:
            low = raw if raw.unit is not None else replace(raw, unit=following.unit)
            if raw.scale == 1 and following.scale > 1 and raw.figure < 1000:
                low = replace(low, scale=following.scale)
            yield replace(_quantity(low), high=following.value(), end=following.end)
            yield _quantity(low)
            return
    yield _quantity(raw)


def _quantity(raw: BareFigure) -> Quantity:
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
    r"\bhalf(?: an? |-| )"
    r"(hour|year|month|day|century|decade|jin|mu|kilometer|meter|kilogram|ton)s?\b",
    re.I,
)
_ARTICLE_UNIT = re.compile(
    r"(?<=\s)an?\s+(year|month|day|week|hour|minute|decade|century|kilometer|meter|kilogram|ton|"
    r"percentage point)(?![\w-])",
    re.I,
)
_HALF_RE = re.compile(
    r"\b(a|an|one)\s+(year|month|day|hour|week|jin|mu|century) and a half\b", re.I
)


def _folds(text: str) -> Iterator[Quantity]:
    """Words that are figures: "doubled", "threefold", "half an hour", "a year and a half"."""
    for match in _FOLD_RE.finditer(text):
        word = (match[1] or "").lower()
        stem = next((n for stem, n in _FOLDS.items() if word.startswith(stem)), 0)
        value = Decimal(match[2] or stem)
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
