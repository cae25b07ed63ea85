import json
from pathlib import Path

import pytest
from glossary_samples import AWKWARD, ENTRIES, FULL, PATTERN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary import Entry, Form, FormatError, Glossary, GlossaryError
from glossary.codec import from_dict, tidy
from glossary.formats import FORMATS, Collector, Options, format_of, read, write

LOSSLESS = sorted(name for name, known in FORMATS.items() if not known.loses)
DATA = Path(__file__).parent / "data"


def round_trip(entries: list[Entry], path: Path) -> list[Entry]:
    write(entries, path)
    return [record.entry for record in read(path)]


@pytest.mark.parametrize("name", LOSSLESS)
def test_every_lossless_format_keeps_the_whole_model(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"terms{FORMATS[name].suffixes[0]}"
    entries = [tidy(e) for e in (FULL, PATTERN, AWKWARD)]
    assert round_trip(entries, path) == entries


@pytest.mark.parametrize("name", LOSSLESS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda e: e.id))
def test_generated_entries_survive(name: str, tmp_path: Path, entries: list[Entry]) -> None:
    path = tmp_path / f"terms{FORMATS[name].suffixes[0]}"
    assert round_trip(entries, path) == entries


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_reads_what_it_writes(name: str, tmp_path: Path) -> None:
    entries = [
        Entry("a", (Form("四下基层"),), (Form('the "Four Visits"'), Form("Trips", "admitted"))),
        Entry("b", (Form("县委"), Form("中共县委", "admitted")), (Form("county committee, CPC"),)),
    ]  # fmt: skip
    path = tmp_path / "list.txt"
    write(entries, path, name=name)
    found = Glossary(record.entry for record in read(path, name=name))
    renderings = [m.entry.preferred for m in found.find("四下基层县委中共县委")]
    assert renderings == ['the "Four Visits"', "county committee, CPC", "county committee, CPC"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_is_left_of_a_failed_write(name: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.out"
    path.write_text("before", "utf-8")

    def broken():
        yield FULL
        raise RuntimeError("disk")

    with pytest.raises(RuntimeError):
        write(broken(), path, name=name)
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_unwritable_place_is_one_clear_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="can't be written"):
        write([FULL], tmp_path / "no" / "such" / "folder.x", name=name)


CASES = json.loads((DATA / "tables.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["read"], ids=lambda c: c["name"])
def test_tables_from_the_wild_are_read(case: dict, tmp_path: Path) -> None:
    path = tmp_path / case.get("file", "terms.csv")
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    found = [
        [r.entry.zh[0].text, [f.text for f in r.entry.en], r.entry.note, r.entry.subject]
        for r in read(path, options=Options(columns=case.get("columns", {})))
    ]
    assert found == case["entries"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda c: c["name"])
def test_broken_tables_are_refused_with_place_and_remedy(case: dict, tmp_path: Path) -> None:
    path = tmp_path / case.get("file", "terms.csv")
    path.write_bytes(bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode())
    with pytest.raises(FormatError) as caught:
        list(read(path))
    assert (caught.value.line, caught.value.column) == tuple(case["place"])
    assert case["says"] in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_collecting_reader_goes_on_after_a_broken_row(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(
        "zh,en,fr\n县委,county committee,x\n四下基层,\n县政府,county government\n", "utf-8"
    )
    sink = Collector()
    records = list(read(path, options=Options(sink=sink)))
    assert [r.entry.zh[0].text for r in records] == ["县委", "县政府"]
    assert [(e.line, "English" in e.reason) for e in sink.refused] == [(3, True)]
    assert sink.notices == ["column “fr” was not read: map it to one of ours"]


def test_an_unknown_suffix_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no known suffix"):
        format_of(tmp_path / "terms.pdf")
    with pytest.raises(GlossaryError, match="No such file"):
        list(read(tmp_path / "none.csv"))
    with pytest.raises(GlossaryError, match="folder"):
        list(read_folder(tmp_path))


def read_folder(path: Path):
    folder = path / "terms.csv"
    folder.mkdir()
    return read(folder)


def test_json_entries_are_checked() -> None:
    good = {"id": "a", "zh": ["县委"], "en": [{"text": "x", "status": "admitted"}]}
    assert from_dict(good).en == (Form("x", "admitted"),)
    for change, message in (
        ({"zh": None}, "must be a list"),
        ({"en": [{"text": "x", "status": "good"}]}, "not one of"),
        ({"colour": "red"}, "unknown field"),
        ({"priority": "high"}, "must be a int"),
        ({"id": 7}, "must be a str"),
        ({"en": [{}]}, "has no “text”"),
    ):
        with pytest.raises(GlossaryError, match=message):
            from_dict(good | change)
