"""``evaluate``: chrF++ and BLEU of a model, int8, with nothing tagged and with its terms tagged.

This is the trainer's own measure, of the model alone; what the product makes of a report, with
the ladder behind it, is measured by ``yitong evaluate``.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engine import TAG_CLOSE, TAG_OPEN
from models.training.config import TrainingError

Terms = tuple[tuple[str, str], ...]
_TAGGED = re.compile(rf"{TAG_OPEN} ?(.*?) ?{TAG_CLOSE}")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sources and references; ``terms[i]`` are the (source, rendering) terms found in pair i."""

    sources: tuple[str, ...]
    references: tuple[str, ...]
    terms: tuple[Terms, ...]

    def sample(self, step: int) -> TestSet:
        """Every ``step``-th pair."""
        return TestSet(self.sources[::step], self.references[::step], self.terms[::step])


@dataclass(frozen=True, slots=True)
class Options:
    """How to decode."""

    beam: int = 6
    length_penalty: float = 1.5
    threads: int = 2
    quantization: str = "int8"


def read_test_set(files: Iterable[Path]) -> TestSet:
    """Read ``NAME.tsv`` (zh TAB en) and, where it stands beside it, ``NAME_terms.tsv``.

    Raises:
        TrainingError: no pair is found.
    """
    sources: list[str] = []
    references: list[str] = []
    terms: list[Terms] = []
    for path in files:
        if path.stem.endswith("_terms"):
            continue
        beside = path.with_name(f"{path.stem}_terms.tsv")
        lines = beside.read_text("utf-8").splitlines() if beside.exists() else []
        known = [(a, b) for a, b, *_ in (x.split("\t") for x in lines if "\t" in x)]
        for line in path.read_text("utf-8").splitlines():
            if "\t" in line:
                zh, en = line.split("\t")[:2]
                sources.append(zh)
                references.append(en)
                terms.append(tuple(k for k in known if k[0] in zh))
    if not sources:
        raise TrainingError("no pairs in the test set: give files of zh TAB en")
    return TestSet(tuple(sources), tuple(references), tuple(terms))


def say(text: str, terms: Sequence[tuple[str, str]]) -> tuple[str, list[str]]:
    """``text`` with its terms tagged, longest first, and the renderings that were put in."""
    out: list[str] = []
    said: list[str] = []
    i = 0
    ordered = sorted(terms, key=lambda t: -len(t[0]))
    while i < len(text):
        hit = next((t for t in ordered if text.startswith(t[0], i)), None)
        if hit:
            out.append(f"{TAG_OPEN} {hit[1]} {TAG_CLOSE}")
            said.append(hit[1])
        else:
            out.append(text[i])
        i += len(hit[0]) if hit else 1
    return "".join(out), said


def untagged(text: str) -> str:
    """``text`` without tags, what stood between them kept."""
    plain = _TAGGED.sub(lambda m: m[1], text)
    return plain.replace(f"{TAG_OPEN} ", "").replace(f" {TAG_CLOSE}", "")


def exact(hypotheses: Sequence[str], said: Sequence[Sequence[str]]) -> float:
    """The part of the renderings that come out between tags, letter for letter."""
    right = total = 0
    for hypothesis, renderings in zip(hypotheses, said, strict=True):
        found = [m[1] for m in _TAGGED.finditer(hypothesis)]
        for rendering in renderings:
            total += 1
            if rendering in found:
                found.remove(rendering)
                right += 1
    return right / max(1, total)


def convert(directory: Path, out: Path, quantization: str = "int8") -> None:
    """Convert a MarianMT directory as the packaged model is."""
    from models.convert import convert as to_ctranslate2

    to_ctranslate2(directory, out, quantization=quantization)


class Translator:
    """A converted model that translates lists of sentences; tags are left in."""

    def __init__(self, directory: Path, options: Options) -> None:
        import ctranslate2
        import sentencepiece

        self._pieces: Any = sentencepiece.SentencePieceProcessor(
            model_file=str(directory / "source.spm")
        )
        self._model: Any = ctranslate2.Translator(
            str(directory), device="cpu", inter_threads=1, intra_threads=options.threads
        )
        self._options = options
        self.pieces = 0
        self.seconds = 0.0

    def __call__(self, texts: Sequence[str]) -> list[str]:
        """The best hypothesis of each text."""
        began = time.monotonic()
        results = self._model.translate_batch(
            [[*p[:254], "</s>"] for p in self._pieces.encode(list(texts), out_type=str)],
            beam_size=self._options.beam,
            length_penalty=self._options.length_penalty,
            max_batch_size=1536,
            batch_type="tokens",
            max_decoding_length=250,
        )
        self.seconds += time.monotonic() - began
        self.pieces += sum(len(r.hypotheses[0]) for r in results)
        return [str(self._pieces.decode(r.hypotheses[0])) for r in results]


def scores(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """chrF++, BLEU, the ratio of lengths in characters, and the part of odd segments.

    Odd is under half or over twice the reference's length, or a word four times in a row.
    """
    import sacrebleu

    refs = [list(references)]
    odd = sum(
        not 0.5 <= len(h) / len(r) <= 2 or re.search(r"\b(\w+)(?:\W+\1\b){3}", h) is not None
        for h, r in zip(hypotheses, references, strict=True)
        if r
    )
    return {
        "chrf": round(sacrebleu.corpus_chrf(list(hypotheses), refs, word_order=2).score, 2),
        "bleu": round(sacrebleu.corpus_bleu(list(hypotheses), refs).score, 2),
        "length": round(sum(map(len, hypotheses)) / sum(map(len, references)), 3),
        "odd": round(odd / len(references), 4),
    }


def measure(converted: Path, test: TestSet, options: Options) -> dict[str, float]:
    """Scores of a converted model; names with ``tagged_`` are those with the terms tagged.

    ``speed`` is target pieces a second, all of the threads together.
    """
    translator = Translator(converted, options)
    out = dict(scores(translator(test.sources), test.references))
    said = [say(s, t) for s, t in zip(test.sources, test.terms, strict=True)]
    if any(renderings for _, renderings in said):
        raw = translator([text for text, _ in said])
        tagged = scores([untagged(h) for h in raw], test.references)
        out |= {f"tagged_{k}": v for k, v in tagged.items()}
        out["tags_exact"] = round(exact(raw, [r for _, r in said]), 4)
    out["speed"] = round(translator.pieces / max(translator.seconds, 1e-9))
    return out


def evaluate(directory: Path, test: TestSet, options: Options | None = None) -> dict[str, float]:
    """Scores of a MarianMT directory, converted first, or of a converted one as it is."""
    options = options or Options()
    if (directory / "model.bin").exists():
        return measure(directory, test, options)
    with tempfile.TemporaryDirectory() as folder:
        convert(directory, Path(folder) / "model", options.quantization)
        return measure(Path(folder) / "model", test, options)
