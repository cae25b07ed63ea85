"""The names of a report as constraints: persons in pinyin, places in their English form.

>>> names = find_names([("县委书记韩立峰在商南县调研。", "body")])
>>> [c.target for c in names.in_text("韩立峰说，商南县变了。")]
['Han Lifeng', 'Shangnan County']
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.document import Constraint, Flag, ParagraphKind
from translate.errors import InputError
from translate.naming.address import find_addresses
from translate.naming.bylines import byline_names
from translate.naming.peoples import find_other_names
from translate.naming.persons import Person, find_persons, find_transcribed, known_persons
from translate.naming.pinyin import Spelling, spell_person
from translate.naming.place_chains import Found, gives_up_type, join_chains, without_type
from translate.naming.places import find_places, known_places

Offer = tuple[float, Constraint]  # what speaks for it (log-odds), and the constraint
_OVERRIDE, _CERTAIN, _ADDRESS = 1000.0, 50.0, 4.0
_SURE_PERSON = 2.0


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one report, found once, applied to each of its sentences.

    ``persons`` are the people it names anywhere, ``places`` the typed places that it names beyond
    doubt; ``overrides`` is the user's own table, Chinese -> English.
    """

    persons: Mapping[str, Person] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    overrides: Mapping[str, str] = field(default_factory=dict)

    def in_text(
        self,
        text: str,
        kind: ParagraphKind = "body",
        taken: Sequence[tuple[int, int]] = (),
    ) -> list[Constraint]:
        """The names in ``text`` as constraints of kind ``name`` and ``place``.

        They are in order and don't overlap; offsets are those in ``text``. The better supported
        of two overlapping readings is kept, the earlier and longer of two as good.

        Args:
            text: A sentence of the report.
            kind: Its paragraph's kind; a byline is read by its layout.
            taken: Spans that glossary terms have; a place gives up its type to one (商南|县委).
        """
        used = bytearray(len(text))
        for start, end in taken:
            used[start:end] = b"\x01" * (end - start)
        people = [
            *self._overridden(text),
            *_bylines(text, kind),
            *_persons(text, self.persons),
            *_other_names(text),
            *_addresses(text),
        ]
        persons = {(c.start, c.end) for _, c in people if c.source in self.persons}
        places = [
            _fit(place, text, used)
            for place in find_places(text, self.places)
            if (place.start, place.end) not in persons or not self._is_person(place, text)
        ]
        offered: list[tuple[float, int, int, Constraint | Found]] = [
            (worth, c.start, c.end, c) for worth, c in people
        ]
        offered += [(place.value, place.start, place.end, place) for place in places if place]
        kept: list[Constraint] = []
        kept_places: list[Found] = []
        for _, start, end, item in sorted(offered, key=lambda o: (-o[0], o[1], -o[2])):
            if any(used[start:end]):
                continue
            used[start:end] = b"\x01" * (end - start)
            if isinstance(item, Constraint):
                kept.append(item)
            else:
                kept_places.append(item)
        kept_places.sort(key=lambda place: place.start)
        kept += [_place(place, text) for place in join_chains(kept_places)]
        return sorted(kept, key=lambda constraint: constraint.start)

    def _is_person(self, place: Found, text: str) -> bool:
        """Whether a river or mountain is rather the report's 王胜江, whose name has one's form."""
        name = text[place.start : place.end]
        return place.rank > 5 and self.persons[name].value > _SURE_PERSON

    def flags(self, text: str) -> list[Flag]:
        """Names in ``text`` that are not Han and whose English can't be had from the characters."""
        unknown = [(n.start, n.end) for n in find_other_names(text) if n.spelling is None]
        spelled = [(n.start, n.end) for n in find_other_names(text) if n.spelling is not None]
        unknown += [
            (start, end)
            for start, end in find_transcribed(text)
            if not any(start < taken_end and taken < end for taken, taken_end in spelled)
        ]
        return [
            Flag(
                "name-foreign",
                f"foreign name {text[start:end]}: give its English with --names",
                start,
                end,
            )
            for start, end in sorted(unknown)
            if text[start:end] not in self.overrides
        ]

    def _overridden(self, text: str) -> Iterator[Offer]:
        """The user's own names, the longest first."""
        if not self.overrides:
            return
        pattern = "|".join(map(re.escape, sorted(self.overrides, key=len, reverse=True)))
        for match in re.finditer(pattern, text):
            spelling = Spelling(self.overrides[match[0]])
            yield _OVERRIDE, _name(text, match.start(), match.end(), spelling)


def find_names(
    paragraphs: Sequence[tuple[str, ParagraphKind]], overrides: Mapping[str, str] | None = None
) -> Names:
    """Read a whole report and find its names.

    Args:
        paragraphs: Each paragraph's text (Simplified, cleaned) and kind.
        overrides: Chinese name -> English, from ``load_names``; these win always.
    """
    places = known_places([text for text, _ in paragraphs])
    return Names(known_persons(paragraphs), places, dict(overrides or {}))


def _name(text: str, start: int, end: int, spelling: Spelling) -> Constraint:
    return Constraint(
        start, end, text[start:end], spelling.target, spelling.accepted, "name", inflects=False
    )


def _persons(text: str, known: Mapping[str, Person]) -> Iterator[Offer]:
    for worth, (start, given, end) in find_persons(text, known):
        yield worth, _name(text, start, end, spell_person(text[start:given], text[given:end]))


def _bylines(text: str, kind: ParagraphKind) -> Iterator[Offer]:
    for start, given, end in byline_names(text, kind):
        spelling = spell_person(text[start:given], text[given:end].strip())
        yield _CERTAIN, _name(text, start, end, spelling)


def _other_names(text: str) -> Iterator[Offer]:
    for name in find_other_names(text):
        if name.spelling is not None:
            yield _CERTAIN, _name(text, name.start, name.end, name.spelling)


def _addresses(text: str) -> Iterator[Offer]:
    for address in find_addresses(text):
        spelling = Spelling(address.target, address.accepted)
        yield _ADDRESS, _name(text, address.start, address.end, spelling)


def _fit(place: Found, text: str, used: bytearray) -> Found | None:
    """The place as the terms around it leave it room: whole, without its type, or not at all."""
    if gives_up_type(place, text):
        return without_type(place, text)
    if any(used[place.start : place.end]):
        stem_free = not any(used[place.start : place.type_at])
        long_enough = place.type_at - place.start > 1 and place.type_at < place.end
        return without_type(place, text) if stem_free and long_enough else None
    return place


def _place(place: Found, text: str) -> Constraint:
    return Constraint(
        place.start,
        place.end,
        text[place.start : place.end],
        place.target,
        tuple(dict.fromkeys(form for form in place.accepted if form != place.target)),
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
                f"{path}, line {number}, column 2: {cells[0]!r} is {known!r} above and"
                f" {cells[1]!r} here: keep one"
            )
        names[cells[0]] = cells[1]
    return names
