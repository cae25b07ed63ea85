"""Import, comparison, joining, and the form to edit."""

from dataclasses import replace
from pathlib import Path

import pytest
from glossary_samples import AWKWARD, ENTRIES, FULL, PATTERN
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Entry, Form, FormatError, Glossary, plain
from glossary.codec import dumps, loads, tidy
from glossary.compare import bare, compare, differences, join
from glossary.entry import Context
from glossary.errors import ConflictError, EntryError, GlossaryError, NoSuchEntry
from glossary.formats import Collector, Options, read
from glossary.lookup import lookup
from glossary.naming import slug
from glossary.review import remove, undo
from glossary.store import Store
from glossary.transfer import Import, Report

WHO = {"author": "Lin Qiao", "reason": "test"}
BUILTIN = [
    Entry("visits", (Form("四下基层"),), (Form("Four Visits"), Form("Four Trips", "admitted"))),
    Entry("county", (Form("县委"),), (Form("county Party committee"),)),
]


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "g.db", builtin=BUILTIN) as opened:
        yield opened


def plan(store: Store, path: Path, decide=None) -> Import:
    sink = Collector()
    work = Import(store, decide)
    work.take(read(path, options=Options(sink=sink)), str(path), sink)
    return work


def bring(store: Store, path: Path, text: str, policy=None, **how) -> Report:
    path.write_text(text, "utf-8")
    work = plan(store, path, policy and (lambda *_: policy))
    return work.write(**WHO, **how)


def outcomes(report: Report) -> list[tuple[str, str, int]]:
    return [(i.outcome, i.id, i.line) for i in report.items]


LIST = """zh,en,note
网格长,grid chief,
四下基层,Four Trips,
县委,county Party committee,in news copy
"""


def test_a_list_adds_changes_and_leaves_alone(store: Store, tmp_path: Path) -> None:
    report = bring(store, tmp_path / "a.csv", LIST)
    assert outcomes(report) == [
        ("added", "网格长", 2), ("unchanged", "visits", 3), ("changed", "county", 4),
    ]  # fmt: skip
    assert report.revision == 1
    assert store.get("county").entry.note == "in news copy"
    assert store.get("county").entry.preferred == "county Party committee"
    assert store.get("visits").builtin
    again = bring(store, tmp_path / "a.csv", LIST)
    assert [o for o, _, _ in outcomes(again)] == ["unchanged"] * 3
    assert again.revision is None


def test_traditional_rows_are_the_same_concept(store: Store, tmp_path: Path) -> None:
    report = bring(store, tmp_path / "a.csv", "四下基層,Four Visits\n")
    assert outcomes(report) == [("changed", "visits", 1)]
    assert [f.text for f in store.get("visits").entry.zh] == ["四下基层", "四下基層"]


CONFLICT = "县委,county committee\n新词,new term\n"


def test_an_open_conflict_stops_everything(store: Store, tmp_path: Path) -> None:
    report = bring(store, tmp_path / "a.csv", CONFLICT)
    assert outcomes(report) == [("conflicting", "county", 1), ("added", "新词", 2)]
    assert report.open_conflicts[0].details == ("preferred form “county committee”",)
    assert (report.revision, store.last) == (None, 0)


@pytest.mark.parametrize(
    ("policy", "renderings"),
    [
        ("keep", [("county Party committee", "preferred")]),
        ("replace", [("county committee", "preferred")]),
        ("both", [("county Party committee", "preferred"), ("county committee", "admitted")]),
    ],
)
def test_conflicts_are_decided(store: Store, tmp_path: Path, policy: str, renderings) -> None:
    report = bring(store, tmp_path / "a.csv", CONFLICT, policy)
    assert report.items[0].resolved == policy
    assert store.get("新词").entry.preferred == "new term"
    assert [(f.text, f.status) for f in store.get("county").entry.en] == renderings


def test_refused_rows_stop_everything_unless_skipped(store: Store, tmp_path: Path) -> None:
    text = "新词,new term\n空,\n"
    report = bring(store, tmp_path / "a.csv", text)
    assert [e.line for e in report.refused] == [2]
    assert store.last == 0
    assert bring(store, tmp_path / "a.csv", text, skip_refused=True).revision == 1


def test_nothing_is_dropped_silently(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("zh,en\n甲,x\n甲,y\n乙,\n丙,z\n四下基层,q\n", "utf-8")
    report = plan(store, path).report
    lines = {i.line for i in report.items} | {e.line for e in report.refused}
    assert lines == {2, 4, 5, 6}  # line 3 is another rendering of line 2's concept
    assert [f.text for f in plan(store, path)._pending["甲"].en] == ["x", "y"]


def test_an_import_planned_on_a_stale_state_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("县委,county Party committee,note\n", "utf-8")
    work = plan(store, path)
    store.save([replace(BUILTIN[1], note="other")], **WHO)
    with pytest.raises(ConflictError):
        work.write(**WHO)
    assert store.get("county").entry.note == "other"


def test_an_import_is_taken_back_as_a_whole(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path / "a.csv", CONFLICT, "both")
    undo(store, 1, **WHO)
    assert store.get("county").builtin
    assert store.head("新词") is None


def test_states_in_a_file_are_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(dumps(e) for e in (FULL, PATTERN)), "utf-8")
    plan(store, path).write(**WHO)
    assert store.get(FULL.id).live is None
    assert store.get(FULL.id).entry == tidy(FULL)
    assert store.get("perseverances").live == 1


def test_a_hidden_entry_can_be_imported_again(store: Store, tmp_path: Path) -> None:
    remove(store, ["county"], **WHO)
    path = tmp_path / "a.jsonl"
    path.write_text(dumps(BUILTIN[1]), "utf-8")
    assert plan(store, path).write(**WHO).count("added") == 1
    assert store.get("county").entry.preferred == "county Party committee"


def test_what_differs_and_what_only_adds() -> None:
    old = BUILTIN[0]
    assert compare(old, old).same
    more = replace(old, note="n", en=(*old.en, Form("Visits", "admitted", usage="short")))
    assert compare(old, more).additions == ("note: n", "admitted form “Visits”")
    assert not compare(old, more).conflicts
    assert compare(more, replace(more, note="m")).conflicts == ("note: n → m",)
    assert compare(old, replace(old, en=(Form("Four Visits", "forbidden"),))).conflicts
    assert compare(old, replace(old, en=(Form("Fourfold", "preferred"),))).conflicts
    context = replace(old.zh[0], contexts=(Context("深化四下基层。"),))
    assert compare(old, replace(old, zh=(context,))).additions == ("“四下基层”: 1 more contexts",)


@settings(max_examples=100, deadline=None)
@given(ENTRIES, ENTRIES)
def test_joining_loses_no_form_and_makes_no_second_preferred(old: Entry, new: Entry) -> None:
    joined = join(old, new, "both")
    assert joined.id == old.id
    for side in ("zh", "en"):
        texts = {(f.text, f.script) for f in getattr(joined, side)}
        assert texts >= {(f.text, f.script) for e in (old, new) for f in getattr(e, side)}
    before = sum(f.status == "preferred" for f in old.en)
    assert sum(f.status == "preferred" for f in joined.en) <= max(
        before, sum(f.status == "preferred" for f in new.en)
    )
    assert join(old, new, "keep") == old
    assert join(old, new, "replace") == replace(new, id=old.id)


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda e: e.id), st.data())
def test_differences_are_all_of_them(entries: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(entries), unique=True) if entries else st.just([]))
    found = list(differences(kept, entries))
    assert {d.id for d in found} == {e.id for e in entries} - {e.id for e in kept}
    assert {d.kind for d in found} <= {"added"}
    assert {d.kind for d in differences(entries, kept)} <= {"removed"}


@pytest.mark.parametrize("entry", [FULL, PATTERN, AWKWARD, *BUILTIN], ids=lambda e: e.id)
def test_the_form_to_edit_keeps_an_entry(entry: Entry) -> None:
    expected = replace(bare(tidy(entry)), review="approved")
    assert plain.loads(plain.HELP + plain.dumps(tidy(entry))) == expected


@settings(max_examples=100, deadline=None)
@given(ENTRIES)
def test_the_form_to_edit_keeps_generated_entries(entry: Entry) -> None:
    assert plain.loads(plain.dumps(entry)) == replace(bare(entry), review="approved")
    assert loads(dumps(entry)) == entry


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("id: a\nzh: 甲\nen: x [good]\n", 3, "mark “good” is unknown"),
        ("id: a\ncolour: red\n", 2, "is no field"),
        ("id: a\njust text\n", 2, "field: value"),
        ("id: a\nzh: 甲\n    size: 3\nen: x\n", 3, "is no detail"),
        ("id: a\nzh: 甲\n", 0, "no English form"),
        ("id: a\nzh: 甲\nen: x\npriority: high\n", 0, "not a whole number"),
    ],
)
def test_a_broken_form_says_where(text: str, line: int, says: str) -> None:
    with pytest.raises(FormatError) as caught:
        plain.loads(text)
    assert caught.value.line == line
    assert says in str(caught.value)


def test_lookup_by_id_and_form(store: Store) -> None:
    store.save([Entry("other", (Form("县委"),), (Form("x"),))], **WHO)
    assert lookup(store, "visits").entry.id == "visits"
    assert lookup(store, "四下基層").entry.id == "visits"
    assert lookup(store, "four trips").entry.id == "visits"
    with pytest.raises(NoSuchEntry, match="a form of county, other"):
        lookup(store, "县委")
    with pytest.raises(NoSuchEntry, match="search 无"):
        lookup(store, "无")


def test_ids_are_made_of_the_english() -> None:
    taken = {"people-s-court", "peoples-court", "term"}
    assert slug("People's Court", taken.__contains__) == "peoples-court-2"
    assert slug("Émile – café", taken.__contains__) == "emile-cafe"
    assert slug("——", taken.__contains__) == "term-2"


@pytest.mark.parametrize(
    "entry",
    [Entry("", (Form("甲"),), (Form("x"),)), Entry("a", (), (Form("x"),)),
     Entry("a", (Form("甲", term_type="pattern"),), (Form("x"),)),
     Entry("a", (Form("{n}{n}", term_type="pattern"),), (Form("x"),))],
)  # fmt: skip
def test_incomplete_entries_are_not_kept(entry: Entry) -> None:
    with pytest.raises(EntryError):
        tidy(entry)


def test_a_store_is_a_layer_like_a_file(store: Store, tmp_path: Path) -> None:
    remove(store, ["county"], **WHO)
    store.save([Entry("new", (Form("网格长"),), (Form("grid chief"),))], **WHO)
    files = [tmp_path / "base.jsonl", store.path]
    files[0].write_text("\n".join(map(dumps, BUILTIN)), "utf-8")
    glossary = Glossary.load(builtin=False, files=files)
    found = [m.entry.id for m in glossary.find("县委四下基层网格长")]
    assert found == ["visits", "new"]
    with pytest.raises(GlossaryError, match="No such file"):
        Glossary.load(files=[tmp_path / "none.db"])
