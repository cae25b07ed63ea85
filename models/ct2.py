"""The default engine: CTranslate2, int8 on the CPU, no torch.

Sentences go in whole; sorting by length, batching and restoring the order happen inside
CTranslate2 (``max_batch_size`` with ``batch_type="tokens"``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.engine import Hypothesis, Link, Request, check_length
from models.errors import ModelUnusable
from models.manifest import read_manifest
from models.pieces import Pieced, Pieces

# Tokens a batch: past this the caches of a laptop CPU are full and speed no longer rises.
BATCH_TOKENS = 1024
# Pieces of English to one of Chinese are 1 to 1.6 in news; a runaway loop is cut off at 3.
RUNAWAY = 3


class CTranslate2Engine:
    """A converted MarianMT model. Not safe to share between processes; cheap to reopen."""

    def __init__(
        self,
        directory: Path,
        *,
        threads: int = 0,
        compute_type: str = "default",
        length_penalty: float | None = None,
    ) -> None:
        """Open a directory that ``models.convert`` wrote.

        Args:
            directory: holds ``model.bin``, the SentencePiece models and ``yitong.json``.
            threads: cores to use; 0 for all.
            compute_type: as CTranslate2 names it; the default is the stored one.
            length_penalty: overrides the manifest's.

        Raises:
            ModelUnusable: something in the directory is missing or corrupt.
        """
        import ctranslate2

        self._manifest = read_manifest(directory)
        self._pieces = Pieces(directory)
        manifest = self._manifest
        self._length_penalty = manifest.length_penalty if length_penalty is None else length_penalty
        try:
            self._translator: Any = ctranslate2.Translator(
                str(directory),
                device="cpu",
                compute_type=compute_type,
                intra_threads=threads or os.cpu_count() or 1,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelUnusable(f"{directory}: CTranslate2 can't load it ({error})") from error

    @property
    def name(self) -> str:
        """The model's name and hash."""
        return self._manifest.label

    @property
    def term_aware(self) -> bool:
        """Whether the model was trained on tags."""
        return self._manifest.term_aware

    @property
    def max_pieces(self) -> int:
        """Source pieces a request may have."""
        return self._manifest.positions - 1

    def count_pieces(self, text: str) -> int:
        """The length of ``text`` in source pieces."""
        return self._pieces.count(text)

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1
    ) -> list[list[Hypothesis]]:
        """Translate; see :class:`models.engine.Engine`."""
        if not requests:
            return []
        sources = self._pieces.encode([r.text for r in requests])
        for request, source in zip(requests, sources, strict=True):
            check_length(request, len(source.pieces), self.max_pieces)
        prefixes = self._pieces.encode_target([r.prefix for r in requests])
        longest = max(map(len, prefixes)) + RUNAWAY * max(len(s.pieces) for s in sources) + 8
        results = self._translator.translate_batch(
            [[*s.pieces, "</s>"] for s in sources],
            target_prefix=prefixes if any(prefixes) else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=max(beam, hypotheses),
            num_hypotheses=hypotheses,
            length_penalty=self._length_penalty,
            max_input_length=0,
            max_decoding_length=min(longest, self._manifest.positions),
            disable_unk=True,
            return_scores=True,
            return_attention=True,
        )
        return [self._hypotheses(s, r) for s, r in zip(sources, results, strict=True)]

    def _hypotheses(self, source: Pieced, result: Any) -> list[Hypothesis]:
        found = []
        for pieces, score, attention in zip(
            result.hypotheses, result.scores, result.attention, strict=True
        ):
            target = self._pieces.decode(pieces)
            found.append(Hypothesis(target.text, score, links(source, target, attention)))
        return found


def links(source: Pieced, target: Pieced, attention: Sequence[Sequence[float]]) -> tuple[Link, ...]:
    """For each target piece the source piece it looked at most, the end mark left out."""
    found = []
    limit = len(source.pieces)
    for span, row in zip(target.spans, attention, strict=False):
        weights = list(row[:limit])
        if not weights or span[0] == span[1]:
            continue
        best = max(range(len(weights)), key=weights.__getitem__)
        found.append(Link(*source.spans[best], *span, float(weights[best])))
    return tuple(found)
