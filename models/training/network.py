"""A Marian encoder-decoder in plain PyTorch, made for training.

It has the parameter names of ``transformers.MarianMTModel`` and gives its outputs (a test holds
it to that), but spends less: logits over a sample of the vocabulary, attention weights of one
head only, masks for dropout cut from one pool of random numbers, which a CPU makes slowly.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model, named as in a MarianMT ``config.json``."""

    vocab_size: int
    d_model: int
    encoder_layers: int
    decoder_layers: int
    heads: int
    ffn_dim: int
    positions: int

    @classmethod
    def read(cls, directory: Path) -> Shape:
        """The shape of a MarianMT directory (one with post-norm layers and learned positions)."""
        c = json.loads((directory / "config.json").read_text("utf-8"))
        return cls(
            c["vocab_size"],
            c["d_model"],
            c["encoder_layers"],
            c["decoder_layers"],
            c["encoder_attention_heads"],
            c["encoder_ffn_dim"],
            c["max_position_embeddings"],
        )


class Dropout:
    """Dropout whose masks are slices of one pool, drawn anew now and then.

    A CPU draws random numbers slowly, and there would be one for every activation.
    """

    def __init__(self, rate: float, size: int = 1 << 23, lifetime: int = 100) -> None:
        self.rate, self._size, self._lifetime = rate, size, lifetime
        self._pool: Tensor | None = None
        self._generator = torch.Generator()

    def begin(self, step: int, seed: int, device: torch.device) -> None:
        """Make the masks of ``step`` a function of the seed and the step alone."""
        if not self.rate:
            return
        if self._pool is None or step % self._lifetime == 0:
            self._generator.manual_seed(seed * 1_000_003 + step // self._lifetime)
            keep = torch.rand(self._size, generator=self._generator) >= self.rate
            self._pool = (keep.float() / (1 - self.rate)).to(device)
        self._generator.manual_seed(seed * 7_368_787 + step)

    def __call__(self, x: Tensor, training: bool) -> Tensor:
        """``x`` with some of its values zeroed and the others scaled up, in training."""
        if not training or self._pool is None:
            return x
        room = self._size - x.numel()
        if room < 0:
            return functional.dropout(x, self.rate)
        start = int(torch.randint(room + 1, (1,), generator=self._generator))
        return x * self._pool[start : start + x.numel()].view_as(x)


class Attention(nn.Module):
    """Multi-head attention; ``q_proj``, ``k_proj``, ``v_proj``, ``out_proj`` as in Marian."""

    def __init__(self, d: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj = nn.Linear(d, d), nn.Linear(d, d)
        self.v_proj, self.out_proj = nn.Linear(d, d), nn.Linear(d, d)

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(
        self, x: Tensor, memory: Tensor, mask: Tensor | None, causal: bool, want_head: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        """Attend from ``x`` [B, T, d] to ``memory`` [B, S, d].

        ``mask`` [B, 1, 1, S] is true where memory may be looked at. With ``want_head`` the
        second result is the log attention [B, T, S] of head 0.
        """
        q, k = self._split(self.q_proj(x)), self._split(self.k_proj(memory))
        v = self._split(self.v_proj(memory))
        out = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        head = None
        if want_head:
            scores = q[:, 0] @ k[:, 0].transpose(1, 2) * q.shape[-1] ** -0.5
            if mask is not None:
                scores = scores.masked_fill(~mask[:, 0], -1e9)
            head = scores.log_softmax(-1)
        out = out.transpose(1, 2).reshape(x.shape)
        return self.out_proj(out), head


class Layer(nn.Module):
    """A post-norm layer: self-attention, cross-attention in a decoder, feed-forward."""

    def __init__(self, shape: Shape, dropout: Dropout, cross: bool) -> None:
        super().__init__()
        d = shape.d_model
        self.dropout = dropout
        self.self_attn = Attention(d, shape.heads)
        self.self_attn_layer_norm = nn.LayerNorm(d)
        if cross:
            self.encoder_attn = Attention(d, shape.heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(d)
        self.fc1, self.fc2 = nn.Linear(d, shape.ffn_dim), nn.Linear(shape.ffn_dim, d)
        self.final_layer_norm = nn.LayerNorm(d)

    def _drop(self, x: Tensor) -> Tensor:
        return self.dropout(x, self.training)

    def _feed(self, x: Tensor) -> Tensor:
        y = self.fc2(functional.gelu(self.fc1(x)))
        out: Tensor = self.final_layer_norm(x + self._drop(y))
        return out

    def encode(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``x`` [B, S, d] one layer up."""
        y, _ = self.self_attn(x, x, mask, False)
        return self._feed(self.self_attn_layer_norm(x + self._drop(y)))

    def decode(
        self, x: Tensor, memory: Tensor, mask: Tensor | None, want_head: bool
    ) -> tuple[Tensor, Tensor | None]:
        """``x`` [B, T, d] one layer up, and head 0's log attention if wanted."""
        y, _ = self.self_attn(x, x, None, True)
        x = self.self_attn_layer_norm(x + self._drop(y))
        y, head = self.encoder_attn(x, memory, mask, False, want_head)
        x = self.encoder_attn_layer_norm(x + self._drop(y))
        return self._feed(x), head


class Half(nn.Module):
    """The encoder or the decoder: positions and layers; the embeddings are shared."""

    def __init__(self, shape: Shape, dropout: Dropout, cross: bool) -> None:
        super().__init__()
        count = shape.decoder_layers if cross else shape.encoder_layers
        self.embed_positions = nn.Embedding(shape.positions, shape.d_model)
        self.layers = nn.ModuleList(Layer(shape, dropout, cross) for _ in range(count))


class Network(nn.Module):
    """The whole model; ``model.`` is left off its parameters' names."""

    def __init__(self, shape: Shape, dropout: float = 0.0, frozen: int = 0) -> None:
        """Make a model with random weights.

        ``frozen`` of the encoder's lower layers and the embeddings below them are used as they
        are. The embeddings still learn from the decoder.
        """
        super().__init__()
        self.shape, self.dropout, self.frozen = shape, Dropout(dropout), frozen
        self.shared = nn.Embedding(shape.vocab_size, shape.d_model)
        self.encoder = Half(shape, self.dropout, cross=False)
        self.decoder = Half(shape, self.dropout, cross=True)
        self.register_buffer("final_logits_bias", torch.zeros(shape.vocab_size))

    def _embed(self, ids: Tensor, half: Half) -> Tensor:
        x = self.shared(ids) + half.embed_positions.weight[: ids.shape[1]]
        return self.dropout(x, self.training)

    def encode(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """States [B, S, d] of source ids [B, S]."""
        learns = torch.is_grad_enabled()
        with torch.set_grad_enabled(learns and not self.frozen):
            x = self._embed(ids, self.encoder)
        for i, layer in enumerate(self.encoder.layers):
            with torch.set_grad_enabled(learns and i >= self.frozen):
                x = layer.encode(x, mask)  # type: ignore[operator]
        return x

    def decode(
        self, ids: Tensor, memory: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor | None]:
        """States [B, T, d] of target ids [B, T]; log attention [B, T, S] of the last layer.

        It is head 0's, the one that CTranslate2 reports as attention.
        """
        x = self._embed(ids, self.decoder)
        head: Tensor | None = None
        last = len(self.decoder.layers) - 1
        for i, layer in enumerate(self.decoder.layers):
            x, head = layer.decode(x, memory, mask, i == last)  # type: ignore[operator]
        return x, head

    def logits(self, states: Tensor, pieces: Tensor | None = None) -> Tensor:
        """Logits over the whole vocabulary, or over ``pieces`` [K] of it."""
        if pieces is None:
            return functional.linear(states, self.shared.weight, self.final_logits_bias)  # type: ignore[arg-type]
        return functional.linear(states, self.shared(pieces), self.final_logits_bias[pieces])  # type: ignore[index]


def load(directory: Path, dropout: float = 0.0, frozen: int = 0) -> Network:
    """Read a MarianMT directory's ``config.json`` and ``model.safetensors``."""
    from safetensors.torch import load_file

    network = Network(Shape.read(directory), dropout, frozen)
    network.load_state_dict(from_marian(load_file(directory / "model.safetensors")))
    return network


def from_marian(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Marian's tensors under this module's names, 32-bit."""
    plain = {k.removeprefix("model."): v.float() for k, v in tensors.items()}
    for tied in ("lm_head.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight"):
        plain.pop(tied, None)
    plain["final_logits_bias"] = plain["final_logits_bias"].reshape(-1)
    return plain


def to_marian(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The opposite of :func:`from_marian`, in 16 bits.

    Positions are in it: ``save_pretrained`` leaves them out, ``from_pretrained`` reads them.
    """
    out = {
        k if k == "final_logits_bias" else f"model.{k}": v.detach().cpu().half().contiguous()
        for k, v in tensors.items()
    }
    out["final_logits_bias"] = out["final_logits_bias"].reshape(1, -1)
    return out


def save(tensors: dict[str, Tensor], like: Path, directory: Path) -> None:
    """Write a MarianMT directory with these weights and ``like``'s configuration and pieces."""
    import shutil

    from safetensors.torch import save_file

    directory.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "source.spm", "target.spm", "vocab.json"):
        if directory.resolve() != like.resolve():
            shutil.copyfile(like / name, directory / name)
    for extra in ("generation_config.json", "tokenizer_config.json"):
        if (like / extra).exists() and directory.resolve() != like.resolve():
            shutil.copyfile(like / extra, directory / extra)
    save_file(to_marian(tensors), directory / "model.safetensors", metadata={"format": "pt"})
