"""Places in a report: known ones, and unknown ones by their type (清油河镇 Qingyouhe Town).

A place begins where the gazetteer knows it or where the linear model of ``spans`` finds that
the characters before a type word (镇, 村, 河 ...) are its name. Places that stand in a row,
each inside the one before, are one constraint, in English order: 商洛市商南县 is
``Shangnan County, Shangluo City``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product

from translate.naming.gazetteer import gazetteer
from translate.naming.place_forms import RUN_TOGETHER, TYPES, spell_place
from translate.naming.spans import EDGE, PAD, Lexicon, context, is_han, lexicon, score, weights

Span = tuple[int, int, int]  # start, where the type begins, end: offsets in a context
MAX_STEM = 5
# Log-odds from which on a place is believed; from which on it is believed in the whole report; and
# down to which a place believed elsewhere is still taken for that place, and what that is worth.
THRESHOLD, CERTAIN, AGAIN, KNOWN_WORTH = 0.6, 1.5, -5.0, 4.0
AGAIN_WORTH = 1.6  # What each further place of a report is worth that has the name too.
ORGAN_WORTH = 5.0  # What it is worth that a place stands alone before its own organ.


_TYPE = re.compile("(?=(" + "|".join(sorted(TYPES, key=len, reverse=True)) + "))")
# 商南县委: the organ belongs to the glossary (县委), the name to us (商南).
_ORGAN = re.compile(
    "党?工?委|党支部|党总支|人民政府|政府|人大|政协|纪委|监委|两委|团委|武装部|人武部"
)
# Stems of real places that are words of this press as well.
_ALSO_WORDS = frozenset(
    "和平 平安 城关 新华 向阳 安乐 兴隆 富民 民主 团结 东方 南山 中山 长乐 "
    "太平 安康 大同 开放 解放 胜利 光明 文化 江山 平原 丰收 朝阳 新城 城区 "
    "城东 城西 城南 城北 东城 西城 南城 北城 中心 中央 高新 新区 西部 东部 "
    "河东 河西 江东 江北 江南 山阳 阳光 五一 建设 前进 红旗 友谊 永和 合作 "
    "互助 共和 民和 同心 同德 海港 港口 矿区 工农 振兴 通道 信丰 宝山 金山 "
    "青山 平山 公安 文山 文成 文昌 白云 龙门 龙山 石门 石林 温泉 博爱 东明 "
    "大方 大田 大化 大名 内黄 交口 交城 长寿 长丰 长安 清水 清河 平顺 高青 "
    "高明 和顺 和静 正定 正安 兴文 兴国 寿光 景泰 景宁 东海 东源 新安 新民 "
    "新和 新建 新河 新丰 永安 永兴 保安 安定 安平 安全 康乐 康平 来宾 日照 "
    "比如 灵寿 太和 静海 明水 天长 中方".split()
)
# What precedes places again and again without being part of them.
_NO_HEADS = frozenset(
    "在到从向对是的和与及为由把被让给去往经至来了赴离回进入出驻该各全这那省市县区镇乡村、"
)
# What the organs and people of a place of this type begin with.
_DOUBLED: dict[str, tuple[str, ...]] = {
    "县": ("县长", "县委", "县政府"),
    "区": ("区长", "区委", "区政府"),
    "镇": ("镇长", "镇党委", "镇政府", "党委书记", "镇干部"),
    "乡": ("乡长", "乡党委", "乡政府", "党委书记", "乡干部"),
    "村": ("村民", "村支书", "村委会", "村主任", "党支部书记", "村干部", "村党"),
    "社区": ("居民", "居委会", "党支部书记", "党委书记", "网格员"),
}
_TYPE_STARTS = tuple(TYPES)
_LANDSCAPE = frozenset("江河湖山海林田草沙库湾水路村")
_GENERIC = frozenset("各全该本我个某每几多这那两一二三四五六七八九十百千万等和与及的小大中")
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


def _one_character_place(stem: str, kind: str) -> bool:
    """Whether a stem of one character is known with this type: 单县, 渭河."""
    known = gazetteer()
    return stem in known.typed.get(kind, ()) or stem + kind in known.spelled


def place_candidates(text: str) -> list[list[Span]]:
    """Spans that could be a place by their type, those with one end together.

    ``text`` is a ``context``.
    """
    groups = []
    for match in _TYPE.finditer(text):
        suffix = match.start()
        group = []
        for start in range(suffix - 1, max(suffix - 1 - MAX_STEM, -1), -1):
            if not is_han(text[start]):
                break
            if _LANDSCAPE.issuperset(text[start : match.end(1)]):
                continue  # 江河湖, 山水林田湖: all landscape, no name
            if suffix - start == 1 and not _one_character_place(text[start], match[1]):
                continue
            group.append((start, suffix, match.end(1)))
        if group:
            groups.append(group)
    return groups


def place_features(text: str, start: int, suffix: int, end: int, words: Lexicon) -> list[str]:
    """What speaks for or against ``text[start:end]`` as a place, its type at ``suffix``.

    ``text`` is a ``context``; 商南县 has its stem 商南 before ``suffix`` and 县 after it. ``words``
    is ``spans.lexicon``.
    """
    kind = text[suffix:end]
    stem = text[start:suffix]
    before = text[start - 3 : start]
    after = text[end : end + 2]
    known = gazetteer()
    pairs = words.pairs
    size = str(suffix - start)
    torn = "".join(
        "01"[text[i : i + 2] in pairs] for i in (start - 2, start - 1, suffix - 1, end - 1)
    )
    inner = str(sum(text[i : i + 2] in pairs for i in range(start, suffix - 1)))
    features = [
        "k" + kind,
        "n" + size + kind,
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
        "W" + torn,
        "E" + torn[:2],
        "I" + size + inner,
        "F" + text[suffix - 1] + kind + after[0],
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


def known_places(texts: Sequence[str]) -> frozenset[str]:
    """The typed places that a report names with certainty somewhere.

    They are believed on weaker evidence elsewhere in it, and their stems also without the type.

    Args:
        texts: The paragraphs of the report.
    """
    best: dict[str, float] = defaultdict(float)
    before: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        padded = context(text)
        whole = list(_whole(padded))
        typed = list(_typed(padded, frozenset(), whole, least=0.0))
        ends = {place.end for place in (*whole, *typed)}
        for found in typed:
            name = padded[found.start : found.end]
            best[name] = max(best[name], found.value)
            start = found.start
            before[name].append(EDGE if start in ends else padded[start - 2 : start])
    certain = {
        _with_lost_head(name, before[name])
        for name, value in best.items()
        if value + AGAIN_WORTH * min(len(before[name]) - 1, 2) >= CERTAIN
    }
    # Where 枫树岭乡 is known, 枫树岭 is that township and no ridge of its own.
    return frozenset(certain - {name[: -len(kind)] for name in certain for kind in _ends(name)})


def _ends(name: str) -> list[str]:
    """The type words that ``name`` ends with."""
    return [kind for kind in TYPES if name.endswith(kind)]


def _with_lost_head(name: str, before: list[str]) -> str:
    """风楼镇 is 望风楼镇 where the report never has it without 望, whatever stands before that."""
    heads = {pair[-1] for pair in before}
    head = heads.pop()
    if heads or len(before) < 2 or not is_han(head) or head in _NO_HEADS:
        return name
    return head + name if len({pair[0] for pair in before}) > 1 else name


def find_places(text: str, known: frozenset[str] = frozenset()) -> list[Found]:
    """The places of ``text``; they may overlap, ``value`` says which is the better.

    Args:
        text: A sentence or paragraph.
        known: What ``known_places`` found in the whole report.
    """
    padded = context(text)
    whole = list(_whole(padded))
    found = [*whole, *_stems(padded, known), *_typed(padded, known, whole)]
    return [
        replace(p, start=p.start - PAD, end=p.end - PAD, type_at=p.type_at - PAD) for p in found
    ]


def _whole(padded: str) -> Iterator[Found]:
    """Names that the gazetteer knows without a type: 陕西, 内蒙古自治区, 长江, 日本."""
    table, pairs = gazetteer(), lexicon().pairs
    position = PAD
    last = len(padded) - PAD
    while position < last:
        name = table.whole_at(padded, position)
        end = position + len(name)
        if not name or _torn(padded, position, end, pairs):
            position += 1
            continue
        place = table.whole[name]
        value = 20.0 if "自治" in name else 2.0 * len(name)
        # Where the type of a province or city begins, so that a term can have it (省委).
        stem_end = end - 1 if place.rank in (1, 2) and name[-1] in "省市" else end
        yield Found(position, end, stem_end, place.english, place.accepted, place.rank, value)
        position = end


def _torn(padded: str, start: int, end: int, pairs: frozenset[str]) -> bool:
    """Whether a name of two characters is the halves of two words: 扩|大连|片, 今|日本|报."""
    if end - start > 2:
        return False
    name, before, after = padded[start:end], padded[start - 1], padded[end]
    if name == "日本" and (before in "今昨每近即当往连" or after in "报市县省镇村台网月届院校"):
        return True
    # 黄河北岸, 太行山西麓: a bearing, not a province.
    if name[1] in "东南西北" and after in "岸麓侧坡部边路段街端门":
        return True
    return before + name[0] in pairs and name[1] + after in pairs


def _stems(padded: str, known: frozenset[str]) -> Iterator[Found]:
    """Stems alone of places that the report has with their type: 商南 where 商南县 is known."""
    index, pairs = _stem_index(known), lexicon().pairs
    for position in range(PAD, len(padded) - PAD - 1) if index else ():
        for stem, kind in index.get(padded[position : position + 2], ()):
            end = position + len(stem)
            if not padded.startswith(stem, position) or padded.startswith(_TYPE_STARTS, end):
                continue
            if _torn(padded, position, end, pairs):
                continue
            spelling = gazetteer().spell(stem)
            full, accepted = spell_place(stem, kind)
            forms = (*spelling.accepted, full, *accepted)
            worth = 3.0 if len(stem) == 2 else 9.0
            rank = TYPES[kind].rank
            yield Found(position, end, end, spelling.target, forms, rank, worth)


@lru_cache(maxsize=8)
def _stem_index(known: frozenset[str]) -> dict[str, list[tuple[str, str]]]:
    """The stems that count alone, with their type, by their first two characters."""
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(known):
        kind = next((k for k in ("街道", "社区", *"省市县区旗镇乡村") if name.endswith(k)), "")
        stem = name[: -len(kind)] if kind else ""
        if len(stem) < 2 or stem in _ALSO_WORDS:
            continue
        if len(stem) > 2 or (TYPES[kind].rank <= 3 and _is_division(stem, kind, lexicon().pairs)):
            index[stem[:2]].append((stem, kind))
    return dict(index)


def _is_division(stem: str, kind: str, pairs: frozenset[str]) -> bool:
    """Whether two characters are safe as a place alone: a known county, or no word at all."""
    return stem in gazetteer().typed.get(kind, ()) or stem not in pairs


def _has_its_organ(padded: str, start: int, suffix: int, end: int) -> bool:
    """Whether it stands alone before its own organ: ，望风楼镇|镇长, 。石桥村|村委会.

    Nothing but a name comes between a punctuation mark and such a doubled type.
    """
    kind = padded[suffix:end]
    return (
        kind in _DOUBLED
        and suffix - start > 1
        and not is_han(padded[start - 1])
        and padded.startswith(_DOUBLED[kind], end)
        and not _GENERIC.intersection(padded[start:suffix])
    )


def _typed(
    padded: str, known: frozenset[str], whole: list[Found], least: float = THRESHOLD
) -> Iterator[Found]:
    """The best reading of each type word, where there is one."""
    named: dict[tuple[int, int], float] = {}  # rivers and mountains by their span
    ends = {place.end for place in whole}
    for group in place_candidates(padded):
        best, (start, suffix, end) = max(
            (_value(padded, span, known, ends, named.get(span[:2])), span) for span in group
        )
        if best < least or padded[start:end] in gazetteer().whole:
            continue
        ends.add(end)
        kind = padded[suffix:end]
        if kind in RUN_TOGETHER:
            named[start, end] = best
        target, accepted = spell_place(padded[start:suffix], kind)
        yield Found(start, end, suffix, target, accepted, TYPES[kind].rank, best)


def _value(
    padded: str, span: Span, known: frozenset[str], ends: set[int], inner: float | None
) -> float:
    """The log-odds of a typed place by the linear model, raised where more is known of it.

    Args:
        padded: A ``context``.
        span: The place in it.
        known: The places that the report names beyond doubt.
        ends: Where places end before which this one may begin.
        inner: The log-odds of its stem as a river or mountain of its own (清油河|社区).
    """
    start, suffix, end = span
    stem, kind = padded[start:suffix], padded[suffix:end]
    value = score(place_features(padded, *span, lexicon()), weights("place"))
    in_atlas = stem in gazetteer().typed.get(kind, ())
    if in_atlas and start in ends:
        value = max(value, 4.0)  # 安徽省|歙县
    if in_atlas and kind in "路街":
        value = max(value, 2.0)
    if _has_its_organ(padded, *span):
        value += ORGAN_WORTH
    if stem + kind in known and value > AGAIN:
        value = max(value, 0.0) + KNOWN_WORTH
    if inner is not None and len(kind) < 3:
        value = max(value, inner + 0.5)
    return value


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
    forms = [", ".join(parts) for parts in islice(product(*choices), _MAX_FORMS)]
    if len(chain) == 2:
        inner, outer = inner_first[0].target, inner_first[1].target
        forms += [f"{inner} in {outer}", f"{inner} of {outer}", f"{outer}'s {inner}"]
    last = chain[-1]
    return replace(last, start=chain[0].start, target=forms[0], accepted=tuple(forms[1:]))
