"""Fit the weights of ``translate.spans`` on parallel text; needs pypinyin.

    python translate/data/fit_spans.py PAIRS_DIR OUT_DIR [--holdout]

``PAIRS_DIR`` holds ``*.tsv`` files, Chinese tab English, a blank line between reports. The
English says which characters are names: 韩寿山 is a person where ``Han Shoushan`` stands in the
English of the report. With ``--holdout`` every third file is left out, for measuring.

The model is a softmax over the candidates that begin at the same surname (or end at the same
place suffix) and "none"; AdaGrad, L1. A feature counts only if two reports have it, so
that no invented person is learned by heart.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

from translate.persons import person_candidates, person_features
from translate.pinyin import readings, surnames
from translate.places import place_candidates, place_features
from translate.spans import context

EPOCHS, RATE, PENALTY, MIN_REPORTS = 8, 0.2, 1.5e-5, 2
Report = list[tuple[str, str]]
Example = tuple[list[list[str]], int]  # the candidates' features, and which is right (-1: none)


@cache
def every_reading(char: str) -> tuple[str, ...]:
    """All toneless readings of a character, ü spelled in each way."""
    found = dict.fromkeys(readings().get(char, char).split())
    for toned in pinyin_dict.get(ord(char), "").split(","):
        plain = to_normal(toned, v_to_u=False)
        found.update(dict.fromkeys((plain.replace("v", "u"), plain.replace("v", "yu"), plain)))
    return tuple(found)[:7]


def spellings(text: str) -> set[str]:
    """Every way in which ``text`` can be read, syllables run together."""
    return {"".join(parts) for parts in product(*map(every_reading, text))}


def reports(directory: Path, holdout: bool, part: str = "train") -> Iterator[Report]:
    """The reports of the corpus; every third file is the held-out part."""
    for index, path in enumerate(sorted(directory.glob("*.tsv"))):
        if holdout and (index % 3 == 2) != (part == "held-out"):
            continue
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            lines = [line.split("\t") for line in block.splitlines() if line.count("\t") == 1]
            yield from (
                [(zh, en) for zh, en in lines[i : i + 60]] for i in range(0, len(lines), 60)
            )


def english_words(report: Report) -> tuple[set[str], set[str]]:
    """Capitalised words of the English, and pairs of adjacent ones; lower case, bare letters."""
    words: set[str] = set()
    pairs: set[str] = set()
    for _, english in report:
        found = list(re.finditer(r"[A-Z][a-zü]+(?:['’-][A-Za-z]+)*", english))
        plain = [re.sub(r"['’-]", "", re.sub(r"['’]s$", "", m[0])).lower() for m in found]
        words.update(plain)
        for left, right, a, b in zip(found, found[1:], plain, plain[1:]):  # noqa: B905
            if english[left.end() : right.start()] == " ":
                pairs.add(f"{a} {b}")
    return words, pairs


def gold_persons(report: Report) -> set[str]:
    """The persons of a report, by the evidence of its English."""
    _, pairs = english_words(report)
    firsts = {pair.split()[0] for pair in pairs}
    found = set()
    for chinese, _ in report:
        text = context(chinese)
        for group in person_candidates(text):
            for start, given, end in group:
                heads = (set(surnames()[text[start:given]]) | spellings(text[start:given])) & firsts
                if heads and any(
                    f"{head} {tail}" in pairs
                    for head in heads
                    for tail in spellings(text[given:end])
                ):
                    found.add(text[start:end])
    return found


def gold_places(report: Report) -> set[str]:
    """The suffixed places of a report, by the evidence of its English."""
    words, _ = english_words(report)
    found = set()
    for chinese, _ in report:
        text = context(chinese)
        for group in place_candidates(text):
            for start, suffix, end in group:
                if (spellings(text[start:suffix]) | spellings(text[start:end])) & words:
                    found.add(text[start:end])
    return found


def examples(all_reports: list[Report], kind: str) -> tuple[list[Example], Counter[str]]:
    """Training examples, and in how many reports each feature occurs."""
    made: list[Example] = []
    seen: Counter[str] = Counter()
    for report in all_reports:
        gold = gold_persons(report) if kind == "person" else gold_places(report)
        here: set[str] = set()
        for chinese, _ in report:
            text = context(chinese)
            groups = person_candidates(text) if kind == "person" else place_candidates(text)
            features_of = person_features if kind == "person" else place_features
            for group in groups:
                features = [features_of(text, *span) for span in group]
                right = [i for i, span in enumerate(group) if text[span[0] : span[-1]] in gold]
                made.append((features, right[-1] if right else -1))
                here.update(*features)
        seen.update(here)
    return made, seen


def fit(made: list[Example], seen: Counter[str]) -> dict[str, float]:
    """Weights by stochastic gradient descent on the softmax loss."""
    weight: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-2)
    data = [([[f for f in fs if seen[f] >= MIN_REPORTS] for fs in g], right) for g, right in made]
    for _ in range(EPOCHS):
        for group, right in data:
            logits = [sum(weight[f] for f in features) for features in group]
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
            shrink = PENALTY * len(data) / math.sqrt(squares[f]) * 0.1
            weight[f] = math.copysign(max(0.0, abs(value) - shrink), value)
    return weight


def main() -> None:
    """Fit both models and write their weights."""
    pairs, out, holdout = Path(sys.argv[1]), Path(sys.argv[2]), "--holdout" in sys.argv
    data = list(reports(pairs, holdout))
    for kind in ("person", "place"):
        made, seen = examples(data, kind)
        weight = fit(made, seen)
        kept = {f: round(w * 100) for f, w in weight.items() if abs(w) >= 0.1}
        lines = [f"{f}\t{w}" for f, w in sorted(kept.items()) if "\t" not in f and f.strip()]
        head = (
            f"# Weights of translate.spans for {kind}s in hundredths; made by data/fit_spans.py.\n"
        )
        (out / f"{kind}_weights.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        right = sum(r >= 0 for _, r in made)
        sys.stderr.write(f"{kind}: {len(made)} examples, {right} names, {len(lines)} weights\n")


if __name__ == "__main__":
    main()
