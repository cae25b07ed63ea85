"""JSONL: everything, losslessly: the document on the first line, then a pair a line.

Offsets are code points, as everywhere in Yitong. ``origins`` (the way from the text as read back
to the page as printed) is written as breaks: ``[[0, 0], [5, 9]]`` says that from offset 5 of
``text`` on the character ``i`` stands at ``9 + i - 5`` of ``printed``. Fields that have their
usual value (no flags, no edits) are left out. Lone surrogates, which UTF-8 has no bytes for,
are written as ``\\ud800``, as JSON allows; only a high one right before a low one, which JSON
reads as one character, does not come back as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from translate.document import (
    Bitext,
    Constraint,
    Document,
    Edit,
    Flag,
    Pair,
    Paragraph,
    Placement,
    Segment,
)
from translate.errors import InputError

FORMAT = "yitong-bitext"
VERSION = 1
# Some readers split lines at these; escaped, they can't.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

T = TypeVar("T")


def render(bitext: Bitext) -> str:
    """The lines; the last one ends in a line feed too."""
    return "".join(line + "\n" for line in _lines(bitext))


def _lines(bitext: Bitext) -> Iterator[str]:
    document = bitext.document
    head = {
        "format": FORMAT,
        "version": VERSION,
        "signature": bitext.signature,
        "name": document.name,
        "pairs": len(bitext.pairs),
        "printed": document.printed,
        "text": document.text,
        "origins": _breaks(document.origins),
        "paragraphs": [_plain(p) for p in document.paragraphs],
        "edits": [_plain(e) for e in document.edits],
        "flags": [_plain(f) for f in document.flags],
    }
    if document.segments != _usual_segments(bitext.pairs):
        head["segments"] = [_plain(s) for s in document.segments]
    yield _dump(head)
    for n, pair in enumerate(bitext.pairs, 1):
        yield _dump({"n": n, **_plain(pair)})


def _usual_segments(pairs: tuple[Pair, ...]) -> tuple[Segment, ...]:
    """What ``Document.segments`` are unless someone made a bitext by other means.

    Dividing long sentences for decoding is done to the pairs' segments only.
    """
    return tuple(replace(pair.segment, parts=()) for pair in pairs)


def _dump(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def _plain(value: Any) -> Any:
    """A dataclass as JSON: fields that have their default left out."""
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return {
        f.name: _plain(getattr(value, f.name))
        for f in fields(value)
        if f.default is MISSING or getattr(value, f.name) != f.default
    }


def _breaks(origins: Sequence[int]) -> list[list[int]]:
    """Where the step from one origin to the next is not one: see the module's docstring."""
    breaks: list[list[int]] = []
    for i, origin in enumerate(origins):
        if not breaks or origin - i != breaks[-1][1] - breaks[-1][0]:
            breaks.append([i, origin])
    return breaks


def _origins(breaks: Sequence[Sequence[int]], length: int) -> tuple[int, ...]:
    """The inverse of :func:`_breaks`; ``length`` is how many origins there are."""
    origins: list[int] = []
    ends = [start for start, _ in breaks[1:]] + [length]
    for (start, origin), end in zip(breaks, ends, strict=True):
        origins += range(origin, origin + end - start)
    if len(origins) != length:
        raise ValueError(f"origins are {len(origins)}, not {length}")
    return tuple(origins)


# --- reading ----------------------------------------------------------------------------------


def read(path: Path) -> Bitext:
    """Read what :func:`render` wrote.

    Raises:
        InputError: it can't be read, or is not such a file, or is cut off; which line.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 (byte {error.start})") from error
    head, *rows = [_object(line, path, n) for n, line in enumerate(lines, 1) if line.strip()] or [
        {}
    ]
    if head.get("format") != FORMAT:
        raise InputError(f"{path}, line 1: is not a bitext that Yitong wrote as jsonl")
    if head.get("version") != VERSION:
        raise InputError(f"{path}, line 1: is of version {head.get('version')}; update Yitong")
    if head.get("pairs") != len(rows):
        raise InputError(f"{path}: has {len(rows)} pairs of {head.get('pairs')}: it is cut off")
    return _bitext(head, rows, path)


def _object(line: str, path: Path, n: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {n}: is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise InputError(f"{path}, line {n}: is not a JSON object")
    return value


def _bitext(head: Mapping[str, Any], rows: list[dict[str, Any]], path: Path) -> Bitext:
    pairs: list[Pair] = []
    line = 2
    try:
        for row in rows:
            pairs.append(_build(Pair, {k: v for k, v in row.items() if k != "n"}))
            line += 1
        line = 1
        listed = head.get("segments")
        document = Document(
            head["name"],
            head["printed"],
            head["text"],
            _origins(head["origins"], len(head["text"]) + 1),
            tuple(_build(Paragraph, p) for p in head["paragraphs"]),
            _usual_segments(tuple(pairs))
            if listed is None
            else tuple(_build(Segment, s) for s in listed),
            tuple(_build(Edit, e) for e in head["edits"]),
            tuple(_build(Flag, f) for f in head["flags"]),
        )
        return Bitext(document, tuple(pairs), head["signature"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)
        raise InputError(f"{path}, line {line}: is not what Yitong writes: {what}") from error


_NESTED: dict[tuple[type, str], type] = {
    (Pair, "segment"): Segment,
    (Pair, "placements"): Placement,
    (Pair, "edits"): Edit,
    (Pair, "flags"): Flag,
    (Placement, "constraint"): Constraint,
}


_HINTS: dict[type, dict[str, Any]] = {
    kind: get_type_hints(kind)
    for kind in (Pair, Segment, Placement, Constraint, Edit, Flag, Paragraph)
}


def _build(kind: type[T], value: Mapping[str, Any]) -> T:
    """A dataclass from its JSON.

    Raises:
        TypeError: a field is missing, unknown or of another type.
        ValueError: a word is not one of those that the field knows.
    """
    made: dict[str, Any] = {}
    for name, item in value.items():
        nested = _NESTED.get((kind, name))
        if nested is not None and isinstance(item, list):
            made[name] = tuple(_build(nested, i) for i in item)
        elif nested is not None:
            made[name] = _build(nested, item)
        elif isinstance(item, list):
            made[name] = tuple(tuple(i) if isinstance(i, list) else i for i in item)
        else:
            _check(name, item, _HINTS[kind].get(name))
            made[name] = item
    return kind(**made)


def _check(name: str, item: object, hint: Any) -> None:
    """Hold a plain value against the type that its field has."""
    words = [word for word in get_args(hint) if isinstance(word, str)]
    if words and item not in words:
        raise ValueError(f"{name} is “{item}”, not one of {', '.join(words)}")
    if hint in (str, int, bool) and type(item) is not hint:
        raise TypeError(f"{name} is {item!r}, not {hint.__name__}")
