import json
from pathlib import Path

import pytest

from translate.charmodel import load
from translate.clean import clean
from translate.damage import Site, damage, undamaged

CASES = json.loads((Path(__file__).parent / "data" / "damage.json").read_text(encoding="utf-8"))
IDS = [c["label"] for c in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_forward_model_gives_what_sites_print(case):
    assert damage(case["text"], Site(case["readings"])) == case["printed"]


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize(
    "habit",
    [{}, {"swallowed": ""}, {"mark": "\ufffd"}, {"mark": "\ufffd", "swallowed": ""},
     {"private": "\ue5e5"}],
    ids=str,
)  # fmt: skip
def test_it_is_undone_or_flagged_with_the_right_reading(case, habit):
    site = Site(case["readings"], **habit)
    meant = clean(undamaged(case["text"], site)).text
    done = clean(damage(case["text"], site))
    assert done.text == meant or any(
        done.text[: f.start] + c + done.text[f.end :] == meant
        for f in done.flags
        for c in f.candidates
    )


def test_the_character_model_knows_the_genre():
    model = load()
    assert model.text("县委书记") > model.text("线尾输计") + 10
