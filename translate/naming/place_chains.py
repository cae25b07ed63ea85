"""A place that was found, and what becomes of it: shared with a term, joined with the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, product

from translate.naming.gazetteer import MUNICIPALITIES, gazetteer
from translate.naming.place_readings import spell_stem

# 商南县委: the organ belongs to the glossary (县委), the name to us (商南).
_ORGAN = re.compile(
    "党?工?委|党支部|党总支|人民政府|政府|人大|政协|纪委|监委|两委|团委|武装部|人武部"
)
_MUNICIPAL = {f"{name.target} City": name.target for name in map(spell_stem, MUNICIPALITIES)}
_MAX_FORMS = 24


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text: ``start`` and ``end`` are offsets in it; ``type_at`` where its type is.

    ``value`` is the log-odds that it is one, or what stands for them where the gazetteer speaks.
    """

    start: int
    end: int
    type_at: int
    target: str
    accepted: tuple[str, ...]
    rank: int
    value: float


def without_type(found: Found, text: str) -> Found:
    """The place by its stem alone: 商南 of 商南县委, where 县委 is a term."""
    stem = text[found.start : found.type_at]
    spelling = gazetteer().spell_unit(stem)
    return replace(
        found,
        end=found.type_at,
        target=spelling.target,
        accepted=(found.target, *spelling.accepted, *found.accepted),
        rank=9,
    )


def gives_up_type(found: Found, text: str) -> bool:
    """Whether an organ follows that a glossary names together with the type: 县委, 镇政府."""
    return (
        found.rank in (1, 2, 3, 4, 5)
        and found.type_at < found.end
        and found.type_at - found.start > 1
        and _ORGAN.match(text, found.end) is not None
    )


def join_chains(places: list[Found]) -> list[Found]:
    """Adjoining places, each inside the one before, as one in English order."""
    joined: list[list[Found]] = []
    for place in places:
        last = joined[-1][-1] if joined else None
        if last and last.end == place.start and last.rank < place.rank <= 5:
            joined[-1].append(place)
        else:
            joined.append([place])
    return [_chain(chain) if len(chain) > 1 else chain[0] for chain in joined]


def _chain(chain: list[Found]) -> Found:
    inner_first = chain[::-1]
    choices = [[place.target, *place.accepted[:2]] for place in inner_first]
    if chain[0].rank == 1 and chain[0].target in _MUNICIPAL:
        # The press has "Fengdu County, Chongqing", no "City" after it.
        bare = _MUNICIPAL[chain[0].target]
        choices[-1] = [bare, chain[0].target, f"{bare} Municipality"]
    parts_of = list(islice(product(*choices), _MAX_FORMS))
    forms = [", ".join(parts) for parts in parts_of]
    inner, outer = parts_of[0][0], ", ".join(parts_of[0][1:])
    forms += [f"{inner} in {outer}", f"{inner} of {outer}"]
    if len(chain) == 2:
        forms += [f"{outer}'s {inner}"]
    forms = list(dict.fromkeys(forms))
    last = chain[-1]
    return replace(last, start=chain[0].start, target=forms[0], accepted=tuple(forms[1:]))
