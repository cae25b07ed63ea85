"""Chinese dates and times to English: which dates a sentence states, and how English states them.

Only dates with one safe rendering are constrained. Soft ones (近日, 日前, 当时) are the model's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from translate.document import Constraint
from translate.figures.clock import DAY_PARTS, Found, render_clock
from translate.figures.date_words import render_day, render_lunar
from translate.figures.period_words import render_words
from translate.figures.units import alternation
from translate.figures.wording import Rendered

__all__ = ["find_dates"]

_NUM = "一二三四五六七八九"
_YEAR = rf"""
    (?P<year>(?<![\d.])(?:1[0-9]|20|21)\d{{2}}(?=年)
    |(?<![零〇{_NUM}十百千])[一二][〇零{_NUM}]{{3}}(?=年))年(?![多来余])度?
"""
_M = rf"(?:1[0-2]|0?[1-9])(?!\d)|十[一二]|[{_NUM}十]"
_D = rf"(?:3[01]|[12]\d|0?[1-9])(?!\d)|三十一?|二十[{_NUM}]?|十[{_NUM}]?|[{_NUM}]"
_NOT_IN_NUMBER = rf"(?<![-\d.A-Za-z零〇{_NUM}十百千万第几数个])"
_TO = r"\s*(?:至|到|—{1,2}|－|-|~|～|–)\s*"
_PART = rf"(?P<part>{alternation(list(DAY_PARTS))})"
_MINUTES = rf"[零〇]?[{_NUM}]|[零〇]\d|[一二三四五]?十[{_NUM}]?"
_CLOCK = rf"""
    (?P<hour>(?:2[0-4]|1\d|0?\d)(?!\d)|二十[一二三四]?|十[{_NUM}]?|[零两{_NUM}])
    (?:(?P<colon>[:：])(?P<cmin>[0-5]\d)(?!\d)
      |(?P<mark>时|点钟|点)
       (?:(?P<min>[0-5]?\d|{_MINUTES})分(?!之|钟)
         |(?P<bmin>[二三四五]?十[{_NUM}]?|[0-5]\d)(?![分个多名元块%％\d.])
         |(?P<half>半)|(?P<quarter>[一三]刻)|整|钟)?)
    (?P<about>许|左右|多)?
"""
# 5月中 is mid-May, but 5月中国 is not.
_MONTH_PART = r"(?P<mpart>上旬|中旬|下旬|初|底|末|中(?!旬|国|央|学|心))"
_DATE = re.compile(
    rf"""
    (?:(?:{_YEAR}|(?P<rel>去年|今年|明年|前年|后年))\s*)?
    {_NOT_IN_NUMBER}(?<!农历)(?<!腊月)(?!三月三)(?!九月九)
    (?P<month>{_M})(?:月|(?<!一)(?={_TO}(?:{_M})月))
    (?:(?P<day>{_D})(?:日|号(?![楼线院门窗文车桌])|(?={_TO}(?:{_D})[日号]))
       (?:{_TO}(?:(?P<month2>{_M})月)?(?P<day2>{_D})[日号])?
      |份?{_TO}(?P<tomonth>{_M})月(?P<share>份)?
      |份?{_MONTH_PART}|份)?
    (?:\s*(?:（[^）]{{1,6}}）)?{_PART})?(?:\s*{_CLOCK})?
    """,
    re.X,
)
_DAY_ONLY = re.compile(
    rf"""
    {_NOT_IN_NUMBER}(?<!年)(?P<day>(?:3[01]|[12]\d|[1-9])(?!\d))
    (?:日(?![内龄均元游照用式报出以之])|号(?=上午|下午|晚|凌晨|早|当天|那天|前后))
    (?:{_TO}(?P<day2>{_D})[日号])?(?:{_PART})?(?:\s*{_CLOCK})?
    """,
    re.X,
)
_TIME = re.compile(
    rf"(?:{_PART}\s*)?{_NOT_IN_NUMBER}(?<!：\d)(?<![:：∶.]){_CLOCK}(?!学校|班)", re.X
)


def find_dates(text: str) -> list[Constraint]:
    """The dates and times of a Simplified Chinese sentence, in order, not overlapping.

    Args:
        text: A cleaned sentence.

    Returns:
        Constraints of kind ``date``; offsets in ``text``.
    """
    found: list[Constraint] = []
    taken = [False] * len(text)
    for finder in _FINDERS:
        for start, end, rendered in finder(text):
            if rendered is None or start >= end or any(taken[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            found.append(_constraint(text, start, end, rendered))
    return sorted(found, key=lambda constraint: constraint.start)


def _constraint(text: str, start: int, end: int, rendered: Rendered) -> Constraint:
    target, accepted = rendered
    others = tuple(dict.fromkeys(form for form in accepted if form != target))
    return Constraint(start, end, text[start:end], target, others, "date", inflects=False)


def _calendar(text: str) -> list[Found]:
    return [
        (match.start(), match.end(), render_day(match.groupdict()))
        for pattern in (_DATE, _DAY_ONLY)
        for match in pattern.finditer(text)
    ]


def _clocks(text: str) -> list[Found]:
    return [
        (m.start(), m.end(), render_clock(m.groupdict(), text, m.start(), m.end()))
        for m in _TIME.finditer(text)
    ]


# In order of right: what an earlier one takes, a later one can't.
_FINDERS: tuple[Callable[[str], list[Found]], ...] = (
    render_lunar,
    _calendar,
    _clocks,
    render_words,
)
