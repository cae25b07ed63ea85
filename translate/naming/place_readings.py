"""How characters are read in the names of places: 堡 bu, 泌阳 Biyang, 曾家坝 Zengjiaba.

The rows ``read`` of ``data/places.tsv`` say where a place departs from the usual reading, also in
the middle of a name that no table has (泌阳川); a family's village is read as the family is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product

from translate.naming.pinyin import Spelling, capitalise, join, readings, rows, surnames

# In the English of a place: it names a lake or mountain, and none of the divisions called after it.
FEATURE = re.compile(
    r"\b(?:River|Lake|Mount|Mountains?|Sea|Gorges?|Plains?|Plateau|Strait|Reservoir|Basin|Himalayas|Creek|Canal)\b"
)
_FAMILYS = frozenset("家庄楼屯寨")  # 曾家坝, 单庄: the character before is a surname.
_MAX_READINGS = 6


@cache
def _table() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Characters -> their syllables, and (of single characters) other readings."""
    return {
        row[1]: (tuple(row[2].split()), tuple(row[3].split()) if len(row) > 3 else ())
        for row in rows("places.tsv")
        if row[0] == "read"
    }


@cache
def _longest() -> int:
    return max(map(len, _table()))


def _read(stem: str) -> list[tuple[str, ...]]:
    """The readings of each character of ``stem``, the usual one first."""
    table, usual = _table(), readings()
    found: list[tuple[str, ...]] = []
    while len(found) < len(stem):
        at = len(found)
        size = next(
            (
                n
                for n in range(_longest(), 1, -1)
                if stem[at : at + n] in table and at + n <= len(stem)
            ),
            0,
        )
        char = stem[at]
        if size:
            found += [(syllable,) for syllable in table[stem[at : at + size]][0]]
        elif at == 0 and stem[1:2] in _FAMILYS and char in surnames():
            found.append(surnames()[char])
        elif char in table:
            found.append((*table[char][0], *table[char][1]))
        else:
            found.append((usual.get(char, char),))
    return found


@lru_cache(maxsize=4096)
def spell_stem(stem: str) -> Spelling:
    """``stem`` as one capitalised word, with the other ways to read it: 双沟圩 Shuanggouwei."""
    forms = dict.fromkeys(
        capitalise(join(list(parts))) for parts in islice(product(*_read(stem)), _MAX_READINGS)
    )
    first, *others = forms
    return Spelling(first, tuple(others))
