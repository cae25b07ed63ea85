"""Loops are seen, rhetoric is not; flags say what an editor must look at."""

import pytest

from translate.document import Constraint, Placement, Segment
from translate.flags import flags
from translate.loops import loops

SOUND = [
    "He had had enough.",
    "Step by step, village by village, the work goes on.",
    "The county Party committee and the county government met.",
    "Very, very good.",
    "22, 22 and 23",
    "",
]
LOOPING = [
    "one pair of pair of pair of shoes",
    "the county county county heads",
    "to be done, to be done",
    "we work in the fields and we work in the fields now and we work in the fields",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_has_no_loop(text: str) -> None:
    assert loops(text) == 0


@pytest.mark.parametrize("text", LOOPING)
def test_a_loop_is_seen(text: str) -> None:
    assert loops(text) > 0


def codes(source: str, target: str, placements: tuple[Placement, ...] = ()) -> list[str]:
    return [f.code for f in flags(Segment(source, 0, len(source), 0, "body"), target, placements)]


SOURCE = "全县上下以实干作答，用实绩交卷，让奋斗出彩。"


def test_a_good_pair_has_no_flag() -> None:
    assert codes(SOURCE, "The whole county answers with hard work, results and effort.") == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("", "empty"),
        ("...", "empty"),
        ("Good.", "length"),
        ("The county answers. " * 12, "length"),
        ("The whole county answers with 实干 and hard results.", "untranslated"),
        ("The county county county answers with results and effort.", "repetition"),
        ("The whole county answers with 37 hard and real results.", "stray-figure"),
    ],
)
def test_each_fault_has_its_flag(target: str, code: str) -> None:
    assert code in codes(SOURCE, target)


def test_a_missing_constraint_is_flagged_with_its_renderings() -> None:
    constraint = Constraint(2, 4, "上下", "from top to bottom", ("all levels",))
    segment = Segment(SOURCE, 0, len(SOURCE), 0, "body")
    (flag,) = flags(segment, "The whole county answers with hard work and real results.",
                    (Placement(constraint, -1, -1, "missing"),))  # fmt: skip
    assert flag.code == "missing-term"
    assert (flag.start, flag.end) == (2, 4)
    assert flag.candidates == ("from top to bottom", "all levels")
