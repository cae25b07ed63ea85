"""Fits the character model that ``translate.charmodel`` loads.

    python translate/data/fit_characters.py CORPUS... > translate/data/characters.xz

CORPUS files hold Simplified Chinese, one sentence a line; of a tab-separated line the first cell
is used. Shipped is the model of this project's own corpus (CC0) without the files that
``tests/benchmarks/damage.py`` measures on (its list ``HELD_OUT``): name those with ``--without``.

The model takes up to four characters, with interpolated modified Kneser-Ney smoothing (Chen and
Goodman 1999), pruned of n-grams that say little more than the shorter one (weighted difference,
Seymore and Rosenfeld 1996). Log probabilities are natural, in fifths, one printable character each.
"""

from __future__ import annotations

import argparse
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.charmodel import BLOCK, CONTEXT, EDGE, STEP, symbols

# An n-gram is kept if what it says beyond the shorter one, in nats, times the times that it was
# seen comes to this, by length; so the model stays well under 1 MB.
WORTH = {2: 2.0, 3: 5.5, 4: 8.0}
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
                yield EDGE * CONTEXT + text + EDGE
            if text and before[-1:] in tuple("。！？”…"):
                # The n-grams inside each were counted with their lines.
                yield before[-CONTEXT:] + text[:CONTEXT]
            before = text


def continuation(counts: Counter[str]) -> Counter[str]:
    """In how many contexts each shorter n-gram ends: the first character is dropped."""
    return Counter(gram[1:] for gram in counts)


class Level:
    """Discounted estimates of one order, with the next lower one behind it."""

    def __init__(self, counts: Counter[str], lower: Level | None) -> None:
        """Take the counts of n-grams of one length."""
        self.lower = lower
        self.table: dict[str, dict[str, int]] = defaultdict(dict)
        for gram, n in counts.items():
            self.table[gram[:-1]][gram[-1]] = n
        self.totals = {context: sum(after.values()) for context, after in self.table.items()}
        self.discounts = self._discounts(Counter(counts.values()))
        # What the discounts leave to the lower order.
        self.spare = {c: sum(map(self.taken, after.values())) for c, after in self.table.items()}

    @staticmethod
    def _discounts(seen: Counter[int]) -> tuple[float, ...]:
        """What is taken from n-grams seen 0, 1, 2, 3 or more times."""
        y = seen[1] / max(1, seen[1] + 2 * seen[2])
        rest = (n - (n + 1) * y * seen[n + 1] / max(1, seen[n]) for n in (1, 2, 3))
        return (0.0, *(min(max(d, 0.1), n - 0.05) for n, d in enumerate(rest, 1)))

    def taken(self, n: int) -> float:
        """What is taken from an n-gram seen n times."""
        return self.discounts[min(n, 3)]

    def p(self, context: str, char: str) -> float:
        """The interpolated probability of a character after a context."""
        if self.lower is None:
            return self.table[""].get(char, 0) / self.totals[""] * (1 - UNSEEN)
        rest = self.lower.p(context[1:], char)
        after = self.table.get(context)
        if not after:
            return rest
        n = after.get(char, 0)
        return (n - self.taken(n) + self.spare[context] * rest) / self.totals[context]


def quantised(p: float) -> str:
    """A probability as one printable character."""
    return chr(33 + min(93, round(-math.log(max(p, 1e-12)) / STEP)))


def rows(level: Level) -> Iterator[tuple[str, str]]:
    """The kept contexts of one level: context, and its weight and successors with estimates."""
    for context, after in level.table.items():
        kept = {}
        for char, n in after.items():
            p = level.p(context, char)
            if worth_keeping(level, context + char, n, p):
                kept[char] = p
        if not kept:
            continue
        # What the pruned successors had goes back to the lower order.
        weight = 1.0
        if level.lower is not None:
            spare = 1 - sum(kept.values())
            covered = sum(level.lower.p(context[1:], c) for c in kept)
            weight = min(1.0, max(spare, 1e-4) / max(1 - covered, 1e-4))
        yield (
            context,
            quantised(weight) + "".join(c + quantised(p) for c, p in sorted(kept.items())),
        )


def worth_keeping(level: Level, gram: str, n: int, p: float) -> bool:
    """Whether an n-gram says enough beyond the shorter one."""
    if level.lower is None:
        return True
    return n * abs(math.log(p / level.lower.p(gram[1:-1], gram[-1]))) >= WORTH[len(gram)]


def model_file(counts: Counter[str]) -> str:
    """The model's lines, in blocks of contexts that begin with the same symbol."""
    levels = [counts]
    for _ in range(CONTEXT):
        levels.append(continuation(levels[-1]))
    blocks: dict[str, list[str]] = defaultdict(list)
    level = None
    for of_length in reversed(levels):
        level = Level(of_length, level)
        for context, cells in sorted(rows(level)):
            blocks[context[:1]].append(f"{context}\t{cells}")
    return BLOCK.join("\n".join(lines) for _, lines in sorted(blocks.items()))


def main() -> None:
    """Read the corpus, write the model to standard output."""
    parser = argparse.ArgumentParser(description="Fit the character model.")
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="files left out, by their name")
    args = parser.parse_args()
    paths = [p for p in args.corpus if p.stem not in args.without]
    counts: Counter[str] = Counter()
    for text in texts(paths):
        counts.update(text[i : i + CONTEXT + 1] for i in range(len(text) - CONTEXT))
    data = model_file(counts).encode()
    sys.stdout.buffer.write(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
