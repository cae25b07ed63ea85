"""``yitong glossary``: checks, mining, the effect of changes, and the store's health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.glossary_change_cli import change_options
from translate.glossary_cli import open_store, put_json, put_table

if TYPE_CHECKING:
    from glossary.check import Finding
    from glossary.entry import Entry
    from glossary.impact import Affected
    from glossary.pairs import Sentence
    from glossary.store import Store

_JSON = click.option("--json", "as_json", is_flag=True, help="Output for scripts.")
_LEVELS = click.Choice(["error", "warning", "info"])


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--level", type=_LEVELS, default="warning", show_default=True,
              help="Show findings as severe as this.")  # fmt: skip
@click.option("--fail-on", type=_LEVELS, default="error", show_default=True,
              help="Exit with 1 if there is a finding as severe as this.")  # fmt: skip
@click.option("--text", "texts", multiple=True, type=click.Path(path_type=Path),
              help="A report in which entries should occur; repeatable.")  # fmt: skip
@click.option("--rules", "list_rules", is_flag=True, help="List the rules.")
@click.option("--fix", "mend", is_flag=True, help="Mend what is safe to mend, in your store.")
@click.option("--ignore", nargs=2, metavar="CODE ENTRY", help="Live with a finding; say why.")
@change_options
@_JSON
@click.pass_context
def check(ctx: click.Context, /, files: tuple[Path, ...], **values: Any) -> None:
    """Check the glossary, or files of terms.

    \b
    Examples:
      yitong glossary check
      yitong glossary check terms.csv --level info --json
      yitong glossary check --fix --reason "spelling"
      yitong glossary check --ignore same-chinese grid-chief --reason "two senses"
    """
    from glossary.check import SEVERITIES, rules
    from glossary.check import check as run
    from glossary.ignoring import ignored
    from translate.read import read as read_report

    if values["list_rules"]:
        put_table(
            ("code", "severity", ""), [(r.code, r.severity, r.about) for r in rules().values()]
        )
        return
    store = open_store(ctx, write=bool(values["ignore"] or values["mend"]))
    if values["ignore"]:
        code, name = values["ignore"]
        _ignore(store, code, name, values["author"], values["reason"])
        return
    entries = _entries(store, files)
    if values["mend"]:
        if files:
            raise click.UsageError("--fix mends your store: import the file first.")
        _mend(store, entries, values["author"], values["reason"])
        entries = _entries(store, ())
    texts = [p.text for path in values["texts"] for p in read_report(path).paragraphs]
    found = run(entries, texts=texts, ignored=ignored(store), level=values["level"])
    _put_findings(found, values["as_json"])
    failing = SEVERITIES[: SEVERITIES.index(values["fail_on"]) + 1]
    if any(f.severity in failing for f in found):
        ctx.exit(1)


def _entries(store: Store, files: Sequence[Path]) -> list[Entry]:
    if not files:
        return [stored.entry for stored in store.entries()]
    from glossary.formats import read

    return [record.entry for path in files for record in read(path)]


def _ignore(store: Store, code: str, name: str, author: str, reason: str) -> None:
    from glossary.ignoring import ignore
    from glossary.lookup import lookup

    entry = lookup(store, name).entry
    ignore(store, code, entry.id, author=author, reason=reason)
    click.echo(f"{code} of {entry.id} is ignored from now on")


def _mend(store: Store, entries: list[Entry], author: str, reason: str) -> None:
    from glossary.check import fix

    changed, done = fix(entries)
    if not changed:
        click.echo("nothing to mend", err=True)
        return
    by_state: dict[bool, list[Entry]] = defaultdict(list)
    for entry in changed:
        by_state[entry.review == "proposed"].append(entry)
    why = reason or "mended by check --fix"
    for propose, group in by_state.items():
        base = {e.id: store.head_revision(e.id) for e in group}
        store.save(group, author=author, reason=why, propose=propose, base=base)
    for finding in done:
        click.echo(f"mended {finding.code}: {finding.id}: {finding.message}", err=True)


def _put_findings(found: list[Finding], as_json: bool) -> None:
    if as_json:
        put_json(
            [
                {**{k: getattr(f, k) for k in ("code", "severity", "id", "message", "remedy")},
                 "fixable": f.fixed is not None}
                for f in found
            ]
        )  # fmt: skip
        return
    for f in found:
        click.echo(f"{f.severity} {f.code} {f.id}: {f.message}: {f.remedy}")
    click.echo(f"{len(found)} findings", err=True)


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
    new = [*store.live(), *_entries(store, files)] if files else list(store.live())
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


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Examine the store: file, references, search index, entries.

    \b
    Example:
      yitong glossary doctor
    """
    from glossary.doctor import examine

    store = open_store(ctx)
    found = examine(store)
    for item in found:
        click.echo(f"{item.about}: {item.problem or 'well'}")
    click.echo(f"{store.path}: {store.last} revisions")
    if any(item.problem for item in found):
        ctx.exit(1)


COMMANDS: dict[str, click.Command] = {
    "check": check, "extract": extract, "impact": impact, "doctor": doctor,
}  # fmt: skip
