"""One contract for all engines, and what each says when its files are not right."""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from models.convert import convert, main
from models.ct2 import CTranslate2Engine
from models.engine import Engine, Request
from models.errors import InputTooLong, ModelError, ModelNotFound, ModelUnusable
from models.fake import FakeEngine
from models.load import EMBEDDED, load, registry, resolve
from models.marian import MarianEngine

SENTENCES = [
    "全县召开干部大会。",
    "好！",
    "“选择我们县，因为这里的服务让我们安心！”一名客商说。",
    "2024年，全县实施重点项目64个，完成投资34.69亿元，新农业、新材料加速成型。",
    "推行<t> whistle-blowing </t>机制，<t> 22 </t>件事项得以解决。",
]


@pytest.fixture(scope="session")
def converted(marian_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("ct2") / "model"
    convert(marian_dir, output, quantization="float32")
    return output


@pytest.fixture(params=["fake", "embedded", "ctranslate2", "transformers"])
def engine(request: pytest.FixtureRequest) -> Engine:
    make: dict[str, Callable[[], Engine]] = {
        "fake": lambda: FakeEngine({"全县": "the county"}),
        "embedded": lambda: load(threads=2),
        "ctranslate2": lambda: CTranslate2Engine(request.getfixturevalue("converted"), threads=2),
        "transformers": lambda: MarianEngine(request.getfixturevalue("marian_dir"), threads=1),
    }
    return make[request.param]()


def test_contract(engine: Engine) -> None:
    assert isinstance(engine, Engine)
    assert engine.name
    assert engine.term_aware
    assert engine.translate([]) == []
    nbest = engine.translate([Request(s) for s in SENTENCES], beam=3, hypotheses=2)
    assert len(nbest) == len(SENTENCES)
    for source, hypotheses in zip(SENTENCES, nbest, strict=True):
        assert len(hypotheses) == 2
        assert hypotheses[0].score >= hypotheses[1].score
        for hypothesis in hypotheses:
            for link in hypothesis.links:
                assert 0 <= link.source_start <= link.source_end <= len(source)
                assert 0 <= link.target_start < link.target_end <= len(hypothesis.text)
                assert 0 <= link.weight <= 1.001


def test_order_does_not_change_the_answers(engine: Engine) -> None:
    forward = engine.translate([Request(s) for s in SENTENCES], beam=2)
    backward = engine.translate([Request(s) for s in reversed(SENTENCES)], beam=2)
    assert [h[0].text for h in forward] == [h[0].text for h in reversed(backward)]


def test_a_prefix_begins_the_answer(engine: Engine) -> None:
    for beam in (1, 3):
        requests = [Request(SENTENCES[0], "The county has"), Request(SENTENCES[1])]
        ((first,), _) = engine.translate(requests, beam=beam)
        assert first.text.startswith("The county has")


def test_too_long_a_sentence_is_refused(engine: Engine) -> None:
    with pytest.raises(InputTooLong):
        engine.translate([Request("县里" * (engine.max_pieces + 50))])


@pytest.mark.parametrize("beam", [1, 4])
def test_both_engines_give_the_same_hypotheses(
    marian_dir: Path, converted: Path, beam: int
) -> None:
    requests = [Request(s) for s in SENTENCES]
    ours = CTranslate2Engine(converted, threads=1).translate(requests, beam=beam)
    theirs = MarianEngine(marian_dir, threads=1).translate(requests, beam=beam)
    # Random weights never end: the engines cut them off at other lengths, by their batches.
    for a, b in zip(ours, theirs, strict=True):
        assert a[0].text[:60] == b[0].text[:60]
        if beam == 1:
            # With a beam CTranslate2 reports the first piece's attention of another hypothesis.
            links = zip(a[0].links[:20], b[0].links, strict=False)
            assert all(x.source_start == y.source_start for x, y in links)


def test_embedded_model_of_the_shared_checkpoint_agrees(shared: Path, tmp_path: Path) -> None:
    source = shared / "model-base"
    convert(source, tmp_path / "float32", quantization="float32")
    requests = [Request(s) for s in SENTENCES]
    ours = CTranslate2Engine(tmp_path / "float32", threads=2).translate(requests, beam=4)
    theirs = MarianEngine(source, threads=1).translate(requests, beam=4)
    assert [h[0].text for h in ours] == [h[0].text for h in theirs]


def test_conversion_keeps_what_lies_beside_it(marian_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "NOTICE").write_text("kept", encoding="utf-8")
    assert main([str(marian_dir), "-o", str(tmp_path), "--name", "small"]) == 0
    assert (tmp_path / "NOTICE").read_text(encoding="utf-8") == "kept"
    engine = CTranslate2Engine(tmp_path)
    assert engine.name.startswith("small@")
    assert engine.max_pieces == 63
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_a_marian_directory_is_converted_once(
    marian_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.load._cache", lambda: tmp_path)
    said: list[str] = []
    first = resolve(str(marian_dir), said.append)
    assert resolve(str(marian_dir), said.append) == first
    assert len(said) == 1
    assert "converting" in said[0]


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(EMBEDDED, copy)
    weights = copy / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelUnusable, match="damaged"):
        load(str(copy))
    weights.unlink()
    with pytest.raises(ModelUnusable, match="missing"):
        load(str(copy))


def test_another_language_pair_is_refused(marian_dir: Path, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(marian_dir, copy)
    settings = json.loads((copy / "tokenizer_config.json").read_text(encoding="utf-8"))
    settings["target_lang"] = "fra"
    (copy / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ModelUnusable, match="not Chinese to English"):
        convert(copy, tmp_path / "out")
    with pytest.raises(ModelUnusable, match="not Chinese to English"):
        resolve("Helsinki-NLP/opus-mt-en-zh", print)


@pytest.mark.parametrize("name", ["source.spm", "vocab.json", "model.safetensors", "config.json"])
def test_a_missing_file_is_named(marian_dir: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(marian_dir, copy)
    (copy / name).unlink()
    with pytest.raises(ModelUnusable, match=name):
        convert(copy, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(ModelNotFound, match="opus-mt-zh-en"):
        load("no-such-model")
    assert "embedded" in registry()


def test_without_a_network_the_way_round_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("huggingface_hub")

    def no_network(*_: object, **__: object) -> str:
        raise OSError("no route to host")

    monkeypatch.setattr("huggingface_hub.snapshot_download", no_network)
    with pytest.raises(ModelError, match="-m FOLDER"):
        load("Some-Owner/some-mt-zh-en")


def test_the_layout_of_opus_mt_works_as_an_ordinary_model(shared: Path, tmp_path: Path) -> None:
    """Its own tokenizer, vocabulary and configuration; random weights, one layer a side."""
    torch = pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers import MarianConfig, MarianMTModel

        layout = tmp_path / "opus-mt-zh-en"
        shutil.copytree(shared / "models" / "opus-mt-zh-en-layout", layout)
        config = MarianConfig.from_pretrained(layout)
        config.encoder_layers = config.decoder_layers = 1
        torch.manual_seed(1)
        MarianMTModel(config).save_pretrained(layout)
    convert(layout, tmp_path / "converted")
    engine = CTranslate2Engine(tmp_path / "converted", threads=1)
    assert not engine.term_aware
    assert engine.max_pieces == 511
    ((hypothesis,),) = engine.translate([Request("全县召开大会。", "The county")], beam=2)
    assert hypothesis.text.startswith("The county")
    assert hypothesis.links
