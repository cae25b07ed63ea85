from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from glossary import Entry, Form, Glossary, GlossaryError
from glossary.check import check, fix, rules
from glossary.collection import BUILTIN
from glossary.ignoring import heed, ignore, ignored
from glossary.store import Store


def entry(name: str, zh, en, **values: object) -> Entry:
    """``zh`` and ``en`` are texts, or forms; several in a tuple."""

    def forms(items):
        listed = items if isinstance(items, tuple) else (items,)
        return tuple(i if isinstance(i, Form) else Form(i) for i in listed)

    return Entry(name, forms(zh), forms(en), **values)  # type: ignore[arg-type]


BAD = Form("bad", "forbidden")
# For each rule: entries of which the first has a finding, and the same entries put right.
CASES = {
    "two-preferred": (
        [entry("a", "县委", ("x", "y"))],
        [entry("a", "县委", ("x", Form("y", "admitted")))],
    ),
    "no-preferred": (
        [entry("a", "县委", (BAD, Form("x", "admitted")))],
        [entry("a", "县委", (BAD, Form("x")))],
    ),
    "only-wrong": ([entry("a", "县委", BAD)], [entry("a", "县委", (Form("x"), BAD))]),
    "right-and-wrong": (
        [entry("a", "县委", (Form("a bad committee"), BAD))],
        [entry("a", "县委", (Form("a badly run committee"), BAD))],
    ),
    "han-in-english": ([entry("a", "县委", "the 县委")], [entry("a", "县委", "the xianwei")]),
    "wide-in-english": ([entry("a", "县委", "x（y）")], [entry("a", "县委", "x(y)")]),
    "spaces": ([entry("a", "县委", "x  y , z")], [entry("a", "县委", "x y, z")]),
    "unbalanced": (
        [entry("a", "“三个年活动", "x")],
        [entry("a", "“三个年”活动", "people’s (own) \"x\"")],
    ),
    "script": ([entry("a", "縣委", "x")], [entry("a", "县委", "x")]),
    "stray-traditional": (
        [entry("a", ("县委", Form("縣府", script="Hant")), "x")],
        [entry("a", ("县委", Form("縣委", script="Hant")), "x")],
    ),
    "slots": (
        [entry("a", Form("{n}个一", term_type="pattern"), "{n} {n:th} ones")],
        [entry("a", Form("{n}个一", term_type="pattern"), "{n} ones")],
    ),
    "no-definition": (
        [entry("a", "四下基层", "x", subject="slogans")],
        [entry("a", "四下基层", "x", subject="slogans", definition="d")],
    ),
    "same-chinese": (
        [entry("a", "县委", "x"), entry("b", ("中共县委", "县委"), "y")],
        [entry("a", "县委", "x"), entry("b", "中共县委", "y")],
    ),
    "same-english": (
        [entry("a", "监督员", "supervisor"), entry("b", "督导员", "Supervisor")],
        [entry("a", "监督员", "supervisor"), entry("b", "督导员", "inspector")],
    ),
    "near-duplicate": (
        [entry("a", "城乡融合发展", "integrated urban-rural development"),
         entry("b", "城乡的融合发展", "integrated development of city and country")],
        [entry("a", "十三五规划", "13th plan"), entry("b", "十四五规划", "14th plan")],
    ),
    "nested": (
        [entry("a", "县委书记", "head of the county"), entry("b", "县委", "county committee")],
        [entry("a", "县委书记", "secretary of the county committee"),
         entry("b", "县委", "county committee")],
    ),
    "spelling": (
        [entry("a", "甲甲", "modernisation"), entry("b", "乙乙", "modernization"),
         entry("c", "丙丙", "modernization drive")],
        [entry("a", "甲甲", "filling"), entry("b", "乙乙", "filing of promises"),
         entry("c", "丙丙", "four hours")],
    ),
}  # fmt: skip


def codes(entries: list[Entry], **how) -> Counter[str]:
    return Counter(f.code for f in check(entries, **how))


@pytest.mark.parametrize("code", CASES)
def test_each_rule_finds_its_fault_and_nothing_else(code: str) -> None:
    wrong, right = CASES[code]
    found = [f for f in check(wrong) if f.code == code]
    assert [f.id for f in found][:1] == ["a"]
    assert all(f.message and f.remedy for f in found)
    assert codes(right)[code] == 0


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | {"never-matched"} == set(rules())


FIXABLE = ["no-preferred", "wide-in-english", "spaces", "script", "spelling"]


@pytest.mark.parametrize("code", FIXABLE)
def test_safe_findings_are_mended(code: str) -> None:
    wrong, right = CASES[code]
    changed, done = fix(wrong)
    assert code in {f.code for f in done}
    mended = {e.id: e for e in wrong} | {e.id: e for e in changed}
    assert codes(list(mended.values()))[code] == 0
    if code in ("wide-in-english", "spaces", "script"):
        assert changed == right


def test_several_faults_of_one_entry_are_all_mended() -> None:
    changed, _ = fix([entry("a", "縣委", (BAD, Form("x  y（z）", "admitted")))])
    assert changed == [entry("a", "县委", (BAD, Form("x y(z)")))]


def test_nothing_else_is_touched() -> None:
    for code in set(CASES) - set(FIXABLE):
        changed, _ = fix(CASES[code][0])
        assert changed == []


def test_entries_out_of_use_are_not_checked() -> None:
    for review in ("rejected", "archived"):
        assert not check([replace(CASES["two-preferred"][0][0], review=review)])


def test_entries_that_never_occur_are_reported_only_with_texts() -> None:
    entries = [entry("a", "县委", "x"), entry("b", "四下基层", "y")]
    assert "never-matched" not in codes(entries)
    found = check(entries, texts=["深化四下基層。"])
    assert [f.id for f in found if f.code == "never-matched"] == ["a"]


def test_severe_findings_come_first_and_level_limits_them() -> None:
    entries = [e for wrong, _ in CASES.values() for e in wrong]
    severities = [f.severity for f in check(entries)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert {f.severity for f in check(entries, level="error")} == {"error"}


def test_ignored_findings_stay_out_and_need_a_reason(tmp_path: Path) -> None:
    entries = CASES["two-preferred"][0]
    with Store(tmp_path / "g.db", builtin=[]) as store:
        ignore(store, "two-preferred", "a", author="Lin", reason="agreed")
        assert "two-preferred" not in codes(entries, ignored=ignored(store))
        heed(store, "two-preferred", "a")
        assert "two-preferred" in codes(entries, ignored=ignored(store))
        with pytest.raises(GlossaryError, match="needs a reason"):
            ignore(store, "two-preferred", "a", author="Lin", reason=" ")
        with pytest.raises(GlossaryError, match="no rule"):
            ignore(store, "nonsense", "a", author="Lin", reason="r")


@pytest.mark.skipif(not BUILTIN.exists(), reason="no built-in glossary")
def test_the_builtin_glossary_has_no_errors() -> None:
    assert [f.message for f in check(Glossary.load().entries, level="error")] == []
