"""``yitong glossary``: the commands to keep a glossary with; a thin shell over ``glossary``.

The commands live in modules by what they do: looking things up (``glossary_look``), changing
entries (``glossary_change``), files in and out (``glossary_files``), checks
(``glossary_quality``), and reports and outputs (``glossary_text``). Here is what they
share.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from glossary.entry import Entry
    from glossary.store import Store, Stored

# command -> the module that has it, in the order of the help.
_MODULES = {
    "search": "look", "show": "look", "list": "look", "history": "look", "stats": "look",
    "add": "change", "edit": "change", "approve": "change", "reject": "change",
    "archive": "change", "remove": "change", "revert": "change", "merge": "change",
    "import": "files", "export": "files", "diff": "files",
    "check": "quality", "doctor": "quality", "extract": "text", "impact": "text",
}  # fmt: skip


def _load(name: str) -> click.Command:
    module = import_module(f"translate.cli.glossary_{_MODULES[name]}")
    found: click.Command = module.COMMANDS[name]
    return found


@click.group(cls=LazyGroup, loaders={name: partial(_load, name) for name in _MODULES})
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
      yitong glossary add 巷长 "lane chief" --reason "county bulletin"
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


def id_of(store: Store, name: str) -> str:
    """The id of an entry, removed ones included, which no form finds any more."""
    from glossary.errors import NoSuchEntry
    from glossary.lookup import lookup

    try:
        return lookup(store, name).entry.id
    except NoSuchEntry:
        if store.history(name):
            return name
        raise
