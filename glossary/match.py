"""Find terms in text: leftmost, then longest, script-insensitive, with offsets.

Text and forms are folded (:mod:`glossary.fold`), and quotation marks are taken out of both, so
that “人居”环境 is 人居环境; offsets are led back to the text at the end. Three automatons share
the work:

* the *plain* one holds every form that may stand anywhere, and is run leftmost-longest;
* the *guarded* one holds what needs a second look, and reports overlapping candidates that are
  judged one by one: forms that begin or end with a letter or digit, which must not stand inside a
  longer word or number (``5G`` in ``15G``), forms that begin with a Chinese number (``十大`` in
  二十大), and patterns (:mod:`glossary.patterns`), by their longest literal part;
* the *slogan* one holds forms with commas, which may be written otherwise or left out: it is run
  over the text without any, so that 民生吹哨、部门报到 is found as 民生吹哨，部门报到, too.

What the last two accept and what the first finds is joined by one leftmost-longest rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from glossary import patterns
from glossary.bare import GAP_OR_COMMA, Bare, balance, breaks, gaps_allowed, strip_all, strip_gaps
from glossary.edges import edges_free, needs_guard, number_whole
from glossary.entry import Entry, Form, Match
from glossary.fold import fold

_ACROSS_MIN = 4  # a shorter form across a gap is too often the ends of two neighbours
_PATTERN_REACH = 24  # how far a pattern may stretch from its literal part
# Characters searched at once, and on to the end of a sentence; a chunk is searched twice at worst.
_CHUNK = 128


@dataclass(frozen=True, slots=True)
class _Key:
    """What a pattern of the guarded or the slogan automaton stands for."""

    entry: Entry
    breaks: frozenset[int] = frozenset()  # slogan: where the form has commas
    regex: re.Pattern[str] | None = None  # pattern
    crosses: bool = False  # guarded: may have quotation marks in it


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
        loose: dict[str, Entry] = {}  # slogans with their commas left out
        slogans: dict[str, _Key] = {}
        quoted: set[str] = set()  # these have quotation marks of their own
        guarded: list[tuple[str, _Key]] = []
        for entry, form in _forms(entries):
            written = fold(form.text)
            key = strip_gaps(written)
            if key != written:
                quoted.add(key)
            if patterns.SLOT.search(key):
                guarded.append((patterns.anchor(key), _Key(entry, regex=patterns.expression(key))))
                continue
            _claim(plain, key, entry)
            if commas := breaks(key):
                bare = strip_all(key)
                if len(bare) >= _ACROSS_MIN:
                    _claim(loose, bare, entry)
                    slogans[bare] = _Key(loose[bare], commas)
        for bare, entry in loose.items():
            plain.setdefault(bare, entry)
        guarded += [
            (key, _Key(plain.pop(key), crosses=_crosses(key, quoted)))
            for key in list(plain)
            if needs_guard(key)
        ]
        self._plain_entries = list(plain.values())
        self._plain_crosses = [_crosses(key, quoted) for key in plain]
        self._plain = _automaton(list(plain), MatchKind.LeftmostLongest)
        self._guarded_keys = [key for _, key in guarded]
        self._guarded = _automaton([text for text, _ in guarded], MatchKind.Standard)
        self._slogan_keys = list(slogans.values())
        self._slogans = _automaton(list(slogans), MatchKind.Standard)
        self._longest = max(map(len, plain), default=0)
        self._cut = re.compile("\n" if any("。" in key for key in plain) else "[\n。]")

    def find(self, text: str) -> list[Match]:
        """The terms in ``text``, in order, none overlapping: leftmost first, then longest."""
        found: list[Match] = []
        for offset, chunk in self._chunks(fold(text)):
            bare = Bare(chunk)
            spans = self._find(chunk, bare)
            if bare.gaps:
                spans = [_led_back(chunk, bare, span) for span in spans]
            found += [Match(entry, start + offset, end + offset) for start, end, entry in spans]
        return found

    def find_all(self, text: str) -> list[Match]:
        """Every term in ``text``, nested and overlapping ones too, by start, longest first."""
        folded = fold(text)
        bare = Bare(folded)
        special = (_led_back(folded, bare, span) for span in self._special(folded, bare))
        found = {(s, e): entry for s, e, entry in special}
        for offset in range(len(bare.text)):
            # Leftmost-longest from each start, shorter ones by cutting the end.
            end = min(len(bare.text), offset + self._longest)
            while hit := next(self._run_plain(bare, offset, end), None):
                if hit[0] != offset:
                    break
                first, last, entry = _led_back(folded, bare, hit)
                found.setdefault((first, last), entry)
                end = hit[1] - 1
        spans = sorted(found.items(), key=lambda item: (item[0][0], -item[0][1]))
        return [Match(entry, start, end) for (start, end), entry in spans]

    def _chunks(self, folded: str) -> Iterator[tuple[int, str]]:
        """Stretches of some thousand characters that end where no term can go on."""
        start = 0
        while len(folded) - start > _CHUNK:
            cut = self._cut.search(folded, start + _CHUNK)
            end = cut.end() if cut else len(folded)
            yield start, folded[start:end]
            start = end
        if start < len(folded):
            yield start, folded[start:]

    def _find(self, folded: str, bare: Bare) -> Iterable[Span]:
        """What is found in a chunk, in bare offsets."""
        special = _leftmost_longest(self._special(folded, bare))
        if self._plain is None:
            return special
        merged = self._merge(bare, self._plain.find_matches_as_indexes(bare.text), special)
        return self._join(bare, special) if merged is None else merged

    def _merge(
        self, bare: Bare, hits: list[tuple[int, int, int]], special: list[Span]
    ) -> list[Span] | None:
        """Plain hits and special ones in order; None where one takes away the ground of another.

        That is the case where a hit crosses a gap, or a special one covers the start of a plain
        one: what the plain automaton would have found instead has to be searched.
        """
        merged: list[Span] = []
        position = following = 0
        gaps, crosses, entries = bare.gaps, self._plain_crosses, self._plain_entries
        awaited = special[0][0] if special else len(bare.text)
        for index, start, end in hits:
            if gaps and not crosses[index] and bare.first_gap(start, end) >= 0:
                return None
            while awaited <= start and following < len(special):
                first, last, entry = special[following]
                if first == start and last <= end:
                    break
                if first >= position:
                    merged.append((first, last, entry))
                    position = last
                following += 1
                awaited = special[following][0] if following < len(special) else len(bare.text)
            if start < position:
                return None
            merged.append((start, end, entries[index]))
            position = end
        for span in special[following:]:
            if span[0] >= position:
                merged.append(span)
                position = span[1]
        return merged

    def _special(self, folded: str, bare: Bare) -> list[Span]:
        """What the guarded and slogan automatons find and accept, in bare offsets."""
        return [*self._find_guarded(folded, bare), *self._find_slogans(folded, bare)]

    def _run_plain(self, bare: Bare, position: int, end: int) -> Iterator[Span]:
        """Leftmost-longest matches in a stretch of the bare text.

        A match across a gap that it may not cross is not one: what stands before the gap is
        searched by itself, and the search goes on behind it.
        """
        if self._plain is None:
            return
        while position < end:
            gap = -1
            whole = position == 0 and end == len(bare.text)
            stretch = bare.text if whole else bare.text[position:end]
            for index, s, e in self._plain.find_matches_as_indexes(stretch):
                start, stop = s + position, e + position
                if (
                    bare.gaps
                    and not self._plain_crosses[index]
                    and (gap := bare.first_gap(start, stop)) >= 0
                ):
                    yield from self._run_plain(bare, start, gap)
                    break
                yield start, stop, self._plain_entries[index]
            if gap < 0:
                return
            position = gap

    def _find_guarded(self, folded: str, bare: Bare) -> Iterator[Span]:
        if self._guarded is None:
            return
        text = bare.text
        for index, start, end in self._guarded.find_matches_as_indexes(text, overlapping=True):
            key = self._guarded_keys[index]
            if key.regex is not None:
                yield from _match_pattern(key, text, start, end)
            elif (key.crosses or bare.first_gap(start, end) < 0) and edges_free(
                folded, *bare.original(start, end)
            ):
                yield start, end, key.entry

    def _find_slogans(self, folded: str, bare: Bare) -> Iterator[Span]:
        """Slogans whose commas are not those of the form; the others were found plain."""
        if self._slogans is None:
            return
        stripped = strip_all(folded)
        if len(stripped) == len(folded) or not self._slogans.find_matches_as_indexes(stripped):
            return
        barer = Bare(folded, GAP_OR_COMMA)
        for index, start, end in self._slogans.find_matches_as_indexes(
            barer.text, overlapping=True
        ):
            key = self._slogan_keys[index]
            first, last = barer.original(start, end)
            if (
                last - first > end - start
                and edges_free(folded, first, last)
                and gaps_allowed(folded[first:last], key.breaks)
            ):
                yield bare.bare(first), bare.bare(last - 1) + 1, key.entry

    def _join(self, bare: Bare, special: list[Span]) -> Iterator[Span]:
        """Plain matches and the accepted special ones, by one leftmost-longest rule.

        The plain automaton is run again behind each special match, over a stretch that a plain
        form starting before the next special one can't leave. All offsets are bare ones.
        """
        position = 0
        for start, end, entry in special:
            if start < position:
                continue
            beaten = False
            reach = min(len(bare.text), start + self._longest)
            for s, e, plain_entry in self._run_plain(bare, position, reach):
                if s > start or (s == start and e < end):
                    break
                yield s, e, plain_entry
                if e > start:
                    position, beaten = e, True
                    break
            if not beaten:
                yield start, end, entry
                position = end
        yield from self._run_plain(bare, position, len(bare.text))


def _forms(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Form]]:
    for entry in entries:
        if entry.usable:
            for form in entry.zh:
                if form.status != "forbidden" and form.text.strip():
                    yield entry, form


def _led_back(folded: str, bare: Bare, span: Span) -> Span:
    """A span of the bare text in the folded one, which is as long as what was searched."""
    start, end, entry = span
    kept = bare.kept
    index = bisect_right(kept, start)
    if index == len(kept) or kept[index] >= end:  # nothing was cut inside
        return start + index - 1, end + index - 1, entry
    return *balance(folded, *bare.original(start, end)), entry


def _claim(keys: dict[str, Entry], key: str, entry: Entry) -> None:
    previous = keys.get(key)
    if previous is None or previous.priority <= entry.priority:
        keys[key] = entry


def _automaton(texts: list[str], kind: MatchKind) -> AhoCorasick | None:
    return AhoCorasick(texts, matchkind=kind) if texts else None


def _crosses(key: str, quoted: set[str]) -> bool:
    """Whether a form may be found with quotation marks in it."""
    return len(key) >= _ACROSS_MIN or key in quoted


def _match_pattern(key: _Key, folded: str, start: int, end: int) -> Iterator[Span]:
    assert key.regex is not None
    for m in key.regex.finditer(folded, max(0, start - _PATTERN_REACH), end + _PATTERN_REACH):
        if m.start() <= start and end <= m.end() and number_whole(folded, m):
            values = [patterns.parse_number(text) for text in m.groups()]
            if None not in values:
                filled = patterns.fill(key.entry, [v for v in values if v is not None])
                yield m.start(), m.end(), filled


def _leftmost_longest(spans: list[Span]) -> list[Span]:
    """The spans that survive: by start, then the longest, none overlapping an earlier one."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
    return chosen
