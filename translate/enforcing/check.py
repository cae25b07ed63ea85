"""Reading a hypothesis against its constraints: what came out right, and where.

A constraint is right where its preferred form, an admitted one or an inflection stands in the
target, or, for figures and dates, an expression of the same value. Each occurrence answers for
one constraint; a term named twice may be said once, a figure may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate.document import Constraint, Placement
from translate.enforcing.tags import Read, Span
from translate.english import find_form
from translate.loops import loops

_FIGURE = re.compile(r"(?<![A-Za-z\d.])\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a hypothesis did with its constraints.

    ``placed`` maps a constraint's index to its placement; ``missing`` are the other indices,
    rising. ``unused`` are tagged spans that answer for no constraint: mutilated or doubled.
    ``forbidden`` are spans of renderings that must not appear, with the index of the constraint
    that forbids them. ``stray`` are figures that the source has not. ``loops`` counts repetitions.
    """

    placed: dict[int, Placement]
    missing: tuple[int, ...]
    unused: tuple[Span, ...]
    forbidden: tuple[tuple[Span, int], ...]
    stray: tuple[Span, ...]
    loops: int

    @property
    def faults(self) -> int:
        """How much is wrong; 0 is perfect. A doubled tag weighs half a missing constraint."""
        grave = len(self.missing) + len(self.forbidden) + len(self.stray) + self.loops
        return 2 * grave + len(self.unused)


def check(read: Read, constraints: Sequence[Constraint], source: str) -> Verdict:
    """Find each constraint in ``read.text``; offsets of ``constraints`` are in ``source``."""
    found = [occurrences(read.text, c) for c in constraints]
    taken: list[Span] = []
    placed: dict[int, Placement] = {}
    # Those with the fewest places to be choose first, then the longest.
    order = sorted(range(len(found)), key=lambda i: (len(found[i]), -len(constraints[i].target)))
    for i in order:
        free = [s for s in found[i] if not any(overlap(s, t) for t in taken)]
        if free:
            aim = expected(read, constraints[i])
            span = min(free, key=lambda s: (not _inside(s, read), abs(s[0] - max(aim, 0)), s))
            taken.append(span)
            placed[i] = Placement(
                constraints[i], *span, "tagged" if _inside(span, read) else "model"
            )
    for i in order:
        shared = None if i in placed else _shared(constraints[i], found[i], placed.values())
        if shared is not None:
            placed[i] = Placement(constraints[i], *shared, "model")
    return Verdict(
        placed,
        tuple(i for i in range(len(found)) if i not in placed),
        tuple(s for s in read.tagged if not any(overlap(s, t) for t in taken)),
        tuple(_forbidden(read.text, constraints, taken)),
        stray_figures(read.text, constraints, source, taken),
        loops(read.text),
    )


def occurrences(text: str, constraint: Constraint) -> list[Span]:
    """Where ``text`` says the constraint, left to right; longer forms win over shorter."""
    if constraint.kind in ("number", "date"):
        return _stated(text, constraint)
    spans: list[Span] = []
    forms = dict.fromkeys((constraint.target, *constraint.accepted))
    for form in sorted(forms, key=len, reverse=True):
        for span in find_form(text, form, exact=not constraint.inflects):
            if not any(overlap(span, s) for s in spans):
                spans.append(span)
    return sorted(spans)


def _stated(text: str, constraint: Constraint) -> list[Span]:
    """A figure or date: its own words, whole figures compared; else an expression of its value.

    Its other renderings are not searched for as words: "22" would be found in "22.5".
    """
    from translate.figures.numbers import equivalent

    if own := find_form(text, constraint.target):
        return own
    span = equivalent(text, constraint)
    return [] if span is None else [span]


def overlap(a: Span, b: Span) -> bool:
    """Whether two half-open spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def expected(read: Read, constraint: Constraint) -> int:
    """Where in ``read.text`` the attention puts the constraint; -1 where it never looked."""
    starts = [
        link.target_start
        for link in read.links
        if link.source_start < constraint.end and constraint.start < link.source_end
    ]
    return min(starts, default=-1)


def stray_figures(
    text: str, constraints: Sequence[Constraint], source: str, taken: Sequence[Span]
) -> tuple[Span, ...]:
    """Figures in ``text`` outside the ``taken`` spans that nothing in the source accounts for.

    A wrong figure beside the right one is the worst that a translation of a report can have.
    """
    said = [source, *(form for c in constraints for form in (c.target, *c.accepted))]
    known = {m.group().replace(",", "") for form in said for m in _FIGURE.finditer(form)}
    return tuple(
        m.span()
        for m in _FIGURE.finditer(text)
        if m.group().replace(",", "") not in known and not any(overlap(m.span(), t) for t in taken)
    )


def _inside(span: Span, read: Read) -> bool:
    return any(t[0] <= span[0] and span[1] <= t[1] for t in read.tagged)


def _shared(constraint: Constraint, spans: list[Span], placed: Iterable[Placement]) -> Span | None:
    """The place of the same term said once for two mentions; never for figures and dates."""
    if constraint.kind in ("number", "date"):
        return None
    for p in placed:
        if p.constraint.target == constraint.target and (p.start, p.end) in spans:
            return p.start, p.end
    return None


def _forbidden(
    text: str, constraints: Sequence[Constraint], taken: list[Span]
) -> list[tuple[Span, int]]:
    found: list[tuple[Span, int]] = []
    for i, constraint in enumerate(constraints):
        for form in constraint.forbidden:
            for span in find_form(text, form):
                clear = not any(overlap(span, t) for t in taken)
                if clear and not any(overlap(span, s) for s, _ in found):
                    found.append((span, i))
    return found
