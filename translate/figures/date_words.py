"""The English of a Chinese date: calendar dates, clock times, lunar dates and set phrases."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.figures.english_dates import MONTHS
from translate.figures.numerals import in_words, ordinal, parse_chinese

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
DAY_PARTS = {
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
        phrase = DAY_PARTS[part][0]
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
        return [f"the {_short(day)} to the {_short(last)}", f"the {day}-{last}"] if last else base
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


def _short(day: int) -> str:
    """``1st``: days of a month are written in digits."""
    return next(form for form in ordinal(day) if form[0].isdigit())


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
    half = DAY_PARTS[part][1] if part else ""
    spoken = groups.get("mark") in ("点", "点钟")
    about = "about " if groups.get("about") in ("许", "左右") else ""
    about = "shortly after " if groups.get("about") == "多" else about
    forms = _twelve_hour(hour, minute, half, spoken=spoken and not part, noon=part == "下午")
    others = ("around", "some time after", "after") if about else ()
    return [f"{about}{form}" for form in forms] + [f"{o} {form}" for form in forms for o in others]


def _twelve_hour(
    hour: int, minute: int, half: str, *, spoken: bool, noon: bool = False
) -> list[str]:
    if hour == 12 and half in ("p.m.", "night"):  # 晚十二点, 夜里十二点; noon is 中午
        half = "p.m." if noon else "a.m."
    if half == "night":
        half = "p.m." if 6 <= hour < 12 or 13 <= hour < 24 else "a.m."
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
    if (
        not (groups["min"] or groups["half"] or groups["quarter"])
        and groups["part"] in ("早", "晚")
        and groups["hour"] == "一"
    ):
        return None  # 早一点 is "a little earlier"
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
    r"|(?P<new>大年|(?<![去今明前])年)?(?P<only>初[一二三四五六七八九十])(?![日号中高一二三级心期步衷次学年班男女毕语数英])"
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
