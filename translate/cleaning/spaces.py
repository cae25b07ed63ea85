"""Spaces: which are there to separate, and which are typesetting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.cleaning.change import HAN, Change

__all__ = ["odd_spaces", "spaces_between_han"]

_ODD = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]| {2,}")
_EDGE = re.compile(r"^[^\S\n]+|[^\S\n]+$", re.MULTILINE)
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")

# Chinese punctuation carries its own space: none is wanted beside it.
_MARKS = "、。，；：？！…—“”‘’（）《》〈〉【】「」『』〔〕·"
_BESIDE_MARK = re.compile(f" +(?=[{_MARKS}])|(?<=[{_MARKS}]) +")
_BESIDE_STOP = re.compile(" +(?=[、。，；：？！…])|(?<=[、。，；：？！]) +")
_BETWEEN = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}A-Za-z0-9])|(?<=[A-Za-z0-9%‰]) +(?=[{HAN}])")

# Prose has sentences: a full stop or semicolon, a mark at its end, or commas in a long line. Other
# lines are headlines, subheads and bylines, in which a space is a mark between clauses or names.
_PROSE = re.compile("[。；;]|[，！？…,!?][”’」』]?$|(?=.{45})[^，,]*[，,]")
# In prose, names after 记者 and the like, and clauses inside quotes or brackets, are separated
# by a space as well.
_ROLE = re.compile(
    "(?:[记記]者|通[讯訊][员員]|[编編][辑輯]|[实實][习習]生|特[约約]|摄影|攝影|供稿|[报報][讯訊]|[电電])"
    "[^。，；：？！,;:?!\n]{0,24}$|第[0-9一二三四五六七八九十百]+[条條章节節款]$"
)
_ENCLOSED = re.compile("[“‘（(《][^“”‘’（）()《》。，；：？！,;:?!\n]*[”’）)》]")
_DATE = re.compile(r"(?<=[0-9]) +(?=[年月日时時分])|(?<=[年月]) +(?=[0-9])")


def odd_spaces(text: str) -> Iterator[Change]:
    """Tabs, no-break, ideographic and doubled spaces to one space; none at a line's edges."""
    edges = {(m.start(), m.end()) for m in _EDGE.finditer(text)}
    for match in _BLANKS.finditer(text):
        span = match.start(), match.end()
        if span in edges:
            yield Change(*span, "")
        elif _ODD.search(match[0]):
            yield Change(*span, " ")


def spaces_between_han(text: str) -> Iterator[Change]:
    """Spaces that separate nothing: between Han, figures and Latin in prose, beside marks.

    One space stays where it separates: in a line that is no prose (``抓培育 强本领``), after the
    number of an article (``第一条``), after 记者 and the like (``通讯员 赵一禾 代小刚``), and
    between the clauses of a quoted slogan. Single characters set wide are joined also there.
    """
    start = 0
    for line in text.split("\n"):
        if " " in line:
            for i, j in sorted(_useless(line)):
                yield Change(start + i, start + j, "")
        start += len(line) + 1


def _useless(line: str) -> set[tuple[int, int]]:
    """The spans of the spaces to remove from a line."""
    spans = {m.span() for m in _BESIDE_STOP.finditer(line)}
    spans |= {m.span() for m in _DATE.finditer(line)}
    spans |= set(_set_wide(line))
    if _PROSE.search(line):
        spans |= {m.span() for m in _BESIDE_MARK.finditer(line)}
        kept = [m.span() for m in _ENCLOSED.finditer(line)]
        for match in _BETWEEN.finditer(line):
            inside = any(a < match.start() < b for a, b in kept)
            if not inside and not _ROLE.search(line[max(0, match.start() - 30) : match.start()]):
                spans.add(match.span())
    return spans


def _set_wide(line: str) -> Iterator[tuple[int, int]]:
    """Spaces between neighbours of one character each, between spaces or at an edge."""
    token = f"(?<![^ ])[{HAN}](?![^ ])"
    for match in re.finditer(f"{token}(?: +{token})+", line):
        for gap in re.finditer(" +", match[0]):
            yield match.start() + gap.start(), match.start() + gap.end()
