"""Fine-tuning on a user's own pairs: minutes on a CPU for some thousand of them.

The pairs are filtered as in training, aligned by the model's own attention, and seen a few times
at a small rate that falls to zero; generated figures and names go along, so that tags are not
forgotten. A held-out part is scored before and after, and a model that got worse is not written.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.training.align import attend
from models.training.config import Config, Source, TrainingError, read_config
from models.training.pieces import Vocabulary
from models.training.prepare import Pair, prepare, write

FEWEST = 100
"""Pairs under which nothing can be learned, or told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What fine-tuning did.

    ``counts`` are pairs kept and dropped; ``before`` and ``after`` the mean loss a piece on the
    held-out pairs; ``written`` whether the new model was kept.
    """

    counts: Counter[str]
    held_out: int
    before: float
    after: float
    written: bool


def finetune(
    pairs: Iterable[tuple[str, str]],
    model: Path,
    out: Path,
    *,
    passes: float = 3.0,
    rate: float = 1e-4,
    config: Config | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Report:
    """Fine-tune ``model`` (a MarianMT directory or the embedded kind, converted) on ``pairs``.

    ``out`` gets the MarianMT directory, if its loss on the held-out pairs is lower than before;
    ``models.convert`` makes it usable. ``passes`` is how often each pair is seen.

    Raises:
        TrainingError: fewer than FEWEST pairs are left after filtering.
        models.errors.ModelUnusable: the model is of another kind.
    """
    from models.training import network as net
    from models.training.restore import restore
    from models.training.train import Run, Trainer, train

    config = config or read_config()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = model
        if (model / "model.bin").exists():
            base = folder / "base"
            restore(model, base)
        vocabulary = Vocabulary(base)
        own = Source("own", "Your pairs", "", "own", 0.9)
        kept, counts = prepare(
            own, (Pair(z, e) for z, e in pairs), vocabulary, config, frozenset(), set()
        )
        if len(kept) < FEWEST:
            raise TrainingError(
                f"{len(kept)} usable pairs of {counts.total()}; {FEWEST} are the least"
                f" ({', '.join(f'{k} {v}' for k, v in counts.items())})"
            )
        held, rest = _split(kept)
        write(rest, folder / "data" / "own.tsv")
        write(held, folder / "data" / "own.held.tsv")
        progress(f"{len(rest):,} pairs, {len(held)} held out; aligning")
        lines = attend(net.load(base), vocabulary, rest)
        (folder / "data" / "own.links").write_text("".join(line + "\n" for line in lines))
        sources = (own, Source("generated", "Generated", "", "news", 0.1, generated=True))
        steps = _steps(rest, vocabulary, passes, config)
        settings = replace(
            config,
            train=replace(config.train, rate=rate, warm_up=10, sampled=0, evaluate_minutes=1e9),
        )
        run = Run(settings, sources, base, folder, folder / "run", decay=steps)
        before = Trainer(run).held_out()["own"]
        progress(f"loss {before:.3f} on the held-out pairs; {steps} steps")
        train(run)
        final = folder / "run" / "final"
        after = Trainer(replace(run, base=final)).held_out()["own"]
        progress(f"loss {after:.3f} afterwards")
        if after < before:
            net.save(net.load(final).state_dict(), base, out)
    return Report(counts, len(held), before, after, after < before)


def _split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Every twentieth pair, at most 200, is held out."""
    step = max(20, len(pairs) // 200)
    return list(pairs[::step]), [p for i, p in enumerate(pairs) if i % step]


def _steps(pairs: Sequence[Pair], vocabulary: Vocabulary, passes: float, config: Config) -> int:
    pieces = sum(len(x) + 1 for x in vocabulary.encode([p.en for p in pairs]))
    return max(20, round(passes * pieces / 0.9 / (0.93 * config.stream.batch)))
