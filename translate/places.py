"""Places in a report: known ones, and unknown ones by their type (清油河镇 Qingyouhe Town).

A place begins where the gazetteer knows it or where the linear model of ``translate.spans`` finds
that the characters before a type word (镇, 村, 河 ...) are its name. Places that stand in a row, each
inside the one before, are one constraint, in English order: 商洛市商南县 is
``Shangnan County, Shangluo City``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from translate.gazetteer import MUNICIPALITIES, gazetteer
from translate.pinyin import Spelling, spell_word
from translate.spans import PAD, context, score, weights

Span = tuple[int, int, int]  # start, where the type begins, end: offsets in a context
MAX_STEM = 5
THRESHOLD = 0.5  # Log-odds from which on a stem that no gazetteer knows is a place.


@dataclass(frozen=True, slots=True)
class Type:
    """A type word: its English, other renderings, and its rank as in ``gazetteer.Place``."""

    english: str
    others: tuple[str, ...] = ()
    rank: int = 9


TYPES: dict[str, Type] = {
    "省": Type("Province", ("",), 1),
    "市": Type("City", ("",), 2),
    "地区": Type("Prefecture", ("", "Region", "Area"), 2),
    "盟": Type("League", (), 2),
    "县": Type("County", (), 3),
    "区": Type("District", (), 3),
    "旗": Type("Banner", (), 3),
    "新区": Type("New Area", ("New District",), 3),
    "镇": Type("Town", ("Township",), 4),
    "乡": Type("Township", ("Town",), 4),
    "苏木": Type("Sumu", ("Township",), 4),
    "街道": Type("Subdistrict", ("Sub-district", "Street"), 4),
    "村": Type("Village", (), 5),
    "社区": Type("Community", (), 5),
    "寨": Type("Village", ("Stockade", "Zhai"), 5),
    "新村": Type("New Village", ("Village",), 5),
    "河": Type("River"),
    "江": Type("River"),
    "湖": Type("Lake"),
    "山": Type("Mountain", ("Mountains", "Hill", "Mount")),
    "峡": Type("Gorge", ("Canyon", "Gorges")),
    "岭": Type("Ridge", ("Mountain", "Mountains", "Hill")),
    "岛": Type("Island", ("Islands",)),
    "湾": Type("Bay", ("Gulf",)),
    "桥": Type("Bridge"),
    "大桥": Type("Bridge", ("Grand Bridge",)),
    "路": Type("Road", ("Street",)),
    "街": Type("Street", ("Road",)),
    "大道": Type("Avenue", ("Boulevard", "Road")),
    "小区": Type(
        "Residential Community",
        ("Residential Compound", "Residential Area", "Residential Quarter", "Estate", "Compound",
         "Community", "residential community", "residential compound", "Neighborhood"),
    ),
    "水库": Type("Reservoir"),
    "林场": Type("Forest Farm", ("Forestry Farm",)),
    "农场": Type("Farm"),
    "机场": Type("Airport"),
    "码头": Type("Wharf", ("Pier", "Dock")),
    "广场": Type("Square", ("Plaza",)),
    "公园": Type("Park"),
    "平原": Type("Plain", ("Plains",)),
    "盆地": Type("Basin"),
    "古镇": Type("Ancient Town", ("Old Town",)),
}  # fmt: skip
# Where the bare syllables of the whole are as good: 连心桥 Lianxinqiao, 天台山 Tiantaishan.
_RUN_TOGETHER = frozenset("河江湖山峡岭岛湾桥街寨")
_TYPE = re.compile("(?=(" + "|".join(sorted(TYPES, key=len, reverse=True)) + "))")
# 商南县委: the organ belongs to the glossary (县委), the name to us (商南).
_ORGAN = re.compile(
    "(?:党?委|工委|党工委|党支部|党总支|人民政府|政府|人大|政协|纪委|监委|两委|团委)"
)
_MAX_FORMS = 24


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text: ``start`` and ``end`` are offsets in it; ``type_at`` where its type is."""

    start: int
    end: int
    type_at: int
    target: str
    accepted: tuple[str, ...]
    rank: int


def place_candidates(text: str) -> list[list[Span]]:
    """Spans that could be a place by their type, those with one end together.

    ``text`` is a ``context``.
    """
    groups = []
    for match in _TYPE.finditer(text):
        suffix = match.start()
        group = []
        for start in range(suffix - 1, max(suffix - 1 - MAX_STEM, -1), -1):
            if not "\u4e00" <= text[start] <= "\u9fff":
                break
            group.append((start, suffix, match.end(1)))
        if group:
            groups.append(group)
    return groups


def place_features(text: str, start: int, suffix: int, end: int) -> list[str]:
    """What speaks for or against ``text[start:end]`` as a place, its type at ``suffix``.

    ``text`` is a ``context``; 商南县 has its stem 商南 before ``suffix`` and 县 after it.
    """
    kind = text[suffix:end]
    stem = text[start:suffix]
    before = text[start - 3 : start]
    after = text[end : end + 2]
    known = gazetteer()
    features = [
        "k" + kind,
        "n" + str(suffix - start) + kind,
        "l" + before[-1],
        "m" + before[-2:],
        "o" + before,
        "r" + after[0],
        "t" + after,
        "f" + stem[0],
        "h" + stem[:2],
        "j" + stem[-1],
        "w" + stem[-1] + kind,
        "i" + stem[-2:] + kind,
        "q" + stem + kind,
        "y" + before[-1] + stem[0],
        *("c" + char for char in stem),
        *("b" + stem[i : i + 2] for i in range(len(stem) - 1)),
    ]
    if stem in known.typed.get(kind, ()):
        features.append("G")
    if any(stem[:size] in known.whole for size in range(2, len(stem))):
        features.append("H")
    if any(before[-size:] in known.whole for size in (2, 3)):
        features.append("B")
    return features


def spell_place(stem: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """The English of a typed place and the other forms that count as right.

    A stem of one character keeps its type in the name: 单县 Shanxian County, 渭河 Weihe River.
    """
    known = gazetteer()
    whole = known.spelled.get(stem + kind)
    if whole is not None:
        return whole.target, (*whole.accepted, *_plain_forms(stem, kind, known.spell(stem)))
    spelling = known.spell(stem)
    forms = _plain_forms(stem, kind, spelling)
    if len(stem) == 1 and TYPES[kind].rank in (3, 9) and len(kind) == 1:
        together = spell_word(stem + kind)
        forms = (f"{together} {TYPES[kind].english}", *forms)
    return forms[0], tuple(dict.fromkeys(forms[1:]))


def _plain_forms(stem: str, kind: str, spelling: Spelling) -> tuple[str, ...]:
    """Stem and type in every accepted combination, the usual one first."""
    place_type = TYPES[kind]
    forms = [
        f"{name} {word}".strip()
        for name in (spelling.target, *spelling.accepted)
        for word in (place_type.english, *place_type.others)
        if word != "Mount"
    ]
    if kind == "市" and stem in MUNICIPALITIES:
        forms.append(f"{spelling.target} Municipality")
    if kind in _RUN_TOGETHER:
        together = spell_word(stem + kind)
        forms += [together, f"{together} {place_type.english}", f"{together} Village"]
    if kind == "山":
        forms += [f"Mount {spelling.target}", f"Mount {spell_word(stem + kind)}"]
    if kind == "湖":
        forms.append(f"Lake {spelling.target}")
    return tuple(dict.fromkeys(forms))


def find_places(text: str, bare: frozenset[str] = frozenset()) -> list[Found]:
    """The places of ``text``, in order, none overlapping; not yet joined into chains.

    ``bare`` are stems that the report elsewhere has with their type (商南 after 商南县): they count
    also alone.
    """
    padded = context(text)
    scored = [*_known(padded, bare), *_typed(padded)]
    taken: list[tuple[float, Found]] = []
    used = bytearray(len(padded))
    for value, found in sorted(scored, key=lambda item: (-item[0], item[1].start)):
        if not any(used[found.start : found.end]):
            used[found.start : found.end] = b"\x01" * (found.end - found.start)
            taken.append((value, found))
    places = [replace_offsets(found) for _, found in taken]
    return sorted(places, key=lambda found: found.start)


def replace_offsets(found: Found) -> Found:
    """From offsets in a ``context`` to offsets in its text."""
    return replace(found, start=found.start - PAD, end=found.end - PAD, type_at=found.type_at - PAD)


def _known(padded: str, bare: frozenset[str]) -> list[tuple[float, Found]]:
    """Names that the gazetteer knows without a type."""
    known = gazetteer()
    found = []
    position = PAD
    firsts = known.starts.keys() | {stem[0] for stem in bare}
    while position < len(padded) - PAD:
        if padded[position] not in firsts:
            position += 1
            continue
        name = known.whole_at(padded, position)
        if name:
            place = known.whole[name]
            end = position + len(name)
            # A place by name alone is worth less than one whose type stands there too.
            worth = 20.0 if "自治" in name else 2.0 + len(name)
            found.append(
                (worth, Found(position, end, end, place.english, place.accepted, place.rank))
            )
            position = end
            continue
        position += 1
    return found


def _typed(padded: str) -> list[tuple[float, Found]]:
    """The best reading of each type word, where there is one."""
    table = weights("place")
    found = []
    for group in place_candidates(padded):
        best, span = max((score(place_features(padded, *span), table), span) for span in group)
        if best < THRESHOLD:
            continue
        start, suffix, end = span
        target, accepted = spell_place(padded[start:suffix], padded[suffix:end])
        rank = TYPES[padded[suffix:end]].rank
        found.append((best + 8.0, Found(start, end, suffix, target, accepted, rank)))
    return found


def without_type(found: Found, text: str) -> Found:
    """The place by its stem alone: 商南 of 商南县委, where 县委 is a term."""
    stem = text[found.start : found.type_at]
    spelling = gazetteer().spell(stem)
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
    forms = [", ".join(parts) for parts, _ in zip(product(*choices), range(_MAX_FORMS))]  # noqa: B905
    if len(chain) == 2:
        inner, outer = inner_first[0].target, inner_first[1].target
        forms += [f"{inner} in {outer}", f"{inner} of {outer}", f"{outer}'s {inner}"]
    last = chain[-1]
    return replace(last, start=chain[0].start, target=forms[0], accepted=tuple(forms[1:]))
