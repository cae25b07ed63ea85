"""Bylines: 本报通讯员 赵雨婷 戴旭东, （记者 李 明 通讯员 王小兰）.

In a byline the layout says what is a name: what stands between the spaces after 记者, 通讯员 and
the like. No other evidence is needed, and a name of two characters may be spaced out (李 明).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import ParagraphKind
from translate.naming.peoples import parts
from translate.naming.pinyin import surnames

_GAP = "[ \u3000\xa0\t]"
_ROLE = r"(?:记者|通讯员|实习生|撰稿|摄影报道|摄影|文/图|编辑|责编|校对|作者|主持人|文)"
_NAME = rf"(?:[\u4e00-\u9fff]{{2,4}}|[\u4e00-\u9fff]{_GAP}[\u4e00-\u9fff])"
_LIST = re.compile(
    rf"{_ROLE}(?:{_GAP}*[:：]{_GAP}*|{_GAP}+)"
    rf"(?P<names>{_NAME}(?:(?:{_GAP}*、{_GAP}*|{_GAP}+){_NAME})*)"
    rf"(?={_GAP}*(?:$|[）)】\]，,;；/|。]|{_ROLE}))"
)
# In what stands between bylines' spaces and is no name: 综合报道, 县委办, 融媒体.
_NO_NAMES = frozenset("部台社报讯组队局委摄文图电供稿综合整理编辑中心媒体县市区镇乡村院校办处")
_PART = re.compile(_NAME)
_ANY_ROLE = re.compile(_ROLE)


def byline_names(text: str, kind: ParagraphKind) -> Iterator[tuple[int, int, int]]:
    """Start, where the given name begins, end: offsets in ``text`` of the names in its bylines.

    ``（记者 李明）`` counts in any paragraph near its beginning; a whole line of names only in a
    paragraph that is a byline.
    """
    head = text if kind == "byline" else text[:80]
    for line in _LIST.finditer(head):
        for part in _PART.finditer(head, line.start("names"), line.end("names")):
            if _ANY_ROLE.search(part[0]):
                continue
            size = surname_size(part[0]) or _unusual_surname_size(part[0])
            if size:
                yield part.start(), part.start() + size, part.end()


def surname_size(name: str) -> int:
    """How many characters of ``name`` are its surname; 0 where it begins with none."""
    if len(name) > 2 and name[:2] in surnames():
        return 2
    return 1 if name[0] in surnames() and len(name) <= 3 else 0


def _unusual_surname_size(name: str) -> int:
    """1 for a name in a byline whose surname no table has (腊月红), 0 for what is no Han name."""
    if len(name) != 3 or _NO_NAMES.intersection(name) or name[:2] in parts():
        return 0
    return 0 if name in parts() else 1
