"""Search for the bytes that a damaged stretch of text was: the inverse of ``translate.damage``.

The printed characters are read from left to right. Each gives back the bytes that it can stand
for, and the bytes make up the original's characters, which begin elsewhere than the printed ones
do. A state is an original so far: its characters and perhaps a lead byte that waits for the second
one. What the decoder lost (a mark, a character that did not print) is a set of possible bytes.
Wherever a reading stands in brackets, the two bytes before it must be a character with that
reading. The character model orders the states; a beam bounds their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from translate.charmodel import CONTEXT, EDGE, CharModel, symbol
from translate.cleaning.gbk import (
    LEADS,
    decoded,
    encoded,
    plain,
    to_simplified,
    with_reading,
)
from translate.cleaning.readings import READING, is_reading
from translate.cleaning.script import traditional

__all__ = ["MARKS", "Clues", "Search", "State"]

# How a byte that could not be decoded is printed.
MARKS = "?？\ufffd□■\x80€\ue5e5"

# What each step away from the page as printed costs, in nats, apart from what the character model
# says. Set by hand on damaged corpus text; not sensitive within 1 or 2.
_ENTER = 2.5  # damage begins here
_MARK = 0.5  # a mark is a lead byte that lost its second
_MARK_ALONE = 9.0  # the same, where no ASCII follows that could explain it
_MARK_PAIR = 5.0  # a mark is a pair of the user-defined area
_SWALLOWED = 2.0  # a mark is such a byte and the punctuation behind it
_DROPPED = 2.0  # a pair printed as nothing
_DROPPED_MARK = 3.0  # a lead byte printed as nothing
_LETTER = 4.0  # a full-width letter or digit was replaced inside the bytes
_PREIMAGE = 3.0  # the page was converted to Traditional after the damage
_UNANNOTATED = 5.0  # the page annotates this character elsewhere, but not here
_UNREPLACED = 4.0  # the page replaces this pair elsewhere, but not here
_SIMPLIFIED = 2.5  # a Simplified character on a Traditional page
_UNKNOWN = 8.0  # a mark stands for a character that nothing tells
_SHORT = 3.0  # a sentence ends after a clause of fewer than four characters
_CLAUSE = frozenset("，。；：！？,;:!?“”‘’")

# How many states are kept at an offset, how far behind the best they may be, and how many are
# kept of what one rarer explanation gives.
_WIDTH = 60
_BEHIND = 13.0
_FEW = 3
# How many states are kept that go on alike, differing in what came before.
_ALIKE = 6
# The rarer explanations are tried on states that are no further behind the best than this.
_NEAR = 7.0
# Two bytes in a row that are both unknown are not followed beyond this many combinations,
# and of the characters that a byte and a set of bytes can make, this many.
_COMBINED = 600
_TRIED = 12
_TAIL = re.compile(r"([^\s()（）,;:?!，；：？！。、]{1,8})[)）]")


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
    lead: tuple[int, ...]  # the values that a waiting lead byte can have; empty if none waits
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
def _code(char: str) -> tuple[int, int] | None:
    """The bytes of a character; those of the full-width one for ASCII, which it was."""
    if char.isascii():
        return (0xA3, ord(char) + 0x80) if char > " " else None
    return encoded(char)


@cache
def _simplified_only(char: str) -> bool:
    return to_simplified(char) == char and traditional(char) != (char,)


@cache
def _preimages(char: str) -> tuple[tuple[int, int], ...]:
    """Bytes of the Simplified characters that a converter prints as this Traditional one."""
    plain_char = to_simplified(char)
    if plain_char == char or traditional(plain_char) != (char,):
        return ()
    code = encoded(plain_char)
    return (code,) if code else ()


class Search:
    """A beam over the originals of one line, from left to right."""

    def __init__(self, line: str, model: CharModel, clues: Clues, curious: int = 0) -> None:
        """Prepare a search.

        Args:
            line: as printed.
            model: judges between the originals.
            clues: what the page says about the site.
            curious: on how many states the rarer explanations are tried at each offset (bytes
                that printed as nothing, marks that are more than a byte): they cost time.
        """
        self.line = line
        self.model = model
        self.clues = clues
        self.curious = curious
        self.columns: dict[int, list[State]] = {}

    def begin(self, start: int) -> None:
        """Start at an offset where the text is sound."""
        before = EDGE * CONTEXT + "".join(map(_scored, self.line[max(0, start - CONTEXT) : start]))
        self.columns = {
            start: [State(0.0, (), -1, before[-CONTEXT:], "", -1, False, False, -1, None)]
        }

    def step(self, i: int) -> list[State]:
        """The states at an offset, best first; they are carried on to what follows it."""
        states = _pruned(self.columns.pop(i, []))
        if i < len(self.line):
            for rank, state in enumerate(states):
                self._carry_on(state, i)
                if rank < self.curious and state.cost < states[0].cost + _NEAR:
                    self._drop(state, i)
                    if self.line[i] in MARKS and not self._after_mark(state, i):
                        self._add(self._odd_mark(state, i))
        return states

    def _carry_on(self, state: State, i: int) -> None:
        self._add(self._moves(state, i))

    def in_flight(self) -> bool:
        """Whether a state is inside a longer piece of the print, such as a reading."""
        return len(self.columns) > 1

    def _add(self, moves: Iterator[tuple[int, State]]) -> None:
        for end, new in moves:
            self.columns.setdefault(end, []).append(new)

    def _drop(self, state: State, i: int, again: bool = True) -> None:
        """Carry a state on as if something before i had printed as nothing, once or twice."""
        lost = self._hit(state, i, _DROPPED)
        found: list[State] = []
        if state.lead:
            for lead, trails in _private_pairs():
                found += self._feed(lost, ((lead,), trails), i)
            found += self._feed(lost, ((0x80,),), i)
        elif letters := self._letter_pairs():
            found += self._feed(lost, letters, i)
        for new in _best(iter(found)):
            self._carry_on(new, i)
            if again and new.lead:
                self._drop(new, i, False)

    def _letter_pairs(self) -> tuple[tuple[int, ...], ...]:
        """Bytes of 。這 (A1A3 DF40) whose inside became a letter: A15F prints as nothing."""
        letters = (*range(0xC1, 0xDB), *range(0xE1, 0xFB))
        rest = tuple(b for b in letters if b not in self.clues.kept)
        if not rest:
            return ()
        return tuple(range(0xA1, 0xA8)), (0xA3,), rest

    # What the printed text at i can stand for: (offset behind it, state).

    def _moves(self, state: State, i: int) -> Iterator[tuple[int, State]]:
        char = self.line[i]
        if char in "(（" and (match := READING.match(self.line, i)):
            yield from self._reading(state, i, match[1], match.end())
        if char in MARKS and not self._after_mark(state, i):
            yield from self._mark(state, i)
        if char.isascii():
            yield from self._ascii(state, i, ord(char))
        else:
            yield from self._wide(state, i, char)

    def _reading(self, state: State, i: int, reading: str, end: int) -> Iterator[tuple[int, State]]:
        yield from ((end, s) for s in self._read(state, i, reading))
        # The lead byte before the bracket may have printed as nothing.
        lost = self._hit(state, i, _DROPPED_MARK)
        yield from ((end, s) for s in self._lost_and_read(lost, i, reading))

    def _lost_and_read(self, state: State, i: int, reading: str) -> Iterator[State]:
        """A byte that was lost, and then a reading: it says which byte."""
        code = _code(state.last)
        for lead, trail, char in with_reading(reading):
            if state.lead:
                if lead in state.lead:
                    put = self._put(state, char, state.lead_at, False)
                    yield put._replace(byte=-1, owes=False)
            elif code and lead == code[1] and 0x81 <= trail <= 0xFE:
                yield state._replace(lead=(trail,), lead_at=i, byte=-1, split=True, owes=False)

    def _read(self, state: State, i: int, reading: str) -> Iterator[State]:
        """The state again, if the two bytes before i are a character with this reading."""
        if not state.lead:
            if state.last and is_reading(reading, state.last):
                yield state._replace(byte=-1, owes=False)
            return
        code = _code(state.last)
        if code is None:
            return
        fitting = tuple(
            lead for lead in state.lead if (c := plain(code[1], lead)) and is_reading(reading, c)
        )
        if fitting:
            read = state._replace(lead=fitting, byte=-1, split=True, owes=False)
            yield self._hit(read, i, 0.0)

    def _after_mark(self, state: State, i: int) -> bool:
        """Whether the state has just read a mark as a byte that stood before ASCII."""
        return state.hit == i - 1 and self.line[i - 1] in MARKS and len(state.lead) > 60

    def _mark(self, state: State, i: int) -> Iterator[tuple[int, State]]:
        line, behind = self.line, i + 1
        # With a byte of 40 or more the decoder would have made a pair.
        ascii_behind = behind >= len(line) or line[behind] < "@"
        if self.clues.swallows and line[behind : behind + 1] == "(":
            ascii_behind = False
        lost = self._hit(state, i, _MARK if ascii_behind else _MARK_ALONE)
        if line[i] in "\x80€":
            yield from ((behind, s) for s in self._feed(self._hit(state, i, _MARK), ((0x80,),), i))
            return
        yield from ((behind, s) for s in self._feed(lost, (LEADS,), i))
        if state.lead:
            eighty = self._hit(state, i, _MARK)
            yield from ((behind, s) for s in self._feed(eighty, ((0x80,),), i))
        tail = _TAIL.match(line, behind)
        if tail and READING.fullmatch(f"({tail[1]})"):
            lost = self._hit(state, i, _MARK)
            yield from ((tail.end(), s) for s in self._lost_and_read(lost, i, tail[1]))

    def _odd_mark(self, state: State, i: int) -> Iterator[tuple[int, State]]:
        """The rarer things that a mark can be: with punctuation, or a pair."""
        behind = i + 1
        swallowed = self._hit(state, i, _SWALLOWED)
        for s in _best(self._feed(swallowed, (LEADS,), i)):
            for mark in b"?,:;!":
                yield from ((behind, n) for n in self._narrowed(s, mark, i))
        if state.lead:
            odd = self._hit(state, i, _MARK_PAIR)
            for lead, trails in _private_pairs():
                yield from ((behind, s) for s in self._feed(odd, ((lead,), trails), i))

    def _ascii(self, state: State, i: int, byte: int) -> Iterator[tuple[int, State]]:
        end = i + 1
        if not state.lead:
            yield end, self._put(state, chr(byte), i, True)
            return
        if byte == 0x7E:
            # ～ is A1AB in GBK, and was made half-width after decoding.
            late = self._hit(state, i, 0.0)
            yield from ((end, s) for s in self._feed(late, ((0xA1,), (0xAB,)), i))
        if 0x40 <= byte < 0x7F:
            yield from ((end, s) for s in self._feed(self._hit(state, i, 0.0), ((byte,),), i))
        if 0x21 <= byte < 0x7F and byte + 0x80 not in self.clues.kept:
            cost = _LETTER if chr(byte).isalnum() else 0.0
            replaced = self._hit(state, i, cost)
            yield from ((end, s) for s in self._narrowed(replaced, byte, i))
        elif 0x21 <= byte < 0x7F:
            # Not replaced as bytes, but made half-width after decoding.
            decoded_late = self._hit(state, i, _LETTER / 2)
            yield from ((end, s) for s in self._narrowed(decoded_late, byte, i))

    def _wide(self, state: State, i: int, char: str) -> Iterator[tuple[int, State]]:
        end = i + 1
        if not state.lead:
            yield end, self._put(state, char, i, True)
        code = encoded(char)
        if code is None:
            return
        lead, trail = code
        if state.lead:
            hit = self._hit(state, i, 0.0)
            yield from ((end, s) for s in self._feed(hit, ((lead,), (trail,)), i))
            for other in _preimages(char):
                hit = self._hit(state, i, _PREIMAGE)
                yield from ((end, s) for s in self._feed(hit, ((other[0],), (other[1],)), i))
        if trail < 0x7F and chr(trail).isalpha() and trail + 0x80 not in self.clues.kept:
            # A full-width letter became the second byte: 保這 has A3DF in it, and prints B15F 40.
            letter = self._hit(state, i, _LETTER)
            for s in self._feed(letter, ((lead,),), i):
                yield from ((end, n) for n in self._narrowed(s, trail, i))

    def _narrowed(self, state: State, byte: int, i: int) -> Iterator[State]:
        """The two bytes of a full-width character, of which the site left the one of ASCII."""
        for s in self._feed(state, ((0xA3,),), i):
            # Straight away, so that the pair does not count as one that the site left alone.
            yield from self._feed(s._replace(byte=-1), ((byte + 0x80,),), i)

    # Bytes to characters.

    def _feed(self, state: State, options: tuple[tuple[int, ...], ...], at: int) -> Iterator[State]:
        """Add bytes, each one of several; yields the originals that they can make."""
        states = [state]
        for bytes_ in options:
            states = [new for s in states for new in self._byte(s, bytes_, at)]
            if len(states) > _WIDTH:
                states = _pruned(states)
        yield from states

    def _byte(self, state: State, options: tuple[int, ...], at: int) -> Iterator[State]:
        if state.owes:
            state = state._replace(cost=state.cost + _UNANNOTATED, owes=False)
        if not state.lead:
            # A set of several is always one of lead bytes.
            if len(options) > 1 or 0x81 <= options[0] <= 0xFE:
                yield self._begin(state, options, at)
            return
        if len(state.lead) * len(options) > _COMBINED:
            return
        chars = [c for lead in state.lead for trail in options if (c := plain(lead, trail))]
        if len(chars) > _TRIED:
            # Putting each would be slow: what the model says of it decides which are tried.
            score, context = self.model.score, state.context
            chars = nlargest(_TRIED, chars, key=lambda c: score(context, _scored(c)))
        for char in chars:
            yield self._put(state, char, state.lead_at, False)

    def _begin(self, state: State, leads: tuple[int, ...], at: int) -> State:
        """A lead byte, weighed against the byte before: would the site have edited the two?"""
        cost, owes, byte = state.cost, False, -1
        if len(leads) == 1:
            byte = leads[0]
            if state.byte >= 0:
                if state.byte == 0xA3 and byte in self.clues.replaced:
                    cost += _UNREPLACED
                owes = plain(state.byte, byte) in self.clues.annotated
        return state._replace(cost=cost, lead=leads, lead_at=at, byte=byte, split=False, owes=owes)

    def _put(self, state: State, char: str, at: int, as_printed: bool) -> State:
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
        code = _code(char)
        byte = code[1] if code else -1
        pieces = (Piece(char, at, as_printed), state.pieces)
        return State(cost, (), -1, context, char, byte, False, owes, state.hit, pieces)

    def _hit(self, state: State, i: int, cost: float) -> State:
        """Note that the text at i is damaged."""
        if state.hit < 0 or (not state.lead and i > state.hit + 1):
            cost += _ENTER
        return state._replace(cost=state.cost + cost, hit=i)


@cache
def _private_pairs() -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The lead bytes of the user-defined areas, each with its second bytes that can lead."""
    table = ((lead, [t for t in LEADS if _is_private(decoded(lead, t))]) for lead in LEADS)
    return tuple((lead, tuple(trails)) for lead, trails in table if trails)


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def _best(states: Iterator[State]) -> list[State]:
    return _pruned(list(states))[:_FEW]


def _pruned(states: list[State]) -> list[State]:
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
