"""What every reader yields, and how it refuses what it can't take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from glossary.entry import Entry
from glossary.errors import FormatError


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as read, and the 1-based line (row, element) where it begins."""

    entry: Entry
    line: int


Refuse = Callable[[FormatError], None]


def raise_it(error: FormatError) -> None:
    """The strict way: the first broken row stops the reading."""
    raise error
