"""Names that are not Han: 艾尔肯·买买提 Erkin Memet, 扎西次仁 Tashi Tsering.

``data/peoples_names.tsv`` spells the common parts of Uygur, Kazakh, Mongolian and Tibetan names as
English does. A dotted name with no known part is foreign (胡安·桑托斯): its spelling can't be had
from the characters, so it is reported and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from translate.naming.pinyin import Spelling, rows, spell_word

_DOTTED = re.compile("[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{1,8})+")
# What may stand right before a dotted name without being part of it.
_BEFORE = re.compile(
    ".*(?:[员长人民记家师生者户工手农主商代表授士兵官婆嫂娘爷弟妹子女友]|的|是|和|与|对|向|让|给|请|找|叫|跟|同|由|被|在)"
)
# And what may stand right after one: the first of these ends an unknown last part.
_AFTER = re.compile(
    "[说笑叹喊的是在和与对向把被将也都就从来去到看等先女还又曾已表介告回]|认为|指出|家[里中的]"
)
# After one part alone: a place is called so too (巴音郭楞, 莫日根嘎查).
_PLACES = (*"市县区旗镇乡村山河湖路街州盟郭", "苏木", "嘎查", "草原", "水库")
_MAX_FORMS = 64


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name that is not Han; ``spelling`` is None where its English is not known."""

    start: int
    end: int
    spelling: Spelling | None


@cache
def parts() -> dict[str, Spelling]:
    """A part of a name -> its English."""
    return {
        row[0]: Spelling(row[1], tuple(filter(None, row[2].split(";"))) if len(row) > 2 else ())
        for row in rows("peoples_names.tsv")
    }


@cache
def _joined() -> frozenset[str]:
    """The parts that are written together."""
    return frozenset(row[0] for row in rows("peoples_names.tsv") if row[3:] == ["joined"])


@cache
def _part() -> re.Pattern[str]:
    """A known part, the longest first."""
    return re.compile("|".join(sorted(parts(), key=len, reverse=True)))


def find_other_names(text: str) -> Iterator[OtherName]:
    """The dotted names of ``text``, and the known parts alone; offsets are those in it.

    Two or three parts in a row are a name (扎西次仁, 吉木阿支), and one of three characters or
    more (巴雅尔), unless it is a place's.
    """
    position = 0
    for match in _DOTTED.finditer(text):
        yield from _undotted(text, position, match.start())
        position = match.end()
        if text.startswith("》", position):
            continue  # 《娇阿依·新风》: a title and its subtitle
        start, end = _trim(match[0], match.start(), match.end())
        yield OtherName(start, end, _spell(re.split("[·•・‧]", text[start:end])))
    yield from _undotted(text, position, len(text))


def _undotted(text: str, position: int, last: int) -> Iterator[OtherName]:
    """The names without a dot in ``text[position:last]``."""
    while (match := _part().search(text, position, last)) is not None:
        start, pieces = match.start(), [match[0]]
        while len(pieces) < 3 and (more := _part().match(text, match.end(), last)) is not None:
            pieces.append(more[0])
            match = more
        position = match.end()
        if len(pieces) == 1 and not _stands_alone(text, start, position):
            position = start + 1
            continue
        yield OtherName(start, position, _spell(pieces))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether one known part is a whole name: after 牧民, not after 乌兰 nor before 嘎查."""
    opened = start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff"
    return (
        end - start > 2
        and (opened or _BEFORE.match(text[start - 1]) is not None)
        and not text.startswith(_PLACES, end)
    )


def _trim(name: str, start: int, end: int) -> tuple[int, int]:
    """The dotted name without what its run of characters has before and after it."""
    pieces = re.split("[·•・‧]", name)
    first, last = pieces[0], pieces[-1]
    kept = next((first[i:] for i in range(len(first)) if first[i:] in parts()), "")
    if not kept:
        before = _BEFORE.match(first)
        kept = first[before.end() :] if before and before.end() < len(first) else first
    known = next((last[:i] for i in range(len(last), 0, -1) if last[:i] in parts()), "")
    if not known:
        after = _AFTER.search(last, 1)
        known = last[: after.start()] if after else last
    return start + len(first) - len(kept), end - (len(last) - len(known))


def _spell(pieces: list[str]) -> Spelling | None:
    """The pieces in English order, which is theirs; pinyin for a piece that no row spells.

    Mongolian pieces are one word, those of other peoples a word each; both are accepted of all.
    """
    if not any(piece in parts() for piece in pieces):
        return None
    choices = []
    for piece in pieces:
        known = parts().get(piece)
        pinyin = spell_word(piece)
        forms = (known.target, *known.accepted, pinyin) if known else (pinyin,)
        choices.append(dict.fromkeys(forms))
    chosen = list(islice(product(*choices), _MAX_FORMS))
    apart = [" ".join(words) for words in chosen]
    apart.append(" ".join(spell_word(piece) for piece in pieces))
    together = [words[0] + "".join(words[1:]).lower() for words in chosen]
    joins = _joined().issuperset(pieces)
    unique = tuple(dict.fromkeys((*together, *apart) if joins else (*apart, *together)))
    return Spelling(unique[0], unique[1:])
