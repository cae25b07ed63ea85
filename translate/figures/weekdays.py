"""The English of weekdays: 周三, 上周五, 每周一上午."""

from __future__ import annotations

import re

from translate.figures.clock import number
from translate.figures.english_dates import WEEKDAYS
from translate.figures.wording import Rendered

WEEKDAY = re.compile(
    r"(?P<which>上周|下周|本周|这周|每周|(?<![一二两三四五六七八九十几数\d上下本这每])周|(?:上|下|本|这|每)?个?(?<!一)(?:星期|礼拜))(?P<day>[一二三四五六日天])(?![\d个周中次场回十]|天(?!气))(?:(?P<part>上午|中午|下午|晚上|晚|凌晨|早上|早晨|清晨)(?![\d一二三四五六七八九十零两]))?"
)
# What may follow a bare 周五: punctuation, a part of the day, a verb or particle of the news.
_AFTER_WEEKDAY = (
    "",
    *"，。；、！？”）」,上下中晚早凌清傍夜至到起前后的和是天将开举召在放休有还就去来出会—-（(进接赶公召例",
)


def render_weekday(match: re.Match[str]) -> Rendered | None:
    """周三, 上周五, 每周一上午."""
    named = _weekday_name(match)
    if named is None or not match["part"]:
        return named
    part = {"上午": "morning", "中午": "noon", "下午": "afternoon"}.get(match["part"], "")
    part = part or ("evening" if "晚" in match["part"] else "morning")
    forms = [f"{form} {part}" for form in (named[0], *named[1])]
    return forms[0], (*forms[1:], *(f"the {part} of {form}" for form in named[1]))


def _weekday_name(match: re.Match[str]) -> Rendered | None:
    following = match.string[match.end("day") : match.end("day") + 1]
    if match["which"] == "周" and following not in _AFTER_WEEKDAY:
        return None  # 周五福 is a person
    day = 6 if match["day"] in "日天" else number(match["day"]) - 1
    name = WEEKDAYS[day]
    which = match["which"]
    if which[0] in "上下":
        word = "last" if which[0] == "上" else "next"
        return many(f"{word} {name}", f"{name} {word} week", f"{name} of {word} week", name)
    if which[0] in "每":
        if not re.match(
            r"[，。；、”]|上午|下午|早|晚|到|至|的|和|$",
            match.string[match.end("day") : match.end("day") + 2],
        ):
            return None  # 每周一调度 is once a week
        return many(f"every {name}", f"each {name}", f"on {name}s", f"{name}s")
    return many(name, f"{name}s", f"this {name}")


def many(first: str, *others: str) -> Rendered:
    """What is rendered, the best form first."""
    return first, others
