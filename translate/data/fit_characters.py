"""Fits the character model that ``translate.charmodel`` loads.

    python translate/data/fit_characters.py CORPUS... > translate/data/characters.xz

CORPUS files hold Simplified Chinese, one sentence a line; of a tab-separated line the first cell
is used. Shipped is the model of this project's own corpus (CC0) without the files that
``tests/benchmarks/damage.py`` measures on: it takes the same ``--without`` names as here.

The model is a character trigram with absolute discounting, interpolated (Ney, Essen and Kneser
1994; lower orders by continuation counts), pruned of trigrams that say little more than the
bigram. Log probabilities are natural, in fifths, one printable character each.
"""

from __future__ import annotations

import argparse
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.charmodel import EDGE, STEP, symbols

Counts = dict[str, Counter[str]]

DISCOUNT = 0.75
# n-grams seen fewer times than this are left out, by length, unless they change what the shorter
# n-gram says by this factor (either way); so the model stays well under 1 MB.
FEWEST = {2: 2, 3: 3}
FACTOR = {2: 12.0, 3: 8.0}
SAYS = 2.0
# Share of the characters never seen, spread over the characters of GBK at run time.
UNSEEN = 0.002


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """The symbols of each line with its edges, and of the joints between sentences.

    A corpus line is a sentence, but in a report one follows the other: the joint of two lines
    of a report is counted besides the lines themselves.
    """
    for path in paths:
        before = ""
        for line in path.read_text(encoding="utf-8").split("\n"):
            text = symbols(line.split("\t")[0].strip())
            if text:
                yield EDGE * 2 + text + EDGE
            if text and before[-1:] in tuple("。！？”…"):
                # Two symbols of each: the trigrams inside them were counted with their lines.
                yield before[-2:] + text[:2]
            before = text


def continuation(counts: Counter[str]) -> Counter[str]:
    """In how many contexts each shorter n-gram ends: the first character is dropped."""
    ends: Counter[str] = Counter()
    for gram in counts:
        ends[gram[1:]] += 1
    return ends


def by_context(counts: Counter[str]) -> Counts:
    """Successor counts of each context."""
    table: Counts = defaultdict(Counter)
    for gram, n in counts.items():
        table[gram[:-1]][gram[-1]] = n
    return table


class Level:
    """Discounted estimates of one order, with the next lower one behind it."""

    def __init__(self, counts: Counter[str], lower: Level | None) -> None:
        """Take the counts of n-grams of one length."""
        self.table = by_context(counts)
        self.totals = {context: sum(after.values()) for context, after in self.table.items()}
        self.lower = lower

    def weight(self, context: str) -> float:
        """The share that a context leaves to the lower order."""
        after = self.table.get(context)
        return DISCOUNT * len(after) / self.totals[context] if after else 1.0

    def p(self, context: str, char: str) -> float:
        """The interpolated probability of a character after a context."""
        if self.lower is None:
            return self.table[""][char] / self.totals[""] * (1 - UNSEEN)
        rest = self.lower.p(context[1:], char)
        after = self.table.get(context)
        if not after:
            return rest
        seen = max(after[char] - DISCOUNT, 0.0) / self.totals[context]
        return seen + self.weight(context) * rest


def quantised(p: float) -> str:
    """A probability as one printable character."""
    return chr(33 + min(93, round(-math.log(max(p, 1e-12)) / STEP)))


def lines(trigrams: Counter[str]) -> Iterator[str]:
    """The model file's lines: context, tab, weight and successors with their estimates."""
    bigrams = continuation(trigrams)
    one = Level(continuation(bigrams), None)
    two = Level(bigrams, one)
    three = Level(trigrams, two)
    for level in (one, two, three):
        for context, after in sorted(level.table.items()):
            kept = {
                c: level.p(context, c) for c, n in after.items() if _tells(level, context, c, n)
            }
            if not kept:
                continue
            # What the pruned successors had goes back to the lower order.
            weight = 1.0
            if level.lower is not None:
                spare = 1 - sum(kept.values())
                covered = sum(level.lower.p(context[1:], c) for c in kept)
                weight = min(1.0, max(spare, 1e-4) / max(1 - covered, 1e-4))
            cells = "".join(c + quantised(p) for c, p in sorted(kept.items()))
            yield f"{context}\t{quantised(weight)}{cells}"


def _tells(level: Level, context: str, char: str, n: int) -> bool:
    """Whether an n-gram is worth keeping."""
    length = len(context) + 1
    if level.lower is None or length == 1:
        return True
    if length == 3 and n < 2:
        return False
    factor = level.p(context, char) / level.lower.p(context[1:], char)
    wanted = SAYS if n >= FEWEST[length] else FACTOR[length]
    return factor > wanted or factor < 1 / wanted


def main() -> None:
    """Read the corpus, write the model to standard output."""
    parser = argparse.ArgumentParser(description="Fit the character model.")
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="files left out, by their name")
    args = parser.parse_args()
    paths = [p for p in args.corpus if p.stem not in args.without]
    trigrams: Counter[str] = Counter()
    for text in texts(paths):
        trigrams.update(text[i : i + 3] for i in range(len(text) - 2))
    data = "\n".join(lines(trigrams)).encode()
    sys.stdout.buffer.write(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
