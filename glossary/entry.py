"""What a term is: a concept entry with its written forms in both languages.

An :class:`Entry` is one concept. It holds the Chinese forms by which text names it (Simplified;
Traditional text is matched by the same keys) and the English forms with their status. Exactly
as in ISO 30042, a form is *preferred* (to be used), *admitted* (right as well), *deprecated*
(understood, to be replaced) or *forbidden* (wrong, must not appear).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["preferred", "admitted", "deprecated", "forbidden"]


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a concept and its status."""

    text: str
    status: Status = "preferred"


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept: ``zh`` are the Chinese forms it goes by, ``en`` its English renderings."""

    id: str
    zh: tuple[Form, ...]
    en: tuple[Form, ...]
    subject: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""

    @property
    def preferred(self) -> str:
        """The English rendering to use."""
        return next(f.text for f in self.en if f.status == "preferred")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in text: ``start`` and ``end`` are offsets in the text that was searched."""

    entry: Entry
    start: int
    end: int
