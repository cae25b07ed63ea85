"""The store's tables, as numbered migrations that are applied in order and never edited.

``PRAGMA user_version`` says how many have been applied.
"""

from __future__ import annotations

import sqlite3

from glossary.errors import StoreError

MIGRATIONS: tuple[str, ...] = (
    # 1: revisions, what each of them changed, and the entries as they are now.
    """
    CREATE TABLE revision (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        time TEXT NOT NULL,      -- ISO 8601, UTC
        author TEXT NOT NULL,
        reason TEXT NOT NULL
    );
    CREATE TABLE change (
        revision INTEGER NOT NULL REFERENCES revision (id),
        entry TEXT NOT NULL,
        action TEXT NOT NULL,    -- save propose approve reject archive remove hide revert ...
        state TEXT,              -- the entry afterwards, as JSON; NULL where it is gone
        UNIQUE (entry, revision)
    );
    CREATE INDEX change_revision ON change (revision);
    CREATE TABLE entry (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        head INTEGER NOT NULL REFERENCES revision (id),  -- the latest state
        live INTEGER REFERENCES revision (id),           -- the approved state in force
        review TEXT NOT NULL,    -- of the latest state; 'hidden' where a built-in one is hidden
        subject TEXT NOT NULL DEFAULT '',
        priority INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE form (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (number) ON DELETE CASCADE,
        lang TEXT NOT NULL,      -- zh zh-Hant en
        status TEXT NOT NULL,
        text TEXT NOT NULL,
        key TEXT NOT NULL        -- folded: glossary.fold
    );
    CREATE INDEX form_entry ON form (entry);
    CREATE INDEX form_key ON form (key);
    """,
    # 2: the search index: Chinese as overlapping pairs of characters, so that a phrase query is a
    # substring query; English and prose as words; pinyin as one word. Rows are numbered as those
    # of form and entry.
    """
    CREATE VIRTUAL TABLE form_index USING fts5 (pairs, words, pinyin, tokenize = 'unicode61');
    CREATE VIRTUAL TABLE prose_index USING fts5 (prose, tokenize = 'unicode61');
    -- Bytes of new words that are gathered before they are merged in: for imports.
    INSERT INTO form_index (form_index, rank) VALUES ('hashsize', 33554432);
    """,
    # 3: findings of the checks that someone decided to live with.
    """
    CREATE TABLE ignored (
        code TEXT NOT NULL,
        entry TEXT NOT NULL,
        reason TEXT NOT NULL,
        author TEXT NOT NULL,
        time TEXT NOT NULL,
        PRIMARY KEY (code, entry)
    ) WITHOUT ROWID;
    """,
)


def migrate(connection: sqlite3.Connection, path: str) -> None:
    """Bring the store to the newest schema.

    Each migration and its number are written in one transaction; a second process that opens
    the store meanwhile waits, and finds it done.

    Raises:
        StoreError: The store was made by a newer version.
    """
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer version of Yitong (schema {version}, "
            f"this one knows {len(MIGRATIONS)}): update Yitong"
        )
    while version < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)
            if version < len(MIGRATIONS):
                for statement in _statements(MIGRATIONS[version]):
                    connection.execute(statement)
                version += 1
                connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of a script; ``executescript`` would commit the transaction."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
