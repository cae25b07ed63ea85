"""The types of one article's way through, from the page as printed to aligned pairs.

Every type is a frozen dataclass; a later stage makes a new value, it never changes one.
All offsets are half-open code-point indices (``text[start:end]``) into the text that the
field's comment names. The invariants that the property tests hold:

* ``document.text[s.start:s.end] == s.text`` for each segment ``s``;
* ``s.text[c.start:c.end] == c.source`` for each constraint ``c`` of ``s``;
* ``pair.target[p.start:p.end]`` is how placement ``p`` came out, unless it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ParagraphKind = Literal["headline", "subhead", "byline", "body"]
ConstraintKind = Literal["term", "number", "date", "name", "place", "keep"]
How = Literal["model", "tagged", "redecoded", "substituted", "missing"]
Origin = Literal["engine", "memory", "human"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a rule made, and where.

    ``start`` is the offset of ``before``: in ``Document.printed`` for a cleaning fixer, in the
    hypothesis that the rule was given for enforcement and polishing.
    """

    rule: str
    before: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that an editor must look at. ``code`` is stable, ``message`` is for people.

    ``start`` and ``end`` delimit the Chinese it is about (in ``Document.text`` on a document,
    in ``Segment.text`` on a pair); ``-1`` where it is about the whole segment. ``candidates``
    are the readings or renderings to choose from, best first.
    """

    code: str
    message: str
    start: int = -1
    end: int = -1
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it: its text (no line breaks), kind and 1-based line."""

    text: str
    kind: ParagraphKind
    line: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, headline, subhead or byline: one row of the bitext.

    ``start`` and ``end`` are offsets in ``Document.text``; ``paragraph`` indexes
    ``Document.paragraphs``. ``parts`` are the spans (offsets in ``text``, adjoining, covering
    it) to decode one by one when the whole is longer than the model knows; usually empty.
    """

    text: str
    start: int
    end: int
    paragraph: int
    kind: ParagraphKind
    printed: str = ""
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article: as printed, as read (cleaned), and the way back from the one to the other.

    ``printed`` and ``text`` are the paragraphs joined by a line break. ``origins[i]`` is the
    offset in ``printed`` of the character ``text[i]``; it has ``len(text) + 1`` items, the last
    one ``len(printed)``, and never falls.
    """

    name: str
    printed: str
    text: str
    origins: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    segments: tuple[Segment, ...] = ()
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in ``printed``."""
        return self.origins[start], self.origins[end]


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that must come out right: a term, a figure, a date or a name.

    ``start`` and ``end`` are offsets in ``Segment.text`` and ``source`` is what stands there.
    ``target`` is the English to aim for; ``accepted`` are other renderings that count as right,
    ``forbidden`` those that must not appear. ``entry`` is the glossary entry's id.
    """

    start: int
    end: int
    source: str
    target: str
    accepted: tuple[str, ...] = ()
    kind: ConstraintKind = "term"
    entry: str | None = None
    forbidden: tuple[str, ...] = ()
    inflects: bool = True


@dataclass(frozen=True, slots=True)
class Placement:
    """How a constraint came out: ``start`` and ``end`` are offsets in ``Pair.target``.

    A missing one has ``start == end == -1``.
    """

    constraint: Constraint
    start: int
    end: int
    how: How


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment with its English: the sentence alignment is this pairing itself."""

    segment: Segment
    target: str
    placements: tuple[Placement, ...] = ()
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    origin: Origin = "engine"


@dataclass(frozen=True, slots=True)
class Bitext:
    """A translated document. ``signature`` says what made it: version, model, glossary."""

    document: Document
    pairs: tuple[Pair, ...]
    signature: str
