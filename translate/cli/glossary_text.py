"""``yitong glossary``: commands that read reports and earlier outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary import open_store, put_json, put_table
from translate.cli.glossary_quality import entries_of

if TYPE_CHECKING:
    from glossary.entry import Entry
    from glossary.impact import Affected
    from glossary.pairs import Sentence

_JSON = click.option("--json", "as_json", is_flag=True, help="Output for scripts.")


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--parallel", "-p", multiple=True, type=click.Path(path_type=Path),
              help="TSV, TMX or JSONL pairs to look renderings up in; repeatable.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
              help="A CSV to fill in, and to import when it is done.")  # fmt: skip
@_JSON
@click.pass_context
def extract(
    ctx: click.Context,
    reports: tuple[Path, ...],
    limit: int,
    parallel: tuple[Path, ...],
    output: Path | None,
    as_json: bool,
) -> None:
    """Find candidate terms in Chinese reports that the glossary does not have.

    \b
    Examples:
      yitong glossary extract report.txt
      yitong glossary extract report.txt -p memory.tsv -o candidates.csv
    """
    from glossary.extract import Miner
    from translate.pipeline import prepare
    from translate.read import read as read_report

    store = open_store(ctx)
    texts = {str(p): prepare(read_report(p)).text for p in _files(reports)}
    found = Miner(s.entry for s in store.entries()).extract(
        texts, parallel=_pairs(parallel), limit=limit
    )
    if output is not None:
        _write_candidates(output, found)
        click.echo(f"{output}: {len(found)} candidates: fill in the column en, then import it")
    elif as_json:
        put_json([asdict(c) for c in found])
    else:
        put_table(
            ("term", "kind", "score", "times", "reports", "rendering", "example"),
            [
                (c.text, c.kind, f"{c.score:.1f}", str(c.frequency), str(c.spread), c.rendering,
                 _excerpt(c.examples[0], c.text) if c.examples else "")
                for c in found
            ],
        )  # fmt: skip


def _excerpt(sentence: str, term: str) -> str:
    """The term with a little of the sentence on both sides."""
    start = max(0, sentence.find(term) - 12)
    end = start + len(term) + 24
    return f"{'…' if start else ''}{sentence[start:end]}{'…' if end < len(sentence) else ''}"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.is_file())
        else:
            yield path


def _pairs(paths: Sequence[Path]) -> list[Sentence]:
    from glossary.pairs import read_pairs

    return [sentence for path in paths for sentence in read_pairs(path)]


def _write_candidates(path: Path, found: Any) -> None:
    import csv

    from glossary.formats.record import replacing

    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("zh", "en", "note", "context", "frequency", "kind"))
        for c in found:
            example = c.examples[0] if c.examples else ""
            writer.writerow((c.text, c.rendering, "", example, c.frequency, c.kind))


@click.command()
@click.argument("outputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--since", default=None, help="The store's state to compare with: revision or date.")
@click.option("--glossary", "-g", "files", multiple=True, type=click.Path(path_type=Path),
              help="A glossary that is to be laid over the present one; repeatable.")  # fmt: skip
@click.option("--apply", "retranslate_them", is_flag=True,
              help="Translate the affected segments again, in the JSONL files.")  # fmt: skip
@click.option("--model", "-m", default=None, help="The model for --apply.")
@_JSON
@click.pass_context
def impact(
    ctx: click.Context,
    outputs: tuple[Path, ...],
    since: str | None,
    files: tuple[Path, ...],
    retranslate_them: bool,
    model: str | None,
    as_json: bool,
) -> None:
    """List the segments of earlier outputs that a change of the glossary touches.

    The change is what happened since a revision (by default since the built-in glossary), or
    what a file would change.

    \b
    Examples:
      yitong glossary impact report.jsonl --since 12
      yitong glossary impact report.jsonl --glossary new-terms.csv --json
      yitong glossary impact report.jsonl --since 12 --apply
    """
    from glossary.impact import Impact
    from glossary.pairs import read_pairs

    store = open_store(ctx)
    old = list(store.live(since if since is not None else None if files else 0))
    new = [*store.live(), *entries_of(store, files)] if files else list(store.live())
    judge = Impact(old, new)
    found = {path: list(judge.affected(read_pairs(path))) for path in _files(outputs)}
    if retranslate_them:
        _retranslate(found, new, model)
    _put_affected(found, as_json)


def _put_affected(found: dict[Path, list[Affected]], as_json: bool) -> None:
    if as_json:
        put_json(
            [
                {"file": str(path), **asdict(hit.sentence), "done": hit.done,
                 "effects": [asdict(e) for e in hit.effects]}
                for path, hits in found.items()
                for hit in hits
            ]
        )  # fmt: skip
        return
    put_table(
        ("file", "segment", "source", "term", "before", "after", ""),
        [
            (path.name, str(hit.sentence.number), hit.sentence.source, e.source, e.before,
             e.after or "(no longer a term)", "right already" if e.done else "")
            for path, hits in found.items()
            for hit in hits
            for e in hit.effects
        ],
    )  # fmt: skip
    count = sum(map(len, found.values()))
    click.echo(f"{count} segments in {sum(map(bool, found.values()))} files are affected")


def _retranslate(
    found: dict[Path, list[Affected]], entries: list[Entry], model: str | None
) -> None:
    from glossary import Glossary
    from models.load import load
    from translate.output import read_jsonl, write
    from translate.pipeline import Translator
    from translate.retranslate import retranslate

    paths = [path for path, hits in found.items() if any(not hit.done for hit in hits)]
    wrong = [p for p in paths if p.suffix.lower() not in (".jsonl", ".ndjson")]
    if wrong:
        raise click.UsageError(f"{wrong[0]}: --apply changes JSONL outputs only.")
    if not paths:
        return
    translator = Translator(load(model) if model else None, Glossary(entries))
    for path in paths:
        numbers = [hit.sentence.number for hit in found[path] if not hit.done]
        write(retranslate(read_jsonl(path), numbers, translator), path, "jsonl")
        click.echo(f"{path}: {len(numbers)} segments translated again", err=True)


COMMANDS: dict[str, click.Command] = {"extract": extract, "impact": impact}
