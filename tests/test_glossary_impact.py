import json
from dataclasses import replace
from pathlib import Path

import pytest

from glossary import Entry, Form, FormatError
from glossary.impact import Impact
from glossary.pairs import Sentence, read_pairs

COUNTY = Entry("county", (Form("县委"),), (Form("county committee"),))
VISITS = Entry("visits", (Form("四下基层"),), (Form("Four Visits"),))
SECRETARY = Entry("secretary", (Form("县委书记"),), (Form("county Party secretary"),))
TEXTS = [
    ("县委开会。", "The county committee met."),
    ("深化四下基層。", "Deepen the Four Visits."),
    ("县委书记来了。", "The secretary of the county committee came."),
    ("天气很好。", "The weather is fine."),
]
SENTENCES = [Sentence("r", n, zh, en) for n, (zh, en) in enumerate(TEXTS, 1)]


def touched(old: list[Entry], new: list[Entry]) -> dict[int, list[tuple[str, str, str, bool]]]:
    return {
        hit.sentence.number: [(e.source, e.before, e.after, e.done) for e in hit.effects]
        for hit in Impact(old, new).affected(SENTENCES)
    }


def test_a_new_rendering_touches_what_holds_the_term() -> None:
    new = replace(
        COUNTY, en=(Form("county Party committee"), Form("county committee", "forbidden"))
    )
    assert touched([COUNTY, VISITS], [new, VISITS]) == {
        1: [("县委", "county committee", "county Party committee", False)],
        3: [("县委", "county committee", "county Party committee", False)],
    }


def test_a_new_longer_term_touches_what_the_shorter_one_had() -> None:
    assert touched([COUNTY], [COUNTY, SECRETARY]) == {
        3: [("县委书记", "county committee", "county Party secretary", False)]
    }


def test_what_is_right_already_is_said_so() -> None:
    new = replace(VISITS, en=(Form("the Four Trips"), Form("Four Visits", "admitted")))
    assert touched([VISITS], [new]) == {2: [("四下基層", "Four Visits", "the Four Trips", True)]}


def test_a_removed_term_touches_its_sentences() -> None:
    assert touched([COUNTY, VISITS], [COUNTY]) == {2: [("四下基層", "Four Visits", "", False)]}


def test_other_changes_touch_nothing() -> None:
    new = replace(COUNTY, definition="d", note="n", author="x", zh=(Form("县委", usage="u"),))
    assert touched([COUNTY], [new]) == {}
    assert touched([COUNTY], [COUNTY]) == {}


def test_pairs_are_read_from_outputs_memories_and_tables(tmp_path: Path) -> None:
    head = {"format": "yitong-bitext", "name": "report.txt"}
    rows = [
        {"n": n, "segment": {"text": zh, "start": 0}, "target": en, "placements": []}
        for n, (zh, en) in enumerate(TEXTS, 1)
    ]
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in (head, *rows)), "utf-8")
    expected = [replace(s, document="report.txt") for s in SENTENCES]
    assert list(read_pairs(path)) == expected

    path = tmp_path / "memory.tsv"
    body = "\n\n".join(f"{zh}\t{en}" for zh, en in TEXTS)
    path.write_text(f"source\ttarget\n{body}\n", "utf-8")
    assert list(read_pairs(path)) == [replace(s, document="memory.tsv") for s in SENTENCES]

    path = tmp_path / "memory.tmx"
    units = "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv>'
        f'<tuv xml:lang="en-US"><seg>{en}</seg></tuv></tu>'
        for zh, en in TEXTS
    )
    path.write_text(f'<tmx version="1.4"><body>{units}</body></tmx>', "utf-8")
    assert list(read_pairs(path)) == [replace(s, document="memory.tmx") for s in SENTENCES]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [("x.jsonl", "{", "line 1: is not JSON"), ("x.jsonl", "[1]", "not a JSON object"),
     ("x.jsonl", '{"a": 1}', "no source and target"), ("x.tmx", "<tmx>", "not well-formed"),
     ("x.tsv", "县委\tx\nabc\ty\n", "line 2: has no Chinese")],
)  # fmt: skip
def test_broken_pair_files_are_refused(name: str, text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=says):
        list(read_pairs(path))
