"""What counts as said: figures by value, names as spelled, terms in any inflection."""

import pytest

from translate.document import Constraint, ConstraintKind
from translate.enforcing.check import occurrences, stray_figures
from translate.figures.numbers import find_numbers


def number(zh: str) -> Constraint:
    (constraint,) = find_numbers(zh)
    return constraint


@pytest.mark.parametrize(
    ("zh", "en", "right"),
    [
        ("97项", "all 97 of them", True),
        ("97项", "97 percent of them", False),
        ("22件", "22.5 of them", False),
        ("22件", "22 million", False),
        ("22件", "1,022", False),
        ("22件", "twenty-two", True),
        ("665万元", "6.65 million yuan", True),
        ("665万元", "RMB 6.65 million", True),
        ("665万元", "665 million yuan", False),
        ("8.7%", "8.7 per cent", True),
        ("400多名", "over 400", True),
    ],
)
def test_a_figure_is_right_by_its_value(zh: str, en: str, right: bool) -> None:
    assert bool(occurrences(en, number(zh))) == right


@pytest.mark.parametrize(
    ("kind", "target", "en", "right"),
    [
        ("term", "village work team", "two village work teams", True),
        ("name", "Han Lin", "Han Lins", False),
        ("name", "Han Lin", "Han Lin's", True),
        ("place", "Shangnan County", "in Shangnan County,", True),
        ("place", "Shangnan County", "in Shannan County", False),
    ],
)
def test_words(kind: ConstraintKind, target: str, en: str, right: bool) -> None:
    constraint = Constraint(0, 1, "x", target, kind=kind, inflects=kind == "term")
    assert bool(occurrences(en, constraint)) == right


def test_stray_figures() -> None:
    known = [number("665万元")]
    source = "筹集665万元用于5G"
    text = "Raised 6.65 million yuan for 5G, and 70 more"
    ((start, end),) = stray_figures(text, known, source, [])
    assert text[start:end] == "70"
