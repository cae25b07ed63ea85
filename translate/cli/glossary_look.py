"""``yitong glossary``: commands that look things up."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary import (
    as_dict,
    best_of,
    id_of,
    open_store,
    put_entries,
    put_json,
    put_table,
)

if TYPE_CHECKING:
    from glossary.search import Filter
    from glossary.store import Change


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


@click.command()
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


@click.command()
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
        entry = store.at(id_of(store, name), when)  # it may be gone by now
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


@click.command("list")
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


@click.command()
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
        changes = store.history(id_of(store, name))[-limit:]
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


def _change(change: Change) -> dict[str, Any]:
    from glossary.codec import to_dict

    entry = to_dict(change.entry) if change.entry else None
    return {**{k: v for k, v in asdict(change).items() if k != "entry"}, "entry": entry}


@click.command()
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


COMMANDS: dict[str, click.Command] = {
    "search": search, "show": show, "list": list_entries, "history": history, "stats": stats,
}  # fmt: skip
