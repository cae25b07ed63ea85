"""The loss: smoothed cross-entropy over a sample of the pieces, and guided alignment."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.training.config import Train
from models.training.network import Network


@dataclass(frozen=True, slots=True)
class Loss:
    """``total`` is what is minimised, a mean over target pieces; the others are detached."""

    total: Tensor
    plain: float
    alignment: float


FREQUENT = 2000
"""Pieces in every sample: the vocabulary's first, for it is ordered by frequency."""


def sample(
    wanted: Tensor, size: int, count: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Sorted ids [K] and what to add to their logits [K].

    The ids are all wanted pieces, the frequent ones, and ``count`` random ones, each of which
    stands for as many of the others as there are for it: so the sum in the softmax is that over
    the whole vocabulary, in expectation. (Without that the logits of pieces that are rarely
    sampled drift upwards: after 400,000 target pieces the loss over all pieces had risen by 0.5.)
    """
    sure = torch.unique(
        torch.cat([wanted, torch.arange(min(FREQUENT, size), device=wanted.device)])
    )
    extra = torch.randint(size, (count,), generator=generator).to(wanted.device)
    ids = torch.unique(torch.cat([sure, extra]))
    others = len(ids) - len(sure)
    weight = torch.zeros(len(ids), device=wanted.device)
    if others:
        weight[~torch.isin(ids, sure)] = math.log((size - len(sure)) / others)
    return ids, weight


def loss(
    network: Network, batch: dict[str, Any], settings: Train, generator: torch.Generator
) -> Loss:
    """The loss of one batch (see :func:`models.training.stream.tensors`)."""
    memory = network.encode(batch["source"], batch["mask"])
    states, head = network.decode(batch["given"], memory, batch["mask"])
    real = batch["wanted"] >= 0
    wanted = batch["wanted"][real]
    if settings.sampled:
        pieces, weight = sample(wanted, network.shape.vocab_size, settings.sampled, generator)
        wanted = torch.searchsorted(pieces, wanted)
        scores = (network.logits(states[real], pieces) + weight).log_softmax(-1)
    else:
        scores = network.logits(states[real]).log_softmax(-1)
    plain = -scores.gather(1, wanted[:, None]).mean()
    total = plain
    if settings.smoothing:
        total = (1 - settings.smoothing) * plain - settings.smoothing * scores.mean()
    guided = torch.zeros(())
    links = batch["links"]
    if settings.alignment and head is not None and len(links):
        found = head[links[:, 0], links[:, 1], links[:, 2]]
        guided = -(found * batch["weights"]).sum() / batch["weights"].sum()
        total = total + settings.alignment * guided
    return Loss(total, plain.item(), guided.item())


@torch.no_grad()
def held_out_loss(network: Network, batches: list[dict[str, Any]]) -> float:
    """Mean cross-entropy a target piece, over the whole vocabulary."""
    total = count = 0.0
    for batch in batches:
        memory = network.encode(batch["source"], batch["mask"])
        states, _ = network.decode(batch["given"], memory, batch["mask"])
        real = batch["wanted"] >= 0
        scores = network.logits(states[real]).log_softmax(-1)
        total -= float(scores.gather(1, batch["wanted"][real][:, None]).sum())
        count += float(real.sum())
    return total / max(1.0, count)
