"""Lost bytes: stretches that a site spoiled by editing raw GBK bytes, put right again.

``translate.damage`` says how the damage arises. Here its traces are looked for
(``cleaning.traces``); around each a beam search (``cleaning.beam``) collects the originals that
would have printed just so; and the character model judges between them (``cleaning.verdict``).
Where one wins clearly it replaces what is printed. Else the best is used and flagged with the
others, or, where the page as printed is as likely, the print stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate import charmodel
from translate.cleaning.beam import Search
from translate.cleaning.change import Change
from translate.cleaning.originals import Clues, State
from translate.cleaning.page import PageModel
from translate.cleaning.traces import TELLING, clues_of, traces
from translate.cleaning.verdict import decide

__all__ = ["lost_bytes"]

# The search begins this far before a trace, and goes on until it has seen this much sound text
# behind the last one; a stretch longer than _LONGEST is given up.
_BEFORE = 10
_AFTER = 3
_LONGEST = 120
# On how many states the rarer explanations are tried.
_CURIOUS = 9
# How many searches a text may cost, and one more for so many characters: a real page needs a dozen,
# and a hostile one must not take all day.
_SEARCHES = 100
_PER_SEARCH = 2000


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
    for match in TELLING.finditer(text, start, end):
        yield Change(match.start(), match.end(), match[0], candidates=())


def _repairs(text: str) -> Iterator[Change]:
    found = sorted(traces(text))
    if not found:
        return
    clues = clues_of(text)
    model = PageModel(charmodel.load(), text, found)
    done = 0
    budget = _SEARCHES + len(text) // _PER_SEARCH
    for place, trace in enumerate(found):
        if trace < done:
            continue
        if not budget:
            return
        budget -= 1
        start = max(text.rfind("\n", 0, trace) + 1, done, trace - 60)
        stop = text.find("\n", trace, trace + 4 * _LONGEST)
        line = text[start : stop if stop >= 0 else trace + 4 * _LONGEST]
        later = [t - start for t in found[place : place + 60] if t < start + len(line)]
        changes, end = _repair(line, later, clues, model)
        for c in changes:
            at = tuple(start + i for i in c.at)
            yield Change(start + c.start, start + c.end, c.after, at, c.candidates)
        done = start + end


def _repair(
    line: str, found: list[int], clues: Clues, model: PageModel
) -> tuple[list[Change], int]:
    """The changes around the first trace (and those close behind it), and where they end."""
    search = Search(line, model, clues, _CURIOUS)
    start, states, stop = _search(search, found)
    if not states:
        return [], found[0] + 1
    return list(decide(line, start, stop, states, model)), stop


def _search(search: Search, found: list[int]) -> tuple[int, list[State], int]:
    """Run a search until the text is sound again: its start, the sound originals, its end."""
    line = search.line
    start = max(0, found[0] - _BEFORE)
    search.begin(start)
    waiting = iter(found)
    trace = next(waiting)
    for i in range(start, min(len(line), start + _LONGEST) + 1):
        whole = not search.in_flight()
        states = search.step(i)
        while trace < i:
            trace = next(waiting, len(line) + _AFTER + 1)
        if i == len(line) or (
            whole and i > found[0] and trace > i + _AFTER and _settled(states, i)
        ):
            return start, [s for s in states if not s.lead], i
    return start, [], start


def _settled(states: list[State], i: int) -> bool:
    """Whether all likely states have been sound for a while."""
    if not states:
        return False
    best = states[0].cost
    return all(not s.lead and s.hit <= i - _AFTER for s in states if s.cost < best + 8.0)
