"""``yitong models``: what can translate, and making more of it usable."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click


@click.group()
def models() -> None:
    """List, convert and fine-tune models."""


@models.command("list")
def list_models() -> None:
    """List the models that have a short name.

    \b
    Example:
      yitong models list
    """
    from models.load import registry

    for model in registry().values():
        terms = "term-aware" if model.term_aware else "ordinary"
        click.echo(f"{model.name:22} {terms:11} {model.about} ({model.licence})")


@models.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--quantization", default="int8", show_default=True)
def convert(directory: Path, output: Path, quantization: str) -> None:
    """Convert a MarianMT directory to CTranslate2, to use it with -m OUTPUT.

    \b
    Example:
      yitong models convert opus-mt-zh-en/ converted/
    """
    from models.convert import convert as run

    manifest = run(directory, output, quantization=quantization)
    click.echo(f"{output}: {manifest.label}, {manifest.size / 1e6:.1f} MB")


@models.command()
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path),
              help="Folder of the new model; use it with -m.")  # fmt: skip
@click.option("-m", "--model", default="embedded", show_default=True, help="Model to begin from.")
@click.option("--passes", type=click.FloatRange(0.1, 50), default=3.0, show_default=True,
              help="How often each pair is seen.")  # fmt: skip
@click.option("--rate", type=click.FloatRange(1e-6, 1e-2), default=1e-4, show_default=True,
              help="Learning rate at the start; it falls to zero.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on the way.")
def finetune(
    pairs: tuple[Path, ...], out: Path, model: str, passes: float, rate: float, quiet: bool
) -> None:  # fmt: skip
    """Fine-tune a model on your own translations; one that gets worse is not installed.

    PAIRS are tables (.tsv, .csv) of Chinese and English, translation memories (.tmx) or earlier
    output (.jsonl). A part of them is held out to compare the model before and after. Some
    thousand pairs take minutes on two cores. Needs pip install 'yitong[marian]'.

    \b
    Example:
      yitong models finetune memory.tmx -o ours/
      yitong translate report.txt -m ours/
    """
    import tempfile

    from models.convert import convert as install
    from models.load import resolve
    from models.manifest import FILE_NAME, read_manifest
    from models.marian import require_marian
    from models.training.finetune import finetune as run
    from translate.errors import RunError, UsageError

    def say(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    if out.exists() and not (
        out.is_dir() and ((out / FILE_NAME).exists() or not any(out.iterdir()))
    ):
        raise UsageError(f"{out}: is there and is no model; give another folder")
    rows = list(_rows(pairs))
    require_marian()
    directory = resolve(model, say)
    before = read_manifest(directory)
    with tempfile.TemporaryDirectory() as folder:
        tuned = Path(folder) / "tuned"
        report = run(rows, directory, tuned, passes=passes, rate=rate, progress=say)
        dropped = ", ".join(f"{n} {why}" for why, n in report.counts.items() if why != "kept")
        say(f"{report.counts['kept']:,} pairs used" + (f"; left out: {dropped}" if dropped else ""))
        if not report.written:
            raise RunError(
                f"the model got worse on the {report.held_out} held-out pairs (loss "
                f"{report.before:.3f} to {report.after:.3f}): nothing installed; check that the "
                "pairs are translations of one another, or give a smaller --rate"
            )
        manifest = install(
            tuned, out, name=out.resolve().name, licence=before.licence,
            origin=f"{before.label}, fine-tuned on {report.counts['kept']:,} pairs",
            length_penalty=before.length_penalty,
        )  # fmt: skip
    score = "" if report.chrf is None else " chrF++ {:.2f} to {:.2f},".format(*report.chrf)
    click.echo(
        f"{out}: {manifest.label};{score} loss {report.before:.3f} to {report.after:.3f} on"
        f" {report.held_out} held-out pairs"
    )


def _rows(paths: Iterable[Path]) -> Iterable[tuple[str, str]]:
    from glossary.pairs import read_pairs

    for path in paths:
        for sentence in read_pairs(path):
            yield sentence.source, sentence.target
