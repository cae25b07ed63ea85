"""``python -m models.training STEP``: the pipeline's steps, in the order in which they are run."""

from __future__ import annotations

import json
from pathlib import Path

import click

from models.training.config import read_config, read_sources

_PATH = click.Path(path_type=Path)


@click.group()
def main() -> None:
    """Make the embedded model: init, prepare, align, train, average, evaluate, package."""


@main.command()
@click.option("--base", type=_PATH, required=True)
@click.option("--out", type=_PATH, required=True)
@click.option("--data", type=_PATH)
@click.option("--config", type=_PATH)
@click.option("--decay", type=int, default=0)
@click.option("--steps", type=int, default=0)
@click.option("--start", type=_PATH)
@click.option("--test", type=_PATH, multiple=True)
def train(
    base: Path,
    out: Path,
    data: Path | None,
    config: Path | None,
    decay: int,
    steps: int,
    start: Path | None,
    test: tuple[Path, ...],
) -> None:
    """Train."""
    from models.training.train import Run, sources_with
    from models.training.train import train as run

    data = data or out
    settings = Run(
        read_config(config),
        sources_with(read_sources(), data),
        base,
        data,
        out,
        decay,
        steps,
        tuple(map(str, test)),
    )
    run(settings, start)


@main.command()
@click.argument("model", type=_PATH)
@click.argument("test", type=_PATH, nargs=-1)
@click.option("--greedy", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def evaluate(model: Path, test: tuple[Path, ...], greedy: bool, as_json: bool) -> None:
    """Evaluate."""
    from models.training.evaluate import evaluate as score
    from models.training.evaluate import read_test_set

    print(json.dumps(score(model, read_test_set(test), beam=1 if greedy else 4)))


main()
