"""Words of the genre and how common they are, learned without a dictionary of ours.

``data/background.tsv.xz`` holds a word and its count a line. It is made from Chinese text by
``python -m glossary.background TEXT... OUTPUT`` (one sentence a line, or TSV with Chinese first):
strings that recur and hold together become word candidates, and the likeliest cutting of all text
into them, found again and again (Viterbi training), leaves those that are words.
"""

from __future__ import annotations

import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from glossary.fold import fold

DATA = Path(__file__).parent / "data" / "background.tsv.xz"
MAX_WORD = 4  # characters; longer units are what the miner is to find
_RUN = re.compile(r"[㐀-鿿𠀀-𲎯]+")
_MIN_COUNT = 6
_MIN_COHESION = 2.5  # natural logarithm of how much likelier than by chance
_MIN_FREEDOM = 1.1  # entropy of the neighbours; a piece of a word has few different ones
_ROUNDS = 4


class Background:
    """Word counts, and the cutting of text into words that they make likeliest."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.total = max(1, sum(counts.values()))
        self._log_total = math.log(self.total)
        self._costs = {w: self._log_total - math.log(c) for w, c in counts.items()}

    def cost(self, word: str) -> float:
        """Minus the logarithm of the word's probability; unknown words by their length."""
        known = self._costs.get(word)
        return self._log_total + 3.0 * len(word) if known is None else known

    def cut(self, run: str) -> list[str]:
        """The likeliest words of a run of Chinese characters."""
        best = [0.0] + [math.inf] * len(run)
        back = [0] * (len(run) + 1)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - MAX_WORD), end):
                word = run[start:end]
                if end - start > 1 and word not in self._costs:
                    continue
                cost = best[start] + self.cost(word)
                if cost < best[end]:
                    best[end], back[end] = cost, start
        words: list[str] = []
        end = len(run)
        while end:
            words.append(run[back[end] : end])
            end = back[end]
        return words[::-1]


@cache
def load() -> Background:
    """The background that comes with the project."""
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        pairs = (line.rstrip("\n").split("\t") for line in file)
        return Background(Counter({word: int(count) for word, count in pairs}))


def runs(text: str) -> Iterator[str]:
    """The runs of Chinese characters in a text, folded to Simplified ones."""
    return (m[0] for m in _RUN.finditer(fold(text)))


def learn(sentences: Iterable[str]) -> Background:
    """Learn words and their counts from text."""
    found = [run for sentence in sentences for run in runs(sentence)]
    grams: Counter[str] = Counter()
    for run in found:
        for size in range(1, MAX_WORD + 2):
            grams.update(run[i : i + size] for i in range(len(run) - size + 1))
    total = sum(c for g, c in grams.items() if len(g) == 1)
    free = _freedom(grams)
    model = Background(
        Counter(
            {
                gram: count
                for gram, count in grams.items()
                if len(gram) == 1
                or (
                    len(gram) <= MAX_WORD
                    and count >= _MIN_COUNT
                    and free[gram] >= _MIN_FREEDOM
                    and cohesion(gram, grams, total) >= _MIN_COHESION
                )
            }
        )
    )
    for _ in range(_ROUNDS):
        counts = Counter(word for run in found for word in model.cut(run))
        model = Background(
            Counter({w: c for w, c in counts.items() if len(w) == 1 or c >= _MIN_COUNT})
        )
    return model


def _freedom(grams: Counter[str]) -> dict[str, float]:
    """The entropy of each string's neighbours, on the side where it is less.

    The end of a run counts as a new neighbour each time.
    """
    sums: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
    for gram, count in grams.items():
        if len(gram) > 1:
            for side, part in zip(sums, (gram[1:], gram[:-1]), strict=True):
                side[part] += count * math.log(count)
    return {
        gram: math.log(count) - max(side[gram] for side in sums) / count
        for gram, count in grams.items()
    }


def cohesion(gram: str, grams: Counter[str], total: int) -> float:
    """How much likelier the string is than its least likely halves side by side (PMI)."""
    return min(
        math.log(grams[gram] * total / (grams[gram[:i]] * grams[gram[i:]]))
        for i in range(1, len(gram))
    )


def main(arguments: Sequence[str]) -> None:
    """Make the data file: texts first, the output last."""
    *inputs, output = arguments
    sentences = (
        line.split("\t")[0]
        for name in inputs
        for line in Path(name).read_text("utf-8").splitlines()
    )
    model = learn(sentences)
    with lzma.open(output, "wt", encoding="utf-8", preset=9) as file:
        for word, count in sorted(model.counts.items(), key=lambda item: (-item[1], item[0])):
            file.write(f"{word}\t{count}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
