"""Lost bytes: stretches that a site spoiled by editing raw GBK bytes, put right again.

``translate.damage`` says how the damage arises. Here its traces are looked for; around each a
beam search (``cleaning.beam``) collects the originals that would have printed just so; and the
character model judges between them. Where one wins clearly it replaces what is printed. Else the
best is used and flagged with the others, or, where the page as printed is as likely, the
print stays.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator

from translate import charmodel
from translate.cleaning.beam import Clues, Piece, Search, State
from translate.cleaning.change import HAN, Change
from translate.cleaning.gbk import encoded, to_simplified
from translate.cleaning.readings import READING, is_reading
from translate.cleaning.script import is_traditional

__all__ = ["lost_bytes"]

# An original is accepted without a flag when it has this share of the probability of all that
# were found, the print itself among them.
SURE = 0.9
# Text of the genre costs 5 nats a character. A repair that costs more than _PLAIN is flagged, be it
# the only one; above _DULL it is no text.
_PLAIN, _DULL = 8.0, 10.5
# Candidates that have less than this share are not shown.
_SHOWN = 0.03
_MOST = 6

# The search begins this far before a trace, and goes on until it has seen this much sound text
# behind the last one; a stretch longer than _LONGEST is given up.
_BEFORE = 10
_AFTER = 3
_LONGEST = 120
# On how many states the rarer explanations are tried.
_CURIOUS = 3
# How many searches a text may cost, and one more for so many characters: a real page needs a dozen,
# and a hostile one must not take all day.
_SEARCHES = 100
_PER_SEARCH = 2000

_LETTERS = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹ"
# Marks of bytes that could not be decoded, and characters that no text has.
_LOST = re.compile("[\ufffd\x80\ue000-\uf8ff]")
# What is certainly damaged, if no repair was found.
_TELLING = re.compile(
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
_EVIDENCE = re.compile("[\ufffd\x80€\ue000-\uf8ff■□?？@-~]")
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


def lost_bytes(text: str) -> Iterator[Change]:
    """Stretches spoiled by edits on raw bytes: ``因?yàn)檫@`` is 因為這, ``??h委`` is 。縣委.

    What can't be repaired and yet was no text (a mark, a character of a private area) is
    flagged as it stands.
    """
    done = 0
    for change in _repairs(text):
        yield from _left(text, done, change.start)
        yield change
        done = change.end
    yield from _left(text, done, len(text))


def _left(text: str, start: int, end: int) -> Iterator[Change]:
    """Flags for what is certainly damaged between two repairs, but was not repaired."""
    for match in _TELLING.finditer(text, start, end):
        yield Change(match.start(), match.end(), match[0], candidates=())


def _repairs(text: str) -> Iterator[Change]:
    traces = sorted(_traces(text))
    if not traces:
        return
    clues = _clues(text)
    done = 0
    budget = _SEARCHES + len(text) // _PER_SEARCH
    for place, trace in enumerate(traces):
        if trace < done:
            continue
        if not budget:
            return
        budget -= 1
        start = max(text.rfind("\n", 0, trace) + 1, done, trace - 60)
        stop = text.find("\n", trace, trace + 4 * _LONGEST)
        line = text[start : stop if stop >= 0 else trace + 4 * _LONGEST]
        later = [t - start for t in traces[place : place + 60] if t < start + len(line)]
        changes, end = _repair(line, later, clues)
        for c in changes:
            at = tuple(start + i for i in c.at)
            yield Change(start + c.start, start + c.end, c.after, at, c.candidates)
        done = start + end


def _traces(text: str) -> set[int]:
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


def _clues(text: str) -> Clues:
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


def _repair(line: str, traces: list[int], clues: Clues) -> tuple[list[Change], int]:
    """The changes around the first trace (and those close behind it), and where they end."""
    search = Search(line, charmodel.load(), clues, _CURIOUS)
    start, states, stop = _search(search, traces)
    if not states:
        return [], traces[0] + 1
    changes = _decide(line, start, stop, states)
    return list(changes), stop


def _search(search: Search, traces: list[int]) -> tuple[int, list[State], int]:
    """Run a search until the text is sound again: its start, the sound originals, its end."""
    line = search.line
    start = max(0, traces[0] - _BEFORE)
    search.begin(start)
    waiting = iter(traces)
    trace = next(waiting)
    for i in range(start, min(len(line), start + _LONGEST) + 1):
        whole = not search.in_flight()
        states = search.step(i)
        while trace < i:
            trace = next(waiting, len(line) + _AFTER + 1)
        if i == len(line) or (
            whole and i > traces[0] and trace > i + _AFTER and _settled(states, i)
        ):
            return start, [s for s in states if not s.lead], i
    return start, [], start


def _settled(states: list[State], i: int) -> bool:
    """Whether all likely states have been sound for a while."""
    if not states:
        return False
    best = states[0].cost
    return all(not s.lead and s.hit <= i - _AFTER for s in states if s.cost < best + 8.0)


def _decide(line: str, start: int, stop: int, states: list[State]) -> Iterator[Change]:
    """Compare the originals of ``line[start:stop]`` region by region."""
    low = states[0].cost
    weights = [math.exp(low - s.cost) for s in states]
    outputs = [s.output() for s in states]
    total = sum(weights)
    for a, b in _regions(outputs[0], start, stop):
        if not _EVIDENCE.search(READING.sub("", line[a:b])):
            continue
        dullness = _dullness(outputs[0], a, b)
        if dullness > _DULL:
            continue
        shares: dict[str, float] = defaultdict(float)
        for weight, output in zip(weights, outputs, strict=True):
            shares[to_simplified(_between(output, a, b))] += weight / total
        pieces = [p for p in outputs[0] if a <= p.at < b]
        yield from _choose(pieces, shares, (a, b), dullness <= _PLAIN)


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


def _dullness(output: list[Piece], a: int, b: int) -> float:
    """What an original costs a character, in nats: the best of many bad ones is no repair."""
    n = charmodel.CONTEXT
    before = "".join([p.char for p in output if p.at < a])[-n:].rjust(n, charmodel.EDGE)
    inside = _between(output, a, b)
    after = "".join([p.char for p in output if p.at >= b])[:1]
    text = charmodel.symbols(to_simplified(before + inside + after))
    score = charmodel.load().score
    costs = [-score(text[max(0, i - n) : i], text[i]) for i in range(n, len(text))]
    return sum(costs) / max(1, len(costs))


def _between(output: list[Piece], a: int, b: int) -> str:
    return "".join([p.char for p in output if a <= p.at < b])


def _choose(
    pieces: list[Piece], shares: dict[str, float], span: tuple[int, int], plain: bool
) -> Iterator[Change]:
    """The change to the best original, flagged where it is not sure."""
    after = "".join([p.char for p in pieces])
    at = tuple(p.at for p in pieces)
    best = to_simplified(after)
    a, b = span
    if shares[best] >= SURE and plain:
        yield Change(a, b, after, at)
        return
    ranked = sorted(shares, key=lambda text: -shares[text])
    shown = [text for text in ranked[:_MOST] if shares[text] >= _SHOWN]
    if len(shown) < 2:
        yield Change(a, b, after, at, (best,))
        return
    # Only where they differ is in doubt.
    head = _common(shown)
    tail = _common([text[head:][::-1] for text in shown])
    if head + tail == min(map(len, shown)) and len(shown) > 1 and head:
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


def _common(texts: list[str]) -> int:
    """How many characters all texts begin with."""
    n = 0
    for column in zip(*texts, strict=False):
        if len(set(column)) > 1:
            break
        n += 1
    return n
