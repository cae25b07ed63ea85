"""How many names are found, and how many that are found are names.

    python tests/benchmarks/names.py PAIRS_DIR

Fits the span models on two thirds of the files of a parallel corpus and measures on the rest,
whose English tells which characters are names (``translate/naming/data/fit_spans.py``); then, with
the models that ship, the cases of ``tests/data/names_unseen.tsv``.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from translate.naming import persons, place_values, places, spans
from translate.naming.names import find_names

ROOT = Path(__file__).parents[2]


def load_fitter() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "fit_spans", ROOT / "translate/naming/data/fit_spans.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def fit_on_two_thirds(fitter: ModuleType, source: Path) -> None:
    """Put the models of the training part in place of those that ship."""
    with tempfile.TemporaryDirectory() as folder:
        sys.argv = ["fit_spans", str(source), folder, "--holdout"]
        fitter.main()
        fitted: dict[str, Any] = {
            kind: {f: int(w) / 100 for f, w in rows(Path(folder) / f"{kind}_weights.tsv")}
            for kind in ("person", "place")
        }
        pairs = frozenset(a + b for a, bs in rows(Path(folder) / "word_pairs.tsv") for b in bs)
        given = {c: level for level, cs in rows(Path(folder) / "given_chars.tsv") for c in cs}
    words = spans.Lexicon(pairs, given)
    for module in (persons, places, place_values):
        module.weights = fitted.__getitem__  # type: ignore[assignment]
        module.lexicon = lambda: words  # type: ignore[assignment]


def measure(fitter: ModuleType, source: Path) -> None:
    right = {"name": 0, "place": 0}
    wrong = {"name": 0, "place": 0}
    missed = {"name": 0, "place": 0}
    begin, size = time.perf_counter(), 0
    for report in fitter.reports(source, "held-out"):
        gold = {"name": fitter.gold_persons(report), "place": fitter.gold_places(report)}
        names = find_names([(chinese, "body") for chinese, _ in report])
        english = " ".join(line for _, line in report).lower()
        for chinese, _ in report:
            size += len(chinese)
            found = names.in_text(chinese)
            for one in found:
                # What a translator wrote as we do is right, whatever evidence he had.
                forms = (one.target, *one.accepted)
                good = one.source in gold[one.kind] or any(f.lower() in english for f in forms)
                (right if good else wrong)[one.kind] += 1
            for kind, known in gold.items():
                for name in known:
                    covered = any(name in one.source for one in found)
                    missed[kind] += name in chinese and not covered
    seconds = time.perf_counter() - begin
    for kind in right:
        precision = right[kind] / (right[kind] + wrong[kind])
        recall = right[kind] / (right[kind] + missed[kind])
        print(f"held-out {kind}s: precision {precision:.1%}, recall {recall:.1%}", end=" ")
        print(f"({right[kind]} right, {wrong[kind]} wrong, {missed[kind]} missed)")
    print(f"{size} characters in {seconds:.1f} s, finding what is right included")


def unseen() -> None:
    cases = rows(ROOT / "tests/data/names_unseen.tsv")
    right = 0
    for kind, text, expected, _ in cases:
        parts = text.split(" / ")
        names = find_names([(part, "body") for part in parts])
        found = [c for part in parts for c in names.in_text(part) if c.kind == kind]
        right += ("; ".join(f"{c.source}={c.target}" for c in found) or "-") == expected
    print(f"unseen cases: {right} of {len(cases)} right")


if __name__ == "__main__":
    unseen()
    tool = load_fitter()
    fit_on_two_thirds(tool, Path(sys.argv[1]))
    measure(tool, Path(sys.argv[1]))
