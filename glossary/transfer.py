"""Bring a file's entries into the store, and say what came of every one of them.

Planning reads only; the plan is written as one revision or not at all. A row is never dropped
silently: each is added, changes an entry, changes nothing, is in conflict, or is refused.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from glossary import codec
from glossary.compare import Policy, compare, join
from glossary.entry import Entry
from glossary.errors import EntryError, FormatError
from glossary.fold import fold
from glossary.formats import Collector, Record
from glossary.store import Store, now
from glossary.writer import Write

Outcome = Literal["added", "changed", "unchanged", "conflicting"]
Decide = Callable[[Entry, Entry, tuple[str, ...]], Policy]


@dataclass(frozen=True, slots=True)
class Item:
    """What came of a record. ``details`` say what it adds or where it disagrees."""

    outcome: Outcome
    id: str
    line: int
    details: tuple[str, ...] = ()
    resolved: Policy | None = None


@dataclass
class Report:
    """What an import did, or would do."""

    items: list[Item] = field(default_factory=list)
    refused: list[FormatError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    revision: int | None = None

    def count(self, outcome: Outcome) -> int:
        """How many records came out so."""
        return sum(item.outcome == outcome for item in self.items)

    @property
    def open_conflicts(self) -> list[Item]:
        """Conflicts that nobody has decided."""
        return [i for i in self.items if i.outcome == "conflicting" and i.resolved is None]


class Import:
    """A file's entries on their way into a store.

    Args:
        store: where they go.
        decide: called with the entry there is, the one that comes, and where they disagree;
            None leaves the conflict open, and nothing can be written.

    Example:
        >>> sink = Collector()
        >>> plan = Import(store, decide=lambda old, new, why: "keep")
        >>> plan.take(read(Path("terms.csv"), options=Options(sink=sink)), "terms.csv", sink)
        >>> plan.write(author="Lin", reason="county list")
    """

    def __init__(self, store: Store, decide: Decide | None = None) -> None:
        self.store = store
        self.report = Report()
        self._decide = decide
        self._pending: dict[str, Entry] = {}
        self._base: dict[str, int] = {}
        self._new_keys: dict[str, str] = {}

    def take(
        self,
        records: Iterable[Record],
        name: str,
        sink: Collector,
        progress: Callable[[int], None] | None = None,
    ) -> Report:
        """Plan for every record of a file.

        Args:
            records: as read with ``sink``.
            name: the file's, for messages.
            sink: where the reader put what it refused.
            progress: called with the number of records so far, now and then.
        """
        with without_collector():
            for number, record in enumerate(records, 1):
                try:
                    self._take(codec.tidy(record.entry), record)
                except EntryError as error:
                    sink.refuse(FormatError(str(error), name, record.line))
                if progress is not None and number % 1000 == 0:
                    progress(number)
        self.report.refused = sink.refused
        self.report.notices = sink.notices
        return self.report

    def _take(self, entry: Entry, record: Record) -> None:
        old = self._existing(entry, record.named)
        if old is None:
            self._plan(entry, 0 if self._is_new else self.store.head_revision(entry.id))
            if not record.named:
                self._new_keys.update({fold(f.text): entry.id for f in entry.zh})
            self.report.items.append(Item("added", entry.id, record.line))
            return
        if not record.named:
            entry = _as_in(old, entry)
        found = compare(old, entry)
        if found.same:
            self.report.items.append(Item("unchanged", old.id, record.line))
        elif not found.conflicts:
            self._plan(join(old, entry, "both"))
            self.report.items.append(Item("changed", old.id, record.line, found.additions))
        else:
            resolved = self._decide(old, entry, found.conflicts) if self._decide else None
            if resolved is not None and resolved != "keep":
                self._plan(join(old, entry, resolved))
            item = Item("conflicting", old.id, record.line, found.conflicts, resolved)
            self.report.items.append(item)

    @cached_property
    def _is_new(self) -> bool:
        """Whether nothing can be there already: a new store, without a glossary under it."""
        return not self.store.last and not self.store.builtin

    def _existing(self, entry: Entry, named: bool) -> Entry | None:
        name = entry.id
        if not named:
            key = fold(entry.zh[0].text)
            name = self._new_keys.get(key) or self._id_by_form(key) or name
        if name in self._pending:
            return self._pending[name]
        row = None if self._is_new else self.store.head(name)
        if row is not None:
            self._base[name] = row.head
            return row.entry
        return None

    def _id_by_form(self, key: str) -> str | None:
        if self._is_new:
            return None
        row = self.store.connection.execute(
            "SELECT entry.id FROM form JOIN entry ON entry.number = form.entry "
            "WHERE key = ? AND lang <> 'en' ORDER BY priority DESC, number LIMIT 1",
            (key,),
        ).fetchone()
        return str(row[0]) if row else self._builtin_keys.get(key)

    @cached_property
    def _builtin_keys(self) -> dict[str, str]:
        return {
            fold(f.text): entry.id
            for entry in self.store.builtin.values()
            for f in entry.zh
            if self.store.head(entry.id) is not None
        }

    def _plan(self, entry: Entry, base: int | None = None) -> None:
        self._pending[entry.id] = entry
        if base is not None:
            self._base[entry.id] = base

    def write(self, *, author: str, reason: str, skip_refused: bool = False) -> Report:
        """Write the plan as one revision, unless conflicts are open or rows were refused.

        Args:
            author: who imports.
            reason: why.
            skip_refused: import the others although some rows were refused.

        Raises:
            ConflictError: The store was changed since the plan was made.
        """
        stuck = self.report.open_conflicts or (self.report.refused and not skip_refused)
        if stuck or not self._pending:
            return self.report
        time = now()
        writes = (
            Write(
                name,
                "import",
                replace(entry, author=entry.author or author, modified=entry.modified or time),
                _LIVE[entry.review],
                self._base.get(name),
            )
            for name, entry in self._pending.items()
        )
        with without_collector():
            self.report.revision = self.store.write(writes, author=author, reason=reason)
        return self.report


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles while a million objects without any are made: a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


_LIVE: dict[str, Literal["new", "keep", "none"]] = {
    "approved": "new", "proposed": "keep", "rejected": "none", "archived": "none",
}  # fmt: skip


def _as_in(old: Entry, new: Entry) -> Entry:
    """A pair from a plain list, told in terms of the entry that it is about.

    A list's first rendering counts as its preferred one; where the entry knows the rendering as
    a right one, the list agrees with it and its own order means nothing.
    """
    known = {f.text: f for f in old.en}
    forms = []
    for form in new.en:
        before = known.get(form.text)
        right = before is not None and before.status in ("preferred", "admitted")
        agree = right and form.status in ("preferred", "admitted")
        forms.append(replace(form, status=before.status) if before and agree else form)
    zh_known = {(f.text, f.script): f.status for f in old.zh}
    zh = tuple(replace(f, status=zh_known.get((f.text, f.script), "admitted")) for f in new.zh)
    return replace(new, id=old.id, zh=zh, en=tuple(forms))
