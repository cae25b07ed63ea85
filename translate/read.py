"""Files to paragraphs: txt, Markdown, HTML, Word and standard input.

    >>> page = read("report.txt")
    >>> page.encoding, page.paragraphs[0].kind
    ('UTF-8', 'headline')

Reading changes nothing but what no editor can see: control characters, invisible marks
and lone surrogates go, and a note says so.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from translate.document import Paragraph, ParagraphKind
from translate.errors import InputError
from translate.reading.block import Block
from translate.reading.encoding import decode, has_han
from translate.reading.kinds import guess_kind, guess_kinds

__all__ = ["SUFFIXES", "Page", "find_inputs", "guess_kind", "guess_kinds", "read", "read_text"]

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx")
_INSTEAD = {
    ".doc": "save it as .docx",
    ".wps": "save it as .docx",
    ".rtf": "save it as .docx",
    ".odt": "save it as .docx",
    ".pdf": "copy its text into a .txt file",
}
_HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.I)
# C0 and C1 controls but tab and line ends; soft hyphen, zero-width and bidirectional marks.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Page:
    """What a file says, as printed.

    ``marked`` is what the file's own markup says of each paragraph's kind, ``None`` where it
    says nothing: pass it to ``guess_kinds`` with the cleaned texts.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    encoding: str
    notes: tuple[str, ...] = ()
    marked: tuple[ParagraphKind | None, ...] = ()


def find_inputs(paths: Iterable[Path | str]) -> list[Path]:
    """The files that ``paths`` name: folders are searched, in the order of their names.

    Hidden files and those with other suffixes are passed over in folders; a file is listed once.
    ``-`` (standard input) is kept as ``Path("-")``.

    Raises:
        InputError: A path that does not exist, or a folder without a file to read.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            found[path] = None
        elif path.is_dir():
            inside = sorted(_walk(path))
            if not inside:
                raise InputError(f"{path}: no file to read in this folder ({', '.join(SUFFIXES)})")
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise InputError(f"{path}: no such file or folder")
    if not found:
        raise InputError("no input: name a file, a folder, or - for standard input")
    return list(found)


def _walk(folder: Path) -> Iterable[Path]:
    for top, folders, files in os.walk(folder):  # does not follow links to folders
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):
                yield Path(top) / name


def read(path: Path | str, *, stdin: BinaryIO | None = None) -> Page:
    """Read one file by its suffix; ``-`` reads standard input (text, HTML or Word, sniffed).

    Args:
        path: The file, or ``-``.
        stdin: Where ``-`` is read from; ``sys.stdin.buffer`` unless given.

    Raises:
        InputError: It can't be read, is empty, binary, of an unknown format, in no known
            encoding, or holds no Chinese.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    if name == "<stdin>":
        data = (stdin or sys.stdin.buffer).read()
        suffix = ".docx" if data[:4] == b"PK\x03\x04" else ".html" if _HTML.match(data) else ".txt"
    else:
        suffix = Path(path).suffix.lower() or ".txt"
        if suffix not in SUFFIXES:
            remedy = _INSTEAD.get(suffix, f"known are {', '.join(SUFFIXES)}")
            raise InputError(f"{name}: can't read {suffix} files: {remedy}")
        data = _bytes(Path(path), name)
    if suffix == ".docx":
        from translate.reading.word import docx_blocks

        if not data:
            raise InputError(f"{name}: the file is empty")
        return _page(name, docx_blocks(data, name), "Word", [])
    return _decoded(data, name, suffix)


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{name}: a folder, not a file") from None
    except OSError as error:
        raise InputError(f"{name}: can't be read: {error.strerror or error}") from None


def _decoded(data: bytes, name: str, suffix: str) -> Page:
    """A page from the bytes of a text format."""
    if suffix in (".html", ".htm"):
        from translate.reading.web import declared_charset, html_blocks

        decoded = decode(data, name, declared_charset(data))
        notes: list[str] = []
        blocks = html_blocks(_visible(decoded.text, notes))
    else:
        decoded = decode(data, name)
        notes = []
        text = _visible(decoded.text, notes)
        if suffix in (".md", ".markdown"):
            from translate.reading.markdown import markdown_blocks

            blocks = markdown_blocks(text)
        else:
            from translate.reading.plain import plain_blocks

            blocks = plain_blocks(text)
    if decoded.guessed:
        notes.insert(0, f"read as {decoded.encoding} (guessed)")
    return _page(name, blocks, decoded.encoding, notes)


def read_text(text: str, name: str = "<text>") -> Page:
    """A page from a string: every line is a paragraph.

    Raises:
        InputError: ``text`` is empty or holds no Chinese.
    """
    from translate.reading.plain import plain_blocks

    notes: list[str] = []
    return _page(name, plain_blocks(_visible(text, notes)), "text", notes)


def _visible(text: str, notes: list[str]) -> str:
    """Drop what can't be seen, and note how many characters that was."""
    text, lone = _SURROGATE.subn("\ufffd", text)
    if lone:
        notes.append(f"{lone} lone surrogate(s) replaced by U+FFFD")
    text, dropped = _INVISIBLE.subn("", text)
    if dropped:
        notes.append(f"{dropped} invisible or control character(s) dropped")
    return text


def _page(name: str, blocks: list[Block], encoding: str, notes: list[str]) -> Page:
    texts = [" ".join(block.text.splitlines()) for block in blocks]
    if not any(texts):
        raise InputError(f"{name}: nothing to read: the file is empty")
    if not any(map(has_han, texts)):
        raise InputError(f"{name}: no Chinese text found")
    marked = tuple(block.kind for block in blocks)
    paragraphs = tuple(
        Paragraph(text, kind, block.line)
        for text, kind, block in zip(texts, guess_kinds(texts, marked), blocks, strict=True)
    )
    return Page(name, paragraphs, encoding, tuple(notes), marked)
