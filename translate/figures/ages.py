"""The English of ages: 71岁的, 80岁以上, 半岁."""

from __future__ import annotations

import re

from translate.figures.figure import Figure
from translate.figures.numerals import in_words
from translate.figures.wording import Rendered, Settled, hedged, number_forms


def settle_age(figure: Figure, masked: str) -> Settled:
    """71岁的 is "71-year-old" before its noun; else "71 years old"."""
    if figure.numeral == "半":
        others = ("half a year old", "six months", "six-month-old", "half a year", "6 months old")
        return figure.start, figure.end, "six months old", others
    numbers = number_forms(figure)
    start, end, number = figure.start, figure.end, numbers[0]
    if figure.tail and figure.hedge in ("atleast", "less"):
        return start, end, *_age_limit(figure, number)
    forms = [f"{n} years old" for n in numbers]
    forms += [f for n in numbers for f in (f"{n}-year-old", f"aged {n}", n)]
    if re.search(r"[降高低轻均]\w{0,2}$", masked[max(0, start - 4) : start]):  # mean age down 6.3
        forms += [f"{n} years" for n in numbers]
    if masked[end : end + 1] == "的" and not figure.hedge and figure.high is None:
        forms.insert(0, f"{number.replace(' ', '-')}-year-old")
        end += 1
    forms += ["centenarian", "100th birthday"] if figure.value == 100 else []
    target, accepted = hedged(figure, forms)
    if figure.hedge in ("more", "about") and figure.value % 10 == 0:
        decade = f"{int(figure.value)}s"
        words = (in_words(figure.value) or "").replace("y", "ies")
        accepted += (f"in his {decade}", f"in her {decade}", f"in their {decade}", decade)
        accepted += (words,) if words.endswith("ies") else ()
    return start, end, target, accepted


def _age_limit(figure: Figure, number: str) -> Rendered:
    """80岁以上, 18岁以下."""
    ends: tuple[str, ...]
    if figure.hedge == "atleast":
        ends, befores = ("and above", "and over", "or older", "and older", "or above"), "over"
        target = f"aged {number} and above"
    else:
        ends, befores = ("and below", "and under", "or younger", "and younger"), "under"
        target = f"under {number}"
    forms = [f"{number} {end}" for end in ends] + [f"aged {number} {end}" for end in ends]
    forms += [
        f"{befores} {number}",
        f"{befores} {number} years old",
        f"{befores} the age of {number}",
    ]
    return target, tuple(forms)
