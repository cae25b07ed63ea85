"""The English of years, parts of a year, decades, five-year plans, 去年 and 次日."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.figures.clock import Found, Groups, in_words_or_digits, number
from translate.figures.date_words import RELATIVE, render_day
from translate.figures.english_dates import MONTHS
from translate.figures.numerals import in_words, ordinal
from translate.figures.weekdays import WEEKDAY, many, render_weekday
from translate.figures.wording import Rendered

_HALF_NAMES = {
    "上半年": ("first half", "first six months"),
    "下半年": ("second half", "latter half"),
}
_QUARTERS = {
    "一": "first",
    "二": "second",
    "三": "third",
    "四": "fourth",
    "1": "first",
    "2": "second",
    "3": "third",
    "4": "fourth",
}
_NEXT_DAY = (
    "the next day",
    "the following day",
    "the day after",
    *(
        f"{which} {part}"
        for which in ("next", "following")
        for part in ("day", "morning", "afternoon", "evening", "night", "noon")
    ),
)
_SIMPLE = {
    "次日": _NEXT_DAY,
    "翌日": _NEXT_DAY,
    **{
        f"{day}{part}": forms
        for day in ("昨天", "昨日")
        for part, forms in (
            ("上午", ("yesterday morning",)),
            ("早上", ("yesterday morning",)),
            ("下午", ("yesterday afternoon",)),
            ("晚上", ("last night", "yesterday evening", "yesterday night")),
            ("夜里", ("last night", "yesterday night")),
        )
    },
    "昨天": ("yesterday",),
    "昨日": ("yesterday",),
    "前天": ("the day before yesterday", "two days ago"),
    "明天": ("tomorrow",),
    "昨晚": ("last night", "yesterday evening", "yesterday night"),
    "上个月": ("last month", "the previous month"),
    "上月": ("last month", "the previous month"),
    "下个月": ("next month", "the following month"),
    "下月": ("next month", "the following month"),
    "本月": ("this month",),
    "上周末": ("last weekend", "the weekend before"),
    "本周末": ("this weekend",),
    "下周末": ("next weekend",),
    "上周": ("last week", "the previous week"),
    "本周": ("this week",),
    "下周": ("next week", "the following week"),
    "上世纪": ("last century", "the last century", "the 20th century"),
    "本世纪": ("this century", "the 21st century"),
    "年底": ("the end of the year", "year-end", "year's end", "the end of this year"),
    "年末": ("the end of the year", "year-end", "year's end", "the end of this year"),
    "年初": (
        "the beginning of the year",
        "the start of the year",
        "early this year",
        "early in the year",
    ),
}
_GUARDED = {
    "前天": r"(?<![以年之])前天(?!天)",
    "本周": r"本周(?![一二三四五六日天末])",
    "上周": r"上周(?![一二三四五六日天末])",
    "下周": r"下周(?![一二三四五六日天末])",
    "上月": r"上月(?!季)",
    "年末": r"(?<![上去今明前岁])年末(?!位)",
    "年底": r"(?<![上去今明前])年底",
    "年初": r"(?<![上去今明前末])年初(?![一二三四五六七八九十])",
}
_DIGITS = "〇零一二三四五六七八九"
_Y4 = rf"(?<![\d.])(?:1\d|20|21)\d\d|(?<![{_DIGITS}十百千])[一二][{_DIGITS}]{{3}}"
_PERIOD = re.compile(
    rf"(?:(?:(?P<year>{_Y4})年度?|(?P<rel>去年|今年|明年|前年|后年|当年))\s*)?"
    r"(?:(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[二两三])个?季度"
    r"|前(?P<months>\d{1,2}|[二两三四五六七八九十]|十[一])个?月|(?P<season>[春夏秋冬])(?:季|天)|(?P<bare>[春夏秋冬])(?=[，。、起里末初]|以来|$)"
    r"|(?P<edge>年底|年末(?!位)|年初(?![一二三四五六七八九十])|底|末(?!位)|初(?![一二三四五六七八九十])|年中))"
)
_YEARS = re.compile(
    rf"(?<![逾约近超过龄])(?P<from>{_Y4})(?P<mark>年)?(?:\s*(?:至|到|—{{1,2}}|－|-|~|～|–)\s*(?P<to>{_Y4}))?年(?![来多])(?P<du>度)?"
)
_DECADE = re.compile(
    r"(?:(?P<century>上个?世纪|(?:1\d|2[01]|十九|二十)世纪)\s*)?(?<![\d.])(?P<decade>[1-9]0|[一二三四五六七八九]十|(?P<two>[一二三四五六七八九]{2})十)年代(?![课表替码理价步谢言])"
    r"(?P<edge>初期|初|中期|末期|末|后期)?"
)
_CENTURY = re.compile(r"(?<![\d.个])(?P<n>1?\d|2[01]|十[一二三四五六七八九]?|二十一?)世纪")
_GENERATION = re.compile(r"(?<![\d.])(?P<a>[0-9][05])后(?![\d门勤方台备])")
_PLAN = re.compile(
    r"(?P<plan>(?:十[一二三四五]?|八|九)五)(?=”?(?:规划|时期|期间|末|以来|收官|开局|”(?!普法)|计划|建设))"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)[./-](?P<m>1[0-2]|0?[1-9])[./-](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_EVENT = re.compile(r"(?<![\d.])(?P<m>1[0-2]|[1-9])[·•](?P<d>3[01]|[12]\d|[1-9])(?!\d)")
_REL_YEAR = re.compile(
    r"(?P<rel>去年|明年|前年(?!龄)|(?<!如)今年(?!(?:已经?|才|刚|都|已年满|年满)?\s*[\d一二三四五六七八九十]+多?[岁，。；,]))"
)


def render_words(text: str) -> list[Found]:
    """Years, parts of a year, decades, weekdays, five-year plans and words such as 去年."""
    found: list[Found] = []
    for pattern, render in (
        (_DECADE, _decade),
        (_DOTTED, _dotted),
        (_EVENT, _event),
        (_PERIOD, _period),
        (_YEARS, _years),
        (_CENTURY, _century),
        (_GENERATION, _generation),
        (_PLAN, _plan),
        (WEEKDAY, render_weekday),
        (_REL_YEAR, _relative),
    ):
        found += [(m.start(), m.end(), render(m)) for m in pattern.finditer(text)]
    for word, forms in _SIMPLE.items():
        found += [
            (m.start(), m.end(), (forms[0], forms))
            for m in re.finditer(_GUARDED.get(word, word), text)
        ]
    return found


def _decade(match: re.Match[str]) -> Rendered | None:
    if match["two"]:
        first, second = (1900 + 10 * number(char) for char in match["two"])
        return many(
            f"the {first}s and {second}s",
            f"the {first}s and the {second}s",
            f"the {first}s or {second}s",
        )
    tens = number(match["decade"])
    century = match["century"] or ""
    base = 1900
    if century and not century.startswith("上"):
        base = (number(century[:-2]) - 1) * 100
    name = f"the {base + tens}s"
    edges = {
        "初": "early",
        "初期": "early",
        "中期": "mid-",
        "末": "late",
        "末期": "late",
        "后期": "late",
    }
    edge = edges.get(match["edge"] or "")
    if edge:
        name = f"the {edge}{'' if edge.endswith('-') else ' '}{base + tens}s"
    return many(name, name.removeprefix("the "), f"the '{tens}s", f"the {tens}s")


def _dotted(match: re.Match[str]) -> Rendered | None:
    groups: Groups = {"year": match["y"], "month": match["m"], "day": match["d"]}
    return render_day(groups)


def _event(match: re.Match[str]) -> Rendered | None:
    month, day = int(match["m"]), int(match["d"])
    return many(f"{MONTHS[month - 1]} {day}", f"{month}·{day}", f"{month}.{day}", f"{month}/{day}")


def _period(match: re.Match[str]) -> Rendered | None:
    year, rel = number(match["year"]), RELATIVE.get(match["rel"] or "", "")
    whole = str(year) if year else rel or ("that year" if match["rel"] else "")
    forms: list[str] = []
    if match["half"]:
        forms = [f"the {form}" for form in _HALF_NAMES[match["half"]]]
    elif match["quarter"]:
        forms = [f"the {_QUARTERS[match['quarter']]} quarter", f"Q{number(match['quarter'])}"]
    elif match["quarters"]:
        forms = [f"the first {in_words_or_digits(number(match['quarters']))} quarters"]
    elif match["months"]:
        before = match.string[match.start() - 1 : match.start()] if match.start() else ""
        if not whole and before not in ("", *"，。“；"):
            return None  # 提前三个月, 竣工前两个月
        count = number(match["months"])
        forms = [
            f"the first {in_words_or_digits(count)} months",
            f"the first {in_words(Decimal(count))} months",
        ]
        forms += (
            [f"January to {MONTHS[count - 1]}", f"January-{MONTHS[count - 1]}"]
            if count <= 12
            else []
        )
    elif match["season"] or match["bare"]:
        return _season(match, whole)
    elif match["edge"]:
        return _edge(match["edge"], whole, year, bool(match["rel"]))
    if not whole:
        return forms[0], (*forms, *(form.removeprefix("the ") for form in forms))
    every = [f"{form} of {whole}" for form in forms] + [f"{form} {whole}" for form in forms]
    every += (
        forms if whole == "this year" else [f"{whole}'s {f.removeprefix('the ')}" for f in forms]
    )
    return every[0], tuple(every)


def _season(match: re.Match[str], whole: str) -> Rendered | None:
    if not whole:
        return None
    seasons = {"春": ("spring",), "夏": ("summer",), "秋": ("autumn", "fall"), "冬": ("winter",)}
    names = seasons[match["season"] or match["bare"]]
    forms = [f"the {name} of {whole}" for name in names]
    if whole in ("last year", "this year", "next year"):  # "last spring" before the long form
        forms = [*(f"{whole.split()[0]} {name}" for name in names), *forms]
    elif whole == RELATIVE["前年"]:
        forms += [f"the {name} before last" for name in names]
    else:
        forms += [f"{name} {link}{whole}" for name in names for link in ("", "of ")]
    return forms[0], tuple(forms)


def _edge(edge: str, whole: str, year: int, rel: bool) -> Rendered | None:
    if not whole:
        return None
    if edge in ("年中",):
        return many(f"mid-{whole}" if year else f"the middle of {whole}", f"mid-year {whole}")
    if edge.endswith("初"):
        start = f"early {whole}" if year or rel else ""
        return many(
            start, f"early in {whole}", f"the beginning of {whole}", f"the start of {whole}"
        )
    return many(f"the end of {whole}", f"late {whole}", f"late in {whole}", f"year-end {whole}")


def _years(match: re.Match[str]) -> Rendered | None:
    first, last = number(match["from"]), number(match["to"])
    if last:
        return many(
            f"{first} to {last}",
            f"{first}-{last}",
            f"{first}–{last}",
            f"{first}-{last % 100:02}",
            f"{first} through {last}",
            f"{first} and {last}",
        )
    return many(str(first))


def _century(match: re.Match[str]) -> Rendered | None:
    forms = ordinal(number(match["n"]))
    return forms[0] and f"the {forms[0]} century", tuple(f"{form} century" for form in forms)


def _generation(match: re.Match[str]) -> Rendered | None:
    tens = match["a"]
    century = "20" if tens < "30" else "19"
    return many(
        f"post-{tens}s",
        f"post-{century}{tens}s",
        f"post-'{tens}s",
        f"post-{century}{tens}",
        f"post-{tens}",
        f"born in the {century}{tens}s",
        f"born after {century}{tens}",
        f"born since {century}{tens}",
        f"{century}{tens}s",
        f"late {century}{tens[0]}0s",
    )


def _plan(match: re.Match[str]) -> Rendered | None:
    order = number(match["plan"][:-1])
    forms = ordinal(order)
    every = [f"{form} Five-Year Plan" for form in forms]
    return every[0], (*every, *(f"{form} five-year plan" for form in forms))


def _relative(match: re.Match[str]) -> Rendered | None:
    name = RELATIVE[match["rel"]]
    more = {
        "去年": ("the previous year", "a year ago", "a year earlier", "the year before"),
        "今年": ("the year", "this year's"),
        "明年": ("the coming year",),
        "前年": ("two years ago",),
    }
    return many(name, *more[match["rel"]])
