"""Parts of a sentence that is longer than the model knows, divided at clause boundaries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from translate.quotes import CLOSERS, Quoted

__all__ = ["split_long"]

_CONJUNCTION = re.compile(
    r"(?:并且?|而且?|但是?|同时|从而|进而|以及|以便|因此|所以|然而|不仅|还|也|又|使|让|推动|实现|"
    r"确保|形成|其中|通过|围绕|聚焦|坚持|组织|开展|建立|创新|持续|全力)"
)
_BREAK = re.compile(r"[。！？!?；;，,：:、…]+[”’」』）)》】]*|[的了]|\s+|(?=[“‘「（《])")
_WORD = re.compile(r"[A-Za-z0-9.%]")


def _weight(text: str, mark: re.Match[str]) -> float:
    """How good a break after ``mark`` is; clause boundaries first."""
    run = mark.group()
    if any(char in "。！？!?；;…" for char in run):
        return 10.0
    if any(char in "，," for char in run):
        return 7.5 if _CONJUNCTION.match(text, mark.end()) else 6.5
    if any(char in "：:" for char in run):
        return 5.0
    return 3.0 if "、" in run else 1.5 if run else 1.0


def _breaks(text: str, protected: Sequence[tuple[int, int]]) -> dict[int, float]:
    """Offsets where ``text`` may be divided, with weights; none inside a protected span."""
    quoted = Quoted(text)
    weights: dict[int, float] = {}
    for mark in _BREAK.finditer(text):
        at = mark.end()
        if 0 < at < len(text):
            inside = 4.0 if quoted.around(at) is not None and text[at - 1] not in CLOSERS else 0.0
            weights[at] = max(weights.get(at, -9.0), _weight(text, mark) - inside)
    for start, end in protected:
        for at in range(start + 1, end):
            weights[at] = -100.0
    for at in range(1, len(text)):
        if at not in weights and _WORD.match(text[at - 1]) and _WORD.match(text[at]):
            weights[at] = -3.0
    return weights


def _reach(text: str, start: int, count: Callable[[str], int], limit: int) -> int:
    """The furthest end found by halving such that ``text[start:end]`` has ``limit`` pieces."""
    low, high = start + 1, min(len(text), start + max(2, limit))
    while high < len(text) and count(text[start:high]) <= limit:
        low, high = high, min(len(text), start + 2 * (high - start))
    if high == len(text) and count(text[start:high]) <= limit:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if count(text[start:middle]) <= limit:
            low = middle
        else:
            high = middle
    return low


def split_long(
    text: str,
    count: Callable[[str], int],
    limit: int,
    protected: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[int, int], ...]:
    """Parts of ``text`` of at most ``limit`` pieces each, or ``()`` where it fits whole.

    Parts adjoin and cover ``text``; they are of about equal length, divided after ``；``, then
    ``，`` (best before a conjunction), ``：``, ``、``, ``的``, then anywhere but inside a word.
    A break inside a quote is taken only where no other is near, one inside a protected span
    only where the span alone is over the limit.

    Args:
        text: One sentence.
        count: How many pieces the model reads a string as.
        limit: The most pieces in a part, at least 1.
        protected: Spans of ``text`` (offsets) to keep whole, such as glossary terms.
    """
    total = count(text)
    if total <= limit or len(text) < 2:
        return ()
    weights = _breaks(text, protected)
    parts: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        reach = _reach(text, start, count, limit)
        end = reach if reach == len(text) else _choose(text, start, reach, total, limit, weights)
        while end > start + 1 and count(text[start:end]) > limit:
            end -= 1  # a prefix can need a piece more than the whole
        parts.append((start, end))
        start = end
    return tuple(parts)


def _choose(
    text: str, start: int, reach: int, total: int, limit: int, weights: dict[int, float]
) -> int:
    """The best break in ``(start, reach]``: heavy, and near an equal share of what is left."""
    left = len(text) - start
    share = left / max(1, -(-round(total * left / len(text)) // limit))
    target = min(float(reach - start), share)

    def merit(at: int) -> float:
        return weights.get(at, 0.0) - 9.0 * abs(at - start - target) / target

    return max(range(start + 1, reach + 1), key=merit)
