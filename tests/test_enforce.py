"""The ladder: each rung mends what the one before it left, for both kinds of engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine import Hypothesis, Link, Request
from models.fake import FakeEngine
from translate.document import Constraint
from translate.enforcing.attempt import Draft, Unit
from translate.enforcing.enforce import enforce

WORDS = {
    "推行": "promote",
    "机制": "mechanism",
    "四下基层": "four downs",
    "商南县": "Shannan County",
}
TERM = Constraint(2, 6, "四下基层", "four visits to the grassroots", ("four down-to-grassroots",))
UNIT = Unit("推行四下基层机制", (TERM,))


class Scripted:
    """An engine that gives its lines in turn, one list of hypotheses a request."""

    def __init__(self, *lines: list[str], term_aware: bool = True) -> None:
        self.lines, self.term_aware, self.asked = list(lines), term_aware, list[Request]()
        self.name, self.max_pieces = "scripted", 255

    def count_pieces(self, text: str) -> int:
        return len(text)

    def translate(
        self, requests: list[Request], *, beam: int = 4, hypotheses: int = 1
    ) -> list[list[Hypothesis]]:
        self.asked += requests
        found = []
        for _ in requests:
            texts = self.lines.pop(0)
            found.append([Hypothesis(t, -k, ()) for k, t in enumerate(texts)])
        return found


def only(drafts: list[Draft]) -> Draft:
    (draft,) = drafts
    for p in draft.placements:
        assert p.how == "missing" or 0 <= p.start < p.end <= len(draft.target)
    return draft


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(p.how, draft.target[p.start : p.end]) for p in draft.placements]


def test_a_term_aware_engine_is_told_the_term() -> None:
    draft = only(enforce([UNIT], FakeEngine(WORDS)))
    assert said(draft) == [("tagged", TERM.target)]
    assert draft.target == f"promote {TERM.target} mechanism"


def test_an_ordinary_engine_is_never_given_tags() -> None:
    engine = Scripted(["Promote four downs."], ["Promote four visits to the grassroots."],
                      term_aware=False)  # fmt: skip
    draft = only(enforce([UNIT], engine))
    assert said(draft) == [("redecoded", TERM.target)]
    assert not any("<t>" in r.text + r.prefix for r in engine.asked)


def test_an_ordinary_engine_gets_the_term_by_alignment() -> None:
    draft = only(enforce([UNIT], FakeEngine(WORDS, term_aware=False)))
    assert said(draft)[0][0] in ("redecoded", "substituted")
    assert TERM.target in draft.target
    assert "four downs" not in draft.target


def test_an_admitted_form_is_right() -> None:
    draft = only(enforce([UNIT], Scripted(["The four down-to-grassroots mechanism."])))
    assert said(draft) == [("model", "four down-to-grassroots")]


def test_the_hypothesis_with_fewest_faults_is_kept() -> None:
    engine = Scripted(["Promote it.", f"Promote <t> {TERM.target} </t>."])
    assert said(only(enforce([UNIT], engine))) == [("tagged", TERM.target)]


def test_a_figure_that_the_source_has_not_is_a_fault() -> None:
    number = Constraint(0, 2, "22", "22", kind="number")
    engine = Scripted(["The <t> 22 </t> of 2,200 things.", "All <t> 22 </t> things."])
    assert only(enforce([Unit("22件", (number,))], engine)).target == "All 22 things."


def test_a_mutilated_tag_is_mended_without_decoding_again() -> None:
    engine = Scripted(["The <t> four visits to the grass </t> mechanism."])
    draft = only(enforce([UNIT], engine))
    assert draft.target == f"The {TERM.target} mechanism."
    assert len(engine.asked) == 1
    assert [e.rule for e in draft.edits] == ["mend-tag"]


def test_two_tags_that_say_the_same_become_two_terms() -> None:
    town, community = (
        Constraint(0, 2, "河镇", "Qinghe Town", kind="place"),
        Constraint(2, 5, "河社区", "Qinghe Community", kind="place"),
    )
    engine = Scripted(["In <t> Qinghe Community </t> of <t> Qingheqing Town </t>."])
    draft = only(enforce([Unit("河镇河社区", (town, community))], engine))
    assert sorted(text for _, text in said(draft)) == ["Qinghe Community", "Qinghe Town"]


def test_what_is_missing_is_decoded_again_from_the_prefix() -> None:
    engine = Scripted(["It was done."], [f"<t> {TERM.target} </t> was done."])
    draft = only(enforce([UNIT], engine))
    assert said(draft) == [("redecoded", TERM.target)]
    assert engine.asked[1].prefix.endswith(f"<t> {TERM.target} </t>")


def test_a_mutilated_name_is_substituted() -> None:
    place = Constraint(0, 3, "商南县", "Shangnan County", kind="place")
    engine = Scripted(*[["Then Shannan County did it."]] * 3, term_aware=False)
    draft = only(enforce([Unit("商南县做到", (place,))], engine))
    assert draft.target == "Then Shangnan County did it."
    assert said(draft) == [("substituted", "Shangnan County")]


def test_a_forbidden_rendering_goes() -> None:
    member = Constraint(
        0, 2, "委员", "member of the Political Bureau", forbidden=("Politburo committee member",)
    )
    engine = Scripted(*[["A Politburo committee member came."]] * 3, term_aware=False)
    draft = only(enforce([Unit("委员来了", (member,))], engine))
    assert "committee" not in draft.target
    assert "member of the Political Bureau" in draft.target


def test_a_missing_post_is_put_behind_its_name() -> None:
    post = Constraint(0, 2, "县长", "county head")
    name = Constraint(2, 4, "韩林", "Han Lin", kind="name")
    unit = Unit("县长韩林说到做到", (post, name))
    engine = Scripted(*[["Then <t> Han Lin </t> said it."]] * 3)
    draft = only(enforce([unit], engine))
    assert draft.target == "Then Han Lin, county head, said it."
    assert said(draft) == [("substituted", "county head"), ("tagged", "Han Lin")]


def test_what_stands_between_tags_is_printed_as_said() -> None:
    date = Constraint(0, 5, "3月2日", "March 2", kind="date")
    engine = Scripted(["On <t> March. 2 </t> it was done."])
    draft = only(enforce([Unit("3月2日完成", (date,))], engine))
    assert draft.target == "On March 2 it was done."


def test_an_article_between_tags_is_not_said_twice() -> None:
    date = Constraint(0, 3, "9月底", "the end of September", kind="date")
    engine = Scripted(["By <t> the end of September </t> it was done."])
    draft = only(enforce([Unit("9月底完成", (date,))], engine))
    assert draft.target == "By the end of September it was done."


def test_a_count_and_a_post_are_said_in_one_tag_with_what_follows() -> None:
    text = "县长韩林建5个专班"
    constraints = (
        Constraint(0, 2, "县长", "county head"),
        Constraint(2, 4, "韩林", "Han Lin", kind="name"),
        Constraint(5, 7, "5个", "five", kind="number"),
        Constraint(7, 9, "专班", "task forces"),
    )
    engine = Scripted(["<t> County head Han Lin </t> set up <t> five task forces </t>."])
    draft = only(enforce([Unit(text, constraints)], engine))
    assert engine.asked[0].text == "<t> county head Han Lin </t>建<t> five task forces </t>"
    assert [how for how, _ in said(draft)] == ["tagged"] * 4


def test_what_fails_every_rung_is_missing_and_said_so() -> None:
    number = Constraint(0, 2, "22", "22", kind="number")
    engine = Scripted(*[["Nothing."]] * 3)
    draft = only(enforce([Unit("22件", (number,))], engine))
    assert [p.how for p in draft.placements] == ["missing"]


def test_figures_are_not_shared_between_two_mentions() -> None:
    numbers = (
        Constraint(0, 2, "22", "22", kind="number"),
        Constraint(3, 5, "22", "22", kind="number"),
    )
    draft = only(enforce([Unit("22和22", numbers)], Scripted(*[["Just 22."]] * 3)))
    assert sorted(p.how for p in draft.placements) == ["missing", "model"]


def test_tags_that_do_not_fit_are_left_out_not_refused() -> None:
    engine = FakeEngine({"基层": "grassroots"}, max_pieces=12)
    text = "基层" * 4
    terms = tuple(Constraint(i, i + 2, "基层", "grassroots") for i in range(0, 8, 2))
    draft = only(enforce([Unit(text, terms)], engine))
    assert all(p.how != "missing" for p in draft.placements)


@given(
    st.lists(
        st.sampled_from(["推行", "机制", "四下基层", "商南县", "在"]), min_size=1, max_size=12
    ),
    st.booleans(),
    st.dictionaries(st.sampled_from(["four visits", "Shangnan County"]), st.just(""), max_size=2),
)
def test_no_constraint_is_lost_silently(
    words: list[str], term_aware: bool, mistakes: dict[str, str]
) -> None:
    targets = {"四下基层": "four visits", "商南县": "Shangnan County"}
    constraints, at = [], 0
    for word in words:
        if word in targets:
            constraints.append(Constraint(at, at + len(word), word, targets[word]))
        at += len(word)
    engine = FakeEngine(WORDS, term_aware=term_aware, mistakes=mistakes)
    draft = only(enforce([Unit("".join(words), tuple(constraints))], engine))
    assert [p.constraint for p in draft.placements] == constraints


@pytest.mark.parametrize("term_aware", [True, False])
def test_links_of_the_fake_engine_cover_its_output(term_aware: bool) -> None:
    ((hypothesis,),) = FakeEngine(WORDS, term_aware=term_aware).translate([Request("推行机制")])
    assert hypothesis.text == "promote mechanism"
    assert [isinstance(x, Link) for x in hypothesis.links] == [True, True]
