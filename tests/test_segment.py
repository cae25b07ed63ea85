"""Sentences and their offsets; parts of sentences that are too long to decode.

The cases in ``data/segment.json`` list the wanted sentences of a paragraph; joined, they are the
paragraph. A case that is known to fail carries ``"xfail": "why"``.
"""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Document, Paragraph, ParagraphKind
from translate.segment import segment, sentence_spans, split_long

CASES = json.loads((Path(__file__).parent / "data" / "segment.json").read_text("utf-8"))
MARKS = '。！？!?；;…⋯.，,、：:“”‘’「」（）()《》"　 \t'
TEXT = st.text(alphabet=st.sampled_from(MARKS + "县里说道的他们aZ19%\u3000�𠮷"), max_size=80)


def document(*texts: str, kind: ParagraphKind = "body") -> Document:
    text = "\n".join(texts)
    paragraphs = tuple(Paragraph(item, kind, line) for line, item in enumerate(texts, 1))
    return Document("test", text, text, tuple(range(len(text) + 1)), paragraphs)


def _param(case: dict[str, object]) -> object:
    marks = [pytest.mark.xfail(reason=str(case["xfail"]))] if "xfail" in case else []
    return pytest.param(case, id=str(case["name"]), marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_case(case):
    made = segment(document("".join(case["sentences"]), kind=case.get("kind", "body")))
    assert [item.text for item in made] == [wanted.strip() for wanted in case["sentences"]]


def test_offsets_run_over_the_paragraphs_of_the_document():
    made = segment(document("双河村开会。村民发言。", "", "　会后签约。"))
    assert [(item.start, item.end, item.paragraph) for item in made] == [
        (0, 6, 0),
        (6, 11, 0),
        (14, 19, 2),
    ]


def test_printed_is_the_span_before_cleaning():
    printed, text = "項(xiàng)目開工。雙河村開會。", "项目开工。双河村开会。"
    at = [0, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
    paragraphs = (Paragraph(printed, "body", 1),)
    made = segment(Document("test", printed, text, tuple(at), paragraphs))
    assert [item.printed for item in made] == ["項(xiàng)目開工。", "雙河村開會。"]


def test_text_with_more_lines_than_paragraphs_is_body():
    text = "一行。\n二行。"
    assert [item.kind for item in segment(Document("t", text, text, tuple(range(8)), ()))] == [
        "body",
        "body",
    ]


@given(st.lists(TEXT, max_size=4), st.sampled_from(["body", "headline"]))
def test_segments_hold_every_character_that_is_not_space(texts, kind):
    doc = document(*texts, kind=kind)
    covered = [False] * len(doc.text)
    last = 0
    for item in segment(doc):
        assert doc.text[item.start : item.end] == item.text
        assert item.text == item.text.strip() != ""
        assert item.start >= last
        assert "\n" not in item.text
        covered[item.start : item.end] = [True] * len(item.text)
        last = item.end
    assert all(seen or char.isspace() for seen, char in zip(covered, doc.text, strict=True))


@given(st.text(max_size=200))
def test_any_text_is_covered(text):
    assert "".join("".join(text[a:b].split()) for a, b in sentence_spans(text)) == "".join(
        text.split()
    )


@given(st.lists(TEXT.filter(str.strip), min_size=2, max_size=3))
def test_paragraphs_do_not_reach_into_each_other(texts):
    alone = [item.text for text in texts for item in segment(document(text))]
    assert [item.text for item in segment(document(*texts))] == alone


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "“你好。",
        "“你好。”",
        "（",
        "（）。",
        "‘“",
        "县。",
        "县；",
        "……",
        "“说",
        '"',
        "？",
        "。”",
    ],
)
def test_time_is_linear(unit):
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.perf_counter()
        sentence_spans(text)
        return time.perf_counter() - began

    small = min(seconds(10_000) for _ in range(2))
    assert seconds(80_000) < 8 * 4 * small + 0.1


# --- parts ------------------------------------------------------------------------------------

LONG = (
    "该县建立“三联三包”机制，明确十二名县级领导联系十二个产业集群、九十名科级干部包抓一百个项目，"
    "大力推行领导包协调、部门包手续、乡镇包进度的工作法，定期召开项目推进会、要素保障会和问题研判会；"
    "同时深入企业走访，紧盯融资、用工、物流等环节，协调解决难题六十多个，并帮助企业获得贷款两亿多元。"
)


def check_parts(text, parts, limit, count=len):
    assert parts[0][0] == 0
    assert parts[-1][1] == len(text)
    assert all(left[1] == right[0] for left, right in pairwise(parts))
    assert all(start < end and count(text[start:end]) <= limit for start, end in parts)


def test_a_sentence_that_fits_has_no_parts():
    assert split_long(LONG, len, len(LONG)) == ()
    assert split_long("", len, 10) == ()


def test_parts_end_at_clause_boundaries():
    for limit, mark in ((80, "，"), (100, "；")):
        parts = split_long(LONG, len, limit)
        check_parts(LONG, parts, limit)
        assert [LONG[end - 1] for _, end in parts[:-1]] == [mark]


def test_parts_are_balanced():
    parts = split_long(LONG, len, len(LONG) - 1)
    assert len(parts) == 2
    assert min(end - start for start, end in parts) > len(LONG) // 4


@pytest.mark.parametrize("limit", [20, 30, 40, 60, 90])
def test_no_part_ends_inside_a_short_quote_or_a_protected_span(limit):
    term = LONG.index("领导包协调、部门包手续、乡镇包进度")
    protected = [(term, term + 17), (0, 4)]
    quote = (LONG.index("“"), LONG.index("”"))
    for _, end in split_long(LONG, len, limit, protected)[:-1]:
        assert not any(start < end < stop for start, stop in protected)
        assert not quote[0] < end <= quote[1]


def test_a_protected_span_over_the_limit_is_divided_all_the_same():
    parts = split_long("全面推进乡村振兴战略规划", len, 5, [(0, 12)])
    check_parts("全面推进乡村振兴战略规划", parts, 5)


def test_figures_and_words_stay_whole():
    text = "全县共有企业12345678家员工87654321人使用Yitongyitong平台"
    for _, end in split_long(text, len, 14)[:-1]:
        assert not (text[end - 1].isascii() and text[end].isascii())


@given(TEXT.filter(bool), st.integers(1, 30), st.data())
def test_parts_adjoin_and_cover(text, limit, data):
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    protected = list(zip(ends[::2], ends[1::2], strict=False))

    def count(piece: str) -> int:
        return len(piece.encode()) // 3 + 1 if limit > 2 else len(piece)

    parts = split_long(text, count, limit, protected)
    if count(text) <= limit:
        assert parts == ()
    elif parts:
        assert parts[0][0] == 0
        assert parts[-1][1] == len(text)
        for (_, end), (start, _) in pairwise(parts):
            assert end == start
        for start, end in parts:
            assert start < end
            assert count(text[start:end]) <= limit or end - start == 1


def test_a_sentence_of_a_hundred_thousand_characters_is_divided():
    text = "协调推进各项工作，" * 11_112
    began = time.perf_counter()
    check_parts(text, split_long(text, len, 240), 240)
    assert time.perf_counter() - began < 5
