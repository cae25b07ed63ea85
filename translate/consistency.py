"""One concept, one rendering through the document.

An admitted rendering is right by itself, but a report that says *town head* in one paragraph and
*mayor* in the next confuses its reader. Where the preferred rendering stands anywhere in the
document, uninflected admitted ones of the same concept are brought into line with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from translate.document import Edit, Pair, Placement
from translate.english import capitalise

RULE = "consistent-rendering"


def consistent(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Replace admitted renderings where the document has the preferred one as well."""
    preferred = {
        p.constraint.target.lower()
        for pair in pairs
        for p in pair.placements
        if p.start >= 0 and _said(pair, p).lower() == p.constraint.target.lower()
    }
    return tuple(_aligned(pair, preferred) for pair in pairs)


def _aligned(pair: Pair, preferred: set[str]) -> Pair:
    for i, p in enumerate(pair.placements):
        if p.start < 0 or p.constraint.kind not in ("term", "name", "place"):
            continue
        said, target = _said(pair, p), p.constraint.target
        admitted = {form.lower() for form in p.constraint.accepted}
        if said.lower() == target.lower() or said.lower() not in admitted:
            continue
        if target.lower() in preferred and _alone(pair, i):
            pair = _replaced(pair, p, capitalise(target) if p.start == 0 else target)
    return pair


def _said(pair: Pair, placement: Placement) -> str:
    return pair.target[placement.start : placement.end]


def _alone(pair: Pair, i: int) -> bool:
    """Whether no other placement shares words with this one."""
    own = pair.placements[i]
    return not any(
        p.start < own.end and own.start < p.end
        for n, p in enumerate(pair.placements)
        if n != i and p.start >= 0
    )


def _replaced(pair: Pair, placement: Placement, text: str) -> Pair:
    grown = len(text) - (placement.end - placement.start)
    placements = tuple(
        replace(p, end=p.end + grown)
        if p is placement
        else replace(p, start=p.start + grown, end=p.end + grown)
        if p.start >= placement.end
        else p
        for p in pair.placements
    )
    edit = Edit(RULE, _said(pair, placement), text, placement.start)
    target = pair.target[: placement.start] + text + pair.target[placement.end :]
    return replace(pair, target=target, placements=placements, edits=(*pair.edits, edit))
