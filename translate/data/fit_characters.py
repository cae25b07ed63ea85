"""Fits the character model that ``translate.charmodel`` loads.

    python translate/data/fit_characters.py CORPUS... > translate/data/characters.xz

CORPUS files hold Simplified Chinese, one sentence a line; of a tab-separated line the first cell
is used. Shipped is the model of all of this project's own corpus (CC0); to measure on some of its
files, fit another one without them (``--without``).

The model takes up to four characters, with interpolated modified Kneser-Ney smoothing (Chen and
Goodman 1999), pruned of n-grams that say little more than the shorter one (weighted difference,
Seymore and Rosenfeld 1996). Log probabilities are natural, in steps of 0.3, a printable character
each.
"""

from __future__ import annotations

import argparse
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.charmodel import BLOCK, CONTEXT, EDGE, RANK, SECOND, STEP, THIRD, symbols

# An n-gram is kept if what it says beyond the shorter one, in nats, times the times that it was
# seen comes to this, by length; so the model has 1.5 MB.
WORTH = {2: 0.8, 3: 2.8, 4: 4.5}
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


# The kept contexts of one length: context -> weight, and symbol -> estimate.
Rows = dict[str, tuple[float, dict[str, float]]]


def rows(level: Level, needed: set[str]) -> Rows:
    """The n-grams worth keeping, and those that longer ones need to be written."""
    found: Rows = {}
    for context, after in level.table.items():
        kept = {}
        for char, n in after.items():
            p = level.p(context, char)
            if context + char in needed or worth_keeping(level, context + char, n, p):
                kept[char] = p
        if context + EDGE in needed:
            # A line has several edges before it; that they follow each other was not counted.
            kept[EDGE] = level.p(context, EDGE)
        if not kept:
            continue
        # What the pruned successors had goes back to the lower order.
        weight = 1.0
        if level.lower is not None:
            spare = 1 - sum(kept.values())
            covered = sum(level.lower.p(context[1:], c) for c in kept)
            weight = min(1.0, max(spare, 1e-4) / max(1 - covered, 1e-4))
        found[context] = weight, kept
    return found


def worth_keeping(level: Level, gram: str, n: int, p: float) -> bool:
    """Whether an n-gram says enough beyond the shorter one."""
    if level.lower is None:
        return True
    return n * abs(math.log(p / level.lower.p(gram[1:-1], gram[-1]))) >= WORTH[len(gram)]


def model_file(counts: Counter[str]) -> str:
    """The model as text, for ``translate.charmodel.CharModel`` to read.

    First stands the row of the empty context, then a block for each first symbol: the symbol and
    its row, and behind ``SECOND`` the row of each context of two symbols that begins so, with
    those of three that go on from it, each behind ``THIRD``. A row is the back-off weight, the
    symbols, and as many estimates. In rows of two and three symbols, a symbol is written as its
    rank among those that follow the symbol before it, and the row begins with that of the
    context's own last symbol: small numbers compress to half.
    """
    levels = [counts]
    for _ in range(CONTEXT):
        levels.append(continuation(levels[-1]))
    fitted: list[Level] = []
    for of_length in reversed(levels):
        fitted.append(Level(of_length, fitted[-1] if fitted else None))
    longer = [rows(level, set()) for level in fitted[2:]]
    grams = [c + char for kept in longer for c, (_, cells) in kept.items() for char in cells]
    pairs = rows(fitted[1], {g[i : i + 2] for g in grams for i in range(len(g) - 1)})
    root, _ = written(rows(fitted[0], set())[""])
    return BLOCK.join([root, *blocks(pairs, longer[0], longer[1])])


def written(row: tuple[float, dict[str, float]]) -> tuple[str, dict[str, str]]:
    """A row with its symbols written out, and the characters for their ranks."""
    weight, cells = row
    chars = sorted(cells)
    values = {char: quantised(cells[char]) for char in chars}
    ranked = sorted(chars, key=lambda char: values[char])
    line = quantised(weight) + "".join(chars) + "".join(values.values())
    return line, {char: chr(RANK + rank) for rank, char in enumerate(ranked)}


def blocks(pairs: Rows, triples: Rows, quadruples: Rows) -> Iterator[str]:
    """The blocks of the file: see ``model_file``."""
    lines = {context: written(row) for context, row in pairs.items()}

    def ranked(context: str, row: tuple[float, dict[str, float]]) -> str:
        ranks = lines[context[-1]][1]
        cells = sorted(row[1].items(), key=lambda cell: ranks[cell[0]])
        own = lines[context[-2]][1][context[-1]]
        symbols_ = "".join([ranks[char] for char, _ in cells])
        return own + quantised(row[0]) + symbols_ + "".join([quantised(p) for _, p in cells])

    inside: dict[str, list[str]] = defaultdict(list)
    for context in sorted(quadruples, key=lambda c: lines[c[1]][1][c[2]]):
        inside[context[:2]].append(THIRD + ranked(context, quadruples[context]))
    behind: dict[str, list[str]] = defaultdict(list)
    for context in sorted(triples.keys() | inside.keys(), key=lambda c: lines[c[0]][1][c[1]]):
        row = triples.get(context, (1.0, {}))
        behind[context[0]].append(SECOND + ranked(context, row) + "".join(inside[context]))
    for first, (line, _) in sorted(lines.items()):
        yield first + line + "".join(behind[first])


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
