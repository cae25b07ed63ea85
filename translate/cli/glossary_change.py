"""``yitong glossary``: commands that change entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from translate.cli.glossary import as_dict, default_author, id_of, open_store, put_json

if TYPE_CHECKING:
    from glossary.entry import Entry, Inflection
    from glossary.store import Store

F = TypeVar("F", bound=Callable[..., Any])
_REASON = "Why; kept in the history."


def change_options(command: F) -> F:
    """``--author`` and ``--reason``, which every change has."""
    for option in (
        click.option("--reason", "-r", default="", help=_REASON),
        click.option("--author", default=default_author, help="Who; else $YITONG_AUTHOR, or you."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("zh")
@click.argument("en")
@click.option("--id", "name", default="", help="The entry's id; else made from the English.")
@click.option("--also", "admitted", multiple=True, help="Another right rendering; repeatable.")
@click.option("--not", "forbidden", multiple=True, help="A wrong rendering; repeatable.")
@click.option("--short", multiple=True, help="A short Chinese form; repeatable.")
@click.option("--exact", is_flag=True, help="The English stands only as written.")
@click.option("--subject", default="")
@click.option("--definition", default="")
@click.option("--note", default="")
@click.option("--source", default="", help="Where the rendering comes from.")
@click.option("--propose", is_flag=True, help="Wait for approval before it is used.")
@change_options
@click.pass_context
def add(ctx: click.Context, /, zh: str, en: str, propose: bool, **values: Any) -> None:
    """Add an entry: a Chinese form and its English rendering.

    \b
    Examples:
      yitong glossary add 巷长 "lane chief" --reason "county bulletin"
      yitong glossary add 田埂会 "field-ridge meeting" --not "ridge meeting" --propose
    """
    from glossary.entry import Form
    from glossary.errors import EntryError
    from glossary.lookup import find_form

    store = open_store(ctx, write=True)
    inflection: Inflection = "exact" if values["exact"] else "inflects"
    entry = _new_entry(
        store,
        values["name"],
        (Form(zh), *(Form(t, "admitted", "short") for t in values["short"])),
        (
            Form(en, inflection=inflection),
            *(Form(t, "admitted") for t in values["admitted"]),
            *(Form(t, "forbidden") for t in values["forbidden"]),
        ),
    )
    known = None if values["name"] else find_form(store, zh)
    if known is not None:
        raise EntryError(
            f"“{zh}” is a form of {known} already: edit that, or give --id for another concept"
        )
    if store.head(entry.id) is not None:
        raise EntryError(f"entry {entry.id} is there already: change it with edit, or give --id")
    details = {k: values[k] for k in ("subject", "definition", "note", "source")}
    store.save(
        [replace(entry, **details)],
        author=values["author"],
        reason=values["reason"],
        propose=propose,
        base={entry.id: store.head_revision(entry.id)},
    )
    click.echo(f"{'proposed' if propose else 'added'} {entry.id}")


def _new_entry(store: Store, name: str, zh: Any, en: Any) -> Entry:
    from glossary.entry import Entry
    from glossary.naming import slug

    return Entry(name or slug(en[0].text, lambda s: store.head(s) is not None), zh, en)


@click.command()
@click.argument("name")
@click.option("--propose", is_flag=True, help="Wait for approval before the change is used.")
@change_options
@click.pass_context
def edit(ctx: click.Context, name: str, propose: bool, author: str, reason: str) -> None:
    """Edit an entry in $EDITOR, as a small form.

    \b
    Example:
      yitong glossary edit 四下基层 --reason "capitals as in the white paper"
    """
    from glossary import plain
    from glossary.compare import bare
    from glossary.errors import FormatError
    from glossary.lookup import lookup

    store = open_store(ctx, write=True)
    stored = lookup(store, name)
    text = plain.HELP + plain.dumps(stored.entry)
    while True:
        written = click.edit(text, extension=".txt")
        if written is None:
            click.echo("nothing changed")
            return
        try:
            entry = plain.loads(written)
            if entry.id != stored.entry.id:
                raise FormatError(f"the id must stay {stored.entry.id}: add a new entry instead")
            break
        except FormatError as error:
            click.echo(f"{error}", err=True)
            if not click.confirm("Edit again?", default=True):
                raise click.Abort from None
            text = f"# {error}\n{written}"
    old = bare(stored.entry)
    if bare(replace(entry, review=old.review)) == old:
        click.echo("nothing changed")
        return
    store.save([entry], author=author, reason=reason, propose=propose, base={entry.id: stored.head})
    click.echo(f"{'proposed a change of' if propose else 'changed'} {entry.id}")


def _lifecycle(name: str, done: str, text: str) -> click.Command:
    """A command that applies a function of ``glossary.review`` to entries."""

    @click.command(name, help=text)
    @click.argument("names", nargs=-1, required=True)
    @change_options
    @click.pass_context
    def command(ctx: click.Context, names: tuple[str, ...], author: str, reason: str) -> None:
        from glossary import review
        from glossary.lookup import lookup

        store = open_store(ctx, write=True)
        ids = [lookup(store, n).entry.id for n in names]
        getattr(review, name)(store, ids, author=author, reason=reason)
        for entry_id in ids:
            click.echo(f"{done} {entry_id}")

    return command


approve = _lifecycle(
    "approve",
    "approved",
    """Put proposals in force.

    \b
    Example:
      yitong glossary approve lane-chief --reason "agreed at the meeting"
    """,
)
reject = _lifecycle(
    "reject",
    "rejected",
    """Turn proposals down; the version in force before comes back.

    \b
    Example:
      yitong glossary reject lane-chief --reason "the white paper has another"
    """,
)
archive = _lifecycle(
    "archive",
    "archived",
    """Take entries out of use, but keep them to be looked up.

    \b
    Example:
      yitong glossary archive 巷长 --reason "the post was abolished"
    """,
)
remove = _lifecycle(
    "remove",
    "removed",
    """Take entries away, and hide built-in ones. The history stays: see revert.

    \b
    Example:
      yitong glossary remove 巷长 --reason "entered twice"
    """,
)


@click.command()
@click.argument("name", required=False)
@click.option("--to", default=None, help="A revision or date; else before the latest change.")
@click.option("--revision", type=int, default=None, help="Take this whole revision back.")
@change_options
@click.pass_context
def revert(
    ctx: click.Context,
    name: str | None,
    to: str | None,
    revision: int | None,
    author: str,
    reason: str,
) -> None:
    """Bring an earlier state back, of an entry or of all that a revision changed.

    \b
    Examples:
      yitong glossary revert 巷长
      yitong glossary revert 巷长 --to 2026-03-31
      yitong glossary revert --revision 3 --reason "wrong file imported"
    """
    from glossary import review

    store = open_store(ctx, write=True)
    if (name is None) == (revision is None):
        raise click.UsageError("Give an entry, or --revision.")
    if revision is not None:
        review.undo(store, revision, author=author, reason=reason)
        click.echo(f"took revision {revision} back")
    elif name is not None:
        entry_id = id_of(store, name)
        review.revert(store, entry_id, author=author, reason=reason, to=to)
        click.echo(f"reverted {entry_id}")


@click.command()
@click.argument("keep")
@click.argument("others", nargs=-1, required=True)
@click.option("--dry-run", "-n", is_flag=True, help="Show the joined entry only.")
@change_options
@click.pass_context
def merge(
    ctx: click.Context,
    keep: str,
    others: tuple[str, ...],
    dry_run: bool,
    author: str,
    reason: str,
) -> None:
    """Join entries that are one concept: KEEP takes the forms of the OTHERS, which go.

    \b
    Example:
      yitong glossary merge 巷长 lane-chief-2 --dry-run
    """
    from glossary.compare import join
    from glossary.lookup import lookup
    from glossary.store import Stored
    from glossary.writer import Write

    store = open_store(ctx, write=True)
    first = lookup(store, keep)
    rest = [lookup(store, n) for n in others]
    if first.entry.id in [s.entry.id for s in rest]:
        raise click.UsageError("An entry can't be merged with itself.")
    joined = first.entry
    for stored in rest:
        joined = join(joined, stored.entry, "both")
    if dry_run:
        put_json(as_dict(Stored(joined, first.head, first.live)))
        return
    joined = replace(joined, author=author, modified="")
    writes = [Write(joined.id, "merge", joined, base=first.head)]
    for stored in rest:
        action = "hide" if stored.entry.id in store.builtin else "remove"
        writes.append(Write(stored.entry.id, action, None, live="none", base=stored.head))
    store.write(writes, author=author, reason=reason or f"merged into {joined.id}")
    click.echo(f"merged into {joined.id}")


COMMANDS: dict[str, click.Command] = {
    "add": add, "edit": edit, "approve": approve, "reject": reject, "archive": archive,
    "remove": remove, "revert": revert, "merge": merge,
}  # fmt: skip
