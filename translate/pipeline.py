"""The story of one article.

    file -> read -> clean -> segment -> constrain -> engine + enforce -> polish -> Bitext

Each step takes frozen values and makes new ones. ``Translator`` holds what is loaded once: the
engine and the glossary. Sentences of all documents that are given at once are decoded together.

    from translate import Translator
    bitext = Translator().translate("2024年，全县实施重点项目64个。")
    print(bitext.pairs[0].target)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from glossary import Glossary
from models.engine import Engine
from translate.bylines import render_byline
from translate.clean import clean
from translate.consistency import consistent
from translate.constrain import constrain
from translate.document import Bitext, Constraint, Document, Edit, Flag, Pair, Paragraph, Segment
from translate.enforcing.attempt import Draft, Unit
from translate.enforcing.enforce import enforce
from translate.enforcing.join import join_drafts, split_units
from translate.figures.dates import find_dates
from translate.figures.numbers import find_numbers
from translate.flags import flags
from translate.naming.names import Names, find_names
from translate.polish import polish
from translate.read import Page, read, read_text
from translate.reading.kinds import guess_kinds
from translate.segment import segment, split_long
from translate.signature import signature

Progress = Callable[[int, int], None]

# Units decoded in one call: enough to sort by length, few enough to show progress.
CHUNK = 64
# Longer sentences are decoded part by part: see the README of models/training for the measure.
PART_PIECES = 48


@dataclass(frozen=True, slots=True)
class Task:
    """A segment on its way: what must come out, the units it is decoded in, flags so far.

    ``ready`` is the draft of a segment that needs no engine; then there are no units.
    """

    segment: Segment
    constraints: tuple[Constraint, ...]
    units: tuple[Unit, ...]
    flags: tuple[Flag, ...]
    ready: Draft | None = None


class Translator:
    """An engine and a glossary, ready to translate any number of documents."""

    def __init__(
        self,
        engine: Engine | None = None,
        glossary: Glossary | None = None,
        *,
        names: Mapping[str, str] | None = None,
        beam: int = 3,
    ) -> None:
        """Load the embedded model and the built-in glossary where none are given.

        Args:
            engine: from ``models.load``.
            glossary: from ``Glossary.load``.
            names: Chinese names and the English to use for them, over what is found by rule.
            beam: how many hypotheses are followed; 3 scores as 4 does, 1 is fastest.
        """
        if engine is None:
            from models.load import load

            engine = load()
        self.engine = engine
        self.glossary = glossary if glossary is not None else Glossary.load()
        self.names = dict(names or {})
        self.beam = beam

    @property
    def signature(self) -> str:
        """What stands on every output."""
        return signature(self.engine.name, self.glossary.revision, self.beam)

    def translate(self, text: str, name: str = "<text>") -> Bitext:
        """Translate a text, one paragraph a line."""
        return next(self.translate_pages([read_text(text, name)]))

    def translate_file(self, path: str | Path) -> Bitext:
        """Translate a file.

        Raises:
            translate.errors.InputError: it can't be read, or has no Chinese.
        """
        return next(self.translate_pages([read(path)]))

    def translate_pages(
        self, pages: Iterable[Page], progress: Progress | None = None
    ) -> Iterator[Bitext]:
        """Translate documents, their sentences decoded together; one bitext a page, in order.

        Args:
            pages: from ``translate.read``.
            progress: called with the units done and the units in all.
        """
        documents = [prepare(page) for page in pages]
        tasks = [self.tasks(document) for document in documents]
        drafts = iter(self.decode([u for ts in tasks for t in ts for u in t.units], progress))
        for document, ts in zip(documents, tasks, strict=True):
            pairs = [finish(t, list(islice(drafts, len(t.units))), document) for t in ts]
            yield Bitext(document, consistent(pairs), self.signature)

    def tasks(self, document: Document) -> list[Task]:
        """What must come out of each segment, and how it is divided for decoding."""
        kinds = [(p.text, p.kind) for p in document.paragraphs]
        names = find_names(kinds, self.names)
        return [self._task(s, names) for s in document.segments]

    def _task(self, segment: Segment, names: Names) -> Task:
        def find(text: str, taken: Sequence[tuple[int, int]]) -> Sequence[Constraint]:
            return names.in_text(text, segment.kind, taken)

        constraints = constrain(segment.text, self.glossary, find, (find_dates, find_numbers))
        named = tuple(names.flags(segment.text))
        if segment.kind == "byline" and (draft := render_byline(segment.text, constraints)):
            return Task(segment, constraints, (), named, draft)
        limit = min(PART_PIECES, self.engine.max_pieces)
        spans = [(c.start, c.end) for c in constraints]
        parts = split_long(segment.text, self.engine.count_pieces, limit, spans)
        segment = replace(segment, parts=parts)
        units = tuple(split_units(segment.text, constraints, parts))
        return Task(segment, constraints, units, named)

    def decode(self, units: Sequence[Unit], progress: Progress | None = None) -> list[Draft]:
        """One draft a unit, in order; ``progress`` is called as in :meth:`translate_pages`."""
        # The same sentence twice (a slogan, a byline) is decoded once.
        distinct = list(dict.fromkeys(units))
        drafts: dict[Unit, Draft] = {}
        for start in range(0, len(distinct), CHUNK):
            chunk = distinct[start : start + CHUNK]
            drafts.update(zip(chunk, enforce(chunk, self.engine, beam=self.beam), strict=True))
            if progress:
                progress(start + len(chunk), len(distinct))
        return [drafts[u] for u in units]


def prepare(page: Page) -> Document:
    """Clean a page and segment it."""
    printed = "\n".join(p.text for p in page.paragraphs)
    cleaned = clean(printed)
    lines = cleaned.text.split("\n")
    # Kinds are guessed again: a byline is told more surely once the readings are gone.
    kinds = guess_kinds(lines, page.marked)
    paragraphs = tuple(
        Paragraph(text, kind, p.line)
        for text, kind, p in zip(lines, kinds, page.paragraphs, strict=True)
    )
    document = Document(
        page.name, printed, cleaned.text, cleaned.origins, paragraphs,
        edits=cleaned.edits, flags=cleaned.flags,
    )  # fmt: skip
    segments = []
    for s in segment(document):
        start, end = document.printed_span(s.start, s.end)
        segments.append(replace(s, printed=printed[start:end]))
    return replace(document, segments=tuple(segments))


def finish(task: Task, drafts: list[Draft], document: Document) -> Pair:
    """Join a segment's drafts, polish them and flag what an editor must see."""
    segment = task.segment
    draft = task.ready or join_drafts(drafts, task.units, task.constraints)
    target, placements, edits = polish(draft.target, draft.placements, segment.text, segment.kind)
    found = (*_damage(segment, document), *task.flags, *flags(segment, target, placements))
    return Pair(segment, target, placements, (*draft.edits, *edits), found)


def _damage(segment: Segment, document: Document) -> Iterator[Flag]:
    """The document's flags that fall into a segment, with offsets in it."""
    for flag in document.flags:
        if flag.start < segment.end and segment.start < max(flag.end, flag.start + 1):
            start = max(flag.start - segment.start, 0)
            end = min(flag.end, segment.end) - segment.start
            yield replace(flag, start=start, end=end)


def all_edits(bitext: Bitext) -> Iterator[tuple[str, Edit]]:
    """Every change, with the step that made it: ``clean`` or ``target``."""
    yield from (("clean", e) for e in bitext.document.edits)
    yield from (("target", e) for pair in bitext.pairs for e in pair.edits)
