"""Reading figures off a Chinese sentence: numeral, hedge, unit, and what hangs on them.

Nothing is decided here about whether a numeral counts as a figure; ``rendering`` does that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from translate.figures.figure import HEDGES_AFTER, HEDGES_BEFORE, Figure
from translate.figures.numerals import parse_chinese
from translate.figures.ranges import merge_ranges
from translate.figures.units import Unit, alternation, units

# What must not stand before a hedge: it ends another word there (附近, 预约, 赶超, 看不到).
_NOT_HEDGE = {
    "近": "附靠最邻临远亲贴就将接",
    "约": "预签节合制条履公邀违相契集大俭",
    "超": "赶高村中反英",
    "不过": "超",
    "不下": "剩放留装容坐住",
    "负": "减增胜背肩担抱自",
    "不到": "看找听想做得买见等拿达",
}
# Verbs after 多: 一年多收 is "a year, more", not "more than a year".
_WORK = tuple("收赚挣产卖出花交跑种打省增用干读发少烧缴掏抽付赔亏")
# 一年多了八千多元 is 8,000 more a year.
_MORE_BY = re.compile(r"了[\d一二两三四五六七八九十几数近上]")
_HAN = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = r"(?<![A-Za-z0-9])(?<![0-9][.,·+])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# The 千 of 千瓦 and 千克 is no multiplier.
_MULTIPLIER = r"(?:[十百万亿]|千(?![瓦克米伏帕卡兆]))"
_NUMERAL = (
    rf"(?:{_ARABIC}(?:{_MULTIPLIER}+(?:\d+(?:\.\d+)?{_MULTIPLIER}+|\d(?!\d))?)?"
    rf"|(?:[零〇一二两三四五六七八九]|{_MULTIPLIER})+(?:点[零〇一二三四五六七八九]+[万亿]?)?|半)"
)
# What a price is for: 三块八一斤, 十九块八包邮.
_EACH = r"一[斤个公块盒瓶袋张只条份件碗束串枚本平]|包邮"
# A smaller unit right after a larger one: 六元二角, 三斤二两, 三亩七分, 一块二毛二.
_SMALLER = re.compile(
    r"(?P<num>\d+|[一二三四五六七八九])(?P<unit>角|毛钱|毛|两|分钱|分(?!之))(?![多余个])"
    rf"(?:(?<=[角毛])(?P<third>[一二三四五六七八九])(?:分钱?)?(?![{_HAN}个张条元块]))?"
)
_TENTH = Decimal("0.1")
_OF_YUAN = {"角": _TENTH, "毛": _TENTH, "毛钱": _TENTH, "分钱": _TENTH / 10}
# What of a unit its smaller ones are.
_SMALLER_OF = {
    **dict.fromkeys(("元", "块", "块钱"), _OF_YUAN),
    "斤": {"两": _TENTH},
    "亩": {"分": _TENTH},
}

# A measure word before these is the head of a noun: 三部门, 四家子, 两条件.
_NOUNS = {
    **{"部": "门分队委长落", "家": "子庭长", "名": "单字义", "条": "件", "项": "目", "支": "部书"},
    **{"份": "额", "台": "阶风商湾", "张": "家", "座": "谈", "件": "套", "位": "于置", "面": "积"},
    **{"本": "地土级科次", "把": "手", "根": "据本", "间": "隔", "口": "号岸味", "所": "有以"},
    **{"只": "有能是要", "对": "于", "期": "间待", "国": "家际", "组": "织长", "道": "路德理"},
    **{"步": "行", "代": "表", "行": "政业动", "场": "所地景", "市": "场民", "县": "级区"},
    **{"升": "到至为级值温空学旗降", "年": "薪", "伏": "天里菜头，、"},
    **{
        "村": "民",
        "乡": "镇",
        "起": "步价飞降",
        "点": "一点",
        "号": "召",
        "头": "条都坐跑忙堵不一拴在",
        "层": "底",
        "角": "形星楼场落度亭",
    },
}


@cache
def _figure_re() -> re.Pattern[str]:
    names = [name for name in units() if name]
    guarded = "|".join(
        re.escape(name) + (f"(?![{_NOUNS[name]}])" if name in _NOUNS else "")
        for name in sorted(names, key=lambda name: (-len(name), name))
    )
    after_ge = [name[1:] for name in names if name.startswith("个") and len(name) > 1]
    return re.compile(
        rf"(?P<before>{alternation(list(HEDGES_BEFORE))})?(?P<sign>零下|负|-(?=\d))?(?P<ord>第)?"
        rf"(?P<num>{_NUMERAL})(?P<p1>[多余来几])?(?P<mult>{_MULTIPLIER}+)?(?P<p2>[多余])?\s?"
        rf"(?:个(?P<mid>[半多来])(?P<unit2>{alternation(after_ge)})"
        rf"|(?P<unit>{guarded}))?"
        rf"(?P<p3>多|半(?![年月天日个挂导成径夜山岛路空数价大决])|有余|出头"
        rf"|(?<=[块米元毛度角秒吨亩])\s?(?P<rest>[一二三四五六七八九](?={_EACH})"
        r"|(?<=[吨亩])[一二三四五六七八九](?=[，。；！？、”）的地]|$)"
        rf"|(?<![吨亩])(?:\d{{1,2}}(?![\d.])"
        rf"|[一二三四五六七八九]{{1,2}}(?![{_HAN}个块名位件条张票家毛角分两])))"
        rf"(?!{alternation(names)}))?"
        rf"(?P<tail>左右|上下(?![游班级联铺楼车学文水])|及以上|及以下|以上|以下|以内|之内|之多|开外|许(?![多氏]))?"
    )


def read_figures(masked: str) -> list[Figure]:
    """Every numeral of a sentence with what belongs to it, ranges joined, in order.

    Args:
        masked: The sentence, with the words that only look like figures blanked out.
    """
    figures: list[Figure] = []
    for match in _figure_re().finditer(masked):
        figure = _read(masked, match)
        if figure is not None and (not figures or figure.start >= figures[-1].end):
            figures.append(figure)
    return list(merge_ranges(masked, figures))


def _read(masked: str, match: re.Match[str]) -> Figure | None:
    numeral, multiplier = match["num"], match["mult"] or ""
    after_word = match["p1"] or ""
    if after_word == "几" and not numeral.endswith("十"):
        return None
    value, high = _value(match, numeral + multiplier)
    if value is None:
        return None
    start, hedge = _hedge_before(masked, match)
    unit_name = match["unit"] or (match["unit2"] and "个" + match["unit2"])
    unit = units().get(unit_name) if unit_name else None
    end, words = _trailing(masked, match, unit)
    tail = words[-1]
    for word in (after_word, *words):
        hedge = hedge or HEDGES_AFTER.get(word, "")
    figure = Figure(
        start=start,
        end=len(masked[:end].rstrip()) if unit is None else end,
        numeral=numeral + multiplier,
        number_end=match.end("mult") if multiplier else match.end("num"),
        value=value,
        high=high,
        unit=unit,
        unit_start=match.start("unit") if match["unit"] else -1,
        hedge=hedge,
        ordinal=bool(match["ord"]),
        loose=bool(after_word) and numeral in ("十", "百", "千", "万"),
        tail=bool(tail) and HEDGES_AFTER.get(tail) == hedge,
        neighbours=high is not None,
        and_half="半" in (match["mid"], match["p3"]),
        odd=after_word == "来",
    )
    return _smaller(masked, figure)


def _value(match: re.Match[str], numeral: str) -> tuple[Decimal | None, Decimal | None]:
    """The figure, or the two ends of an estimate between neighbours, in the unit."""
    high = None
    value = Decimal("0.5") if match["num"] == "半" else parse_chinese(numeral)
    if value is None:
        value, high = _neighbours(match["num"], match["mult"] or "")
    if value is None:
        return None, None
    if "半" in (match["mid"], match["p3"]):
        value += Decimal("0.5")
    if match["rest"]:  # 十七块五 is 17.5 yuan, 7米12 is 7.12 meters
        value += Decimal("0." + "".join(str(parse_chinese(char)) for char in match["rest"]))
    minus = match["sign"] and match.string[match.start("sign") - 1 : match.start("sign")] not in (
        tuple(_NOT_HEDGE["负"])
    )
    return (-value if minus else value), high


def _trailing(masked: str, match: re.Match[str], unit: Unit | None) -> tuple[int, list[str]]:
    """Where the match may end, and the hedging words inside it, the one after the unit last."""
    words = [match["mid"] or "", match["p2"] or ""]
    after_unit = match["p3"] or ""
    if after_unit in HEDGES_AFTER:
        following = masked[match.end("p3") : match.end("p3") + 1]
        a_verb = following in _WORK or _MORE_BY.match(masked, match.end("p3"))
        compared = masked[match.start("num") - 1 : match.start("num")] == "比"  # 一天比一天多
        if unit is None or unit.kind in ("drop", "keep") or a_verb or compared:
            return match.start("p3"), [*words, ""]
    return match.end(), [*words, after_unit, match["tail"] or ""]


def _hedge_before(masked: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the figure starts, its leading hedge included, and which class that hedge has."""
    word = match["before"]
    if not word:
        return match.start(), ""
    previous = masked[match.start() - 1 : match.start()] if match.start() else ""
    if previous and previous in _NOT_HEDGE.get(word, ""):
        return match.start() + len(word), ""
    return match.start(), HEDGES_BEFORE[word]


def _neighbours(numeral: str, multiplier: str) -> tuple[Decimal | None, Decimal | None]:
    """三四百, 七八十, 十七八, 三五: an estimate between two neighbouring figures."""
    match = re.fullmatch(
        r"(.*?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)", numeral
    )
    if match is None:
        return None, None
    head, low, high, tail = match.groups()
    first = parse_chinese(head + low + tail + multiplier)
    second = parse_chinese(head + high + tail + multiplier)
    steps = parse_chinese(low), parse_chinese(high)
    if first is None or second is None or None in steps:
        return None, None
    neighbours = (steps[1] or 0) - (steps[0] or 0) == 1 or low + high == "三五"
    return (first, second) if neighbours else (None, None)


def _smaller(masked: str, figure: Figure) -> Figure:
    """Adds a smaller unit: 六元二角 is 6.2 yuan, 三斤二两 is 3.2 jin."""
    unit = figure.unit
    match = _SMALLER.match(masked, figure.end)
    if unit is None or match is None or figure.hedge or figure.and_half:
        return figure
    worth = _SMALLER_OF.get(unit.zh, {}).get(match["unit"])
    if worth is None:
        return figure
    more = (parse_chinese(match["num"]) or Decimal(0)) * worth
    if match["third"]:
        more += (parse_chinese(match["third"]) or Decimal(0)) / 100
    return replace(figure, end=match.end(), value=figure.value + more)
