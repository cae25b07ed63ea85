"""Preparing, aligning, tagging and generating the training pairs."""

from __future__ import annotations

import random
import re
from collections import Counter
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.training import annotate, prepare
from models.training.align import drop_loosest, parse, symmetrize
from models.training.config import Config, Source, TrainingError, read_config, read_sources
from models.training.evaluate import exact, read_test_set, say, scores, untagged
from models.training.examples import Example, Noise, Tagger, fit, join
from models.training.generate import Generator
from models.training.generate.numerals import english, han
from models.training.pieces import Vocabulary
from models.training.plot import plot
from models.training.prepare import Pair
from models.training.stream import Stream

EMBEDDED = Path(__file__).parents[1] / "models" / "embedded"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(EMBEDDED)


@pytest.fixture(scope="module")
def config() -> Config:
    return read_config()


@pytest.fixture(scope="module")
def generator() -> Generator:
    return Generator(11)


def source(**changes: object) -> Source:
    values: dict[str, object] = {
        "name": "news",
        "title": "News",
        "licence": "CC0-1.0",
        "domain": "news",
        "share": 1.0,
        "root": "corpus",
        "files": ("*.tsv",),
        "reports": True,
    }
    return Source(**(values | changes))  # type: ignore[arg-type]


def run(folder: Path, vocabulary: Vocabulary, config: Config, *, banned: str = "") -> Counter[str]:
    test = folder / "test"
    test.mkdir()
    (test / "dev.tsv").write_text(banned, "utf-8")
    roots = {"corpus": folder / "corpus"}
    counts = prepare.run(config, [source()], roots, [test / "dev.tsv"], vocabulary, folder / "run")
    return counts["news"]


def corpus(folder: Path, text: str) -> None:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.tsv").write_text(text, "utf-8")


# Preparing


def test_pairs_of_the_test_set_are_dropped_in_whatever_script_or_punctuation(
    tmp_path: Path, vocabulary: Vocabulary, config: Config
) -> None:
    corpus(
        tmp_path,
        "全縣幹部深入一線，排查隱患。\tOfficials went to the front line to look for hazards.\n"
        "村里修了一條新路。\tThe village built a new road.\n"
        "另外一句話在這裡呢。\tOfficials went to the front line, to look for hazards\n",
    )
    banned = "全县干部深入一线,排查隐患\tOfficials went to the front line to look for hazards.\n"
    counts = run(tmp_path, vocabulary, config, banned=banned)
    assert counts == {"in the evaluation set": 2, "kept": 1}
    kept = prepare.read_pairs(tmp_path / "run" / "data" / "news.tsv")
    held = prepare.read_pairs(tmp_path / "run" / "data" / "news.held.tsv")
    assert [p.zh for p in kept + held] == ["村里修了一条新路。"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("村里修了路。\t村里修了路。", "not Chinese and English"),
        ("The road.\tThe road.", "not Chinese and English"),
        ("村里修了路。\t", "empty side"),
        ("村里修了路<t>。\tThe village built a road.", "holds a tag"),
        ("好。\t" + "The village built a road and then another road. " * 3, "length ratio"),
        ("村里修了路。" * 90 + "\t" + "The village built a road. " * 90, "too long"),
        ("村里修了路。\tThe 村里修了路 road 村里修了路 is.", "Chinese in the English"),
    ],
)
def test_bad_pairs_are_counted_by_reason(
    tmp_path: Path, vocabulary: Vocabulary, config: Config, line: str, reason: str
) -> None:
    corpus(tmp_path, line + "\n")
    assert run(tmp_path, vocabulary, config) == {reason: 1, "kept": 0}


def test_a_line_without_a_tab_is_named(
    tmp_path: Path, vocabulary: Vocabulary, config: Config
) -> None:
    corpus(tmp_path, "好。\tGood.\n坏行\n")
    with pytest.raises(TrainingError, match=r"a\.tsv: line 2: no tab"):
        run(tmp_path, vocabulary, config)


def test_reports_are_numbered_by_blank_lines(tmp_path: Path) -> None:
    corpus(tmp_path, "一\tone\n二\ttwo\n\n三\tthree\n")
    pairs = list(prepare.read(source(), {"corpus": tmp_path / "corpus"}))
    assert pairs[0].report == pairs[1].report != pairs[2].report


def test_the_packaged_tables_are_whole(config: Config) -> None:
    sources = read_sources()
    assert len({s.name for s in sources}) == len(sources)
    generated = sum(s.share for s in sources if s.generated)
    assert generated / sum(s.share for s in sources) <= 0.2
    assert all(s.licence and s.title for s in sources)
    assert 0 < config.tags.rate < 1


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("seed = 1\n[data]\nspeed = 3\n[tags]\n[stream]\n[train]\n", "utf-8")
    with pytest.raises(TrainingError, match="unknown setting 'speed'"):
        read_config(path)


# Aligning


def test_symmetrizing_grows_the_intersection() -> None:
    forward, backward = [(0, 0), (1, 1), (2, 2)], [(0, 0), (1, 1), (1, 2), (3, 3)]
    links = symmetrize(forward, backward)
    assert (0, 0) in links
    assert (1, 1) in links
    assert (3, 3) in links
    assert parse("0-1 2-3") == [(0, 1), (2, 3)]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_symmetrizing_one_direction_with_itself_changes_nothing(
    links: set[tuple[int, int]],
) -> None:
    assert symmetrize(links, links) == sorted(links)


def test_the_loosest_pairs_are_dropped(tmp_path: Path, vocabulary: Vocabulary) -> None:
    pairs = [Pair("路通了。", "The road is open."), Pair("路。", "The road, by the way, is old.")]
    prepare.write(pairs, tmp_path / "data" / "wiki.tsv")
    (tmp_path / "data" / "wiki.links").write_text("1-1 2-2 2-3 3-4\n1-1\n")
    assert drop_loosest("wiki", 0.5, vocabulary, tmp_path) == 1
    assert prepare.read_pairs(tmp_path / "data" / "wiki.tsv") == pairs[:1]
    assert (tmp_path / "data" / "wiki.links").read_text() == "1-1 2-2 2-3 3-4\n"


# Tagging


def example(vocabulary: Vocabulary, zh: str, en: str, *spans: tuple[str, str]) -> Example:
    found = [
        (zh.index(a), zh.index(a) + len(a), en.index(b), en.index(b) + len(b)) for a, b in spans
    ]
    return fit(zh, en, [], found, vocabulary)


def tagger(vocabulary: Vocabulary, config: Config, invented: float = 0.0) -> Tagger:
    from dataclasses import replace

    return Tagger(vocabulary, replace(config.tags, invented=invented), ["Green Channel"], 250)


def test_tagged_text_reads_as_the_product_writes_it(vocabulary: Vocabulary, config: Config) -> None:
    made = example(
        vocabulary,
        "商南县投入665万元修路。",
        "Shangnan County spent 6.65 million yuan on roads.",
        ("商南县", "Shangnan County"),
        ("665万元", "6.65 million yuan"),
    )
    tagged = tagger(vocabulary, config).tag(made, random.Random(1))
    zh = "<t> Shangnan County </t>投入<t> 6.65 million yuan </t>修路。"
    en = "<t> Shangnan County </t> spent <t> 6.65 million yuan </t> on roads."
    assert vocabulary.decode(tagged.source) == zh
    assert vocabulary.decode(tagged.target) == en
    # What the model is given in use is the same pieces.
    assert tagged.source == vocabulary.encode([zh])[0]
    assert tagged.target == vocabulary.encode([en])[0]
    opened = [i for i, p in enumerate(tagged.source) if p == vocabulary.open]
    assert {tagged.target[j] for i, j in tagged.links if i in opened} == {vocabulary.open}


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10_000))
def test_whatever_is_tagged_stands_on_both_sides(
    vocabulary: Vocabulary, config: Config, generator: Generator, seed: int
) -> None:
    pair = generator.pair(seed)
    made = fit(pair.zh, pair.en, [], pair.spans, vocabulary)
    tagged = tagger(vocabulary, config, 0.5).tag(made, random.Random(seed))
    inside = [
        sorted(re.findall(r"<t>(.*?)</t>", vocabulary.decode(side)))
        for side in (tagged.source, tagged.target)
    ]
    assert inside[0] == inside[1]


def test_phrases_come_from_the_alignment_when_no_rule_knows_any(
    vocabulary: Vocabulary, config: Config
) -> None:
    zh, en = vocabulary.encode(["村民种植苹果。", "Villagers grow apples."])
    apple = next(i for i, p in enumerate(zh) if vocabulary.piece(p) == "苹果")
    apples = list(
        range(next(j for j, p in enumerate(en) if "app" in vocabulary.piece(p)), len(en) - 1)
    )
    made = Example(zh, en, [(apple, j) for j in apples])
    assert tagger(vocabulary, config).phrase(made, apple, apple + 1) == (apples[0], apples[-1] + 1)


def test_joined_examples_keep_their_links(vocabulary: Vocabulary) -> None:
    zh, en = vocabulary.encode(["路通了。", "The road is open."])
    one = Example(zh, en, [(i, 0) for i in range(len(zh))])
    both = join(one, one, vocabulary)
    assert vocabulary.decode(both.source) == "路通了。路通了。"
    assert vocabulary.decode(both.target) == "The road is open. The road is open."
    assert {j for i, j in both.links if i >= len(zh)} == {len(en)}


def test_noise_takes_punctuation_only(vocabulary: Vocabulary) -> None:
    made = example(vocabulary, "“路通了，”他说。", '"The road is open," he said.', ("他", "he"))
    for seed in range(20):
        changed = vocabulary.decode(Noise(vocabulary)(made, random.Random(seed)).source)
        assert re.sub(r"\W", "", changed) == "路通了他说"
        assert changed != vocabulary.decode(made.source)


def test_an_annotator_is_asked_for_by_name() -> None:
    find = annotate.load("translate.figures.numbers:find_numbers")
    pair = Pair("全县投入665万元。", "The county spent 6.65 million yuan.")
    assert annotate.phrases(pair, [find([pair.zh])[0]]) == [(4, 9, 17, 34)]
    with pytest.raises(TrainingError, match="module:function"):
        annotate.load("translate.figures.numbers:nothing")


@pytest.mark.parametrize(
    ("forms", "english_text", "span"),
    [
        (("five",), "Five of them came.", (0, 4)),
        (("5",), "It rose 5.2 percent to 5 mu.", (23, 24)),
        (("5",), "Page 15 and 5-year.", None),
        (("yuan",), "yuan and yuan", (0, 4)),
    ],
)
def test_a_form_is_placed_as_a_whole_word(
    forms: tuple[str, ...], english_text: str, span: tuple[int, int] | None
) -> None:
    assert annotate.place(forms, english_text, []) == span


# Generating


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "十二"),
        (205, "二百零五"),
        (2300, "两千三百"),
        (120000, "十二万"),
        (10010, "一万零一十"),
    ],
)
def test_han_numerals(value: int, text: str) -> None:
    assert han(value) == text


@settings(deadline=None)
@given(st.integers(2, 99_999_999))
def test_han_numerals_are_read_back_by_the_product(value: int) -> None:
    from translate.figures.numbers import equivalent, find_numbers

    found = find_numbers(f"种了{han(value)}亩地。")
    assert len(found) == 1
    assert equivalent(f"They planted {english(Decimal(value))} mu.", found[0])


def test_generated_pairs_are_numbered_and_their_spans_hold() -> None:
    one, other = Generator(7), Generator(7)
    for i in range(300):
        pair = one.pair(i)
        assert pair == other.pair(i)
        assert "{" not in pair.zh + pair.en
        assert pair.en[0] == pair.en[0].upper()
        for a, b, c, d in pair.spans:
            assert pair.zh[a:b]
            assert pair.en[c:d]
            assert pair.en[c:d] == pair.en[c:d].strip()


def test_patterns_have_the_same_slots_on_both_sides() -> None:
    def slots(text: str) -> list[str]:
        return sorted(re.findall(r"\{\^?([a-z]+\d*)\}", text))

    for zh, en in Generator(1).patterns():
        assert slots(zh) == slots(en), zh


def test_generated_figures_are_what_the_product_says(generator: Generator) -> None:
    """Two independent writers of figures: where they differ, one of them is wrong."""
    from translate.figures.numbers import equivalent, find_numbers

    checked = 0
    for i in range(600):
        pair = generator.pair(i)
        for constraint in find_numbers(pair.zh):
            checked += 1
            assert equivalent(pair.en, constraint), (pair.zh, pair.en, constraint.target)
    assert checked > 200


# The stream


def prepared(folder: Path, vocabulary: Vocabulary) -> tuple[Source, Source]:
    pairs = [
        Pair(f"第{i}村种了{i}亩苹果。", f"Village {i} planted {i} mu.", 1 + i // 4)
        for i in range(40)
    ]
    prepare.write(pairs, folder / "data" / "news.tsv")
    (folder / "data" / "news.links").write_text("0-0 1-1\n" * 40)
    made = source(name="generated", share=0.2, generated=True, files=())
    return source(), made


def texts(stream: Stream, vocabulary: Vocabulary, count: int) -> list[list[str]]:
    return [[vocabulary.decode(e.source) for e in b.examples] for b in islice(stream, count)]


def test_a_restored_stream_goes_on_with_the_next_batch(
    tmp_path: Path, vocabulary: Vocabulary, config: Config
) -> None:
    from dataclasses import replace

    small = replace(config, stream=replace(config.stream, chunk=30, batch=200))
    sources = prepared(tmp_path, vocabulary)
    whole = Stream(small, sources, vocabulary, tmp_path)
    expected = texts(whole, vocabulary, 25)
    first = Stream(small, sources, vocabulary, tmp_path)
    begin = texts(first, vocabulary, 11)
    second = Stream(small, sources, vocabulary, tmp_path)
    second.restore(first.state)
    assert begin + texts(second, vocabulary, 14) == expected
    assert second.passes()["news"] > 0


def test_missing_steps_are_named(tmp_path: Path, vocabulary: Vocabulary, config: Config) -> None:
    with pytest.raises(TrainingError, match="run the step prepare first"):
        Stream(config, [source()], vocabulary, tmp_path)


# Measuring and drawing


def test_what_is_said_and_how_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        "县委督查组督查22个村。\tA team inspected 22 villages.\n", "utf-8"
    )
    terms = "督查组\tinspection team\tx\n督查\tinspection\n"
    (tmp_path / "a_terms.tsv").write_text(terms, "utf-8")
    files = sorted(tmp_path.glob("*.tsv"))
    test = read_test_set(files, [annotate.load("translate.figures.numbers:find_numbers")])
    assert test.references == ("A team inspected 22 villages.",)
    said = say(test.sources[0], test.said[0])
    assert said.startswith("县委<t> inspection team </t><t> inspection </t><t> 22 </t>")
    hypothesis = "An <t> inspection team </t>, the <t> inspections </t> of <t> 22 </t>."
    assert exact([hypothesis], [[r for *_, r in test.said[0]]]) == pytest.approx(2 / 3)
    assert untagged(hypothesis) == "An inspection team, the inspections of 22."
    with pytest.raises(TrainingError, match="no pairs"):
        read_test_set([])


def test_loops_and_lengths_count_as_odd() -> None:
    reference = ["The village built a road.", "The village built a road."]
    found = scores(["no no no no no the road now", "The village built a road."], reference)
    assert found["odd"] == 0.5
    assert scores(reference, reference)["chrf"] == 100


def test_a_history_is_drawn(tmp_path: Path) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text(
        '{"pieces": 1000, "loss": 3.0}\n{"pieces": 2000, "loss": 2.0, "held_out": {"own": 2.5}}\n'
        '{"pieces": 2000, "scores": {"chrf": 30.0}}\n'
    )
    plot(history, tmp_path / "run.svg")
    from lxml import etree

    drawn = etree.parse(str(tmp_path / "run.svg")).getroot()
    assert len(drawn.findall(".//{*}polyline")) == 3
    with pytest.raises(TrainingError, match="no history"):
        plot(tmp_path / "none.jsonl", tmp_path / "run.svg")


def test_the_command_prepares_and_says_what_it_dropped(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from models.training.__main__ import main

    (tmp_path / "corpus" / "pairs").mkdir(parents=True)
    (tmp_path / "corpus" / "terms").mkdir()
    line = "村里修了一条新路。\tThe village built a new road.\n"
    (tmp_path / "corpus" / "pairs" / "a.tsv").write_text(line * 2, "utf-8")
    (tmp_path / "corpus" / "terms" / "a.tsv").write_text("督查组\tinspection team; team\n", "utf-8")
    where = ["--base", str(EMBEDDED), "--out", str(tmp_path), "--corpus", str(tmp_path / "corpus")]
    done = CliRunner().invoke(main, ["prepare", *where], catch_exceptions=False)
    assert done.exit_code == 0
    assert "own: duplicate 1, kept 1" in done.output
    assert prepare.read_pairs(tmp_path / "data" / "own_terms.tsv")[0].en == "inspection team"
    shown = CliRunner().invoke(main, ["--help"]).output
    assert "    train     goes on until stopped" in shown
