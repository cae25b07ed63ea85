import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Entry, Form, Glossary
from glossary.fold import fold, traditional
from glossary.match import Matcher
from glossary.patterns import parse_number, write_number

DATA = json.loads((Path(__file__).parent / "data" / "match.json").read_text("utf-8"))


def entry(name: str, zh: list[str], en: list[str] | None = None, **values: object) -> Entry:
    forms = tuple(Form(text, term_type="pattern" if "{" in text else "") for text in zh)
    renderings = tuple(Form(text) for text in en or [name])
    return Entry(name, forms, renderings, **values)  # type: ignore[arg-type]


ENTRIES = [entry(item["id"], item["zh"], item.get("en")) for item in DATA["entries"]]
MATCHER = Matcher(ENTRIES)


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["text"])
def test_cases(case: dict) -> None:
    text = case["text"]
    found = MATCHER.find(text)
    assert [[text[m.start : m.end], m.entry.id] for m in found] == [f[:2] for f in case["found"]]
    for match, expected in zip(found, case["found"], strict=True):
        if len(expected) > 2:
            assert match.entry.preferred == expected[2]


def test_nested_terms_are_found_on_demand() -> None:
    text = "縣委書記說"
    assert [text[m.start : m.end] for m in MATCHER.find_all(text)] == ["縣委書記", "縣委"]


def test_later_entries_win_and_priority_overrides() -> None:
    old, new = entry("old", ["县委"]), entry("new", ["縣委"])
    assert Matcher([old, new]).find("县委")[0].entry.id == "new"
    strong = entry("strong", ["县委"], priority=1)
    assert Matcher([strong, new]).find("县委")[0].entry.id == "strong"


def test_only_usable_entries_and_forms_are_looked_for() -> None:
    entries = [
        entry("proposed", ["甲甲"], review="proposed"),
        Entry("bad", (Form("乙乙"),), (Form("x", "forbidden"),)),
        Entry("some", (Form("丙丙", "forbidden"), Form("丁丁", "deprecated")), (Form("y"),)),
    ]
    assert [m.entry.id for m in Matcher(entries).find("甲甲乙乙丙丙丁丁")] == ["some"]


ALPHABET = "县委书记組織部四下基层五个持之以恒吹哨报到、“”， 15G十二"


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=40))
def test_matches_are_ordered_disjoint_and_true(text: str) -> None:
    position = 0
    for match in MATCHER.find(text):
        assert position <= match.start < match.end <= len(text)
        position = match.end
        bare = "".join(c for c in fold(text[match.start : match.end]) if c not in "、“”，  ")
        if not match.entry.is_pattern:
            forms = {fold(f.text).replace("、", "").replace("“", "").replace("”", "")
                     for f in match.entry.zh}  # fmt: skip
            assert bare in forms


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["县", "委", "书记", "记", "县委书记", "组织部"]), max_size=12))
def test_plain_matches_are_leftmost_longest(parts: list[str]) -> None:
    text = "".join(parts)
    forms = {f.text for e in ENTRIES for f in e.zh if "{" not in f.text}
    expected, position = [], 0
    while position < len(text):
        ends = [len(f) for f in forms if text.startswith(f, position)]
        if ends:
            expected.append((position, position + max(ends)))
        position += max(ends, default=1)
    assert [(m.start, m.end) for m in MATCHER.find(text)] == expected


@given(st.text("民生吹哨部门报到县委组织本着负责", max_size=20))
def test_script_does_not_matter(text: str) -> None:
    changed = traditional(text)
    assert len(fold(changed)) == len(changed)
    assert [m.entry.id for m in MATCHER.find(changed)] == [m.entry.id for m in MATCHER.find(text)]


LONG = ["县委书记", "县委组织部", "抓培育强本领", "人民法院", "网格化管理", "五个持之以恒"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*LONG, "来", "。"]), max_size=6), st.data())
def test_quotation_marks_do_not_hide_a_term(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quoted = f"{text[:start]}“{text[start:end]}”{text[end:]}"
    found, plain = MATCHER.find(quoted), MATCHER.find(text)
    assert [m.entry.id for m in found] == [m.entry.id for m in plain]
    for match, bare in zip(found, plain, strict=True):
        span = quoted[match.start : match.end]
        assert span.replace("“", "").replace("”", "") == text[bare.start : bare.end]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([*LONG, "县委", "吹哨，报到", "“", "”", "。", "\n", "5G"]), max_size=30
    )
)
def test_long_texts_are_cut_where_no_term_is(parts: list[str]) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("glossary.match._CHUNK", 3)
        cut = MATCHER.find(text)
    assert cut == MATCHER.find(text)


def test_a_form_with_a_full_stop_is_found_in_a_long_text() -> None:
    matcher = Matcher([entry("a", ["要想富。先修路"])])
    text = "字" * 4096 + "要想富。先修路"
    assert [m.start for m in matcher.find(text)] == [4096]


@pytest.mark.parametrize(
    ("text", "value"),
    [("五", 5), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("两千", 2000),
     ("二〇二四", 2024), ("20", 20), ("十四五", 15)],
)  # fmt: skip
def test_numbers(text: str, value: int) -> None:
    assert parse_number(text) == value


def test_numbers_in_english() -> None:
    assert [write_number(n, None) for n in (1, 10, 11, 1200)] == ["one", "ten", "11", "1,200"]
    assert [write_number(n, "th") for n in (1, 20, 11, 21, 112)] == [
        "first", "20th", "11th", "21st", "112th",
    ]  # fmt: skip


def test_later_file_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.tsv"
    first.write_text("四下基层,Four Visits\n县委,county committee\n", "utf-8")
    second.write_text("四下基層\tFour Trips\n", "utf-8")
    glossary = Glossary.load(builtin=False, files=[first, second])
    found = glossary.find("县委四下基层")
    assert [m.entry.preferred for m in found] == ["county committee", "Four Trips"]
    assert glossary.revision != Glossary.load(builtin=False, files=[first]).revision


def test_revision_does_not_depend_on_order() -> None:
    assert Glossary(ENTRIES).revision == Glossary(reversed(ENTRIES)).revision


def test_builtin_glossary_loads() -> None:
    glossary = Glossary.load()
    assert len(glossary.entries) >= 400
    assert all(e.zh and e.en for e in glossary.entries)
