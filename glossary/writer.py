"""A revision of the store while it is being written."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any, Literal

from glossary import codec, index
from glossary.entry import Entry
from glossary.errors import ConflictError, EntryError

HIDDEN = "hidden"
Live = Literal["new", "keep", "none"]
_BATCH = 5_000  # entries that are written to the tables at once


@dataclass(frozen=True, slots=True)
class Write:
    """One entry's part in a revision.

    ``entry`` is its new state, None to take it away (a built-in one under it comes to light,
    unless the action is ``hide``). ``live`` says what is in force afterwards:
    ``"new"`` this state, ``"keep"`` what was before, ``"none"`` nothing. ``base`` is the head
    that the change was made from; None means whatever it is.
    """

    id: str
    action: str
    entry: Entry | None
    live: Live = "new"
    base: int | None = None


class Revision:
    """A new revision, inside a transaction that the store has begun.

    New entries are gathered and written together, many times faster than one by one; row numbers
    can be given ahead because the transaction holds the only write lock.
    """

    def __init__(self, connection: sqlite3.Connection, author: str, reason: str, time: str) -> None:
        self._connection = connection
        self._time = time
        cursor = connection.execute(
            "INSERT INTO revision (time, author, reason) VALUES (?, ?, ?)",
            (time, codec.tidy_text(author), codec.tidy_text(reason)),
        )
        self.number = int(cursor.lastrowid or 0)
        self._next_entry = self._first_free("number", "entry")
        self._was_empty = self._next_entry == 1
        self._next_form = self._first_free("id", "form")
        self._seen: set[str] = set()
        self._changes: list[tuple[Any, ...]] = []
        self._entries: list[tuple[Any, ...]] = []
        self._forms: list[index.FormRow] = []
        self._index: list[index.IndexRow] = []
        self._prose: list[tuple[int, str]] = []

    def _first_free(self, column: str, table: str) -> int:
        row = self._connection.execute(f"SELECT max({column}) FROM {table}").fetchone()
        return int(row[0] or 0) + 1

    def apply(self, change: Write) -> None:
        """Add one entry's part.

        Raises:
            ConflictError: The entry's head is not ``change.base``.
            EntryError: The revision has a part of it already.
        """
        if change.id in self._seen:
            raise EntryError(f"entry {change.id} comes twice: give it once")
        self._seen.add(change.id)
        head, before, number = self._present(change.id)
        if change.base is not None and change.base != head:
            raise self._conflict(change.id, head)
        entry = change.entry
        if entry is not None and not entry.modified:
            entry = replace(entry, modified=self._time)
        state = None if entry is None else codec.dumps(entry)
        self._changes.append((self.number, change.id, change.action, state))
        if number is not None:
            index.remove(self._connection, number)
        live = {"new": self.number, "keep": before, "none": None}[change.live]
        if entry is not None:
            values = (self.number, live, entry.review, entry.subject, entry.priority)
            self._add_forms(self._put(change.id, values, number), entry)
        elif change.action == "hide":
            self._put(change.id, (self.number, None, HIDDEN, "", 0), number)
        else:  # gone; a built-in one comes to light again
            self._connection.execute("DELETE FROM entry WHERE id = ?", (change.id,))
        if len(self._changes) >= _BATCH:
            self.flush()

    def _present(self, name: str) -> tuple[int, int | None, int | None]:
        """The entry's head, live revision and row number; 0, None, None if there is no row."""
        if self._was_empty:
            return 0, None, None
        row: tuple[int, int | None, int] | None = self._connection.execute(
            "SELECT head, live, number FROM entry WHERE id = ?", (name,)
        ).fetchone()
        return row or (0, None, None)

    def _put(self, name: str, values: tuple[Any, ...], number: int | None) -> int:
        if number is not None:
            self._connection.execute(
                "UPDATE entry SET head = ?, live = ?, review = ?, subject = ?, priority = ? "
                "WHERE number = ?",
                (*values, number),
            )
            return number
        number = self._next_entry
        self._next_entry += 1
        self._entries.append((number, name, *values))
        return number

    def _add_forms(self, number: int, entry: Entry) -> None:
        forms, rows = index.form_rows(number, self._next_form, entry)
        self._next_form += len(forms)
        self._forms += forms
        self._index += rows
        if text := index.prose(entry):
            self._prose.append((number, text))

    def flush(self) -> None:
        """Write what was gathered."""
        execute = self._connection.executemany
        execute("INSERT INTO change (revision, entry, action, state) VALUES (?, ?, ?, ?)",
                self._changes)  # fmt: skip
        execute("INSERT INTO entry (number, id, head, live, review, subject, priority) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)", self._entries)  # fmt: skip
        index.add(self._connection, self._forms, self._index)
        execute("INSERT INTO prose_index (rowid, prose) VALUES (?, ?)", self._prose)
        for rows in (self._changes, self._entries, self._forms, self._index, self._prose):
            rows.clear()

    def _conflict(self, name: str, head: int) -> ConflictError:
        row = self._connection.execute(
            "SELECT author, time FROM revision WHERE id = ?", (head,)
        ).fetchone()
        who = f"{row[0]} changed it at {row[1]}" if row else "it was removed"
        return ConflictError(f"entry {name}: {who} (revision {head}): look at it and edit again")
