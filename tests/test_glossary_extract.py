import json
from collections import Counter
from pathlib import Path

import pytest

from glossary import Entry, Form, Glossary
from glossary.align import rendering_of
from glossary.background import Background, cohesion, learn, load, runs
from glossary.extract import Miner
from glossary.pairs import Sentence

CASES = json.loads((Path(__file__).parent / "data" / "extract.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def miner() -> Miner:
    return Miner(Glossary.load().entries)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:12])
def test_candidates(miner: Miner, case: dict) -> None:
    found = {c.text: c.kind for c in miner.extract({"r": case["text"]}, known=True)}
    for term, kind in case.get("found", {}).items():
        assert found.get(term) == kind
    for term in case.get("not", []):
        assert term not in found


def test_known_terms_are_left_out_but_named_within_longer_ones() -> None:
    entries = [*Glossary.load().entries, Entry("x", (Form("拼单班"),), (Form("pooling team"),))]
    miner = Miner(entries)
    text = "镇里成立“拼单班”，又办起“拼单班夜校”。"
    found = {c.text: c for c in miner.extract({"r": text})}
    assert "拼单班" not in found
    assert "拼单班" in found["拼单班夜校"].inside


def test_frequency_spread_and_examples(miner: Miner) -> None:
    reports = {
        "a": "推行“吹风议事会”。各村办好“吹风议事会”。",
        "b": "「吹風議事會」開到田間。“吹风会”少了。",
    }
    candidate = next(c for c in miner.extract(reports) if c.text == "吹风议事会")
    assert (candidate.frequency, candidate.spread) == (3, 2)
    assert candidate.examples[0] == "推行“吹风议事会”。"
    assert len(candidate.examples) == 3


def test_recurrent_strings_are_found_without_marks(miner: Miner) -> None:
    text = (
        "村里建起稻虾驿站。老人到稻虾驿站歇脚。稻虾驿站的灯亮着。他说稻虾驿站好。"
        "去年稻虾驿站接待了许多人，今年又有两处稻虾驿站开门。"
    )
    found = [c.text for c in miner.extract({"r": text})]
    assert any("稻虾驿站" in t and len(t) <= 6 for t in found[:5])


def test_renderings_come_from_parallel_text(miner: Miner) -> None:
    pairs = [
        Sentence("m", 1, "“拼单班”开张了。", "The order-pooling team has opened."),
        Sentence("m", 2, "拼单班有十人。", "There are ten people in the order-pooling team."),
        Sentence("m", 3, "学校有十人。", "There are ten people in the school."),
        Sentence("m", 4, "商店开张了。", "The shop has opened."),
    ]
    assert rendering_of("拼单班", pairs) == "order-pooling team"
    assert rendering_of("學校", pairs) == ""  # once is no evidence
    (candidate,) = miner.extract({"r": "成立“拼单班”。"}, parallel=pairs)
    assert candidate.rendering == "order-pooling team"


def test_nothing_to_find(miner: Miner) -> None:
    assert miner.extract({}) == []
    assert miner.extract({"r": ""}) == []
    assert miner.extract({"r": "Hello, 123!"}) == []


def test_words_are_learned_from_text() -> None:
    before, after = "到去来看在有过从回爱", "多好香亮小大远近新老"
    words = ("稻虾", "驿站", "养殖户")
    text = [f"{b}{w}{a}" for w in words for b, a in zip(before, after, strict=True)]
    text += [f"{w}{v}" for w in words for v in words]
    text += [chr(0x5000 + n) * 5 for n in range(200)]  # so much else that chance is ruled out
    model = learn(text)
    assert model.cut("稻虾驿站") == ["稻虾", "驿站"]
    assert model.cut("养殖户的驿站") == ["养殖户", "的", "驿站"]


def test_cutting_loses_nothing() -> None:
    model = load()
    for run in runs("驻村第一书记走进农家，𠀋字也在，繁體也在。"):
        assert "".join(model.cut(run)) == run
    assert Background(Counter()).cut("县委") == ["县", "委"]


def test_cohesion_is_against_the_likeliest_halves() -> None:
    grams = Counter({"稻": 10, "虾": 10, "稻虾": 10})
    assert cohesion("稻虾", grams, 100) > 2
