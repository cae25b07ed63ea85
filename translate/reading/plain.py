"""Plain text: a line is a paragraph, unless the text was certainly wrapped by hand."""

from __future__ import annotations

import unicodedata

from translate.reading.block import Block, glue

__all__ = ["plain_blocks"]

_FINAL = "。！？；…”」』）"
_INDENT = ("　　", "    ", "\t")


def plain_blocks(text: str) -> list[Block]:
    """The paragraphs of ``text``, blank lines dropped."""
    lines = text.splitlines()
    width = _wrap_width(lines)
    if width:
        return _unwrapped(lines, width)
    return [Block(line.strip(), at) for at, line in enumerate(lines, 1) if line.strip()]


def _columns(line: str) -> int:
    """The line's width on a terminal: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line.rstrip())


def _wrap_width(lines: list[str]) -> int:
    """The width that the text was wrapped at, or 0 where it was not, or not certainly.

    Certain is: no line is wider than 120 columns, at least four lines are as wide as the widest
    but for the one character and mark that line breaking moves, they are most of the lines, and
    most of them stop within a sentence.
    """
    texts = [line for line in lines if line.strip()]
    if len(texts) < 4 or any(len(line) > 120 for line in texts):
        return 0
    widths = [_columns(line) for line in texts]
    widest = max(widths)
    if not 40 <= widest <= 120:
        return 0
    full = [line.rstrip() for line, width in zip(texts, widths, strict=True) if width > widest - 5]
    within = sum(line[-1] not in _FINAL for line in full)
    certain = len(full) >= 4 and 5 * len(full) >= 3 * len(texts) and 3 * within >= 2 * len(full)
    return widest if certain else 0


def _unwrapped(lines: list[str], width: int) -> list[Block]:
    """Join each full line to the next, unless that begins a paragraph."""
    indented = any(line.startswith(_INDENT) for line in lines)
    paragraphs: list[tuple[int, list[str]]] = []
    goes_on = False
    for at, line in enumerate(lines, 1):
        if not line.strip():
            goes_on = False
            continue
        if goes_on and not line.startswith(_INDENT):
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((at, [line]))
        goes_on = _columns(line) > width - 5 and (indented or line.rstrip()[-1] not in _FINAL)
    return [Block(glue(texts), at) for at, texts in paragraphs]
