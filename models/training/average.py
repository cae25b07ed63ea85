"""``average``: the mean of several MarianMT directories' weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.training import network as net
from models.training.config import TrainingError


def average(directories: Sequence[Path], out: Path, weights: Sequence[float] = ()) -> None:
    """Write the (weighted) mean of checkpoints of one model to ``out``.

    Raises:
        TrainingError: they are of different shapes, or weights and checkpoints differ in number.
    """
    from safetensors.torch import load_file

    if not directories:
        raise TrainingError("nothing to average: name checkpoint directories")
    parts = list(weights) or [1.0] * len(directories)
    if len(parts) != len(directories):
        raise TrainingError(f"{len(directories)} checkpoints but {len(parts)} weights")
    total = sum(parts)
    first = net.Shape.read(directories[0])
    mean = net.from_marian(load_file(directories[0] / "model.safetensors"))
    mean = {k: v * (parts[0] / total) for k, v in mean.items()}
    for directory, part in zip(directories[1:], parts[1:], strict=True):
        if net.Shape.read(directory) != first:
            raise TrainingError(f"{directory}: not the shape of {directories[0]}")
        for name, value in net.from_marian(load_file(directory / "model.safetensors")).items():
            mean[name].add_(value, alpha=part / total)
    net.save(mean, directories[0], out)
