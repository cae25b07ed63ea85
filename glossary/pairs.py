"""Sentence pairs from files: earlier outputs, translation memories, parallel text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary.errors import FormatError
from glossary.fold import has_han
from glossary.formats import Options
from glossary.formats.encoding import decode, read_bytes


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Chinese sentence with its English; ``number`` counts from 1 within the document."""

    document: str
    number: int
    source: str
    target: str


def read_pairs(path: Path) -> Iterator[Sentence]:
    """The sentence pairs of a file.

    Args:
        path: ``.jsonl`` (Yitong's own output, or objects with ``source`` and ``target``),
            ``.tmx``, or a table of two columns, Chinese and English.

    Raises:
        FormatError: The file is none of these.
        GlossaryError: It can't be opened.
    """
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return _jsonl(path)
    return _tmx(path) if suffix == ".tmx" else _table(path)


def _jsonl(path: Path) -> Iterator[Sentence]:
    document, number = path.name, 0
    text = decode(read_bytes(path), str(path))
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            value = json.loads(content)
        except ValueError as error:
            raise FormatError(f"is not JSON ({error}): export it again", str(path), line) from None
        if not isinstance(value, dict):
            raise FormatError("is not a JSON object: export it again", str(path), line)
        if "format" in value:  # the head of a bitext
            document, number = str(value.get("name", path.name)), 0
            continue
        number += 1
        yield _sentence(value, document, number, path, line)


def _sentence(value: dict[str, Any], document: str, number: int, path: Path, line: int) -> Sentence:
    segment = value.get("segment")
    source = segment.get("text") if isinstance(segment, dict) else value.get("source", segment)
    target = value.get("target")
    if not isinstance(source, str) or not isinstance(target, str):
        raise FormatError("has no source and target: it must be a bitext", str(path), line)
    name = value.get("document", document)
    return Sentence(str(name), int(value.get("n", number)), source, target)


def _tmx(path: Path) -> Iterator[Sentence]:
    from glossary.formats.tbx import side_of
    from glossary.formats.xml import XML_LANG, elements, local, text_of

    for number, unit in enumerate(elements(path, "tmx", "tu"), 1):
        sides: dict[str, str] = {}
        for variant in unit:
            if local(variant) == "tuv":
                language = variant.get(XML_LANG) or variant.get("lang") or ""
                side, _ = side_of(language, Options().languages)
                segment = next((text_of(c) for c in variant if local(c) == "seg"), "")
                sides.setdefault(side, segment)
        if sides.get("zh") and sides.get("en"):
            yield Sentence(path.name, number, sides["zh"], sides["en"])


def _table(path: Path) -> Iterator[Sentence]:
    from glossary.formats.table import rows

    delimiter = "," if path.suffix.lower() == ".csv" else "\t"
    text = decode(read_bytes(path), str(path))
    number = 0
    for line, cells in rows(text, str(path), delimiter, plain=delimiter == "\t"):
        if len(cells) < 2 or not cells[0].strip():
            continue  # a blank line between reports
        if not has_han(cells[0]):
            if number:
                raise FormatError("has no Chinese in its first column", str(path), line)
            continue  # a header
        number += 1
        yield Sentence(path.name, number, cells[0].strip(), cells[1].strip())
