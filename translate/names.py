"""The names of a report as constraints: persons in pinyin, places in their English form.

>>> names = find_names([("县委书记韩寿山在商南县调研。", "body")])
>>> [c.target for c in names.in_text("韩寿山说，商南县变了。")]
['Han Shoushan', 'Shangnan County']
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.document import Constraint, ParagraphKind
from translate.errors import InputError
from translate.persons import find_persons, known_persons
from translate.pinyin import spell_person
from translate.places import find_places, gives_up_type, join_chains, without_type


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one report, found once, applied to each of its sentences.

    ``persons`` maps each person to where the given name begins; ``bare`` are the places that
    the report names with their type at least once; ``overrides`` is the user's own table.
    """

    persons: Mapping[str, int]
    bare: frozenset[str] = frozenset()
    overrides: Mapping[str, str] = field(default_factory=dict)

    def in_text(self, text: str) -> list[Constraint]:
        """The names in ``text``: constraints of kind ``name`` and ``place``.

        They are in order and don't overlap; offsets are those in ``text``.
        """
        found = [
            *self._overridden(text),
            *_persons(text, dict(self.persons)),
            *_places(text, self.bare),
        ]
        used = bytearray(len(text))
        kept = []
        for constraint in found:
            if not any(used[constraint.start : constraint.end]):
                length = constraint.end - constraint.start
                used[constraint.start : constraint.end] = b"\x01" * length
                kept.append(constraint)
        return sorted(kept, key=lambda constraint: constraint.start)

    def _overridden(self, text: str) -> list[Constraint]:
        """The user's own names, longest first."""
        if not self.overrides:
            return []
        pattern = "|".join(map(re.escape, sorted(self.overrides, key=len, reverse=True)))
        return [
            Constraint(m.start(), m.end(), m[0], self.overrides[m[0]], kind="name", inflects=False)
            for m in re.finditer(pattern, text)
        ]


def find_names(
    paragraphs: Sequence[tuple[str, ParagraphKind]], overrides: Mapping[str, str] | None = None
) -> Names:
    """Read a whole report and find its names.

    Args:
        paragraphs: Each paragraph's text (Simplified, cleaned) and kind.
        overrides: Chinese name -> English, from ``load_names``; these win always.
    """
    texts = [text for text, _ in paragraphs]
    persons = known_persons(texts)
    return Names(persons, frozenset(), dict(overrides or {}))


def _persons(text: str, known: dict[str, int]) -> Iterable[Constraint]:
    for start, given, end in find_persons(text, known):
        spelling = spell_person(text[start:given], text[given:end])
        yield Constraint(
            start, end, text[start:end], spelling.target, spelling.accepted, "name", inflects=False
        )


def _places(text: str, bare: frozenset[str]) -> Iterable[Constraint]:
    found = [
        without_type(place, text) if gives_up_type(place, text) else place
        for place in find_places(text, bare)
    ]
    for place in join_chains(found):
        yield Constraint(
            place.start,
            place.end,
            text[place.start : place.end],
            place.target,
            tuple(dict.fromkeys(place.accepted)),
            "place",
            inflects=False,
        )


def load_names(path: str | Path) -> dict[str, str]:
    """Read the user's own names: a CSV or TSV file of ``Chinese, English`` rows.

    Lines that begin with ``#`` and a first row ``zh,en`` are left out.

    Raises:
        InputError: The file can't be read, or a row is broken; file, line and column are named.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot read the names file: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}): save it as UTF-8") from error
    names: dict[str, str] = {}
    delimiter = "\t" if "\t" in text else ","
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if number == 1 and [cell.lower() for cell in cells[:2]] == ["zh", "en"]:
            continue
        if len(cells) < 2 or not cells[1]:
            raise InputError(f"{path}, line {number}, column 2: no English for {cells[0]!r}")
        if len(cells) > 2 and any(cells[2:]):
            raise InputError(f"{path}, line {number}, column 3: two columns only: zh, en")
        if not re.search(r"[\u3400-\u9fff\U00020000-\U0003ffff]", cells[0]):
            raise InputError(f"{path}, line {number}, column 1: {cells[0]!r} is not Chinese")
        known = names.get(cells[0])
        if known is not None and known != cells[1]:
            raise InputError(
                f"{path}, line {number}, column 2: {cells[0]!r} is {known!r} above, {cells[1]!r} here"
            )
        names[cells[0]] = cells[1]
    return names
