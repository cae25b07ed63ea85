"""A figure as it was read off a Chinese sentence, and the words that hedge one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from translate.figures.units import Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read off a Chinese sentence.

    ``value`` (and ``high``, for a range) are in ``unit``. ``number_end`` is where the numeral
    ends, ``unit_start`` where the unit stands (-1: none, or 个 with something between); all
    offsets are in the sentence. ``loose`` marks 十几 or 百余: round enough for "a dozen or so".
    ``tail`` says that the hedge stands after the unit (以上), ``neighbours`` that it is an
    estimate such as 三四, ``and_half`` that 半 follows,
    ``odd`` that 来 follows. ``soft`` is a hedge that English may or may not word: 近 before a
    span of time (nearly; the past), 以上 after a measure word that is not in the span.
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
    and_half: bool = False
    odd: bool = False
    soft: str = ""

    @property
    def han(self) -> bool:
        """Whether the numeral is written in Han characters."""
        return not self.numeral[:1].isdigit() or not self.numeral[0].isascii()


_BEFORE_WORDS = {
    "atleast": "不少于 不得少于 不得低于 不低于 不下 不下于 至少 起码 最少 最低",
    "atmost": "不超过 不得超过 不得超出 不应超过 不准超过 不能超过 不得高于 不得多于 不超 不过 "
    "不多于 不高于 最多 至多 不大于",
    "less": "不足 不到 不满 未满 低于 少于 小于 未到 未达",
    "more": "超过 超过了 超 逾 高于 多于 大于 超出",
    "nearly": "近 将近 接近",
    "about": "约 大约 大概 约莫 大致 差不多 约合 约为 约有 大约有",
}
_AFTER_WORDS = {
    "about": "左右 上下 来 许 前后",
    "more": "多 余 几 有余 之多 开外 出头",
    "atleast": "以上 及以上",
    "less": "以下 及以下",
    "within": "以内 之内",
}
HEDGES_BEFORE = {word: name for name, words in _BEFORE_WORDS.items() for word in words.split()}
HEDGES_AFTER = {word: name for name, words in _AFTER_WORDS.items() for word in words.split()}
