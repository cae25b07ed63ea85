"""What must come out: glossary terms, names, dates and figures of a segment, one mechanism.

Where they overlap the glossary wins over names, names over dates, dates over figures; inside one
kind the finder has already taken leftmost-longest. A figure inside a term stays inside the term
(四下基层). One overlap is no quarrel but a composition: 商南县 and 县委书记 share their 县, and
say together "secretary of the Shangnan County Party committee".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from glossary import Glossary, Match
from translate.document import Constraint
from translate.enforcing.agreement import agree

Finder = Callable[[str], Sequence[Constraint]]
# Names are told the terms' spans: 商南|县委 leaves its 县 to the term.
NameFinder = Callable[[str, Sequence[tuple[int, int]]], Sequence[Constraint]]

# The unit's own character, the words by which a term's English names its level, and the level
# word after a place name: 市委 is "municipal Party committee", of Shangluo "Shangluo Municipal …".
LEVELS: dict[str, tuple[tuple[str, str], ...]] = {
    "省": (("provincial", "Provincial"), ("province", "Province")),
    "市": (("municipal", "Municipal"), ("city", "City")),
    "州": (("prefectural", "Prefectural"), ("prefecture", "Prefecture")),
    "县": (("county", "County"),),
    "区": (("district", "District"),),
    "旗": (("banner", "Banner"),),
    "镇": (("town", "Town"), ("township", "Town")),
    "乡": (("township", "Township"),),
    "村": (("village", "Village"),),
}


def constrain(
    text: str, glossary: Glossary, find_names: NameFinder, finders: Sequence[Finder] = ()
) -> tuple[Constraint, ...]:
    """The constraints of one segment, by offset, not overlapping.

    Args:
        text: a segment as read (Simplified, cleaned).
        glossary: its matches come first.
        find_names: persons and places in a text in which the given spans are taken.
        finders: dates and figures, in the order of precedence.
    """
    terms = [c for m in glossary.find(text) if (c := from_match(m, text)) is not None]
    if "自治" in text:
        terms = _outside(terms, find_names(text, ()))
    names = find_names(text, [(t.start, t.end) for t in terms])
    taken = compose(terms, names, text)
    for constraint in (c for found in (names, *(f(text) for f in finders)) for c in found):
        if not any(constraint.start < t.end and t.start < constraint.end for t in taken):
            taken.append(constraint)
    return agree(sorted(taken, key=lambda c: c.start), text)


def _outside(terms: Sequence[Constraint], names: Sequence[Constraint]) -> list[Constraint]:
    """The terms that are no part of an autonomous place's name: 自治县 in 三江侗族自治县 is one."""
    places = [n for n in names if n.kind == "place" and "自治" in n.source]
    return [t for t in terms if not any(p.start < t.start and t.end <= p.end for p in places)]


def from_match(match: Match, text: str) -> Constraint | None:
    """A term's constraint; None for an entry that only forbids."""
    entry = match.entry
    if not entry.usable:
        return None
    best, *others = entry.accepted
    return Constraint(
        match.start,
        match.end,
        text[match.start : match.end],
        best,
        tuple(others),
        "term",
        entry.id,
        tuple(f.text for f in entry.en if f.status in ("forbidden", "deprecated")),
        entry.best.inflection != "exact",
    )


def compose(
    terms: Iterable[Constraint], names: Iterable[Constraint], text: str
) -> list[Constraint]:
    """Join a place with the term right after it that begins with the place's level character."""
    places = {c.end: c for c in names if c.kind == "place"}
    done = []
    for term in terms:
        # 商南县|委书记 where the place was found with its level, 商南|县委书记 where without.
        place = places.get(term.start + 1) or places.get(term.start)
        joined = _join(place, term, text) if place and place.start < term.start else None
        done.append(joined or term)
    return done


def _join(place: Constraint, term: Constraint, text: str) -> Constraint | None:
    forms = [
        said
        for form in (term.target, *term.accepted)
        for name in (place.target, *place.accepted)
        if (said := _of_place(form, name, text[term.start]))
    ]
    if not forms:
        return None
    return Constraint(
        place.start,
        term.end,
        text[place.start : term.end],
        forms[0],
        tuple(dict.fromkeys(forms[1:])),
        "term",
        term.entry,
        term.forbidden,
    )


def _titled(form: str) -> str:
    """With its place a body is a name: *the Shangnan County Party Committee*."""
    return re.sub(
        r"Party committee|people's (?:congress|government|court|procuratorate)",
        lambda m: " ".join(w[0].upper() + w[1:] for w in m.group().split()),
        form,
    )


def _of_place(form: str, place: str, level: str) -> str | None:
    """``form`` with its level word replaced by the place: *county* by *Shangnan County*."""
    head = place.partition(",")[0]
    for word, title in LEVELS.get(level, ()):
        match = re.search(rf"\b{word}\b", form, re.I)
        if match is None:
            continue
        name = re.sub(
            r" (?:Province|City|Prefecture|County|District|Banner|Town|Township|Village)$", "", head
        )
        before = form[: match.start()]
        if re.search(r"\b(?:of|for|in|to|and)\s+$", before):
            before += "the "
        return _titled(f"{before}{name} {title}{form[match.end() :]}")
    return None
