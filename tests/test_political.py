"""The starter glossary: what must hold of its data, whatever is added to it."""

import csv
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from glossary import Entry, Glossary
from glossary.check import check
from glossary.collection import BUILTIN
from glossary.fold import fold, is_han
from translate.english import find_form, tokens

# The same form with and without its punctuation is one form.
_LOOSE = re.compile("[“”‘’\"'、，,· ]")
# "party" is the Communist Party of China and has a capital; these are about others.
_OTHER_PARTIES = re.compile(
    r"political parties|[Mm]ultiparty|party affiliation|five-party|democratic party", re.I
)
_BRITISH = re.compile(r"isation|ise\b|programme|centre|labour|defence\b|colour|licence", re.I)
_BRITISH_LOOKING = re.compile(
    r"\b(enterprise|expertise|advise|supervise|exercise|promise|arise|rise)\b"
)


@cache
def glossary() -> Glossary:
    return Glossary.load()


@cache
def by_form() -> dict[str, Entry]:
    return {_LOOSE.sub("", fold(f.text)): e for e in glossary().entries for f in e.zh}


def rows() -> list[dict[str, str]]:
    with BUILTIN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def renderings(entry: Entry, *statuses: str) -> list[str]:
    return [f.text for f in entry.en if f.status in statuses]


def failing(rule) -> list[str]:
    """The entries that break ``rule``, by id, for a message that says which to mend."""
    return [e.id for e in glossary().entries if not rule(e)]


def test_size() -> None:
    assert len(glossary().entries) >= 3000


def test_ids_are_slugs() -> None:
    assert failing(lambda e: re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", e.id)) == []


def test_one_preferred_rendering_and_term() -> None:
    assert failing(lambda e: len(renderings(e, "preferred")) == 1) == []
    assert failing(lambda e: sum(f.status == "preferred" for f in e.zh) == 1) == []


def test_reviewed_and_described() -> None:
    assert failing(lambda e: e.review == "approved" and e.subject and e.source) == []


def test_no_chinese_form_in_two_concepts() -> None:
    count = Counter(_LOOSE.sub("", fold(f.text)) for e in glossary().entries for f in e.zh)
    assert [form for form, times in count.items() if times > 1] == []


def test_no_preferred_rendering_of_two_concepts() -> None:
    count = Counter(renderings(e, "preferred")[0].lower() for e in glossary().entries)
    assert [text for text, times in count.items() if times > 1] == []


def test_chinese_is_chinese() -> None:
    def rule(entry: Entry) -> bool:
        return all(
            any(map(is_han, f.text)) and f.text == f.text.strip() and len(f.text) > 1
            for f in entry.zh
        )

    assert failing(rule) == []


def test_english_is_clean() -> None:
    def rule(entry: Entry) -> bool:
        return all(
            f.text.isascii()
            and f.text == " ".join(f.text.split())
            and f.text.count('"') % 2 == 0
            and f.text.count("(") == f.text.count(")")
            for f in entry.en
        )

    assert failing(rule) == []


def test_preferred_rendering_fits_a_running_sentence() -> None:
    def rule(entry: Entry) -> bool:
        text = renderings(entry, "preferred")[0]
        lower = re.search(r"\bpart(y|ies)\b", _OTHER_PARTIES.sub("", text))
        british = _BRITISH.search(_BRITISH_LOOKING.sub("", text))
        return not re.match(r"(the|an?) ", text, re.I) and not lower and not british

    assert failing(rule) == []


def test_wrong_renderings_are_not_right_ones_too() -> None:
    def rule(entry: Entry) -> bool:
        right = renderings(entry, "preferred", "admitted")
        return not any(
            find_form(text, wrong)
            for wrong in renderings(entry, "forbidden", "deprecated")
            for text in right
        )

    assert failing(rule) == []


def test_wrong_renderings_are_not_right_ones_of_other_concepts() -> None:
    """Else a sentence with both terms could not be right: county commission, social security."""
    right: dict[str, set[str]] = {}
    for entry in glossary().entries:
        for text in renderings(entry, "preferred", "admitted"):
            for word in {token.stem for token in tokens(text)}:
                right.setdefault(word, set()).add(text)

    def rule(entry: Entry) -> bool:
        for wrong in renderings(entry, "forbidden", "deprecated"):
            stems = [token.stem for token in tokens(wrong)]
            candidates = set.intersection(*(right.get(stem, set()) for stem in stems))
            if any(find_form(text, wrong) for text in candidates):
                return False
        return True

    assert failing(rule) == []


def test_checks_find_nothing_to_mend() -> None:
    findings = check(glossary().entries, level="warning")
    assert [f"{f.code} {f.id}: {f.message}" for f in findings] == []


def test_rows_are_in_reviewable_order() -> None:
    """Concepts stand together, by subject and id, Chinese first, so that a diff reads well."""
    concepts = [(next(g)["subject"], key) for key, g in groupby(rows(), lambda r: r["concept"])]
    assert concepts == sorted(concepts)
    for _, group in groupby(rows(), lambda r: r["concept"]):
        languages = [row["lang"] for row in group]
        assert languages == sorted(languages, key=lambda lang: lang == "en")


@pytest.mark.parametrize(
    ("zh", "parts"),
    [
        ("四下基层", ["1988", "宣传党的路线方针政策", "调查研究", "信访接待", "现场办公"]),
        ("民生吹哨、部门报到", ["民生吹哨", "部门报到", "吹哨报到"]),
        ("三会一课", ["general meetings", "committee meetings", "group meetings", "lectures"]),
        ("五位一体总体布局", ["economic", "political", "cultural", "social", "ecological"]),
        ("两不愁三保障", ["food", "clothing", "education", "medical", "housing"]),
        ("四议两公开", ["branch", "resolution", "public"]),
        ("双随机一公开", ["inspectors", "inspected", "public"]),
        ("五上企业", ["规上工业", "规上服务业"]),
        ("四风", ["formalism", "bureaucratism", "hedonism", "extravagance"]),
        ("网格化管理", ["grid"]),
        ("河长制", ["river"]),
        ("一网通办", ["website"]),
        ("接诉即办", ["12345"]),
    ],
)
def test_slogans_are_explained(zh: str, parts: list[str]) -> None:
    entry = by_form()[fold(_LOOSE.sub("", zh))]
    assert [part for part in parts if part not in entry.definition] == []


@pytest.mark.parametrize(
    ("zh", "wrong"),
    [
        ("政治局委员", "politburo committee"),
        ("人大代表", "people's congress representative"),
        ("精神文明建设", "spiritual civilization construction"),
        ("科学发展观", "scientific development concept"),
        ("政协委员", "CPPCC delegate"),
        ("党组书记", "Party group secretary"),
        ("宣传部部长", "propaganda minister"),
        ("五位一体总体布局", "five-in-one body"),
    ],
)
def test_known_bad_renderings_are_barred(zh: str, wrong: str) -> None:
    assert wrong in renderings(by_form()[fold(zh)], "forbidden", "deprecated")


def cases() -> list[tuple[str, str]]:
    path = Path(__file__).parent / "data" / "political_matches.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_found_in_text(text: str, expected: str) -> None:
    found = [f"{text[m.start : m.end]}={m.entry.preferred}" for m in glossary().find(text)]
    assert (" | ".join(found) or "-") == expected
