"""What every format reader gives: blocks of text, with what the markup says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from translate.document import ParagraphKind

__all__ = ["Block", "glue"]

_WORD = re.compile(r"[A-Za-z0-9(]")
_SPACED = re.compile(r"[A-Za-z0-9.,;:!?)%'\"]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be: its text, its 1-based line, and its kind where markup says so."""

    text: str
    line: int
    kind: ParagraphKind | None = None


def glue(lines: Iterable[str]) -> str:
    """Join the lines of a paragraph: with a space only between Latin words or figures."""
    parts: list[str] = []
    last = ""
    for line in map(str.strip, lines):
        if line:
            spaced = last and _SPACED.match(last) and _WORD.match(line)
            parts += [" ", line] if spaced else [line]
            last = line[-1]
    return "".join(parts)
