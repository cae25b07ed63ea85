"""Scoring: what is counted right, and what a test set must be like."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from glossary import Glossary
from models.fake import FakeEngine
from translate import Translator
from translate.errors import InputError, RunError
from translate.evaluate import comet, evaluate, read_test_set

WORDS = {"全县": "the county", "召开": "held", "大会": "a rally", "筹集": "raised", "。": "."}
PAIRS = [
    ("全县召开大会。", "The county held a rally."),
    ("全县筹集665万元。", "The county raised 6.65 million yuan."),
    ("全县召开2次大会。", "The county held rallies."),
]


def test_the_figures_of_a_run() -> None:
    pytest.importorskip("sacrebleu")
    score = evaluate(Translator(FakeEngine(WORDS), Glossary.load()), PAIRS)
    assert score.right["number"] == (1, 1), "a figure that the reference lacks is not counted"
    assert 50 < score.chrf <= 100
    assert score.chrf != score.bleu
    assert "version:" in score.signatures[0]
    assert [line.reference for line in score.lines] == [e for _, e in PAIRS]
    assert 0.5 < score.length_ratio < 2
    assert json.loads(json.dumps(score.as_dict()))["repetition_rate"] == 0


def test_files_that_do_not_go_together(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.zh", tmp_path / "a.en"
    zh.write_text("一\n二\n", encoding="utf-8")
    en.write_text("one\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 lines"):
        read_test_set(zh, en)
    zh.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no line"):
        read_test_set(zh, en)
    with pytest.raises(InputError, match=r"none\.zh"):
        read_test_set(tmp_path / "none.zh", en)


def test_comet_of_the_users_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sacrebleu")
    scores = [evaluate(Translator(FakeEngine(WORDS), Glossary.load()), PAIRS)]
    with pytest.raises(InputError, match="no COMET checkpoint"):
        comet(scores, tmp_path)
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    (folder / "model.ckpt").write_bytes(b"")

    class Model:
        def predict(self, data: list[dict[str, str]], **_: object) -> SimpleNamespace:
            assert data[0] == {
                "src": PAIRS[0][0],
                "mt": scores[0].lines[0].output,
                "ref": PAIRS[0][1],
            }
            return SimpleNamespace(system_score=0.75 if len(data) == len(PAIRS) else 0.0)

    module = SimpleNamespace(load_from_checkpoint=lambda path: Model())
    monkeypatch.setitem(sys.modules, "comet", module)
    assert comet(scores, tmp_path)[0].comet == 0.75
    monkeypatch.setitem(sys.modules, "comet", None)
    with pytest.raises(RunError, match=r"yitong\[comet\]"):
        comet(scores, folder / "model.ckpt")
