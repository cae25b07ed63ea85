"""SentencePiece with offsets: text to pieces and back, each piece knowing where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelUnusable

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieced:
    """Text and its pieces; ``spans[i]`` are the offsets of ``pieces[i]`` in ``text``.

    A piece that a normalisation split from one character (㈠ becomes ``(``, ``一``, ``)``) may
    have an empty span. A leading space belongs to the piece that follows it.
    """

    text: str
    pieces: tuple[str, ...]
    spans: tuple[Span, ...]


class Pieces:
    """The source and target SentencePiece models of a MarianMT directory."""

    def __init__(self, directory: Path) -> None:
        """Load ``source.spm`` and ``target.spm``; one that serves both sides is kept once.

        Raises:
            ModelUnusable: it is missing or is no SentencePiece model.
        """
        self._source = _load(directory / "source.spm")
        target = directory / "target.spm"
        self._target = _load(target) if target.exists() else self._source

    def encode(self, texts: Sequence[str]) -> list[Pieced]:
        """Split source texts."""
        mappings = self._source.encode(list(texts), return_type="offset_mapping")
        return [_pieced(text, m) for text, m in zip(texts, mappings, strict=True)]

    def encode_target(self, texts: Sequence[str]) -> list[list[str]]:
        """Split target texts, such as a prefix that the output must begin with."""
        pieces: list[list[str]] = self._target.encode(list(texts), return_type=str)
        return pieces

    def count(self, text: str) -> int:
        """How many source pieces ``text`` has."""
        return len(self._source.encode(text, return_type=int))

    def decode(self, pieces: Sequence[str]) -> Pieced:
        """Join target pieces."""
        mapping = self._target.decode(list(pieces), return_type="offset_mapping")
        return _pieced(mapping["text"], mapping)


def _load(path: Path) -> Any:
    import sentencepiece

    if not path.is_file():
        raise ModelUnusable(f"{path.parent}: {path.name} is missing; a MarianMT directory has it")
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelUnusable(f"{path}: not a SentencePiece model ({error})") from error


def _pieced(text: str, mapping: dict[str, Any]) -> Pieced:
    return Pieced(text, tuple(mapping["pieces"]), tuple(mapping["offsets"]))
