"""The English of a Chinese date: days and months of the calendar, lunar dates."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.figures.clock import (
    DAY_PARTS,
    Found,
    Groups,
    clock_forms,
    in_words_or_digits,
    number,
)
from translate.figures.english_dates import MONTHS
from translate.figures.numerals import in_words, ordinal
from translate.figures.wording import Rendered

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
