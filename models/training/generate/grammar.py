"""Patterns and slots to pairs, with the spans of what was filled in."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.generate.slots import FILLERS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_SLOT = re.compile(r"\{(\^?)([a-z]+)(\d*)\}")
# What the product tags: the others are words of the sentence.
_TAGGABLE = frozenset(
    "person place town village chain amount thing people percent points money price area weight"
    " length rain degrees years post slogan measure rate".split()
)
_SHARES = {"figure": 5, "name": 4, "place": 2, "list": 3}


@dataclass(frozen=True, slots=True)
class Generated:
    """A pair; ``spans`` are (start, end, from, to), offsets in ``zh`` and ``en``."""

    zh: str
    en: str
    spans: tuple[tuple[int, int, int, int], ...]


class Generator:
    """Pairs from the packaged grammar; pair ``i`` depends on the seed and ``i`` alone."""

    def __init__(self, seed: int) -> None:
        with (Path(__file__).parent / "grammar.toml").open("rb") as file:
            self._words: dict[str, Any] = tomllib.load(file)
        self._patterns: dict[str, list[list[str]]] = self._words.pop("patterns")
        self._seed = seed

    def pair(self, i: int) -> Generated:
        """Pair ``i``."""
        rng = random.Random(f"{self._seed} generated {i}")
        kind = rng.choices(list(_SHARES), list(_SHARES.values()))[0]
        zh, en = rng.choice(self._patterns[kind])
        return self.fill(zh, en, rng)

    def patterns(self) -> Iterator[tuple[str, str]]:
        """All patterns, for tests."""
        for rows in self._patterns.values():
            yield from ((zh, en) for zh, en in rows)

    def fill(self, zh: str, en: str, rng: random.Random) -> Generated:
        """Fill a pattern; a slot of the same name and number has the same filling on both sides."""
        filled: dict[str, tuple[str, str]] = {}
        used: set[str] = set()
        for match in _SLOT.finditer(zh):
            name = match[2]
            value = FILLERS[name](self._words, rng)
            for _ in range(9):
                if value[0] not in used:
                    break
                value = FILLERS[name](self._words, rng)
            used.add(value[0])
            filled[name + match[3]] = value
        zh_text, zh_spans = _write(zh, {k: v[0] for k, v in filled.items()})
        en_text, en_spans = _write(en, {k: v[1] for k, v in filled.items()})
        spans = [
            (*zh_spans[key], *en_spans[key])
            for key in zh_spans
            if key in en_spans and key.rstrip("0123456789") in _TAGGABLE
        ]
        return Generated(zh_text, en_text, tuple(sorted(spans)))


def _write(pattern: str, filled: dict[str, str]) -> tuple[str, dict[str, tuple[int, int]]]:
    out, done = "", 0
    spans: dict[str, tuple[int, int]] = {}
    for match in _SLOT.finditer(pattern):
        out += pattern[done : match.start()]
        text = filled[match[2] + match[3]]
        if match[1]:
            text = text[:1].upper() + text[1:]
        spans[match[2] + match[3]] = (len(out), len(out) + len(text))
        out += text
        done = match.end()
    return out + pattern[done:], spans
