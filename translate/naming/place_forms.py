"""What English calls the kinds of place, and every form of a place that counts as right."""

from __future__ import annotations

from dataclasses import dataclass

from translate.naming.gazetteer import MUNICIPALITIES, gazetteer
from translate.naming.pinyin import Spelling
from translate.naming.place_readings import spell_stem


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
    "海峡": Type("Strait", ("Straits",)),
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
RUN_TOGETHER = frozenset("河江湖山峡岭岛湾桥街寨")

_ROADS = frozenset(("路", "街", "大道", "小区"))


def spell_place(stem: str, kind: str) -> tuple[str, tuple[str, ...]]:
    """The English of a typed place and the other forms that count as right.

    A stem of one character keeps its type in the name: 单县 Shanxian County, 渭河 Weihe River.
    """
    known = gazetteer()
    whole = known.spelled.get(stem + kind)
    if whole is not None:
        forms = (*whole.accepted, *_plain_forms(stem, kind, known.spell_unit(stem)))
        return whole.target, tuple(f for f in dict.fromkeys(forms) if f != whole.target)
    is_unit = TYPES[kind].rank <= 5 or kind in _ROADS
    spelling = known.spell_unit(stem) if is_unit else known.spell(stem)
    forms = _plain_forms(stem, kind, spelling)
    if len(stem) == 1 and TYPES[kind].rank in (3, 9) and len(kind) == 1:
        together = spell_stem(stem + kind).target
        forms = (f"{together} {TYPES[kind].english}", *forms)
    return forms[0], tuple(form for form in dict.fromkeys(forms) if form != forms[0])


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
    if kind in RUN_TOGETHER:
        together = spell_stem(stem + kind).target
        forms += [together, f"{together} {place_type.english}", f"{together} Village"]
    if kind == "山":
        forms += [f"Mount {spelling.target}", f"Mount {spell_stem(stem + kind).target}"]
    if kind == "湖":
        forms.append(f"Lake {spelling.target}")
    return tuple(dict.fromkeys(forms))
