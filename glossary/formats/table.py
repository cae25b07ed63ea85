"""CSV and TSV tables of terms: any delimiter, quoting and encoding that is found in the wild."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Literal

from glossary.entry import Entry
from glossary.errors import FormatError
from glossary.formats.columns import COLUMNS, read_rows, write_rows
from glossary.formats.encoding import decode, read_bytes
from glossary.formats.headers import Row
from glossary.formats.record import DEFAULTS, Options, Record, replacing

PLAIN_SUFFIXES = (".txt", ".tab", ".utf8")
_DELIMITERS = ",\t;|"


def read_table(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a CSV or TSV file.

    The delimiter is guessed from the file's name and first lines if the options don't give it.

    Raises:
        FormatError: The file is no table of terms, or the sink raises.
    """
    data = read_bytes(path)
    text = decode(data, str(path))
    skipped, delimiter, text = _settle(text, options.delimiter, path.suffix)
    # Excel saves "Unicode text" as UTF-16 with its quoting, and our own layout is quoted; other
    # .txt and .tab lists are not.
    quoted = data[:2] in (b"\xff\xfe", b"\xfe\xff") or text.startswith(COLUMNS[0] + delimiter)
    plain = path.suffix.lower() in PLAIN_SUFFIXES and not quoted
    found = rows(text, str(path), delimiter, skipped, plain)
    return read_rows(found, str(path), options, ragged=delimiter == "\t")


def _settle(text: str, delimiter: str, suffix: str) -> tuple[int, str, str]:
    """How many lines to skip, the delimiter, and the text from there on."""
    if text[:4].lower() == "sep=":  # Excel's own way to name the delimiter
        line, _, text = text.partition("\n")
        return 1, delimiter or line[4:5] or ",", text
    return 0, delimiter or _sniff(text, suffix), text


def rows(
    text: str, name: str, delimiter: str, skipped: int = 0, plain: bool = False
) -> Iterator[Row]:
    """The rows of delimited text with their 1-based line numbers.

    ``plain`` text has no quoting: a quotation mark is just that.
    """
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    if delimiter == "\t" and (plain or not _quotes_parse(text)):
        quoting = csv.QUOTE_NONE  # OmegaT and hand-made lists: a quotation mark is just that
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting
    )
    last = 0
    try:
        for cells in reader:
            start, last = last + 1, reader.line_num
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
    if suffix.lower() in (".tsv", *PLAIN_SUFFIXES) and "\t" in text:
        return "\t"
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    tab = [line.count("\t") for line in lines]
    if lines and min(tab) >= 1:
        return "\t"
    counts = {d: sum(1 for line in lines if d in line) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: (counts[d], -_DELIMITERS.index(d)))


def write_csv(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write the *forms* layout, all of the model, with a byte order mark so that Excel reads it.

    Raises:
        GlossaryError: ``path`` can't be written.
    """
    _write(write_rows(entries), path, options.delimiter or ",", "utf-8-sig")


def write_tsv(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write the *forms* layout, tab-separated."""
    _write(write_rows(entries), path, options.delimiter or "\t", "utf-8")


def _write(rows: Iterable[list[str]], path: Path, delimiter: str, encoding: str) -> None:
    with replacing(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
