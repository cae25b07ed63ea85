"""The known places: China's administrative divisions, rivers, mountains, regions, countries.

``data/places.tsv`` says what its rows mean. Everything is spelled by rule (``pinyin``) unless a
row spells it out: 六安 Lu'an and 呼和浩特 Hohhot do, 商洛 doesn't.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from translate.naming.pinyin import Spelling, rows
from translate.naming.place_readings import FEATURE, spell_stem

# The ethnic groups in the names of autonomous units, in the form the national codes use.
_PEOPLES = {
    "蒙古族": "Mongolian", "蒙古": "Mongolian", "回族": "Hui", "藏族": "Tibetan",
    "维吾尔": "Uygur", "苗族": "Miao", "彝族": "Yi", "壮族": "Zhuang", "布依族": "Bouyei",
    "朝鲜族": "Korean", "满族": "Manchu", "侗族": "Dong", "瑶族": "Yao", "白族": "Bai",
    "土家族": "Tujia", "哈尼族": "Hani", "哈萨克族": "Kazakh", "哈萨克": "Kazakh",
    "傣族": "Dai", "黎族": "Li", "傈僳族": "Lisu", "佤族": "Va", "畲族": "She",
    "拉祜族": "Lahu", "水族": "Shui", "东乡族": "Dongxiang", "纳西族": "Naxi",
    "景颇族": "Jingpo", "柯尔克孜": "Kirgiz", "土族": "Tu", "达斡尔族": "Daur",
    "仫佬族": "Mulao", "羌族": "Qiang", "布朗族": "Blang", "撒拉族": "Salar",
    "毛南族": "Maonan", "仡佬族": "Gelao", "锡伯": "Xibe", "普米族": "Primi",
    "塔吉克": "Tajik", "怒族": "Nu", "鄂温克族": "Evenki", "保安族": "Bonan",
    "裕固族": "Yugur", "独龙族": "Derung", "鄂伦春": "Oroqen", "各族": "Multi-Ethnic",
}  # fmt: skip
_UNITS = {
    "自治区": "Autonomous Region", "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County", "自治旗": "Autonomous Banner",
}  # fmt: skip
_SHORT = {"自治区": "Region", "自治州": "Prefecture", "自治县": "County", "自治旗": "Banner"}
_RANKS = {"自治区": 1, "自治州": 2, "自治县": 3, "自治旗": 3}
_AUTONOMOUS = re.compile(
    "(?P<stem>内蒙古|.+?)(?P<peoples>(?:"
    + "|".join(sorted(_PEOPLES, key=len, reverse=True))
    + ")*)(?P<unit>自治[区州县旗])"
)
_REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门")
MUNICIPALITIES = ("北京", "天津", "上海", "重庆")


@dataclass(frozen=True, slots=True)
class Place:
    """A known place. ``rank`` is how far down it lies: 0 country, 1 province, 2 prefecture ...

    A rank of 9 is a region, river or mountain, which no chain of places counts in.
    """

    english: str
    accepted: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The tables of ``data/places.tsv``.

    ``whole`` are names that stand as they are (内蒙古自治区, 陕西, 长江);
    ``spelled`` are stems
    and names with an unusual spelling; ``typed`` maps a suffix to the stems that it is known with;
    ``starts`` are the whole names by their first character, the longest first.
    """

    whole: dict[str, Place]
    spelled: dict[str, Spelling]
    typed: dict[str, frozenset[str]]
    starts: dict[str, tuple[str, ...]]

    def spell(self, stem: str) -> Spelling:
        """The stem of a place: 六安 -> Lu'an, 商洛 -> Shangluo."""
        return self.spelled.get(stem) or spell_stem(stem)

    def spell_unit(self, stem: str) -> Spelling:
        """The stem of a division or road: 太湖县 is Taihu County, though 太湖 is Taihu Lake."""
        return _as_unit(stem, self.spell(stem))

    def whole_at(self, text: str, start: int) -> str:
        """The longest whole name that begins at ``start``, or the empty string."""
        for name in self.starts.get(text[start], ()):
            if text.startswith(name, start):
                return name
        return ""


def _as_unit(stem: str, known: Spelling) -> Spelling:
    """In pinyin where ``known`` is the English of a lake, mountain or sea."""
    if FEATURE.search(known.target) is None:
        return known
    plain = spell_stem(stem)
    forms = dict.fromkeys((*plain.accepted, known.target, *known.accepted))
    return Spelling(plain.target, tuple(form for form in forms if form != plain.target))


def _autonomous(name: str, spell: dict[str, Spelling]) -> dict[str, Place]:
    """An autonomous unit by its full name and, for prefectures, its short one (凉山州)."""
    match = _AUTONOMOUS.fullmatch(name)
    if match is None:
        return {}
    stem, unit = match["stem"], match["unit"]
    # 东乡族自治县 is named after the people alone.
    alone = Spelling(_PEOPLES[stem]) if stem in _PEOPLES else spell_stem(stem)
    stem_forms = spell.get(stem) or alone
    peoples = [_PEOPLES[p] for p in re.findall("|".join(_sorted_peoples()), match["peoples"])]
    listed = ", ".join(peoples[:-1]) + (" and " if len(peoples) > 1 else "") + "".join(peoples[-1:])
    rank = _RANKS[unit]
    stems = (stem_forms.target, *stem_forms.accepted)
    full = [" ".join(filter(None, (s, listed, _UNITS[unit]))) for s in stems]
    short = [form for s in stems for form in (f"{s} {_SHORT[unit]}", s)]
    known = spell.get(name)
    if known is not None:
        full = [known.target, *known.accepted, *full]
    made = {name: Place(full[0], tuple(full[1:] + short[:1]), rank)}
    if unit == "自治州" and len(stem) > 1:
        made[stem + "州"] = Place(short[0], (*full, *short[1:]), rank)
    return made


def _sorted_peoples() -> list[str]:
    return sorted(_PEOPLES, key=len, reverse=True)


@cache
def gazetteer() -> Gazetteer:
    """Load ``data/places.tsv``."""
    cells: dict[str, list[list[str]]] = defaultdict(list)
    for kind, *rest in rows("places.tsv"):
        cells[kind].append(rest)
    spelled = {zh: Spelling(en, _listed(others)) for zh, en, others in cells["spell"]}
    typed = {suffix: frozenset(stems.split()) for suffix, stems in cells["type"]}
    whole = {zh: Place(en, _listed(others), 0) for zh, en, others in cells["country"]}
    for name, forms in spelled.items():
        if len(name) > 1 and name[-1] in "江河湖山岭池海原地峡区漠廊淀错":
            rank = 3 if name.endswith("新区") else 9
            whole[name] = Place(forms.target, forms.accepted, rank)
    for stem in " ".join(stems for (stems,) in cells["bare"]).split():
        whole.update(_division(stem, spelled, typed))
    for unit in " ".join(units for (units,) in cells["whole"]).split():
        whole.update(_autonomous(unit, spelled))
    starts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(whole, key=len, reverse=True):
        starts[name[0]].append(name)
    return Gazetteer(whole, spelled, typed, {c: tuple(names) for c, names in starts.items()})


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _division(
    stem: str, spelled: dict[str, Spelling], typed: dict[str, frozenset[str]]
) -> dict[str, Place]:
    """A province, city or region by its name alone, and with its type where it has one."""
    forms = spelled.get(stem) or spell_stem(stem)
    if stem in (*_REGIONS, *MUNICIPALITIES) or stem in typed["省"]:
        rank = 1
    else:
        rank = 2 if any(stem in typed[kind] for kind in ("市", "地区", "盟")) else 9
    made = {stem: Place(forms.target, (*forms.accepted, *_with_type(forms, stem, rank)), rank)}
    for kind, english in (("省", "Province"), ("市", "City"), ("地区", "Prefecture")):
        if stem in typed[kind]:
            unit = _as_unit(stem, forms)
            full = f"{unit.target} {english}"
            others = [f"{other} {english}" for other in unit.accepted]
            accepted = dict.fromkeys((*made[stem].accepted, forms.target, *others))
            made[stem + kind] = Place(full, tuple(f for f in accepted if f != full), rank)
    return made


def _with_type(forms: Spelling, stem: str, rank: int) -> tuple[str, ...]:
    """A bare 陕西 may well come out as Shaanxi Province, 西安 as Xi'an City."""
    if rank == 1 and stem in MUNICIPALITIES:
        return (f"{forms.target} Municipality", f"{forms.target} City")
    if rank == 1 and stem not in ("香港", "澳门"):
        return (f"{forms.target} Province",)
    return (f"{forms.target} City",) if rank == 2 else ()
