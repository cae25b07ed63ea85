"""Figures: what is found, what is not, how it is worded, and what counts as said in English."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Constraint
from translate.figures.dates import find_dates
from translate.figures.numbers import equivalent, find_numbers
from translate.figures.numerals import figure, in_words, ordinal, parse_chinese
from translate.figures.quantities import read_quantities

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [row + [""] * (4 - len(row)) for row in cells[1:]]


CASES = rows("numbers.tsv")


def the_constraint(text: str, span: str) -> Constraint:
    found = find_numbers(text)
    matching = [constraint for constraint in found if constraint.source == span]
    assert matching, [(c.source, c.target) for c in found]
    return matching[0]


@pytest.mark.parametrize(("text", "span", "target", "accepted"), CASES)
def test_case(text: str, span: str, target: str, accepted: str) -> None:
    if span == "-":
        assert [(c.source, c.target) for c in find_numbers(text)] == []
        return
    constraint = the_constraint(text, span)
    assert constraint.target == target
    assert constraint.kind == "number"
    for form in filter(None, [target, *accepted.split("|")]):
        assert equivalent(f"They say it was {form}, all told.", constraint), form


@pytest.mark.parametrize(("chinese", "span", "verdict", "english"), rows("figures_said.tsv"))
def test_said(chinese: str, span: str, verdict: str, english: str) -> None:
    found = [c for c in find_numbers(chinese) + find_dates(chinese) if c.source == span]
    assert found, find_numbers(chinese) + find_dates(chinese)
    where = equivalent(english, found[0])
    assert (where is not None) == (verdict == "yes")
    if where is not None:
        assert english[where[0] : where[1]].strip()


@pytest.mark.parametrize(("text", "span", "target", "others"), rows("figures_unseen.tsv"))
def test_unseen(text: str, span: str, target: str, others: str) -> None:
    """Cases written after the code: 119 of 122, then 78 of 80, were right on the first run."""
    found = {c.source: c.target for c in find_numbers(text) + find_dates(text)}
    if span == "-":
        assert found == {}
    else:
        assert found.get(span) in {target, *others.split("|")}


HAN = "零一二两三四五六七八九十百千万亿半几数"
UNITS = "名个元岁年月日时分%度里成倍折次家条第近多余约左右至—点:：."
chinese_text = st.text(st.sampled_from(HAN + UNITS + "0123456789县村的，。“”A"), max_size=40)


@given(chinese_text)
def test_offsets_hold_and_nothing_overlaps(text: str) -> None:
    end = 0
    for constraint in find_numbers(text):
        assert text[constraint.start : constraint.end] == constraint.source
        assert constraint.start >= end
        assert constraint.source
        assert constraint.target
        end = constraint.end


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    find_numbers(text)
    read_quantities(text)


@given(chinese_text, st.text(max_size=60))
def test_judging_any_english_is_survived(chinese: str, english: str) -> None:
    for constraint in find_numbers(chinese):
        span = equivalent(english, constraint)
        assert span is None or 0 <= span[0] < span[1] <= len(english)


@given(chinese_text)
def test_the_target_itself_is_accepted(text: str) -> None:
    for constraint in find_numbers(text):
        assert equivalent(f"It was {constraint.target} then.", constraint), constraint


def han(number: int) -> str:
    """``number`` below 10**8 in Han numerals, written independently of the parser."""
    digits = "零一二三四五六七八九"
    if number >= 10000:
        rest = number % 10000
        gap = "零" if 0 < rest < 1000 else ""
        return han(number // 10000) + "万" + (gap + han(rest) if rest else "")
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    return text


@given(st.integers(1, 10**8 - 1))
def test_han_numerals_round_trip(number: int) -> None:
    assert parse_chinese(han(number)) == number


@given(st.integers(2, 10**13), st.integers(0, 3))
def test_printed_figures_read_back(number: int, places: int) -> None:
    value = Decimal(number).scaleb(-places)
    read = read_quantities(f"It came to {figure(value)} yuan in all.")
    assert [quantity.low for quantity in read] == [value]


@given(st.integers(1, 99))
def test_words_read_back(number: int) -> None:
    words = in_words(Decimal(number))
    assert [q.low for q in read_quantities(f"All {words} came.")] == [number]
    for form in ordinal(number):
        assert [(q.low, q.form) for q in read_quantities(f"the {form} day")] == [
            (number, "ordinal")
        ]


amounts = st.tuples(st.integers(2, 99999), st.sampled_from(["", "万", "亿"]))


@given(amounts, amounts, st.sampled_from(["元", "吨", "%", "天", "名", "公里", "亩"]))
def test_no_other_value_is_accepted(
    one: tuple[int, str], other: tuple[int, str], unit: str
) -> None:
    first, second = (f"{number}{scale}{unit}" for number, scale in (one, other))
    left = the_constraint(f"共计{first}。", first)
    right = the_constraint(f"共计{second}。", second)
    values = [parse_chinese(f"{number}{scale}") for number, scale in (one, other)]
    said = equivalent(f"It came to {right.target} in all.", left)
    assert (said is not None) == (values[0] == values[1])


@given(st.integers(2, 99999), st.sampled_from(["more than", "nearly", "less than"]))
def test_a_hedge_is_not_dropped_or_changed(number: int, hedge: str) -> None:
    words = {
        "more than": f"{number}多名",
        "nearly": f"近{number}名",
        "less than": f"不足{number}名",
    }
    constraint = the_constraint(f"到场{words[hedge]}代表。", words[hedge])
    assert equivalent(f"There were {hedge} {number:,} of them.", constraint)
    for wrong in {"", "more than", "nearly", "less than"} - {hedge}:
        assert not equivalent(f"There were {wrong} {number:,} of them.", constraint)


def test_long_text_takes_linear_time() -> None:
    sentence = "去年全县退还665万元，惠及4000多人次，同比增长8.7%；第三批18家企业到岗。"
    found = find_numbers(sentence * 300)
    assert len(found) == 300 * len(find_numbers(sentence))
