"""Shared by all tests: a small MarianMT model with random weights, and where extra data may be."""

import json
import shutil
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data that lies beside some checkouts; tests that want it skip on other machines."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED


@pytest.fixture(scope="session")
def marian_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A MarianMT directory in transformers' layout: the embedded vocabulary, random weights."""
    torch = pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers import MarianConfig, MarianMTModel

        embedded = ROOT / "models" / "embedded"
        pieces = json.loads((embedded / "source_vocabulary.json").read_text(encoding="utf-8"))
        directory = tmp_path_factory.mktemp("marian")
        size = len(pieces) + 1
        torch.manual_seed(7)
        config = MarianConfig(
            vocab_size=size, d_model=32, encoder_layers=2, decoder_layers=2,
            encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64,
            decoder_ffn_dim=64, max_position_embeddings=64, pad_token_id=size - 1,
            decoder_start_token_id=size - 1, eos_token_id=0, bos_token_id=0,
            forced_eos_token_id=None, init_std=0.4, scale_embedding=True,
        )  # fmt: skip
        MarianMTModel(config).save_pretrained(directory)
    vocabulary = {piece: i for i, piece in enumerate([*pieces, "<pad>"])}
    (directory / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    pair = {
        "source_lang": "zho", "target_lang": "eng", "eos_token": "</s>", "unk_token": "<unk>",
        "pad_token": "<pad>", "tokenizer_class": "MarianTokenizer", "separate_vocabs": False,
    }  # fmt: skip
    (directory / "tokenizer_config.json").write_text(json.dumps(pair), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(embedded / "source.spm", directory / name)
    return directory
