"""Which of the originals that were found is right, and whether that is sure."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from translate import charmodel
from translate.cleaning.change import Change, is_han
from translate.cleaning.gbk import to_simplified
from translate.cleaning.originals import Piece, State
from translate.cleaning.page import PageModel
from translate.cleaning.readings import READING
from translate.cleaning.traces import EVIDENCE

__all__ = ["decide"]

# An original is accepted without a flag when it has this share of the probability of all that were
# found, and is ahead of the others, in nats (2.3 is 90%, 4.6 is 99%), by so much for each nat that
# its oddest characters cost; more than _FAR counts no more. By logistic regression on the decisions
# for 1500 unseen sentences: 93% are right of those that just pass, 99% of all that pass.
_SHARE, _AHEAD, _FAR = 0.9, 0.7, 7.0
# Where its first byte is gone, a full stop is by far the commonest, more than the model says:
# of 85 such that had this share, one was wrong.
_SHARE_STOP = 0.8
# Text of the genre costs 4 nats a character. What costs more than this in the mean is no text.
_DULL = 10.5
# Where its oddest two characters cost more than this each, all of an original is in doubt, and not
# only where it differs from the others: they may all be wrong.
_ODD = 6.5
# Candidates that have less than this share are not shown, and so many at most.
_SHOWN = 0.003
_MOST = 8
# A guess that ends a sentence must be so many times as likely as one that doesn't.
_ENDING = 4.0
_ENDS = re.compile("[。！？!?]")


def decide(
    line: str, start: int, stop: int, states: list[State], model: PageModel
) -> Iterator[Change]:
    """Compare the originals of ``line[start:stop]`` region by region."""
    states = _in_view_of(line[stop : stop + 40], states, model)
    low = states[0].cost
    weights = [math.exp(low - s.cost) for s in states]
    outputs = [s.output() for s in states]
    total = sum(weights)
    for a, b in _regions(outputs[0], start, stop):
        if not EVIDENCE.search(READING.sub("", line[a:b])):
            continue
        mean, oddest = _dullness(outputs[0], a, b, model)
        if mean > _DULL:
            continue
        shares: dict[str, float] = defaultdict(float)
        readings: dict[str, list[Piece]] = {}
        for weight, output in zip(weights, outputs, strict=True):
            text = to_simplified(_between(output, a, b))
            shares[text] += weight / total
            readings.setdefault(text, [p for p in output if a <= p.at < b])
        sure = _sure(next(iter(readings)), shares, oddest)
        yield from _choose(readings, shares, (a, b), sure, oddest > _ODD)


def _sure(best: str, shares: dict[str, float], oddest: float) -> bool:
    """Whether an original can be used without a flag.

    Args:
        best: the likeliest original.
        shares: of the probability of all that were found, the print itself among them.
        oddest: what its two oddest characters in a row cost, in nats each: the less it reads like
            text, the more it must be ahead of the others.
    """
    share = shares[best]
    ahead = min(_FAR, -math.log(max(1 - share, 1e-9)))
    second = max(shares.keys() - {best}, key=shares.__getitem__, default="")
    return (share >= _SHARE and ahead >= _AHEAD * oddest) or (
        share >= _SHARE_STOP and _is_stop(best, second)
    )


def _is_stop(best: str, second: str) -> bool:
    """Whether all that is in question is 。 or a character in its place."""
    differing = [(a, b) for a, b in zip(best, second, strict=False) if a != b]
    return (
        len(best) == len(second)
        and len(differing) == 1
        and (differing[0][0] == "。" and is_han(differing[0][1]))
    )


def _in_view_of(rest: str, states: list[State], model: PageModel) -> list[State]:
    """The originals in a new order: what follows them tells too (淹。县纪委, not 淹海县纪委)."""
    behind = charmodel.symbols(to_simplified(READING.sub("", rest) + "\n"))[: charmodel.CONTEXT]
    if EVIDENCE.search(behind):
        return states
    weighed = []
    for state in states:
        context, cost = state.context, state.cost
        for sym in behind:
            cost -= model.score(context, sym)
            context = context[1:] + sym
        weighed.append(state._replace(cost=cost))
    return sorted(weighed, key=lambda state: state.cost)


def _regions(output: list[Piece], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The printed spans that an original reads otherwise."""
    first = -1
    for piece in output:
        if not piece.as_printed and first < 0:
            first = piece.at
        elif piece.as_printed and first >= 0:
            yield first, piece.at
            first = -1
    if first >= 0:
        yield first, end


def _dullness(output: list[Piece], a: int, b: int, model: PageModel) -> tuple[float, float]:
    """What an original costs a character, in nats: the best of many bad ones is no repair.

    Returns:
        The mean over the region, and over its worst two characters in a row.
    """
    n = charmodel.CONTEXT
    before = "".join([p.char for p in output if p.at < a])[-n:].rjust(n, charmodel.EDGE)
    inside = _between(output, a, b)
    after = "".join([p.char for p in output if p.at >= b])[:1]
    text = charmodel.symbols(to_simplified(before + inside + after))
    costs = [-model.score(text[max(0, i - n) : i], text[i]) for i in range(n, len(text))]
    pairs = [(one + two) / 2 for one, two in pairwise(costs)]
    return sum(costs) / max(1, len(costs)), max(pairs, default=costs[-1] if costs else 0.0)


def _between(output: list[Piece], a: int, b: int) -> str:
    return "".join([p.char for p in output if a <= p.at < b])


def _likely(shares: dict[str, float]) -> list[str]:
    """The originals to choose from, best first."""
    ranked = sorted(shares, key=lambda text: -shares[text])
    return [text for text in ranked[:_MOST] if shares[text] >= _SHOWN]


def _choose(
    readings: dict[str, list[Piece]],
    shares: dict[str, float],
    span: tuple[int, int],
    sure: bool,
    odd: bool,
) -> Iterator[Change]:
    """The change to the first of some originals, flagged where it is not sure."""
    best = next(iter(readings))
    shown = _likely(shares)
    if not sure:
        best = _unended(best, shown, shares)
    pieces = readings[best]
    after = "".join([p.char for p in pieces])
    at = tuple(p.at for p in pieces)
    a, b = span
    if sure or odd or len(shown) < 2:
        yield Change(a, b, after, at, None if sure else tuple(shown) or (best,))
        return
    # Only where they differ is in doubt.
    head = _common(shown)
    tail = _common([text[head:][::-1] for text in shown])
    if head + tail == min(map(len, shown)) and head:
        head -= 1  # so that no candidate is empty
    middle = len(after) - tail
    cut = at[middle] if tail else b
    if head:
        yield Change(a, at[head] if head < len(at) else cut, after[:head], at[:head])
    doubt = at[head] if head < len(at) else cut
    candidates = tuple(t[head : len(t) - tail] for t in shown)
    yield Change(doubt, cut, after[head:middle], at[head:middle], candidates)
    if tail:
        yield Change(cut, b, after[middle:], at[middle:])


def _unended(best: str, shown: list[str], shares: dict[str, float]) -> str:
    """The guess to use meanwhile: one that cuts a sentence in two must be much the likeliest.

    A wrong 。 spoils two sentences, any other wrong character one.
    """
    fewest = min(shown, key=lambda text: len(_ENDS.findall(text)), default=best)
    ends = len(_ENDS.findall(best)) > len(_ENDS.findall(fewest))
    return fewest if ends and shares[best] < _ENDING * shares[fewest] else best


def _common(texts: list[str]) -> int:
    """How many characters all texts begin with."""
    n = 0
    for column in zip(*texts, strict=False):
        if len(set(column)) > 1:
            break
        n += 1
    return n
