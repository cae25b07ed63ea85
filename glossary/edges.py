"""Whether a form stands by itself, or is the inside of a longer word or number.

Chinese has no spaces between words, so this can be told in a few cases only: letters, digits and
Chinese numerals (``5G`` is not in ``15G``, ``十大`` not in 二十大), and posts in 长.
"""

from __future__ import annotations

import re

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两0123456789")
_TENS = frozenset("十百千万亿〇零")
# Characters with which 长 makes a word or a place: 财政局长期, 上海市长宁区 name no bureau head
# and no mayor.
_AFTER_LONG = frozenset("期远效江安沙治春乐宁兴岛廊城势")


def needs_guard(key: str) -> bool:
    """Whether :func:`edges_free` has something to say about a form."""
    return _is_word(key[0]) or _is_word(key[-1]) or key[0] in _NUMERALS or key[-1] == "长"


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def edges_free(folded: str, start: int, end: int) -> bool:
    """Whether ``folded[start:end]`` is not the inside of a longer word or number."""
    first, last = folded[start], folded[end - 1]
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if _is_word(first) and _is_word(before) and _same_kind(first, before):
        return False
    if _is_word(last) and _is_word(after) and _same_kind(last, after):
        return False
    if last == "长" and after in _AFTER_LONG:
        return False
    if first == "十":
        return before not in _NUMERALS or before in _TENS
    return not (first in _NUMERALS and before in _TENS)


def _same_kind(a: str, b: str) -> bool:
    return a.isdigit() == b.isdigit()


def number_whole(folded: str, m: re.Match[str]) -> bool:
    """Whether a slot at the edge of the match took the whole number."""
    before = folded[m.start() - 1] if m.start() else " "
    after = folded[m.end()] if m.end() < len(folded) else " "
    return not (
        (m.start(1) == m.start() and before in _NUMERALS)
        or (m.end(m.re.groups) == m.end() and after in _NUMERALS)
    )
