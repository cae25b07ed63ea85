"""A converted (CTranslate2, int8) Marian model back to a MarianMT directory.

So the embedded model can be fine-tuned though its 32-bit weights are not shipped: 8-bit integers
cost it next to nothing. The layout of ``model.bin`` is CTranslate2's own (``model_spec.py``):
version u32, name, revision u32, number of variables u32; each variable has a name, its shape (u8
rank, u32 each), a type u8 (0 f32, 1 i8, 4 f16), its bytes u32 and those bytes;
then aliases of variables with the same values: count u32, pairs of names. A string is a u16 length
and zero-terminated bytes. An i8 matrix [out, in] has ``weight_scale`` [out]: the weights times
which they were rounded.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.errors import ModelUnusable
from models.training import network as net

_TYPES = {0: "<f4", 1: "i1", 2: "<i2", 3: "<i4", 4: "<f2"}
Arrays = dict[str, np.ndarray]


def read_variables(path: Path) -> Arrays:
    """The variables of a ``model.bin``, matrices as f32.

    Raises:
        ModelUnusable: it is of another version or type.
    """
    data, at = path.read_bytes(), 0

    def take(layout: str) -> Any:
        nonlocal at
        (value,) = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return value

    def text() -> str:
        nonlocal at
        length = take("H")
        at += length
        return data[at - length : at - 1].decode()

    version, name, _ = take("I"), text(), take("I")
    if version != 6 or name != "TransformerSpec":
        raise ModelUnusable(f"{path}: {name} version {version}; TransformerSpec version 6 is read")
    raw: Arrays = {}
    for _ in range(take("I")):
        name = text()
        shape = [take("I") for _ in range(take("B"))]
        kind, size = take("B"), take("I")
        if kind not in _TYPES:
            raise ModelUnusable(f"{path}: {name} is of type {kind}; convert to int8 or float32")
        raw[name] = np.frombuffer(data, _TYPES[kind], size // np.dtype(_TYPES[kind]).itemsize, at)
        raw[name] = raw[name].reshape(shape)
        at += size
    for _ in range(take("I")):
        alias = text()
        original = text()
        for tail in ("", "_scale"):
            if original + tail in raw:
                raw[alias + tail] = raw[original + tail]
    return {
        name: value / raw[f"{name}_scale"][:, None] if f"{name}_scale" in raw else value
        for name, value in raw.items()
        if not name.endswith("_scale")
    }


def _linear(v: Arrays, name: str, into: list[str]) -> Arrays:
    """A linear layer, which may be several joined along the output."""
    out: Arrays = {}
    for what in ("weight", "bias"):
        parts = np.split(v[f"{name}/{what}"], len(into))
        out |= {f"{target}.{what}": part for target, part in zip(into, parts, strict=True)}
    return out


def _norm(v: Arrays, name: str, target: str) -> Arrays:
    return {f"{target}.weight": v[f"{name}/gamma"], f"{target}.bias": v[f"{name}/beta"]}


def _layer(v: Arrays, at: str, to: str) -> Arrays:
    heads = [f"{to}.self_attn.{x}_proj" for x in "qkv"]
    out = _linear(v, f"{at}/self_attention/linear_0", heads)
    out |= _linear(v, f"{at}/self_attention/linear_1", [f"{to}.self_attn.out_proj"])
    out |= _norm(v, f"{at}/self_attention/layer_norm", f"{to}.self_attn_layer_norm")
    if f"{at}/attention/linear_0/weight" in v:
        cross = f"{to}.encoder_attn"
        out |= _linear(v, f"{at}/attention/linear_0", [f"{cross}.q_proj"])
        out |= _linear(v, f"{at}/attention/linear_1", [f"{cross}.k_proj", f"{cross}.v_proj"])
        out |= _linear(v, f"{at}/attention/linear_2", [f"{cross}.out_proj"])
        out |= _norm(v, f"{at}/attention/layer_norm", f"{cross}_layer_norm")
    out |= _linear(v, f"{at}/ffn/linear_0", [f"{to}.fc1"])
    out |= _linear(v, f"{at}/ffn/linear_1", [f"{to}.fc2"])
    return out | _norm(v, f"{at}/ffn/layer_norm", f"{to}.final_layer_norm")


def restore(converted: Path, out: Path) -> None:
    """Write ``converted`` as a MarianMT directory.

    Raises:
        ModelUnusable: it was not made from a model of the embedded one's kind.
    """
    from models.training.initial import config, write_pieces

    v = read_variables(converted / "model.bin")
    if int(v["encoder/pre_norm"]) or float(v["encoder/scale_embeddings"]) != 1:
        raise ModelUnusable(
            f"{converted}: not a model of the embedded one's kind; no other can be trained here"
        )
    size, width = v["encoder/embeddings_0/weight"].shape
    target = converted / "target.spm"
    spm = (converted / "source.spm").read_bytes()
    if target.exists() and target.read_bytes() != spm:
        raise ModelUnusable(f"{converted}: its two languages do not share their pieces")
    # The encoder has all pieces, the decoder the English ones of them (models.convert.prune).
    # The pad has no row in CTranslate2; in Marian it is the last one, and zero.
    rows = np.concatenate([v["encoder/embeddings_0/weight"], np.zeros((1, width), np.float32)])
    tensors: Arrays = {
        "shared.weight": rows,
        "final_logits_bias": np.zeros(size + 1, np.float32),
        "encoder.embed_positions.weight": v["encoder/position_encodings/encodings"],
        "decoder.embed_positions.weight": v["decoder/position_encodings/encodings"],
    }
    depth = dict.fromkeys(("encoder", "decoder"), 0)
    for half in depth:
        while f"{half}/layer_{depth[half]}/ffn/linear_0/weight" in v:
            i = depth[half]
            tensors |= _layer(v, f"{half}/layer_{i}", f"{half}.layers.{i}")
            depth[half] += 1
    shape = net.Shape(
        size + 1,
        width,
        depth["encoder"],
        depth["decoder"],
        int(v["encoder/num_heads"]),
        v["encoder/layer_0/ffn/linear_0/weight"].shape[0],
        v["encoder/position_encodings/encodings"].shape[0],
    )
    write_pieces(spm, out)
    (out / "config.json").write_text(json.dumps(config(shape), indent=1))
    weights = {k: torch.from_numpy(np.array(x, np.float32)) for k, x in tensors.items()}
    net.save(weights, out, out)
