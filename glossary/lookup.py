"""From what a person types to an entry."""

from __future__ import annotations

from glossary.errors import NoSuchEntry
from glossary.fold import fold
from glossary.store import Store, Stored


def lookup(store: Store, name: str) -> Stored:
    """The entry with this id, or the only one that goes by this Chinese or English form.

    Raises:
        NoSuchEntry: There is none, or there are several.
    """
    stored = store.head(name)
    if stored is not None:
        return stored
    ids = _ids_of(store, fold(name.strip()))
    if len(ids) == 1:
        return store.get(ids[0])
    if ids:
        raise NoSuchEntry(f"“{name}” is a form of {', '.join(sorted(ids))}: give one of these ids")
    raise NoSuchEntry(f"no entry is called “{name}”: find it with “yitong glossary search {name}”")


def find_form(store: Store, text: str) -> str | None:
    """The id of an entry that goes by this form, in either script."""
    return next(iter(_ids_of(store, fold(text.strip()))), None)


def _ids_of(store: Store, key: str) -> list[str]:
    rows = store.connection.execute(
        "SELECT DISTINCT entry.id FROM form JOIN entry ON entry.number = form.entry WHERE key = ?",
        (key,),
    )
    ids = [str(row[0]) for row in rows]
    for entry in store.builtin.values():
        named = any(fold(f.text) == key for f in (*entry.zh, *entry.en))
        if named and entry.id not in ids:
            head = store.head(entry.id)
            if head is not None and head.builtin:
                ids.append(entry.id)
    return ids
