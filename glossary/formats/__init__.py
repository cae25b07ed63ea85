"""Files of terms: one table of formats, with their suffixes, readers and writers.

Reading: ``for record in read(path)``. Writing: ``write(entries, path)``. The module that does
the work is imported when its format is first used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from glossary.entry import Entry
from glossary.errors import FormatError, GlossaryError
from glossary.formats.record import DEFAULTS, Collector, Options, Record, Sink

__all__ = [
    "FORMATS", "Collector", "Format", "Options", "Record", "Sink", "format_of", "read", "write",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: ``module`` has functions ``read`` and ``write`` under these names.

    ``loses`` says what a file of this format can't hold; empty if it holds the whole model.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    read: str
    write: str
    loses: str = ""


_PAIRS = "all but Chinese forms and their rendering"
FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("csv", (".csv",), "table", "read_table", "write_csv"),
        Format("tsv", (".tsv", ".tab", ".txt", ".utf8"), "table", "read_table", "write_tsv"),
        Format("xlsx", (".xlsx",), "xlsx", "read_xlsx", "write_xlsx"),
        Format("tbx", (".tbx", ".xml"), "tbx", "read_tbx", "tbx_write.write_tbx"),
        Format("tmx", (".tmx",), "tmx", "read_tmx", "write_tmx"),
        Format("jsonl", (".jsonl", ".ndjson"), "jsonl", "read_jsonl", "write_jsonl"),
        Format("deepl", (), "layouts", "table.read_table", "write_deepl", _PAIRS),
        Format("google", (), "layouts", "table.read_table", "write_google", _PAIRS),
        Format("amazon", (), "layouts", "table.read_table", "write_amazon", _PAIRS),
        Format("amazon-multi", (), "layouts", "table.read_table", "write_amazon_multi", _PAIRS),
        Format("omegat", (), "layouts", "read_omegat", "write_omegat", "status and sources"),
    )
}


def format_of(path: Path, name: str = "") -> Format:
    """The format called ``name``, else that of the path's suffix.

    Raises:
        FormatError: Neither is known.
    """
    if name:
        if name not in FORMATS:
            raise FormatError(f"no format is called “{name}”: use one of {', '.join(FORMATS)}")
        return FORMATS[name]
    for known in FORMATS.values():
        if path.suffix.lower() in known.suffixes:
            return known
    suffixes = ", ".join(s for f in FORMATS.values() for s in f.suffixes)
    raise FormatError(f"has no known suffix: use one of {suffixes}, or name the format", str(path))


def read(path: Path, *, name: str = "", options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a file.

    Args:
        path: of the file.
        name: of the format; by the suffix if not given.
        options: delimiter, columns, languages, and where broken rows are reported.

    Raises:
        FormatError: The format is unknown, the file is broken, or the sink raises.
        GlossaryError: It can't be opened.
    """
    known = format_of(path, name)
    if path.is_dir():
        raise GlossaryError(f"{path}: is a folder: give the path of a glossary file")
    found: Iterator[Record] = _function(known, known.read)(path, options)
    return found


def write(
    entries: Iterable[Entry], path: Path, *, name: str = "", options: Options = DEFAULTS
) -> None:
    """Write entries to a file, which is replaced when the new one is whole.

    Raises:
        FormatError: The format is unknown.
        GlossaryError: ``path`` can't be written.
    """
    known = format_of(path, name)
    _function(known, known.write)(entries, path, options)


def _function(known: Format, name: str):  # type: ignore[no-untyped-def]
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"glossary.formats.{module or known.module}"), function)
