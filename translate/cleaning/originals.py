"""Originals so far: the bytes that a damaged stretch may have been, made into characters.

A state is an original up to an offset: its characters, and perhaps a lead byte that waits for the
second one. What is not known for certain is a set of possible bytes. Each state has a cost: what
the character model says of its characters, and what its departures from the page as printed are
thought to cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from translate.charmodel import CONTEXT, EDGE, symbol
from translate.cleaning.gbk import encoded, plain, to_simplified
from translate.cleaning.page import PageModel
from translate.cleaning.script import traditional

__all__ = ["MARKS", "Bytes", "Clues", "Originals", "Piece", "State", "code", "pruned"]

# How a byte that could not be decoded is printed.
MARKS = "?？\ufffd□■\x80€\ue5e5"

# What departures cost, in nats, apart from what the character model says. Set by hand on damaged
# corpus text; not sensitive within 1 or 2.
_ENTER = 2.5  # damage begins here
_UNANNOTATED = 5.0  # the page annotates this character elsewhere, but not here
_UNREPLACED = 4.0  # the page replaces this pair elsewhere, but not here
_SIMPLIFIED = 2.5  # a Simplified character on a Traditional page
_UNKNOWN = 8.0  # a mark stands for a character that nothing tells
_SHORT = 3.0  # a sentence ends after a clause of fewer than four characters
_CLAUSE = frozenset("，。；：！？,;:!?“”‘’")

# How many states are kept at an offset, and how far behind the best they may be.
_WIDTH = 30
_BEHIND = 10.0
# How many states are kept that go on alike, differing in what came before.
_ALIKE = 9
# Two bytes in a row that are both unknown are not followed beyond this many combinations,
# and of the characters that a byte and a set of bytes can make, this many.
_COMBINED = 600
_TRIED = 8

# The values that a byte can have.
Bytes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rest of the page says about the site that damaged it.

    Attributes:
        traditional: the page is in Traditional script.
        annotated: the characters that have a reading in brackets somewhere.
        replaced: second bytes xx of A3xx that the site replaces by ASCII.
        kept: second bytes xx of A3xx that it leaves alone inside a pair of characters.
        swallows: a mark takes the bracket behind it along (``?yàn)``).
    """

    traditional: bool
    annotated: frozenset[str]
    replaced: frozenset[int]
    kept: frozenset[int]
    swallows: bool


class Piece(NamedTuple):
    """One character of an original: where in the printed text it begins, whether as printed."""

    char: str
    at: int
    as_printed: bool


class State(NamedTuple):
    """An original so far. ``pieces`` is a linked list, last first."""

    cost: float
    lead: Bytes  # the values that a waiting lead byte can have; empty if none waits
    lead_at: int  # where it was printed
    context: str  # the last symbols, for the character model
    last: str  # the last character
    byte: int  # the last byte, if it is certain and nothing was inserted after it, else -1
    split: bool  # a reading was inserted between the waiting lead byte and its second one
    owes: bool  # the last two bytes are a character that the page annotates
    hit: int  # the last offset found damaged, -1 if none
    pieces: tuple[Piece, object] | None

    def output(self) -> list[Piece]:
        """The pieces in reading order."""
        found: list[Piece] = []
        node: object = self.pieces
        while isinstance(node, tuple):
            found.append(node[0])
            node = node[1]
        return found[::-1]


@cache
def _scored(char: str) -> str:
    return symbol(to_simplified(char))


@cache
def code(char: str) -> tuple[int, int] | None:
    """The bytes of a character; those of the full-width one for ASCII, which it was."""
    if char.isascii():
        return (0xA3, ord(char) + 0x80) if char > " " else None
    return encoded(char)


@cache
def _simplified_only(char: str) -> bool:
    return to_simplified(char) == char and traditional(char) != (char,)


@lru_cache(maxsize=4096)
def _made(leads: Bytes, trails: Bytes) -> dict[str, list[str]]:
    """The characters that two bytes can make, by their symbols for the character model."""
    found: dict[str, list[str]] = {}
    for lead in leads:
        for trail in trails:
            if char := plain(lead, trail):
                found.setdefault(_scored(char), []).append(char)
    return found


class Originals:
    """Adds bytes to the originals of one line."""

    def __init__(self, line: str, model: PageModel, clues: Clues) -> None:
        """Take the line as printed, the judge, and what the page says about the site."""
        self.line = line
        self.model = model
        self.clues = clues
        self._likely: dict[tuple[str, Bytes, Bytes], list[str]] = {}

    def first(self, start: int) -> State:
        """The state at an offset where the text is sound."""
        before = EDGE * CONTEXT + "".join(map(_scored, self.line[max(0, start - CONTEXT) : start]))
        return State(0.0, (), -1, before[-CONTEXT:], "", -1, False, False, -1, None)

    def feed(self, state: State, options: tuple[Bytes, ...], at: int) -> Iterator[State]:
        """Add bytes, each one of several; yields the originals that they can make."""
        states = [state]
        for bytes_ in options:
            states = [new for s in states for new in self._byte(s, bytes_, at)]
            if len(states) > _WIDTH:
                states = pruned(states)
        yield from states

    def _byte(self, state: State, options: Bytes, at: int) -> Iterator[State]:
        if state.owes:
            state = state._replace(cost=state.cost + _UNANNOTATED, owes=False)
        if not state.lead:
            # A set of several is always one of lead bytes.
            if len(options) > 1 or 0x81 <= options[0] <= 0xFE:
                yield self._begin(state, options, at)
            return
        if len(state.lead) * len(options) > _COMBINED:
            return
        for char in self._chars(state, options):
            yield self.put(state, char, state.lead_at, False)

    def _chars(self, state: State, trails: Bytes) -> Iterable[str]:
        """The characters that the waiting byte and another can make: the likely ones of many."""
        if len(state.lead) == len(trails) == 1:
            char = plain(state.lead[0], trails[0])
            return (char,) if char else ()
        key = state.context, state.lead, trails
        found = self._likely.get(key)
        if found is None:
            made = _made(state.lead, trails)
            kept: Iterable[str] = made
            if len(made) > _TRIED:
                kept = self.model.likeliest(state.context, made, _TRIED)
            found = self._likely[key] = [char for sym in kept for char in made[sym]]
        return found

    def _begin(self, state: State, leads: Bytes, at: int) -> State:
        """A lead byte, weighed against the byte before: would the site have edited the two?"""
        cost, owes, byte = state.cost, False, -1
        if len(leads) == 1:
            byte = leads[0]
            if state.byte >= 0:
                if state.byte == 0xA3 and byte in self.clues.replaced:
                    cost += _UNREPLACED
                owes = plain(state.byte, byte) in self.clues.annotated
        return state._replace(cost=cost, lead=leads, lead_at=at, byte=byte, split=False, owes=owes)

    def put(self, state: State, char: str, at: int, as_printed: bool) -> State:
        """The state with one more character, printed at an offset, as it stands there or not."""
        sym = _scored(char)
        context, cost = state.context, state.cost
        if char in MARKS and char not in "?？":
            cost += _UNKNOWN
            context = context[1:] + sym
        elif sym not in "0a" or context[-1] != sym:
            cost -= self.model.score(context, sym)
            context = context[1:] + sym
        owes = False
        if not as_printed:
            owes = not state.split and char in self.clues.annotated
            if self.clues.traditional and _simplified_only(char):
                cost += _SIMPLIFIED
            if char == "。" and (at < 4 or not _CLAUSE.isdisjoint(self.line[at - 3 : at])):
                cost += _SHORT
        pair = code(char)
        byte = pair[1] if pair else -1
        pieces = (Piece(char, at, as_printed), state.pieces)
        return State(cost, (), -1, context, char, byte, False, owes, state.hit, pieces)

    def hit(self, state: State, i: int, cost: float) -> State:
        """Note that the text at i is damaged."""
        if state.hit < 0 or (not state.lead and i > state.hit + 1):
            cost += _ENTER
        return state._replace(cost=state.cost + cost, hit=i)


def pruned(states: list[State]) -> list[State]:
    """The best states, and a few only of those that will go on alike."""
    if not states:
        return states
    states.sort(key=lambda state: state.cost)
    limit = states[0].cost + _BEHIND
    kept: list[State] = []
    alike: Counter[tuple[object, ...]] = Counter()
    for state in states:
        if state.cost > limit or len(kept) == _WIDTH:
            break
        key = (state.lead, state.context, state.last, state.split)
        alike[key] += 1
        if alike[key] <= _ALIKE:
            kept.append(state)
    return kept
