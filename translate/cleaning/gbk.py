"""GBK as bytes: which pairs are characters, and what a decoder makes of the rest."""

from __future__ import annotations

import unicodedata
from functools import cache

from translate.cleaning.readings import bare, normal, readings_of
from translate.cleaning.script import simplified

__all__ = [
    "LEADS",
    "TRAILS",
    "decoded",
    "encoded",
    "plain",
    "to_simplified",
    "with_reading",
]

LEADS = tuple(range(0x81, 0xFF))
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def _pairs() -> dict[tuple[int, int], str]:
    """Every pair of bytes that decodes, by GB 18030: GBK and its user-defined areas."""
    pairs = [(lead, trail) for lead in LEADS for trail in TRAILS]
    chars = (bytes(pair).decode("gb18030", "ignore") for pair in pairs)
    return {pair: char for pair, char in zip(pairs, chars, strict=True) if len(char) == 1}


def decoded(lead: int, trail: int) -> str:
    """The character of a pair of bytes, also a private one; empty if there is none."""
    return _pairs().get((lead, trail), "")


@cache
def _plain() -> dict[tuple[int, int], str]:
    return {pair: c for pair, c in _pairs().items() if unicodedata.category(c) != "Co"}


def plain(lead: int, trail: int) -> str:
    """The character of a pair, if it can stand in a text: not private, not undefined."""
    return _plain().get((lead, trail), "")


@cache
def encoded(char: str) -> tuple[int, int] | None:
    """The two bytes of a character; None if GBK has not got it, or it is ASCII."""
    try:
        code = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (code[0], code[1]) if len(code) == 2 else None


@cache
def _to_simplified() -> dict[str, str]:
    chars = [c for c in _plain().values() if c != "\n"]
    # One a line, so that no phrase of OpenCC's spans two of them.
    return dict(zip(chars, simplified("\n".join(chars)).split("\n"), strict=True))


def to_simplified(text: str) -> str:
    """A text in Simplified characters, each by itself (no phrases)."""
    table = _to_simplified()
    return "".join([table.get(c, c) for c in text])


@cache
def _by_reading() -> dict[str, list[tuple[int, int, str]]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for (lead, trail), char in _plain().items():
        readings = readings_of(char)
        for reading in readings | {bare(r) for r in readings}:
            found.setdefault(reading, []).append((lead, trail, char))
    return found


def with_reading(reading: str) -> list[tuple[int, int, str]]:
    """The characters of GBK that have a reading, with or without its tone, and their bytes."""
    return _by_reading().get(normal(reading), [])
