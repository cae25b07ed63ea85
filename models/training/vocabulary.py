"""A SentencePiece model with the pieces of the encoder that Chinese and English text needs."""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from models.training.encoder import Encoder

_NORMAL, _UNKNOWN, _CONTROL, _USER, _BYTE = 1, 2, 3, 4, 6
_HEAD = (
    ("<pad>", _CONTROL),
    ("</s>", _CONTROL),
    ("<unk>", _UNKNOWN),
    ("<t>", _USER),
    ("</t>", _USER),
)

Piece = tuple[str, float, int]


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _settings() -> bytes:
    """The trainer's and normaliser's parts of a model: nmt_nfkc, byte fallback, our first ids.

    SentencePiece writes them best itself, so a toy model is trained and its pieces left out.
    """
    import sentencepiece

    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g", "h i j k l"] * 20),
        model_writer=out,
        vocab_size=320,
        hard_vocab_limit=False,
        byte_fallback=True,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        user_defined_symbols=["<t>", "</t>"],
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    data, at, kept = out.getvalue(), 0, b""
    while at < len(data):
        start, tag = at, data[at]
        length, shift, at = 0, 0, at + 1
        while True:
            byte = data[at]
            length |= (byte & 127) << shift
            shift, at = shift + 7, at + 1
            if byte < 128:
                break
        at += length
        if tag >> 3 != 1:
            kept += data[start:at]
    return kept


def serialize(pieces: Sequence[Piece]) -> bytes:
    """A SentencePiece unigram model of (piece, score, type) rows; the wire format is protobuf's."""
    out = bytearray()
    for text, score, kind in pieces:
        raw = text.encode()
        body = b"\x0a" + _varint(len(raw)) + raw + b"\x15" + struct.pack("<f", score)
        if kind != _NORMAL:
            body += b"\x18" + _varint(kind)
        out += b"\x0a" + _varint(len(body)) + body
    return bytes(out) + _settings()


def _special() -> list[Piece]:
    rows: list[Piece] = [(text, 0.0, kind) for text, kind in _HEAD]
    return rows + [(f"<0x{i:02X}>", 0.0, _BYTE) for i in range(256)]


def _candidates(encoder: Encoder) -> list[Piece]:
    """The encoder's pieces that may stand in the model: no special one, at most one digit."""
    return [
        (piece, float(score), _NORMAL)
        for piece, score in list(zip(encoder.pieces, encoder.scores, strict=True))[4:]
        if piece
        and not piece.startswith("<0x")
        and piece not in dict(_HEAD)
        and sum(c.isdigit() for c in piece) <= 1
    ]


def count(encoder: Encoder, texts: Iterable[tuple[float, str]]) -> Counter[str]:
    """How much each of the encoder's pieces is used in weighted texts."""
    import sentencepiece

    full: Any = sentencepiece.SentencePieceProcessor(
        model_proto=serialize([*_special(), *_candidates(encoder)])
    )
    counts: Counter[str] = Counter()
    for weight, text in texts:
        for piece in full.encode(text, out_type=str):
            counts[piece] += weight  # type: ignore[assignment]
        for char in set(text):
            if "\u3400" <= char <= "\u9fff":
                counts[char] += 1000  # every Han character that was seen stays
    return counts


def build(encoder: Encoder, counts: Counter[str], size: int) -> tuple[bytes, list[int]]:
    """The pruned model and, for each of its pieces, the encoder's row; -1: it has none."""
    rows = {piece: i for i, piece in reversed(list(enumerate(encoder.pieces)))}
    known = {row[0]: row for row in _candidates(encoder)}
    special = _special()
    chosen = ["▁"] if "▁" in known else []
    for piece, _ in counts.most_common():
        if len(special) + len(chosen) >= size:
            break
        if piece in known and piece != "▁":
            chosen.append(piece)
    chosen.sort(key=lambda p: -known[p][1])
    pieces = [*special, *(known[p] for p in chosen)]
    origin = [encoder.eos if p[0] == "</s>" else -1 for p in special] + [rows[p] for p in chosen]
    return serialize(pieces), origin


def read_order(spm: Path) -> list[str]:
    """All pieces of a SentencePiece model, in its order."""
    import sentencepiece

    model: Any = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    return [str(model.id_to_piece(i)) for i in range(model.get_piece_size())]
