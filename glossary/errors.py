"""The exceptions of ``glossary``.

GlossaryError
├── FormatError       a file, line and column that can't be read as terms
├── EntryError        an entry that can't be kept as it is
├── NoSuchEntry       nothing is known under that id
├── ConflictError     someone else changed the entry in the meantime
└── StoreError        the store can't be opened, or is damaged
"""

from __future__ import annotations


class GlossaryError(Exception):
    """Base class. The message is one line: which file, line and column, what to do."""


class FormatError(GlossaryError):
    """A glossary file is broken at a place that the message names.

    ``line`` and ``column`` count from 1; 0 where the file as a whole is meant. ``column`` is a
    column of a table, or of characters in XML.
    """

    def __init__(self, reason: str, path: str = "", line: int = 0, column: int = 0) -> None:
        self.reason, self.path, self.line, self.column = reason, path, line, column
        place = path
        if line:
            place += f", line {line}"
        if column:
            place += f", column {column}"
        super().__init__(f"{place}: {reason}" if place else reason)


class EntryError(GlossaryError):
    """An entry can't be kept as it is."""


class NoSuchEntry(GlossaryError):
    """No entry has that id."""


class ConflictError(GlossaryError):
    """The entry was changed by someone else since it was read."""


class StoreError(GlossaryError):
    """The store can't be opened, is of a newer version, or is damaged."""
