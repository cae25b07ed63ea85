"""Places in a report: known ones, and unknown ones by their type (清油河镇 Qingyouhe Town).

A place begins where the gazetteer knows it or where the linear model of ``spans`` finds that
the characters before a type word (镇, 村, 河 ...) are its name. Places that stand in a row,
each inside the one before, are one constraint, in English order: 商洛市商南县 is
``Shangnan County, Shangluo City``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from translate.naming.gazetteer import gazetteer
from translate.naming.place_chains import Found
from translate.naming.place_forms import RUN_TOGETHER, TYPES, spell_place
from translate.naming.place_spans import place_candidates
from translate.naming.place_values import BRIDGE_VALUE, NO_HEADS, bridges, lost_head, place_value
from translate.naming.running_words import torn
from translate.naming.spans import EDGE, PAD, context, is_han, lexicon

# Log-odds from which on a place is believed; from which on it is believed in the whole report.
THRESHOLD, CERTAIN = 0.6, 1.5
AGAIN_WORTH = 1.6  # What each further place of a report is worth that has the name too.
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
# Of a province or city, what makes a word with its type: 市场, 省会.
_WORDS_OF_TYPES = {"市": "场容级直属", "省": "会城级直属内外际"}
_TYPE_STARTS = tuple(TYPES)


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
    if heads or len(before) < 2 or not is_han(head) or head in NO_HEADS:
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
    before = 0  # where the last name ended
    last = len(padded) - PAD
    while position < last:
        name = _without_word(table.whole_at(padded, position), padded, position)
        end = position + len(name)
        if not name or torn(padded, position, end, pairs, joins=position == before):
            position += 1
            continue
        place = table.whole[name]
        value = 20.0 if "自治" in name else 2.0 * len(name)
        # Where the type of a province or city begins, so that a term can have it (省委).
        stem_end = end - 1 if place.rank in (1, 2) and name[-1] in "省市" else end
        yield Found(position, end, stem_end, place.english, place.accepted, place.rank, value)
        position = before = end


def _without_word(name: str, padded: str, start: int) -> str:
    """``name`` less a type that begins the next word: 广州|市场, 河南|省会."""
    after = padded[start + len(name)]
    if name[-1:] in _WORDS_OF_TYPES and after in _WORDS_OF_TYPES[name[-1]]:
        return name[:-1] if name[:-1] in gazetteer().whole else name
    return name


def _stems(padded: str, known: frozenset[str]) -> Iterator[Found]:
    """Stems alone of places that the report has with their type: 商南 where 商南县 is known."""
    index, pairs = _stem_index(known), lexicon().pairs
    for position in range(PAD, len(padded) - PAD - 1) if index else ():
        for stem, kind in index.get(padded[position : position + 2], ()):
            end = position + len(stem)
            if not padded.startswith(stem, position) or padded.startswith(_TYPE_STARTS, end):
                continue
            if torn(padded, position, end, pairs):
                continue
            spelling = gazetteer().spell_unit(stem)
            full, accepted = spell_place(stem, kind)
            forms = (*spelling.accepted, full, *accepted)
            worth = 3.0 if len(stem) == 2 else 9.0
            if stem in gazetteer().whole:
                worth = 5.0  # 恒山 where 恒山区 is known is the district, not Mount Heng.
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


def _typed(
    padded: str, known: frozenset[str], whole: list[Found], least: float = THRESHOLD
) -> Iterator[Found]:
    """The best reading of each type word, where there is one."""
    named: dict[tuple[int, int], float] = {}  # rivers and mountains by their span
    ends = {place.end for place in whole}
    starts = {place.start: place for place in whole}
    for group in place_candidates(padded):
        best, (start, suffix, end) = max(
            (place_value(padded, span, known, ends, named.get(span[:2])), span) for span in group
        )
        bridge = next(
            (s for s in group if s[0] in starts and bridges(padded, s, starts[s[0]])), None
        )
        if bridge is not None:
            start, best = bridge[0], max(best, BRIDGE_VALUE)
        elif start not in ends and (start - 1, suffix, end) in group:
            start -= lost_head(padded, (start, suffix, end))
        if best < least or padded[start:end] in gazetteer().whole:
            continue
        ends.add(end)
        kind = padded[suffix:end]
        if kind in RUN_TOGETHER:
            named[start, end] = best
        target, accepted = spell_place(padded[start:suffix], kind)
        yield Found(start, end, suffix, target, accepted, TYPES[kind].rank, best)
