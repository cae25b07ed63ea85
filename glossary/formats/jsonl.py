"""JSON Lines: one entry a line, all of the model, defaults left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from glossary import codec
from glossary.entry import Entry
from glossary.errors import EntryError, FormatError
from glossary.formats.encoding import decode, read_bytes
from glossary.formats.record import DEFAULTS, Options, Record, replacing


def read_jsonl(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a JSON Lines file.

    Raises:
        FormatError: It is not text.
    """
    text = decode(read_bytes(path), str(path))
    seen: set[str] = set()
    # Not splitlines(): JSON may hold U+2028 and the like as they are.
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            entry = codec.loads(content)
            if entry.id in seen:
                raise EntryError(f"id “{entry.id}” was there before: make it unique")
        except EntryError as error:
            options.sink.refuse(FormatError(str(error), str(path), line))
            continue
        seen.add(entry.id)
        yield Record(entry, line)


def write_jsonl(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write the entries to a file that replaces ``path`` when it is whole."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            file.write(codec.dumps(entry) + "\n")
