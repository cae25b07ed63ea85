"""Text without its quotation marks and stray spaces, and the way back to it.

A term is the same term with a part of it quoted (民生“吹哨”、部门“报到”) or, in a headline, with a
space in it; all else in a text means something.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_OPENING, _CLOSING = "“‘「『〝", "”’」』〞"
_QUOTES = f"{_OPENING}{_CLOSING}\"'"
_COMMAS = "、，,·"
GAP = re.compile(f"[{_QUOTES} ]")
GAP_OR_COMMA = re.compile(f"[{_QUOTES}{_COMMAS} ]")


class Bare:
    """Text with some characters taken out, and the way back.

    From bare offset ``kept[i]`` on, ``i`` characters are missing before. ``gaps`` is their number.
    """

    __slots__ = ("_cuts", "gaps", "kept", "text")

    def __init__(self, text: str, gaps: re.Pattern[str] = GAP) -> None:
        cuts = [gap.start() for gap in gaps.finditer(text)]
        if " " in text:
            cuts = [cut for cut in cuts if text[cut] != " " or _is_stray(text, cut)]
            starts = [0, *(cut + 1 for cut in cuts)]
            self.text = "".join(map(text.__getitem__, map(slice, starts, [*cuts, len(text)])))
        else:
            self.text = gaps.sub("", text) if cuts else text
        self.gaps, self._cuts = len(cuts), cuts
        self.kept = [0, *(cut - i for i, cut in enumerate(cuts))]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original, without what was cut around it."""
        kept = self.kept
        return start + bisect_right(kept, start) - 1, end + bisect_right(kept, end - 1) - 1

    def bare(self, offset: int) -> int:
        """The bare offset of a kept character of the original."""
        return offset - bisect_left(self._cuts, offset)

    def first_gap(self, start: int, end: int) -> int:
        """The first bare offset strictly inside a span where something was cut; -1: nowhere."""
        index = bisect_left(self.kept, start + 1)
        inside = index < len(self.kept) and self.kept[index] < end
        return self.kept[index] if inside else -1


def _is_stray(text: str, index: int) -> bool:
    """Whether a space is single and beside Chinese.

    Between English words a space means something, and two spaces are layout.
    """
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return " " not in (before, after) and not (before.isascii() and after.isascii())


def strip_gaps(key: str) -> str:
    """``key`` without what :class:`Bare` leaves out."""
    return Bare(key).text if GAP.search(key) else key


def strip_all(text: str) -> str:
    """``text`` without quotation marks, commas and any spaces."""
    return GAP_OR_COMMA.sub("", text)


def breaks(key: str) -> frozenset[int]:
    """Where ``key`` has commas, as offsets in it without its commas."""
    cuts, kept = set(), 0
    for char in key:
        if char in _COMMAS:
            cuts.add(kept)
        else:
            kept += 1
    return frozenset(cuts)


def gaps_allowed(span: str, breaks: frozenset[int]) -> bool:
    """Whether the loose characters inside ``span`` stand where they may.

    Quotation marks and single spaces may stand anywhere; commas only where the form has one.
    """
    offset = 0
    for char in span:
        if char in _COMMAS:
            if offset not in breaks:
                return False
        elif char not in _QUOTES and char != " ":
            offset += 1
    return "  " not in span


def balance(folded: str, start: int, end: int) -> tuple[int, int]:
    """The span with the one quotation mark taken in that would be left without its fellow."""
    span = folded[start:end]
    opened = sum(c in _OPENING for c in span) - sum(c in _CLOSING for c in span)
    if opened > 0 and end < len(folded) and folded[end] in _CLOSING:
        return start, end + 1
    if opened < 0 and start and folded[start - 1] in _OPENING:
        return start - 1, end
    return start, end
