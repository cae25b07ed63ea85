"""Which numerals count as figures, what span each stands for, and its English."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from translate.figures.ages import settle_age
from translate.figures.figure import Figure
from translate.figures.numerals import in_words, ordinal, parse_chinese, plain
from translate.figures.units import Unit, alternation, units
from translate.figures.wording import Rendered, Settled, hedged, number_forms, soft_hedges, word

_RATES = {
    **dict.fromkeys(("公斤", "千克"), "kilogram"),
    **dict.fromkeys(("平方米", "平米"), "square meter"),
    **dict.fromkeys(("天", "日"), "day"),
    **dict.fromkeys(("月", "个月"), "month"),
    **dict.fromkeys(("千瓦时", "度"), "kilowatt-hour"),
    **{"斤": "jin", "吨": "ton", "亩": "mu", "公顷": "hectare", "立方米": "cubic meter"},
    **{"人": "person", "户": "household", "年": "year", "小时": "hour", "分钟": "minute"},
    **{"周": "week", "公里": "kilometer", "升": "liter"},
}
_RATE_BEFORE = re.compile(rf"每({alternation(list(_RATES))})$")
_RATE_AFTER = re.compile(rf"(?:/|每)({alternation(list(_RATES))})")
_SPEED = re.compile(r"(?:时速|每小时)(?:达|为|约|可达)?$")
_HALVES = frozenset(
    "小时 个小时 钟头 个钟头 年 个月 个世纪 世纪 斤 亩 公里 周岁 岁 米 吨 公斤".split()
)
_NO_HALF = tuple("上下前后大小多过夜年月日天元斤里")  # 上半年, 大半年
# Han numeral + these is mostly a name or an ordinal (一号, 三月, 二线), not a count.
_NEVER_HAN = frozenset("号 里 日 月 角 分 度 线 股 代 省 市 县 版 级 国 镇 乡 辈 维 世 面".split())
_AFTER_SUM = tuple("，。；！？、”）,涨降到升减增提改")
# What stands before money: 赚六百块, 一年四百块. 水泥板一百三十块 are pieces.
_SPENT = re.compile(
    r"(?:[赚挣花付赔罚收要卖交给拿掏借欠省贵补领发亏涨降值价租年月天回次趟]|工资|红包)(?:了|到|出|足足|整整)?$"
)
# A sum without its unit names its size: 四千一, 两万八. 一四七 and 三三四 are lists.
_SCALED = re.compile(r"^[一二两三四五六七八九][十百千万亿]")
_CLOSED = ("", *"，。；！？、,”）")
_SMALL_MONEY = frozenset("角 角钱 毛钱 分钱".split())
_RECENT = frozenset(
    "年 个月 周 天 个星期 届 季 期 次 轮".split()
)  # 近三年 is "the past three years" as well
_RISE = re.compile(r"(?:增长|提高|增加|上升|提升|扩大|上涨|高出|涨|增|翻)(?:了|近|约|超|到)?$")
_NUMBERED = {
    "条": ("Article",),
    "章": ("Chapter",),
    "款": ("Paragraph",),
    "期": ("Issue", "Phase"),
    "集": ("Episode",),
    "节": ("Section",),
    "号": ("No.",),
    "页": ("page",),
    "天": ("day",),
    "轮": ("Round",),
    "课": ("lesson",),
}
_CLAUSE = re.compile(r"规定|第|之|的规定|、|）|，|：")


def settle(figure: Figure, masked: str) -> Settled | None:
    """The English for ``figure`` and the span it stands for.

    Args:
        figure: A figure read off ``masked``.
        masked: The sentence; words that only look like figures are blanked out.

    Returns:
        ``(start, end, target, accepted)``, or None where it is no figure to enforce.
    """
    figure = _sort_unit(figure, masked)
    if figure.ordinal:
        return _settle_ordinal(figure, masked)
    if not _counts(figure, masked):
        return None
    figure = _trim(figure, masked)
    kind = figure.unit.kind if figure.unit else "bare"
    if kind == "age":
        return settle_age(figure, masked)
    if kind == "times":
        return figure.start, figure.end, *_word_times(figure, masked)
    if kind in ("money", "measure"):
        return _settle_rate(figure, masked)
    return figure.start, figure.end, *_in_context(figure, masked)


def _sort_unit(figure: Figure, masked: str) -> Figure:
    """Tells apart what one character may mean: 块 (yuan, piece), 分 (minute, point), 毛, 日."""
    unit = figure.unit
    if unit is None:
        return figure
    after = masked[figure.end : figure.end + 8]
    before = masked[max(0, figure.start - 8) : figure.start]
    price = figure.value >= 100 and after[:1] in _CLOSED and _SPENT.search(before)
    if (
        unit.zh == "块"
        and figure.value == int(figure.value)
        and not (price or _RATE_BEFORE.search(before))
    ):
        return replace(figure, unit=replace(units()["层"], zh="块"))
    if unit.zh == "分" and (re.match(r"\d+秒", after) or before.endswith(("小时", "时"))):
        return replace(figure, unit=units()["分钟"])
    if unit.zh == "度" and figure.value != parse_chinese(figure.numeral):  # 39度8
        return replace(figure, unit=units()["摄氏度"])
    if unit.zh == "毛" and (figure.value != int(figure.value) or after[:1] in _CLOSED):
        return replace(figure, unit=units()["毛钱"])  # 9毛2, 一度电5毛。
    if unit.zh == "日" and figure.value > 31:  # 百日 is no day of a month
        return replace(figure, unit=units()["天"])
    return figure


def _counts(figure: Figure, masked: str) -> bool:
    """Whether a numeral is a figure here, and not an article, a code or a piece of a word."""
    unit, numeral = figure.unit, figure.numeral
    if unit is None:
        return _counts_bare(figure, masked)
    if numeral == "半":
        return unit.zh in _HALVES and masked[figure.start - 1 : figure.start] not in _NO_HALF
    if masked.startswith("个字", figure.number_end) or masked.startswith("字", figure.number_end):
        return False  # “干净”两个字: English says "the word"
    counted = unit.kind in ("drop", "keep")
    if figure.value == 1 and figure.high is None and counted:
        return False
    if figure.hedge or figure.high is not None:
        return True
    return not figure.han or _counts_in_han(figure, unit, counted)


def _counts_bare(figure: Figure, masked: str) -> bool:
    """A numeral with no unit: digits do unless they are a code (5G); Han only with a hedge."""
    following = masked[figure.number_end : figure.number_end + 1]
    if following.isascii() and following.isalpha():
        return False
    if not figure.han:
        return True
    if figure.hedge:
        return figure.value >= 10 and figure.high is None
    # 医药费四千一，收入两万八: a sum without its unit, where no noun can follow.
    sum_ = figure.value >= 100 and _SCALED.search(figure.numeral) is not None
    pay = masked.startswith("年薪", figure.number_end)
    return sum_ and (pay or not following or following in _AFTER_SUM)


def _counts_in_han(figure: Figure, unit: Unit, counted: bool) -> bool:
    """A Han numeral with a unit and no hedge."""
    if figure.value == 0:
        return False
    if unit.kind == "keep" and figure.numeral in ("百", "千", "万"):
        return False  # 千人礼堂, 百里: a word more than a figure
    whole = figure.value == int(figure.value)
    if unit.zh in _NEVER_HAN and figure.value < 100 and whole:
        return False
    if figure.value == 1:
        return unit.kind in ("money", "percent", "times")
    return not (figure.numeral == "二" and counted)


def _trim(figure: Figure, masked: str) -> Figure:
    """Leaves a ``keep`` measure word, and a soft 近 before a span of time, out of the span."""
    unit = figure.unit
    if unit is None:
        return figure
    if unit.zh in _SMALL_MONEY:  # "0.3 yuan" is clearer abroad than "3 jiao"
        high = None if figure.high is None else figure.high * unit.factor
        yuan = units()["元"]
        return replace(figure, unit=yuan, value=figure.value * unit.factor, high=high)
    if unit.zh in _RECENT and masked[figure.start] == "近":
        figure = replace(figure, start=figure.start + 1, hedge="", soft="nearly")
    if unit.kind == "keep":
        end = figure.unit_start if figure.unit_start >= 0 else figure.end
        if figure.tail:
            return replace(figure, end=end, hedge="", soft=figure.hedge)
        return replace(figure, end=end)
    return figure


def _in_context(figure: Figure, masked: str) -> Rendered:
    """The wording, with what the words before the figure allow: 突破 is "more than" too."""
    target, accepted = word(figure)
    if figure.soft:
        accepted += word(replace(figure, hedge=figure.soft))[1]
    before = masked[max(0, figure.start - 14) : figure.start]
    if not figure.hedge:
        if before.endswith(("破", "过", "达", "超")):
            accepted += word(replace(figure, hedge="more"))[1]
        for hedge in soft_hedges(before):
            accepted += word(replace(figure, hedge=hedge))[1]
    if before.endswith("连续") and figure.unit and figure.value == int(figure.value):
        names = [figure.unit.singular] if figure.unit.singular else []
        accepted += tuple(
            f"{form}{link} {name}"
            for form in ordinal(int(figure.value))
            for link in ("", " straight", " consecutive")
            for name in names
        )
    return target, accepted


def _settle_ordinal(figure: Figure, masked: str) -> Settled | None:
    """第三批, 第12届: the ordinal. Its measure word stays, save 批 and the empty 个."""
    unit = figure.unit
    number = int(figure.value)
    if number == 2 and unit and unit.zh in ("天", "年", "周", "日", "个月"):
        return None  # 第二天 is "the next day" as often as "the second day"
    if unit is None or figure.value != number or figure.high is not None or number < 1:
        return None
    start = figure.start + masked[figure.start : figure.number_end].index("第")
    end = figure.unit_start if figure.unit_start >= 0 else figure.end
    forms = list(ordinal(number)) if number < 1000 else [f"{number:,}th", f"No. {number:,}"]
    forms += [f"{name} {number}" for name in ("No.", *_NUMBERED.get(unit.zh, ()))]
    words = in_words(Decimal(number))
    forms += [f"{name} {words}" for name in _NUMBERED.get(unit.zh, ()) if words]
    if unit.zh in ("条", "章", "款") and _CLAUSE.match(masked, figure.end):
        return start, figure.end, f"{_NUMBERED[unit.zh][0]} {number}", tuple(forms)
    if unit.zh == "批":
        batches = [f"{form} {name}" for form in forms[:2] for name in ("batch", "group", "lot")]
        return start, figure.end, batches[0], (*batches, *forms)
    if unit.zh == "排" and number == 1:
        forms.append("front")
    if unit.zh == "个":
        end = figure.end
    return (start, end, forms[0], tuple(forms)) if end > start else None


def _word_times(figure: Figure, masked: str) -> Rendered:
    """3倍 is "three times"; after 增长 it is an increase of 300 percent."""
    target, accepted = word(figure)
    whole = figure.value == int(figure.value) and figure.high is None
    names = {1: ("doubled", "double"), 2: ("twice", "double", "doubled", "twofold")}
    names |= {3: ("triple", "tripled", "threefold"), 4: ("quadruple", "quadrupled", "fourfold")}
    more = list(names.get(int(figure.value), ()) if whole else ())
    words = in_words(figure.value)
    more += [f"{words}fold"] if words and "-" not in words else []
    more += [f"{plain(figure.value)}-fold", f"{plain(figure.value)}x"]
    if whole and figure.value == 2 and not figure.hedge:
        accepted = (target, *accepted)
        target = "twice"
    more_by = figure.value == 1 or _RISE.search(masked[max(0, figure.start - 6) : figure.start])
    if not more_by:  # 严了一倍 and 增长一倍 are both "doubled"
        return target, (*accepted, *hedged(figure, more)[1])
    percent = f"{plain(figure.value * 100)} percent"
    raised = {1: "doubled", 2: "tripled", 3: "quadrupled"}.get(int(figure.value)) if whole else None
    first = [raised, percent] if raised and raised != "quadrupled" else [percent]
    more += [raised] if raised else []
    times = [f"{n} times" for n in (plain(figure.value), plain(figure.value + 1), words) if n]
    return hedged(figure, [*first, *times, *more])


def _settle_rate(figure: Figure, masked: str) -> Settled:
    """Adds the rate: 每公斤6元 and 6元/公斤 are "6 yuan per kilogram"."""
    target, accepted = _in_context(figure, masked)
    lead = masked[max(0, figure.start - 8) : figure.start]
    before = _RATE_BEFORE.search(lead)
    after = _RATE_AFTER.match(masked, figure.end)
    speed = _SPEED.search(lead)
    start, end = figure.start, figure.end
    if speed and figure.unit and figure.unit.dimension == "length":
        name, start = "hour", start - len(lead) + speed.start()
        accepted += tuple(f"{n} {f}" for n in number_forms(figure) for f in ("km/h", "kph"))
    elif before:
        name, start = _RATES[before[1]], start - len(lead) + before.start()
    elif after:
        name, end = _RATES[after[1]], after.end()
    else:
        return start, end, target, accepted
    article = "an" if name == "hour" else "a"
    plain_forms = (target, *accepted)
    rated = [f"{form} {link} {name}" for form in plain_forms for link in ("per", article)]
    return start, end, f"{target} per {name}", (*rated, *plain_forms)
