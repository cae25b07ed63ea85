"""Where a place could stand by its type word, and what speaks for each reading.

The candidates and features are those that ``data/fit_spans.py`` fits ``data/place_weights.tsv``
on; ``places`` adds what the report and the gazetteer know.
"""

from __future__ import annotations

import re

from translate.naming.gazetteer import gazetteer
from translate.naming.place_forms import TYPES
from translate.naming.running_words import running_words
from translate.naming.spans import Lexicon, is_han

Span = tuple[int, int, int]  # start, where the type begins, end: offsets in a context
MAX_STEM = 5

_TYPE = re.compile("(?=(" + "|".join(sorted(TYPES, key=len, reverse=True)) + "))")
_INHABITED = frozenset(("村", "镇", "乡", "县", "街道", "社区", "小区"))
_ORDINAL = re.compile("第[一二三四五六七八九十百0-9]+")
_LANDSCAPE = frozenset("江河湖山海林田草沙库湾水路村")


def known_with_one_character(stem: str, kind: str) -> bool:
    """Whether a stem of one character is known with this type: 单县, 渭河."""
    known = gazetteer()
    return stem in known.typed.get(kind, ()) or stem + kind in known.spelled


def place_candidates(text: str) -> list[list[Span]]:
    """Spans that could be a place by their type, those with one end together.

    ``text`` is a ``context``.
    """
    groups = []
    for match in _TYPE.finditer(text):
        suffix = match.start()
        group = []
        for start in range(suffix - 1, max(suffix - 1 - MAX_STEM, -1), -1):
            if not is_han(text[start]):
                break
            if _LANDSCAPE.issuperset(text[start : match.end(1)]):
                continue  # 江河湖, 山水林田湖: all landscape, no name
            if suffix - start == 1 and not known_with_one_character(text[start], match[1]):
                continue
            if _is_generic(text, start, suffix, match[1]):
                continue
            group.append((start, suffix, match.end(1)))
        if group:
            groups.append(group)
    return groups


def _is_generic(text: str, start: int, suffix: int, kind: str) -> bool:
    """Whether no place can have this type here: 夜市, 库区, 上访村, 第二社区, 茶水省."""
    if kind == "街" and text.startswith("区", suffix + 1):
        return True
    if text.startswith(("市场", "市容"), suffix) or text.startswith("门市部", suffix - 1):
        return True
    if text[suffix - 1] == "团" and text.startswith("委", suffix + len(kind)):
        return True  # 团市委
    stem = text[start:suffix]
    if stem in gazetteer().typed.get(kind, ()):
        return False
    words = running_words().words
    if kind == "省":  # There are no others; those of other countries stand after these.
        return not any(text[start - n : start] in gazetteer().whole for n in (2, 3, 4))
    if kind == "市" and text.startswith("县", suffix + 1) and text[suffix + 2] not in "域委":
        return True  # 沿江市县
    if kind in ("市", "区"):
        return text[suffix - 1] + kind in words["cities" if kind == "市" else "districts"]
    if kind == "镇" and text[suffix - 1] + kind in words["towns"]:
        return True
    if kind in _INHABITED:
        ends = any(stem[at:] in words["epithets"] for at in range(len(stem) - 1))
        return ends or _ORDINAL.fullmatch(stem) is not None
    return False


def place_features(text: str, start: int, suffix: int, end: int, words: Lexicon) -> list[str]:
    """What speaks for or against ``text[start:end]`` as a place, its type at ``suffix``.

    ``text`` is a ``context``; 商南县 has its stem 商南 before ``suffix`` and 县 after it. ``words``
    is ``spans.lexicon``.
    """
    kind = text[suffix:end]
    stem = text[start:suffix]
    before = text[start - 3 : start]
    after = text[end : end + 2]
    known = gazetteer()
    pairs = words.pairs
    size = str(suffix - start)
    torn = "".join(
        "01"[text[i : i + 2] in pairs] for i in (start - 2, start - 1, suffix - 1, end - 1)
    )
    inner = str(sum(text[i : i + 2] in pairs for i in range(start, suffix - 1)))
    features = [
        "k" + kind,
        "n" + size + kind,
        "l" + before[-1],
        "m" + before[-2:],
        "o" + before,
        "r" + after[0],
        "t" + after,
        "f" + stem[0],
        "h" + stem[:2],
        "j" + stem[-1],
        "w" + stem[-1] + kind,
        "i" + stem[-2:] + kind,
        "q" + stem + kind,
        "y" + before[-1] + stem[0],
        "W" + torn,
        "E" + torn[:2],
        "I" + size + inner,
        "F" + text[suffix - 1] + kind + after[0],
        *("c" + char for char in stem),
        *("b" + stem[i : i + 2] for i in range(len(stem) - 1)),
    ]
    if stem in known.typed.get(kind, ()):
        features.append("G")
    if any(stem[:size] in known.whole for size in range(2, len(stem))):
        features.append("H")
    if any(before[-size:] in known.whole for size in (2, 3)):
        features.append("B")
    return features
