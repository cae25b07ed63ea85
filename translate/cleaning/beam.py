"""Search for the bytes that a damaged stretch of text was: the inverse of ``translate.damage``.

The printed characters are read from left to right. Each gives back the bytes that it can stand
for, and the bytes make up the original's characters (``cleaning.originals``), which begin
elsewhere than the printed ones do. What the decoder lost (a mark, a character that did not print)
is a set of possible bytes. Wherever a reading stands in brackets, the two bytes before it must be
a character with that reading. The character model orders the states; a beam bounds their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.cleaning.gbk import LEADS, decoded, encoded, plain, to_simplified, with_reading
from translate.cleaning.originals import MARKS, Bytes, Clues, Originals, State, code, pruned
from translate.cleaning.page import PageModel
from translate.cleaning.readings import READING, is_reading
from translate.cleaning.script import traditional

__all__ = ["Search"]

# What each explanation costs, in nats (see ``cleaning.originals``).
_MARK = 0.5  # a mark is a lead byte that lost its second
_MARK_ALONE = 9.0  # the same, where no ASCII follows that could explain it
_MARK_PAIR = 5.0  # a mark is a pair of the user-defined area
_SWALLOWED = 2.0  # a mark is such a byte and the punctuation behind it
_DROPPED = 2.0  # a pair printed as nothing
_DROPPED_MARK = 3.0  # a lead byte printed as nothing
_LETTER = 4.0  # a full-width letter or digit was replaced inside the bytes
_PREIMAGE = 3.0  # the page was converted to Traditional after the damage

# The rarer explanations are tried on states that are no further behind the best than this, and so
# many states are kept of what each gives.
_NEAR = 4.0
_FEW = 2
_TAIL = re.compile(r"([^\s()（）,;:?!，；：？！。、]{1,8})[)）]")


@cache
def _preimages(char: str) -> tuple[tuple[int, int], ...]:
    """Bytes of the Simplified characters that a converter prints as this Traditional one."""
    plain_char = to_simplified(char)
    if plain_char == char or traditional(plain_char) != (char,):
        return ()
    pair = encoded(plain_char)
    return (pair,) if pair else ()


class Search:
    """A beam over the originals of one line, from left to right."""

    def __init__(self, line: str, model: PageModel, clues: Clues, curious: int = 0) -> None:
        """Prepare a search.

        Args:
            line: as printed.
            model: judges between the originals.
            clues: what the page says about the site.
            curious: on how many states the rarer explanations are tried at each offset (bytes
                that printed as nothing, marks that are more than a byte): they cost time.
        """
        self.line = line
        self.clues = clues
        self.curious = curious
        self.originals = Originals(line, model, clues)
        self.columns: dict[int, list[State]] = {}

    def begin(self, start: int) -> None:
        """Start at an offset where the text is sound."""
        self.columns = {start: [self.originals.first(start)]}

    def step(self, i: int) -> list[State]:
        """The states at an offset, best first; they are carried on to what follows it."""
        states = pruned(self.columns.pop(i, []))
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
        lost = self.originals.hit(state, i, _DROPPED)
        found: list[State] = []
        if state.lead:
            for leads, trails in _private_pairs():
                found += self.originals.feed(lost, (leads, trails), i)
            found += self.originals.feed(lost, ((0x80,),), i)
        elif letters := self._letter_pairs():
            found += self.originals.feed(lost, letters, i)
        for new in _best(iter(found)):
            self._carry_on(new, i)
            if again and new.lead:
                self._drop(new, i, False)

    def _letter_pairs(self) -> tuple[Bytes, ...]:
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
        lost = self.originals.hit(state, i, _DROPPED_MARK)
        yield from ((end, s) for s in self._lost_and_read(lost, i, reading))

    def _lost_and_read(self, state: State, i: int, reading: str) -> Iterator[State]:
        """A byte that was lost, and then a reading: it says which byte."""
        pair = code(state.last)
        for lead, trail, char in with_reading(reading):
            if state.lead:
                if lead in state.lead:
                    put = self.originals.put(state, char, state.lead_at, False)
                    yield put._replace(byte=-1, owes=False)
            elif pair and lead == pair[1] and 0x81 <= trail <= 0xFE:
                yield state._replace(lead=(trail,), lead_at=i, byte=-1, split=True, owes=False)

    def _read(self, state: State, i: int, reading: str) -> Iterator[State]:
        """The state again, if the two bytes before i are a character with this reading."""
        if not state.lead:
            if state.last and is_reading(reading, state.last):
                yield state._replace(byte=-1, owes=False)
            return
        pair = code(state.last)
        if pair is None:
            return
        fitting = tuple(
            lead for lead in state.lead if (c := plain(pair[1], lead)) and is_reading(reading, c)
        )
        if fitting:
            read = state._replace(lead=fitting, byte=-1, split=True, owes=False)
            yield self.originals.hit(read, i, 0.0)

    def _after_mark(self, state: State, i: int) -> bool:
        """Whether the state has just read a mark as a byte that stood before ASCII."""
        return state.hit == i - 1 and self.line[i - 1] in MARKS and len(state.lead) > 60

    def _mark(self, state: State, i: int) -> Iterator[tuple[int, State]]:
        line, behind = self.line, i + 1
        # With a byte of 40 or more the decoder would have made a pair.
        ascii_behind = behind >= len(line) or line[behind] < "@"
        if self.clues.swallows and line[behind : behind + 1] == "(":
            ascii_behind = False
        lost = self.originals.hit(state, i, _MARK if ascii_behind else _MARK_ALONE)
        if line[i] in "\x80€":
            yield from (
                (behind, s)
                for s in self.originals.feed(self.originals.hit(state, i, _MARK), ((0x80,),), i)
            )
            return
        yield from ((behind, s) for s in self.originals.feed(lost, (LEADS,), i))
        if state.lead:
            eighty = self.originals.hit(state, i, _MARK)
            yield from ((behind, s) for s in self.originals.feed(eighty, ((0x80,),), i))
        tail = _TAIL.match(line, behind)
        if tail and READING.fullmatch(f"({tail[1]})"):
            lost = self.originals.hit(state, i, _MARK)
            yield from ((tail.end(), s) for s in self._lost_and_read(lost, i, tail[1]))

    def _odd_mark(self, state: State, i: int) -> Iterator[tuple[int, State]]:
        """The rarer things that a mark can be: with punctuation, or a pair."""
        behind = i + 1
        swallowed = self.originals.hit(state, i, _SWALLOWED)
        for s in _best(self.originals.feed(swallowed, (LEADS,), i)):
            for mark in b"?,:;!":
                yield from ((behind, n) for n in self._narrowed(s, mark, i))
        if state.lead:
            odd = self.originals.hit(state, i, _MARK_PAIR)
            for leads, trails in _private_pairs():
                yield from ((behind, s) for s in self.originals.feed(odd, (leads, trails), i))

    def _ascii(self, state: State, i: int, byte: int) -> Iterator[tuple[int, State]]:
        end = i + 1
        if not state.lead:
            yield end, self.originals.put(state, chr(byte), i, True)
            return
        if byte == 0x7E:
            # ～ is A1AB in GBK, and was made half-width after decoding.
            late = self.originals.hit(state, i, 0.0)
            yield from ((end, s) for s in self.originals.feed(late, ((0xA1,), (0xAB,)), i))
        if 0x40 <= byte < 0x7F:
            yield from (
                (end, s)
                for s in self.originals.feed(self.originals.hit(state, i, 0.0), ((byte,),), i)
            )
        if 0x21 <= byte < 0x7F and byte + 0x80 not in self.clues.kept:
            cost = _LETTER if chr(byte).isalnum() else 0.0
            replaced = self.originals.hit(state, i, cost)
            yield from ((end, s) for s in self._narrowed(replaced, byte, i))
        elif 0x21 <= byte < 0x7F:
            # Not replaced as bytes, but made half-width after decoding.
            decoded_late = self.originals.hit(state, i, _LETTER / 2)
            yield from ((end, s) for s in self._narrowed(decoded_late, byte, i))

    def _wide(self, state: State, i: int, char: str) -> Iterator[tuple[int, State]]:
        end = i + 1
        if not state.lead:
            yield end, self.originals.put(state, char, i, True)
        pair = encoded(char)
        if pair is None:
            return
        lead, trail = pair
        if state.lead:
            hit = self.originals.hit(state, i, 0.0)
            yield from ((end, s) for s in self.originals.feed(hit, ((lead,), (trail,)), i))
            for other in _preimages(char):
                hit = self.originals.hit(state, i, _PREIMAGE)
                yield from (
                    (end, s) for s in self.originals.feed(hit, ((other[0],), (other[1],)), i)
                )
        if trail < 0x7F and chr(trail).isalpha() and trail + 0x80 not in self.clues.kept:
            # A full-width letter became the second byte: 保這 has A3DF in it, and prints B15F 40.
            letter = self.originals.hit(state, i, _LETTER)
            for s in self.originals.feed(letter, ((lead,),), i):
                yield from ((end, n) for n in self._narrowed(s, trail, i))

    def _narrowed(self, state: State, byte: int, i: int) -> Iterator[State]:
        """The two bytes of a full-width character, of which the site left the one of ASCII."""
        for s in self.originals.feed(state, ((0xA3,),), i):
            # Straight away, so that the pair does not count as one that the site left alone.
            yield from self.originals.feed(s._replace(byte=-1), ((byte + 0x80,),), i)


@cache
def _private_pairs() -> tuple[tuple[Bytes, Bytes], ...]:
    """The lead bytes of the user-defined areas, with their second bytes that can lead.

    Lead bytes with the same second ones stand together, so that they are tried together.
    """
    groups: dict[Bytes, list[int]] = {}
    for lead in LEADS:
        trails = tuple(t for t in LEADS if _is_private(decoded(lead, t)))
        if trails:
            groups.setdefault(trails, []).append(lead)
    return tuple((tuple(leads), trails) for trails, leads in groups.items())


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff"


def _best(states: Iterator[State]) -> list[State]:
    return pruned(list(states))[:_FEW]
