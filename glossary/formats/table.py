"""CSV and TSV tables of terms: any delimiter, quoting and encoding that is found in the wild."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Literal

from glossary.errors import FormatError
from glossary.formats.columns import Row, read_rows
from glossary.formats.encoding import decode, read_bytes
from glossary.formats.record import Record, Refuse, raise_it

_DELIMITERS = ",\t;|"


def read_table(
    path: Path, *, delimiter: str | None = None, refuse: Refuse = raise_it
) -> Iterator[Record]:
    """The entries of a CSV or TSV file.

    Args:
        path: of the file.
        delimiter: between cells; guessed from the name and the first lines if not given.
        refuse: what to do with a row that can't be taken.

    Raises:
        FormatError: The file is no table of terms, or ``refuse`` raises.
    """
    text = decode(read_bytes(path), str(path))
    skipped, delimiter, text = _settle(text, delimiter, path.suffix)
    found = rows(text, str(path), delimiter, skipped)
    return read_rows(found, str(path), refuse, ragged=delimiter == "\t")


def _settle(text: str, delimiter: str | None, suffix: str) -> tuple[int, str, str]:
    """How many lines to skip, the delimiter, and the text from there on."""
    if text[:4].lower() == "sep=":  # Excel's own way to name the delimiter
        line, _, text = text.partition("\n")
        return 1, delimiter or line[4:5] or ",", text
    return 0, delimiter or _sniff(text, suffix), text


def rows(text: str, name: str, delimiter: str, skipped: int = 0) -> Iterator[Row]:
    """The rows of delimited text with their 1-based line numbers; ``#`` lines are left out."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    if delimiter == "\t" and not _quotes_parse(text):
        quoting = csv.QUOTE_NONE  # OmegaT and hand-made lists: a quotation mark is just that
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting
    )
    last = 0
    try:
        for cells in reader:
            start, last = last + 1, reader.line_num
            if cells and not cells[0].lstrip().startswith("#"):
                yield start + skipped, cells
    except csv.Error as error:
        raise FormatError(
            f"{error}: double each quotation mark inside a quoted cell, and close it",
            name,
            last + 1 + skipped,
        ) from None


def _quotes_parse(text: str) -> bool:
    try:
        for _ in csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True


def _sniff(text: str, suffix: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells."""
    if suffix.lower() in (".tsv", ".tab"):
        return "\t"
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    tab = [line.count("\t") for line in lines]
    if lines and min(tab) >= 1:
        return "\t"
    counts = {d: sum(1 for line in lines if d in line) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: (counts[d], -_DELIMITERS.index(d)))
