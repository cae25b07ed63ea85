"""Findings that someone decided to live with, and why; kept in the store."""

from __future__ import annotations

from glossary.errors import GlossaryError
from glossary.store import Store, now


def ignore(store: Store, code: str, entry: str, *, author: str, reason: str) -> None:
    """Leave a rule's findings about an entry out from now on.

    Raises:
        GlossaryError: There is no such rule, or no reason is given.
    """
    from glossary.check import rules

    if code not in rules():
        raise GlossaryError(f"there is no rule “{code}”: it is one of {', '.join(rules())}")
    if not reason.strip():
        raise GlossaryError("to ignore a finding needs a reason: give --reason")
    store.connection.execute(
        "INSERT OR REPLACE INTO ignored (code, entry, reason, author, time) VALUES (?, ?, ?, ?, ?)",
        (code, entry, reason, author, now()),
    )


def heed(store: Store, code: str, entry: str) -> None:
    """Take :func:`ignore` back."""
    store.connection.execute("DELETE FROM ignored WHERE code = ? AND entry = ?", (code, entry))


def ignored(store: Store) -> list[tuple[str, str]]:
    """The pairs of code and entry id that are ignored."""
    return [(c, e) for c, e in store.connection.execute("SELECT code, entry FROM ignored")]
