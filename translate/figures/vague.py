"""Vague figures, 几十, 数百, 成千上万, with the unit after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.figures.units import alternation, read_table, units
from translate.figures.wording import Settled


@cache
def _vague_table() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {zh: (target, tuple(more.split("|"))) for zh, target, more in read_table("vague.tsv")}


@cache
def _vague_re() -> re.Pattern[str]:
    worded = [u.zh for u in units().values() if u.zh and u.kind not in ("drop", "keep")]
    dropped = [u.zh for u in units().values() if u.kind == "drop"]
    return re.compile(
        rf"(?<![数第几十百千万])(?P<word>{alternation(list(_vague_table()))})(?![几余多来十百千万亿])"
        rf"(?:(?P<unit>{alternation(worded)})|(?P<drop>{alternation(dropped)}))?"
    )


def vague_figures(masked: str) -> Iterator[Settled]:
    """几十, 数百, 上千, 成千上万, with the unit after them."""
    for match in _vague_re().finditer(masked):
        target, accepted = _vague_table()[match["word"]]
        end = match.end()
        if not match["unit"]:
            yield match.start(), end, target, accepted
            continue
        unit = units()[match["unit"]]
        name = unit.plural
        if unit.zh == "年" and match["word"][-1] in "十百":
            spans = {"十": ("decades", "several decades"), "百": ("centuries", "several centuries")}
            target, *more = spans[match["word"][-1]]
            more += [f"{form} years" for form in (*_vague_table()[match["word"]][1], "dozens of")]
            if match["word"][-1] == "百":
                target, more = (
                    "hundreds of years",
                    [target, *more, "a century", "more than a century"],
                )
            yield match.start(), end, target, tuple(more)
            continue
        forms = tuple(f"{form} {name}" for form in (target, *accepted))
        yield match.start(), end, forms[0], (*forms[1:], *accepted)
