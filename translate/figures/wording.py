"""How a news desk words a figure: the form to aim for first, then the others that are right.

American style: figures from 10 up in digits, one to nine in words for things and spans of time,
digits with money, measures, percent and ages; "million" and "billion" from 1,000,000 up.
"""

from __future__ import annotations

import re
from decimal import Decimal

from translate.figures.figure import Figure
from translate.figures.numerals import figure as print_figure
from translate.figures.numerals import in_words, ordinal, spellings
from translate.figures.units import Unit

# What English says, the best form first; the same with the span that it stands for.
Rendered = tuple[str, tuple[str, ...]]
Settled = tuple[int, int, str, tuple[str, ...]]

HEDGES = {
    "more": ("more than", "over", "upwards of", "in excess of", "above"),
    "less": ("less than", "fewer than", "under", "below"),
    "nearly": ("nearly", "almost", "close to", "just under"),
    "about": ("about", "around", "approximately", "some", "roughly"),
    "atleast": ("at least", "no less than", "no fewer than", "more than", "over"),
    "atmost": ("no more than", "at most", "not exceeding", "up to"),
    "within": ("within", "in", "less than", "under", "no more than"),
    "": ("",),
}
_DIGITS = frozenset("级 号 路 度 版 分".split())  # magnitude 6, Route 9: never spelt out
_WORDED = ("drop", "keep", "time", "times")
_RANKED = frozenset("层 楼 号 级 版 课 期 组 章 节".split())  # 6层: "the sixth floor"
_TWICE = frozenset("次 回 趟 遍 圈 轮".split())
_DOZENS = ("a dozen or so", "a dozen", "more than a dozen", "over a dozen", "dozen-odd")
# What English may add to the figure before a measure word that is left for the model.
_KEPT = {
    "分": ("points", "minutes", "cents"),
    "度": ("degrees", "kilowatt-hours"),
    "块": ("yuan",),
    "里": ("li",),
    "日": ("days",),
    "夜": ("nights",),
    "代": ("generations",),
    "尺": ("chi", "feet"),
    "级": ("magnitude",),
}


def number_forms(figure: Figure) -> tuple[str, ...]:
    """The bare figure (or range), best form first."""
    unit = figure.unit
    worded = unit is not None and unit.zh not in _DIGITS and unit.kind in _WORDED
    forms = _ends(figure.value, figure.numeral, worded or figure.and_half)
    if figure.high is not None:
        return _range_forms(figure, forms, _ends(figure.high, figure.numeral, worded))
    if figure.and_half and figure.value > 1:
        words = in_words(figure.value - Decimal("0.5"))
        return (f"{words} and a half", *forms) if words else forms
    if unit is None and figure.numeral.isdigit() and not figure.hedge:
        return (figure.numeral, *forms)  # a code, or a number in a name: as printed
    return forms


def _range_forms(figure: Figure, lows: tuple[str, ...], highs: tuple[str, ...]) -> tuple[str, ...]:
    pairs: list[str] = []
    for low, high in zip(lows, highs, strict=False):
        scale = high.rpartition(" ")[2]
        short = low.removesuffix(f" {scale}") if scale in ("million", "billion") else low
        joiner = "or" if figure.neighbours else "to"
        pairs += [f"{short} {joiner} {high}", f"{low} to {high}", f"{short} to {high}"]
        pairs += [f"{short}-{high}", f"{low}-{high}", f"{low} or {high}"]
        pairs.append(f"between {low} and {high}")
    return tuple(dict.fromkeys(pairs))


def _ends(value: Decimal, numeral: str, worded: bool) -> tuple[str, ...]:
    forms = spellings(abs(value))
    first = print_figure(abs(value), as_printed=numeral)
    words = in_words(value)
    if worded and words and value < 10:
        first = words
    sign = "minus " if value < 0 else ""
    return tuple(sign + form for form in dict.fromkeys((first, *forms)))


def word(figure: Figure) -> Rendered:
    """Hedge, figure and unit in order."""
    unit = figure.unit
    numbers = number_forms(figure)
    whole = unit is not None and unit.kind not in ("drop", "keep")
    if not whole or unit is None:
        return hedged(figure, [*numbers, *_bare_extras(figure, numbers)])
    forms = [form for number in numbers for form in _with_unit(number, unit, figure)]
    if figure.numeral == "半":
        article = "an" if unit.singular[0] in "aeiou" or unit.singular == "hour" else "a"
        forms = [f"half {article} {unit.singular}", f"half-{unit.singular}", *forms]
    if figure.and_half and figure.value == Decimal("1.5"):
        article = "an" if unit.singular == "hour" else "a"
        forms.insert(0, f"{article} {unit.singular} and a half")
    if unit.dimension == "months" and figure.value * unit.factor == 120:
        forms += ["a decade", "the past decade", "the decade", "decade-long"]
    if unit.dimension == "months" and figure.value * unit.factor == 1200:
        forms += ["a century", "century-old", "centenary", "centennial", "century"]
    if figure.value == Decimal("0.5") and unit.zh == "个月":
        forms += ["a fortnight", "two weeks", "15 days", "fortnight"]
    if unit.zh.endswith("小时") and figure.value == 24 and not figure.hedge:
        forms += ["around the clock", "round the clock", "round-the-clock"]
    return hedged(figure, forms)


def _bare_extras(figure: Figure, numbers: tuple[str, ...]) -> list[str]:
    """What else may state a figure whose measure word English leaves out or words itself."""
    unit, extras = figure.unit, []
    if unit is None and (figure.han or figure.value >= 1000):
        extras += [f"{numbers[0]} yuan"]  # 省下三百来万, "saves 3 million yuan"
    if unit is not None and unit.zh in _RANKED and figure.value == int(figure.value):
        extras += list(ordinal(int(figure.value))) if 0 < figure.value < 1000 else []
    kept = _KEPT.get(unit.zh, ()) if unit is not None else ()
    if unit is not None and unit.zh == "级" and figure.value >= 10**6:
        kept = ("yuan",)  # 百亿级产业集群
    extras += [f"{numbers[0]} {name}" for name in kept]
    if figure.high is None and figure.value == 2:
        extras += ["both", "a couple of", "a pair of"]
        extras += ["twice"] if unit is not None and unit.zh in _TWICE else []
    if figure.value == 0:
        extras += ["no", "none", "nil"]
    if figure.numeral in ("百", "千", "万"):
        names = {"百": "hundreds", "千": "thousands", "万": "tens of thousands"}
        name = names[figure.numeral]
        extras += [name, f"{name} of"]
    return extras


def _with_unit(number: str, unit: Unit, figure: Figure) -> list[str]:
    single = figure.value == 1 and figure.high is None
    name = unit.singular if single else unit.plural
    forms = [f"{number} {name}"]
    if unit.kind == "percent":
        return [*forms, f"{number}‰" if unit.zh == "‰" else f"{number}%", f"{number} per cent"]
    if unit.kind == "money":
        forms += [f"RMB {number}", f"{number} RMB"] if unit.dimension == "CNY" else []
        forms += [f"${number}"] if unit.dimension == "USD" else []
    forms += [f"{number} {other}" for other in (unit.singular, *unit.more[:2]) if other != name]
    if unit.dimension == "pp":
        forms.append(f"{number} points")
    if unit.kind != "money":
        forms.append(f"{number}-{unit.singular}")
    return forms


_SAID_BEFORE = {
    "more": "突破 超过 高于 多于 跨过 跨越 冲破 迈过 超越 站上",
    "less": "不足 不到 低于 少于 跌破 以下",
    "atmost": "最高 不超过 不得超过 不高于 最多 上限 封顶 最长 最快 最远 高达 多达 不过 可达 仅 限",
    "atleast": "至少 不少于 不低于 最低 起码",
    "nearly": "接近 将近",
    "about": "大约 大概 平均 约",
}


def soft_hedges(clause: str) -> list[str]:
    """The hedges that stand earlier in the clause: 不超过市场价的七成.

    They are not in the figure's span, so English may word them there or elsewhere.
    """
    clause = re.split(r"[，。；：、,;]", clause)[-1]
    return [
        name
        for name, words in _SAID_BEFORE.items()
        if any(word in clause for word in words.split())
    ]


def hedged(figure: Figure, forms: list[str]) -> Rendered:
    """Puts the hedge's wordings before ``forms``, the first of each first."""
    hedges = HEDGES[figure.hedge]
    if figure.unit and figure.unit.dimension == "celsius":
        hedges = {"less": ("below", "under"), "more": ("above", "over")}.get(figure.hedge, hedges)
    first = f"{hedges[0]} {forms[0]}".strip()
    others = [f"{hedge} {form}".strip() for form in forms for hedge in hedges]
    if figure.hedge == "atleast":
        others += [f"{form} {end}" for form in forms for end in ("or more", "and above")]
    if figure.hedge == "more":
        others += [f"{form}-plus" for form in forms if form[-1].isdigit()]
    if figure.hedge == "about":
        others += [f"{form} or so" for form in forms]
        others += [f"more than {forms[0]}"] if figure.odd else []
    if figure.loose and figure.numeral == "十":
        name = figure.unit.plural if figure.unit and figure.unit.plural else ""
        others += [f"{dozen} {name}".strip() for dozen in _DOZENS]
        if name == "years":
            others += ["more than a decade", "over a decade", "a decade or so"]
    return first, tuple(dict.fromkeys(others))
