"""Dates and times: what is found, what is not, how it is worded, what counts as said."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Constraint
from translate.figures.dates import find_dates
from translate.figures.english_dates import MONTHS, read_facts
from translate.figures.equivalence import equivalent

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [row + [""] * (4 - len(row)) for row in cells[1:]]


def the_constraint(text: str, span: str) -> Constraint:
    found = find_dates(text)
    matching = [constraint for constraint in found if constraint.source == span]
    assert matching, [(c.source, c.target) for c in found]
    return matching[0]


@pytest.mark.parametrize(("text", "span", "target", "accepted"), rows("dates.tsv"))
def test_case(text: str, span: str, target: str, accepted: str) -> None:
    if span == "-":
        assert [(c.source, c.target) for c in find_dates(text)] == []
        return
    constraint = the_constraint(text, span)
    assert constraint.target == target
    assert constraint.kind == "date"
    forms = [] if accepted in ("", "-") else accepted.split("|")
    for form in [target, *forms]:
        assert equivalent(f"So it was, {form}, they say.", constraint), form


days = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31))


def chinese(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@given(days, days)
def test_a_day_is_accepted_and_no_other(day: datetime.date, other: datetime.date) -> None:
    constraint = the_constraint(f"{chinese(day)}开工。", chinese(day))
    assert constraint.target == f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    said = equivalent(
        f"It began on {other.day} {MONTHS[other.month - 1]} {other.year}.", constraint
    )
    assert (said is not None) == (day == other)


@given(st.times(), st.times(), st.booleans())
def test_a_time_is_accepted_and_no_other(
    time: datetime.time, other: datetime.time, same: bool
) -> None:
    other = time if same else other
    span = f"{time.hour}时{time.minute:02}分"
    constraint = the_constraint(f"会议{span}开始。", span)
    half = "p.m." if other.hour >= 12 else "a.m."
    english = f"The meeting began at {other.hour % 12 or 12}:{other.minute:02} {half} sharp."
    expected = (time.hour, time.minute) == (other.hour, other.minute)
    assert (equivalent(english, constraint) is not None) == expected


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1, 12), st.integers(1, 28))
def test_a_day_of_the_year(month: int, day: int, other_month: int, other_day: int) -> None:
    constraint = the_constraint(f"{month}月{day}日开工。", f"{month}月{day}日")
    english = f"Work began on {MONTHS[other_month - 1]} {other_day}."
    assert bool(equivalent(english, constraint)) == ((month, day) == (other_month, other_day))


chinese_text = st.text(
    st.sampled_from(
        "年月日号时点分半刻上下午晚早初底旬周星期世纪代去今明前后农历正腊至—:：·"
        + "零一二三四五六七八九十0123456789，“”"
    ),
    max_size=40,
)


@given(chinese_text)
def test_offsets_hold_and_nothing_overlaps(text: str) -> None:
    end = 0
    for constraint in find_dates(text):
        assert text[constraint.start : constraint.end] == constraint.source
        assert constraint.start >= end
        assert constraint.source
        assert constraint.target
        end = constraint.end


@given(chinese_text)
def test_the_target_itself_is_accepted(text: str) -> None:
    for constraint in find_dates(text):
        assert equivalent(f"It was {constraint.target}, they say.", constraint), constraint


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    find_dates(text)
    read_facts(text)


@given(chinese_text, st.text(max_size=80))
def test_judging_any_english_is_survived(source: str, english: str) -> None:
    for constraint in find_dates(source):
        span = equivalent(english, constraint)
        assert span is None or 0 <= span[0] < span[1] <= len(english)
