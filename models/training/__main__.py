"""``python -m models.training STEP``: the pipeline's steps, in the order in which they are run.

\b
  init      the pretrained encoder becomes a Marian model        --out BASE
  prepare   sources become clean pairs, with counts              --base BASE --out RUN
  align     word alignment of the pairs                          --base BASE --out RUN
  tag       the product's finders mark figures, dates, names     --out RUN
  train     goes on until stopped, also when started again       --base BASE --out RUN
  average   the mean of checkpoints
  evaluate  chrF++ and BLEU, with and without tags
  package   the embedded model is replaced, if it gets better
  finetune  a model on one's own pairs, in minutes
  plot      RUN/history.jsonl as SVG
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import click

from models.convert import EMBEDDED
from models.errors import ModelError
from models.training.config import HERE, Config, Source, read_config, read_sources

_FOLDER = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, exists=True)


@click.group(help=__doc__)
@click.option("--config", type=_FILE, help="Settings; the packaged config.toml if not given.")
@click.option("--sources", type=_FILE, help="The sources' table; the packaged one if not given.")
@click.pass_context
def main(context: click.Context, config: Path | None, sources: Path | None) -> None:
    """Read the settings that all steps share."""
    context.obj = (read_config(config), read_sources(sources))


@main.command()
@click.option("--out", type=_FOLDER, required=True, help="The MarianMT directory to write.")
@click.option("--encoder", type=_FOLDER, help="Hub directory of multilingual-e5-small.")
@click.option("--corpus", type=_FOLDER, default=HERE / "corpus", help="Text that chooses pieces.")
@click.option("--size", default=22000, help="Pieces of the vocabulary.")
def init(out: Path, encoder: Path | None, corpus: Path, size: int) -> None:
    """Build the Marian model and prove it against the pretrained encoder."""
    from models.training import encoder as pretrained
    from models.training import initial, vocabulary

    source = pretrained.read_hub(encoder) if encoder else pretrained.read_package()
    texts = [
        (1.0, side)
        for path in sorted(corpus.glob("pairs/*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        for side in line.split("\t")[:2]
    ]
    spm, origin = vocabulary.build(source, vocabulary.count(source, texts), size)
    initial.build(source, spm, origin, out, (3, 7, 11))
    proof = initial.prove(source, out, origin, [text for _, text in texts[:40]])
    click.echo(f"{out}: {len(origin):,} pieces; cosine to the encoder by layer:")
    click.echo(" ".join(f"{x:.4f}" for x in proof.by_layer))
    if proof.lowest < 0.99:
        raise click.ClickException(f"cosine {proof.lowest:.4f} is under 0.99: not usable")


@main.command()
@click.option("--base", type=_FILE, required=True, help="MarianMT directory with the pieces.")
@click.option("--out", type=_FOLDER, required=True, help="The run's folder.")
@click.option("--corpus", type=_FOLDER, default=HERE / "corpus", help="The in-domain corpus.")
@click.option("--parallel", type=_FOLDER, help="Folder of the open parallel text.")
@click.option("--test", type=_FILE, multiple=True, help="Files that must not be trained on.")
@click.pass_obj
def prepare(
    settings: tuple[Config, tuple[Source, ...]],
    base: Path,
    out: Path,
    corpus: Path,
    parallel: Path | None,
    test: tuple[Path, ...],
) -> None:
    """Clean, filter, deduplicate; print what was dropped and why."""
    from models.training import prepare as step
    from models.training.pieces import Vocabulary

    config, sources = settings
    roots = {"corpus": corpus} | ({"parallel": parallel} if parallel else {})
    sources = tuple(s for s in sources if s.generated or s.root in roots)
    counts = step.run(config, sources, roots, test, Vocabulary(base), out)
    for name, row in counts.items():
        click.echo(f"{name}: " + ", ".join(f"{k} {v:,}" for k, v in row.items()))


def _prepared(sources: tuple[Source, ...], out: Path) -> list[str]:
    return [s.name for s in sources if (out / "data" / f"{s.name}.tsv").exists()]


@main.command()
@click.option("--base", type=_FILE, required=True)
@click.option("--out", type=_FOLDER, required=True)
@click.pass_obj
def align(settings: tuple[Config, tuple[Source, ...]], base: Path, out: Path) -> None:
    """Align the prepared pairs with eflomal; drop the loosest of mined sources."""
    from models.training.align import align as step
    from models.training.align import drop_loosest
    from models.training.pieces import Vocabulary

    config, sources = settings
    vocabulary = Vocabulary(base)
    for name, links in step(_prepared(sources, out), vocabulary, out).items():
        click.echo(f"{name}: {links:,} links")
    for source in sources:
        if source.mined and (out / "data" / f"{source.name}.tsv").exists():
            gone = drop_loosest(source.name, config.data.loosest, vocabulary, out)
            click.echo(f"{source.name}: the {gone:,} loosest pairs dropped")


@main.command()
@click.option("--out", type=_FOLDER, required=True)
@click.option("--only", multiple=True, help="These sources only.")
@click.pass_obj
def tag(settings: tuple[Config, tuple[Source, ...]], out: Path, only: tuple[str, ...]) -> None:
    """Mark what the product itself would tag."""
    from models.training import annotate

    finders = [annotate.load(name) for name in settings[0].tags.annotators]
    for name in only or _prepared(settings[1], out):
        row = annotate.annotate(name, finders, out)
        click.echo(f"{name}: " + ", ".join(f"{k} {v:,}" for k, v in row.items()))


@main.command()
@click.option("--base", type=_FILE, required=True, help="MarianMT directory to begin from.")
@click.option("--out", type=_FOLDER, required=True, help="The run's folder; goes on if it has one.")
@click.option("--data", type=_FOLDER, help="Folder of the prepared pairs, if it is another.")
@click.option("--start", type=_FILE, help="A state.pt to branch from.")
@click.option("--decay", default=0, help="Steps in which the rate goes to zero; 0: constant.")
@click.option("--steps", default=0, help="Step to stop at; 0: never.")
@click.option("--test", type=_FILE, multiple=True, help="zh TAB en, scored now and then.")
@click.pass_obj
def train(
    settings: tuple[Config, tuple[Source, ...]],
    base: Path,
    out: Path,
    data: Path | None,
    start: Path | None,
    decay: int,
    steps: int,
    test: tuple[Path, ...],
) -> None:
    """Train; a kill costs the minutes since the last save."""
    from models.training.train import Run, sources_with
    from models.training.train import train as step

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    data = data or out
    sources = sources_with(settings[1], data)
    step(Run(settings[0], sources, base, data, out, decay, steps, tuple(map(str, test))), start)


@main.command()
@click.argument("models", type=_FILE, nargs=-1, required=True)
@click.option("--out", type=_FOLDER, required=True)
def average(models: tuple[Path, ...], out: Path) -> None:
    """Write the mean of MarianMT directories."""
    from models.training.average import average as step

    step(models, out)


@main.command()
@click.argument("model", type=_FILE)
@click.argument("test", type=_FILE, nargs=-1, required=True)
@click.option("--beam", default=6)
@click.option("--length-penalty", default=1.5)
@click.option("--quantization", default="int8")
@click.option("--every", default=1, help="Every n-th pair only.")
@click.option("--all-tags", is_flag=True, help="Figures, dates and names tagged as well.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def evaluate(
    settings: tuple[Config, tuple[Source, ...]],
    model: Path,
    test: tuple[Path, ...],
    beam: int,
    length_penalty: float,
    quantization: str,
    every: int,
    all_tags: bool,
    as_json: bool,
) -> None:
    """Score a MarianMT or a converted directory."""
    from models.training.annotate import load
    from models.training.evaluate import Options, read_test_set
    from models.training.evaluate import evaluate as step

    options = Options(beam, length_penalty, quantization=quantization)
    finders = [load(name) for name in settings[0].tags.annotators] if all_tags else []
    found = step(model, read_test_set(test, finders).sample(every), options)
    click.echo(json.dumps(found) if as_json else "\n".join(f"{k}\t{v}" for k, v in found.items()))


@main.command()
@click.argument("model", type=_FILE)
@click.argument("test", type=_FILE, nargs=-1, required=True)
@click.option("--name", required=True, help="Name for signatures, such as yitong-2.")
@click.option("--samples", type=_FILE, multiple=True, help="zh TAB en that the card may print.")
@click.option("--force", is_flag=True, help="Package it though it is no better.")
@click.pass_obj
def package(
    settings: tuple[Config, tuple[Source, ...]],
    model: Path,
    test: tuple[Path, ...],
    name: str,
    samples: tuple[Path, ...],
    force: bool,
) -> None:
    """Replace the embedded model and write its card."""
    from models.training.evaluate import read_test_set
    from models.training.package import package as step

    shown = read_test_set(samples) if samples else None
    figures = step(model, read_test_set(test), settings[1], name, shown, force=force)
    click.echo(json.dumps(figures, indent=1))


@main.command()
@click.argument("pairs", type=_FILE, nargs=-1, required=True)
@click.option("--model", type=_FILE, default=EMBEDDED, help="MarianMT or converted directory.")
@click.option("--out", type=_FOLDER, required=True, help="The MarianMT directory to write.")
@click.option("--passes", default=3.0, help="How often each pair is seen.")
@click.option("--rate", default=1e-4)
@click.pass_obj
def finetune(
    settings: tuple[Config, tuple[Source, ...]],
    pairs: tuple[Path, ...],
    model: Path,
    out: Path,
    passes: float,
    rate: float,
) -> None:
    """Fine-tune on files of zh TAB en; a model that gets worse is not written."""
    from models.training.finetune import finetune as step

    rows = [
        (fields[0], fields[1])
        for path in pairs
        for line in path.read_text("utf-8").splitlines()
        if len(fields := line.split("\t")) > 1
    ]
    report = step(
        rows, model, out, passes=passes, rate=rate, config=settings[0], progress=click.echo
    )
    if not report.written:
        raise click.ClickException("it got worse on the held-out pairs: nothing written")
    click.echo(f"{out}: written; python -m models.convert {out} -o DIR makes it usable")


@main.command()
@click.argument("history", type=_FILE)
@click.option("--out", type=_FOLDER, required=True, help="The SVG.")
def plot(history: Path, out: Path) -> None:
    """Draw a run."""
    from models.training.plot import plot as step

    step(history, out)


if __name__ == "__main__":
    try:
        main(prog_name="python -m models.training")
    except ModelError as error:
        sys.stderr.write(f"training: {error}\n")
        sys.exit(1)
