"""Files of terms: one table from suffix to reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glossary.errors import FormatError
from glossary.formats.record import Record, Refuse, raise_it
from glossary.formats.table import read_table

READERS = {".csv": read_table, ".tsv": read_table, ".tab": read_table, ".txt": read_table}


def read(path: Path, *, refuse: Refuse = raise_it) -> Iterator[Record]:
    """The entries of a file, by its suffix.

    Raises:
        FormatError: The suffix is unknown, the file is broken, or ``refuse`` raises.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise FormatError(f"has no known suffix: use one of {known}", str(path))
    return reader(path, refuse=refuse)
