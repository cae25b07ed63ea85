"""The English of Chinese clock times, and the parts of the day."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.figures.numerals import in_words, parse_chinese
from translate.figures.wording import Rendered

Groups = dict[str, "str | None"]
Found = tuple[int, int, "Rendered | None"]

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
    if half == "noon":
        half = "p.m." if hour in (12, 1, 2) else "a.m."
    if not half and not spoken:
        half = "p.m." if 12 <= hour < 24 else "a.m."
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
