"""The loss: smoothed cross-entropy over a sample of the pieces, and guided alignment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from models.marian import is_foreign
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


def sayable(pieces: Sequence[str]) -> Tensor:
    """The ids, rising, of the pieces that English may have: those that the decoder keeps.

    The converter takes all others out of the decoder's vocabulary; the softmax needs them neither.
    """
    return torch.tensor([i for i, piece in enumerate(pieces) if not is_foreign(piece)])


def sample(
    wanted: Tensor, known: Tensor, count: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Rising ids [K] and what to add to their logits [K].

    The ids are all wanted pieces, the frequent ones of ``known`` [V], and ``count`` random ones,
    each of which stands for as many of the others as there are for it: so the sum in the softmax
    is that over all of ``known``, in expectation. (Without that the logits of pieces that are
    seldom sampled drift upwards: after 400,000 target pieces the loss over all pieces had risen
    by 0.5.) A ``count`` of 0 gives them all.
    """
    if not count:
        ids = torch.unique(torch.cat([wanted, known]))
        return ids, torch.zeros(len(ids), device=wanted.device)
    sure = torch.unique(torch.cat([wanted, known[:FREQUENT]]))
    extra = known[torch.randint(len(known), (count,), generator=generator).to(known.device)]
    ids = torch.unique(torch.cat([sure, extra]))
    others = len(ids) - len(sure)
    weight = torch.zeros(len(ids), device=wanted.device)
    if others:
        rest = max(others, len(known) - len(sure))
        weight[~torch.isin(ids, sure)] = math.log(rest / others)
    return ids, weight


def loss(
    network: Network,
    batch: dict[str, Any],
    settings: Train,
    known: Tensor,
    generator: torch.Generator,
) -> Loss:
    """The loss of a batch (see :func:`models.training.stream.tensors`); ``known``: sayable ids."""
    memory = network.encode(batch["source"], batch["mask"])
    states, head = network.decode(batch["given"], memory, batch["mask"])
    real = batch["wanted"] >= 0
    wanted = batch["wanted"][real]
    pieces, weight = sample(wanted, known, settings.sampled, generator)
    wanted = torch.searchsorted(pieces, wanted)
    scores = (network.logits(states[real], pieces) + weight).log_softmax(-1)
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
def held_out_loss(network: Network, batches: list[dict[str, Any]], known: Tensor) -> float:
    """Mean cross-entropy a target piece, over all sayable pieces."""
    total = count = 0.0
    for batch in batches:
        memory = network.encode(batch["source"], batch["mask"])
        states, _ = network.decode(batch["given"], memory, batch["mask"])
        real = batch["wanted"] >= 0
        pieces, _ = sample(batch["wanted"][real], known, 0, torch.Generator())
        scores = network.logits(states[real], pieces).log_softmax(-1)
        wanted = torch.searchsorted(pieces, batch["wanted"][real])
        total -= float(scores.gather(1, wanted[:, None]).sum())
        count += float(real.sum())
    return total / max(1.0, count)
