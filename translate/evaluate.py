"""Scoring translations against references: overall, and for what must not go wrong.

chrF++ and BLEU are sacreBLEU's, with its signatures. Beside them stand the figures that an editor
of reports asks for: are the terms, figures, dates and names right in the final text, and which
rung of the ladder made them so? Only constraints that the reference has as well are counted: what
the reference leaves out, or a finder finds wrongly, says nothing of the translation.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from translate.document import Pair
from translate.enforcing.check import occurrences
from translate.errors import InputError, RunError
from translate.loops import loops
from translate.pipeline import Translator
from translate.read import read_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a test set: a source, its reference, what came out, its own chrF++."""

    source: str
    reference: str
    output: str
    score: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A model's figures. Rates are between 0 and 1, speeds a second, memory in MB.

    ``right`` maps a kind (term, number, date, name, place) to (right, all); ``how`` counts the
    rungs that placed all constraints. ``comet`` is None unless :func:`comet` was asked.
    """

    model: str
    chrf: float
    bleu: float
    signatures: tuple[str, str]
    right: Mapping[str, tuple[int, int]]
    how: Mapping[str, int]
    length_ratio: float
    repetition_rate: float
    off_length_rate: float
    pieces_a_second: float
    peak_memory: float
    lines: tuple[Line, ...] = field(repr=False, default=())
    comet: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON; the lines are left out."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "lines"}


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file.

    Raises:
        InputError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read as UTF-8 text ({error})") from error


def read_test_set(sources: Path, references: Path) -> list[tuple[str, str]]:
    """Line-aligned source and reference; pairs with an empty side are left out.

    Raises:
        InputError: a file can't be read, or they differ in length.
    """
    zh, en = read_lines(sources), read_lines(references)
    if len(zh) != len(en):
        raise InputError(
            f"{sources} has {len(zh)} lines, {references} {len(en)}; they must go line by line"
        )
    pairs = [(z, e) for z, e in zip(zh, en, strict=True) if z.strip() and e.strip()]
    if not pairs:
        raise InputError(f"{sources}: no line has both a source and a reference")
    return pairs


def evaluate(
    translator: Translator,
    pairs: Sequence[tuple[str, str]],
    progress: Callable[[int, int], None] | None = None,
) -> Score:
    """Translate the sources of ``pairs`` as one document and score them.

    Raises:
        RunError: sacreBLEU is not installed.
    """
    started = time.perf_counter()
    page = read_text("\n".join(z.strip() for z, _ in pairs))
    (bitext,) = translator.translate_pages([page], progress)
    seconds = time.perf_counter() - started
    by_line: list[list[Pair]] = [[] for _ in pairs]
    for pair in bitext.pairs:
        by_line[pair.segment.paragraph].append(pair)
    outputs = [" ".join(p.target for p in line) for line in by_line]
    references = [e for _, e in pairs]
    chrf, bleu = _metrics()
    pieces = sum(translator.engine.count_pieces(o) for o in outputs)
    characters = sum(map(len, references))
    return Score(
        translator.signature,
        chrf.corpus_score(outputs, [references]).score,
        bleu.corpus_score(outputs, [references]).score,
        (str(chrf.get_signature()), str(bleu.get_signature())),
        _right(by_line, outputs, references),
        Counter(p.how for line in by_line for pair in line for p in pair.placements),
        sum(map(len, outputs)) / characters,
        sum(loops(o) > 0 for o in outputs) / len(outputs),
        sum(not 0.5 <= len(o) / len(r) <= 2 for o, r in zip(outputs, references, strict=True))
        / len(outputs),
        pieces / seconds,
        _peak_memory(),
        tuple(
            Line(z, e, o, chrf.sentence_score(o, [e]).score,
                 tuple(f.code for p in line for f in p.flags))
            for (z, e), o, line in zip(pairs, outputs, by_line, strict=True)
        ),
    )  # fmt: skip


def _peak_memory() -> float:
    """Of this process, in MB; 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _metrics() -> tuple[Any, Any]:
    try:
        from sacrebleu.metrics import BLEU, CHRF
    except ImportError as error:
        raise RunError("scoring needs sacreBLEU: pip install sacrebleu") from error
    return CHRF(word_order=2), BLEU(effective_order=False)


def comet(scores: Sequence[Score], checkpoint: Path) -> list[Score]:
    """The scores with COMET's, of weights that the user has.

    Args:
        scores: from :func:`evaluate`, with their lines.
        checkpoint: a COMET ``model.ckpt``, or the folder of a downloaded model.

    Raises:
        InputError: there is no such checkpoint.
        RunError: COMET is not installed, or can't load it.
    """
    found = checkpoint if checkpoint.is_file() else checkpoint / "checkpoints" / "model.ckpt"
    if not found.is_file():
        raise InputError(f"{checkpoint}: no COMET checkpoint; give its model.ckpt or its folder")
    try:
        from comet import load_from_checkpoint
    except ImportError as error:
        raise RunError("--comet needs COMET: pip install 'yitong[comet]'") from error
    try:
        model = load_from_checkpoint(str(found))
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise RunError(f"{found}: COMET can't load it ({error})") from error
    return [replace(score, comet=_comet_score(model, score.lines)) for score in scores]


def _comet_score(model: Any, lines: Sequence[Line]) -> float:
    data = [{"src": x.source, "mt": x.output, "ref": x.reference} for x in lines]
    return float(model.predict(data, batch_size=8, gpus=0, progress_bar=False).system_score)


def _right(
    by_line: Sequence[Sequence[Pair]], outputs: Sequence[str], references: Sequence[str]
) -> dict[str, tuple[int, int]]:
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for line, output, reference in zip(by_line, outputs, references, strict=True):
        for constraint in (p.constraint for pair in line for p in pair.placements):
            if occurrences(reference, constraint):
                wanted[constraint.kind] += 1
                right[constraint.kind] += bool(occurrences(output, constraint))
    return {kind: (right[kind], wanted[kind]) for kind in sorted(wanted)}
