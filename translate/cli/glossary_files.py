"""``yitong glossary``: files in, files out, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary import open_store, put_json, put_table
from translate.cli.glossary_change import change_options

if TYPE_CHECKING:
    from glossary.compare import Policy
    from glossary.entry import Entry
    from glossary.formats import Options, Sink
    from glossary.store import Store
    from glossary.transfer import Decide, Report

FORMATS = ("csv", "tsv", "xlsx", "tbx", "tmx", "jsonl",
           "deepl", "google", "amazon", "amazon-multi", "omegat")  # fmt: skip
_FORMAT = click.option(
    "--format", "-f", "name", type=click.Choice(FORMATS), help="The format, if not by the suffix."
)
_SHOWN = 20  # conflicts and refusals that are listed in full on the terminal
_ESCAPES = {"\\t": "\t", "tab": "\t"}


def _options(delimiter: str, mapping: tuple[str, ...], sheet: str, sink: Sink) -> Options:
    from glossary.formats import Options

    columns = {}
    for pair in mapping:
        theirs, equals, ours = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"“{pair}”: write THEIRS=OURS", param_hint="--map")
        columns[theirs] = ours
    return Options(_ESCAPES.get(delimiter, delimiter), columns, sheet, sink=sink)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@_FORMAT
@click.option("--dry-run", "-n", is_flag=True, help="Only say what would happen.")
@click.option(
    "--on-conflict",
    type=click.Choice(["keep", "replace", "ask", "both"]),
    help="Where the file disagrees with an entry: keep the entry, replace it, ask, or join both.",
)
@click.option("--skip-refused", is_flag=True, help="Import the others although rows are refused.")
@click.option("--delimiter", default="", help="Between cells, if it is guessed wrong.")
@click.option("--map", "mapping", multiple=True, help="THEIRS=OURS: a column's name; repeatable.")
@click.option("--sheet", default="", help="The worksheet of a workbook.")
@change_options
@click.option("--json", "as_json", is_flag=True, help="Output for scripts.")
@click.pass_context
def import_file(ctx: click.Context, /, path: Path, **values: Any) -> None:
    """Import a file of terms: all of it, or nothing.

    Rows are reported as added, changed, unchanged, conflicting or refused. With open conflicts
    or refused rows nothing is written, and the exit status is 1.

    \b
    Examples:
      yitong glossary import terms.csv --dry-run
      yitong glossary import terms.tbx --on-conflict both --reason "from the province"
      yitong glossary import list.xlsx --map "Source term=zh" --map "Target term=en"
    """
    from glossary.formats import Collector, read
    from glossary.transfer import Import

    sink = Collector()
    options = _options(values["delimiter"], values["mapping"], values["sheet"], sink)
    plan = Import(open_store(ctx, write=not values["dry_run"]), _decide(values["on_conflict"]))
    records = read(path, name=values["name"] or "", options=options)
    with _progress(f"reading {path.name}", quiet=values["as_json"]) as advance:
        plan.take(records, str(path), sink, advance)
    if not values["dry_run"]:
        reason = values["reason"] or f"imported {path.name}"
        plan.write(author=values["author"], reason=reason, skip_refused=values["skip_refused"])
    _put_report(plan.report, values["dry_run"], values["as_json"])
    stuck = plan.report.refused and not values["skip_refused"]
    if plan.report.open_conflicts or stuck:
        ctx.exit(1)


def _decide(choice: str | None) -> Decide | None:
    if choice is None:
        return None

    def decide(old: Entry, new: Entry, conflicts: tuple[str, ...]) -> Policy:
        if choice != "ask":
            policy: Any = choice
            return policy  # type: ignore[no-any-return]
        click.echo(f"{old.id}: " + "; ".join(conflicts), err=True)
        answer: Policy = click.prompt(
            "keep, replace or both", type=click.Choice(["keep", "replace", "both"]), err=True
        )
        return answer

    return decide


def _progress(label: str, quiet: bool) -> AbstractContextManager[Any]:
    """A counter on stderr, for people only."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        return nullcontext(None)
    return _Counter(label, console)


class _Counter(AbstractContextManager[Any]):
    def __init__(self, label: str, console: Any) -> None:
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}: {task.completed:,.0f} entries"),
            TimeElapsedColumn(), console=console, transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task(label, total=None)

    def __enter__(self) -> Any:
        self._progress.start()
        return lambda count: self._progress.update(self._task, completed=count)

    def __exit__(self, *error: object) -> None:
        self._progress.stop()


def _put_report(report: Report, dry_run: bool, as_json: bool) -> None:
    counts = {o: report.count(o) for o in ("added", "changed", "unchanged", "conflicting")}
    counts["refused"] = len(report.refused)
    if as_json:
        items = [asdict(i) for i in report.items if i.outcome != "unchanged"]
        refused = [{"line": e.line, "column": e.column, "reason": e.reason} for e in report.refused]
        more = {"items": items, "refused_rows": refused, "notices": report.notices}
        put_json({**counts, "revision": report.revision, **more})
        return
    _put_problems(report)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    elif report.revision is not None:
        click.echo(f"Written as revision {report.revision}.")
    elif report.open_conflicts:
        click.echo("Nothing was written: decide the conflicts with --on-conflict.")
    elif report.refused:
        click.echo("Nothing was written: repair the refused rows, or give --skip-refused.")
    else:
        click.echo("Nothing to write.")


def _put_problems(report: Report) -> None:
    lines = {
        "refused": [f"refused: {error}" for error in report.refused],
        "conflicts": [
            f"conflict ({i.resolved or 'open'}): line {i.line}, {i.id}: {'; '.join(i.details)}"
            for i in report.items
            if i.outcome == "conflicting"
        ],
    }
    for kind, found in lines.items():
        for line in found[:_SHOWN]:
            click.echo(line, err=True)
        if len(found) > _SHOWN:
            click.echo(f"… {len(found) - _SHOWN} more {kind}: see all with --json", err=True)
    for notice in report.notices:
        click.echo(f"note: {notice}", err=True)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@_FORMAT
@click.option("--all", "everything", is_flag=True, help="Also what is not in force.")
@click.option("--own", is_flag=True, help="Only your entries, not the built-in ones.")
@click.option("--subject", default="", help="Only entries of this subject field.")
@click.option("--at", "when", default=None, help="As it was at a revision or date.")
@click.option("--delimiter", default="", help="Between cells.")
@click.pass_context
def export(
    ctx: click.Context,
    path: Path,
    name: str | None,
    everything: bool,
    own: bool,
    subject: str,
    when: str | None,
    delimiter: str,
) -> None:
    """Export entries to a file, which is replaced.

    \b
    Examples:
      yitong glossary export terms.tbx
      yitong glossary export posts.xlsx --subject posts
      yitong glossary export deepl.csv --format deepl
    """
    from glossary.formats import Sink, format_of, write

    store = open_store(ctx)
    if everything:
        entries: Iterable[Entry] = [s.entry for s in (store.own() if own else store.entries())]
    else:
        built_in = set(store.builtin.values()) if own else set()
        entries = [e for e in store.live(when) if e not in built_in]
    chosen = [e for e in entries if not subject or e.subject == subject]
    known = format_of(path, name or "")
    write(chosen, path, name=known.name, options=_options(delimiter, (), "", Sink()))
    click.echo(f"{path}: {len(chosen)} entries")
    if known.loses:
        click.echo(f"note: a {known.name} file can't hold {known.loses}", err=True)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="Output for scripts.")
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, as_json: bool) -> None:
    """Compare two glossaries: files, @REVISION or @DATE of the store, or @now.

    \b
    Examples:
      yitong glossary diff @1 @now
      yitong glossary diff @2026-01-01 terms.tbx --json
    """
    from glossary.codec import to_dict
    from glossary.compare import compare, differences

    store = open_store(ctx)
    found = list(differences(_glossary(store, old), _glossary(store, new)))
    if as_json:
        put_json(
            [
                {"id": d.id, "kind": d.kind, "old": d.old and to_dict(d.old),
                 "new": d.new and to_dict(d.new)}
                for d in found
            ]
        )  # fmt: skip
        return
    rows = []
    for d in found:
        detail = ""
        if d.old and d.new:
            there, back = compare(d.old, d.new), compare(d.new, d.old)
            gone = [f"without {a}" for a in back.additions]
            detail = "; ".join((*there.additions, *there.conflicts, *gone))
        entry = d.new or d.old
        rows.append((d.kind, d.id, entry.zh[0].text if entry else "", detail))
    put_table(("", "id", "Chinese", "what"), rows)
    click.echo(f"{len(found)} differences")


def _glossary(store: Store, name: str) -> list[Entry]:
    if name.startswith("@"):
        return list(store.live(None if name == "@now" else name[1:]))
    from glossary.formats import read

    return [record.entry for record in read(Path(name))]


COMMANDS: dict[str, click.Command] = {"import": import_file, "export": export, "diff": diff}
