"""Chinese figures to English: which figures a sentence states, and how English states them.

``find_numbers`` turns each figure of a Simplified Chinese sentence into a ``Constraint``;
``equivalent`` says whether an English sentence states a constraint's figure or date, in
whatever wording.

A Han numeral counts as a figure only where a unit, a measure word or a multiplier follows, and
never inside the words of ``data/not_figures.txt`` (四下基层, 统一, 百姓). "One" before a measure
word is an article, not a figure.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from translate.document import Constraint
from translate.figures.dates import find_dates
from translate.figures.equivalence import equivalent
from translate.figures.parse import read_figures
from translate.figures.rendering import settle
from translate.figures.special import special_figures
from translate.figures.units import alternation

__all__ = ["equivalent", "find_numbers", "mask_words"]

_MASK = "□"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_REIGNS = "光绪|康熙|乾隆|雍正|嘉庆|道光|咸丰|同治|宣统|万历|嘉靖|洪武|永乐|崇祯|贞观|开元|民国"


@cache
def _words_re() -> re.Pattern[str]:
    text = (
        files("translate.figures").joinpath("data", "not_figures.txt").read_text(encoding="utf-8")
    )
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
    # 四十分钟 holds 十分, 第一线 holds 一线: no word starts behind a numeral or 第, and 十九大
    # apart, none that ends in a numeral stops before another: 老三十斤 is no 老三.
    return re.compile(
        rf"(?<![第{_NUMERALS}几数块毛\d])(?:{alternation(words)})(?!(?<=[二三四五六七八九十百千万])[{_NUMERALS}])"
        rf"|(?:{_REIGNS})[元一二三四五六七八九十]{{1,3}}年"
    )


def mask_words(text: str) -> str:
    """``text`` with every word that only looks like a figure blanked out, same length."""
    return _words_re().sub(lambda match: _MASK * len(match[0]), text)


def find_numbers(text: str) -> list[Constraint]:
    """The figures of a Simplified Chinese sentence, outside its dates, in order.

    Args:
        text: A cleaned sentence.

    Returns:
        Constraints of kind ``number``; offsets in ``text``, not overlapping. A span holds the
        figure with its hedge, multiplier and every unit or measure word that the English covers.
    """
    masked = mask_words(text)
    for date in find_dates(text):
        masked = _blank(masked, date.start, date.end)
    found = []
    for start, end, target, accepted in special_figures(masked):
        found.append(_constraint(text, start, end, target, accepted))
        masked = _blank(masked, start, end)
    for figure in read_figures(masked):
        settled = settle(figure, masked)
        if settled is not None:
            found.append(_constraint(text, *settled))
    return sorted(found, key=lambda constraint: constraint.start)


def _blank(masked: str, start: int, end: int) -> str:
    return masked[:start] + _MASK * (end - start) + masked[end:]


def _constraint(
    text: str, start: int, end: int, target: str, accepted: tuple[str, ...]
) -> Constraint:
    others = tuple(dict.fromkeys(form for form in accepted if form != target))
    return Constraint(start, end, text[start:end], target, others, "number", inflects=False)
