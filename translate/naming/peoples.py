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
_MAX_FORMS = 16


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
def _run() -> re.Pattern[str]:
    """Two or more known parts in a row, as Tibetan names have them: 扎西次仁."""
    known = "|".join(sorted(parts(), key=len, reverse=True))
    return re.compile(f"(?:{known}){{2,3}}(?![·•・‧])")


def find_other_names(text: str) -> Iterator[OtherName]:
    """The dotted names of ``text`` and the runs of known parts; offsets are those in it."""
    dotted_ends = set()
    for match in _DOTTED.finditer(text):
        start, end = _trim(match[0], match.start(), match.end())
        dotted_ends.add(end)
        yield OtherName(start, end, _spell(re.split("[·•・‧]", text[start:end])))
    for match in _run().finditer(text):
        pieces = re.findall("|".join(sorted(parts(), key=len, reverse=True)), match[0])
        yield OtherName(match.start(), match.end(), _spell(pieces))


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
    """The pieces in English order, which is theirs; pinyin for a piece that no row spells."""
    if not any(piece in parts() for piece in pieces):
        return None
    choices = []
    for piece in pieces:
        known = parts().get(piece)
        pinyin = spell_word(piece)
        forms = (known.target, *known.accepted, pinyin) if known else (pinyin,)
        choices.append(dict.fromkeys(forms))
    written = [" ".join(words) for words in islice(product(*choices), _MAX_FORMS)]
    written.append(" ".join(spell_word(piece) for piece in pieces))
    unique = tuple(dict.fromkeys(written))
    return Spelling(unique[0], unique[1:])
