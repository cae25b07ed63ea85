"""``yitong glossary``: checks, and the store's health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary import open_store, put_json, put_table
from translate.cli.glossary_change import change_options

if TYPE_CHECKING:
    from glossary.check import Finding
    from glossary.entry import Entry
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
      yitong glossary check --ignore same-chinese lane-chief --reason "two senses"
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
    entries = entries_of(store, files)
    if values["mend"]:
        if files:
            raise click.UsageError("--fix mends your store: import the file first.")
        _mend(store, entries, values["author"], values["reason"])
        entries = entries_of(store, ())
    texts = [p.text for path in values["texts"] for p in read_report(path).paragraphs]
    found = run(entries, texts=texts, ignored=ignored(store), level=values["level"])
    _put_findings(found, values["as_json"])
    failing = SEVERITIES[: SEVERITIES.index(values["fail_on"]) + 1]
    if any(f.severity in failing for f in found):
        ctx.exit(1)


def entries_of(store: Store, files: Sequence[Path]) -> list[Entry]:
    """The entries of the files, or of the store where there are none."""
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
@click.option("--repair", "mend", is_flag=True, help="Make the search index anew first.")
@click.pass_context
def doctor(ctx: click.Context, mend: bool) -> None:
    """Examine the store: file, references, search index, entries.

    \b
    Examples:
      yitong glossary doctor
      yitong glossary doctor --repair
    """
    from glossary.doctor import examine, repair

    store = open_store(ctx)
    if mend:
        click.echo(f"indexed {repair(store)} entries anew")
    found = examine(store)
    for item in found:
        click.echo(f"{item.about}: {item.problem or 'well'}")
    click.echo(f"{store.path}: {store.last} revisions")
    if any(item.problem for item in found):
        ctx.exit(1)


COMMANDS: dict[str, click.Command] = {"check": check, "doctor": doctor}
