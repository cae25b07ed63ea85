"""Saying terms in the source, reading them back, and splicing: offsets hold throughout."""

from hypothesis import given
from hypothesis import strategies as st

from models.engine import Hypothesis, Link
from translate.document import Constraint
from translate.enforcing.tags import read, say, splice, untagged

HAN = st.text("县委书记四下基层，。", min_size=1, max_size=30)


def test_a_term_is_said_in_its_place() -> None:
    said = say("推行四下基层机制", [Constraint(2, 6, "四下基层", "four visits")])
    assert said.text == "推行<t> four visits </t>机制"
    assert [said.origin(i) for i in (0, 1, 2, 10, said.text.index("机"))] == [0, 1, 2, 2, 6]


def test_tags_go_and_their_text_stays() -> None:
    said = say("x", [])
    found = read(
        Hypothesis('The "<t> four visits </t>", and <t> x </t>s </t> good <t>.', 0.0), said
    )
    assert found.text == 'The "four visits", and xs good .'
    assert [found.text[a:b] for a, b in found.tagged] == ["four visits", "x"]


def test_untagged_keeps_what_stood_between() -> None:
    assert untagged("a <t> b </t>, c <t> d") == "a b, c d"


@given(HAN, st.data())
def test_offsets_in_the_said_source_lead_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    said = say(text, [Constraint(a, b, text[a:b], "term") for a, b in spans])
    for i, character in enumerate(said.text):
        origin = said.origin(i)
        inside = any(a == origin for a, b in spans) and character not in text[origin : origin + 1]
        assert 0 <= origin <= len(text)
        assert inside or text[origin] == character


@given(st.lists(st.sampled_from(["<t>", "</t>", "a", "b c", " ", '"', "."]), max_size=12))
def test_any_tagging_reads_without_tags(parts: list[str]) -> None:
    raw = "".join(parts)
    links = tuple(Link(0, 1, i, i + 1, 1.0) for i in range(len(raw)))
    found = read(Hypothesis(raw, 0.0, links), say("中", []))
    assert "<t>" not in found.text
    assert "</t>" not in found.text
    assert len(found.raw_of) == len(found.text) + 1
    assert all(raw[i] == c for i, c in zip(found.raw_of, found.text, strict=False))
    assert all(0 <= a < b <= len(found.text) for a, b in found.tagged)
    assert all(link.target_end <= len(found.text) for link in found.links)


def test_links_move_with_a_splice() -> None:
    links = (Link(0, 1, 0, 3, 1.0), Link(1, 2, 4, 7, 1.0), Link(2, 3, 8, 11, 1.0))
    spliced = splice(Hypothesis("one two six", 0.0, links), 4, 7, "twenty")
    assert spliced.text == "one twenty six"
    assert [(x.target_start, x.target_end) for x in spliced.links] == [(0, 3), (4, 10), (11, 14)]
