"""Chinese figures to English: which figures a sentence states, and how English states them.

``find_numbers`` turns each figure of a Simplified Chinese sentence into a ``Constraint``;
``equivalent`` says whether an English sentence states a constraint's figure or date, in
whatever wording.

A Han numeral counts as a figure only where a unit, a measure word or a multiplier follows, and
never inside the words of ``data/not_figures.txt`` (四下基层, 统一, 百姓). "One" before a measure
word is an article, not a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from translate.dates import find_dates
from translate.document import Constraint
from translate.equivalence import equivalent
from translate.numerals import parse_chinese
from translate.rendering import Figure, settle
from translate.special_figures import special_figures
from translate.units import Unit, alternation, units

__all__ = ["equivalent", "find_numbers", "mask_words"]

_MASK = "□"
HEDGES_BEFORE = {
    "atleast": "不少于 不低于 不下 不下于 至少 起码 最少 最低",
    "atmost": "不超过 不多于 不高于 最多 至多 不大于",
    "less": "不足 不到 不满 未满 低于 少于 小于 未到 未达",
    "more": "超过 超 逾 高于 多于 大于 超出",
    "nearly": "近 将近 接近 快",
    "about": "约 大约 大概 约莫 大致 差不多 约合 约为",
}
HEDGES_AFTER = {
    "about": "左右 上下 来 许 前后",
    "more": "多 余 几 有余 之多 开外 出头",
    "atleast": "以上 及以上",
    "less": "以下 以内 之内",
}
_BEFORE = {word: name for name, words in HEDGES_BEFORE.items() for word in words.split()}
_AFTER = {word: name for name, words in HEDGES_AFTER.items() for word in words.split()}
# What must not stand before a one-character hedge: it ends another word there.
_NOT_HEDGE = {
    "近": "附靠最邻临远亲贴就将接",
    "约": "预签节合制条履公失邀违相契集大俭",
    "超": "赶高村中反英",
    "快": "加赶尽凉愉轻",
}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = r"(?<![A-Za-z0-9])(?<![0-9][.,·+])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMERAL = (
    rf"(?:{_ARABIC}(?:[十百千万亿]+(?:\d+(?:\.\d+)?[千百万亿]+)?)?"
    rf"|[{_HAN}]+(?:点[零〇一二三四五六七八九]+[万亿]?)?|半)"
)
_JOIN = re.compile(r"\s*(?:至|到|—{1,2}|－|-|~|～|–|或)\s*")


@cache
def _figure_re() -> re.Pattern[str]:
    names = [name for name in units() if name]
    bare = [name[1:] for name in names if name.startswith("个")]
    return re.compile(
        rf"(?P<before>{alternation(list(_BEFORE))})?(?P<sign>零下|负|-(?=\d))?(?P<ord>第)?"
        rf"(?P<num>{_NUMERAL})(?P<p1>[多余来几])?(?P<mult>[百千万亿]+)?(?P<p2>[多余])?\s?"
        rf"(?:个(?P<mid>[半多来])(?P<unit2>{alternation([b for b in bare if b])})"
        rf"|(?P<unit>{alternation(names)}))?"
        rf"(?P<p3>多|半(?![年月天日个])|有余|出头)?(?P<tail>左右|上下|及以上|以上|以下|以内|之内|之多|开外|许(?!多))?"
    )


@cache
def _words_re() -> re.Pattern[str]:
    text = files("translate").joinpath("data", "not_figures.txt").read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
    return re.compile(rf"(?<![第{_HAN}几数\d])(?:{alternation(words)})")


def mask_words(text: str) -> str:
    """``text`` with every word that only looks like a figure blanked out, same length."""
    return _words_re().sub(lambda m: _MASK * len(m[0]), text)


def find_numbers(text: str) -> list[Constraint]:
    """The figures of a Simplified Chinese sentence, outside its dates, in order.

    Args:
        text: A cleaned sentence.

    Returns:
        Constraints of kind ``number``; offsets in ``text``, not overlapping. A span holds the
        figure with its hedge, multiplier and every unit or measure word that the English covers.
    """
    masked = mask_words(text)
    for date in find_dates(text):
        masked = masked[: date.start] + _MASK * (date.end - date.start) + masked[date.end :]
    found = []
    for start, end, target, accepted in special_figures(masked):
        found.append(_constraint(text, start, end, target, accepted))
        masked = masked[:start] + _MASK * (end - start) + masked[end:]
    for figure in _merge(masked, list(_figures(masked))):
        settled = settle(figure, masked)
        if settled is not None:
            found.append(_constraint(text, *settled))
    return sorted(found, key=lambda c: c.start)


def _constraint(
    text: str, start: int, end: int, target: str, accepted: tuple[str, ...]
) -> Constraint:
    others = tuple(dict.fromkeys(form for form in accepted if form != target))
    return Constraint(start, end, text[start:end], target, others, "number", inflects=False)


def _figures(masked: str) -> Iterator[Figure]:
    """Every numeral of ``masked`` with what belongs to it; whether it counts is decided later."""
    for match in _figure_re().finditer(masked):
        figure = _read(masked, match)
        if figure is not None:
            yield figure


def _read(masked: str, match: re.Match[str]) -> Figure | None:
    numeral, multiplier = match["num"], match["mult"] or ""
    after_word = match["p1"] or ""
    if after_word == "几" and not numeral.endswith("十"):
        return None
    start, hedge = _hedge_before(masked, match)
    half = Decimal("0.5")
    value = half if numeral == "半" else parse_chinese(numeral + multiplier)
    high = None
    if value is None:
        value, high = _neighbours(numeral, multiplier)
        if value is None:
            return None
    unit_name = match["unit"] or (match["unit2"] and "个" + match["unit2"])
    unit = units().get(unit_name) if unit_name else None
    if match["sign"]:
        value = -value
    if match["mid"] == "半" or match["p3"] == "半":
        value += half
    mids = {match["mid"], match["p2"], match["p3"]} - {None, "半"}
    words = [after_word, *mids, match["tail"] or ""]
    for word in words:
        hedge = hedge or _AFTER.get(word, "")
    end = (
        match.end()
        if unit is not None or match["tail"] or not masked[: match.end()].endswith(" ")
        else match.end() - 1
    )
    return Figure(
        start=start,
        end=end,
        numeral=match["num"] + multiplier,
        number_end=match.end("mult") if multiplier else match.end("num"),
        value=value,
        high=high,
        unit=unit,
        unit_start=match.start("unit") if match["unit"] else -1,
        hedge=hedge,
        ordinal=bool(match["ord"]),
        loose=bool(after_word) and numeral in ("十", "百", "千", "万"),
        tail=bool(match["tail"]) and _AFTER.get(match["tail"]) == hedge,
        neighbours=high is not None,
    )


def _hedge_before(masked: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the figure starts, its leading hedge included, and which class that hedge has."""
    word = match["before"]
    if not word:
        return match.start(), ""
    previous = masked[match.start() - 1 : match.start()]
    if (
        previous
        and previous in _NOT_HEDGE.get(word, "")
        or (word.startswith("不到") and previous in "看找听想做得买见等拿达")
    ):
        return match.start() + len(word), ""
    return match.start(), _BEFORE[word]


def _neighbours(numeral: str, multiplier: str) -> tuple[Decimal | None, Decimal | None]:
    """三四百, 七八十, 十七八, 三五: an estimate between two neighbouring figures."""
    match = re.fullmatch(
        rf"(.*?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)", numeral
    )
    if match is None:
        return None, None
    head, low, high, tail = match.groups()
    first = parse_chinese(head + low + tail + multiplier)
    second = parse_chinese(head + high + tail + multiplier)
    if first is None or second is None or not first < second:
        return None, None
    wide = low + high == "三五"
    step = parse_chinese(high)
    if not wide and (step is None or step - (parse_chinese(low) or 0) != 1):
        return None, None
    return first, second


def _merge(masked: str, figures: list[Figure]) -> Iterator[Figure]:
    """Joins the two ends of a range (3至5年, 3万—5万元, 10%到15%) into one figure."""
    index = 0
    while index < len(figures):
        figure = figures[index]
        following = figures[index + 1] if index + 1 < len(figures) else None
        joined = _join(masked, figure, following) if following else None
        yield joined or figure
        index += 2 if joined else 1


def _join(masked: str, low: Figure, high: Figure) -> Figure | None:
    if not _JOIN.fullmatch(masked[low.end : high.start]) or low.high or high.high:
        return None
    if low.ordinal or low.unit not in (None, high.unit) or high.unit is None:
        return None
    value = low.value
    suffix = high.numeral.lstrip("0123456789.,")
    if low.numeral.replace(".", "").isdigit() and suffix and high.numeral[:1].isdigit():
        printed = parse_chinese(high.numeral[: len(high.numeral) - len(suffix)])
        if printed is not None and value < printed:
            value *= parse_chinese(suffix) or 1
    if not value < high.value:
        return None
    return replace(
        high, start=low.start, value=value, high=high.value, hedge=low.hedge or high.hedge
    )
