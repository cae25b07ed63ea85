"""The reading of a converted character, left in brackets after it: 報(bào)."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from translate.cleaning.change import HAN, Change

__all__ = ["READING", "bare", "is_reading", "normal", "readings_in_brackets", "readings_of"]

# Letters that readings are written with; ɑ and ɡ are what phonetic fonts leave behind.
_LETTERS = "a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡĀÁǍÀĒÉĚÈŌÓǑÒăĕĭŏŭ\u0300-\u030c"
READING = re.compile(f"[(（]([{_LETTERS}]{{1,9}})[1-5]?[)）]")
_AFTER_HAN = re.compile(f"(?<=[{HAN}]) ?{READING.pattern}")

_LOOKALIKES = str.maketrans("ɑɡăĕĭŏŭv", "agǎěǐǒǔü")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")


def normal(reading: str) -> str:
    """A reading in one spelling: composed, lower case, look-alike letters replaced."""
    return unicodedata.normalize("NFC", reading).lower().translate(_LOOKALIKES)


def bare(reading: str) -> str:
    """A reading without its tone mark: ``lǜ`` is ``lü``."""
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", reading)))


@cache
def _table() -> dict[int, str]:
    """Code point -> readings with tone marks, joined by commas, from pypinyin.

    Only the table of single characters is loaded: ``import pypinyin`` also loads its phrases,
    which takes longer than to clean a whole report.
    """
    package = importlib.util.find_spec("pypinyin")
    folder = Path(package.origin).parent if package and package.origin else None
    if folder is None or not (folder / "pinyin_dict.py").is_file():
        from pypinyin.pinyin_dict import pinyin_dict

        return dict(pinyin_dict)
    spec = importlib.util.spec_from_file_location("_pinyin_dict", folder / "pinyin_dict.py")
    if spec is None or spec.loader is None:
        raise ImportError("pypinyin: pinyin_dict.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[int, str] = module.pinyin_dict
    return table


@cache
def readings_of(char: str) -> frozenset[str]:
    """All readings of a character, with tone marks; empty for what is not Chinese."""
    return frozenset(_table().get(ord(char), "").split(",")) - {""}


@cache
def _variants(char: str) -> tuple[str, ...]:
    from translate.cleaning.script import simplified, traditional

    return tuple(dict.fromkeys((char, simplified(char), *traditional(char))))


@cache
def is_reading(reading: str, char: str) -> bool:
    """Whether a reading belongs to a character or to its Simplified or Traditional form.

    A reading without a tone mark is compared without tones.
    """
    wanted = normal(reading)
    known = frozenset().union(*(readings_of(c) for c in _variants(char) if len(c) == 1))
    if wanted in known:
        return True
    return bare(wanted) == wanted and wanted in {bare(r) for r in known}


def readings_in_brackets(text: str) -> Iterator[Change]:
    """``項(xiàng)目`` is 項目; a bracket that is not a reading of the character before stays.

    So ``(編輯)``, ``(interest)`` and ``(PPP)`` stay, by pypinyin's list of all readings of a
    character.
    """
    for match in _AFTER_HAN.finditer(text):
        if is_reading(match[1], text[match.start() - 1]):
            yield Change(match.start(), match.end(), "")
