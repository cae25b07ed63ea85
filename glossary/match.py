"""Find terms in text: leftmost, then longest, script-insensitive, with offsets.

Two automatons share the work. The *plain* one holds every form that may stand anywhere and is
run leftmost-longest over the folded text. The *guarded* one holds what needs a second look, and
reports overlapping candidates that are then judged one by one:

* forms that begin or end with a letter or digit, which must not stand inside a longer word or
  number (``5G`` in ``15G``), and forms that begin with a Chinese number (``十大`` in 二十大);
* loose forms: the text between quotation marks, spaces and the commas of an enumeration, so that
  民生吹哨、部门报到 is found as 民生“吹哨”部门“报到”, too;
* patterns (:mod:`glossary.patterns`), by their longest literal part.

The accepted candidates of both are then joined by the same rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from glossary import patterns
from glossary.entry import Entry, Form, Match
from glossary.fold import fold

_QUOTES = "“”‘’\"'「」『』〝〞"
_OPENING, _CLOSING = "“‘「『〝", "”’」』〞"
_COMMAS = "、，,·"
_LOOSE = re.compile(f"[{_QUOTES}{_COMMAS} ]+")
_LOOSE_MIN = 4  # a shorter form is too often the ends of two neighbours
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两0123456789")
_TENS = frozenset("十百千万亿〇零")
_PATTERN_REACH = 24  # how far a pattern may stretch from its literal part


@dataclass(frozen=True, slots=True)
class _Key:
    """What an automaton's pattern stands for."""

    entry: Entry
    length: int
    breaks: frozenset[int] | None = None  # loose: where the form itself has commas
    regex: re.Pattern[str] | None = None  # pattern


Span = tuple[int, int, Entry]


class Matcher:
    """All forms of some entries, ready to be found.

    Later entries win over earlier ones where they share a form, unless the earlier has the
    higher priority. Only approved entries with a right English rendering are looked for, under
    all their Chinese forms except forbidden ones.

    Example:
        >>> matcher = Matcher(entries)
        >>> [(m.entry.preferred, m.start, m.end) for m in matcher.find("深化四下基層")]
        [('Four Visits to the Grassroots', 2, 6)]
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        plain: dict[str, Entry] = {}
        loose: dict[str, tuple[Entry, frozenset[int]]] = {}
        self._guarded_keys: list[_Key] = []
        guarded_texts: list[str] = []
        for entry, form in _forms(entries):
            key = fold(form.text)
            if patterns.SLOT.search(key):
                self._guarded_keys.append(_Key(entry, 0, regex=patterns.expression(key)))
                guarded_texts.append(patterns.anchor(key))
                continue
            _claim(plain, key, entry)
            bare = _LOOSE.sub("", key)
            if bare != key and bare:
                plain.setdefault(bare, entry)
            if len(bare) >= _LOOSE_MIN:
                previous = loose.get(bare)
                if previous is None or previous[0].priority <= entry.priority:
                    loose[bare] = entry, _breaks(key)
        for key in [k for k in plain if _needs_guard(k)]:
            self._guarded_keys.append(_Key(plain.pop(key), len(key)))
            guarded_texts.append(key)
        self._plain_entries = list(plain.values())
        self._plain = _automaton(list(plain), MatchKind.LeftmostLongest)
        self._guarded = _automaton(guarded_texts, MatchKind.Standard)
        self._loose_keys = [_Key(e, len(k), breaks=b) for k, (e, b) in loose.items()]
        self._loose = _automaton(list(loose), MatchKind.Standard)
        self._longest = max(map(len, plain), default=0)

    def find(self, text: str) -> list[Match]:
        """The terms in ``text``, in order, none overlapping: leftmost first, then longest."""
        folded = fold(text)
        special = _leftmost_longest([*self._find_guarded(folded), *self._find_loose(folded)])
        return [Match(entry, start, end) for start, end, entry in self._join(folded, special)]

    def find_all(self, text: str) -> list[Match]:
        """Every term in ``text``, nested and overlapping ones too, by start, longest first."""
        folded = fold(text)
        found = {(s, e): entry for s, e, entry in self._find_loose(folded)}
        found |= {(s, e): entry for s, e, entry in self._find_guarded(folded)}
        for offset in range(len(folded)):
            # Leftmost-longest from each start, shorter ones by cutting the end.
            end = min(len(folded), offset + self._longest)
            while hit := next(iter(self._run_plain(folded[offset:end])), None):
                if hit[0] != 0:
                    break
                found.setdefault((offset, offset + hit[1]), hit[2])
                end = offset + hit[1] - 1
        spans = sorted(found.items(), key=lambda item: (item[0][0], -item[0][1]))
        return [Match(entry, start, end) for (start, end), entry in spans]

    def _run_plain(self, folded: str) -> Iterator[Span]:
        if self._plain is not None:
            for index, start, end in self._plain.find_matches_as_indexes(folded):
                yield start, end, self._plain_entries[index]

    def _find_guarded(self, folded: str) -> Iterator[Span]:
        if self._guarded is None:
            return
        for index, start, end in self._guarded.find_matches_as_indexes(folded, overlapping=True):
            key = self._guarded_keys[index]
            if key.regex is not None:
                yield from _match_pattern(key, folded, start, end)
            elif _edges_free(folded, start, end):
                yield start, end, key.entry

    def _find_loose(self, folded: str) -> Iterator[Span]:
        """Candidates that hold dropped characters; without any, the plain form was found."""
        if self._loose is None or not _LOOSE.search(folded):
            return
        bare, kept, dropped = _drop(folded)
        for index, start, end in self._loose.find_matches_as_indexes(bare, overlapping=True):
            key = self._loose_keys[index]
            # Offsets back into the text: the first kept character at or after each bare one.
            begin = start + dropped[bisect_right(kept, start) - 1]
            finish = end - 1 + dropped[bisect_right(kept, end - 1) - 1] + 1
            if finish - begin == end - start or not _edges_free(folded, begin, finish):
                continue
            if _gaps_allowed(folded[begin:finish], key.breaks or frozenset()):
                yield *_balance(folded, begin, finish), key.entry

    def _join(self, folded: str, special: list[Span]) -> Iterator[Span]:
        """Plain matches and the accepted special ones, by one leftmost-longest rule.

        The plain automaton is run again behind each special match, over a stretch that a plain
        form starting before the next special one can't leave.
        """
        position = 0
        for start, end, entry in special:
            if start < position:
                continue
            beaten = False
            for s, e, plain_entry in self._run_plain(folded[position : start + self._longest]):
                s, e = s + position, e + position
                if s > start or (s == start and e < end):
                    break
                yield s, e, plain_entry
                if e > start:
                    position, beaten = e, True
                    break
            if not beaten:
                yield start, end, entry
                position = end
        for s, e, plain_entry in self._run_plain(folded[position:] if position else folded):
            yield s + position, e + position, plain_entry


def _forms(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Form]]:
    for entry in entries:
        if entry.usable:
            for form in entry.zh:
                if form.status != "forbidden" and form.text.strip():
                    yield entry, form


def _claim(keys: dict[str, Entry], key: str, entry: Entry) -> None:
    previous = keys.get(key)
    if previous is None or previous.priority <= entry.priority:
        keys[key] = entry


def _automaton(texts: list[str], kind: MatchKind) -> AhoCorasick | None:
    return AhoCorasick(texts, matchkind=kind) if texts else None


def _breaks(key: str) -> frozenset[int]:
    """Where ``key`` has commas or spaces, as offsets in it without its loose characters."""
    cuts, kept = set(), 0
    for char in key:
        if char in _COMMAS or char == " ":
            cuts.add(kept)
        elif char not in _QUOTES:
            kept += 1
    return frozenset(cuts)


def _drop(folded: str) -> tuple[str, list[int], list[int]]:
    """``folded`` without loose characters.

    Returns:
        The bare text, and two parallel lists: from bare offset ``kept[i]`` on, ``dropped[i]``
        characters are missing before.
    """
    parts, kept, dropped = [], [0], [0]
    position = size = 0
    for gap in _LOOSE.finditer(folded):
        parts.append(folded[position : gap.start()])
        size += gap.start() - position
        position = gap.end()
        kept.append(size)
        dropped.append(position - size)
    parts.append(folded[position:])
    return "".join(parts), kept, dropped


def _gaps_allowed(span: str, breaks: frozenset[int]) -> bool:
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


def _balance(folded: str, start: int, end: int) -> tuple[int, int]:
    """The span with the one quotation mark taken in that would be left without its fellow."""
    span = folded[start:end]
    opened = sum(c in _OPENING for c in span) - sum(c in _CLOSING for c in span)
    if opened > 0 and end < len(folded) and folded[end] in _CLOSING:
        return start, end + 1
    if opened < 0 and start and folded[start - 1] in _OPENING:
        return start - 1, end
    return start, end


def _needs_guard(key: str) -> bool:
    return _is_word(key[0]) or _is_word(key[-1]) or key[0] in _NUMERALS


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _edges_free(folded: str, start: int, end: int) -> bool:
    """Whether ``folded[start:end]`` is not the inside of a longer word or number."""
    first, last = folded[start], folded[end - 1]
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if _is_word(first) and _is_word(before) and _same_kind(first, before):
        return False
    if _is_word(last) and _is_word(after) and _same_kind(last, after):
        return False
    if first == "十":
        return before not in _NUMERALS or before in _TENS
    return not (first in _NUMERALS and before in _TENS)


def _same_kind(a: str, b: str) -> bool:
    return a.isdigit() == b.isdigit()


def _match_pattern(key: _Key, folded: str, start: int, end: int) -> Iterator[Span]:
    assert key.regex is not None
    for m in key.regex.finditer(folded, max(0, start - _PATTERN_REACH), end + _PATTERN_REACH):
        if m.start() <= start and end <= m.end() and _number_whole(folded, m):
            values = [patterns.parse_number(text) for text in m.groups()]
            if None not in values:
                filled = patterns.fill(key.entry, [v for v in values if v is not None])
                yield m.start(), m.end(), filled


def _number_whole(folded: str, m: re.Match[str]) -> bool:
    """Whether a slot at the edge of the match took the whole number."""
    before = folded[m.start() - 1] if m.start() else " "
    after = folded[m.end()] if m.end() < len(folded) else " "
    return not (
        (m.start(1) == m.start() and before in _NUMERALS)
        or (m.end(m.re.groups) == m.end() and after in _NUMERALS)
    )


def _leftmost_longest(spans: list[Span]) -> list[Span]:
    """The spans that survive: by start, then the longest, none overlapping an earlier one."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
    return chosen
