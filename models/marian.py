"""The reference engine: transformers' ``MarianMTModel``, as the weights came.

Slower than CTranslate2 and needs the ``[marian]`` extra; it is there to check conversions, to
train, and for weights that CTranslate2 does not take. For the same float32 weights both engines
give the same hypotheses (``tests/test_engines.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.ct2 import RUNAWAY, links
from models.engine import TAG_CLOSE, TAG_OPEN, Hypothesis, Request, check_length
from models.errors import ModelError, ModelUnusable
from models.manifest import check_languages
from models.pieces import Pieced, Pieces

BATCH_SENTENCES = 16
# Added to a logit: low enough that no beam ever picks the piece.
NEVER = -1e4
_FOREIGN = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


def require_marian() -> None:
    """Say how to get torch and transformers where they are missing.

    Raises:
        ModelError: the extra is not installed.
    """
    try:
        import torch  # noqa: F401  # only asked whether it is there
        import transformers  # noqa: F401
    except ImportError as error:
        raise ModelError(
            "this needs transformers and torch: pip install 'yitong[marian]'"
        ) from error


class MarianEngine:
    """A MarianMT directory in transformers' layout (config, weights, vocabulary, SentencePiece)."""

    def __init__(self, directory: Path, *, threads: int = 0, length_penalty: float = 1.0) -> None:
        """Load the model in float32.

        Raises:
            ModelError: torch or transformers are missing.
            ModelUnusable: the directory is not a usable zh-en MarianMT model.
        """
        require_marian()
        import torch
        from transformers import MarianMTModel

        self._torch = torch
        self._pieces = Pieces(directory)
        self._ids = read_vocabulary(directory)
        self._names = {i: piece for piece, i in self._ids.items()}
        if threads:
            torch.set_num_threads(threads)
        try:
            self._model: Any = MarianMTModel.from_pretrained(
                str(directory), attn_implementation="eager", dtype=torch.float32
            ).eval()
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnusable(f"{directory}: transformers can't load it ({error})") from error
        self._model.final_logits_bias[0, [i for p, i in self._ids.items() if is_foreign(p)]] = NEVER
        self._name = directory.name
        self._length_penalty = length_penalty

    @property
    def name(self) -> str:
        """The directory's name; the engine is part of it, since its numbers are float32."""
        return f"{self._name}@transformers"

    @property
    def term_aware(self) -> bool:
        """Whether the vocabulary has the tags."""
        return TAG_OPEN in self._ids and TAG_CLOSE in self._ids

    @property
    def max_pieces(self) -> int:
        """Source pieces a request may have."""
        return int(self._model.config.max_position_embeddings) - 1

    def count_pieces(self, text: str) -> int:
        """The length of ``text`` in source pieces."""
        return self._pieces.count(text)

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1
    ) -> list[list[Hypothesis]]:
        """Translate; see :class:`models.engine.Engine`."""
        sources = self._pieces.encode([r.text for r in requests])
        for request, source in zip(requests, sources, strict=True):
            check_length(request, len(source.pieces), self.max_pieces)
        prefixes = self._pieces.encode_target([r.prefix for r in requests])
        # A prefix sets where decoding begins, so only equal lengths of it share a batch.
        order = sorted(
            range(len(requests)), key=lambda i: (len(prefixes[i]), len(sources[i].pieces))
        )
        found: list[list[Hypothesis]] = [[] for _ in requests]
        for batch in _batches(order, prefixes):
            results = self._decode(
                [sources[i] for i in batch], [prefixes[i] for i in batch], beam, hypotheses
            )
            for i, result in zip(batch, results, strict=True):
                found[i] = result
        return found

    def _decode(
        self, sources: list[Pieced], prefixes: list[list[str]], beam: int, hypotheses: int
    ) -> list[list[Hypothesis]]:
        torch, config = self._torch, self._model.config
        unknown, end, pad = self._ids["<unk>"], config.eos_token_id, config.pad_token_id
        rows = [[*(self._ids.get(p, unknown) for p in s.pieces), end] for s in sources]
        width = max(map(len, rows))
        ids = torch.tensor([r + [pad] * (width - len(r)) for r in rows])
        mask = (ids != pad).long()
        start = torch.tensor(
            [[config.decoder_start_token_id, *(self._ids.get(p, unknown) for p in prefix)]
             for prefix in prefixes]
        )  # fmt: skip
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=ids, attention_mask=mask, decoder_input_ids=start,
                num_beams=max(beam, hypotheses), num_return_sequences=hypotheses,
                do_sample=False, length_penalty=self._length_penalty, early_stopping=True,
                suppress_tokens=[pad, unknown], bad_words_ids=None,
                max_length=min(config.max_position_embeddings, start.shape[1] + RUNAWAY * width),
                return_dict_in_generate=True, output_scores=True,
            )  # fmt: skip
            encoder = self._model.get_encoder()(input_ids=ids, attention_mask=mask)
            return [
                self._hypotheses(sources[n], rows[n], output, n, hypotheses, encoder)
                for n in range(len(sources))
            ]

    def _hypotheses(
        self, source: Pieced, row: list[int], output: Any, n: int, count: int, encoder: Any
    ) -> list[Hypothesis]:
        """The hypotheses of sentence ``n``, with head 0 of the last layer as their alignment."""
        found = []
        end = self._model.config.eos_token_id
        states = encoder.last_hidden_state[n : n + 1, : len(row)]
        for k in range(n * count, (n + 1) * count):
            ids = output.sequences[k].tolist()[1:]
            ids = ids[: ids.index(end)] if end in ids else ids
            start = self._model.config.decoder_start_token_id
            attention = self._model.get_decoder()(
                input_ids=self._torch.tensor([[start, *ids]]),
                encoder_hidden_states=states, output_attentions=True,
            ).cross_attentions[-1][0, 0].tolist()  # fmt: skip
            target = self._pieces.decode([self._names[i] for i in ids])
            scores = output.get("sequences_scores")  # greedy search has none
            score = float(scores[k]) if scores is not None else 0.0
            found.append(Hypothesis(target.text, score, links(source, target, attention)))
        return found


def _batches(order: list[int], prefixes: list[list[str]]) -> list[list[int]]:
    batches: list[list[int]] = []
    for i in order:
        last = batches[-1] if batches else None
        if (
            last is not None
            and len(last) < BATCH_SENTENCES
            and len(prefixes[last[0]]) == len(prefixes[i])
        ):
            last.append(i)
        else:
            batches.append([i])
    return batches


def is_foreign(piece: str) -> bool:
    """Whether a piece has Han or Chinese punctuation, which English text never has."""
    return _FOREIGN.search(piece) is not None


def read_vocabulary(directory: Path) -> dict[str, int]:
    """Read ``vocab.json`` and check the language pair that the tokenizer's config names.

    Raises:
        ModelUnusable: no vocabulary, not JSON, or another language pair.
    """
    import json

    path = directory / "vocab.json"
    try:
        ids: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        settings = directory / "tokenizer_config.json"
        pair = json.loads(settings.read_text(encoding="utf-8")) if settings.is_file() else {}
    except (OSError, ValueError) as error:
        raise ModelUnusable(f"{path}: can't be read ({error})") from error
    check_languages(pair.get("source_lang") or "", pair.get("target_lang") or "", str(directory))
    return ids
