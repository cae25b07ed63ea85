"""The two-column lists that translation services and CAT tools take.

They hold pairs only: one row for each Chinese form with the rendering to use (OmegaT, which
shows alternatives, gets the admitted ones as well). Patterns have no place in them.

* DeepL: ``source,target`` without a header; a source term may come once; no control characters.
* Google Cloud Translation: an equivalent term set has a header of language codes; ``pos`` and
  ``description`` columns may follow.
* Amazon Translate: a header of language codes, the source language first. The same file serves
  as UNI- or MULTI-directional; for the latter every term must be unique in its column.
* OmegaT: tab-separated source, target, comment; UTF-8; no quoting.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from glossary.entry import Entry
from glossary.formats.columns import read_rows
from glossary.formats.encoding import decode, read_bytes
from glossary.formats.headers import Row
from glossary.formats.record import DEFAULTS, Options, Record, replacing
from glossary.formats.table import rows

Line = list[str]


def _pairs(entries: Iterable[Entry]) -> Iterator[tuple[str, str, Entry]]:
    """Each Chinese form once, with its rendering and entry; Simplified forms only."""
    seen: set[str] = set()
    for entry in entries:
        if entry.is_pattern or not entry.usable:
            continue
        for form in entry.zh:
            if form.script or form.status in ("forbidden", "deprecated") or form.text in seen:
                continue
            seen.add(form.text)
            yield form.text, entry.preferred, entry


def _deepl(entries: Iterable[Entry], options: Options) -> Iterator[Line]:
    for zh, en, _ in _pairs(entries):
        yield [zh, en]


def _google(entries: Iterable[Entry], options: Options) -> Iterator[Line]:
    yield ["zh", "en", "description"]
    for zh, en, entry in _pairs(entries):
        yield [zh, en, entry.definition]


def _amazon(entries: Iterable[Entry], options: Options) -> Iterator[Line]:
    yield ["zh", "en"]
    for zh, en, _ in _pairs(entries):
        yield [zh, en]


def _amazon_multi(entries: Iterable[Entry], options: Options) -> Iterator[Line]:
    yield ["zh", "en"]
    seen: set[str] = set()
    for zh, en, _ in _pairs(entries):
        if en not in seen:
            seen.add(en)
            yield [zh, en]


def _omegat(entries: Iterable[Entry], options: Options) -> Iterator[Line]:
    for zh, _, entry in _pairs(entries):
        for text in entry.accepted:
            comment = entry.note or entry.definition
            yield [zh, text, comment] if comment else [zh, text]


def _writer(
    lines: Callable[[Iterable[Entry], Options], Iterator[Line]], delimiter: str = ","
) -> Callable[[Iterable[Entry], Path, Options], None]:
    def write(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
        with (
            replacing(path) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as file,
        ):
            if delimiter == "\t":
                file.writelines("\t".join(line) + "\n" for line in lines(entries, options))
            else:
                writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
                writer.writerows(lines(entries, options))

    return write


write_deepl = _writer(_deepl)
write_google = _writer(_google)
write_amazon = _writer(_amazon)
write_amazon_multi = _writer(_amazon_multi)
write_omegat = _writer(_omegat, "\t")


def read_omegat(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of an OmegaT glossary, whatever its suffix."""
    text = decode(read_bytes(path), str(path))
    found: Iterator[Row] = rows(text, str(path), "\t", plain=True)
    return read_rows(found, str(path), options, ragged=True)
