"""Persons in a report: which characters are somebody's name, and how it is spelled.

A name is first found where its surroundings say so (县委书记韩立峰说). Once found it is known
through the whole report, also where nothing else points to it; and of 李元 and 李元看 the one wins
that fits all its places. See ``translate.naming.spans`` for the evidence of a single place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from translate.document import ParagraphKind
from translate.naming.bylines import byline_names
from translate.naming.person_limits import is_no_person, is_transcribed, runs_on
from translate.naming.pinyin import surnames
from translate.naming.spans import PAD, Lexicon, context, is_han, lexicon, score, weights

Span = tuple[int, int, int]  # start, where the given name begins, end: offsets in a context
# Log-odds of one place from which on a name is believed without other evidence, and down to
# which a name believed elsewhere in the report is still taken for that name here.
THRESHOLD = 0.8
# A name that could be one in several places needs less in each: what a further place is worth, and
# from which log-odds on a place counts.
AGAIN_WORTH, REPEATED = 0.6, -1.0
HOPELESS = -3.5  # Surname, the character before it and the pair: below this nothing helps.
BYLINE = 8.0  # What a byline is worth: certainty.
AGAIN = {1: -3.0, 2: -6.0}  # by the length of the given name: 高兴 is a word more often than 高兴旺
_HAN = r"[\u4e00-\u9fff]"


@cache
def _pattern() -> re.Pattern[str]:
    """A surname and a Han character after it, anywhere (a look-ahead: overlaps)."""
    double = "|".join(name for name in surnames() if len(name) == 2)
    single = "".join(name for name in surnames() if len(name) == 1)
    return re.compile(f"(?=((?:{double})?)([{single}]?){_HAN})")


def person_candidates(text: str) -> list[list[Span]]:
    """Spans that could be a person by their surname, those with one start together.

    ``text`` is a ``context``.
    """
    groups = []
    for match in _pattern().finditer(text):
        start = match.start()
        group = []
        for size in (len(match[1]), 1 if text[start] in surnames() else 0):
            if not size:
                continue
            for length in (1, 2):
                end = start + size + length
                if all(map(is_han, text[start + size : end])):
                    group.append((start, start + size, end))
        if group:
            groups.append(group)
    return groups


def person_features(text: str, start: int, given: int, end: int, words: Lexicon) -> list[str]:
    """What speaks for or against ``text[start:end]`` as a person, given name at ``given``.

    Args:
        text: A ``context``.
        start: Where the surname begins.
        given: Where the given name begins.
        end: Where it ends.
        words: ``spans.lexicon``.
    """
    name = text[given:end]
    size = str(end - given)
    before = text[start - 4 : start]
    after = text[end : end + 3]
    # Which neighbouring characters make words: with the name cut here, 描|绘 would be torn apart.
    pairs = words.pairs
    torn = "".join("01"[text[i : i + 2] in pairs] for i in (start - 2, start - 1, end - 1, end))
    inner = "".join("01"[text[i : i + 2] in pairs] for i in range(start, end - 1))
    usual = "".join([words.given.get(char, "0") for char in name])
    features = [
        "n" + size,
        "s" + text[start:given],
        "l" + before[-1],
        "m" + before[-2:],
        "o" + before[-3:],
        "p" + before,
        "r" + after[0],
        "t" + after[:2],
        "u" + after,
        "v" + size + after[0],
        "b" + text[start : given + 1],
        "x" + text[end - 1 : end + 1],
        "y" + before[-1] + text[start],
        "q" + text[start:end],
        "W" + size + torn,
        "E" + size + torn[2:],
        "B" + torn[:2],
        "I" + size + inner,
        "U" + size + usual,
        *("a" + char for char in name),
    ]
    if len(name) == 1:
        features.append("c" + name)
    else:
        features += ["d" + name[0], "e" + name[1], "g" + name]
    return features


@dataclass(frozen=True, slots=True)
class Person:
    """What a report tells of a name: where the given name begins, and how sure it is."""

    given_at: int
    value: float


def known_persons(paragraphs: Sequence[tuple[str, ParagraphKind]]) -> dict[str, Person]:
    """The persons of a report by their names.

    Args:
        paragraphs: Each paragraph's text and kind.
    """
    table, words = weights("person"), lexicon()
    best: dict[str, float] = {}
    total: dict[str, float] = defaultdict(float)
    given_at: dict[str, int] = {}
    times: dict[str, int] = defaultdict(int)
    shortened: dict[str, list[str]] = defaultdict(list)
    for text, kind in paragraphs:
        for start, given, end in byline_names(text, kind):
            name = _closed(text[start:end])
            best[name] = BYLINE
            total[name] += BYLINE
            given_at[name] = given - start
        padded = context(text)
        for group in person_candidates(padded):
            if _hopeless(padded, group[0], table):
                continue
            judged = _judged(padded, group, table, words)
            for (start, given, end), value in judged.items():
                if value > AGAIN[2]:
                    name = padded[start:end]
                    if runs_on(padded, given, end + 1) and (start, given, end + 1) not in judged:
                        shortened[name].append(padded[start : end + 1])
                    best[name] = max(value, best.get(name, value))
                    total[name] += max(value, -1.0)
                    # 东方明 is Dongfang Ming before it is Dong Fangming.
                    given_at[name] = max(given - start, given_at.get(name, 0))
                    if value > REPEATED:
                        times[name] += 1
    strong = {
        name
        for name, value in best.items()
        if value + AGAIN_WORTH * min(max(times[name] - 1, 0), 2) > THRESHOLD
    }
    weaker = _weaker(strong, best, total)
    # 晁守一家 names 晁守一 where the report has him elsewhere too.
    weaker |= {name for name, longer in shortened.items() if strong & set(longer)}
    return {name: Person(given_at[name], best[name]) for name in strong - weaker}


def _hopeless(padded: str, span: Span, table: Mapping[str, float]) -> bool:
    """Whether surname and neighbour alone rule a person out: most places end here, cheaply."""
    start, given, _ = span
    before, surname = padded[start - 1], padded[start:given]
    known = table.get("s" + surname, 0.0) + table.get("l" + before, 0.0)
    return known + table.get("b" + padded[start : given + 1], 0.0) < HOPELESS


def _judged(
    padded: str,
    group: list[Span],
    table: dict[str, float],
    words: Lexicon,
    known: Container[str] = (),
) -> dict[Span, float]:
    """The log-odds of the spans of ``group`` that can be a name.

    What speaks for 叶霜从|宿舍 speaks for 叶霜: that somebody is named there; but a name that is
    ``known`` is one.
    """
    values: dict[Span, float] = {}
    for span in group:
        start, given, end = span
        if is_no_person(padded, start, given, end):
            continue
        value = score(person_features(padded, start, given, end, words), table)
        shorter = (start, given, end - 1)
        if padded[start:end] in known or not runs_on(padded, given, end):
            values[span] = value
        elif shorter in values:
            values[shorter] = max(values[shorter], value)
    return values


def _closed(name: str) -> str:
    """A name of two characters without the space between them (李 明)."""
    return "".join(name.split())


def _weaker(strong: set[str], best: dict[str, float], total: dict[str, float]) -> set[str]:
    """The names of which a longer or shorter reading explains the report better."""
    weaker = set()
    for name in strong:
        parts = {name[i:j] for i in range(len(name)) for j in range(i + 2, len(name) + 1)}
        for part in parts & strong - {name}:
            if total[part] > total[name] and best[part] > best[name]:
                weaker.add(name)
            elif total[name] > total[part] and best[name] > best[part]:
                weaker.add(part)
    return weaker


def find_persons(text: str, known: Mapping[str, Person]) -> list[tuple[float, Span]]:
    """Where the known persons stand in ``text``, each with its worth; they may overlap.

    The worth is half that of this place and half the best of the report.
    """
    table, words = weights("person"), lexicon()
    padded = context(text)
    found = []
    for group in person_candidates(padded):
        if not any(padded[start:end] in known for start, _, end in group):
            continue
        for (start, given, end), value in _judged(padded, group, table, words, known).items():
            person = known.get(padded[start:end])
            if person is None or person.given_at != given - start:
                continue
            if value > AGAIN[min(end - given, 2)]:
                worth = (value + person.value) / 2
                found.append((worth, (start - PAD, given - PAD, end - PAD)))
    return found


def find_transcribed(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody stands whose name only reads like a Han one: 巴雅尔. Offsets in ``text``."""
    table, words = weights("person"), lexicon()
    padded = context(text)
    for group in person_candidates(padded):
        start, given, end = group[-1]
        if not is_transcribed(padded[start:end]):
            continue
        if score(person_features(padded, start, given, end, words), table) > THRESHOLD:
            while is_transcribed(padded[start : end + 1]):
                end += 1
            yield start - PAD, end - PAD
