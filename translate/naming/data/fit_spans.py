"""Fit the weights of ``translate.naming.spans`` on parallel text; needs pypinyin.

    python translate/naming/data/fit_spans.py PAIRS_DIR OUT_DIR [--holdout]

``PAIRS_DIR`` holds ``*.tsv`` files, Chinese tab English, a blank line between reports. The
English says which characters are names: 韩立峰 is a person where ``Han Lifeng`` stands in the
English of the report. With ``--holdout`` every third file is left out, for measuring
(``tests/benchmarks/names.py`` does).

The model is a softmax over the candidates that begin at the same surname (or end at the same
place type) and "none"; AdaGrad with soft thresholding. A feature counts only if two reports have
it, so that no invented person is learned by heart; and each person is learned a second time under
a random name, so that rare surnames lean on their surroundings.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

from translate.naming.persons import person_candidates, person_features
from translate.naming.pinyin import readings, surnames
from translate.naming.place_forms import TYPES
from translate.naming.place_spans import place_candidates, place_features
from translate.naming.spans import Lexicon, context

EPOCHS, RATE, SHRINK, MIN_REPORTS = 8, 0.2, 0.02, 2
REPORT_LINES = 60
PAIR_REPORTS, PAIR_ASSOCIATION = 3, 2.0  # of a word pair: reports that have it, log-odds
Report = list[tuple[str, str]]
Example = tuple[list[list[str]], int]  # the candidates' features, and which is right (-1: none)


@cache
def every_reading(char: str) -> tuple[str, ...]:
    """All toneless readings of a character, ü spelled in each way."""
    found = dict.fromkeys([readings().get(char, char)])
    for toned in pinyin_dict.get(ord(char), "").split(","):
        plain = to_normal(toned, v_to_u=False)
        found.update(dict.fromkeys((plain.replace("v", "u"), plain.replace("v", "yu"), plain)))
    return tuple(found)[:7]


def spellings(text: str) -> set[str]:
    """Every way in which ``text`` can be read, syllables run together."""
    return {"".join(parts) for parts in product(*map(every_reading, text))}


def reports(directory: Path, part: str) -> list[Report]:
    """The reports of the corpus: ``all``, or without (``train``) or only (``held-out``) a third."""
    found: list[Report] = []
    for index, path in enumerate(sorted(directory.glob("*.tsv"))):
        if part != "all" and (index % 3 == 2) != (part == "held-out"):
            continue
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            lines = [line.split("\t") for line in block.split("\n") if line.count("\t") == 1]
            pairs = [(chinese, english) for chinese, english in lines]
            # Files of single sentences have no blank lines: cut them into reports.
            found += [pairs[i : i + REPORT_LINES] for i in range(0, len(pairs), REPORT_LINES)]
    return found


def common_pairs(all_reports: list[Report], golds: list[set[str]]) -> frozenset[str]:
    """Neighbouring characters that attract each other, in several reports; names cut out."""
    single: Counter[str] = Counter()
    double: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for report, gold in zip(all_reports, golds, strict=True):
        names = "|".join(sorted(map(re.escape, gold), key=len, reverse=True)) or "$^"
        texts = [re.sub(names, " ", chinese) for chinese, _ in report]
        runs = [run for text in texts for run in re.findall("[\u4e00-\u9fff]+", text)]
        here = Counter(run[i : i + 2] for run in runs for i in range(len(run) - 1))
        single.update(char for run in runs for char in run)
        double += here
        spread.update(here.keys())
    total = single.total()
    return frozenset(
        pair
        for pair, count in double.items()
        if spread[pair] >= PAIR_REPORTS
        and math.log(count * total / (single[pair[0]] * single[pair[1]])) > PAIR_ASSOCIATION
    )


def given_levels(golds: list[set[str]]) -> dict[str, str]:
    """Character -> "2" where five given names have it, "1" where two have.

    One is not enough: in fitting, that one would be the very name to be judged.
    """
    names = {name for gold in golds for name in gold if len(name) in (2, 3)}
    counts = Counter(char for name in names for char in set(name[1:]))
    return {char: "2" if count >= 5 else "1" for char, count in counts.items() if count >= 2}


def english_words(report: Report) -> tuple[set[str], set[str]]:
    """Capitalised words of the English, and pairs of adjacent ones; lower case, bare letters."""
    words: set[str] = set()
    pairs: set[str] = set()
    for _, english in report:
        found = list(re.finditer(r"[A-Z][a-zü]+(?:['’-][A-Za-z]+)*", english))
        plain = [re.sub(r"['’-]", "", re.sub(r"['’]s$", "", m[0])).lower() for m in found]
        words.update(plain)
        for i in range(len(found) - 1):
            if english[found[i].end() : found[i + 1].start()] == " ":
                pairs.add(f"{plain[i]} {plain[i + 1]}")
    return words, pairs


def gold_persons(report: Report) -> set[str]:
    """The persons of a report, by the evidence of its English."""
    _, pairs = english_words(report)
    firsts = {pair.split()[0] for pair in pairs}
    found = set()
    for text, (start, given, end) in _spans(report, "person"):
        heads = (set(surnames()[text[start:given]]) | spellings(text[start:given])) & firsts
        if heads and any(
            f"{head} {tail}" in pairs for head in heads for tail in spellings(text[given:end])
        ):
            found.add(text[start:end])
    return found


def gold_places(report: Report) -> set[str]:
    """The typed places of a report, by the evidence of its English: name and type there."""
    words, pairs = english_words(report)
    found = set()
    for text, (start, suffix, end) in _spans(report, "place"):
        kind = text[suffix:end]
        stems = spellings(text[start:suffix])
        named = {f"{stem} {TYPES[kind].english.split()[0].lower()}" for stem in stems} & pairs
        alone = stems & words if suffix - start > 1 and kind in "省市县镇乡村区" else set()
        together = spellings(text[start:end]) & words if end - start > 2 else set()
        if named or alone or together:
            found.add(text[start:end])
    return found


def _spans(report: Report, kind: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    candidates = person_candidates if kind == "person" else place_candidates
    for chinese, _ in report:
        text = context(chinese)
        for group in candidates(text):
            for span in group:
                yield text, span


def examples(
    all_reports: list[Report], kind: str, words: Lexicon
) -> tuple[list[Example], Counter[str]]:
    """Training examples, and in how many reports each feature occurs."""
    made: list[Example] = []
    seen: Counter[str] = Counter()
    candidates = person_candidates if kind == "person" else place_candidates
    features_of = person_features if kind == "person" else place_features
    for report in renamed(all_reports) if kind == "person" else with_places(all_reports):
        here: set[str] = set()
        for text, gold in report:
            for group in candidates(text):
                features = [features_of(text, *span, words) for span in group]
                right = [i for i, span in enumerate(group) if text[span[0] : span[-1]] in gold]
                made.append((features, right[-1] if right else -1))
                here.update(*features)
        seen.update(here)
    return made, seen


def with_places(all_reports: list[Report]) -> Iterator[list[tuple[str, set[str]]]]:
    """Each report as its contexts with the places that are right in them."""
    for report in all_reports:
        gold = gold_places(report)
        yield [(context(chinese), gold) for chinese, _ in report]


def renamed(all_reports: list[Report]) -> Iterator[list[tuple[str, set[str]]]]:
    """The reports, and the sentences that name somebody once more, the names exchanged."""
    chance = random.Random(7)
    known = [(report, gold_persons(report)) for report in all_reports]
    given = sorted({name[1:] for _, gold in known for name in gold if len(name) in (2, 3)})
    chars = sorted("".join(given))
    families = sorted(surnames())
    for report, gold in known:
        yield [(context(chinese), gold) for chinese, _ in report]
        again = []
        for chinese, _ in report:
            names = [name for name in sorted(gold, key=len, reverse=True) if name in chinese]
            if not names:
                continue
            new = {
                name: chance.choice(families)
                + "".join(chance.choices(chars, k=len(name) - 1 if len(name) < 4 else 2))
                for name in names
            }
            found = re.split("(" + "|".join(map(re.escape, names)) + ")", chinese)
            changed = "".join(new.get(piece, piece) for piece in found)
            again.append((context(changed), set(new.values())))
        yield again


def fit(made: list[Example], seen: Counter[str]) -> dict[str, float]:
    """Weights by stochastic gradient descent on the softmax loss."""
    weight: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-2)
    data = [([[f for f in fs if seen[f] >= MIN_REPORTS] for fs in g], right) for g, right in made]
    random.Random(3).shuffle(data)
    for _ in range(EPOCHS):
        for group, right in data:
            logits = [sum([weight[f] for f in features]) for features in group]
            top = max(0.0, *logits)
            raised = [math.exp(logit - top) for logit in logits]
            total = sum(raised) + math.exp(-top)
            for i, features in enumerate(group):
                slope = raised[i] / total - (i == right)
                if abs(slope) < 1e-3:
                    continue
                for f in features:
                    squares[f] += slope * slope
                    weight[f] -= RATE * slope / math.sqrt(squares[f])
        for f, value in weight.items():
            weight[f] = math.copysign(max(0.0, abs(value) - SHRINK / math.sqrt(squares[f])), value)
    return weight


def main() -> None:  # run by hand, see the module docstring
    """Fit both models and write their weights and the word pairs."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    data = reports(source, "train" if "--holdout" in sys.argv else "all")
    golds = [gold_persons(report) for report in data]
    words = Lexicon(common_pairs(data, golds), given_levels(golds))
    write_pairs(words.pairs, out / "word_pairs.tsv")
    write_given(words.given, out / "given_chars.tsv")
    for kind in ("person", "place"):
        made, seen = examples(data, kind, words)
        weight = fit(made, seen)
        kept = {f: round(w * 100) for f, w in weight.items() if abs(w) >= 0.1}
        lines = [f"{f}\t{w}" for f, w in sorted(kept.items())]
        head = (
            f"# Weights of translate.naming.spans for a {kind}, in hundredths: data/fit_spans.py.\n"
        )
        path = out / f"{kind}_weights.tsv"
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        right = sum(r >= 0 for _, r in made)
        sys.stderr.write(f"{kind}: {len(made)} examples, {right} names, {len(lines)} weights\n")


def write_pairs(pairs: frozenset[str], path: Path) -> None:
    """First character, tab, the second characters."""
    after: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(pairs):
        after[pair[0]].append(pair[1])
    rows = [f"{first}\t{''.join(seconds)}" for first, seconds in after.items()]
    head = "# Pairs of characters that attract each other in the corpus: data/fit_spans.py.\n"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def write_given(given: dict[str, str], path: Path) -> None:
    """Level, tab, its characters."""
    rows = [f"{level}\t{''.join(sorted(c for c in given if given[c] == level))}" for level in "12"]
    head = "# Characters of given names in the corpus, by how many have them: data/fit_spans.py.\n"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
