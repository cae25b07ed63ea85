"""The glossary's home: one SQLite file in which every change is kept.

Each write is a *revision* (author, time, reason) that holds the state of every entry it touched,
so nothing is ever lost. An entry has a *head*, its latest state, and may have a *live* state, the
last approved one, which is what text is translated by: a proposal changes the head only, approval
makes it live, and rejection goes back to what is live.

The built-in glossary lies under the store, read-only. Saving an entry under the id of a built-in
one overrides it; removing a built-in one hides it.

Writers take SQLite's write lock before they read what they change, and say which state they
started from, so that two processes can neither lose each other's update nor see half of one. The
file is in WAL mode: readers never wait, and a process that is killed leaves the last whole
revision.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from glossary import codec
from glossary.entry import Entry, Review
from glossary.errors import EntryError, GlossaryError, NoSuchEntry, StoreError
from glossary.schema import migrate
from glossary.writer import HIDDEN, Revision, Write

BUSY_SECONDS = 60.0


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on, waiting where another process is just doing so.

    SQLite's own busy timeout does not cover this change: two that open a new file at once would
    have one of them told that it is locked.
    """
    deadline = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:  # noqa: PERF203  # it is a loop of tries
            if monotonic() > deadline:
                raise
            sleep(0.02)


@dataclass(frozen=True, slots=True)
class Change:
    """What a revision did to an entry; ``entry`` is None where it removed or hid it."""

    revision: int
    time: str
    author: str
    reason: str
    action: str
    id: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the store has it.

    ``head`` is the revision of its latest state (0: a built-in entry never touched), ``live``
    that of the state in force, or None.
    """

    entry: Entry
    head: int
    live: int | None
    builtin: bool = False


class Store:
    """A glossary file.

    Args:
        path: of the file; made if it isn't there.
        builtin: the entries that lie under the store's own; the built-in glossary if not given.

    Raises:
        StoreError: It can't be opened, is no glossary store, or is of a newer version.

    Example:
        >>> with Store("county.db") as store:
        ...     store.save([entry], author="Lin", reason="from the county bulletin")
        ...     store.history(entry.id)
    """

    def __init__(self, path: str | Path, *, builtin: Iterable[Entry] | None = None) -> None:
        self.path = Path(path)
        self._builtin = builtin
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys = ON")
            _use_wal(self.connection)
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.execute("PRAGMA cache_size = -65536")  # KiB
            migrate(self.connection, str(path))
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{path}: can't be opened as a glossary store ({error}): "
                "give the path of one, or of a new file"
            ) from None

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def builtin(self) -> Mapping[str, Entry]:
        """The read-only entries under the store's own, by id."""
        if self._builtin is None:
            from glossary.collection import builtin_entries

            self._builtin = builtin_entries()
        return {entry.id: entry for entry in self._builtin}

    # Reading

    def get(self, name: str) -> Stored:
        """The latest state of an entry, the store's own or built-in.

        Raises:
            NoSuchEntry: There is none with that id, or it was removed or hidden.
        """
        stored = self.head(name)
        if stored is None:
            raise NoSuchEntry(f"no entry has the id “{name}”: find it with search")
        return stored

    def head(self, name: str) -> Stored | None:
        """As :meth:`get`, with None where there is none."""
        row = self._row(name)
        if row is not None and row[2] != HIDDEN:
            return Stored(codec.loads(row[3]), row[0], row[1])
        if row is None and name in self.builtin:
            return Stored(self.builtin[name], 0, 0, builtin=True)
        return None

    def head_revision(self, name: str) -> int:
        """The revision of the latest state, or of its hiding; 0 if the store has none."""
        row = self._row(name)
        return row[0] if row else 0

    def entries(self) -> Iterator[Stored]:
        """The latest states of all entries, built-in ones that nothing overrides first."""
        own = {row[0] for row in self.connection.execute("SELECT id FROM entry")}
        for name, entry in self.builtin.items():
            if name not in own:
                yield Stored(entry, 0, 0, builtin=True)
        yield from self.own()

    def own(self) -> Iterator[Stored]:
        """The latest states of the store's own entries, oldest first."""
        rows = self.connection.execute(
            "SELECT state, head, live FROM entry JOIN change ON revision = head AND entry = id "
            "WHERE review <> ? ORDER BY number",
            (HIDDEN,),
        )
        for state, head, live in rows:
            yield Stored(codec.loads(state), head, live)

    def live(self, at: int | str | None = None) -> Iterator[Entry]:
        """The entries in force, those of the built-in glossary included.

        Args:
            at: a revision or an ISO time; now if not given.
        """
        if at is None:
            rows = self.connection.execute(
                "SELECT id, state, review, live FROM entry LEFT JOIN change "
                "ON revision = live AND entry = id ORDER BY number"
            ).fetchall()
        else:
            rows = self._live_at(self.revision_at(at))
        covered = {r[0] for r in rows if r[3] is not None or r[2] in (HIDDEN, "archived")}
        for name, entry in self.builtin.items():
            if name not in covered:
                yield entry
        for _, state, _, live in rows:
            if live is not None:
                yield codec.loads(state)

    def history(self, name: str) -> list[Change]:
        """Every change of an entry, oldest first.

        Raises:
            NoSuchEntry: The store has never known it, and it is not built in.
        """
        changes = list(self._changes("change.entry = ?", (name,)))
        if not changes and name not in self.builtin:
            raise NoSuchEntry(f"no entry has ever had the id “{name}”: find it with search")
        return changes

    def changes(self, first: int, last: int) -> list[Change]:
        """What the revisions ``first`` to ``last`` (both included) did."""
        return list(self._changes("revision BETWEEN ? AND ?", (first, last)))

    def at(self, name: str, when: int | str) -> Entry:
        """The latest state that an entry had at a revision or time.

        Raises:
            NoSuchEntry: It was not there then.
        """
        revision = self.revision_at(when)
        row = self.connection.execute(
            "SELECT state FROM change WHERE entry = ? AND revision <= ? "
            "ORDER BY revision DESC LIMIT 1",
            (name, revision),
        ).fetchone()
        if row is None and name in self.builtin:
            return self.builtin[name]
        if row is None or row[0] is None:
            raise NoSuchEntry(f"entry “{name}” was not there at {when}: see its history")
        return codec.loads(row[0])

    def revision_at(self, when: int | str) -> int:
        """The number of the last revision up to a number or an ISO date or time (UTC).

        Raises:
            GlossaryError: ``when`` is neither.
        """
        if isinstance(when, int) or when.isdigit():
            return int(when)
        try:
            datetime.fromisoformat(when.replace("Z", "+00:00"))
        except ValueError:
            raise GlossaryError(
                f"“{when}” is neither a revision nor a date: write 12 or 2026-03-31"
            ) from None
        upper = when.replace(" ", "T").rstrip("Z") + "\uffff"  # a date means to its end
        row = self.connection.execute(
            "SELECT max(id) FROM revision WHERE time <= ?", (upper,)
        ).fetchone()
        return int(row[0] or 0)

    @property
    def last(self) -> int:
        """The number of the latest revision; 0 in an empty store."""
        return int(self.connection.execute("SELECT max(id) FROM revision").fetchone()[0] or 0)

    # Writing

    def save(
        self,
        entries: Iterable[Entry],
        *,
        author: str,
        reason: str,
        propose: bool = False,
        base: Mapping[str, int] | None = None,
    ) -> int:
        """Keep new entries or new states of entries, as one revision.

        Args:
            entries: with the review state ``approved`` unless ``propose``.
            author: who does it.
            reason: why.
            propose: leave in force what is; wait for :func:`glossary.review.approve`.
            base: for each id the head it was edited from (:attr:`Stored.head`).

        Returns:
            The revision's number.

        Raises:
            EntryError: An entry is incomplete.
            ConflictError: An entry was changed since ``base``.
        """
        base = base or {}
        review: Review = "proposed" if propose else "approved"
        writes = [
            Write(
                entry.id,
                "propose" if propose else "save",
                replace(entry, review=review, author=author, modified=""),
                "keep" if propose else "new",
                base.get(entry.id),
            )
            for entry in map(codec.tidy, entries)
        ]
        return self.write(writes, author=author, reason=reason)

    def write(self, writes: Iterable[Write], *, author: str, reason: str) -> int:
        """Apply changes as one revision: all of them or none."""
        with self.writing(author=author, reason=reason) as revision:
            for change in writes:
                revision.apply(change)
        return revision.number

    @contextmanager
    def writing(self, *, author: str, reason: str) -> Iterator[Revision]:
        """A transaction that makes a new revision; whatever is raised inside undoes it all.

        Raises:
            StoreError: Another process has kept the lock for longer than a minute, or the disk
                is full or read-only.
        """
        if not author.strip():
            raise EntryError("a change needs an author: give --author")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                revision = Revision(self.connection, author, reason, now())
                yield revision
                revision.flush()
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: could not be written ({error})") from None

    def _row(self, name: str) -> tuple[int, int | None, str, str, int] | None:
        row: tuple[int, int | None, str, str, int] | None = self.connection.execute(
            "SELECT head, live, review, state, number FROM entry JOIN change "
            "ON revision = head AND entry = id WHERE id = ?",
            (name,),
        ).fetchone()
        return row

    def _changes(self, where: str, values: tuple[object, ...]) -> Iterator[Change]:
        rows = self.connection.execute(
            "SELECT revision, time, author, reason, action, entry, state FROM change "
            f"JOIN revision ON revision.id = revision WHERE {where} ORDER BY revision, entry",
            values,
        )
        for revision, time, author, reason, action, name, state in rows:
            entry = None if state is None else codec.loads(state)
            yield Change(revision, time, author, reason, action, name, entry)

    def _live_at(self, revision: int) -> list[tuple[str, str, str, int | None]]:
        """For each entry known by then: id, live state, review of its head, live revision."""
        found: dict[str, tuple[str, str, str, int | None]] = {}
        for change in self._changes("revision <= ?", (revision,)):
            name, entry = change.id, change.entry
            if entry is None:
                found[name] = (name, "", HIDDEN if change.action == "hide" else "", None)
            elif entry.review == "approved":
                found[name] = (name, codec.dumps(entry), entry.review, change.revision)
            elif entry.review in ("archived", "rejected"):
                found[name] = (name, "", entry.review, None)
            else:
                before = found.get(name, (name, "", "", None))
                found[name] = (name, before[1], entry.review, before[3])
        return list(found.values())


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
