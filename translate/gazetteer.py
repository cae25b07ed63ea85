"""The known places: China's administrative divisions, rivers, mountains, regions, countries.

``data/places.tsv`` says what its rows mean. Everything is spelled by rule (``translate.pinyin``)
unless a row spells it out: 六安 Lu'an and 呼和浩特 Hohhot do, 商洛 doesn't.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from translate.pinyin import Spelling, rows, spell_word

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
    "(?P<stem>.+?)(?P<peoples>(?:"
    + "|".join(sorted(_PEOPLES, key=len, reverse=True))
    + ")*)(?P<unit>自治[区州县旗])"
)
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

    ``whole`` are names that stand as they are (内蒙古自治区, 陕西, 长江, 日本); ``spelled`` are stems and
    names with an unusual spelling; ``typed`` maps a suffix to the stems that it is known with.
    """

    whole: dict[str, Place]
    spelled: dict[str, Spelling]
    typed: dict[str, frozenset[str]]
    starts: dict[str, tuple[str, ...]]

    def spell(self, stem: str) -> Spelling:
        """The stem of a place: 六安 -> Lu'an, 商洛 -> Shangluo."""
        return self.spelled.get(stem) or Spelling(spell_word(stem))

    def whole_at(self, text: str, start: int) -> str:
        """The longest whole name that begins at ``start``, or the empty string."""
        for name in self.starts.get(text[start], ()):
            if text.startswith(name, start):
                return name
        return ""


def _autonomous(name: str, spell: dict[str, Spelling]) -> dict[str, Place]:
    """An autonomous unit by its full name and, for prefectures, its short one (凉山州)."""
    match = _AUTONOMOUS.fullmatch(name)
    if match is None:
        return {}
    stem, unit = match["stem"], match["unit"]
    stem_forms = spell.get(stem) or Spelling(spell_word(stem))
    peoples = [_PEOPLES[p] for p in re.findall("|".join(_sorted_peoples()), match["peoples"])]
    # 东乡族自治县 is named after the people alone.
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
    spelled: dict[str, Spelling] = {}
    typed: dict[str, frozenset[str]] = {}
    whole: dict[str, Place] = {}
    bare: list[str] = []
    units: list[str] = []
    for kind, *cells in rows("places.tsv"):
        if kind == "spell":
            spelled[cells[0]] = Spelling(cells[1], tuple(filter(None, cells[2].split(";"))))
        elif kind == "type":
            typed[cells[0]] = frozenset(cells[1].split())
        elif kind == "country":
            whole[cells[0]] = Place(cells[1], tuple(filter(None, cells[2].split(";"))), 0)
        elif kind == "whole":
            units += cells[0].split()
        elif kind == "bare":
            bare += cells[0].split()
    for stem in bare:
        forms = spelled.get(stem) or Spelling(spell_word(stem))
        province = stem in typed["省"] or stem in ("内蒙古", "广西", "西藏", "宁夏", "新疆")
        rank = 1 if province or stem in (*MUNICIPALITIES, "香港", "澳门") else 2
        rank = rank if rank == 1 or stem in typed["市"] | typed["地区"] | typed["盟"] else 9
        whole[stem] = Place(forms.target, (*forms.accepted, *_with_type(forms, stem, rank)), rank)
    for name, forms in spelled.items():
        if name[-1] in "江河湖山岭池海原地峡区" and len(name) > 1 and name not in whole:
            whole[name] = Place(forms.target, forms.accepted, 9)
    for unit in units:
        whole.update(_autonomous(unit, spelled))
    starts: dict[str, list[str]] = {}
    for name in sorted(whole, key=len, reverse=True):
        starts.setdefault(name[0], []).append(name)
    return Gazetteer(whole, spelled, typed, {c: tuple(names) for c, names in starts.items()})


def _with_type(forms: Spelling, stem: str, rank: int) -> tuple[str, ...]:
    """A bare 陕西 may well come out as Shaanxi Province, 西安 as Xi'an City."""
    if rank == 1 and stem in MUNICIPALITIES:
        return (f"{forms.target} Municipality", f"{forms.target} City")
    if rank == 1 and stem not in ("香港", "澳门"):
        return (f"{forms.target} Province",)
    return (f"{forms.target} City",) if rank == 2 else ()
