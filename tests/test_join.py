"""Parts of a long sentence come together as one, their placements with them."""

from translate.document import Constraint, Placement
from translate.enforcing.attempt import Draft, Unit
from translate.enforcing.join import join_drafts, split_units

TEXT = "全县开会，韩林到会，大家鼓掌。"
NAME = Constraint(5, 7, "韩林", "Han Lin", kind="name")
PARTS = ((0, 5), (5, 10), (10, 15))


def draft(target: str, *placements: Placement) -> Draft:
    return Draft(target, placements, (), -1.0)


def test_units_carry_their_constraints() -> None:
    units = split_units(TEXT, [NAME], PARTS)
    assert [u.text for u in units] == ["全县开会，", "韩林到会，", "大家鼓掌。"]
    assert units[1].constraints == (Constraint(0, 2, "韩林", "Han Lin", kind="name"),)


def test_parts_are_joined_as_one_sentence() -> None:
    units = split_units(TEXT, [NAME], PARTS)
    inner = units[1].constraints[0]
    drafts = [
        draft("The county met."),
        draft("Han Lin came.", Placement(inner, 0, 7, "tagged")),
        draft("Everybody clapped."),
    ]
    joined = join_drafts(drafts, units, [NAME])
    assert joined.target == "The county met, Han Lin came, everybody clapped."
    (placement,) = joined.placements
    assert joined.target[placement.start : placement.end] == "Han Lin"
    assert placement.constraint == NAME


def test_a_quote_that_closes_a_part_keeps_its_mark_inside() -> None:
    units = [Unit("“好”，"), Unit("他说。")]
    assert (
        join_drafts([draft('"Good."'), draft("He said.")], units, []).target == '"Good," he said.'
    )


def test_names_of_the_language_keep_their_capital() -> None:
    units = [Unit("好，"), Unit("中国人。")]
    joined = join_drafts([draft("Good."), draft("Chinese people.")], units, [])
    assert joined.target == "Good, Chinese people."
