"""Words of running text in which the characters of a name stand by chance: 天|南海|北, 经|济南.

``data/running_words.tsv`` has them. What a gazetteer name of two characters is torn by is known
there by hand; beyond it the pairs of ``spans.Lexicon`` tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from translate.naming.pinyin import rows
from translate.naming.spans import is_han

_Item = TypeVar("_Item")
# What may stand right before a name that is a place only between boundaries; places go before too.
_OPENERS = frozenset("在到从自往去赴离于向对与和及援驻飞至给跟同经为是的等来非洲西东南")
_OF_THE_RIVER = frozenset("段沿流干岸边上中下大经水两里畔堤航生禁、，。；")
_BEARINGS = frozenset("岸麓侧坡部边路段街端门")


@dataclass(frozen=True, slots=True)
class RunningWords:
    """The tables of ``data/running_words.tsv``.

    ``inside`` maps a name to the words that have it inside, each with its offset there; ``before``
    and ``after`` map it to the strings that tear it. ``sayings`` are for persons what ``inside``
    is for places, by their first two characters, and ``families`` what ``before`` is. ``words``
    has the rows that are plain lists (``cities``, ``epithets`` ...) by their kind.
    """

    inside: dict[str, tuple[tuple[str, int], ...]]
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    sayings: dict[str, tuple[tuple[str, int], ...]]
    families: dict[str, str]
    words: dict[str, frozenset[str]]


@cache
def running_words() -> RunningWords:
    """Load ``data/running_words.tsv``."""
    inside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    sayings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    families: dict[str, str] = {}
    words: dict[str, frozenset[str]] = {}
    for kind, first, *cells in rows("running_words.tsv"):
        listed = first.split()
        if kind in ("inside", "sayings"):
            found = inside if kind == "inside" else sayings
            for word in listed:
                for start in range(len(word) - 1):
                    found[word[start : start + 2]].append((word, start))
        elif kind in ("before", "after"):
            table = before if kind == "before" else after
            for name in listed:
                table[name] += [*cells[0], *" ".join(cells[1:]).split()]
        elif kind == "families":
            families[first] = cells[0]
        else:
            words[kind] = frozenset(first if kind == "measures" else listed)
    return RunningWords(
        _tuples(inside), _tuples(before), _tuples(after), _tuples(sayings), families, words
    )


def _tuples(lists: dict[str, list[_Item]]) -> dict[str, tuple[_Item, ...]]:
    return {name: tuple(items) for name, items in lists.items()}


def torn(text: str, start: int, end: int, pairs: Set[str], joins: bool = False) -> bool:
    """Whether a name of two characters is made of parts of other words: 扩|大连|片, 今|日本|报.

    Args:
        text: A ``spans.context``.
        start: Where the name begins in it.
        end: Where it ends.
        pairs: ``spans.Lexicon.pairs``.
        joins: Whether another place ends where this one begins (新疆|和田).
    """
    if end - start > 2:
        return False
    name, before, after = text[start:end], text[start - 1], text[end]
    if name == "日本" and (before in "今昨每近即当往连" or after in "报市县省镇村台网月届院校"):
        return True
    if name == "长江" and before in "县市区镇乡村州省部会" and after not in _OF_THE_RIVER:
        return True  # 县长|江…
    # 黄河北岸, 太行山西麓: a bearing, not a province.
    if name[1] in "东南西北" and after in _BEARINGS:
        return True
    table = running_words()
    if any(text.startswith(word, start - at) for word, at in table.inside.get(name, ())):
        return True
    if text.endswith(table.before.get(name, ()), 0, start) and not joins:
        return True
    if text.startswith(table.after.get(name, ()), end):
        return True
    if name in table.words["boundary"]:
        opened = joins or not is_han(before) or before in _OPENERS
        return not opened or name[1] + after in pairs
    return before + name[0] in pairs and name[1] + after in pairs
