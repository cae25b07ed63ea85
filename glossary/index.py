"""The store's search index, and how a query is put to it.

Chinese is indexed by its overlapping pairs of characters (民生吹哨 as 民生 生吹 吹哨 哨), so that
the phrase query 生吹 吹哨 finds every form that holds 生吹哨, without reading the others.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, zip_longest
from unicodedata import normalize

from glossary.entry import Entry
from glossary.fold import fold, only_han

FormRow = tuple[int, int, str, str, str, str]
IndexRow = tuple[int, str, str, str]
_LONGEST_WORD = 4  # characters of a word that tells a reading; idioms are not terms
_WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*", re.IGNORECASE)


def form_rows(number: int, first: int, entry: Entry) -> tuple[list[FormRow], list[IndexRow]]:
    """The rows of an entry's forms in ``form`` and ``form_index``, numbered from ``first``."""
    forms: list[FormRow] = []
    index: list[IndexRow] = []
    for row, (form, chinese) in enumerate(
        chain(((f, True) for f in entry.zh), ((f, False) for f in entry.en)), first
    ):
        lang = ("zh-Hant" if form.script else "zh") if chinese else "en"
        key = fold(form.text)
        forms.append((row, number, lang, form.status, form.text, key))
        reading = pinyin(form.text) if chinese else ""
        index.append((row, pairs(key), "" if chinese else key, reading))
    return forms, index


def add(connection: sqlite3.Connection, forms: list[FormRow], index: list[IndexRow]) -> None:
    """Put rows that :func:`form_rows` made into the tables."""
    connection.executemany("INSERT INTO form VALUES (?, ?, ?, ?, ?, ?)", forms)
    connection.executemany(
        "INSERT INTO form_index (rowid, pairs, words, pinyin) VALUES (?, ?, ?, ?)", index
    )


def remove(connection: sqlite3.Connection, number: int) -> None:
    """Take out everything about the entry with this row number."""
    connection.execute(
        "DELETE FROM form_index WHERE rowid IN (SELECT id FROM form WHERE entry = ?)", (number,)
    )
    connection.execute("DELETE FROM form WHERE entry = ?", (number,))
    connection.execute("DELETE FROM prose_index WHERE rowid = ?", (number,))


def pairs(key: str) -> str:
    """The overlapping pairs of characters of a folded text, as words; its last one alone."""
    chars = only_han(key)
    return " ".join(map("".join, zip_longest(chars, chars[1:], fillvalue="")))


def phrase(text: str) -> str:
    """The FTS5 query for Chinese text that forms are to contain."""
    chars = only_han(fold(text))
    if len(chars) == 1:
        return f'pairs : "{chars}" *'
    cut = pairs(chars).rpartition(" ")[0]  # the last one alone would have to end the form
    return f'pairs : "{cut}"'


def words(text: str, column: str) -> str:
    """The FTS5 query for English words in any order, the last one perhaps unfinished."""
    found = _WORD.findall(fold(text))
    quoted = [f'"{word}"' for word in found]
    return f"{column} : ({' AND '.join(quoted)} *)" if quoted else ""


def pinyin(text: str) -> str:
    """Two words by which a Chinese form is found: ``sixiajiceng`` and ``sxjc``.

    Characters of several readings are read by words, as far as pypinyin knows these. pypinyin's
    own conversion of a term takes 80 microseconds, too long for a million of them; this looks
    into the same tables.
    """
    readings = _readings()
    chars = only_han(text)
    syllables = [readings.usual.get(c, "") for c in chars]
    if not readings.told_by_word.isdisjoint(chars):
        for place, char in enumerate(chars):
            if char in readings.told_by_word:
                syllables[place] = _by_word(chars, place) or syllables[place]
    typed = "".join(syllables)
    return f"{typed} {''.join([s[0] for s in syllables if s])}" if typed else ""


@dataclass(frozen=True, slots=True)
class _Readings:
    """Readings without tones: a character's usual one, and words in which one has another."""

    usual: dict[str, str]
    unusual_words: dict[str, tuple[str, ...]]
    told_by_word: frozenset[str]


@cache
def _readings() -> _Readings:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    usual = {chr(code): _plain(r.split(",")[0]) for code, r in PINYIN_DICT.items()}
    words = {}
    told = set()
    for word, syllables in PHRASES_DICT.items():
        read = tuple(_plain(s[0]) for s in syllables)
        if len(read) == len(word) <= _LONGEST_WORD:
            unlike = [c for c, s in zip(word, read, strict=True) if s != usual.get(c)]
            if unlike:
                words[word] = read
                told.update(unlike)
    return _Readings(usual, words, frozenset(told))


def _by_word(chars: str, place: int) -> str:
    """The reading that a word around the character gives it, the longest word's; or ``""``."""
    words = _readings().unusual_words
    for size in range(_LONGEST_WORD, 1, -1):
        for start in range(max(0, place - size + 1), place + 1):
            syllables = words.get(chars[start : start + size], ())
            if start + len(syllables) > place:
                return syllables[place - start]
    return ""


@lru_cache(maxsize=4096)
def _plain(syllable: str) -> str:
    """A syllable as it is typed: no tone, ü as v."""
    typed = normalize("NFD", re.sub("[üǖǘǚǜ]", "v", syllable))
    return "".join(c for c in typed if c.isascii() and c.isalpha())


def prose(entry: Entry) -> str:
    """All that an entry says besides its forms, Chinese as pairs too; mostly empty."""
    texts = [entry.definition, entry.note, entry.source]
    for form in (*entry.zh, *entry.en):
        texts += [form.usage, form.source, *(c.text for c in form.contexts)]
    joined = " ".join(text for text in texts if text)
    return f"{joined} {pairs(fold(joined))}".strip() if joined else ""
