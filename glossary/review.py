"""The life of an entry: approve, reject, archive, remove, revert."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from glossary.entry import Entry
from glossary.errors import ConflictError, GlossaryError
from glossary.store import Store, Stored
from glossary.writer import Live, Write


def approve(store: Store, ids: Iterable[str], *, author: str, reason: str) -> int:
    """Put proposals in force.

    Returns:
        The revision's number.

    Raises:
        NoSuchEntry: An id is unknown.
        GlossaryError: An entry is approved already.
    """
    return store.write([_approval(store.get(name)) for name in ids], author=author, reason=reason)


def _approval(stored: Stored) -> Write:
    entry = stored.entry
    if entry.review == "approved":
        raise GlossaryError(f"entry {entry.id} is approved already: nothing to do")
    return Write(entry.id, "approve", replace(entry, review="approved"), base=stored.head)


def reject(store: Store, ids: Iterable[str], *, author: str, reason: str) -> int:
    """Turn proposals down: what was in force before comes back.

    An entry of which nothing was ever approved stays on record as rejected, and is not used.
    """
    return store.write(
        [_rejection(store, store.get(name)) for name in ids], author=author, reason=reason
    )


def _rejection(store: Store, stored: Stored) -> Write:
    entry = stored.entry
    if entry.review != "proposed":
        raise GlossaryError(
            f"entry {entry.id} is {entry.review}, not proposed: use archive or revert"
        )
    if stored.live is None:
        if entry.id in store.builtin:  # the built-in one is in force again
            return Write(entry.id, "reject", None, live="none", base=stored.head)
        rejected = replace(entry, review="rejected")
        return Write(entry.id, "reject", rejected, live="none", base=stored.head)
    return Write(entry.id, "reject", store.at(entry.id, stored.live), base=stored.head)


def archive(store: Store, ids: Iterable[str], *, author: str, reason: str) -> int:
    """Take entries out of use but keep them to be looked up."""
    writes = []
    for name in ids:
        stored = store.get(name)
        archived = replace(stored.entry, review="archived")
        writes.append(Write(name, "archive", archived, live="none", base=stored.head))
    return store.write(writes, author=author, reason=reason)


def remove(store: Store, ids: Iterable[str], *, author: str, reason: str) -> int:
    """Take entries away, and hide built-in ones; their history stays, see :func:`revert`."""
    writes = []
    for name in ids:
        stored = store.get(name)
        action = "hide" if name in store.builtin else "remove"
        writes.append(Write(name, action, None, live="none", base=stored.head))
    return store.write(writes, author=author, reason=reason)


def revert(
    store: Store, name: str, *, author: str, reason: str, to: int | str | None = None
) -> int:
    """Bring an earlier state of an entry back, as a new revision.

    Args:
        store: where it is.
        name: the entry's id.
        author: who does it.
        reason: why.
        to: a revision or time; the state before the latest change if not given.
    """
    history = store.history(name)
    if not history:
        raise GlossaryError(f"entry {name} has never been changed: there is nothing to go back to")
    when = history[-1].revision - 1 if to is None else to
    earlier = history[0].revision <= store.revision_at(when)
    # Before its first change a built-in entry was itself: take the override away.
    state = store.at(name, when) if earlier or name not in store.builtin else None
    return store.write([_back(name, state)], author=author, reason=reason)


def undo(store: Store, revision: int, *, author: str, reason: str) -> int:
    """Take a whole revision back, an import for instance.

    Raises:
        ConflictError: One of its entries was changed since.
    """
    changes = store.changes(revision, revision)
    if not changes:
        raise GlossaryError(f"there is no revision {revision}: see history")
    writes = []
    for change in changes:
        history = store.history(change.id)
        last = history[-1]
        if last.revision != revision:
            raise ConflictError(
                f"entry {change.id} was changed again in revision {last.revision} by "
                f"{last.author}: revert the entries one by one"
            )
        earlier = [c for c in history if c.revision < revision]
        writes.append(_back(change.id, earlier[-1].entry if earlier else None))
    return store.write(writes, author=author, reason=reason)


def _back(name: str, entry: Entry | None) -> Write:
    if entry is None:
        return Write(name, "revert", None, live="none")
    live: dict[str, Live] = {"approved": "new", "proposed": "keep"}
    return Write(name, "revert", entry, live=live.get(entry.review, "none"))
