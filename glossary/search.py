"""Look entries up: by Chinese in either script, English, pinyin, and full text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary import codec
from glossary.entry import Entry, Form
from glossary.fold import fold, has_han, is_han
from glossary.index import phrase, pinyin, words
from glossary.store import Store, Stored

_CANDIDATES = 2_000  # index hits that are looked at to find the best


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, and by what: the form, or ``text`` for a hit in its prose."""

    stored: Stored
    matched: str
    rank: int

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.stored.entry


@dataclass(frozen=True, slots=True)
class Filter:
    """What else an entry has to be: empty fields don't ask for anything."""

    subject: str = ""
    review: str = ""
    status: str = ""

    def accepts(self, entry: Entry) -> bool:
        """Whether the entry has the subject, review state, and a form of the status."""
        return (
            (not self.subject or entry.subject == self.subject)
            and (not self.review or entry.review == self.review)
            and (not self.status or any(f.status == self.status for f in (*entry.zh, *entry.en)))
        )


ANY = Filter()


def search(
    store: Store, query: str, *, where: Filter = ANY, text: bool = False, limit: int = 50
) -> list[Hit]:
    """The entries whose forms hold ``query``, the closest first.

    Args:
        store: whose entries, with the built-in ones under them.
        query: Chinese in either script (any part of a form), English (words in any order, the
            last may be unfinished), or pinyin without tones and spaces (its beginning, or the
            initials).
        where: what the entries must be besides.
        text: look in definitions, notes, usage and contexts, too.
        limit: at most so many.
    """
    query = query.strip()
    if not query:
        return []
    take = limit if where == ANY else _CANDIDATES  # a filter may need to look at more
    own = _own(store, query, text, take)
    hits = {h.entry.id: h for h in sorted(own, key=_order, reverse=True)}
    for hit in _builtin(store, query, text):
        hits.setdefault(hit.entry.id, hit)
    kept = (hit for hit in sorted(hits.values(), key=_order) if where.accepts(hit.entry))
    return [hit for hit, _ in zip(kept, range(limit), strict=False)]


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.rank, len(hit.matched), hit.entry.id


def _own(store: Store, query: str, text: bool, take: int) -> Iterator[Hit]:
    found: dict[int, tuple[int, str]] = {}
    key = fold(query)
    for expression in _expressions(query):
        rows = store.connection.execute(
            "SELECT form.entry, form.text, form.key FROM form_index "
            "JOIN form ON form.id = form_index.rowid WHERE form_index MATCH ? LIMIT ?",
            (expression, _CANDIDATES),
        )
        for number, form, form_key in rows:
            if not is_possible(key, form_key):
                continue
            best = rank(key, form_key), form
            found[number] = min(found.get(number, best), best, key=lambda b: (b[0], len(b[1])))
    if text:
        for number in _prose(store, query):
            found.setdefault(number, (4, "text"))
    best_first = sorted(found.items(), key=lambda item: (item[1][0], len(item[1][1])))
    for number, (place, form) in best_first[:take]:
        row = store.connection.execute(
            "SELECT state, head, live FROM entry JOIN change ON revision = head AND entry = id "
            "WHERE number = ?",
            (number,),
        ).fetchone()
        yield Hit(Stored(codec.loads(row[0]), row[1], row[2]), form, place)


def _expressions(query: str) -> Iterator[str]:
    if has_han(query):
        yield phrase(query)
        return
    if english := words(query, "words"):
        yield english
    letters = re.sub(r"[^a-z]", "", query.lower().replace("ü", "v"))
    if letters and " " not in query.strip():
        yield f'pinyin : "{letters}" *'


def _prose(store: Store, query: str) -> Iterator[int]:
    expression = phrase(query).replace("pairs", "prose", 1)
    if not has_han(query):
        expression = words(query, "prose")
    if expression:
        for (number,) in store.connection.execute(
            "SELECT rowid FROM prose_index WHERE prose_index MATCH ? LIMIT ?",
            (expression, _CANDIDATES),
        ):
            yield number


def is_possible(key: str, form_key: str) -> bool:
    """Whether a hit by pairs holds the query: digits and punctuation are not in the index."""
    return not has_han(key) or _squeeze(key) in _squeeze(form_key)


def _squeeze(key: str) -> str:
    return "".join(c for c in key if is_han(c) or c.isalnum())


def rank(key: str, form_key: str) -> int:
    """0 for the form itself, 1 for its beginning, 2 for a part, 3 by pinyin or loose words."""
    if form_key == key:
        return 0
    if form_key.startswith(key):
        return 1
    return 2 if key in form_key else 3


def _builtin(store: Store, query: str, text: bool) -> Iterator[Hit]:
    key, letters = fold(query), re.sub(r"[^a-z]", "", query.lower().replace("ü", "v"))
    chinese = has_han(query)
    wanted = [re.compile(rf"\b{re.escape(w)}") for w in key.split()]
    for name, entry in store.builtin.items():
        forms: Iterable[Form] = entry.zh if chinese else (*entry.en, *entry.zh)
        places = [
            (rank(key, form_key), form.text)
            for form in forms
            if (form_key := fold(form.text)) is not None
            and (
                is_possible(key, form_key)
                if chinese
                else all(w.search(form_key) for w in wanted)
                or _reads(form, letters if " " not in query else "")
            )
        ]
        if not places and text and key in fold(f"{entry.definition} {entry.note}"):
            places = [(4, "text")]
        if places and store.head_revision(name) == 0:
            place, form_text = min(places, key=lambda p: (p[0], len(p[1])))
            yield Hit(Stored(entry, 0, 0, builtin=True), form_text, place)


def _reads(form: Form, letters: str) -> bool:
    if len(letters) < 2 or not has_han(form.text):
        return False
    return any(word.startswith(letters) for word in pinyin(form.text).split())
