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
from models.training.annotate import Annotator
from models.training.config import TrainingError

Said = tuple[tuple[int, int, str], ...]
_TAGGED = re.compile(rf"{TAG_OPEN} ?(.*?) ?{TAG_CLOSE}")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sources and references; ``said[i]`` is what to tag in source i: (start, end, rendering)."""

    sources: tuple[str, ...]
    references: tuple[str, ...]
    said: tuple[Said, ...]

    def sample(self, step: int) -> TestSet:
        """Every ``step``-th pair."""
        return TestSet(self.sources[::step], self.references[::step], self.said[::step])


@dataclass(frozen=True, slots=True)
class Options:
    """How to decode."""

    beam: int = 6
    length_penalty: float = 1.5
    threads: int = 2
    quantization: str = "int8"


def read_test_set(files: Iterable[Path], finders: Sequence[Annotator] = ()) -> TestSet:
    """Read ``NAME.tsv`` (zh TAB en) and, where it stands beside it, ``NAME_terms.tsv``.

    What is tagged are those terms, longest first, and whatever else ``finders`` (see
    :mod:`models.training.annotate`) find in the sources of a file, its report.

    Raises:
        TrainingError: no pair is found.
    """
    pairs: list[tuple[str, str]] = []
    said: list[Said] = []
    for path in files:
        if path.stem.endswith("_terms"):
            continue
        beside = path.with_name(f"{path.stem}_terms.tsv")
        lines = beside.read_text("utf-8").splitlines() if beside.exists() else []
        terms = [(a, b) for a, b, *_ in (x.split("\t") for x in lines if "\t" in x)]
        rows = [x.split("\t") for x in path.read_text("utf-8").splitlines() if "\t" in x]
        texts = [row[0] for row in rows]
        pairs += [(row[0], row[1]) for row in rows]
        found = [finder(texts) for finder in finders]
        said += [_said(t, terms, [list(f[i]) for f in found]) for i, t in enumerate(texts)]
    if not pairs:
        raise TrainingError("no pairs in the test set: give files of zh TAB en")
    sources, references = zip(*pairs, strict=True)
    return TestSet(sources, references, tuple(said))


def _said(text: str, terms: Sequence[tuple[str, str]], found: Sequence[Sequence[Any]]) -> Said:
    spans: list[tuple[int, int, str]] = []

    def offer(start: int, end: int, rendering: str) -> None:
        if all(end <= a or b <= start for a, b, _ in spans):
            spans.append((start, end, rendering))

    for zh, en in sorted(terms, key=lambda t: -len(t[0])):
        for match in re.finditer(re.escape(zh), text):
            offer(*match.span(), en)
    for things in found:
        for thing in things:
            offer(thing.start, thing.end, thing.target)
    return tuple(sorted(spans))


def say(text: str, said: Said) -> str:
    """``text`` with its spans replaced by their renderings, tagged."""
    for start, end, rendering in reversed(said):
        text = f"{text[:start]}{TAG_OPEN} {rendering} {TAG_CLOSE}{text[end:]}"
    return text


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
    if any(test.said):
        raw = translator([say(s, t) for s, t in zip(test.sources, test.said, strict=True)])
        tagged = scores([untagged(h) for h in raw], test.references)
        out |= {f"tagged_{k}": v for k, v in tagged.items()}
        out["tags_exact"] = round(exact(raw, [[r for *_, r in t] for t in test.said]), 4)
        out["tags"] = sum(map(len, test.said))
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
