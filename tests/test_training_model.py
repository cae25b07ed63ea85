"""The network, the first weights, the loop and what it leaves behind."""

from __future__ import annotations

import json
import struct
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("safetensors")
import torch

from models.errors import ModelUnusable
from models.training import initial, loss, prepare, vocabulary
from models.training import network as net
from models.training.average import average
from models.training.config import Config, Source, TrainingError, read_config
from models.training.encoder import Encoder, read_package
from models.training.finetune import Report, finetune
from models.training.loss import held_out_loss, sample
from models.training.pieces import END, Vocabulary
from models.training.prepare import Pair
from models.training.restore import restore
from models.training.stream import held_out, tensors
from models.training.train import Run, Trainer, train

WORDS = (
    "村 民 种 苹 果 路 修 ▁village ▁grow s ▁apple ▁road . 。 ▁ , 1 2 12 ▁the"
    " v i l a g e r o w p d n t h"
)


def random_encoder(width: int = 24, depth: int = 3) -> Encoder:
    rng = np.random.default_rng(3)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return (rng.standard_normal((rows, columns)) * columns**-0.5).astype(np.float32)

    def layer() -> dict[str, np.ndarray]:
        out: dict[str, np.ndarray] = {}
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            out[f"self_attn.{name}.weight"] = matrix(width, width)
            out[f"self_attn.{name}.bias"] = np.zeros(width, np.float32)
        for name, shape in (("fc1", (48, width)), ("fc2", (width, 48))):
            out[f"{name}.weight"] = matrix(*shape)
            out[f"{name}.bias"] = np.zeros(shape[0], np.float32)
        for name in ("self_attn_layer_norm", "final_layer_norm"):
            out[f"{name}.weight"] = np.ones(width, np.float32)
            out[f"{name}.bias"] = np.zeros(width, np.float32)
        return out

    pieces = ("<s>", "<pad>", "</s>", "<unk>", *dict.fromkeys(WORDS.split()))
    return Encoder(
        width,
        4,
        pieces,
        np.linspace(-2, -12, len(pieces)).astype(np.float32),
        0,
        2,
        matrix(len(pieces), width) * 5,
        matrix(300, width) * 0.05,
        matrix(1, width)[0],
        (np.ones(width, np.float32), np.zeros(width, np.float32)),
        tuple(layer() for _ in range(depth)),
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    encoder = random_encoder()
    counts = Counter(dict.fromkeys(encoder.pieces[4:], 10))
    spm, origin = vocabulary.build(encoder, counts, 400)
    out = tmp_path_factory.mktemp("base")
    initial.build(encoder, spm, origin, out, (0, 2))
    proof = initial.prove(encoder, out, origin, ["村民种苹果。", "The villagers grow apples."])
    assert proof.lowest > 0.99
    return out


def test_the_network_gives_what_transformers_gives(base: Path) -> None:
    from transformers import MarianMTModel

    theirs = MarianMTModel.from_pretrained(base).float().eval()
    ours = net.load(base).eval()
    size = ours.shape.vocab_size
    source = torch.tensor([[5, 9, 12, 7, 0], [8, 11, 0, size - 1, size - 1]])
    given = torch.tensor([[size - 1, 7, 8], [size - 1, 9, 10]])
    mask = source != size - 1
    with torch.no_grad():
        memory = ours.encode(source, mask[:, None, None])
        states, head = ours.decode(given, memory, mask[:, None, None])
        expected = theirs(input_ids=source, attention_mask=mask.long(), decoder_input_ids=given)
        attention = theirs.model(
            input_ids=source,
            attention_mask=mask.long(),
            decoder_input_ids=given,
            output_attentions=False,
        )
    assert torch.allclose(ours.logits(states), expected.logits, atol=1e-4)
    assert torch.allclose(states, attention.last_hidden_state, atol=1e-4)
    assert head is not None
    assert torch.allclose(head.exp().sum(-1), torch.ones(2, 3), atol=1e-5)
    assert head.exp()[1, :, 3:].max() < 1e-6  # padding is not looked at


def test_pieces_are_pruned_and_numbered_as_marian_wants(base: Path) -> None:
    v = Vocabulary(base)
    assert v.piece(END) == "</s>"
    assert v.piece(v.pad) == "<pad>"
    pieces = v.all()
    assert "12" not in pieces  # figures are spelled digit by digit
    assert (
        v.decode(v.encode(["村民<t> the road </t>种苹果。"])[0]) == "村民<t> the road </t>种苹果。"
    )
    assert v.decode(v.encode(["鑫"])[0]) == "鑫"  # byte fallback
    names = json.loads((base / "vocab.json").read_text("utf-8"))
    assert names == {p: i for i, p in enumerate(pieces)}


def test_frozen_layers_and_a_sampled_softmax(base: Path) -> None:
    network = net.load(base, frozen=2)
    states = network.encode(torch.tensor([[5, 9, 0]]), None)
    picked, _ = sample(
        torch.tensor([7, 7, 3]), torch.arange(network.shape.vocab_size), 5, torch.Generator()
    )
    assert {3, 7} <= set(picked.tolist())
    network.logits(states, picked).sum().backward()  # type: ignore[no-untyped-call]
    assert network.encoder.layers[1].fc1.weight.grad is None  # type: ignore[union-attr]
    assert network.encoder.layers[2].fc1.weight.grad is not None  # type: ignore[union-attr]
    whole = network.logits(states.detach())[..., picked]
    assert torch.allclose(whole, network.logits(states.detach(), picked), atol=1e-5)


def test_a_sample_stands_for_the_whole_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loss, "FREQUENT", 100)
    logits = torch.linspace(4, -4, 5000)
    generator = torch.Generator().manual_seed(1)
    sums = []
    for _ in range(200):
        ids, weight = sample(torch.tensor([4999, 3]), torch.arange(5000), 300, generator)
        assert {3, 99, 4999} <= set(ids.tolist())
        assert ids.tolist() == sorted(set(ids.tolist()))
        sums.append((logits[ids] + weight).exp().sum())
    assert len(sample(torch.tensor([4999]), torch.arange(50), 0, generator)[0]) == 51
    assert torch.stack(sums).mean().item() == pytest.approx(logits.exp().sum().item(), rel=0.02)


def test_dropout_masks_are_a_function_of_the_step() -> None:
    def masked(step: int) -> torch.Tensor:
        dropout = net.Dropout(0.5, size=4096)
        dropout.begin(step, 1, torch.device("cpu"))
        return dropout(torch.ones(64), True)

    assert torch.equal(masked(7), masked(7))
    assert not torch.equal(masked(7), masked(8))
    assert set(masked(7).tolist()) == {0.0, 2.0}


def prepared(folder: Path) -> tuple[Source, ...]:
    pairs = [Pair("村民种苹果。", "the village grows apples."), Pair("修路。", "the road.")] * 20
    prepare.write(pairs, folder / "data" / "news.tsv")
    prepare.write(pairs[:3], folder / "data" / "news.held.tsv")
    (folder / "data" / "news.links").write_text("1-1 2-2\n1-1\n" * 20)
    return (Source("news", "News", "CC0-1.0", "news", 1.0),)


def settings(**changes: Any) -> Config:
    config = read_config()
    small = replace(
        config.train,
        warm_up=2,
        threads=1,
        log_steps=2,
        dropout=0.1,
        frozen=1,
        sampled=30,
        rate=5e-3,
    )
    return replace(
        config,
        train=replace(small, **changes),
        stream=replace(config.stream, batch=80, chunk=16),
    )


def weights(trainer: Trainer) -> dict[str, torch.Tensor]:
    return {k: v.clone() for k, v in trainer.network.state_dict().items()}


def test_a_run_that_was_stopped_ends_as_one_that_was_not(base: Path, tmp_path: Path) -> None:
    sources = prepared(tmp_path)
    run = Run(settings(), sources, base, tmp_path, tmp_path / "whole", steps=14)
    whole = train(run)
    train(replace(run, out=tmp_path / "parts", steps=5))
    parts = train(replace(run, out=tmp_path / "parts"))
    assert parts.step == whole.step == 14
    assert parts.pieces == whole.pieces
    for name, value in weights(whole).items():
        assert torch.equal(value, weights(parts)[name]), name
    for name, value in whole.average.items():
        assert torch.equal(value, parts.average[name]), name


def test_it_learns_and_a_branch_decays_to_nothing(base: Path, tmp_path: Path) -> None:
    sources = prepared(tmp_path)
    run = Run(settings(average=0.9), sources, base, tmp_path, tmp_path / "run", steps=60)
    v = Vocabulary(base)
    batches = [tensors(b, v, torch.device("cpu")) for b in held_out(sources, v, tmp_path)["news"]]
    known = loss.sayable(v.all())
    assert "村" not in {v.piece(i) for i in known.tolist()}
    before = held_out_loss(net.load(base).eval(), batches, known)
    trained = train(run)
    assert trained.held_out()["news"] < 0.6 * before
    branch = replace(run, out=tmp_path / "branch", decay=6, steps=0)
    ended = train(branch, tmp_path / "run" / "state" / "state.pt")
    assert ended.step == trained.step + 6
    assert ended.rate == 0
    final = net.load(tmp_path / "branch" / "final").eval()
    assert held_out_loss(final, batches, known) < 0.6 * before
    rows = [json.loads(x) for x in (tmp_path / "branch" / "history.jsonl").read_text().splitlines()]
    assert rows[-1]["held_out"]["news"] < 0.6 * before


def test_what_is_written_is_read_by_transformers_positions_and_all(
    base: Path, tmp_path: Path
) -> None:
    from transformers import MarianMTModel

    tensors_ = net.load(base).state_dict()
    tensors_["encoder.embed_positions.weight"] += 0.25
    net.save(tensors_, base, tmp_path / "a")
    net.save(net.load(base).state_dict(), base, tmp_path / "b")
    average([tmp_path / "a", tmp_path / "b"], tmp_path / "mean")
    read = MarianMTModel.from_pretrained(tmp_path / "mean").float()
    expected = net.load(base).encoder.embed_positions.weight + 0.125
    found = read.model.encoder.embed_positions.weight
    assert torch.allclose(found, expected, atol=1e-3)
    with pytest.raises(TrainingError, match="2 checkpoints but 1 weights"):
        average([tmp_path / "a", tmp_path / "b"], tmp_path / "mean", [1.0])


def test_four_bit_weights_are_unpacked(tmp_path: Path) -> None:
    """A file of one layer, written here by the layout that the reader documents."""
    width, inner = 32, 32
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁a"]
    head = b"E5S1" + struct.pack("<I7ifi", 1, width, 1, 1, inner, 5, 2, 1, 1e-5, 32)
    blob = "".join(pieces).encode()
    offsets = np.cumsum([0] + [len(p.encode()) for p in pieces]).astype("<u4").tobytes()
    head += struct.pack("<5iQ", 5, 0, 2, 1, 3, len(blob)) + offsets
    head += np.zeros(5, "<f4").tobytes() + blob + struct.pack("<iI", 0, 0)
    block = struct.pack("<e", 0.5) + bytes(range(16))  # low nibbles 0..15, high nibbles 0
    matrices = {"emb.word": 5, **{f"l0.{n}.w": width for n in ("q", "k", "v", "ao", "fi", "fo")}}
    vectors = ["emb.type", "emb.ln.w", "emb.ln.b", "l0.aln.w", "l0.oln.w"]
    vectors += [f"l0.{n}.b" for n in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln")]
    parts = [(n, 1, rows * 32, block * rows) for n, rows in matrices.items()]
    parts += [(n, 0, width, np.ones(width, "<f4").tobytes()) for n in vectors]
    parts.append(("emb.pos", 0, 2 * width, np.ones(2 * width, "<f4").tobytes()))
    at = len(head) + 4 + sum(2 + len(n) + 21 for n, *_ in parts)
    directory, body = struct.pack("<i", len(parts)), b""
    for name, kind, count, data in parts:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, at + len(body), len(data))
        body += data
    path = tmp_path / "e5.bin"
    path.write_bytes(head + directory + body)
    encoder = read_package(path)
    assert encoder.pieces == tuple(pieces)
    row = encoder.word[4]
    assert row[:16].tolist() == [(i - 8) * 0.5 for i in range(16)]
    assert row[16:].tolist() == [-4.0] * 16
    assert encoder.layers[0]["fc1.weight"].shape == (32, 32)
    path.write_bytes(b"none")
    with pytest.raises(TrainingError, match="not an E5S1 file"):
        read_package(path)


def test_a_converted_model_is_restored(base: Path, tmp_path: Path) -> None:
    from models.convert import convert

    convert(base, tmp_path / "converted", quantization="float32")
    restore(tmp_path / "converted", tmp_path / "restored")
    expected, found = net.load(base).state_dict(), net.load(tmp_path / "restored").state_dict()
    pad = len(expected["shared.weight"]) - 1
    for name, value in expected.items():
        if name == "shared.weight":
            value, found[name] = value[:pad], found[name][:pad]
        assert torch.allclose(value, found[name], atol=2e-3), name
    (tmp_path / "converted" / "model.bin").write_bytes(struct.pack("<IH2sI", 5, 2, b"X\0", 1))
    with pytest.raises(ModelUnusable, match="X version 5"):
        restore(tmp_path / "converted", tmp_path / "restored")


def user_pairs(count: int) -> list[tuple[str, str]]:
    nouns = [("苹果", "apples"), ("路", "the roads"), ("果", "the vine")]
    zh, en = zip(*(nouns[i % 3] for i in range(count)), strict=True)
    return [
        (
            f"村民{'种修'[i % 2]}{zh[i]}{i}。",
            f"the villagers {'grow lay'.split()[i % 2]} {en[i]} {i}.",
        )
        for i in range(count)
    ]


def test_fine_tuning_keeps_a_better_model_only(base: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    better = finetune(
        user_pairs(160),
        base,
        tmp_path / "tuned",
        rate=3e-3,
        config=settings(),
        progress=lines.append,
    )
    assert better.written
    assert better.after < better.before
    assert better.held_out == 8
    assert net.load(tmp_path / "tuned").shape == net.load(base).shape
    assert lines[0].startswith("152 pairs, 8 held out")
    assert any(line.startswith("step ") for line in lines)
    worse = finetune(
        user_pairs(160),
        tmp_path / "tuned",
        tmp_path / "none",
        rate=0.5,
        passes=0.2,
        config=settings(),
    )
    assert not worse.written
    assert not (tmp_path / "none").exists()
    with pytest.raises(TrainingError, match="100 are the least"):
        finetune(user_pairs(20), base, tmp_path / "none")


def test_the_command_installs_a_better_model_only(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from models.convert import convert
    from models.manifest import read_manifest
    from translate.cli import yitong
    from translate.errors import RunError, UsageError

    convert(base, tmp_path / "base", licence="MIT", length_penalty=1.5)
    table = tmp_path / "pairs.tsv"
    table.write_text("".join(f"{zh}\t{en}\n" for zh, en in user_pairs(160)), "utf-8")

    def call(out: str, *options: str) -> str:
        command = ["models", "finetune", str(table), "-m", str(tmp_path / "base"), "-o"]
        done = CliRunner().invoke(
            yitong, [*command, str(tmp_path / out), *options], catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return done.output

    assert "8 held-out pairs" in call("ours", "--rate", "3e-3")
    manifest = read_manifest(tmp_path / "ours")
    assert (manifest.name, manifest.licence, manifest.length_penalty) == ("ours", "MIT", 1.5)
    assert "fine-tuned on 160 pairs" in manifest.origin

    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="is no model"):
        call("taken")

    worse = Report(Counter(kept=160), 8, 1.0, 1.5, written=False)
    monkeypatch.setattr("models.training.finetune.finetune", lambda *a, **k: worse)
    with pytest.raises(RunError, match=r"loss 1\.000 to 1\.500\): nothing installed"):
        call("worse", "-q")
    assert not (tmp_path / "worse").exists()
