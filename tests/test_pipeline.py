"""The whole story with a dictionary engine: invariants that hold for any text, and consistency."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Glossary
from models.fake import FakeEngine
from translate import Translator
from translate.document import Bitext
from translate.pipeline import all_edits

WORDS = {"全县": "the county", "召开": "held", "大会": "rally", "。": ".", "，": ",", "说": "said"}

MIXTURE = (
    "全县 召开 。 ， “ ” 665万元 县(xiàn) 縣委書記 王小明说 ??h 2024年 7月 A … 、 ( ) "
    "四下基层 民生吹哨、部门报到 \n \u3000"
).split(" ")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load()


def sound(bitext: Bitext) -> None:
    """The invariants that ``document.py`` promises."""
    document = bitext.document
    assert len(document.origins) == len(document.text) + 1
    assert [p.segment for p in bitext.pairs] == [
        p.segment for p in sorted(bitext.pairs, key=lambda p: p.segment.start)
    ]
    for pair in bitext.pairs:
        s = pair.segment
        assert document.text[s.start : s.end] == s.text
        start, end = document.printed_span(s.start, s.end)
        assert document.printed[start:end] == s.printed
        flagged = {(f.start, f.end) for f in pair.flags}
        for p in pair.placements:
            c = p.constraint
            assert s.text[c.start : c.end] == c.source
            if p.how == "missing":
                assert (c.start, c.end) in flagged
            else:
                assert 0 <= p.start < p.end <= len(pair.target)


@pytest.mark.parametrize("term_aware", [True, False])
def test_every_constraint_of_a_report_is_placed_or_flagged(
    glossary: Glossary, term_aware: bool
) -> None:
    text = (
        "抓作风 强实效\n本报通讯员 周晓岚\n"
        "2024年12月18日，清源县委书记韩立平说，全县筹集资金665万元，四下基层解决问题22件。\n"
    )
    bitext = Translator(FakeEngine(WORDS, term_aware=term_aware), glossary).translate(text)
    sound(bitext)
    placed = {p.constraint.source: p.how for pair in bitext.pairs for p in pair.placements}
    assert {"665万元", "2024年12月18日", "四下基层", "周晓岚", "韩立平"} <= set(placed)
    assert "missing" not in placed.values()
    english = "\n".join(pair.target for pair in bitext.pairs)
    for want in ("6.65 million yuan", "December 18, 2024", "Zhou Xiaolan", "Han Liping"):
        assert want in english


def test_a_web_copy_is_read_and_still_shown_as_printed(glossary: Glossary) -> None:
    printed = "本報(bào)通訊員 周曉嵐\n項(xiàng)目建設(shè)加快,全縣召開大會。"
    bitext = Translator(FakeEngine(WORDS), glossary).translate(printed)
    sound(bitext)
    assert bitext.pairs[0].segment.kind == "byline"
    assert "项目建设加快" in bitext.document.text
    assert "項(xiàng)目" in bitext.pairs[1].segment.printed
    assert any(step == "clean" for step, _ in all_edits(bitext))


def test_a_long_sentence_is_decoded_in_parts_and_stays_one_pair(glossary: Glossary) -> None:
    text = "，".join(["全县召开大会"] * 40) + "。"
    bitext = Translator(FakeEngine(WORDS, max_pieces=60), glossary).translate(text)
    sound(bitext)
    (pair,) = bitext.pairs
    assert len(pair.segment.parts) > 3
    assert "".join(text[a:b] for a, b in pair.segment.parts) == text


def test_pages_come_back_in_order_and_alike(glossary: Glossary) -> None:
    translator = Translator(FakeEngine(WORDS), glossary)
    from translate.read import read_text

    pages = [
        read_text(t, str(n)) for n, t in enumerate(["全县召开大会。", "说。", "全县召开大会。"])
    ]
    seen: list[tuple[int, int]] = []
    bitexts = list(
        translator.translate_pages(pages, lambda done, total: seen.append((done, total)))
    )
    assert [b.document.name for b in bitexts] == ["0", "1", "2"]
    assert bitexts[0].pairs[0].target == bitexts[2].pairs[0].target
    assert seen[-1] == (2, 2), "the same sentence is decoded once"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(MIXTURE),
        min_size=1,
        max_size=25,
    )
)
def test_any_mixture_keeps_the_invariants(parts: list[str]) -> None:
    text = "".join(parts) + "县"
    sound(Translator(FakeEngine(WORDS), _GLOSSARY).translate(text))


_GLOSSARY = Glossary.load()
