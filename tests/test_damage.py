import json
from pathlib import Path

import pytest

from translate.charmodel import load
from translate.clean import clean
from translate.damage import Site, damage, undamaged

CASES = json.loads((Path(__file__).parent / "data" / "damage.json").read_text(encoding="utf-8"))
IDS = [c["label"] for c in CASES]
ROUND_TRIPS = [
    pytest.param(
        c,
        id=c["label"],
        marks=[pytest.mark.xfail(reason=c["fails"], strict=True)] if "fails" in c else [],
    )
    for c in CASES
]


def site(case, habit):
    return Site(case["readings"], **(case.get("site", {}) | habit))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_forward_model_gives_what_sites_print(case):
    assert damage(case["text"], site(case, {})) == case["printed"]


@pytest.mark.parametrize("case", ROUND_TRIPS)
@pytest.mark.parametrize(
    "habit",
    [{}, {"swallowed": ""}, {"mark": "\ufffd"}, {"mark": "\ufffd", "swallowed": ""},
     {"private": "\ue5e5"}],
    ids=str,
)  # fmt: skip
def test_it_is_undone_or_flagged_with_the_right_reading(case, habit):
    shop = site(case, habit)
    meant = clean(undamaged(case["text"], shop)).text
    done = clean(damage(case["text"], shop))
    assert done.text == meant or any(
        done.text[: f.start] + c + done.text[f.end :] == meant
        for f in done.flags
        for c in f.candidates
    )


def test_a_guess_does_not_cut_a_sentence_in_two():
    done = clean("周小??粗謾C(jī)上的照片")
    assert [f.candidates[0] for f in done.flags] == ["。"] or "。" in done.flags[0].candidates
    assert "。" not in done.text


@pytest.mark.parametrize(
    "page",
    [
        "路修好了？縣裡的人都說好",
        "報名表（A3）在鎮上領，誰都可以報嗎？？",
        "會議(huì yì)由縣(xiàn)長主持",
        "登錄 https://example.org/?q=a 查詢，或寫信到 office@example.org",
    ],
)
def test_a_page_without_damage_stays(page):
    assert not [e for e in clean(page).edits if e.rule == "lost-bytes"]


def test_a_clean_page_does_not_load_the_model():
    load.cache_clear()
    clean("项目建设，推动发展。县里的人都说好！")
    assert load.cache_info().currsize == 0


def test_a_name_that_stands_whole_elsewhere_is_the_likelier_reading():
    damaged = "周小??粗謾C(jī)上的照片"
    alone = clean(damaged)
    told = clean("周小保是村裡的電工。" * 3 + "\n大家都說周小保熱心\n" + damaged)
    place = [f.candidates.index("保") if "保" in f.candidates else 99 for f in alone.flags]
    better = [f.candidates.index("保") for f in told.flags]
    assert (better or [0]) < place


def test_the_character_model_knows_the_genre():
    model = load()
    assert model.text("县委书记") > model.text("线尾输计") + 10


def test_the_character_model_is_a_distribution():
    model = load()
    for context in ("\x02\x02\x02", "县委书", "的工作"):
        row = model.row(context)
        assert row is None or sum(2.718281828**p for p in row[1].values()) < 1.1
