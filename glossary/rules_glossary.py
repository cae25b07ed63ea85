"""Rules that look at the whole glossary."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from glossary.check import Problem, Rule, Terms
from glossary.entry import Entry
from glossary.fold import fold

_WORD = re.compile(r"[A-Za-z]+")
# British endings and their American fellows; a word counts only if both spellings occur.
_SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"yse(s|d)?$"), r"yze\1"),
    (re.compile(r"is(e[sd]?|ing)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able|ite)?$"), r"or\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ogramme(s?)$"), r"ogram\1"),
    (re.compile(r"ence$"), r"ense"),
    (re.compile(r"(trav|lab|lev|tunn|mod|canc|couns|chann|fu)ell(ed|ing|er|ers)$"), r"\1el\2"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
)
_NEAR_CHINESE = 60.0  # rapidfuzz ratio at which forms of one English sense look like one term
_SMALL = frozenset("a an and at by for from in of on the through to with".split())
_LINKS = re.compile("[的之和与及等、，·“”\\s]")  # in what two spellings of a term may differ
_TOKEN = re.compile("[A-Za-z0-9]+")


def same_chinese(terms: Terms) -> Iterator[Problem]:
    """Two entries for one Chinese form: only one of them is ever found."""
    reported: set[tuple[str, str]] = set()
    for found in terms.by_chinese.values():
        for (entry, form), (other, _) in pairwise(found):
            if (entry.id, other.id) in reported:
                continue
            reported.add((entry.id, other.id))
            alike = _rendering(entry) == _rendering(other)
            what = "with the same rendering" if alike else f"as “{_rendering(other)}”"
            yield Problem(entry.id, f"“{form.text}” is also in {other.id}, {what}",
                          f"merge them: yitong glossary merge {entry.id} {other.id}")  # fmt: skip


def same_english(terms: Terms) -> Iterator[Problem]:
    """One preferred rendering for two concepts: the English reader can't tell them apart."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in terms.in_use:
        if rendering := _rendering(entry):
            found[rendering.lower()].append(entry)
    for entries in found.values():
        if len(entries) > 1:
            others = ", ".join(f"{e.zh[0].text} ({e.id})" for e in entries[1:])
            yield Problem(entries[0].id, f"“{_rendering(entries[0])}” also renders {others}",
                          "merge them if they are one concept, else make them differ")  # fmt: skip


def near_duplicate(terms: Terms) -> Iterator[Problem]:
    """Entries that differ in small words only: 城乡融合 and 城乡的融合, *of the X* and *X's*."""
    from rapidfuzz import fuzz

    by_english: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    by_chinese: dict[str, list[Entry]] = defaultdict(list)
    for entry in terms.in_use:
        if entry.is_pattern:  # one number apart from what it was made of
            continue
        words = sorted(map(_stem, _TOKEN.findall(_rendering(entry).lower())))
        sense = tuple(w for w in words if w not in _SMALL and (len(w) > 1 or w.isdigit()))
        if sense:
            by_english[sense].append(entry)
        by_chinese[_LINKS.sub("", fold(entry.zh[0].text))].append(entry)
    reported: set[frozenset[str]] = set()
    for group, wanted in ((by_chinese, 0.0), (by_english, _NEAR_CHINESE)):
        for entries in group.values():
            for entry, other in pairwise(entries):
                pair = frozenset((entry.id, other.id))
                zh, other_zh = fold(entry.zh[0].text), fold(other.zh[0].text)
                if pair in reported or zh == other_zh or fuzz.ratio(zh, other_zh) < wanted:
                    continue
                reported.add(pair)
                yield Problem(
                    entry.id,
                    f"“{entry.zh[0].text}” ({_rendering(entry)}) is nearly {other.id}: "
                    f"“{other.zh[0].text}” ({_rendering(other)})",
                    "merge them if they are one concept",
                )


def nested(terms: Terms) -> Iterator[Problem]:
    """A form inside another entry's form, rendered there in another way."""
    from glossary.match import Matcher

    matcher = Matcher(terms.in_use)
    for entry in terms.in_use:
        outer = _rendering(entry)
        if entry.is_pattern or not outer:
            continue
        for form in entry.zh[:1]:
            for match in matcher.find_all(form.text):
                inner = match.entry
                if inner.id == entry.id or match.end - match.start == len(form.text):
                    continue
                if not any(_is_inside(text, outer) for text in inner.accepted):
                    yield Problem(
                        entry.id,
                        f"“{form.text}” ({outer}) holds {inner.zh[0].text} "
                        f"({inner.preferred}, {inner.id}), rendered otherwise",
                        "make sure that both are meant",
                    )


def _is_inside(inner: str, outer: str) -> bool:
    """Whether all words of ``inner`` are in ``outer``, whatever their endings and order."""
    words = {_stem(w) for w in _WORD.findall(outer.lower())}
    return all(_stem(w) in words for w in _WORD.findall(inner.lower()) if len(w) > 3)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|y|es|s|ed|ing|e)$", "", word)


def spelling(terms: Terms) -> Iterator[Problem]:
    """Two spellings of one word; the one that the glossary uses more is kept."""
    counts: Counter[str] = Counter()
    for entry in terms.in_use:
        for form in entry.en:
            if form.status in ("preferred", "admitted"):
                counts.update(_WORD.findall(form.text.lower()))
    groups: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        groups[_american(word)].append(word)
    change: dict[str, str] = {}
    for words in groups.values():
        kept = max(words, key=lambda w: (counts[w], w == _american(w)))
        change |= {word: kept for word in words if word != kept}
    for entry in terms.in_use:
        forms = tuple(
            replace(f, text=_respell(f.text, change)) if f.status != "forbidden" else f
            for f in entry.en
        )
        if forms != entry.en:
            wrong, right = next(
                (a.text, b.text) for a, b in zip(entry.en, forms, strict=True) if a != b
            )
            yield Problem(entry.id, f"“{wrong}” is spelled unlike the rest of the glossary",
                          f"write “{right}”", replace(entry, en=forms))  # fmt: skip


def _american(word: str) -> str:
    for british, american in _SPELLINGS:
        if len(word) > 5 and british.search(word):
            return british.sub(american, word)
    return word


def _respell(text: str, change: dict[str, str]) -> str:
    def respelled(m: re.Match[str]) -> str:
        word = m[0]
        kept = change.get(word.lower(), word)
        return kept.capitalize() if word[0].isupper() and kept != word else kept

    return _WORD.sub(respelled, text)


def never_matched(terms: Terms) -> Iterator[Problem]:
    """Entries that none of the given texts holds."""
    if not terms.texts:
        return
    from glossary.match import Matcher

    matcher = Matcher(terms.in_use)
    found = {match.entry.id for text in terms.texts for match in matcher.find(text)}
    for entry in terms.in_use:
        if entry.usable and entry.id not in found:
            yield Problem(entry.id, f"“{entry.zh[0].text}” is in none of the texts",
                          "check how texts write it, or archive it")  # fmt: skip


def _rendering(entry: Entry) -> str:
    right = any(f.status in ("preferred", "admitted") for f in entry.en)
    return entry.preferred if right else ""


RULES = (
    Rule("same-chinese", "error", "one Chinese form in two entries", same_chinese),
    Rule("same-english", "info", "one rendering for two concepts", same_english),
    Rule("near-duplicate", "info", "entries that differ in small words only", near_duplicate),
    Rule("nested", "info", "a form inside another, rendered otherwise", nested),
    Rule("spelling", "warning", "two spellings of one word", spelling),
    Rule("never-matched", "warning", "in none of the given texts", never_matched),
)
