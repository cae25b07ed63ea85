"""Terms take the number that the sentence gives them."""

import json
from pathlib import Path

import pytest

from translate.document import Constraint
from translate.enforcing.agreement import agree, plural, singular

PAIRS = json.loads((Path(__file__).parent / "data/agreement.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("one", "many"), PAIRS)
def test_plural_and_singular(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one
    assert plural(many) == many
    assert singular(one) == one


@pytest.mark.parametrize(
    "form", ["grassroots governance", "Party School", "work", "people", "CPPCC"]
)
def test_what_has_no_plural_stays(form: str) -> None:
    assert plural(form) == form


def term(text: str, zh: str, en: str, **more: object) -> Constraint:
    at = text.index(zh)
    kind = "number" if zh[0].isdigit() else "term"
    return Constraint(at, at + len(zh), zh, en, kind=kind, **more)  # type: ignore[arg-type]


def test_a_figure_makes_the_last_term_of_its_run_plural() -> None:
    text = "22件社区事项通过50个驻区单位解决"
    found = agree(
        [
            term(text, "22件", "22"), term(text, "社区", "community"), term(text, "事项", "matter"),
            term(text, "50个", "50"), term(text, "驻区单位", "unit based in the area"),
        ],
        text,
    )  # fmt: skip
    assert [c.target for c in found] == [
        "22",
        "community",
        "matters",
        "50",
        "units based in the area",
    ]
    assert "matter" in found[2].accepted


def test_one_makes_singular_and_exact_forms_stay() -> None:
    text = "一名基层干部"
    assert agree([term(text, "基层干部", "grassroots officials")], text)[0].target == (
        "grassroots official"
    )
    exact = term("3个社区", "社区", "Community", inflects=False)
    assert agree([term("3个社区", "3个", "three"), exact], "3个社区")[1] == exact


def test_one_counted_is_no_plural() -> None:
    text = "1个村庄"
    assert (
        agree([term(text, "1个", "one"), term(text, "村庄", "village")], text)[1].target
        == "village"
    )
