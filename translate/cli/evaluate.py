"""``yitong evaluate``: score one model or several against references, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from translate.evaluate import Score


@click.command()
@click.option("--src", "sources", required=True, type=click.Path(path_type=Path),
              help="Chinese, one sentence a line.")  # fmt: skip
@click.option("--ref", "references", required=True, type=click.Path(path_type=Path),
              help="English references, line by line.")  # fmt: skip
@click.option("--terms", multiple=True, type=click.Path(path_type=Path),
              help="Glossary file to enforce and to score; may be repeated.")  # fmt: skip
@click.option("-m", "--model", "models", multiple=True, default=("embedded",), show_default=True,
              help="May be repeated, to compare.")  # fmt: skip
@click.option("--no-builtin", is_flag=True, help="Leave the built-in glossary out.")
@click.option("--beam", type=click.IntRange(1, 16), default=3, show_default=True)
@click.option("--threads", type=click.IntRange(0), default=0, help="Cores to use; 0 for all.")
@click.option("--comet", "checkpoint", type=click.Path(path_type=Path),
              help="COMET checkpoint of yours, to score with it too.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="HTML page, worst lines first.")
def evaluate(
    sources: Path, references: Path, terms: tuple[Path, ...], models: tuple[str, ...],
    no_builtin: bool, beam: int, threads: int, checkpoint: Path | None, as_json: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Score translations: chrF++, BLEU, terms, figures, dates and names right, speed, memory.

    \b
    Example:
      yitong evaluate --src test.zh --ref test.en -m embedded -m opus-mt-zh-en -o scores.html
    """
    from glossary import Glossary
    from models.load import load
    from translate.evaluate import comet, read_test_set
    from translate.evaluate import evaluate as run
    from translate.output import check_writable, write_atomically
    from translate.pipeline import Translator

    if out is not None:
        check_writable(out)
    pairs = read_test_set(sources, references)
    glossary = Glossary.load(builtin=not no_builtin, files=list(terms))
    scores = [run(Translator(load(m, threads=threads), glossary, beam=beam), pairs) for m in models]
    if checkpoint is not None:
        scores = comet(scores, checkpoint)
    if out is not None:
        write_atomically(out, _page(scores).encode("utf-8"))
    if as_json:
        click.echo(json.dumps([s.as_dict() for s in scores], ensure_ascii=False, indent=1))
    else:
        _table(scores)


def rows(scores: list[Score]) -> list[tuple[str, list[str]]]:
    """The comparison: a row a figure, a column a model."""
    kinds = sorted({kind for s in scores for kind in s.right})
    found = [
        ("chrF++", [f"{s.chrf:.2f}" for s in scores]),
        ("BLEU", [f"{s.bleu:.2f}" for s in scores]),
    ]
    if any(s.comet is not None for s in scores):
        found.append(("COMET", ["" if s.comet is None else f"{s.comet:.4f}" for s in scores]))
    for kind in kinds:
        counts = [s.right.get(kind, (0, 0)) for s in scores]
        found.append((f"{kind} right", [f"{a} of {b}" for a, b in counts]))
    hows = ("tagged", "model", "redecoded", "substituted", "missing")
    found += [(f"placed: {how}", [str(s.how.get(how, 0)) for s in scores]) for how in hows]
    found += [
        ("length ratio", [f"{s.length_ratio:.2f}" for s in scores]),
        ("repetition", [f"{s.repetition_rate:.1%}" for s in scores]),
        ("under half, over twice", [f"{s.off_length_rate:.1%}" for s in scores]),
        ("pieces a second", [f"{s.pieces_a_second:.0f}" for s in scores]),
        ("peak memory, MB", [f"{s.peak_memory:.0f}" for s in scores]),
    ]
    return found


def _table(scores: list[Score]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", *[s.model.split("|")[1].removeprefix("model:") for s in scores])
    for name, cells in rows(scores):
        table.add_row(name, *cells)
    console = Console()
    console.print(table)
    for signature in (*scores[0].signatures, *(s.model for s in scores)):
        console.print(signature, highlight=False, soft_wrap=True)


def _page(scores: list[Score]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("translate", "output"), autoescape=True, undefined=StrictUndefined
    )
    lines = [(s.model, sorted(s.lines, key=lambda x: x.score)) for s in scores]
    template = environment.get_template("scores.html.j2")
    return template.render(scores=scores, rows=rows(scores), lines=lines)
