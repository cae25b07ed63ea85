"""Bylines by rule."""

import pytest

from translate.bylines import render_byline
from translate.document import Constraint

NAMES = {"周晓岚": "Zhou Xiaolan", "罗启文": "Luo Qiwen", "代志刚": "Dai Zhigang", "何佳": "He Jia"}
TERMS = {"本报记者": "staff reporter", "通讯员": "correspondent"}


def constraints(text: str) -> list[Constraint]:
    found = [
        Constraint(text.index(zh), text.index(zh) + len(zh), zh, en, (), kind)  # type: ignore[arg-type]
        for table, kind in ((NAMES, "name"), (TERMS, "term"))
        for zh, en in table.items()
        if zh in text
    ]
    return sorted(found, key=lambda c: c.start)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("本报记者 周晓岚 通讯员 罗启文",
         "By staff reporter Zhou Xiaolan and correspondent Luo Qiwen"),
        ("通讯员：罗启文、代志刚", "By correspondents Luo Qiwen and Dai Zhigang"),
        ("记者 周晓岚", "By reporter Zhou Xiaolan"),
        ("周晓岚 罗启文 代志刚", "By Zhou Xiaolan, Luo Qiwen and Dai Zhigang"),
        ("本报记者周晓岚 实习生 何佳 通讯员 罗启文",
         "By staff reporter Zhou Xiaolan, intern He Jia and correspondent Luo Qiwen"),
    ],
)  # fmt: skip
def test_roles_and_names(text: str, target: str) -> None:
    wanted = constraints(text)
    draft = render_byline(text, wanted)
    assert draft is not None
    assert draft.target == target
    assert [p.constraint for p in draft.placements] == wanted
    for p in draft.placements:
        assert target[p.start : p.end].removesuffix("s") == p.constraint.target.removesuffix("s")


@pytest.mark.parametrize(
    "text", ["本报讯（记者 周晓岚）", "记者 周晓岚 文/图", "本报记者", "周晓岚说"]
)
def test_what_holds_more_is_left_to_the_engine(text: str) -> None:
    assert render_byline(text, constraints(text)) is None
