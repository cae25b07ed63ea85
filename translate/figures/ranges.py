"""Two figures that are the ends of a range become one: 3至5年, 3万—5万元, 十到五十万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from translate.figures.figure import HEDGES_BEFORE, Figure
from translate.figures.numerals import parse_chinese

_JOIN = re.compile(r"\s*(?:至|到|—{1,2}|－|-|~|～|–|或)\s*")


def merge_ranges(masked: str, figures: list[Figure]) -> Iterator[Figure]:
    """Joins the two ends of a range (3至5年, 3万—5万元, 10%到15%) into one figure."""
    index = 0
    while index < len(figures):
        figure = figures[index]
        following = figures[index + 1] if index + 1 < len(figures) else None
        joined = _join(masked, figure, following) if following else None
        yield joined or figure
        index += 2 if joined else 1


def _join(masked: str, low: Figure, high: Figure) -> Figure | None:
    gap = masked[low.end : high.start]
    limits = not gap and low.hedge == "atleast" and high.hedge == "less" and low.tail
    if limits:  # 50元以上200元以下
        low, high = replace(low, hedge=""), replace(high, hedge="")
    if not (limits or _JOIN.fullmatch(gap)) or low.high or high.high:
        return None
    if not low.hedge and masked.startswith(tuple(HEDGES_BEFORE), high.start):
        return None  # 从八百户到近一万户: the hedge is the second's alone
    if low.ordinal or high.ordinal or high.unit is None or low.unit not in (None, high.unit):
        return None
    value = low.value
    scale = high.numeral.lstrip("0123456789.,")
    if low.numeral.replace(".", "").isdigit() and scale and high.numeral[:1].isdigit():
        printed = parse_chinese(high.numeral[: len(high.numeral) - len(scale)])
        if printed is not None and value < printed:  # 3—5万元: the 万 is shared
            value *= parse_chinese(scale) or 1
    if low.unit is None and low.han and high.han:
        value *= _shared(low.numeral, high.numeral)
    if not value < high.value:
        return None
    return replace(
        high, start=low.start, value=value, high=high.value, hedge=low.hedge or high.hedge
    )


def _shared(low: str, high: str) -> Decimal:
    """What the low end of a Han range leaves unsaid: 三到五百万, 十到五十万."""
    digit = re.fullmatch(r"[一二两三四五六七八九]", low)
    match = re.fullmatch(
        r"[一二两三四五六七八九]([十百千万亿]+)" if digit else r".*?[十百千]([万亿]+)", high
    )
    if match is None or (not digit and low[-1] in "万亿"):
        return Decimal(1)
    return parse_chinese(match[1]) or Decimal(1)
