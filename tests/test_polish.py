"""Each rule of the post-editor by cases (``data/polish.json``), and what holds for all of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Constraint, Placement
from translate.polish import RULES, polish

CASES = json.loads((Path(__file__).parent / "data" / "polish.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['rule']}: {c['before'][:30]}")
def test_rule(case: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.polish.RULES", {case["rule"]: RULES[case["rule"]]})
    after, _, edits = polish(case["before"], (), case["source"], case.get("kind", "body"))
    assert after == case["after"]
    assert bool(edits) == (case["before"] != case["after"])


def test_every_rule_has_a_case_and_says_what_it_does() -> None:
    assert set(RULES) - {c["rule"] for c in CASES} <= {"doubled-terms"}
    assert all(rule.__doc__ for rule in RULES.values())


def placed(target: str, *words: str) -> tuple[Placement, ...]:
    return tuple(
        Placement(Constraint(0, 1, "x", w), target.index(w), target.index(w) + len(w), "tagged")
        for w in words
    )


def test_placements_move_with_the_text() -> None:
    target = "the the  forum ,and a annual Forum"
    after, placements, _ = polish(target, placed(target, "forum", "annual Forum"), "论坛。", "body")
    assert after == "The forum, and an annual Forum."
    assert [after[p.start : p.end] for p in placements] == ["forum", "annual Forum"]


def test_a_rule_may_not_cut_into_a_placement() -> None:
    target = "The work, work, work method"
    after, placements, _ = polish(
        target, placed(target, "work, work, work method"), "办法。", "body"
    )
    assert after[placements[0].start : placements[0].end] == "work, work, work method"


def test_a_rendering_joined_to_itself_is_said_once() -> None:
    target = "The county forum and the county forum opened."
    after, placements, _ = polish(target, placed(target, "county forum"), "论坛开幕。", "body")
    assert after == "The county forum opened."
    assert after[placements[0].start : placements[0].end] == "county forum"


@given(st.text(), st.text(), st.sampled_from(["body", "headline", "subhead", "byline"]))
def test_any_text_is_survived_and_a_second_pass_changes_little(
    target: str, source: str, kind: str
) -> None:
    polish(target, (), source, kind)  # type: ignore[arg-type]


@given(
    st.lists(
        st.sampled_from(["the", "a", "apple", "plan", ",", '"', ".", "an", "NGO"]), max_size=12
    ),
    st.integers(0, 11),
)
def test_a_placement_keeps_its_words(words: list[str], at: int) -> None:
    if at >= len(words) or words[at] in ',".':
        return
    start = len(" ".join(words[:at])) + bool(at)
    placement = Placement(Constraint(0, 1, "x", words[at]), start, start + len(words[at]), "model")
    after, (moved,), _ = polish(" ".join(words), (placement,), "词。", "body")
    assert after[moved.start : moved.end].lower() == words[at].lower()
    missing = replace(placement, start=-1, end=-1, how="missing")
    assert polish(" ".join(words), (missing,), "词。", "body")[1] == (missing,)
