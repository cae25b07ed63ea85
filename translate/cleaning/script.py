"""Traditional to Simplified, with the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from translate.cleaning.change import HAN, Change

__all__ = ["is_traditional", "simplified", "simplify", "traditional", "zhe_as_marker"]

_HAN_RUN = re.compile(f"[{HAN}]")

# Words in which 著 is zhù (write, outstanding) also in Simplified text: 著名 著作 显著 原著. In
# 彰显着 the particle follows, and 执着 and 有着 are written with 着.
_ZHU = re.compile(
    "著(?:[名作述称稱录錄者]|[书書]立|有《)"
    "|(?<![彰凸])[显顯]著|[卓昭原名编編专專译譯论論巨遗遺土所撰合]著(?![眼手力])"
)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_PIECE = re.compile(f"[{HAN}]{{1,400}}|[^{HAN}]{{1,400}}")


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


def simplified(text: str) -> str:
    """The text in Simplified characters (OpenCC ``t2s``: no change of words).

    A character stays where its Simplified form is beyond the basic plane: fonts, dictionaries and
    models have 二噁英, not its official but unused Simplified form.
    """
    converted: str = _converter("t2s").convert(text)
    if len(converted) == len(text) and _BEYOND.search(converted):
        pairs = zip(text, converted, strict=True)
        return "".join([a if b > "\uffff" else b for a, b in pairs])
    return converted


@cache
def traditional(char: str) -> tuple[str, ...]:
    """The usual Traditional form of a Simplified character, as OpenCC ``s2t`` gives it."""
    return (_converter("s2t").convert(char),)


@cache
def _differs(char: str) -> bool:
    return simplified(char) != char


def is_traditional(text: str) -> bool:
    """Whether a page is in Traditional script: more than 1 in 50 of its first Han are."""
    han = _HAN_RUN.findall(text[:20000])
    return sum(map(_differs, han)) * 50 > len(han)


def simplify(text: str) -> Iterator[Change]:
    """Traditional to Simplified: 縣 is 县. Each run of changed characters is one change."""
    converted = simplified(text)
    if converted == text:
        return
    if len(converted) == len(text):
        yield from _runs(text, converted, 0)
        return
    # A phrase of another length: align each run of Han by itself, the others stay one to one.
    for match in _PIECE.finditer(text):
        before, after = match[0], simplified(match[0])
        runs = _runs if len(before) == len(after) else _aligned
        yield from runs(before, after, match.start())


def _runs(before: str, after: str, offset: int) -> Iterator[Change]:
    start = -1
    for i, (a, b) in enumerate(zip(before, after, strict=True)):
        if a != b and start < 0:
            start = i
        elif a == b and start >= 0:
            yield Change(offset + start, offset + i, after[start:i])
            start = -1
    if start >= 0:
        yield Change(offset + start, offset + len(before), after[start:])


def _aligned(before: str, after: str, offset: int) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield Change(offset + i, offset + j, after[k:m])


def zhe_as_marker(text: str) -> Iterator[Change]:
    """The particle 着 written 著, as Traditional pages have it: 看著 is 看着, 著名 stays.

    On a page in Traditional script only: a Simplified page writes 著 for zhù alone.
    """
    if "著" not in text or not is_traditional(text):
        return
    stays = {i for m in _ZHU.finditer(text) for i in range(m.start(), m.end())}
    for match in re.finditer("著", text):
        if match.start() not in stays:
            yield Change(match.start(), match.end(), "着")
