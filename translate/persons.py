"""Persons in a report: which characters are somebody's name, and how it is spelled.

A name is first found where its surroundings say so (县委书记韩寿山说). Once found it is known through
the whole report, also where nothing else points to it; and of 王元 and 王元看 the one wins that
fits all its places. See ``translate.spans`` for the evidence of a single place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from translate.pinyin import surnames
from translate.spans import PAD, context, score, weights

Span = tuple[int, int, int]  # start, where the given name begins, end: offsets in a context
# Log-odds of one place from which on a name is believed without other evidence, and down to
# which a name believed elsewhere in the report is still taken for that name here.
THRESHOLD = 0.0
AGAIN = {1: -3.0, 2: -6.0}  # by the length of the given name: 高兴 is a word more often than 高兴旺
_HAN = r"[\u4e00-\u9fff]"


@cache
def _pattern() -> re.Pattern[str]:
    """A surname and a Han character after it, anywhere (a look-ahead: overlaps)."""
    double = "|".join(name for name in surnames() if len(name) == 2)
    single = "".join(name for name in surnames() if len(name) == 1)
    return re.compile(f"(?=((?:{double})?)([{single}]?){_HAN})")


def person_candidates(text: str) -> list[list[Span]]:
    """Spans that could be a person by their surname, those with one start together.

    ``text`` is a ``context``.
    """
    groups = []
    for match in _pattern().finditer(text):
        start = match.start()
        group = []
        for size in (len(match[1]), 1 if text[start] in surnames() else 0):
            if not size:
                continue
            for length in (1, 2):
                end = start + size + length
                if all("\u4e00" <= char <= "\u9fff" for char in text[start + size : end]):
                    group.append((start, start + size, end))
        if group:
            groups.append(group)
    return groups


def person_features(text: str, start: int, given: int, end: int) -> list[str]:
    """What speaks for or against ``text[start:end]`` as a person, given name at ``given``.

    ``text`` is a ``context``.
    """
    name = text[given:end]
    size = str(end - given)
    before = text[start - 4 : start]
    after = text[end : end + 3]
    features = [
        "n" + size,
        "s" + text[start:given],
        "l" + before[-1],
        "m" + before[-2:],
        "o" + before[-3:],
        "p" + before,
        "r" + after[0],
        "t" + after[:2],
        "u" + after,
        "v" + size + after[0],
        "b" + text[start : given + 1],
        "x" + text[end - 1 : end + 1],
        "y" + before[-1] + text[start],
        "z" + text[end - 1 : end + 2],
        "q" + text[start:end],
        *("a" + char for char in name),
    ]
    if len(name) == 1:
        features.append("c" + name)
    else:
        features += ["d" + name[0], "e" + name[1], "g" + name]
    return features


def known_persons(texts: Sequence[str]) -> dict[str, int]:
    """The persons of a report, each with where its given name begins.

    Args:
        texts: The paragraphs of the report.
    """
    table = weights("person")
    best: dict[str, float] = {}
    total: dict[str, float] = defaultdict(float)
    given_at: dict[str, int] = {}
    for text in texts:
        padded = context(text)
        for group in person_candidates(padded):
            for start, given, end in group:
                value = score(person_features(padded, start, given, end), table)
                if value > AGAIN[2]:
                    name = padded[start:end]
                    best[name] = max(value, best.get(name, value))
                    total[name] += max(value, -1.0)
                    given_at[name] = given - start
    strong = {name for name, value in best.items() if value > THRESHOLD}
    return {name: given_at[name] for name in strong if not _is_part(name, strong, best, total)}


def _is_part(name: str, strong: set[str], best: dict[str, float], total: dict[str, float]) -> bool:
    """Whether a longer or a shorter reading of the same characters explains the report better."""
    rivals = [other for other in strong if other != name and (name in other or other in name)]
    return any(total[other] > total[name] and best[other] > best[name] for other in rivals)


def find_persons(text: str, known: dict[str, int]) -> list[Span]:
    """Where the known persons stand in ``text``: offsets in it, in order, none overlapping."""
    table = weights("person")
    padded = context(text)
    scored = []
    for group in person_candidates(padded):
        for start, given, end in group:
            name = padded[start:end]
            if known.get(name) != given - start:
                continue
            value = score(person_features(padded, start, given, end), table)
            if value > AGAIN[min(end - given, 2)]:
                scored.append((value, start, given, end))
    chosen: list[Span] = []
    used = bytearray(len(padded))
    for _, start, given, end in sorted(scored, key=lambda item: (-item[0], item[1])):
        if not any(used[start:end]):
            used[start:end] = b"\x01" * (end - start)
            chosen.append((start - PAD, given - PAD, end - PAD))
    return sorted(chosen)
