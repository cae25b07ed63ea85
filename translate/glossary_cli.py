"""``yitong glossary``: the commands to keep a glossary with; a thin shell over ``glossary``.

The commands live in three modules by what they do: looking things up (here), changing entries
(``glossary_change_cli``), files and quality (``glossary_files_cli``, ``glossary_quality_cli``).
"""

from __future__ import annotations

import getpass
import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from glossary.entry import Entry
    from glossary.search import Filter
    from glossary.store import Change, Store, Stored

# command -> module with a click command of that name, in the order of the help.
_ELSEWHERE = {
    "add": "change", "edit": "change", "approve": "change", "reject": "change",
    "archive": "change", "remove": "change", "revert": "change", "merge": "change",
    "import": "files", "export": "files", "diff": "files",
    "check": "quality", "extract": "quality", "impact": "quality", "doctor": "quality",
}  # fmt: skip
_HERE = ("search", "show", "list", "history", "stats")


class Commands(click.Group):
    """Imports a module when one of its commands is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, looking up first."""
        return [*_HERE, *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find or import the command."""
        if cmd_name in _ELSEWHERE:
            module = import_module(f"translate.glossary_{_ELSEWHERE[cmd_name]}_cli")
            found: click.Command = module.COMMANDS[cmd_name]
            return found
        return super().get_command(ctx, cmd_name)


@click.group(cls=Commands)
@click.option(
    "--store",
    "-s",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The glossary file; else $YITONG_GLOSSARY, else your own.",
)
@click.option("--no-builtin", is_flag=True, help="Leave the built-in glossary out.")
@click.pass_context
def glossary(ctx: click.Context, store: Path | None, no_builtin: bool) -> None:
    """Keep the glossary of approved terms.

    Your entries lie over the built-in ones. Every change is kept with its author and reason.

    \b
    Examples:
      yitong glossary search 四下基层
      yitong glossary add 网格长 "grid chief" --reason "county bulletin"
      yitong glossary import terms.xlsx --dry-run
    """
    ctx.obj = {"path": store, "builtin": not no_builtin}


def open_store(ctx: click.Context, *, write: bool = False) -> Store:
    """The store that the options name, closed when the command ends.

    A command that only reads makes no file: without one, the built-in glossary is all there is.
    """
    from glossary.errors import StoreError
    from glossary.place import default_store
    from glossary.store import Store

    named = ctx.obj["path"]
    path = named or default_store()
    if not write and not path.exists():
        if named:
            raise StoreError(f"{path}: No such file: add or import entries to make it")
        path = Path(":memory:")
    store = Store(path, builtin=None if ctx.obj["builtin"] else [])
    ctx.call_on_close(store.close)
    return store


def default_author() -> str:
    """Who changes things, unless ``--author`` says otherwise."""
    return os.environ.get("YITONG_AUTHOR") or getpass.getuser()


def put_json(value: object) -> None:
    """Print a value for scripts."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def as_dict(stored: Stored) -> dict[str, Any]:
    """An entry for scripts, with its revisions."""
    from glossary.codec import to_dict

    extra = {"head": stored.head, "live": stored.live, "builtin": stored.builtin}
    return {**to_dict(stored.entry), "review": stored.entry.review, **extra}


def put_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(soft_wrap=False).print(table)


def put_entries(entries: Iterable[Stored]) -> None:
    """Print entries as a table, one a line."""
    rows = [
        (
            stored.entry.zh[0].text,
            best_of(stored.entry),
            stored.entry.subject,
            stored.entry.review + (" (built-in)" if stored.builtin else ""),
            stored.entry.id,
        )
        for stored in entries
    ]
    put_table(("Chinese", "English", "subject", "state", "id"), rows)


def best_of(entry: Entry) -> str:
    """The rendering to use, or the first there is."""
    return entry.preferred if _has_right(entry) else f"✗ {entry.en[0].text}"


def _has_right(entry: Entry) -> bool:
    return any(f.status in ("preferred", "admitted") for f in entry.en)


def _filter(subject: str, review: str, status: str) -> Filter:
    from glossary.search import Filter

    return Filter(subject, review, status)


_SUBJECT = click.option("--subject", default="", help="Only entries of this subject field.")
_REVIEW = click.option(
    "--review",
    type=click.Choice(["proposed", "approved", "rejected", "archived"]),
    default=None,
    help="Only entries in this state.",
)
_STATUS = click.option(
    "--status",
    type=click.Choice(["preferred", "admitted", "deprecated", "forbidden"]),
    default=None,
    help="Only entries with a form of this status.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Output for scripts.")
_LIMIT = click.option("--limit", default=50, show_default=True, type=click.IntRange(1))


@glossary.command()
@click.argument("query")
@click.option("--text", is_flag=True, help="Look in definitions, notes and contexts as well.")
@_SUBJECT
@_REVIEW
@_STATUS
@_LIMIT
@_JSON
@click.pass_context
def search(
    ctx: click.Context,
    query: str,
    text: bool,
    subject: str,
    review: str | None,
    status: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find entries by Chinese (either script, any part), English words, or pinyin.

    \b
    Examples:
      yitong glossary search 下基層
      yitong glossary search "four visits"
      yitong glossary search sixiajiceng
      yitong glossary search forbidden --text --json
    """
    from glossary.search import search as run

    where = _filter(subject, review or "", status or "")
    hits = run(open_store(ctx), query, where=where, text=text, limit=limit)
    if as_json:
        put_json([{**as_dict(hit.stored), "matched": hit.matched} for hit in hits])
    elif hits:
        put_entries(hit.stored for hit in hits)
    else:
        click.echo(f"Nothing is called “{query}”.", err=True)
    if not hits:
        ctx.exit(1)


@glossary.command()
@click.argument("name")
@click.option("--at", "when", default=None, help="As it was at a revision or date.")
@_JSON
@click.pass_context
def show(ctx: click.Context, name: str, when: str | None, as_json: bool) -> None:
    """Show an entry, by its id or one of its forms.

    \b
    Examples:
      yitong glossary show 四下基层
      yitong glossary show 四下基层 --at 2026-03-31
    """
    from glossary import plain
    from glossary.codec import to_dict
    from glossary.lookup import lookup

    store = open_store(ctx)
    if when is not None:
        entry = store.at(_id_of(store, name), when)  # it may be gone by now
        if as_json:
            put_json(to_dict(entry))
        else:
            click.echo(plain.dumps(entry), nl=False)
        return
    stored = lookup(store, name)
    if as_json:
        put_json(as_dict(stored))
        return
    entry = stored.entry
    click.echo(plain.dumps(entry), nl=False)
    origin = "built-in" if stored.builtin else f"revision {stored.head}"
    who = f", {entry.author}, {entry.modified}" if entry.author else ""
    click.echo(f"# {entry.review}, {origin}{who}")
    if stored.live is not None and stored.live != stored.head and not stored.builtin:
        click.echo(f"# in force: revision {stored.live}")


@glossary.command("list")
@_SUBJECT
@_REVIEW
@_STATUS
@click.option("--own", is_flag=True, help="Only your entries, not the built-in ones.")
@_LIMIT
@_JSON
@click.pass_context
def list_entries(
    ctx: click.Context,
    subject: str,
    review: str | None,
    status: str | None,
    own: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List entries.

    \b
    Examples:
      yitong glossary list --review proposed
      yitong glossary list --subject posts --limit 20
    """
    store = open_store(ctx)
    where = _filter(subject, review or "", status or "")
    source = store.own() if own else store.entries()
    found = [stored for stored in source if where.accepts(stored.entry)]
    if as_json:
        put_json([as_dict(stored) for stored in found[:limit]])
        return
    put_entries(found[:limit])
    if len(found) > limit:
        click.echo(f"{limit} of {len(found)}: see more with --limit", err=True)


@glossary.command()
@click.argument("name", required=False)
@_LIMIT
@_JSON
@click.pass_context
def history(ctx: click.Context, name: str | None, limit: int, as_json: bool) -> None:
    """Show who changed an entry, when and why; without a name, the latest revisions.

    \b
    Examples:
      yitong glossary history 四下基层
      yitong glossary history --limit 5
    """
    store = open_store(ctx)
    if name is None:
        changes = store.changes(max(1, store.last - limit + 1), store.last)
    else:
        changes = store.history(_id_of(store, name))[-limit:]
    if as_json:
        put_json([_change(c) for c in changes])
        return
    put_table(
        ("revision", "when", "who", "what", "id", "English", "why"),
        [
            (str(c.revision), c.time, c.author, c.action, c.id,
             best_of(c.entry) if c.entry else "", c.reason)
            for c in changes
        ],
    )  # fmt: skip


def _id_of(store: Store, name: str) -> str:
    """The id of an entry, removed ones included, which no form finds any more."""
    from glossary.errors import NoSuchEntry
    from glossary.lookup import lookup

    try:
        return lookup(store, name).entry.id
    except NoSuchEntry:
        if store.history(name):
            return name
        raise


def _change(change: Change) -> dict[str, Any]:
    from glossary.codec import to_dict

    entry = to_dict(change.entry) if change.entry else None
    return {**{k: v for k, v in asdict(change).items() if k != "entry"}, "entry": entry}


@glossary.command()
@_JSON
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Count entries by state and subject.

    \b
    Example:
      yitong glossary stats
    """
    store = open_store(ctx)
    counts: dict[str, Counter[str]] = {"state": Counter(), "subject": Counter(), "form": Counter()}
    total = own = 0
    for stored in store.entries():
        total += 1
        own += not stored.builtin
        counts["state"][stored.entry.review] += 1
        counts["subject"][stored.entry.subject or "(none)"] += 1
        counts["form"].update(f"English {f.status}" for f in stored.entry.en)
        counts["form"]["Chinese"] += len(stored.entry.zh)
    if as_json:
        put_json({"entries": total, "own": own, "revisions": store.last, **counts})
        return
    click.echo(f"{total} entries, {own} of them your own; {store.last} revisions")
    rows = [
        (group, name, str(count))
        for group, counter in counts.items()
        for name, count in counter.most_common()
    ]
    put_table(("", "", "count"), rows)
