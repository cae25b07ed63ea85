"""A glossary in use: layers of entries, later ones over earlier ones, and their matcher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.entry import Entry, Match
from glossary.errors import GlossaryError

if TYPE_CHECKING:
    from glossary.check import Finding, Severity
    from glossary.extract import Candidate
    from glossary.impact import Affected
    from glossary.match import Matcher
    from glossary.pairs import Sentence
    from glossary.store import Store

STORE_SUFFIXES = (".db", ".sqlite", ".sqlite3")
BUILTIN = Path(__file__).parent / "data" / "political.csv"


def builtin_entries() -> list[Entry]:
    """The entries that come with the project."""
    from glossary.formats import read

    return [record.entry for record in read(BUILTIN)] if BUILTIN.exists() else []


def _over(below: list[Entry], path: Path) -> list[Entry]:
    """The entries of a file laid over others; a store may also hide some of those."""
    if path.suffix.lower() not in STORE_SUFFIXES:
        from glossary.formats import read

        return [*below, *(record.entry for record in read(path))]
    from glossary.store import Store

    if not path.exists():
        raise GlossaryError(f"{path}: No such file or directory: give the path of a glossary")
    with Store(path, builtin=below) as store:
        return list(store.live())


class Glossary:
    """Entries to translate by.

    Of entries with the same id the last one counts; where two share a Chinese form, the later
    one is found (unless the earlier has the higher priority).

    Example:
        >>> glossary = Glossary.load(files=["county.csv"])
        >>> [m.entry.preferred for m in glossary.find("深化四下基层")]
        ['Four Visits to the Grassroots']
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_id: dict[str, Entry] = {}
        for entry in entries:
            by_id.pop(entry.id, None)  # so that the later one also comes later
            by_id[entry.id] = entry
        self.entries: tuple[Entry, ...] = tuple(by_id.values())

    @classmethod
    def load(cls, builtin: bool = True, files: Sequence[str | Path] = ()) -> Glossary:
        """Read the built-in glossary and files over it, in order.

        Args:
            builtin: begin with the glossary that comes with the project.
            files: paths of any format that :mod:`glossary.formats` reads, or of stores
                (``.db``, ``.sqlite``), of which the entries in force are taken.

        Raises:
            GlossaryError: A file can't be read; the message says where and why.
        """
        entries = builtin_entries() if builtin else []
        for path in files:
            entries = _over(entries, Path(path))
        return cls(entries)

    def find(self, text: str) -> list[Match]:
        """The terms in ``text``: leftmost, then longest, none overlapping."""
        return self.matcher.find(text)

    @staticmethod
    def open(path: str | Path | None = None) -> Store:
        """Open a glossary file to keep entries in; your own, if no path is given.

        The store gives and takes entries with their history (:mod:`glossary.store`); around it,
        :mod:`glossary.search` looks things up, :mod:`glossary.review` approves and reverts, and
        :mod:`glossary.transfer` imports files.

        Raises:
            StoreError: It can't be opened.
        """
        from glossary.place import default_store
        from glossary.store import Store

        return Store(default_store() if path is None else path)

    def write(self, path: str | Path, *, name: str = "") -> None:
        """Write all entries to a file, in the format of its suffix or the one named.

        Raises:
            FormatError: The format is unknown.
            GlossaryError: ``path`` can't be written.
        """
        from glossary.formats import write

        write(self.entries, Path(path), name=name)

    def check(self, *, texts: Sequence[str] = (), level: Severity = "info") -> list[Finding]:
        """What is wrong with the entries (:mod:`glossary.check`), the most severe first."""
        from glossary.check import check

        return check(self.entries, texts=texts, level=level)

    def extract(
        self, reports: dict[str, str], *, parallel: Sequence[Sentence] = (), limit: int = 50
    ) -> list[Candidate]:
        """Candidate terms of Chinese reports (name: text) that it does not have, best first."""
        from glossary.extract import Miner

        return Miner(self.entries).extract(reports, parallel=parallel, limit=limit)

    def impact(self, newer: Glossary, sentences: Iterable[Sentence]) -> list[Affected]:
        """The sentences that are translated otherwise by a newer state of the glossary."""
        from glossary.impact import Impact

        return list(Impact(self.entries, newer.entries).affected(sentences))

    @cached_property
    def matcher(self) -> Matcher:
        """The automaton over all usable entries, built when first asked for."""
        from glossary.match import Matcher  # the automaton is not needed to list or keep terms

        return Matcher(self.entries)

    @cached_property
    def revision(self) -> str:
        """Eight hexadecimal digits that change when any entry changes; order doesn't matter."""
        import hashlib

        digest = hashlib.sha256()
        for line in sorted(map(repr, self.entries)):
            digest.update(line.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:8]
