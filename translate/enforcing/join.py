"""Parts of a long sentence, decoded one by one, joined again into one pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from translate.document import Constraint, Edit, Placement
from translate.enforcing.enforce import Draft, Unit

# How the mark that ends a part is said between two English clauses.
_MARKS = {"；": ";", ";": ";", "：": ":", ":": ":", "。": ".", "！": "!", "？": "?"}
# First words that lose their capital inside a sentence; names and terms keep theirs.
_LOWERED = frozenset(
    "a an the this that these those it its they their he his she her we our in on at by with to "
    "for from through under of and or but while when after before as so all each every more some "
    "many most such also then there which who what where how if not only both "
    "establishing building promoting strengthening improving carrying focusing adhering".split()
)


def split_units(
    text: str, constraints: Sequence[Constraint], parts: Sequence[tuple[int, int]]
) -> list[Unit]:
    """One unit a part, with the constraints that lie in it, their offsets in the part."""
    return [
        Unit(
            text[start:end],
            tuple(
                replace(c, start=c.start - start, end=c.end - start)
                for c in constraints
                if start <= c.start and c.end <= end
            ),
        )
        for start, end in parts or ((0, len(text)),)
    ]


def join_drafts(
    drafts: Sequence[Draft], units: Sequence[Unit], constraints: Sequence[Constraint]
) -> Draft:
    """Put drafts of adjoining parts together.

    Args:
        drafts: one a part.
        units: the parts they translate.
        constraints: the segment's own, whose offsets the placements get back; in order they are
            those of the units one after another.
    """
    if len(drafts) == 1:
        only = drafts[0]
        placements = zip(only.placements, constraints, strict=True)
        return replace(only, placements=tuple(replace(p, constraint=c) for p, c in placements))
    target = ""
    placements_: list[Placement] = []
    edits: list[Edit] = []
    for n, (draft, unit) in enumerate(zip(drafts, units, strict=True)):
        body = draft.target
        if n < len(drafts) - 1:
            body = _ended(body, unit.text)
        if target and target[-1] not in ".!?" and body:
            body = _lowered(body, draft.placements)
        shift = len(target) + bool(target)
        target = f"{target} {body}" if target else body
        placements_ += [
            p if p.start < 0 else replace(p, start=p.start + shift, end=p.end + shift)
            for p in draft.placements
        ]
        edits += [replace(e, start=e.start + shift) for e in draft.edits]
    whole = zip(placements_, constraints, strict=True)
    return Draft(
        target,
        tuple(replace(p, constraint=c) for p, c in whole),
        tuple(edits),
        sum(d.score for d in drafts) / len(drafts),
    )


def _ended(body: str, source: str) -> str:
    """A part that is not the last ends as its source does, not with the model's full stop."""
    mark = _MARKS.get(source.rstrip("”’」』 ")[-1:], ",")
    stripped = body.rstrip()
    closing = '"' if stripped.endswith('"') and stripped.count('"') % 2 == 0 else ""
    kept = stripped[: len(stripped) - len(closing)].rstrip(".,;:!? ")
    return f"{kept}{mark}{closing}" if kept else ""


def _lowered(body: str, placements: Sequence[Placement]) -> str:
    first = body.split(" ", 1)[0].strip("\"',")
    if any(p.start == 0 for p in placements) or first.lower() not in _LOWERED:
        return body
    return body[:1].lower() + body[1:]
