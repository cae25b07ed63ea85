"""Names of persons: cases in ``data/names.tsv``, the user's own table, and what holds always."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.document import Constraint
from translate.errors import InputError
from translate.naming.names import Names, find_names, load_names
from translate.naming.pinyin import readings, spell_person, spell_word, surnames

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[tuple[str, ...]]:
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def found(text: str, kind: str) -> list[tuple[str, str]]:
    """What is found in a report whose paragraphs stand between " / "."""
    paragraphs = [(part, "body") for part in text.split(" / ")]
    names = find_names(paragraphs)  # type: ignore[arg-type]
    return [
        (constraint.source, constraint.target)
        for part, _ in paragraphs
        for constraint in names.in_text(part)
        if constraint.kind == kind
    ]


def wanted(cell: str) -> list[tuple[str, str]]:
    if cell == "-":
        return []
    return [tuple(item.split("=", 1)) for item in cell.split("; ")]  # type: ignore[misc]


def cases(name: str) -> list[object]:
    """The cases of a file; those that are known to fail must go on failing, or be relabelled."""
    return [
        pytest.param(*row, marks=pytest.mark.xfail(strict=True))
        if row[2].startswith("known failure")
        else row
        for row in rows(name)
    ]


@pytest.mark.parametrize(("text", "expected", "point"), cases("names.tsv"))
def test_person(text: str, expected: str, point: str) -> None:
    assert found(text, "name") == wanted(expected), point


@pytest.mark.parametrize(
    ("surname", "given_name", "target", "also"),
    [
        ("韩", "立峰", "Han Lifeng", ["Han Li-feng", "Han Li Feng"]),
        ("吕", "月娥", "Lyu Yue'e", ["Lv Yue'e", "Lu Yue'e", "Lü Yuee"]),
        ("覃", "塘", "Qin Tang", ["Tan Tang"]),
        ("欧阳", "安", "Ouyang An", []),
        ("朴", "成哲", "Piao Chengzhe", ["Park Chengzhe"]),
        ("王", "长根", "Wang Changgen", ["Wang Zhanggen", "Wang Chang'gen"]),
        ("闾", "文静", "Lyu Wenjing", ["Lü Wenjing", "Lu Wenjing"]),
        ("濮阳", "春", "Puyang Chun", ["Pu Yangchun"]),
        ("佴", "金根", "Nai Jingen", ["Nai Jin'gen"]),
    ],
)
def test_spelling(surname: str, given_name: str, target: str, also: list[str]) -> None:
    spelling = spell_person(surname, given_name)
    assert spelling.target == target
    assert set(also) <= set(spelling.accepted)
    assert target not in spelling.accepted


def test_a_name_is_the_same_through_the_report() -> None:
    names = find_names([("镇长胡林讲话。", "body"), ("胡林描绘了蓝图。", "body")])
    assert [c.target for c in names.in_text("胡林描绘了蓝图。")] == ["Hu Lin"]
    assert Names().in_text("胡林描绘了蓝图。") == []


def test_overrides_win() -> None:
    names = find_names([("县长韩守山到商南县。", "body")], {"韩守山": "Hank Han", "商南县": "SN"})
    assert [c.target for c in names.in_text("县长韩守山到商南县。")] == ["Hank Han", "SN"]


def test_a_place_gives_up_its_type_to_a_term() -> None:
    names = find_names([("商南县医院搬了。", "body")])
    whole = names.in_text("商南县医院搬了。")
    assert [(c.source, c.target) for c in whole] == [("商南县", "Shangnan County")]
    around = names.in_text("商南县医院搬了。", taken=[(2, 5)])
    assert [(c.source, c.target) for c in around] == [("商南", "Shangnan")]
    assert names.in_text("商南县医院搬了。", taken=[(0, 5)]) == []


def test_foreign_names_are_flagged_not_guessed() -> None:
    names = find_names([("船长胡安·桑托斯来了。", "body")])
    assert names.in_text("船长胡安·桑托斯来了。") == []
    flags = names.flags("船长胡安·桑托斯来了。")
    assert [(f.code, f.start, f.end) for f in flags] == [("name-foreign", 2, 8)]
    assert find_names([], {"胡安·桑托斯": "Juan Santos"}).flags("船长胡安·桑托斯来了。") == []


def test_a_name_that_reads_like_a_transcription_is_flagged_not_cut() -> None:
    text = "体育老师巴雅力嘎把铁环摆好。"
    names = find_names([(text, "body")])
    assert names.in_text(text) == []
    assert [(f.code, text[f.start : f.end]) for f in names.flags(text)] == [
        ("name-foreign", "巴雅力嘎")
    ]


def test_load_names(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text('\ufeffzh,en\n# ours\n胡林,"Hu Lin"\n\n慕容雪,Murong Xue\n', encoding="utf-8")
    assert load_names(path) == {"胡林": "Hu Lin", "慕容雪": "Murong Xue"}
    path.write_text("胡林\tHu Lin\n", encoding="utf-8")
    assert load_names(path) == {"胡林": "Hu Lin"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xe8\x83\xa1,Hu\n\xe6\x9d\xbe\n", "line 2, column 2"),
        ("胡林,Hu Lin\n胡林,Hu Lyn\n".encode(), "line 2, column 2"),
        ("Hu Lin,胡林\n".encode(), "line 1, column 1"),
        ("胡林,Hu,Song\n".encode(), "line 1, column 3"),
        ("胡林,Hu Lin\n".encode("gb18030"), "not UTF-8"),
        (None, "cannot read"),
    ],
)
def test_broken_names_file(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "names.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        load_names(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


PIECES = st.sampled_from(
    "县 委 书记 韩守山 说 商南县 清油河镇 王 李 某 老 小 · 阿 ， 。 “ ” ¶ 陕西 单 吕 1 a 记者 "
    "\u3000 "
    "𠮷 \ud800 \x00 \u202e 的 任 村 长江 欧阳 山 河 自治区".split(" ")
)


def holds(text: str, constraints: list[Constraint]) -> None:
    last = 0
    for constraint in constraints:
        assert constraint.start >= last
        assert text[constraint.start : constraint.end] == constraint.source != ""
        assert constraint.target
        assert constraint.target not in constraint.accepted
        last = constraint.end


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_offsets_hold_in_any_text(text: str) -> None:
    names = find_names([(text, "body"), ("镇长韩守山在商南县清油河镇说。", "body")])
    holds(text, names.in_text(text))
    holds(text, names.in_text(text, "byline"))
    holds(text, names.in_text(text, taken=[(0, min(3, len(text)))]))
    for flag in names.flags(text):
        assert 0 <= flag.start < flag.end <= len(text)


def test_time_is_linear() -> None:
    sentence = "县委书记韩守山在商南县清油河镇调研时说，要把好事办好。"

    def seconds(count: int) -> float:
        text = sentence * count
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            find_names([(text, "body")]).in_text(text)
            best = min(best, time.process_time() - begin)
        return best

    seconds(10)
    assert seconds(400) < 20 * seconds(50)  # 8 times the text; twice that would be quadratic


def test_importing_loads_no_pypinyin() -> None:
    code = "import sys, translate.naming.names; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_readings_agree_with_pypinyin() -> None:
    pypinyin = pytest.importorskip("pypinyin")
    odd = []
    for char, reading in readings().items():
        known = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=False)
        plain = {r.replace("v", "yu" if r[0] in "ln" else "u") for r in known[0]}
        if reading not in plain:
            odd.append((char, reading, plain))
    assert odd == []


def test_every_surname_has_a_reading() -> None:
    assert len(surnames()) > 550
    assert all(
        reading.isalpha() and reading.islower() for r in surnames().values() for reading in r
    )
    assert spell_word("西安") == "Xi'an"
