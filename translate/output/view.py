"""What several outputs show alike: marked runs of text, the term table, counts, edits in place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from translate.document import Bitext, ConstraintKind, Document, Edit, Flag, How, Pair, Segment

T = TypeVar("T")

# C0 and C1 controls (tab and line break are not), lone surrogates, and the two that end every
# Unicode plane: not allowed in HTML and XML, and escape sequences on a terminal.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(p << 16 | 0xFFFE) + chr(p << 16 | 0xFFFF) for p in range(17))
    + "]"
)
# What reorders text that stands after it: an unclosed one would turn round a whole table row.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")

# How far apart two characters of an edit may stand as printed: a reading or two between them.
_REACH = 20
LABELS: dict[ConstraintKind, str] = {
    "term": "term", "name": "person", "place": "place", "number": "figure", "date": "date",
    "keep": "kept",
}  # fmt: skip
HOWS: dict[How, str] = {
    "model": "the model wrote it itself",
    "tagged": "it was put into the source and carried over",
    "redecoded": "the sentence was translated again to have it",
    "substituted": "it replaced what the model had written",
    "missing": "it is not there",
}


def printable(text: str) -> str:
    """The text with what HTML, XML and terminals can't take as U+FFFD; as long as it was."""
    return _BIDI.sub("�", _UNPRINTABLE.sub("�", text))


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """A stretch of text and the marks that cover it. ``first``: those that begin with it."""

    text: str
    marks: tuple[T, ...] = ()
    first: tuple[T, ...] = ()


def runs(text: str, spans: Iterable[tuple[int, int, T]]) -> list[Run[T]]:
    """Cut a text where marks begin and end; the runs joined are the text.

    Args:
        text: any text.
        spans: start, end and mark. They may overlap; what lies outside the text is cut off, and
            an empty one (where something was inserted) gives an empty run.
    """
    inside = [
        (max(s, 0), min(e, len(text)), mark)
        for s, e, mark in spans
        if s <= len(text) and 0 <= s <= e
    ]
    cuts = sorted({0, len(text), *(s for s, _, _ in inside), *(e for _, e, _ in inside)})
    points: dict[int, list[T]] = {}
    for start, end, mark in inside:
        if start == end:
            points.setdefault(start, []).append(mark)
    found: list[Run[T]] = []
    covering: list[tuple[int, int, T]] = sorted(
        (m for m in inside if m[0] < m[1]), key=lambda m: (m[0], -m[1])
    )
    for n, start in enumerate(cuts):
        if start in points:
            found.append(Run("", tuple(points[start]), tuple(points[start])))
        if n + 1 == len(cuts):
            break
        over = [m for m in covering if m[0] <= start < m[1]]
        first = tuple(mark for s, _, mark in over if s == start)
        found.append(Run(text[start : cuts[n + 1]], tuple(mark for _, _, mark in over), first))
    return found


def printed_span(segment: Segment, document: Document) -> tuple[int, int]:
    """Where a segment stands in ``Document.printed``."""
    return document.printed_span(segment.start, segment.end)


@dataclass(frozen=True, slots=True)
class Source:
    """A segment as printed: ``edits`` are what cleaning changed in it, offsets in ``printed``."""

    printed: str
    edits: tuple[Edit, ...]


def sources(bitext: Bitext) -> list[Source]:
    """Each pair's source as printed and the cleaning edits inside it, in one pass."""
    document = bitext.document
    edits = sorted(document.edits, key=lambda e: e.start)
    starts = [e.start for e in edits]
    found = []
    for pair in bitext.pairs:
        start, end = printed_span(pair.segment, document)
        own = edits[bisect_left(starts, start) : bisect_right(starts, max(end - 1, start))]
        moved = tuple(Edit(e.rule, e.before, e.after, e.start - start) for e in own)
        found.append(Source(pair.segment.printed or document.printed[start:end], moved))
    return found


def where(edit: Edit, printed: str) -> list[tuple[int, int]]:
    """The stretches of ``printed`` that a cleaning edit was made to.

    One fixer sees what the one before it left: a word that had readings between its characters is
    converted as a whole, so its characters are looked for one by one. What isn't there as printed
    was another fixer's work, and is marked by that one's edit.
    """
    if not edit.before or printed.startswith(edit.before, edit.start):
        return [(edit.start, edit.start + len(edit.before))]
    found: list[tuple[int, int]] = []
    at = edit.start
    for character in edit.before:
        place = printed.find(character, at, at + _REACH)
        if place < 0:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
        at = place + 1
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule did, and how often it did just that."""

    rule: str
    before: str
    after: str
    times: int


def changes(edits: Iterable[Edit]) -> list[tuple[str, list[Change]]]:
    """Edits by rule, each change once; rules and changes in order of their first place."""
    counted = Counter((e.rule, e.before, e.after) for e in edits)
    found: dict[str, list[Change]] = {}
    for (rule, before, after), times in counted.items():
        found.setdefault(rule, []).append(Change(rule, before, after, times))
    return list(found.items())


@dataclass(frozen=True, slots=True)
class TermRow:
    """A line of the term table: a source, its English, how often and how it came out.

    ``places`` are (pair, placement) indices of its occurrences.
    """

    kind: ConstraintKind
    source: str
    target: str
    entry: str | None
    hows: tuple[tuple[How, int], ...]
    places: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.places)

    @property
    def missing(self) -> int:
        """How often it did not come out."""
        return dict(self.hows).get("missing", 0)


def term_rows(bitext: Bitext) -> list[TermRow]:
    """The term table: glossary terms first, then names, places, figures and dates.

    Within a kind by number of occurrences, then in order of appearance.
    """
    places: dict[tuple[ConstraintKind, str, str, str | None], list[tuple[int, int]]] = {}
    for n, pair in enumerate(bitext.pairs):
        for m, placement in enumerate(pair.placements):
            c = placement.constraint
            places.setdefault((c.kind, c.source, c.target, c.entry), []).append((n, m))
    rows = []
    for (kind, source, target, entry), found in places.items():
        counts = Counter(bitext.pairs[n].placements[m].how for n, m in found)
        hows = tuple((how, counts[how]) for how in HOWS if counts[how])
        rows.append(TermRow(kind, source, target, entry, hows, tuple(found)))
    order = list(LABELS)
    return sorted(rows, key=lambda row: (order.index(row.kind), -row.count))


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures at the head of an output."""

    pairs: int
    flagged: int
    edited: int
    placed: int
    missing: int
    kinds: tuple[tuple[ConstraintKind, int], ...]
    hows: tuple[tuple[How, int], ...]
    characters: int
    words: int


def counts(bitext: Bitext, edited: Sequence[bool] = ()) -> Counts:
    """Count pairs, constraints and text. ``edited`` says for each pair whether it was changed."""
    placements = [p for pair in bitext.pairs for p in pair.placements]
    kinds = Counter(p.constraint.kind for p in placements)
    hows = Counter(p.how for p in placements)
    return Counts(
        len(bitext.pairs),
        sum(bool(pair.flags) for pair in bitext.pairs),
        sum(edited) if edited else sum(bool(pair.edits) for pair in bitext.pairs),
        len(placements) - hows["missing"],
        hows["missing"],
        tuple((kind, kinds[kind]) for kind in LABELS if kinds[kind]),
        tuple((how, hows[how]) for how in HOWS if hows[how]),
        sum(len(_HAN.findall(pair.segment.text)) for pair in bitext.pairs),
        sum(len(pair.target.split()) for pair in bitext.pairs),
    )


def title(bitext: Bitext) -> str:
    """The English headline, else the document's name."""
    for pair in bitext.pairs:
        if pair.segment.kind == "headline" and pair.target.strip():
            return pair.target.strip()
    return file_name(bitext.document)


def file_name(document: Document) -> str:
    """The document's name without folders, which are nobody's business in a file passed on."""
    return re.split(r"[/\\]", document.name)[-1] or document.name


def is_traditional(document: Document) -> bool:
    """Whether the page was printed in Traditional script.

    It was if more than a twentieth of its Han characters were read as other ones: a Simplified
    page has at most a few repaired ones, a Traditional one more than a third.
    """
    han = changed = 0
    for character, origin in zip(document.text, document.origins, strict=False):
        if origin < len(document.printed) and _HAN.match(character):
            printed = document.printed[origin]
            if _HAN.match(printed):
                han += 1
                changed += printed != character
    return changed * 20 > han


def loose_flags(bitext: Bitext) -> list[Flag]:
    """The document's flags that lie in none of its segments, so that no pair shows them."""
    spans = [(pair.segment.start, pair.segment.end) for pair in bitext.pairs]
    return [
        flag
        for flag in bitext.document.flags
        if not any(s < max(flag.end, flag.start + 1) and flag.start < e for s, e in spans)
    ]


def paragraphs(bitext: Bitext) -> Iterator[list[Pair]]:
    """The pairs, by the paragraph that they stand in."""
    group: list[Pair] = []
    for pair in bitext.pairs:
        if group and group[-1].segment.paragraph != pair.segment.paragraph:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group
