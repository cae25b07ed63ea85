"""Whether an English sentence states a figure or date, in whatever wording."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from translate.document import Constraint
from translate.figures.english_dates import read_facts, relatives, same_date
from translate.figures.quantities import Quantity, read_quantities
from translate.figures.units import alternation, english_units

# Hedges that say the same of a figure as the one asked for.
_HEDGE_LIKE = {
    "": ("", "some", "within"),
    "more": ("more", "over", "atleast", "some"),
    "less": ("less", "atmost", "within"),
    "within": ("within", "", "some", "less", "atmost"),
    "nearly": ("nearly",),
    "about": ("about", "some"),
    "some": ("about", "some"),
    "over": ("more", "over", "atleast"),
    "atleast": ("atleast", "more", "over"),
    "atmost": ("atmost", "less"),
}
_SCALE = r"(?:\s|-)*(?:of\s+)?(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?)\b"
_DATE_FORMS = 12  # the first forms hold every distinct set of facts
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
        for rendering in renderings[:_DATE_FORMS]:
            if _as_exact(constraint.target, rendering) and (span := same_date(target, rendering)):
                return span
    stated = read_quantities(target)
    relative = relatives().get(constraint.target)
    if relative and (match := re.search(rf"\b(?:{relative})\b", target, re.I)):
        return match.span()
    for wanted in _meanings(renderings):
        if span := _find(target, wanted, stated):
            return span
    for rendering in renderings:
        if constraint.kind == "date" and read_facts(rendering):
            continue  # compared by its facts above
        if span := _literal(target, rendering):
            return span
    return None


def _as_exact(target: str, rendering: str) -> bool:
    """Whether ``rendering`` tells morning from evening as well as ``target`` does."""
    halves = [
        {fact.value[2] for fact in read_facts(text) if fact.kind == "time"}
        for text in (target, rendering)
    ]
    return halves[0] == halves[1]


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
    dimensions = {q.dimension for q in stated} | _mentioned(target, wanted.dimension)
    for got in stated:
        if got.is_range == wanted.is_range and _same(wanted, got, dimensions):
            return got.start, got.end
    if wanted.is_range:
        return _apart(wanted, stated, dimensions)
    return None


def _mentioned(target: str, dimension: str) -> set[str]:
    """``dimension``, if the sentence names a unit of it anywhere."""
    names = [form for form, unit in english_units().items() if unit.dimension == dimension]
    named = re.compile(rf"(?<![A-Za-z])(?:{alternation(names)})(?![A-Za-z])", re.I)
    return {dimension} if names and named.search(target) else set()


def _same(wanted: Quantity, got: Quantity, dimensions: set[str]) -> bool:
    # Not a hedge: "over two hours" is during, "over three ridges" across.
    during = got.hedge == "over" and (
        wanted.dimension in ("months", "seconds") or (not wanted.dimension and wanted.high < 10)
    )
    alike = got.hedge in _HEDGE_LIKE[wanted.hedge] or (during and not wanted.hedge)
    if got.form != wanted.form or not alike:
        return False
    if got.dimension == wanted.dimension:
        rates_differ = wanted.per and got.per and wanted.per not in got.per
        return _close(wanted, got, Decimal(1)) and not rates_differ
    if got.dimension == "age" and wanted.dimension == "months":  # a tree 40 years old
        return _close(wanted, got, Decimal(12))
    if not wanted.dimension:  # "checked 286 times", for a count whose measure word is left out
        return got.dimension in ("times", "point") and _close(wanted, got, Decimal(1))
    # "from 19 yuan to 12": a figure without its unit, where the sentence has that unit.
    elided = not got.dimension and wanted.dimension in dimensions
    return elided and _close(wanted, got, wanted.factor)


def _close(wanted: Quantity, got: Quantity, factor: Decimal) -> bool:
    """Whether the values are equal, to the last digit kept: thirds have no end."""
    low, high = abs(wanted.low - got.low * factor), abs(wanted.high - got.high * factor)
    return max(low, high) < Decimal("1e-20")


def _apart(
    wanted: Quantity, stated: list[Quantity], dimensions: set[str]
) -> tuple[int, int] | None:
    """A range whose two ends stand apart: "from 3 yuan a day to as much as 5"."""
    ends = []
    for value in (wanted.low, wanted.high):
        end = replace(wanted, low=value, high=value, hedge="")
        near = [q for q in stated if not q.is_range and _same(end, q, dimensions)]
        if not near:
            return None
        ends.append(near[0])
    start, end_ = min(e.start for e in ends), max(e.end for e in ends)
    return (start, end_) if end_ - start <= _LONG_RANGE else None


def _literal(target: str, rendering: str) -> tuple[int, int] | None:
    """``rendering`` word for word, and not as a piece of another figure."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", rendering) if word)
    whole = [q for q in read_quantities(rendering) if (q.start, q.end) == (0, len(rendering))]
    if not words or whole:
        return None  # a figure is compared by value, never by its letters
    for match in re.finditer(rf"(?<![\w.,]){words}(?!\w|[.,:]\d)", target, re.I):
        before, after = target[: match.start()], target[match.end() :]
        if re.match(_SCALE, after) or re.search(
            r"(?:tens|hundreds|thousands|dozens|\d|hundred|thousand|million) (?:of )?$",
            before,
            re.I,
        ):
            continue
        return match.span()
    return None
