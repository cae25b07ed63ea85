"""``init``: a Marian model whose encoder is a pretrained one and whose decoder begins as it.

Marian has no LayerNorm after its embeddings and the encoder has one, so it is folded in: a row
becomes LN(word + type + mean position), a position gain x (position - mean position) / mean
deviation. The decoder's layers are copies of some of the encoder's, cross-attention begun as the
same layer's self-attention: both live in one space, so attention finds translations at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.training import network as net
from models.training import vocabulary
from models.training.encoder import Encoder

POSITIONS = 256


@dataclass(frozen=True, slots=True)
class Proof:
    """Cosine of the new encoder's states to the original's after each layer.

    The mean over all pieces of some sentences; the first is that of the embeddings.
    """

    by_layer: tuple[float, ...]

    @property
    def lowest(self) -> float:
        """The worst layer's."""
        return min(self.by_layer)


def _normal(x: np.ndarray, gain: np.ndarray, bias: np.ndarray) -> np.ndarray:
    mean, deviation = x.mean(-1, keepdims=True), x.std(-1, keepdims=True)
    out: np.ndarray = (x - mean) / np.maximum(deviation, 1e-6) * gain + bias
    return out


def _fold(encoder: Encoder, origin: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings [V, d] in SentencePiece's order and positions [POSITIONS, d]."""
    gain, bias = encoder.norm
    positions = encoder.position[:POSITIONS]
    middle = positions[:128].mean(0)
    rows = np.zeros((len(origin), encoder.width), np.float32)
    known = np.array([i for i, o in enumerate(origin) if o >= 0])
    plain = encoder.word[[origin[i] for i in known]] + encoder.type + middle
    rows[known] = _normal(plain, gain, bias)
    fresh = np.array([i for i, o in enumerate(origin) if o < 0 and i])
    rng = np.random.default_rng(0)
    spread = rows[known].std(0)
    rows[fresh] = rows[known].mean(0) + 0.3 * spread * rng.standard_normal(
        (len(fresh), encoder.width)
    )
    return rows, gain * (positions - middle) / plain.std(-1).mean()


def write_pieces(spm: bytes, out: Path) -> list[int]:
    """Write a MarianMT directory's pieces; returns SentencePiece's id of each Marian id."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm"):
        (out / name).write_bytes(spm)
    pieces = vocabulary.read_order(out / "source.spm")
    order = [(i + 1) % len(pieces) for i in range(len(pieces))]
    names = {pieces[s]: i for i, s in enumerate(order)}
    (out / "vocab.json").write_text(json.dumps(names, ensure_ascii=False), "utf-8")
    return order


def build(
    encoder: Encoder, spm: bytes, origin: Sequence[int], out: Path, decoder: Sequence[int]
) -> None:
    """Write the MarianMT directory; ``decoder`` are the encoder layers that it is copied from."""
    order = write_pieces(spm, out)
    size = len(order)
    rows, positions = _fold(encoder, origin)
    tensors: dict[str, np.ndarray] = {
        "shared.weight": rows[order],
        "final_logits_bias": np.zeros(size, np.float32),
        "encoder.embed_positions.weight": positions,
        "decoder.embed_positions.weight": positions,
    }
    for i, layer in enumerate(encoder.layers):
        tensors |= {f"encoder.layers.{i}.{k}": v for k, v in layer.items()}
    for i, source in enumerate(decoder):
        layer = encoder.layers[source]
        tensors |= {f"decoder.layers.{i}.{k}": v for k, v in layer.items()}
        tensors |= {
            f"decoder.layers.{i}.{k.replace('self_attn', 'encoder_attn')}": v
            for k, v in layer.items()
            if k.startswith("self_attn")
        }
    inner = encoder.layers[0]["fc1.weight"].shape[0]
    depth = (len(encoder.layers), len(decoder))
    shape = net.Shape(size, encoder.width, *depth, encoder.heads, inner, POSITIONS)
    (out / "config.json").write_text(json.dumps(config(shape), indent=1))
    weights = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in tensors.items()}
    net.save(weights, out, out)


def config(shape: net.Shape) -> dict[str, object]:
    """The ``config.json`` of a MarianMT directory of this kind."""
    pad = shape.vocab_size - 1
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "d_model": shape.d_model,
        "encoder_layers": shape.encoder_layers,
        "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads,
        "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.ffn_dim,
        "decoder_ffn_dim": shape.ffn_dim,
        "max_position_embeddings": shape.positions,
        "vocab_size": shape.vocab_size,
        "decoder_vocab_size": shape.vocab_size,
        "eos_token_id": 0,
        "bos_token_id": 0,
        "forced_eos_token_id": 0,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
        "activation_function": "gelu",
        "scale_embedding": False,
        "static_position_embeddings": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "is_encoder_decoder": True,
        "dropout": 0.1,
        "attention_dropout": 0.0,
        "activation_dropout": 0.0,
        "use_cache": True,
    }


@torch.no_grad()
def prove(encoder: Encoder, directory: Path, origin: Sequence[int], texts: Iterable[str]) -> Proof:
    """Compare states, layer by layer, on ``texts``.

    Both are given the same pieces and ``</s>``, without the ``<s>`` that a Marian source does not
    have; pieces of bytes and tags, which the encoder does not know, are left out.
    """
    from models.training.pieces import Vocabulary

    v, network = Vocabulary(directory), net.load(directory).eval()
    layers = _layers(encoder)
    sums = np.zeros(len(encoder.layers) + 1)
    count = 0
    for ids in v.encode(list(texts)):
        ids = [i for i in ids if origin[(i + 1) % v.size] >= 0][: POSITIONS - 2]
        ids = [*ids, 0]
        ours = _states(network, torch.tensor([ids]))
        theirs = _original(encoder, layers, [origin[(i + 1) % v.size] for i in ids])
        for n, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            sums[n] += float(functional.cosine_similarity(a, b, dim=-1).sum())
        count += len(ids)
    return Proof(tuple(float(x) for x in sums / max(1, count)))


def _states(network: net.Network, ids: Tensor) -> list[Tensor]:
    x = network.shared(ids) + network.encoder.embed_positions.weight[: ids.shape[1]]
    out = [x[0]]
    for layer in network.encoder.layers:
        x = layer.encode(x, None)  # type: ignore[operator]
        out.append(x[0])
    return out


def _layers(encoder: Encoder) -> list[net.Layer]:
    inner = encoder.layers[0]["fc1.weight"].shape[0]
    shape = net.Shape(1, encoder.width, 1, 0, encoder.heads, inner, 1)
    layers = []
    for weights in encoder.layers:
        layer = net.Layer(shape, net.Dropout(0.0), cross=False).eval()
        layer.load_state_dict({k: torch.from_numpy(np.array(w)) for k, w in weights.items()})
        layers.append(layer)
    return layers


def _original(encoder: Encoder, layers: Sequence[net.Layer], rows: Sequence[int]) -> list[Tensor]:
    """The pretrained encoder's own states [T, d], the embeddings' and each layer's."""
    plain = encoder.word[list(rows)] + encoder.type + encoder.position[: len(rows)]
    x = torch.from_numpy(np.array(_normal(plain, *encoder.norm), np.float32))[None]
    out = [x[0]]
    for layer in layers:
        x = layer.encode(x, None)
        out.append(x[0])
    return out
