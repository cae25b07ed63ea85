"""One rendering a concept through the document, and nothing else is touched."""

from translate.consistency import consistent
from translate.document import Constraint, Pair, Placement, Segment

HEAD = Constraint(0, 2, "镇长", "town head", ("mayor", "town mayor"))
HAN = Constraint(2, 4, "韩林", "Han Lin", kind="name")
SEGMENT = Segment("镇长韩林到会。", 0, 7, 0, "body")


def pair(target: str, said: str) -> Pair:
    at, name = target.index(said), target.find("Han Lin")
    placements = [Placement(HEAD, at, at + len(said), "model")]
    if name >= 0:
        placements.append(Placement(HAN, name, name + 7, "model"))
    return Pair(SEGMENT, target, tuple(placements))


def test_an_admitted_rendering_gives_way_to_the_preferred_one() -> None:
    first, second = consistent(
        [pair("The town head came.", "town head"), pair("Mayor Han Lin left.", "Mayor")]
    )
    assert first.target == "The town head came."
    assert second.target == "Town head Han Lin left."
    assert [second.target[p.start : p.end] for p in second.placements] == ["Town head", "Han Lin"]
    assert [e.rule for e in second.edits] == ["consistent-rendering"]


def test_alone_an_admitted_rendering_stays() -> None:
    only = pair("The mayor came.", "mayor")
    assert consistent([only]) == (only,)


def test_inflected_and_missing_placements_stay() -> None:
    plural = pair("The mayors came.", "mayors")
    missing = Pair(SEGMENT, "He came.", (Placement(HEAD, -1, -1, "missing"),))
    kept = [pair("A town head.", "town head"), plural, missing]
    assert consistent(kept) == tuple(kept)
