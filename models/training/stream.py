"""The endless stream of batches: which pairs, in what order, changed how.

All randomness is a function of the seed and of counters, and the counters are in the state: a
run that was killed goes on with the very batch that came next.
"""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.align import parse
from models.training.config import Config, Source, TrainingError
from models.training.examples import Example, Noise, Tagger, fit, join
from models.training.pieces import END, Vocabulary
from models.training.prepare import Pair, read_pairs

_KNOWN = 0.75
"""Part of the phrases known by rule that are tagged in an example that has tags."""


class Corpus:
    """A source's pairs as pieces, packed into arrays."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        links: Sequence[str],
        vocabulary: Vocabulary,
        phrases: Sequence[str] = (),
    ) -> None:
        self._vocabulary, self._phrases = vocabulary, phrases
        self._pairs = pairs if phrases else ()
        self._source = [array("H", x) for x in vocabulary.encode([p.zh for p in pairs])]
        self._target = [array("H", x) for x in vocabulary.encode([p.en for p in pairs])]
        self._links = links
        self._report = array("L", (p.report for p in pairs))

    def __len__(self) -> int:
        return len(self._source)

    @property
    def mean_length(self) -> float:
        """Target pieces a pair, the end mark counted."""
        return sum(len(t) + 1 for t in self._target) / max(1, len(self))

    def example(self, i: int, rng: random.Random, tagged: bool) -> Example:
        """Pair ``i``, ready for tags or not."""
        if tagged and self._phrases and len(self._phrases[i]) > 2:
            spans = [s for s in json.loads(self._phrases[i]) if rng.random() < _KNOWN]
            pair = self._pairs[i]
            return fit(pair.zh, pair.en, parse(self._links[i]), spans, self._vocabulary)
        return Example(list(self._source[i]), list(self._target[i]), parse(self._links[i]))

    def follows(self, i: int) -> bool:
        """Whether pair ``i + 1`` is the next line of the same report."""
        return i + 1 < len(self) and 0 < self._report[i] == self._report[i + 1]


class Endless:
    """Generated pairs, as many as are asked for."""

    mean_length = 30.0

    def __init__(self, seed: int, vocabulary: Vocabulary) -> None:
        from models.training.generate import Generator

        self._generator, self._vocabulary = Generator(seed), vocabulary

    def __len__(self) -> int:
        return 1 << 30

    def example(self, i: int, rng: random.Random, tagged: bool) -> Example:
        """Generated pair ``i``; pieces are linked inside of what was filled in only."""
        pair = self._generator.pair(i)
        if tagged:
            spans = [s for s in pair.spans if rng.random() < _KNOWN]
            return fit(pair.zh, pair.en, [], spans, self._vocabulary)
        source, target = self._vocabulary.encode([pair.zh, pair.en])
        return Example(source, target, [])

    def follows(self, i: int) -> bool:
        """Generated pairs stand alone."""
        return False


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples of one batch and the number of target pieces, end marks counted."""

    examples: list[Example]
    pieces: int


class Stream:
    """Batches without end; ``state`` says where it stands, ``restore`` goes there."""

    def __init__(
        self, config: Config, sources: Sequence[Source], vocabulary: Vocabulary, out: Path
    ) -> None:
        self._config, self._vocabulary = config, vocabulary
        self._corpora: dict[str, Any] = {}
        weights: dict[str, float] = {}
        for source in sources:
            corpus = (
                Endless(config.seed, vocabulary)
                if source.generated
                else _load(source, vocabulary, out)
            )
            if len(corpus):
                self._corpora[source.name] = corpus
                weights[source.name] = source.share / corpus.mean_length
        total = sum(weights.values())
        self._counts = {
            n: max(1, round(config.stream.chunk * w / total)) for n, w in weights.items()
        }
        invented = [p.en for p in _terms(sources, out)]
        longest = config.data.longest + 20
        self._tagger = Tagger(vocabulary, config.tags, invented or ["Example"], longest)
        self._noise = Noise(vocabulary)
        self._drawn = dict.fromkeys(self._corpora, 0)
        self._chunk, self._batch = 0, 0

    @property
    def state(self) -> dict[str, Any]:
        """Where the stream stands: the chunk, the next batch of it, pairs drawn before it."""
        return {"chunk": self._chunk, "batch": self._batch, "drawn": dict(self._drawn)}

    def restore(self, state: dict[str, Any]) -> None:
        """Go to a state; sources that it does not name begin at their start."""
        self._chunk, self._batch = state["chunk"], state["batch"]
        self._drawn = {n: state["drawn"].get(n, 0) for n in self._corpora}

    def passes(self) -> dict[str, float]:
        """How often each source has been seen."""
        return {n: self._drawn[n] / len(c) for n, c in self._corpora.items()}

    def __iter__(self) -> Iterator[Batch]:
        while True:
            batches = self._batches()
            while self._batch < len(batches):
                self._batch += 1
                yield batches[self._batch - 1]
            for name, count in self._counts.items():
                self._drawn[name] += count
            self._chunk, self._batch = self._chunk + 1, 0

    def _order(self, name: str, turn: int) -> list[int]:
        order = list(range(len(self._corpora[name])))
        random.Random(f"{self._config.seed} {name} {turn}").shuffle(order)
        return order

    def _draw(self, name: str) -> Iterator[tuple[int, int]]:
        """The chunk's pairs of a source, each with its turn: every pair once before any twice."""
        size, first = len(self._corpora[name]), self._drawn[name]
        orders: dict[int, list[int]] = {}
        for n in range(first, first + self._counts[name]):
            turn = n // size
            if size == 1 << 30:
                yield n, turn
                continue
            if turn not in orders:
                orders[turn] = self._order(name, turn)
            yield orders[turn][n % size], turn

    def _make(self, name: str, i: int, turn: int) -> Example:
        settings, corpus = self._config.stream, self._corpora[name]
        rng = random.Random(f"{self._config.seed} {name} {turn} {i}")
        rate = self._config.tags.rate * (1.5 if isinstance(corpus, Endless) else 1.0)
        tagged = rng.random() < rate
        example: Example = corpus.example(i, rng, tagged)
        if rng.random() < settings.join and corpus.follows(i):
            second = corpus.example(i + 1, rng, tagged)
            both = (
                len(example.source) + len(second.source),
                len(example.target) + len(second.target),
            )
            if max(both) <= self._config.data.longest:
                example = join(example, second, self._vocabulary)
        if rng.random() < settings.noise:
            example = self._noise(example, rng)
        if tagged:
            example = self._tagger.tag(example, rng)
        return example

    def _batches(self) -> list[Batch]:
        """The current chunk's examples by length, cut into batches, in random order."""
        examples = [self._make(n, i, t) for n in self._corpora for i, t in self._draw(n)]
        rng = random.Random(f"{self._config.seed} {self._chunk}")
        rng.shuffle(examples)
        examples.sort(key=lambda e: (len(e.target) // 4, len(e.source)))
        limit = self._config.stream.batch
        batches: list[Batch] = []
        rows: list[Example] = []
        widest = 0
        for example in examples:
            width = max(len(example.target) + 1, int(0.8 * len(example.source)))
            if rows and max(widest, width) * (len(rows) + 1) > limit:
                batches.append(_batch(rows))
                rows, widest = [], 0
            rows.append(example)
            widest = max(widest, width)
        if rows:
            batches.append(_batch(rows))
        rng.shuffle(batches)
        return batches


def _batch(rows: list[Example]) -> Batch:
    return Batch(rows, sum(len(r.target) + 1 for r in rows))


def _load(source: Source, vocabulary: Vocabulary, out: Path) -> Any:
    path = out / "data" / f"{source.name}.tsv"
    links = path.with_suffix(".links")
    for needed, step in ((path, "prepare"), (links, "align")):
        if not needed.exists():
            raise TrainingError(f"{needed} is missing: run the step {step} first")
    phrases = path.with_suffix(".phrases")
    return Corpus(
        read_pairs(path),
        links.read_text().splitlines(),
        vocabulary,
        phrases.read_text().splitlines() if phrases.exists() else (),
    )


def _terms(sources: Sequence[Source], out: Path) -> list[Pair]:
    return [
        pair
        for source in sources
        if source.terms
        for pair in read_pairs(out / "data" / f"{source.name}.tsv")
    ]


def held_out(
    sources: Sequence[Source], vocabulary: Vocabulary, out: Path
) -> dict[str, list[Batch]]:
    """The held-out pairs of each source, in batches."""
    found: dict[str, list[Batch]] = {}
    for source in sources:
        path = out / "data" / f"{source.name}.held.tsv"
        pairs = read_pairs(path) if path.exists() else []
        sides = zip(
            vocabulary.encode([p.zh for p in pairs]),
            vocabulary.encode([p.en for p in pairs]),
            strict=True,
        )
        rows = sorted((Example(s, t, []) for s, t in sides), key=lambda e: len(e.target))
        if rows:
            found[source.name] = [_batch(rows[i : i + 32]) for i in range(0, len(rows), 32)]
    return found


def tensors(batch: Batch, vocabulary: Vocabulary, device: Any) -> dict[str, Any]:
    """A batch as tensors.

    ``source`` [B, S] and ``mask`` [B, 1, 1, S] (None if nothing is padded), ``given`` [B, T] what
    the decoder is given, ``wanted`` [B, T] what it is to say (-1: padding), ``links`` [n, 3] of
    (row, target, source) and ``weights`` [n], which add up to 1 for each linked target piece.
    """
    import torch

    rows, pad = batch.examples, vocabulary.pad
    s = max(len(r.source) for r in rows) + 1
    t = max(len(r.target) for r in rows) + 1
    source = torch.full((len(rows), s), pad)
    given = torch.full((len(rows), t), pad)
    wanted = torch.full((len(rows), t), -1)
    links: list[tuple[int, int, int]] = []
    weights: list[float] = []
    for n, row in enumerate(rows):
        source[n, : len(row.source) + 1] = torch.tensor([*row.source, END])
        given[n, 1 : len(row.target) + 1] = torch.tensor(row.target, dtype=torch.long)
        wanted[n, : len(row.target) + 1] = torch.tensor([*row.target, END])
        degree: dict[int, int] = {}
        for _, j in row.links:
            degree[j] = degree.get(j, 0) + 1
        links += [(n, j, i) for i, j in row.links]
        weights += [1 / degree[j] for _, j in row.links]
    mask = (source != pad)[:, None, None, :]
    return {
        "source": source.to(device),
        "mask": None if bool(mask.all()) else mask.to(device),
        "given": given.to(device),
        "wanted": wanted.to(device),
        "links": torch.tensor(links, dtype=torch.long).reshape(-1, 3).to(device),
        "weights": torch.tensor(weights).to(device),
    }
