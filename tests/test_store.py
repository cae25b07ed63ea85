import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glossary import Entry, Form, GlossaryError
from glossary.errors import ConflictError, EntryError, NoSuchEntry, StoreError
from glossary.review import approve, archive, reject, remove, revert, undo
from glossary.schema import MIGRATIONS
from glossary.search import Filter, search
from glossary.store import Store

BUILTIN = [
    Entry("visits", (Form("四下基层"),), (Form("Four Visits to the Grassroots"),)),
    Entry("county", (Form("县委"),), (Form("county Party committee"),), subject="institutions"),
]
WHO = {"author": "Lin Qiao", "reason": "test"}


def entry(name: str, zh: str, en: str, **values: object) -> Entry:
    return Entry(name, (Form(zh),), (Form(en),), **values)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "g.db", builtin=BUILTIN) as opened:
        yield opened


def test_saved_entries_come_back(store: Store) -> None:
    first = entry("a", "网格员", "grid worker", note="  two\tspaces ")
    assert store.save([first], **WHO) == 1
    stored = store.get("a")
    assert stored.entry.note == "two spaces"
    assert stored.entry.author == "Lin Qiao"
    assert (stored.head, stored.live) == (1, 1)
    assert [e.id for e in store.live()] == ["visits", "county", "a"]


def test_history_keeps_every_state(store: Store) -> None:
    for number in range(3):
        store.save([entry("a", "网格员", f"worker {number}")], author=f"w{number}", reason="r")
    history = store.history("a")
    assert [(c.revision, c.author, c.action) for c in history] == [
        (1, "w0", "save"), (2, "w1", "save"), (3, "w2", "save"),
    ]  # fmt: skip
    assert store.at("a", 2).preferred == "worker 1"
    with pytest.raises(NoSuchEntry):
        store.at("a", 0)
    assert [e.preferred for e in store.live(at=1) if e.id == "a"] == ["worker 0"]


def test_a_date_means_the_end_of_that_day(store: Store) -> None:
    store.save([entry("a", "甲", "x")], **WHO)
    assert store.revision_at("2999-01-01") == 1
    assert store.revision_at("2001-01-01") == 0
    today = store.history("a")[0].time[:10]
    assert store.revision_at(today) == 1
    with pytest.raises(GlossaryError, match="neither a revision nor a date"):
        store.revision_at("soon")


def test_a_rejected_change_brings_the_approved_version_back(store: Store) -> None:
    old = entry("a", "网格员", "grid worker")
    store.save([old], **WHO)
    store.save([replace(old, note="better")], propose=True, **WHO)
    assert store.get("a").entry.review == "proposed"
    assert [e.note for e in store.live() if e.id == "a"] == [""]
    reject(store, ["a"], **WHO)
    assert store.get("a").entry.note == ""
    assert store.get("a").entry.review == "approved"
    assert store.get("a").live == 3


def test_a_proposal_is_not_used_until_approved(store: Store) -> None:
    store.save([entry("a", "网格员", "grid worker")], propose=True, **WHO)
    assert "a" not in [e.id for e in store.live()]
    approve(store, ["a"], **WHO)
    assert "a" in [e.id for e in store.live()]
    with pytest.raises(GlossaryError, match="approved already"):
        approve(store, ["a"], **WHO)


def test_a_rejected_new_entry_stays_on_record(store: Store) -> None:
    store.save([entry("a", "网格员", "grid worker")], propose=True, **WHO)
    reject(store, ["a"], **WHO)
    assert store.get("a").entry.review == "rejected"
    assert "a" not in [e.id for e in store.live()]


def test_archived_entries_are_kept_but_not_used(store: Store) -> None:
    archive(store, ["visits"], **WHO)
    assert store.get("visits").entry.review == "archived"
    assert [e.id for e in store.live()] == ["county"]
    revert(store, "visits", **WHO)
    assert [e.id for e in store.live()] == ["visits", "county"]


def test_builtin_entries_are_overridden_and_hidden(store: Store) -> None:
    store.save([entry("visits", "四下基层", "Four Trips")], **WHO)
    assert {e.id: e.preferred for e in store.live()}["visits"] == "Four Trips"
    remove(store, ["visits"], **WHO)
    with pytest.raises(NoSuchEntry):
        store.get("visits")
    assert [e.id for e in store.live()] == ["county"]
    assert [e.id for e in store.live(at=store.last)] == ["county"]
    revert(store, "visits", to=0, **WHO)
    assert store.get("visits").builtin
    assert [e.id for e in store.live()] == ["visits", "county"]


def test_a_rejected_override_uncovers_the_builtin_entry(store: Store) -> None:
    store.save([entry("visits", "四下基层", "Four Trips")], propose=True, **WHO)
    assert {e.id: e.preferred for e in store.live()}["visits"].startswith("Four Visits")
    reject(store, ["visits"], **WHO)
    assert store.get("visits").builtin


def test_undo_takes_a_whole_revision_back(store: Store) -> None:
    store.save([entry("a", "甲", "x")], **WHO)
    store.save([entry("a", "甲", "y"), entry("b", "乙", "z")], **WHO)
    undo(store, 2, **WHO)
    assert store.get("a").entry.preferred == "x"
    with pytest.raises(NoSuchEntry):
        store.get("b")
    with pytest.raises(ConflictError, match="changed again"):
        undo(store, 2, **WHO)


def test_all_or_nothing(store: Store) -> None:
    with pytest.raises(EntryError, match="no English form"):
        store.save([entry("a", "甲", "x"), Entry("b", (Form("乙"),), ())], **WHO)
    assert store.last == 0
    assert not search(store, "甲")


def test_an_update_from_a_stale_state_is_refused(store: Store) -> None:
    store.save([entry("a", "甲", "x")], **WHO)
    head = store.get("a").head
    store.save([entry("a", "甲", "y")], author="Wu Fan", reason="r", base={"a": head})
    with pytest.raises(ConflictError, match="Wu Fan changed it"):
        store.save([entry("a", "甲", "z")], **WHO, base={"a": head})
    assert store.get("a").entry.preferred == "y"


def test_an_author_is_needed(store: Store) -> None:
    with pytest.raises(EntryError, match="author"):
        store.save([entry("a", "甲", "x")], author=" ", reason="r")


@pytest.mark.parametrize(
    ("query", "found"),
    [("下基", "visits"), ("四下基層", "visits"), ("基层工", "method"), ("sixiaji", "method"),
     ("sxjc", "visits"), ("four vis", "visits"), ("grassroots four", "visits"),
     ("法", "method"), ("12345", "hotline"), ("345热", "hotline"), ("chongqing", "city")],
)  # fmt: skip
def test_search(store: Store, query: str, found: str) -> None:
    store.save(
        [entry("method", "四下基层工作法", "working method"), entry("city", "重庆", "Chongqing"),
         entry("hotline", "12345热线", "12345 hotline")], **WHO,
    )  # fmt: skip
    assert found in [h.entry.id for h in search(store, query)]


def test_search_finds_the_closest_first_and_not_what_was_removed(store: Store) -> None:
    store.save([entry("long", "县委组织部", "org"), entry("x", "县委", "override")], **WHO)
    assert [h.entry.id for h in search(store, "县委")][-1] == "long"
    remove(store, ["long"], **WHO)
    assert "long" not in [h.entry.id for h in search(store, "县委")]
    assert search(store, "委县") == []
    assert search(store, " ") == []


def test_search_in_prose_and_by_filter(store: Store) -> None:
    store.save([entry("a", "甲乙", "x", definition="About levees.", note="见河长制")], **WHO)
    assert [h.entry.id for h in search(store, "levees", text=True)] == ["a"]
    assert [h.entry.id for h in search(store, "河长", text=True)] == ["a"]
    assert not search(store, "levees")
    institutions = Filter(subject="institutions")
    assert [h.entry.id for h in search(store, "委", where=institutions)] == ["county"]


def test_migrations_bring_an_old_store_up(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
    old.close()
    with Store(path, builtin=[]) as store:
        store.save([entry("a", "甲", "x")], **WHO)
        version = store.connection.execute("PRAGMA user_version").fetchone()[0]
        assert version == len(MIGRATIONS)


def test_a_newer_store_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    newer = tmp_path / "new.db"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store(newer)
    (tmp_path / "text.db").write_text("no database, just some text " * 50, "utf-8")
    with pytest.raises(StoreError, match="can't be opened"):
        Store(tmp_path / "text.db")


WRITER = """
import sys
from glossary import Entry, Form
from glossary.store import Store
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = Store(path, builtin=[])
for number in range(count):
    fresh = Entry(f"{name}-{number}", (Form("四下基层"),), (Form(f"{name} {number}"),))
    with store.writing(author=name, reason="r") as revision:
        from glossary.writer import Write
        row = store._row("counter")
        value = int(store.get("counter").entry.note) if row else 0
        counter = Entry("counter", (Form("计数"),), (Form("counter"),), note=str(value + 1))
        revision.apply(Write("counter", "save", counter))
        revision.apply(Write(fresh.id, "save", fresh))
    print(number, flush=True)
"""


def _start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    root = str(Path(__file__).parent.parent)
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_write_without_losing_an_update(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    writers = [_start(path, name, 30) for name in ("one", "two")]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with Store(path, builtin=[]) as store:
        assert store.get("counter").entry.note == "60"
        assert len(list(store.own())) == 61
        assert len(store.history("counter")) == 60


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_writer_leaves_whole_revisions(tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    for attempt in range(3):
        writer = _start(path, f"w{attempt}", 10_000)
        assert writer.stdout
        for _ in range(3 + 4 * attempt):
            writer.stdout.readline()
        time.sleep(0.003 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    with Store(path, builtin=[]) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        count = int(store.get("counter").entry.note)
        assert count == len(store.history("counter")) == store.last >= 3 + 7 + 11
        assert len(list(store.own())) == count + 1
        store.save([entry("after", "以后", "afterwards")], **WHO)
