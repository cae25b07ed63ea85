"""The English of a Chinese date: calendar dates, clock times, lunar dates and set phrases."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.english_dates import MONTHS, WEEKDAYS
from translate.numerals import in_words, ordinal, parse_chinese

Rendered = tuple[str, tuple[str, ...]]
Groups = dict[str, "str | None"]
Found = tuple[int, int, "Rendered | None"]

RELATIVE = {
    "去年": "last year",
    "今年": "this year",
    "明年": "next year",
    "前年": "the year before last",
    "后年": "the year after next",
}
_MONTH_PARTS = {
    "初": "early {}",
    "上旬": "early {}",
    "中": "mid-{}",
    "中旬": "mid-{}",
    "下旬": "late {}",
    "底": "the end of {}",
    "末": "the end of {}",
}
# The part of the day: how a date takes it, and whether it is before or after noon.
_DAY_PARTS = {
    "凌晨": ("the early hours of", "a.m."),
    "清晨": ("the early morning of", "a.m."),
    "清早": ("the early morning of", "a.m."),
    "一早": ("the early morning of", "a.m."),
    "早晨": ("the morning of", "a.m."),
    "早上": ("the morning of", "a.m."),
    "早": ("the morning of", "a.m."),
    "上午": ("the morning of", "a.m."),
    "中午": ("noon on", "noon"),
    "正午": ("noon on", "noon"),
    "下午": ("the afternoon of", "p.m."),
    "傍晚": ("the evening of", "p.m."),
    "晚上": ("the evening of", "p.m."),
    "晚间": ("the evening of", "p.m."),
    "当晚": ("the evening of", "p.m."),
    "晚": ("the evening of", "p.m."),
    "夜间": ("the night of", "night"),
    "夜里": ("the night of", "night"),
    "夜晚": ("the night of", "night"),
    "夜": ("the night of", "night"),
    "深夜": ("late on the night of", "night"),
}


def number(text: str | None) -> int:
    """A whole number in either writing; 0 for nothing or what can't be read."""
    if not text:
        return 0
    value = parse_chinese(text.lstrip("零〇") if len(text) == 2 else text)
    return int(value) if value is not None else 0


def render_day(groups: Groups) -> Rendered | None:
    """A calendar date with whatever year, part of month, part of day and time it has."""
    year, rel = number(groups.get("year")), RELATIVE.get(groups.get("rel") or "", "")
    month, day = number(groups.get("month")), number(groups["day"])
    if groups.get("month") and not 1 <= month <= 12:
        return None
    name = MONTHS[month - 1] if month else ""
    if not day:
        return _render_month(groups, name, year, rel)
    if not 1 <= day <= 31:
        return None
    forms = _day_forms(groups, name, day, year, rel)
    part = groups.get("part")
    if groups.get("hour"):
        times = clock_forms(groups)
        if times is None:
            return None
        every = [f"{time} on {form}" for form in forms for time in times]
        every += [f"{form} at {time}" for form in forms for time in times]
        return every[0], tuple(every)
    if part:
        phrase = _DAY_PARTS[part][0]
        word = phrase.replace("the ", "", 1).rsplit(" ", 1)[0]
        every = [f"{phrase} {form}" for form in forms] + [f"{form} {word}" for form in forms]
        return every[0], tuple(every)
    return forms[0], tuple(forms)


def _day_forms(groups: Groups, name: str, day: int, year: int, rel: str) -> list[str]:
    last = number(groups.get("day2"))
    end_month = number(groups.get("month2"))
    if not name:
        short = ordinal(day)
        base = [f"the {form}" for form in sorted(short, key=len)]
        return (
            [f"the {day}-{last}", f"the {ordinal(day)[0]} to {ordinal(last)[0]}"] if last else base
        )
    if last and end_month and 1 <= end_month <= 12:
        end = f"{MONTHS[end_month - 1]} {last}"
        forms = [f"{name} {day} to {end}", f"{name} {day}-{end}", f"{name} {day} through {end}"]
    elif last:
        forms = [f"{name} {day} to {last}", f"{name} {day}-{last}", f"{name} {day} through {last}"]
    else:
        forms = [f"{name} {day}", f"{day} {name}", f"{name} {ordinal(day)[-1]}"]
        forms += [f"the {form} of {name}" for form in ordinal(day)]
    if year:
        return [f"{forms[0]}, {year}", *(f"{form} {year}" for form in forms[:3])]
    if rel:
        return [
            f"{forms[0]} {rel}",
            *(f"{form} of {rel}" for form in forms[:2]),
            *(forms if rel == "this year" else ()),
        ]
    return forms


def _render_month(groups: Groups, name: str, year: int, rel: str) -> Rendered | None:
    """July 2024; early May; January to May; June last year."""
    if not name:
        return None
    last = number(groups.get("tomonth"))
    forms = [name]
    if last:
        if not 1 <= last <= 12:
            return None
        end = MONTHS[last - 1]
        forms = [f"{name} to {end}", f"{name}-{end}", f"{name} through {end}"]
        if number(groups["month"]) == 1:
            count = in_words_or_digits(last)
            forms += [f"first {count} months", f"first {in_words(Decimal(last))} months"]
    part = groups.get("mpart")
    if groups["month"] == "一" and not (part or last or year or rel or groups.get("share")):
        return None  # 一月八千 is "8,000 a month"
    if part:
        base = _MONTH_PARTS[part].format(name)
        forms = [
            base,
            base.replace("the end of", "late"),
            base.replace("early", "the beginning of"),
        ]
        forms += [f"{name}'s end"] if part in "底末" else []
    elif groups.get("part") or groups.get("hour"):
        return None
    if year:
        return f"{forms[0]} {year}", tuple(
            f"{f} {link}{year}" for f in forms for link in ("", "of ")
        )
    if rel:
        first = f"{forms[0]} {rel}"
        more = [f"{form} {link}{rel}" for form in forms for link in ("", "of ")]
        more += [f"{rel.split()[0]} {name}"] if not part and not last else []
        more += [form.replace(name, f"{rel.split()[0]} {name}") for form in forms]
        more += forms if rel == "this year" else []
        return first, tuple(more)
    return forms[0], tuple(forms)


def in_words_or_digits(value: int) -> str:
    """One to nine in words, from ten up in digits."""
    return (in_words(Decimal(value)) or str(value)) if value < 10 else str(value)


def clock_forms(groups: Groups) -> list[str] | None:
    """The ways to write a clock time, best first; None where it is no time of day."""
    hour = number(groups["hour"])
    minute = number(groups.get("cmin") or groups.get("min") or groups.get("bmin"))
    if groups.get("half"):
        minute = 30
    if quarter := groups.get("quarter"):
        minute = 45 if quarter[0] == "三" else 15
    if hour > 24 or minute > 59:
        return None
    part = groups.get("part")
    half = _DAY_PARTS[part][1] if part else ""
    spoken = groups.get("mark") in ("点", "点钟")
    about = "about " if groups.get("about") in ("许", "左右") else ""
    about = "shortly after " if groups.get("about") == "多" else about
    forms = _twelve_hour(hour, minute, half, spoken=spoken and not part)
    forms = [f"{about}{form}" for form in forms] + (
        [f"{word} {form}" for form in forms for word in ("around", "some time after", "after")]
        if about
        else []
    )
    return forms


def _twelve_hour(hour: int, minute: int, half: str, *, spoken: bool) -> list[str]:
    if half == "night":
        half = "p.m." if 6 <= hour < 12 else "a.m."
        hour = 12 if hour == 12 else hour
    if half == "noon":
        half = "p.m." if hour in (12, 1, 2) else "a.m."
    if not half and not spoken:
        half = "p.m." if 12 <= hour < 24 else "a.m."
    if half == "p.m." and hour == 12 and not minute:
        pass
    if half == "a.m." and hour in (0, 24):
        hour = 12
    display = hour % 12 or 12
    tail = f":{minute:02}" if minute else ""
    if spoken and not half and hour <= 12:
        word = in_words_or_digits(display)
        bare = f"{display}{tail}" if minute else f"{word} o'clock"
        return [bare, f"{display}{tail or ':00'}", f"{display}{tail} a.m.", f"{display}{tail} p.m."]
    if not half:
        half = "p.m." if hour >= 12 else "a.m."
    forms = [f"{display}{tail} {half}", f"{display}{tail or ':00'} {half}"]
    forms += [f"{display}{tail} {half.replace('.', '')}", f"{display}{tail}{half.replace('.', '')}"]
    day_hour = hour % 12 + (12 if half == "p.m." else 0)
    forms.append(f"{day_hour}:{minute:02}")
    if display == 12 and not minute:
        forms.append("noon" if half == "p.m." else "midnight")
    return forms


_NOT_TIME = re.compile(
    r"意见|要求|建议|共识|体会|希望|原因|启示|理由|看法|倡议|经验|疑问|个|分之|[一二三四五六七八九]?[%％万亿倍]|："
)


def render_clock(groups: Groups, text: str, start: int, end: int) -> Rendered | None:
    """A time without a date. "三点" alone may be three points: it needs a sign of being a time."""
    bare = not any(groups[k] for k in ("part", "colon", "min", "bmin", "half", "quarter", "about"))
    mark = groups.get("mark")
    if (
        mark == "点"
        and groups["min"]
        and not groups["part"]
        and re.search(r"[了高低降升得为差均分]$", text[max(0, start - 2) : start])
    ):
        return None  # 提高了十一点六分 is a score
    if (
        groups.get("colon")
        and not groups["part"]
        and (
            re.search(r"比[例分值重]?[为是达约]?$", text[max(0, start - 4) : start])
            or re.match(r"的?比[例分]", text[end : end + 3])
        )
    ):
        return None  # a ratio
    if bare and mark == "点" and _NOT_TIME.match(text[end : end + 6]):
        return None
    if bare and mark == "点" and not (groups["hour"] or "")[0].isdigit():
        return None
    if mark == "点" and (groups["hour"] or "") in ("零", "两") and not groups["part"]:
        return None
    if bare and mark == "时" and re.match(r"[候期间代节段日差速]", text[end : end + 6]):
        return None
    if bare and mark == "时" and not (groups["hour"] or "")[0].isdigit():
        return None
    if mark == "点" and not groups["min"] and re.match(r"\d", text[end : end + 6]):
        return None
    forms = clock_forms(groups)
    return None if forms is None else (forms[0], tuple(forms))


_LUNAR = re.compile(
    r"(?P<mark>农历|旧历|阴历)?(?P<month>正月|腊月|冬月|闰?[一二三四五六七八九十]{1,2}月)"
    r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十|十[一二三四五六七八九]?)?(?![一二三四五六七八九十日号多余几人名个户家万千百点时度天年岁])"
    r"|(?P<new>大年|(?<![去今明前])年)?(?P<only>初[一二三四五六七八九十])(?![日号中高一二三级心期步衷次])"
)


def render_lunar(text: str) -> list[Found]:
    """农历八月十五, 腊月二十三, 正月初六, 大年初一."""
    found: list[Found] = []
    for match in _LUNAR.finditer(text):
        if match["only"]:
            if match["new"] == "大年" or re.search(
                r"春节|正月|年初|从$|[，“。]$|们$", text[max(0, match.start() - 6) : match.start()]
            ):
                forms = ordinal(number(match["only"][1:]))
                every = [f"the {form} day of the Lunar New Year" for form in forms]
                every += [
                    f"the {form} day of the {n}"
                    for form in forms
                    for n in (
                        "first lunar month",
                        "new year",
                        "New Year",
                        "Chinese New Year",
                        "Spring Festival",
                    )
                ]
                found.append((match.start(), match.end(), (every[0], tuple(every))))
            continue
        named = match["month"] in ("正月", "腊月", "冬月")
        if not match["mark"] and not named and not match["day"]:
            continue
        found.append((match.start(), match.end(), _lunar_forms(match["month"], match["day"])))
    return found


def _lunar_forms(month_word: str, day_word: str | None) -> Rendered | None:
    months = {"正月": 1, "冬月": 11, "腊月": 12}
    month = months.get(month_word) or number(month_word.strip("闰月"))
    if not 1 <= month <= 12:
        return None
    names = [f"{form} lunar month" for form in ordinal(month)]
    names += [name.replace("lunar ", "") for name in names]
    names += ["last lunar month", "final lunar month"] if month == 12 else []
    if not day_word:
        every = [f"the {name}" for name in names]
        return every[0], tuple(every)
    day = number(day_word.lstrip("初").replace("廿", "二十"))
    every = [f"the {form} day of the {name}" for name in names for form in ordinal(day)]
    every += [f"the {form} of the {name}" for name in names for form in ordinal(day)]
    if month == 1:
        every += [f"the {form} day of the Lunar New Year" for form in ordinal(day)]
    return every[0], tuple(every)


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
    "年末": r"(?<![上去今明前岁])年末(?!位)",
    "年底": r"(?<![上去今明前])年底",
    "年初": r"(?<![上去今明前末])年初(?![一二三四五六七八九十])",
}
_Y4 = r"(?<![\d.])(?:1\d|20|21)\d\d|(?<![〇零一二三四五六七八九十百千])[一二][〇零一二三四五六七八九]{3}"
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
    r"(?P<plan>(?:十[一二三四五]?|八|九)五)(?=”?(?:规划|时期|期间|末|以来|收官|开局|”|计划|建设))"
)
_WEEKDAY = re.compile(
    r"(?P<which>上周|下周|本周|这周|每周|(?<![一二两三四五六七八九十几数\d上下本这每])周|(?:上|下|本|这|每)?个?(?<!一)(?:星期|礼拜))(?P<day>[一二三四五六日天])(?![\d个周中天次场回十])"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)[./-](?P<m>1[0-2]|0?[1-9])[./-](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_EVENT = re.compile(r"(?<![\d.])(?P<m>1[0-2]|[1-9])[·•](?P<d>3[01]|[12]\d|[1-9])(?!\d)")
_REL_YEAR = re.compile(
    r"(?P<rel>去年|明年|前年(?!龄)|今年(?!(?:已经?|才|刚|都|已年满|年满)?\s*[\d一二三四五六七八九十]+多?[岁，。；,]))"
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
        (_WEEKDAY, _weekday),
        (_REL_YEAR, _relative),
    ):
        found += [(m.start(), m.end(), render(m)) for m in pattern.finditer(text)]
    for word, forms in _SIMPLE.items():
        found += [
            (m.start(), m.end(), (forms[0], forms))
            for m in re.finditer(_GUARDED.get(word, word), text)
        ]
    return found


def _many(first: str, *others: str) -> Rendered:
    return first, others


def _decade(match: re.Match[str]) -> Rendered | None:
    if match["two"]:
        first, second = (1900 + 10 * number(char) for char in match["two"])
        return _many(
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
    return _many(name, name.removeprefix("the "), f"the '{tens}s", f"the {tens}s")


def _dotted(match: re.Match[str]) -> Rendered | None:
    groups: Groups = {"year": match["y"], "month": match["m"], "day": match["d"]}
    return render_day(groups)


def _event(match: re.Match[str]) -> Rendered | None:
    month, day = int(match["m"]), int(match["d"])
    return _many(f"{MONTHS[month - 1]} {day}", f"{month}·{day}", f"{month}.{day}", f"{month}/{day}")


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
        return forms[0], tuple([*forms, *(form.removeprefix("the ") for form in forms)])
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
        return _many(f"mid-{whole}" if year else f"the middle of {whole}", f"mid-year {whole}")
    if edge.endswith("初"):
        start = f"early {whole}" if year or rel else ""
        return _many(
            start, f"early in {whole}", f"the beginning of {whole}", f"the start of {whole}"
        )
    return _many(f"the end of {whole}", f"late {whole}", f"late in {whole}", f"year-end {whole}")


def _years(match: re.Match[str]) -> Rendered | None:
    first, last = number(match["from"]), number(match["to"])
    if last:
        return _many(
            f"{first} to {last}",
            f"{first}-{last}",
            f"{first}–{last}",
            f"{first}-{last % 100:02}",
            f"{first} through {last}",
            f"{first} and {last}",
        )
    return _many(str(first))


def _century(match: re.Match[str]) -> Rendered | None:
    forms = ordinal(number(match["n"]))
    return forms[0] and f"the {forms[0]} century", tuple(f"{form} century" for form in forms)


def _generation(match: re.Match[str]) -> Rendered | None:
    tens = match["a"]
    century = "20" if tens < "30" else "19"
    return _many(
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
    return every[0], tuple([*every, *(f"{form} five-year plan" for form in forms)])


def _weekday(match: re.Match[str]) -> Rendered | None:
    day = 6 if match["day"] in "日天" else number(match["day"]) - 1
    name = WEEKDAYS[day]
    which = match["which"]
    if which[0] in "上下":
        word = "last" if which[0] == "上" else "next"
        return _many(f"{word} {name}", f"{name} {word} week", f"{name} of {word} week", name)
    if which[0] in "每":
        if not re.match(
            r"[，。；、”]|上午|下午|早|晚|到|至|的|和|$", match.string[match.end() :][:2]
        ):
            return None  # 每周一调度 is once a week
        return _many(f"every {name}", f"each {name}", f"on {name}s", f"{name}s")
    return _many(name, f"{name}s", f"this {name}")


def _relative(match: re.Match[str]) -> Rendered | None:
    name = RELATIVE[match["rel"]]
    more = {
        "去年": ("the previous year", "a year ago", "a year earlier", "the year before"),
        "今年": ("the year", "this year's"),
        "明年": ("the coming year",),
        "前年": ("two years ago",),
    }
    return _many(name, *more[match["rel"]])
