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
from importlib.util import find_spec
from pathlib import Path

from models.training.align import attend
from models.training.config import Config, Source, TrainingError, read_config
from models.training.pieces import Vocabulary
from models.training.prepare import Pair, prepare, write

FEWEST = 100
"""Pairs under which nothing can be learned, or told."""

_OWN = Source("own", "Your pairs", "", "own", 0.9)
_GENERATED = Source("generated", "Generated", "", "news", 0.1, generated=True)


@dataclass(frozen=True, slots=True)
class Report:
    """What fine-tuning did.

    ``counts`` are pairs kept and dropped; ``before`` and ``after`` the mean loss a piece on the
    held-out pairs; ``written`` whether the new model was kept. ``chrf`` is chrF++ of the held-out
    pairs before and after, if it was kept and sacreBLEU is installed.
    """

    counts: Counter[str]
    held_out: int
    before: float
    after: float
    written: bool
    chrf: tuple[float, float] | None = None


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
        KeyboardInterrupt: stopped by a signal; nothing is written.
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
        kept, counts = prepare(
            _OWN, (Pair(z, e) for z, e in pairs), vocabulary, config, frozenset(), set()
        )
        if len(kept) < FEWEST:
            raise TrainingError(
                f"{len(kept)} usable pairs of {counts.total()}; {FEWEST} are the least"
                f" ({', '.join(f'{k} {v}' for k, v in counts.items())})"
            )
        held, rest = _split(kept)
        progress(f"{len(rest):,} pairs, {len(held)} held out; aligning")
        _lay_out(held, rest, attend(net.load(base), vocabulary, rest), folder / "data")
        steps = _steps(rest, vocabulary, passes, config)
        settings = replace(
            config,
            train=replace(config.train, rate=rate, warm_up=10, sampled=0, evaluate_minutes=1e9),
            stream=replace(config.stream, chunk=min(config.stream.chunk, len(rest))),
        )
        run = Run(settings, (_OWN, _GENERATED), base, folder, folder / "run", decay=steps)
        before = Trainer(run).held_out()["own"]
        progress(f"loss {before:.3f} on the held-out pairs; {steps} steps")

        def watch(trainer: Trainer) -> None:
            if trainer.step % max(1, steps // 10) == 0:
                progress(f"step {trainer.step} of {steps}, {trainer.seconds:.0f} s")

        if train(run, watch=watch).stopping:
            raise KeyboardInterrupt
        final = folder / "run" / "final"
        after = Trainer(replace(run, base=final)).held_out()["own"]
        progress(f"loss {after:.3f} afterwards")
        chrf = None
        if after < before:
            chrf = _chrf(held, base, final)
            net.save(net.load(final).state_dict(), base, out)
    return Report(counts, len(held), before, after, after < before, chrf)


def _lay_out(held: list[Pair], rest: list[Pair], links: list[str], data: Path) -> None:
    """Write the files that a run reads."""
    write(rest, data / "own.tsv")
    write(held, data / "own.held.tsv")
    (data / "own.links").write_text("".join(line + "\n" for line in links))


def _chrf(held: Sequence[Pair], *models: Path) -> tuple[float, float] | None:
    """chrF++ of two models on the held-out pairs, int8, as the product decodes."""
    from models.training.evaluate import Options, TestSet, evaluate

    if not find_spec("sacrebleu"):
        return None
    sources, references = zip(*((p.zh, p.en) for p in held), strict=True)
    test = TestSet(sources, references, ((),) * len(held))
    before, after = (evaluate(m, test, Options(beam=3))["chrf"] for m in models)
    return before, after


def _split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Every twentieth pair, at most 200, is held out."""
    step = max(20, len(pairs) // 200)
    return list(pairs[::step]), [p for i, p in enumerate(pairs) if i % step]


def _steps(pairs: Sequence[Pair], vocabulary: Vocabulary, passes: float, config: Config) -> int:
    pieces = sum(len(x) + 1 for x in vocabulary.encode([p.en for p in pairs]))
    return max(20, round(passes * pieces / 0.9 / (0.93 * config.stream.batch)))
