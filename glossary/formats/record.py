"""What readers and writers of all formats share: records, options, and where complaints go."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from glossary.entry import Entry
from glossary.errors import FormatError, GlossaryError


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as read, and the 1-based line (row, element) where it begins.

    ``named`` says that its id was given in the file; otherwise it is the Chinese form, and the
    entry is the same concept as whatever goes by that form.
    """

    entry: Entry
    line: int
    named: bool = True


class Sink:
    """Where readers complain. This one is strict: the first broken row stops the reading."""

    def refuse(self, error: FormatError) -> None:
        """A row or element that can't be taken."""
        raise error

    def notice(self, message: str) -> None:
        """Something that is read but not kept: a column, a language."""


@dataclass
class Collector(Sink):
    """Notes everything and goes on."""

    refused: list[FormatError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def refuse(self, error: FormatError) -> None:
        """Note it."""
        self.refused.append(error)

    def notice(self, message: str) -> None:
        """Note it, once."""
        if message not in self.notices:
            self.notices.append(message)


STRICT = Sink()


@dataclass(frozen=True, slots=True)
class Options:
    """How to read or write a file, where its format leaves a choice.

    ``columns`` maps the file's own column names to those of the glossary. ``languages`` are the
    two languages of an XML format that are taken as Chinese and English. ``sheet`` is the name
    of a worksheet.
    """

    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    languages: tuple[str, str] = ("zh", "en")
    sink: Sink = STRICT


DEFAULTS = Options()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when all went well.

    Raises:
        GlossaryError: The folder can't be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryError(f"{path}: can't be written ({reason}): choose another place") from None
    temporary = Path(name)
    try:
        yield temporary
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp makes it private
        temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
