"""English forms are found whatever their inflection, and never inside another figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.english import capitalise, find_form, stem

FOUND = [
    ("rural revitalization", "for Rural Revitalisation funds"),
    ("secretary of the county Party committee", "two secretaries of county Party committees met"),
    ("build a moderately prosperous society", "built a moderately prosperous society"),
    ("high-quality development", "High-Quality Development"),
    ("policy", "the policies'"),
    ("strengthen", "strengthening"),
    ("plan", "planned"),
    ("people's congress", "people’s congresses"),
    ("labor union", "labour unions"),
    ("22", "the 22 matters"),
    ("93,500", "93,500 cards"),
    ("8.7 percent", "by 8.7 percent."),
    ("Xi'an", "in Xi'an's suburbs"),
    ("town head", "the town heads"),
    ("focus", "focuses"),
]
NOT_FOUND = [
    ("22", "22 million"),
    ("22", "1,022"),
    ("97", "97 percent"),
    ("97", "97% of them"),
    ("22", "22.5"),
    ("county", "countryside"),
    ("Party committee", "Party, committee"),
    ("policy", "police"),
    ("general", "generation"),
    ("665", "6.65"),
    ("new", "news"),
]


@pytest.mark.parametrize(("form", "text"), FOUND)
def test_an_inflected_form_is_found(form: str, text: str) -> None:
    assert len(find_form(text, form)) == 1


@pytest.mark.parametrize(("form", "text"), NOT_FOUND)
def test_another_word_is_not_found(form: str, text: str) -> None:
    assert find_form(text, form) == []


def test_the_span_is_the_form_without_article_and_possessive() -> None:
    text = "At the county head's office"
    ((start, end),) = find_form(text, "the county head")
    assert text[start:end] == "county head"


def test_exact_forms_mind_their_capitals() -> None:
    assert find_form("an ngo", "NGO", exact=True) == []
    assert find_form("NGOs", "NGO", exact=True) == []
    assert find_form("an NGO.", "NGO", exact=True) == [(3, 6)]
    assert find_form("Green electricity", "green electricity", exact=True) == [(0, 17)]


@given(st.text(), st.text())
def test_offsets_stay_inside_any_text(text: str, form: str) -> None:
    for start, end in find_form(text, form):
        assert 0 <= start < end <= len(text)


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)


def test_capitalise_leaves_figures_and_the_rest_alone() -> None:
    assert capitalise('"the plan') == '"The plan'
    assert capitalise("22 villages") == "22 villages"
