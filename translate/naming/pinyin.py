"""How Chinese names are spelled in English: pinyin without tones.

The rules are those of GB/T 28039-2011 (personal names: surname first, given name joined, ü
written ``yu`` after l and n) and GB/T 16159-2012 (a syllable that begins with a, e or o inside a
word takes an apostrophe: Xi'an, Li Yue'e). The tables are ``data/readings.tsv`` and
``data/surnames.tsv``; they hold one usual reading a character, so nothing here needs pypinyin at
run time, whose phrase dictionary costs more to load than a whole report to translate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, product

# Characters that parents read in more than one way: the first is ours, the others are accepted.
_OTHER_READINGS = {
    "茜": ("qian",), "晟": ("cheng",), "乐": ("yue",), "朝": ("zhao",), "长": ("zhang",),
    "行": ("hang", "heng"), "重": ("zhong",), "曾": ("ceng",), "翟": ("di",), "娜": ("nuo",),
    "露": ("lou",), "盛": ("cheng",), "省": ("xing",), "隽": ("juan",), "俞": ("shu",),
    "茹": ("ru",), "单": ("shan",), "还": ("hai",), "柏": ("bo",), "解": ("xie",),
    "媛": ("yan",), "莎": ("suo",), "瑾": ("qin",), "藏": ("cang",), "泊": ("po",),
    "为": ("wei",), "卡": ("qia",), "咏": ("yong",), "澄": ("deng",), "尉": ("yu",),
    "峙": ("shi",), "邈": ("miao",), "瞿": ("ju",), "殷": ("yan",), "参": ("shen",), "术": ("zhu",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """A rendering to aim for and the others that count as right."""

    target: str
    accepted: tuple[str, ...] = ()


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a data file of this package: tab-separated cells, ``#`` lines left out."""
    text = files("translate.naming").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def readings() -> dict[str, str]:
    """Character -> its usual reading, lower case, without tone."""
    return {char: syllable for syllable, chars in rows("readings.tsv") for char in chars}


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Surname (one or two characters) -> its readings, the usual one first."""
    table: dict[str, tuple[str, ...]] = {}
    usual = readings()
    for reading, others, names in rows("surnames.tsv"):
        if reading == "*":
            table.update({char: (usual[char],) for char in names})
        else:
            table[names] = (reading, *others.split())
    return table


def syllables(text: str) -> list[str]:
    """The reading of each Han character of ``text``; other characters stand for themselves."""
    usual = readings()
    return [usual.get(char, char) for char in text]


def join(parts: list[str]) -> str:
    """Syllables as one word: ``xi an`` -> ``xi'an``, ``yue e`` -> ``yue'e``."""
    word = parts[0] if parts else ""
    for part in parts[1:]:
        word += f"'{part}" if part[:1] in ("a", "e", "o") else part
    return word


def capitalise(word: str) -> str:
    """First letter upper case, the rest as it is (``str.capitalize`` would lower ``McX``)."""
    return word[:1].upper() + word[1:]


def spell_word(text: str) -> str:
    """``text`` as one capitalised word: 青山河 -> Qingshanhe, 西安 -> Xi'an."""
    return capitalise(join(syllables(text)))


def spell_surname(surname: str) -> Spelling:
    """The surname alone: 吕 -> Lyu, accepted Lv, Lu, Lü."""
    known = surnames().get(surname)
    if known is None:
        return Spelling(spell_word(surname))
    first, *others = (capitalise(reading) for reading in known)
    return Spelling(first, tuple(others))


def spell_person(surname: str, given: str) -> Spelling:
    """A person: 韩立峰 -> Han Lifeng, accepted Han Li-feng and Han Li Feng.

    Also accepted are the other readings of the surname (覃: Qin, Tan) and of heteronyms in the
    given name, an apostrophe written or left out, and of 濮阳春 also Pu Yangchun.
    """
    forms = _person_forms(surname, given)
    if len(surname) == 2 and len(given) == 1 and surname[0] in surnames():
        forms += _person_forms(surname[0], surname[1] + given)
    unique = tuple(dict.fromkeys(forms))
    return Spelling(unique[0], unique[1:])


def _person_forms(surname: str, given: str) -> list[str]:
    surname_forms = spell_surname(surname)
    written: list[str] = []
    for parts in _readings_of(given):
        word = join(parts)
        written += [
            capitalise(word),
            capitalise("".join(parts)),
            capitalise("'".join(parts)),
            capitalise("-".join(parts)),
            " ".join(capitalise(part) for part in parts),
            "-".join(capitalise(part) for part in parts),
        ]
    return [
        f"{first} {second}"
        for first in (surname_forms.target, *surname_forms.accepted)
        for second in written
    ]


def _readings_of(given: str) -> list[list[str]]:
    """The readings of a given name, the usual one first; at most four, ü in both spellings."""
    choices = []
    for char, usual in zip(given, syllables(given), strict=True):
        options = [usual, *_OTHER_READINGS.get(char, ())]
        if usual.startswith(("lyu", "nyu")):
            options.append(usual[0] + "u" + usual[3:])
            options.append(usual[0] + "v" + usual[3:])
            options.append(usual[0] + "ü" + usual[3:])
        choices.append(dict.fromkeys(options))
    return [list(parts) for parts in islice(product(*choices), 4)]
