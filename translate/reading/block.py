"""What every format reader gives: blocks of text, with what the markup says they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.document import ParagraphKind

__all__ = ["Block", "glue"]

_SPACED = re.compile(r"[A-Za-z0-9.,;:!?)%'\"]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be: its text, its 1-based line, and its kind where markup says so."""

    text: str
    line: int
    kind: ParagraphKind | None = None


def glue(left: str, right: str) -> str:
    """Join two lines of one paragraph: with a space only between Latin words or figures."""
    left, right = left.rstrip(), right.lstrip()
    if left and right and _SPACED.match(left[-1]) and re.match(r"[A-Za-z0-9(]", right[0]):
        return f"{left} {right}"
    return left + right
