"""Markdown: the text that a reader sees, block by block.

A small reader for prose, not a CommonMark implementation: headings, paragraphs across soft
breaks, lists, quotes and tables; code, comments, rules, link targets and pictures are dropped.
"""

from __future__ import annotations

import re

from translate.document import ParagraphKind
from translate.reading.block import Block, glue

__all__ = ["markdown_blocks"]

_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+|(?=[\u4e00-\u9fff]))(.*?)\s*#*\s*$")
_SETEXT = re.compile(r"^\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^\s{0,3}(?:([-*_])\s*)(?:\1\s*){2,}$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_ORDERED = re.compile(r"^\s*\d{1,9}[.)]\s+")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*\S+")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
# Every repeat is bounded: an unclosed mark must not cost a search to the end at each mark.
_INLINE = (
    (re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{0,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"\[\^[^\]\n]{1,100}\]"), ""),
    (re.compile(r"<((?:https?|mailto):[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,500}>"), ""),
    (re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,500}?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*\n]{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=[^\s~])([^~\n]{1,1000}?)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def _inline(text: str) -> str:
    """The text without emphasis marks, link targets, pictures and tags; entities resolved."""
    import html

    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return html.unescape(text).strip()


class _Builder:
    """Collects blocks: a paragraph stays open until a blank line or another block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[str] = []
        self._line = 0
        self._headed = False

    def add(self, text: str, line: int) -> None:
        """Go on with the open paragraph; two spaces or a backslash at the end close it."""
        if not self._lines:
            self._line = line
        hard = text.endswith(("  ", "\\"))
        self._lines.append(text.rstrip("\\") if hard else text)
        if hard:
            self.close()

    def _take(self) -> str:
        """The open paragraph's text; none is open afterwards."""
        text, self._lines = _inline(glue(self._lines)), []
        return text

    def close(self, kind: ParagraphKind | None = None) -> None:
        """End the open paragraph."""
        if text := self._take():
            self.blocks.append(Block(text, self._line, kind))

    def heading(self, text: str, line: int) -> None:
        """A heading: the first of the page is its headline."""
        self.close()
        kind: ParagraphKind = "subhead" if self._headed else "headline"
        self._headed = True
        if shown := _inline(text):
            self.blocks.append(Block(shown, line, kind))

    def underlined(self) -> bool:
        """Turn the open paragraph into a heading; False if none is open."""
        if not self._lines:
            return False
        lines, self._lines = self._lines, []
        self.heading(glue(lines), self._line)
        return True


def _front_matter(lines: list[str]) -> tuple[int, str]:
    """How many lines the YAML at the top takes, and the title that it gives."""
    if not lines or lines[0].strip() != "---":
        return 0, ""
    for at, line in enumerate(lines[1:200], 1):
        if line.strip() in ("---", "..."):
            found = [item.partition(":")[2] for item in lines[1:at] if item.startswith("title:")]
            return at + 1, found[0].strip().strip("\"'") if found else ""
    return 0, ""


def markdown_blocks(text: str) -> list[Block]:
    """The paragraphs of a Markdown page."""
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    lines = text.splitlines()
    skip, title = _front_matter(lines)
    builder = _Builder()
    if title:
        builder.heading(title, 1)
    fence = ""
    for at, line in enumerate(lines[skip:], skip + 1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence):
                fence = ""
        elif mark:
            builder.close()
            fence = mark.group(1)
        else:
            _line(builder, re.sub(r"^\s{0,3}(?:>\s?)+", "", line), at)
    builder.close()
    return builder.blocks


def _line(builder: _Builder, line: str, at: int) -> None:
    """Give one line outside code to the builder."""
    heading = _HEADING.match(line)
    if not line.strip() or _DEFINITION.match(line):
        builder.close()
    elif heading:
        builder.heading(heading.group(2), at)
    elif _SETEXT.match(line) and builder.underlined():
        return
    elif _RULE.match(line) or _TABLE_RULE.match(line):
        builder.close()
    elif line.strip().startswith("|"):
        builder.close()
        for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")):
            builder.add(cell.strip(), at)
            builder.close("body")
    elif _BULLET.match(line) or _ORDERED.match(line):
        builder.close()
        builder.add(_BULLET.sub("", line).strip(), at)
    else:
        builder.add(line.strip() + ("  " if line.endswith("  ") else ""), at)
