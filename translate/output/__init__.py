"""Aligned output: one file a format, one table from a format's name to what writes it.

    write(bitext, Path("report.html"), "html")      # whole or not at all
    text = render(bitext, "md")
    print_terminal(bitext, Console())

Every output has one row a segment and carries ``Bitext.signature``. ``html`` is the page for
editors, ``jsonl`` the lossless record that :func:`read_jsonl` reads back, ``tsv`` the table for
spreadsheets; ``xliff`` and ``tmx`` are for translation tools. Writers are imported on use.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from translate.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console

    from translate.document import Bitext

__all__ = [
    "FORMATS", "Format", "check_writable", "format_of", "print_terminal", "read_jsonl", "render",
    "write", "write_atomically",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output file.

    ``module`` has a function ``render(bitext)`` that returns ``str``, or ``bytes`` for a binary
    format. ``suffixes`` are lower case, the usual one first. ``encoding`` is used for files; what
    :func:`render` returns has no byte order mark.
    """

    suffixes: tuple[str, ...]
    module: str
    about: str
    encoding: str = "utf-8"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(
            (".html", ".htm"), "translate.output.html", "a page to read and check, one file"
        ),
        # Excel takes a file without the mark for the system's own code page.
        "tsv": Format(
            (".tsv", ".tab"), "translate.output.tsv", "a table for spreadsheets", "utf-8-sig"
        ),
        "jsonl": Format(
            (".jsonl", ".ndjson"), "translate.output.jsonl", "everything, a line a pair"
        ),
        "md": Format((".md", ".markdown"), "translate.output.md", "text with a term table"),
        "docx": Format((".docx",), "translate.output.word", "a Word table to work on"),
        "xliff": Format(
            (".xlf", ".xliff"), "translate.output.xliff", "XLIFF 2.1 for translation tools"
        ),
        "tmx": Format((".tmx",), "translate.output.tmx", "TMX 1.4 for translation memories"),
    }
)
DEFAULT = "html"


def format_of(path: str | Path | None, explicit: str | None = None) -> str:
    """The name of the format to write: the one asked for, else the one that the suffix tells.

    Raises:
        OutputError: it is none of :data:`FORMATS`.
    """
    names = ", ".join(FORMATS)
    if explicit is not None:
        name = explicit.strip().lower().removeprefix(".")
        if name not in FORMATS:
            raise OutputError(f"unknown format “{explicit}”: use one of {names}")
        return name
    if path is None:
        return DEFAULT
    suffix = Path(path).suffix.lower()
    for name, form in FORMATS.items():
        if suffix in form.suffixes:
            return name
    known = " ".join(s for form in FORMATS.values() for s in form.suffixes)
    what = f"the suffix “{suffix}” names no format" if suffix else "it has no suffix"
    raise OutputError(f"{path}: {what}: use one of {known}, or give the format: {names}")


def render(bitext: Bitext, format: str) -> str | bytes:  # noqa: A002  (the option's name)
    """A bitext as the content of a file: text, or bytes for a binary format.

    Raises:
        OutputError: the format is unknown.
    """
    module = importlib.import_module(FORMATS[format_of(None, format)].module)
    content: str | bytes = module.render(bitext)
    return content


def write(bitext: Bitext, path: str | Path, format: str | None = None) -> None:  # noqa: A002
    """Write a bitext to a file, whole or not at all: a crash or Ctrl-C leaves the old file.

    Args:
        bitext: what to write.
        path: the file; a symbolic link is followed, and a pipe or device written to as it is.
        format: a name in :data:`FORMATS`; without one the suffix decides.

    Raises:
        OutputError: the format is unknown, or the file can't be written.
    """
    name = format_of(path, format)
    content = render(bitext, name)
    # A lone surrogate has no bytes in UTF-8. Where it matters (jsonl) it was escaped before.
    data = (
        content if isinstance(content, bytes) else content.encode(FORMATS[name].encoding, "replace")
    )
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
        else:
            check_writable(target)
            write_atomically(target, data)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def check_writable(path: str | Path) -> None:
    """Prove, before any work is done, that a file can be written there. Creates nothing.

    Raises:
        OutputError: it can't, and why.
    """
    try:
        target = Path(path).resolve()
        exists = target.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritable(path, error) from error
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; give a file name")
    if not target.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {target.parent}; make it first")
    if exists and not os.access(target, os.W_OK):
        raise OutputError(f"{path}: is write-protected; choose another name")
    if not exists and not os.access(target.parent, os.W_OK):
        raise OutputError(f"{path}: the folder can't be written to; choose another")


def write_atomically(target: Path, data: bytes) -> None:
    """Write beside the target, then rename over it: readers see the old file or the new one."""
    # A short name of its own: the target's may be as long as a file system allows.
    part = target.with_name(f".yitong-{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _unwritable(path: str | Path, error: Exception) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return OutputError(f"{path!s}: can't be written ({reason})")


def print_terminal(bitext: Bitext, console: Console, explain: bool = False) -> None:
    """Show a bitext on a terminal, or as plain text down a pipe.

    Args:
        bitext: what to show.
        console: where; its width and colours are respected.
        explain: also list every change, and the rule that made it.
    """
    from translate.output.terminal import show

    show(bitext, console, explain)


def read_jsonl(path: str | Path) -> Bitext:
    """Read a bitext that was written as ``jsonl``; nothing is lost on the way there and back.

    Raises:
        translate.errors.InputError: the file is not one, with the line where it isn't.
    """
    from translate.output.jsonl import read

    return read(Path(path))
