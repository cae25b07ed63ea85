"""``evaluate``: chrF++ and BLEU of a MarianMT directory, int8, with and without tags."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.config import TrainingError

OPEN, CLOSE = "<t>", "</t>"


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sources and references; ``terms[i]`` are the (source, rendering) terms found in pair i."""

    sources: tuple[str, ...]
    references: tuple[str, ...]
    terms: tuple[tuple[tuple[str, str], ...], ...]


def read_test_set(files: Iterable[Path]) -> TestSet:
    """Read ``NAME.tsv`` (zh TAB en) and, where it stands beside it, ``NAME_terms.tsv``.

    Raises:
        TrainingError: no pair is found.
    """
    sources: list[str] = []
    references: list[str] = []
    terms: list[tuple[tuple[str, str], ...]] = []
    for path in files:
        beside = path.with_name(f"{path.stem}_terms.tsv")
        known = (
            [tuple(x.split("\t")[:2]) for x in beside.read_text("utf-8").splitlines() if "\t" in x]
            if beside.exists()
            else []
        )
        for line in path.read_text("utf-8").splitlines():
            if "\t" in line:
                zh, en = line.split("\t")[:2]
                sources.append(zh)
                references.append(en)
                terms.append(tuple((k[0], k[1]) for k in known if k[0] in zh))
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
            out.append(f"{OPEN} {hit[1]} {CLOSE}")
            said.append(hit[1])
        else:
            out.append(text[i])
        i += len(hit[0]) if hit else 1
    return "".join(out), said


def convert(directory: Path, out: Path, quantization: str = "int8") -> None:
    """Convert a MarianMT directory to CTranslate2, its SentencePiece models beside it."""
    import shutil

    import ctranslate2

    converter = ctranslate2.converters.TransformersConverter(str(directory))
    converter.convert(str(out), quantization=quantization, force=True)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(directory / name, out / name)


class Translator:
    """A converted model that translates lists of sentences."""

    def __init__(self, directory: Path, threads: int = 2) -> None:
        import ctranslate2
        import sentencepiece

        self._pieces: Any = sentencepiece.SentencePieceProcessor(
            model_file=str(directory / "source.spm")
        )
        self._model: Any = ctranslate2.Translator(
            str(directory), device="cpu", inter_threads=1, intra_threads=threads
        )
        self.target_pieces = 0

    def __call__(self, texts: Sequence[str], beam: int = 4, **options: Any) -> list[str]:
        """Translate; tags are left in."""
        results = self._model.translate_batch(
            [[*p[:254], "</s>"] for p in self._pieces.encode(list(texts), out_type=str)],
            beam_size=beam,
            max_batch_size=1536,
            batch_type="tokens",
            max_decoding_length=250,
            **options,
        )
        self.target_pieces += sum(len(r.hypotheses[0]) for r in results)
        return [str(self._pieces.decode(r.hypotheses[0])) for r in results]


def scores(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """chrF++, BLEU and the ratio of lengths in characters."""
    import sacrebleu

    refs = [list(references)]
    return {
        "chrf": round(sacrebleu.corpus_chrf(list(hypotheses), refs, word_order=2).score, 2),
        "bleu": round(sacrebleu.corpus_bleu(list(hypotheses), refs).score, 2),
        "length": round(sum(map(len, hypotheses)) / sum(map(len, references)), 3),
    }


def untagged(text: str) -> str:
    """``text`` without tags."""
    return " ".join(text.replace(OPEN, " ").replace(CLOSE, " \u0000").split()).replace(
        " \u0000,", ","
    ).replace(" \u0000.", ".").replace(" \u0000'", "'").replace(" \u0000", "")


def evaluate(
    directory: Path, test: TestSet, beam: int = 4, threads: int = 2, **options: Any
) -> dict[str, float]:
    """Scores with nothing tagged and, under names with ``tagged_``, with the terms tagged.

    ``tags_exact`` is the part of the tagged renderings that come out in tags, letter for letter;
    ``speed`` is target pieces a second.
    """
    with tempfile.TemporaryDirectory() as folder:
        convert(directory, Path(folder))
        translator = Translator(Path(folder), threads)
        began = time.monotonic()
        out: dict[str, float] = dict(scores(translator(test.sources, beam, **options), test.references))
        out["speed"] = round(translator.target_pieces / (time.monotonic() - began))
        said = [say(s, t) for s, t in zip(test.sources, test.terms, strict=True)]
        if not any(r for _, r in said):
            return out
        raw = translator([s for s, _ in said], beam, **options)
    tagged = scores([untagged(h) for h in raw], test.references)
    out |= {f"tagged_{k}": v for k, v in tagged.items()}
    exact = sum(min(h.count(f"{OPEN} {r} {CLOSE}"), 1) for h, (_, rs) in zip(raw, said, strict=True) for r in rs)
    out["tags_exact"] = round(exact / sum(len(rs) for _, rs in said), 4)
    return out
