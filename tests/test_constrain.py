"""What must come out: precedence between glossary, names and figures, and composition."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from glossary import Entry, Form, Match
from translate.constrain import compose, constrain, from_match
from translate.document import Constraint

CASES = json.loads((Path(__file__).parent / "data/constrain.json").read_text(encoding="utf-8"))


def made(text: str, start: int, end: int, target: str, kind: str) -> Constraint:
    return Constraint(start, end, text[start:end], target, kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"])
def test_a_place_and_the_term_that_begins_with_its_level(case: dict[str, object]) -> None:
    text = str(case["text"])
    place = made(text, *case["place"], "place")  # type: ignore[misc]
    term = made(text, *case["term"], "term")  # type: ignore[misc]
    taken = compose([term], [place], text)
    free = [place] if not any(t.start < place.end for t in taken) else []
    found = sorted((c.start, c.end, c.target) for c in (*taken, *free))
    assert [list(f) for f in found] == case["want"]


class Terms:
    """A glossary of one entry."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self.revision = entry, "x"

    def find(self, text: str) -> list[Match]:
        zh = self.entry.zh[0].text
        at = text.find(zh)
        return [Match(self.entry, at, at + len(zh))] if at >= 0 else []


ENTRY = Entry(
    "four-visits",
    (Form("四下基层"),),
    (
        Form("four visits"), Form("four downs", "forbidden"), Form("4 visits", "deprecated"),
        Form("visits of four kinds", "admitted"),
    ),
)  # fmt: skip


def test_a_figure_inside_a_term_stays_inside_it() -> None:
    text = "推行四下基层17条"
    figures = [made(text, 2, 3, "four", "number"), made(text, 6, 8, "17", "number")]
    found = constrain(text, Terms(ENTRY), lambda *_: [], [lambda _: figures])  # type: ignore[arg-type]
    assert [(c.kind, c.source) for c in found] == [("term", "四下基层"), ("number", "17")]


def test_an_autonomous_place_keeps_its_type() -> None:
    text = "三江侗族自治县的茶农"
    entry = Entry("a", (Form("自治县"),), (Form("autonomous county"),))

    def names(text: str, taken: Sequence[tuple[int, int]]) -> list[Constraint]:
        if taken:  # as the finder does: what is taken is no name
            return []
        return [made(text, 0, 7, "Sanjiang Dong Autonomous County", "place")]

    found = constrain(text, Terms(entry), names)  # type: ignore[arg-type]
    assert [(c.source, c.target) for c in found] == [
        ("三江侗族自治县", "Sanjiang Dong Autonomous County")
    ]


def test_names_win_over_figures() -> None:
    text = "万一鸣说"
    name, figure = made(text, 0, 3, "Wan Yiming", "name"), made(text, 0, 1, "10,000", "number")
    found = constrain(text, Terms(ENTRY), lambda *_: [name], [lambda _: [figure]])  # type: ignore[arg-type]
    assert found == (name,)


def test_a_term_carries_its_forms_by_status() -> None:
    constraint = from_match(Match(ENTRY, 0, 4), "四下基层")
    assert constraint is not None
    assert constraint.target == "four visits"
    assert constraint.accepted == ("visits of four kinds",)
    assert set(constraint.forbidden) == {"four downs", "4 visits"}


def test_an_entry_without_a_preferred_form_constrains_nothing() -> None:
    entry = Entry("x", (Form("某"),), (Form("bad", "forbidden"),))
    assert from_match(Match(entry, 0, 1), "某") is None
