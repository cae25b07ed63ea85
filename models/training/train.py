"""``train``: the loop. Killed at any moment it goes on from the last saved state.

``OUT/state/state.pt`` holds weights, optimiser, moving average, step and the stream's place. The
rate is constant after its warm-up, so that a run can always be continued; a checkpoint worth
packaging is a branch (``--decay STEPS``, in a folder of its own) that takes the rate to zero with
the softmax over all pieces.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from models.training import network as net
from models.training.config import Config, Source, TrainingError
from models.training.loss import held_out_loss, loss, sayable
from models.training.pieces import Vocabulary
from models.training.stream import Stream, held_out, tensors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run reads and writes.

    ``base`` is the MarianMT directory it begins from, ``data`` the folder of the prepared pairs,
    ``out`` its own folder. ``decay`` is the number of steps to take the rate to zero in, 0 for a
    constant rate; ``steps`` is where to stop, 0 for never.
    """

    config: Config
    sources: tuple[Source, ...]
    base: Path
    data: Path
    out: Path
    decay: int = 0
    steps: int = 0
    evaluate: tuple[str, ...] = ()


class Trainer:
    """A run's weights, optimiser, average and counters."""

    def __init__(self, run: Run) -> None:
        self.run, self.settings = run, run.config.train
        torch.set_num_threads(self.settings.threads)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.vocabulary = Vocabulary(run.base)
        self.network = net.load(run.base, self.settings.dropout, self.settings.frozen).to(
            self.device
        )
        self.average = {
            k: v.detach().clone()
            for k, v in self.network.state_dict().items()
            if v.is_floating_point()
        }
        self.known = sayable(self.vocabulary.all()).to(self.device)
        self.optimizer = _optimizer(self.network, run.config)
        self.stream = Stream(run.config, run.sources, self.vocabulary, run.data)
        self.step = self.pieces = self.branched = 0
        self.seconds = 0.0
        self.generator = torch.Generator()
        self.stopping = False

    @property
    def rate(self) -> float:
        """What the base rates are multiplied by at this step."""
        warm = min(1.0, (self.step + 1) / self.settings.warm_up)
        if self.run.decay:
            warm *= max(0.0, 1 - (self.step - self.branched) / self.run.decay)
        return warm

    def update(self, batch: dict[str, Any]) -> tuple[float, float]:
        """One step; returns the plain loss and the alignment's."""
        seed = self.run.config.seed
        self.network.dropout.begin(self.step, seed, self.device)
        self.generator.manual_seed(seed * 31 + self.step)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * self.rate
        bf16 = self.device.type == "cuda"
        with torch.autocast(self.device.type, torch.bfloat16, enabled=bf16):
            result = loss(self.network, batch, self.settings, self.known, self.generator)
        self.optimizer.zero_grad(set_to_none=True)
        result.total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip)
        self.optimizer.step()
        self.step += 1
        if self.step % 10 == 0:
            # The average follows slowly: every tenth step is enough.
            keep = min(self.settings.average**10, (self.step + 10) / (self.step + 100))
            state = self.network.state_dict()
            for name, value in self.average.items():
                value.lerp_(state[name], 1 - keep)
        return result.plain, result.alignment

    def state(self) -> dict[str, Any]:
        """All that a run needs to go on."""
        return {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average,
            "step": self.step,
            "pieces": self.pieces,
            "seconds": self.seconds,
            "branched": self.branched,
            "stream": self.stream.state,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.network.load_state_dict(state["network"])
        base = [g["base"] for g in self.optimizer.param_groups]
        decay = [g["weight_decay"] for g in self.optimizer.param_groups]
        self.optimizer.load_state_dict(state["optimizer"])
        for group, rate, weight in zip(self.optimizer.param_groups, base, decay, strict=True):
            group["base"], group["weight_decay"] = rate, weight
        self.average = {k: v.to(self.device) for k, v in state["average"].items()}
        self.step, self.pieces = state["step"], state["pieces"]
        self.seconds, self.branched = state["seconds"], state["branched"]
        self.stream.restore(state["stream"])

    def save(self) -> None:
        """Write the state, whole or not at all."""
        folder = self.run.out / "state"
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(self.state(), folder / "state.tmp")
        (folder / "state.tmp").replace(folder / "state.pt")

    def write_average(self, directory: Path) -> None:
        """Write the averaged weights as a MarianMT directory."""
        net.save(self.average, self.run.base, directory)

    def held_out(self) -> dict[str, float]:
        """Loss of the averaged weights on the held-out pairs of each source."""
        current = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.network.load_state_dict(self.average, strict=False)
        self.network.eval()
        found = held_out(self.run.sources, self.vocabulary, self.run.data)
        out = {
            name: held_out_loss(
                self.network,
                [tensors(b, self.vocabulary, self.device) for b in batches],
                self.known,
            )
            for name, batches in found.items()
        }
        self.network.load_state_dict(current)
        self.network.train()
        return out


def _optimizer(network: net.Network, config: Config) -> torch.optim.AdamW:
    """AdamW: the pretrained half at a fraction of the decoder's rate, no decay on vectors."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        fresh = name.startswith("decoder.layers")
        matrix = parameter.dim() > 1 and "embed" not in name and not name.startswith("shared")
        groups.setdefault((fresh, matrix), []).append(parameter)
    settings = config.train
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "base": settings.rate * (1.0 if fresh else settings.encoder_rate),
                "weight_decay": settings.weight_decay if matrix else 0.0,
            }
            for (fresh, matrix), parameters in groups.items()
        ],
        lr=settings.rate,
        betas=settings.betas,
        fused=True,
    )


def _note(trainer: Trainer, **values: Any) -> None:
    """Append a line to ``history.jsonl`` and to the log."""
    row = {
        "step": trainer.step,
        "pieces": trainer.pieces,
        "hours": round(trainer.seconds / 3600, 4),
        **values,
    }
    with (trainer.run.out / "history.jsonl").open("a") as file:
        file.write(json.dumps(row) + "\n")
    _log.info(json.dumps(row))


def evaluate(trainer: Trainer) -> None:
    """Held-out losses, and chrF++ and BLEU in a process of its own, so that memory comes back."""
    rounded = {k: round(v, 4) for k, v in trainer.held_out().items()}
    _note(
        trainer,
        held_out=rounded,
        passes={k: round(v, 2) for k, v in trainer.stream.passes().items()},
    )
    if not trainer.run.evaluate:
        return
    directory = trainer.run.out / "average"
    trainer.write_average(directory)
    command = [sys.executable, "-m", "models.training", "evaluate", str(directory)]
    command += ["--json", "--beam", "2"]
    done = subprocess.run(
        [*command, *trainer.run.evaluate], capture_output=True, text=True, check=False
    )
    if done.returncode:
        _log.warning("evaluate failed: %s", done.stderr.strip()[-300:])
    else:
        _note(trainer, scores=json.loads(done.stdout.strip().splitlines()[-1]))


def train(
    run: Run, start: Path | None = None, watch: Callable[[Trainer], None] = lambda trainer: None
) -> Trainer:
    """Train until ``run.steps``, the end of the decay, or a signal (then ``stopping`` is true).

    ``start`` is the state to branch from when ``run.out`` has none yet; ``watch`` is called after
    each step.

    Raises:
        TrainingError: there is nothing to begin from, or the data is not prepared.
    """
    run.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(run)
    saved = run.out / "state" / "state.pt"
    if saved.exists():
        trainer.restore(torch.load(saved, map_location=trainer.device, weights_only=True))
    elif start is not None:
        if not start.exists():
            raise TrainingError(f"{start}: no such state to branch from")
        trainer.restore(torch.load(start, map_location=trainer.device, weights_only=True))
        trainer.branched = trainer.step
    end = trainer.branched + run.decay if run.decay else run.steps

    def stop(*_: Any) -> None:
        trainer.stopping = True

    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, stop) for number in numbers]
    try:
        _loop(trainer, end, watch)
        trainer.save()
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    if run.decay and trainer.step >= end:
        # The average lags behind a decay; where the rate has come to zero the weights are best.
        net.save(trainer.network.state_dict(), run.base, run.out / "final")
    return trainer


def _loop(trainer: Trainer, end: int, watch: Callable[[Trainer], None]) -> None:
    settings = trainer.settings
    trainer.network.train()
    window: list[tuple[float, float, int]] = []
    began = last = saved = evaluated = time.monotonic()
    for batch in trainer.stream:
        plain, aligned = trainer.update(tensors(batch, trainer.vocabulary, trainer.device))
        now = time.monotonic()
        trainer.seconds += now - last
        last = now
        trainer.pieces += batch.pieces
        window.append((plain, aligned, batch.pieces))
        watch(trainer)
        if trainer.step % settings.log_steps == 0:
            n = sum(w[2] for w in window)
            _note(
                trainer,
                loss=round(sum(w[0] * w[2] for w in window) / n, 4),
                alignment=round(sum(w[1] * w[2] for w in window) / n, 4),
                speed=round(n / (now - began)),
                rate=round(settings.rate * trainer.rate, 7),
            )
            window, began = [], now
        finished = trainer.stopping or (end and trainer.step >= end)
        if finished or now - saved > 60 * settings.save_minutes:
            trainer.save()
            saved = last = time.monotonic()
        if not trainer.stopping and (finished or now - evaluated > 60 * settings.evaluate_minutes):
            evaluate(trainer)
            evaluated = last = began = time.monotonic()
        if finished:
            return


def sources_with(sources: Sequence[Source], data: Path) -> tuple[Source, ...]:
    """The sources that ``data`` has pairs of, and the generated ones."""
    return tuple(s for s in sources if s.generated or (data / "data" / f"{s.name}.tsv").exists())
