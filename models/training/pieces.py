"""SentencePiece and Marian's numbering of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

END = 0
"""Marian's ``</s>``, the end of every sentence on both sides."""


class Vocabulary:
    """Pieces of a shared SentencePiece model under Marian's ids: (SentencePiece id - 1) mod V.

    So ``</s>`` is 0 and the pad, which also begins a target, is V - 1.
    """

    def __init__(self, directory: Path) -> None:
        import sentencepiece

        self._model: Any = sentencepiece.SentencePieceProcessor(
            model_file=str(directory / "source.spm")
        )
        self.size = int(self._model.get_piece_size())
        self.pad = self.size - 1
        self.open, self.close = self.id("<t>"), self.id("</t>")
        self.space = self.id("▁")

    def id(self, piece: str) -> int:
        """The Marian id of a piece."""
        return (int(self._model.piece_to_id(piece)) - 1) % self.size

    def piece(self, number: int) -> str:
        """The piece of a Marian id."""
        return str(self._model.id_to_piece((number + 1) % self.size))

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Marian ids of each text, without the end mark."""
        return [
            [(i - 1) % self.size for i in ids]
            for ids in self._model.encode(list(texts), out_type=int, num_threads=1)
        ]

    def spans(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Marian ids of a text and the code points that each stands for, spaces left out."""
        mapping = self._model.encode([text], return_type="offset_mapping")[0]
        ids = [self.id(p) for p in mapping["pieces"]]
        spans = []
        for a, b in mapping["offsets"]:
            while a < b and text[a].isspace():
                a += 1
            spans.append((a, b))
        return ids, spans

    def decode(self, ids: Sequence[int]) -> str:
        """The text of Marian ids."""
        return str(self._model.decode([(i + 1) % self.size for i in ids if i != self.pad]))

    def all(self) -> list[str]:
        """All pieces, in the order of their Marian ids."""
        return [self.piece(i) for i in range(self.size)]
