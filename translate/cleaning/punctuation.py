"""Punctuation among Chinese characters: width, quotation marks, brackets, dots and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.cleaning.change import HAN, Change

__all__ = ["brackets", "corner_quotes", "dots_and_dashes", "half_width_marks", "straight_quotes"]

_CHINESE = f"{HAN}、。，；：？！…—“”‘’（）《》〈〉【】·％％～"
_WIDE = str.maketrans(",;:?!", "，；：？！")

# A mark is widened when Chinese stands before it, whatever follows (2000人次,2024年), or when
# Chinese follows a figure or a Latin word (增长8.7%,达到 and AI:让). 1,683 and 9:00 have neither.
_HALF = re.compile(
    f"(?<=[{_CHINESE}])[,;:?!]+|(?<=[0-9A-Za-z%‰)\\]}}+])[,;:?!]+(?=[{_CHINESE}])|"
    "(?<=[0-9A-Za-z%‰)\\]])[;?!]+$",
    re.MULTILINE,
)
# Nothing is changed inside an address.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[!-~]+|(?<![A-Za-z0-9])www\.[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"
)
_ROUND = re.compile(r"\(([^()\n]{0,200})\)")
_STOP = re.compile(f"(?<=[{HAN}])\\.(?=[”’]?$)", re.MULTILINE)
_DOTS = re.compile(f"(?<=[{_CHINESE}])(?:\\.{{3,}}|。{{3,}}|·{{3,}}|…(?!…)(?<!……))")
_DASH = re.compile(f"(?<=[{_CHINESE}])(?:-{{2,}}|―{{1,2}}|─{{2,}}|—(?!—)(?<!——))(?=[{_CHINESE}])")

_CORNERS = re.compile("[「」『』﹁﹂﹃﹄]|\n")
_STRAIGHT = re.compile('["＂]')


def half_width_marks(text: str) -> Iterator[Change]:
    """Half-width , ; : ? ! among Han to full-width; not in figures, times, English, addresses."""
    addresses = [m.span() for m in _ADDRESS.finditer(text)]
    place = 0
    for match in _HALF.finditer(text):
        while place < len(addresses) and addresses[place][1] <= match.start():
            place += 1
        if place == len(addresses) or match.start() < addresses[place][0]:
            yield Change(match.start(), match.end(), match[0].translate(_WIDE))


def brackets(text: str) -> Iterator[Change]:
    """Round brackets around Chinese to full-width: (試行) is （試行）; (PPP) stays."""
    for match in _ROUND.finditer(text):
        if re.search(f"[{HAN}]", match[1]):
            yield Change(match.start(), match.start() + 1, "（")
            yield Change(match.end() - 1, match.end(), "）")


def dots_and_dashes(text: str) -> Iterator[Change]:
    """``...`` to …… and ``--`` to —— after Han; a full stop that ends a line to 。."""
    found = [Change(m.start(), m.end(), "。") for m in _STOP.finditer(text)]
    found += [Change(m.start(), m.end(), "……") for m in _DOTS.finditer(text)]
    found += [Change(m.start(), m.end(), "——") for m in _DASH.finditer(text)]
    yield from sorted(found, key=lambda change: change.start)


def corner_quotes(text: str) -> Iterator[Change]:
    """Traditional quotation marks to those of the mainland: 「」 to “”, 『』 inside to ‘’."""
    depth = 0
    for match in _CORNERS.finditer(text):
        char = match[0]
        if char == "\n":
            depth = 0
            continue
        single = char in "『』﹃﹄"
        opening = char in "「『﹁﹃"
        if single:
            after = ("‘" if opening else "’") if depth else ("“" if opening else "”")
        else:
            depth = max(0, depth + (1 if opening else -1))
            after = "“" if opening else "”"
        yield Change(match.start(), match.end(), after)


def straight_quotes(text: str) -> Iterator[Change]:
    """Straight double quotes around Chinese to “ ”, where a line pairs them beyond doubt.

    Their number in the line must be even, and each pair must hold Han and no space at its edge.
    """
    start = 0
    for line in text.split("\n"):
        places = [m.start() for m in _STRAIGHT.finditer(line)]
        if places and len(places) % 2 == 0:
            pairs = list(zip(places[::2], places[1::2], strict=True))
            if all(_quotes_han(line[a + 1 : b]) for a, b in pairs):
                for a, b in pairs:
                    yield Change(start + a, start + a + 1, "“")
                    yield Change(start + b, start + b + 1, "”")
        start += len(line) + 1


def _quotes_han(inside: str) -> bool:
    return bool(re.search(f"[{HAN}]", inside)) and inside == inside.strip()
