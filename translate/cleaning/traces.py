"""Where a page may have lost bytes, and what it tells about the site that lost them."""

from __future__ import annotations

import re

from translate import charmodel
from translate.cleaning.change import HAN
from translate.cleaning.gbk import encoded, to_simplified
from translate.cleaning.originals import Clues
from translate.cleaning.readings import READING, is_reading
from translate.cleaning.script import is_traditional

__all__ = ["EVIDENCE", "TELLING", "clues_of", "traces"]

_LETTERS = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹ"
# Marks of bytes that could not be decoded, and characters that no text has.
_LOST = re.compile("[\ufffd\x80\ue000-\uf8ff]")
# What is certainly damaged, if no repair was found.
TELLING = re.compile(
    f"[\ufffd\x80\ue000-\uf8ff]+|(?<=[{HAN}])[?？]{{2}}(?=[{HAN}])|"
    f"[?？](?=[a-zü]{{0,3}}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{{0,3}}[)）])"
)
_SWALLOWED = re.compile("[?？\ufffd](?=[a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}[)）])")
# A question mark that is none: doubled in the middle of a line, before the tail of a reading, or
# before a single ASCII character among Han.
_QUESTION = re.compile(
    f'[?？](?=[?？][^?？\n”’"」』）)]|[,:;!])|[?？](?=[{_LETTERS}]{{1,6}}[)）])|'
    f"(?<=[{HAN}])[?？](?=[!-~](?:[{HAN}?]|$))"
)
# The same where some Han come between, or at the end: only if one of them is out of place.
_QUESTION_FAR = re.compile(f"(?<=[{HAN}])[?？](?:[{HAN}]{{1,8}}(?=[@-~])|$)", re.MULTILINE)
# A single ASCII character from the range of second bytes, among Han.
_SINGLE = re.compile(
    f"(?<=[{HAN}?？、，。])[@-~](?=[{HAN}“”‘’、。，：；！,:;?!(（]|$)", re.MULTILINE
)
# Every damage leaves one of these, for it shifts the bytes of a stretch by one: a mark, or a second
# byte that reads as ASCII. Without it a repair would be a guess.
EVIDENCE = re.compile("[\ufffd\x80€\ue000-\uf8ff■□?？@-~]")
_READING_ODD = re.compile(f"(.)?{READING.pattern}")

_TRAIL_A3 = re.compile(
    "["
    + "".join(
        bytes((lead, 0xA3)).decode("gb18030")
        for lead in range(0x81, 0xFF)
        if not "\ue000" <= bytes((lead, 0xA3)).decode("gb18030") <= "\uf8ff"
    )
    + f"](?=([{HAN}、。“”‘’《》]))"
)


def traces(text: str) -> set[int]:
    """Where damage may have left something: cheap to find, most of it nothing on a clean page."""
    found = {m.start() for m in _LOST.finditer(text)}
    found |= {m.start() for m in _QUESTION.finditer(text)}
    for match in _READING_ODD.finditer(text):
        if not (match[1] and is_reading(match[2], match[1])):
            found.add(match.start(2) - 1)
    found |= {m.start() for m in _QUESTION_FAR.finditer(text) if _strange(text, m.end())}
    for match in _SINGLE.finditer(text):
        if _strange(text, match.start()):
            found.add(match.start())
    return found


def _strange(text: str, at: int) -> bool:
    """Whether one of the last characters before an offset is out of place there."""
    model = charmodel.load()
    before = charmodel.symbols(to_simplified(text[max(0, at - 7) : at]))
    return any(
        model.score(before[max(0, i - charmodel.CONTEXT) : i], before[i]) < -12
        for i in range(2, len(before))
    )


def clues_of(text: str) -> Clues:
    """What a page says about its site: script, annotated characters, what was made half-width."""
    annotated = frozenset(
        m[1] for m in _READING_ODD.finditer(text) if m[1] and is_reading(m[2], m[1])
    )
    kept = set()
    for match in _TRAIL_A3.finditer(text):
        code = encoded(match[1])
        if code:
            kept.add(code[0])
    alnum = {0x80 + b for b in range(0x30, 0x7B) if chr(b).isalnum()}
    if kept & alnum:
        kept |= alnum
    half = {0x80 + ord(c) for c in "?,:;!" if re.search(f"[{HAN}]{re.escape(c)}", text)}
    swallows = bool(_SWALLOWED.search(text))
    return Clues(is_traditional(text), annotated, frozenset(half - kept), frozenset(kept), swallows)
