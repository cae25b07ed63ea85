import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.clean import FIXERS, clean

CASES = json.loads((Path(__file__).parent / "data" / "clean.json").read_text(encoding="utf-8"))
REPORT = Path(__file__).parents[2] / "shared" / "articles" / "county_report.txt"

# What real pages are made of, in any order, and any other character.
NOISE = st.lists(
    st.one_of(
        st.sampled_from(
            "縣 县 項(xiàng) 機 (jī) C( ) ?? h ? , ; : ! . 。 ， “ ” 「 」 \" ' 著 名 乾 Ａ ２ 3 "
            "1,683 9:00 \n \t \u00a0 \u3000 \u200b \ufeff \x00 \ud800 \ufffd \ue5e5 &nbsp; "
            "&amp;amp; &lt; @ ~ ?yàn)檫@ ??粗謾C(jī) ?qū)m?xiàng) 记者 通 讯 ... -- 、 ⼈".split(
                " "
            )
        ),
        st.text(max_size=3),
        st.characters(categories=["Cs", "Co", "Cf", "Cc", "Zs"]),
        st.just(" "),
    ),
    max_size=25,
).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_case(case):
    assert clean(case["source"]).text == case["text"]


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_what_is_clean_stays(case):
    assert clean(case["text"]).text == case["text"]


@settings(max_examples=12, deadline=None)
@given(NOISE)
def test_origins_lead_back_and_a_second_cleaning_changes_nothing(source):
    done = clean(source)
    assert done.source == source
    assert len(done.origins) == len(done.text) + 1
    assert list(done.origins) == sorted(done.origins)
    assert done.origins[-1] == len(source)
    assert done.text.count("\n") == source.count("\n")
    breaks = [done.origins[i] for i, c in enumerate(done.text) if c == "\n"]
    assert breaks == [i for i, c in enumerate(source) if c == "\n"]
    assert [e.start for e in done.edits] == sorted(e.start for e in done.edits)
    assert all(0 <= f.start <= f.end <= len(done.text) for f in done.flags)
    done.text.encode("utf-8")
    assert clean(done.text).text == done.text


def test_every_fixer_says_what_it_does():
    assert all(fixer.__doc__ for fixer in FIXERS.values())


def test_every_change_is_an_edit():
    source = "項(xiàng)目,２０２４年"
    edits = clean(source).edits
    assert {e.rule for e in edits} == {
        "readings", "simplified", "half-width-marks", "full-width-ascii"
    }  # fmt: skip
    assert all(source.startswith(e.before, e.start) for e in edits)


def test_an_undecodable_character_is_flagged():
    done = clean("全县群众\ufffd意度提高。")
    (flag,) = done.flags
    assert flag.code == "damaged-text"
    assert done.text[flag.start : flag.end] == "\ufffd"


def test_a_very_long_line_is_survived():
    line = "縣委(wěi)干部,在 2024 年?完成A" * 5000
    assert clean(line).text.startswith("县委干部，在2024年？完成A县委干部")


@pytest.mark.skipif(not REPORT.exists(), reason="needs ../shared")
def test_a_real_report():
    done = clean(REPORT.read_text(encoding="utf-8"))
    for wanted in ("多措并举。县委", "看着手机微信", "重点领域专项监督", "因为这里"):
        assert wanted in done.text
    assert not set(done.text) & set("?()@�") - {"?"}
    # The one character of a name that nothing tells: shown, with the others it can be.
    assert any("保" in flag.candidates for flag in done.flags)
