"""Is the store sound?"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from glossary import codec, index
from glossary.errors import StoreError
from glossary.fold import fold
from glossary.schema import MIGRATIONS
from glossary.store import Store


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing looked at; ``problem`` is empty if it is well, else says what to do."""

    about: str
    problem: str = ""


def examine(store: Store) -> list[Examination]:
    """Look at the file, its references, its search index, and every entry's state."""
    return [
        Examination("schema", _schema(store)),
        Examination("file", _pragma(store, "integrity_check", "ok")),
        Examination("references", _pragma(store, "foreign_key_check", None)),
        Examination("search index", _index(store)),
        Examination("entries", _entries(store)),
    ]


def repair(store: Store) -> int:
    """Make the forms and the search index anew from the entries' states.

    Returns:
        The number of entries.

    Raises:
        StoreError: The file itself is damaged.
    """
    connection = store.connection
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for table in ("form_index", "prose_index", "form"):
                connection.execute(f"DELETE FROM {table}")
            rows = connection.execute(
                "SELECT number, state FROM entry JOIN change ON revision = head AND entry = id "
                "WHERE state IS NOT NULL"
            ).fetchall()
            first = 1
            for number, state in rows:
                entry = codec.loads(state)
                forms, indexed = index.form_rows(number, first, entry)
                index.add(connection, forms, indexed)
                first += len(forms)
                if text := index.prose(entry):
                    connection.execute(
                        "INSERT INTO prose_index (rowid, prose) VALUES (?, ?)", (number, text)
                    )
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise StoreError(f"{store.path}: is damaged ({error}): {_RESTORE}") from None
    return len(rows)


_RESTORE = "export what can be read, and import it into a new store"
_REPAIR = "mend it with doctor --repair"


def _schema(store: Store) -> str:
    version = store.connection.execute("PRAGMA user_version").fetchone()[0]
    return "" if version == len(MIGRATIONS) else f"is version {version}: open it once more"


def _pragma(store: Store, name: str, good: str | None) -> str:
    try:
        rows = [str(row[0]) for row in store.connection.execute(f"PRAGMA {name}")]
    except sqlite3.DatabaseError as error:
        return f"is damaged ({error}): {_RESTORE}"
    wrong = [row for row in rows if row != good]
    return f"is damaged ({'; '.join(wrong[:3])}): {_RESTORE}" if wrong else ""


def _index(store: Store) -> str:
    try:
        for table in ("form_index", "prose_index"):
            store.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        forms = store.connection.execute("SELECT count(*) FROM form").fetchone()[0]
        indexed = store.connection.execute("SELECT count(*) FROM form_index").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return f"is damaged ({error}): {_REPAIR}"
    return "" if forms == indexed else f"has {indexed} of {forms} forms: {_REPAIR}"


def _entries(store: Store) -> str:
    try:
        for stored in store.own():
            keys = {fold(f.text) for f in (*stored.entry.zh, *stored.entry.en)}
            rows = store.connection.execute(
                "SELECT key FROM form JOIN entry ON entry.number = form.entry WHERE entry.id = ?",
                (stored.entry.id,),
            )
            if keys != {row[0] for row in rows}:
                return f"entry {stored.entry.id} and its forms differ: {_REPAIR}"
    except Exception as error:  # whatever the damage leads to
        return f"an entry can't be read ({error}): {_RESTORE}"
    return ""
