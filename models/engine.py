"""What an engine is: it takes source sentences and gives back hypotheses, n-best.

Engines know nothing of glossaries. A term-aware engine has been trained to carry text that
stands between ``<t>`` and ``</t>`` in the source into its place in the target, tags and all; an
ordinary one must never be given tags. Batching, sorting by length and restoring the order
happen inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from models.errors import InputTooLong

TAG_OPEN = "<t>"
TAG_CLOSE = "</t>"


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence to translate; ``prefix`` is target text that the output must begin with."""

    text: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A target piece and the source piece that it looked at most while it was written.

    ``source_start:source_end`` are offsets in ``Request.text``, ``target_start:target_end`` in
    ``Hypothesis.text``. ``weight`` is the attention, 0 to 1.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation: ``text`` still has its tags; ``score`` is the mean log-probability a piece."""

    text: str
    score: float
    links: tuple[Link, ...] = ()


@runtime_checkable
class Engine(Protocol):
    """Anything that translates. ``name`` goes into the signature of every output."""

    @property
    def name(self) -> str:
        """Model and hash, for the signature."""
        ...

    @property
    def term_aware(self) -> bool:
        """Whether it may be given tags."""
        ...

    @property
    def max_pieces(self) -> int:
        """How many source pieces a request may have, the end mark not counted."""
        ...

    def count_pieces(self, text: str) -> int:
        """The length of ``text`` in the engine's pieces."""
        ...

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1
    ) -> list[list[Hypothesis]]:
        """Translate; one list of ``hypotheses`` a request, best first, in the order given.

        Raises:
            models.errors.InputTooLong: a request has more than ``max_pieces`` pieces.
        """
        ...


def check_length(request: Request, pieces: int, limit: int) -> None:
    """Refuse a request that the model has no positions for.

    Raises:
        InputTooLong: more than ``limit`` pieces.
    """
    if pieces > limit:
        raise InputTooLong(
            f"a sentence of {pieces} pieces; the model knows {limit}: {request.text[:30]}…"
        )
