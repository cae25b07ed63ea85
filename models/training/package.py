"""``package``: the best checkpoint becomes the embedded model, if it is better than that one."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from string import Template

from models.convert import EMBEDDED
from models.convert import convert as to_ctranslate2
from models.training.config import HERE, Source, TrainingError
from models.training.evaluate import Options, TestSet, Translator, measure

MOST_LOST = 0.3
"""chrF++ points that int8 may cost against 32-bit weights."""
LARGEST = 48_000_000
"""Bytes that the embedded weights may have."""


def _rows(figures: dict[str, dict[str, float]]) -> str:
    names = list(dict.fromkeys(name for scores in figures.values() for name in scores))
    lines = ["| | " + " | ".join(figures) + " |", "|---|" + "---:|" * len(figures)]
    lines += [
        f"| {name} | " + " | ".join(str(s.get(name, "")) for s in figures.values()) + " |"
        for name in names
    ]
    return "\n".join(lines)


def samples(sources: Sequence[str], out: Sequence[str], references: Sequence[str]) -> str:
    """Segments as Markdown: source, output, reference."""
    return "\n\n".join(
        f"> {zh}\n>\n> **{en}**\n>\n> {reference}"
        for zh, en, reference in zip(sources, out, references, strict=True)
    )


def card(
    figures: dict[str, dict[str, float]], sources: Sequence[Source], segments: str, name: str
) -> str:
    """The model card: what it is, data, licences, figures, limits, how to make it again."""
    total = sum(s.share for s in sources)
    data = "\n".join(
        f"| {s.title} | {s.origin or 'this project'} | {s.licence} | {s.share / total:.0%} |"
        for s in sources
    )
    template = Template((HERE / "card.md").read_text("utf-8"))
    return template.substitute(name=name, figures=_rows(figures), data=data, segments=segments)


def package(
    directory: Path,
    test: TestSet,
    sources: Sequence[Source],
    name: str,
    samples_from: TestSet | None = None,
    out: Path = EMBEDDED,
    force: bool = False,
) -> dict[str, dict[str, float]]:
    """Convert to int8, compare with 32 bits and with what is packaged, and replace that.

    ``samples_from`` gives the card its segments; without it the card has none, so that no test
    text is published by accident. Returns the figures by column of the card's table.

    Raises:
        TrainingError: int8 costs too much, the file is too large, or the new model is worse.
    """
    options = Options()
    with tempfile.TemporaryDirectory() as folder:
        small, full = Path(folder) / "int8", Path(folder) / "float32"
        to_ctranslate2(directory, small, name=name)
        to_ctranslate2(directory, full, name=name, quantization="float32")
        figures = {
            "this model, int8": measure(small, test, options),
            "32 bits": measure(full, test, replace(options, quantization="float32")),
        }
        if (out / "model.bin").exists():
            figures["before"] = measure(out, test, options)
        size = (small / "model.bin").stat().st_size
        segments = ""
        if samples_from:
            rows = random.Random(0).sample(range(len(samples_from.sources)), 20)
            zh = [samples_from.sources[i] for i in rows]
            said = Translator(small, options)(zh)
            segments = samples(zh, said, [samples_from.references[i] for i in rows])
    _judge(figures, size, force)
    to_ctranslate2(
        directory,
        out,
        name=name,
        licence="Apache-2.0",
        origin="trained by models/training from intfloat/multilingual-e5-small (MIT)",
        length_penalty=options.length_penalty,
    )
    figures.pop("before", None)
    (out / "README.md").write_text(card(figures, sources, segments, name), "utf-8")
    return figures


def _judge(figures: dict[str, dict[str, float]], size: int, force: bool) -> None:
    new, full = figures["this model, int8"]["chrf"], figures["32 bits"]["chrf"]
    if full - new > MOST_LOST:
        raise TrainingError(f"int8 costs {full - new:.2f} chrF++ ({full} to {new}): not packaged")
    if size > LARGEST:
        raise TrainingError(f"{size / 1e6:.1f} MB: more than {LARGEST / 1e6:.0f}: not packaged")
    old = figures.get("before", {}).get("chrf", 0.0)
    if new <= old and not force:
        raise TrainingError(f"chrF++ {new}, the packaged model has {old}: not packaged (--force)")
