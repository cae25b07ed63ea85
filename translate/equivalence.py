"""Whether an English sentence states a figure or date, in whatever wording."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.document import Constraint
from translate.english_dates import same_date
from translate.quantities import Quantity, read_quantities

# Hedges that say the same of a figure as the one asked for.
_HEDGE_LIKE = {
    "": ("",),
    "more": ("more", "atleast"),
    "less": ("less", "atmost"),
    "nearly": ("nearly",),
    "about": ("about",),
    "atleast": ("atleast", "more"),
    "atmost": ("atmost", "less"),
}
_SCALE = r"(?:\s|-)*(?:of\s+)?(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?)\b"
_LONG_RANGE = 60  # characters between the two ends of a range that are stated apart


def equivalent(target: str, constraint: Constraint) -> tuple[int, int] | None:
    """Where ``target`` states what ``constraint`` asks for.

    Wording is free ("RMB 6.65 million", "6,650,000 yuan"); value, unit and an adjacent hedge
    are not. The constraint's ``target`` and ``accepted`` say what counts.

    Args:
        target: An English sentence, without tags.
        constraint: A constraint of kind ``number`` or ``date``.

    Returns:
        The half-open span in ``target``, or None.
    """
    renderings = (constraint.target, *constraint.accepted)
    if constraint.kind == "date":
        for rendering in renderings[:12]:
            if span := same_date(target, rendering):
                return span
    stated = read_quantities(target)
    for wanted in _meanings(renderings):
        if span := _find(target, wanted, stated):
            return span
    for rendering in renderings:
        if span := _literal(target, rendering):
            return span
    return None


def _meanings(renderings: tuple[str, ...]) -> list[Quantity]:
    """The distinct quantities that whole renderings state."""
    found: list[Quantity] = []
    seen = set()
    for rendering in renderings:
        for quantity in read_quantities(rendering)[:1]:
            key = (quantity.low, quantity.high, quantity.dimension, quantity.hedge, quantity.form)
            whole = quantity.start == 0 and quantity.end == len(rendering)
            if whole and key not in seen:
                seen.add(key)
                found.append(quantity)
    return found


def _find(target: str, wanted: Quantity, stated: list[Quantity]) -> tuple[int, int] | None:
    dimensions = {quantity.dimension for quantity in stated}
    for got in stated:
        if got.is_range == wanted.is_range and _same(wanted, got, dimensions):
            return got.start, got.end
    if wanted.is_range:
        return _apart(wanted, stated, dimensions)
    return None


def _same(wanted: Quantity, got: Quantity, dimensions: set[str]) -> bool:
    if (got.low, got.high) != (wanted.low, wanted.high) and not _close(wanted, got):
        return False
    if got.form != wanted.form or got.hedge not in _HEDGE_LIKE[wanted.hedge]:
        return False
    if got.dimension == wanted.dimension:
        return not (wanted.per and got.per and wanted.per != got.per)
    # "from 19 yuan to 12": a figure without its unit, where the sentence has that unit.
    return not got.dimension and wanted.dimension in dimensions


def _close(wanted: Quantity, got: Quantity) -> bool:
    """Thirds have no end: equal to the last digit that is kept."""
    small = Decimal("1e-20")
    return abs(wanted.low - got.low) < small and abs(wanted.high - got.high) < small


def _apart(
    wanted: Quantity, stated: list[Quantity], dimensions: set[str]
) -> tuple[int, int] | None:
    """A range whose two ends stand apart: "from 3 yuan a day to as much as 5"."""
    ends = []
    for value in (wanted.low, wanted.high):
        end = Quantity(value, value, wanted.dimension, "", wanted.form, 0, 0)
        near = [q for q in stated if not q.is_range and _same(end, q, dimensions)]
        if not near:
            return None
        ends.append(near[0])
    start, end_ = min(e.start for e in ends), max(e.end for e in ends)
    return (start, end_) if end_ - start <= _LONG_RANGE else None


def _literal(target: str, rendering: str) -> tuple[int, int] | None:
    """``rendering`` word for word, and not as a piece of another figure."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", rendering) if word)
    if not words or read_quantities(rendering) and re.search(r"\d", rendering):
        return None
    for match in re.finditer(rf"(?<![\w.,]){words}(?!\w)", target, re.I):
        before, after = target[: match.start()], target[match.end() :]
        if re.match(_SCALE, after) or re.search(
            r"(?:tens|hundreds|thousands|dozens|\d|hundred|thousand|million) (?:of )?$",
            before,
            re.I,
        ):
            continue
        return match.span()
    return None
