"""How a news desk words a figure in English: the form to aim for and the others that are right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from translate.numerals import figure as print_figure
from translate.numerals import in_words, ordinal, plain, spellings
from translate.units import Unit, units

Rendered = tuple[str, tuple[str, ...]]
Settled = tuple[int, int, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read off a Chinese sentence.

    ``value`` (and ``high``, for a range) are in ``unit``. ``number_end`` is where the numeral
    ends, ``unit_start`` where the unit stands (-1: none); all offsets are in the sentence.
    ``loose`` marks 十几 or 百余: round enough for "a dozen or so"; ``tail`` a hedge after the
    unit (以上); ``neighbours`` an estimate such as 三四.
    """

    start: int
    end: int
    numeral: str
    number_end: int
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    unit_start: int
    hedge: str
    ordinal: bool = False
    loose: bool = False
    tail: bool = False
    neighbours: bool = False


HEDGES = {
    "more": ("more than", "over", "upwards of", "in excess of", "above"),
    "less": ("less than", "fewer than", "under", "below"),
    "nearly": ("nearly", "almost", "close to", "just under"),
    "about": ("about", "around", "approximately", "some", "roughly"),
    "atleast": ("at least", "no less than", "no fewer than", "more than", "over"),
    "atmost": ("no more than", "at most", "not exceeding", "up to"),
    "": ("",),
}
_RATES = {
    "公斤": "kilogram",
    "千克": "kilogram",
    "斤": "jin",
    "吨": "ton",
    "亩": "mu",
    "公顷": "hectare",
    "平方米": "square meter",
    "平米": "square meter",
    "立方米": "cubic meter",
    "人": "person",
    "户": "household",
    "天": "day",
    "日": "day",
    "月": "month",
    "个月": "month",
    "年": "year",
    "小时": "hour",
    "分钟": "minute",
    "周": "week",
    "件": "piece",
    "公里": "kilometer",
    "千瓦时": "kilowatt-hour",
    "度": "kilowatt-hour",
    "升": "liter",
}
_RATE_BEFORE = re.compile(rf"每({'|'.join(sorted(_RATES, key=len, reverse=True))})$")
_RATE_AFTER = re.compile(rf"(?:/|每)({'|'.join(sorted(_RATES, key=len, reverse=True))})")
_DOZENS = (
    "a dozen or so",
    "a dozen",
    "more than a dozen",
    "over a dozen",
    "some dozen",
    "dozen-odd",
)
_HALVES = frozenset(
    "小时 个小时 钟头 个钟头 年 个月 个世纪 世纪 斤 亩 公里 周岁 岁 米 吨 公斤".split()
)
_NO_HALF = tuple("上下前后大小多过夜年月日天元斤里")
_NEVER_HAN = frozenset("号 里 日 月 角 分 度 线 股 代 省 市 县 版 级 国 镇 乡 辈 维 世 面".split())
_AFTER_MONEY = tuple(["", *"，。；！？、,.;!?”’）)一每了的就到钱多还能也都以呢吧啊变涨降卖收/—…"])
_DIGITS = frozenset("级 号 路 度 版 分".split())  # magnitude 6, Route 9: never spelt out
_WORDED = ("drop", "keep", "time", "times")
_RISE = re.compile(r"(?:增长|提高|增加|上升|提升|扩大|上涨|涨|增|翻)(?:了|近|约|超|到)?$")
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
}


def settle(figure: Figure, masked: str) -> Settled | None:
    """The English for ``figure`` and the span it stands for.

    Args:
        figure: A figure read off ``masked``.
        masked: The sentence; words that only look like figures are blanked out.

    Returns:
        ``(start, end, target, accepted)``, or None where it is no figure to enforce.
    """
    if figure.ordinal:
        return _settle_ordinal(figure, masked)
    if not _counts(figure, masked):
        return None
    figure = _trim(figure, masked)
    kind = figure.unit.kind if figure.unit else "bare"
    if kind == "age":
        return _settle_age(figure, masked)
    if kind == "times":
        return figure.start, figure.end, *_word_times(figure, masked)
    if kind in ("money", "measure"):
        return _settle_rate(figure, masked)
    return figure.start, figure.end, *_word(figure)


def _counts(figure: Figure, masked: str) -> bool:
    """Whether a numeral is a figure here, and not an article, a code or a piece of a word."""
    unit, numeral = figure.unit, figure.numeral
    following = masked[figure.number_end : figure.number_end + 1]
    previous = masked[figure.start - 1 : figure.start]
    han = not numeral[0].isdigit()
    if unit is None:
        if following.isascii() and following.isalpha():
            return False
        if han:
            return bool(figure.hedge) and figure.value >= 10 and figure.high is None
        return True
    if numeral == "半":
        return unit.zh in _HALVES and previous not in _NO_HALF
    if figure.hedge or figure.high is not None:
        return True
    counted = unit.kind in ("drop", "keep")
    if numeral in ("一", "1") and figure.value == 1:
        return unit.kind in ("money", "percent") or (not counted and not han)
    if numeral == "二" and counted:
        return False
    return not (han and unit.zh in _NEVER_HAN)


def _trim(figure: Figure, masked: str) -> Figure:
    """Leaves a ``keep`` measure word (and 块 before a noun) out of the span."""
    unit = figure.unit
    if unit is None:
        return figure
    if unit.zh == "块" and masked[figure.end : figure.end + 1] not in _AFTER_MONEY:
        return replace(figure, unit=units()["个"])
    if unit.kind != "keep":
        return figure
    end = figure.unit_start if figure.unit_start >= 0 else figure.end
    hedge = "" if figure.tail else figure.hedge
    return replace(figure, end=len(masked[:end].rstrip()), hedge=hedge)


def _number_forms(figure: Figure) -> tuple[str, ...]:
    """The bare figure (or range), best form first."""
    unit = figure.unit
    worded = unit is not None and unit.zh not in _DIGITS and unit.kind in _WORDED
    forms = _ends(figure.value, figure.numeral, worded)
    if figure.high is None:
        if unit is None and figure.numeral.isdigit() and not figure.hedge:
            forms = (figure.numeral, *forms)  # a code or a number in a name: as printed
        return forms
    highs = _ends(figure.high, figure.numeral, worded)
    pairs: list[str] = []
    for low, high in zip(forms, highs, strict=False):
        scale = high.rpartition(" ")[2]
        short = low.removesuffix(f" {scale}") if scale in ("million", "billion") else low
        joiner = "or" if figure.neighbours else "to"
        pairs += [f"{short} {joiner} {high}", f"{low} to {high}", f"{short} to {high}"]
        pairs += [
            f"{short}-{high}",
            f"{low}-{high}",
            f"{low} or {high}",
            f"between {low} and {high}",
        ]
    return tuple(pairs)


def _ends(value: Decimal, numeral: str, worded: bool) -> tuple[str, ...]:
    forms = spellings(abs(value))
    first = print_figure(abs(value), as_printed=numeral)
    words = in_words(value)
    if worded and words and value < 10:
        first = words
    sign = "minus " if value < 0 else ""
    forms = tuple(dict.fromkeys((first, *forms)))
    return tuple(sign + form for form in forms)


def _word(figure: Figure) -> Rendered:
    """Hedge, figure and unit in order."""
    unit = figure.unit
    numbers = _number_forms(figure)
    whole = unit is not None and unit.kind not in ("drop", "keep")
    forms: list[str] = []
    for number in numbers:
        if not whole or unit is None:
            forms.append(number)
            continue
        forms += _with_unit(number, unit, figure)
    if figure.value == Decimal("0.5") and whole and unit is not None:
        article = "an" if unit.singular[0] in "aeiou" or unit.singular == "hour" else "a"
        forms = [f"half {article} {unit.singular}", f"half-{unit.singular}", *forms]
    if figure.value == 0 and not whole:
        forms += ["no", "none", "nil"]
    return _hedged(figure, forms)


def _with_unit(number: str, unit: Unit, figure: Figure) -> list[str]:
    single = figure.value == 1 and figure.high is None
    name = unit.singular if single else unit.plural
    forms = [f"{number} {name}"]
    if unit.kind == "percent":
        return [*forms, f"{number}%" if unit.zh in "%％" else f"{number}‰", f"{number} per cent"]
    if unit.kind == "money":
        forms += [f"RMB {number}", f"{number} RMB"] if unit.dimension == "CNY" else []
        forms += [f"${number}"] if unit.dimension == "USD" else []
    forms += [f"{number} {other}" for other in (unit.singular, *unit.more[:2]) if other != name]
    if unit.kind != "money":
        forms.append(f"{number}-{unit.singular}")
    return forms


def _hedged(figure: Figure, forms: list[str]) -> Rendered:
    """Puts the hedge's wordings before ``forms``, the first of each first."""
    hedges = HEDGES[figure.hedge]
    first = f"{hedges[0]} {forms[0]}".strip()
    others = [f"{hedge} {form}".strip() for form in forms for hedge in hedges]
    if figure.hedge == "atleast":
        others += [f"{form} {word}" for form in forms for word in ("or more", "and above")]
    if figure.hedge == "more":
        others += [f"{form}-plus" for form in forms if form[-1].isdigit()]
    if figure.hedge == "about":
        others += [f"{form} or so" for form in forms]
    if figure.loose and figure.numeral == "十" and figure.hedge:
        name = figure.unit.plural if figure.unit and figure.unit.plural else ""
        others += [f"{dozen} {name}".strip() for dozen in _DOZENS]
        if name == "years":
            others += ["more than a decade", "over a decade", "a decade or so"]
    return first, tuple(dict.fromkeys(others))


def _settle_ordinal(figure: Figure, masked: str) -> Settled | None:
    """第三批, 第12届: the ordinal. Its measure word stays, save 批 and the empty 个."""
    unit = figure.unit
    number = int(figure.value)
    if unit is None or figure.value != number or figure.high is not None or number < 1:
        return None
    start = figure.start + masked[figure.start : figure.number_end].index("第")
    end = figure.unit_start if figure.unit_start >= 0 else figure.end
    forms = list(ordinal(number))
    forms += [f"{word} {number}" for word in ("No.", *_NUMBERED.get(unit.zh, ()))]
    if unit.zh in ("条", "章", "款") and re.match(
        r"规定|第|之|的规定|、|）|，", masked[figure.end :]
    ):
        name = _NUMBERED[unit.zh][0]
        return start, figure.end, f"{name} {number}", tuple(forms)
    if unit.zh == "批":
        return (
            start,
            figure.end,
            f"{forms[0]} batch",
            tuple(
                f"{form} {word}"
                for form in forms[:2]
                for word in ("batch", "group", "batches", "lot")
            )
            + tuple(forms),
        )
    if unit.zh == "个":
        end = figure.end
    elif unit.kind in ("time", "measure"):
        end = figure.unit_start
    return (start, end, forms[0], tuple(forms)) if end > start else None


def _settle_age(figure: Figure, masked: str) -> Settled:
    """71岁的 is "71-year-old" before its noun; else "71 years old"."""
    numbers = _number_forms(figure)
    start, end, number = figure.start, figure.end, numbers[0]
    if figure.hedge in ("atleast", "less") and figure.tail:
        word, other = {"atleast": ("and above", "over"), "less": ("and below", "under")}[
            figure.hedge
        ]
        target = f"aged {number} {word}" if figure.hedge == "atleast" else f"under {number}"
        accepted = [f"{number} {word}", f"aged {number} {word}", f"{other} {number}"]
        accepted += [f"{number} or older", f"{number} and older", f"{number} or younger"][
            : 2 if figure.hedge == "atleast" else 3
        ]
        return start, end, target, tuple(accepted)
    forms = [f"{n} years old" for n in numbers]
    forms += [form for n in numbers for form in (f"{n}-year-old", f"aged {n}", n, f"age {n}")]
    if masked[end : end + 1] == "的" and not figure.hedge and figure.high is None:
        forms.insert(0, f"{number}-year-old")
        end += 1
    target, accepted = _hedged(figure, forms)
    if figure.hedge == "more" and figure.value % 10 == 0:
        decade = f"{int(figure.value)}s"
        accepted += (f"in his {decade}", f"in her {decade}", f"in their {decade}", decade)
        words = (in_words(figure.value) or "").replace("y", "ies")
        accepted += (words,) if words.endswith("ies") else ()
    return start, end, target, accepted


def _word_times(figure: Figure, masked: str) -> Rendered:
    """3倍 is "three times"; after 增长 it is an increase of 300 percent."""
    target, accepted = _word(figure)
    number = plain(figure.value)
    words = in_words(figure.value)
    folds = {2: ("twice", "double", "doubled", "twofold"), 3: ("triple", "tripled", "threefold")}
    folds |= {1: ("doubled", "double"), 4: ("quadruple", "quadrupled", "fourfold")}
    more = folds.get(int(figure.value), ()) if figure.value == int(figure.value) else ()
    more += (f"{words}fold",) if words and "-" not in words else ()
    more += (f"{number}-fold", f"{number} fold", f"{number}x")
    if not _RISE.search(masked[max(0, figure.start - 6) : figure.start]):
        return target, accepted + tuple(_hedged(figure, list(more))[1])
    percent = f"{plain(figure.value * 100)} percent"
    raised = figure.value + 1
    rises = {2: ("doubled",), 3: ("tripled",), 4: ("quadrupled",)}
    more += rises.get(int(raised), ()) if raised == int(raised) else ()
    if raised == int(raised) and int(raised) in (2, 3):
        percent = rises[int(raised)][0]
    forms = [percent, f"{plain(figure.value * 100)} percent", target, *more]
    return _hedged(figure, forms)


def _settle_rate(figure: Figure, masked: str) -> Settled:
    """Adds the rate: 每公斤6元 and 6元/公斤 are "6 yuan per kilogram"."""
    target, accepted = _word(figure)
    before = _RATE_BEFORE.search(masked[: figure.start])
    after = _RATE_AFTER.match(masked, figure.end)
    speed = re.search(r"(?:时速|每小时)(?:达|为|约|可达)?$", masked[: figure.start])
    start, end = figure.start, figure.end
    if speed and figure.unit and figure.unit.dimension == "length":
        name, start = "hour", speed.start()
        accepted += tuple(f"{n} {f}" for n in _number_forms(figure) for f in ("km/h", "kph"))
    elif before:
        name, start = _RATES[before[1]], before.start()
    elif after:
        name, end = _RATES[after[1]], after.end()
    else:
        return start, end, target, accepted
    article = "an" if name[0] in "aeiou" or name == "hour" else "a"
    plain_forms = (target, *accepted)
    rated = [f"{form} {word} {name}" for form in plain_forms for word in ("per", article, "each")]
    return start, end, f"{target} per {name}", (*rated, *plain_forms)
