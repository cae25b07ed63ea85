"""TBX: ISO 30042:2019 (version 3, DCA and DCT styles) and the old version 2 ``martif``, read.

The two styles differ in where a data category's name stands (``<termNote type="termType">`` or
``<basic:termType>``), the two versions in the names of the levels; both differences are
levelled here, so that the rest knows only data categories at three levels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from glossary.codec import check_choices
from glossary.entry import Context, Entry, Form
from glossary.errors import EntryError, FormatError
from glossary.formats.record import DEFAULTS, Options, Record
from glossary.formats.xml import XML_LANG, elements, line_of, local, text_of

CORE = "urn:iso:std:iso:30042:ed-2"
# Forbidden and deprecated forms: ISO 30042 calls a form not to be used deprecated, and one that
# another replaces superseded.
STATUS = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "admitted",
    "supersededTerm-admn-sts": "deprecated",
    "deprecatedTerm-admn-sts": "forbidden",
    "preferredTerm": "preferred",
    "standardizedTerm": "preferred",
    "admittedTerm": "admitted",
    "supersededTerm": "deprecated",
    "deprecatedTerm": "forbidden",
}
TERM_TYPE = {
    "fullForm": "full",
    "shortForm": "short",
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "initialism": "acronym",
    "variant": "variant",
    "phrase": "phrase",
    "entryTerm": "",
}
PARTS_OF_SPEECH = {
    "noun": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "adverb",
    "other": "other",
    "properNoun": "properNoun",
    "proper noun": "properNoun",
}
# What the model has and TBX-Basic has not, in a note that only Yitong reads.
MACHINE = re.compile(r"\[yitong\] ((?:\w+=[^;]*)(?:; \w+=[^;]*)*)")
_ENTRY_KEYS = frozenset(("review", "priority", "modified"))
_FORM_KEYS = frozenset(("inflection", "term_type", "pos"))
_ENTRY_FIELDS = {"subjectField": "subject", "definition": "definition", "source": "source"}
_FORM_FIELDS = {
    "administrativeStatus": ("status", STATUS),
    "normativeAuthorization": ("status", STATUS),
    "termType": ("term_type", TERM_TYPE),
    "partOfSpeech": ("pos", PARTS_OF_SPEECH),
}
_LEVELS = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}
_GROUPS = frozenset(
    ("descripGrp", "adminGrp", "termNoteGrp", "transacGrp", "termGrp", "termCompList")
)
_META = frozenset(("admin", "descrip", "termNote", "transac", "transacNote", "xref", "ref"))


@dataclass(slots=True)
class _Item:
    """A data category: its name, value, and what is grouped with it."""

    name: str
    value: str
    group: dict[str, str] = field(default_factory=dict)


def read_tbx(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a TBX file, streamed.

    Raises:
        FormatError: It is not well-formed TBX, or declares entities.
    """
    others: Counter[str] = Counter()
    seen: set[str] = set()
    for element in elements(path, "tbx|martif", "conceptEntry", "termEntry"):
        line = line_of(element)
        try:
            entry = _entry(element, options, others, len(seen) + 1)
        except (ValueError, EntryError) as error:
            options.sink.refuse(FormatError(str(error), str(path), line))
            continue
        if entry.id in seen:
            options.sink.refuse(
                FormatError(f"id “{entry.id}” was there before: make it unique", str(path), line)
            )
            continue
        seen.add(entry.id)
        yield Record(entry, line)
    for language, count in sorted(others.items()):
        options.sink.notice(f"{count} terms in “{language}” were not read: not a language of ours")


def _entry(element: etree._Element, options: Options, others: Counter[str], number: int) -> Entry:
    name = decode_id(element.get("id") or f"c{number}")
    forms: dict[str, list[Form]] = {"zh": [], "en": []}
    items = list(_items(element))
    for section in _children(element, "langSec"):
        language = section.get(XML_LANG) or section.get("lang") or ""
        side, script = side_of(language, options.languages)
        terms = list(_children(section, "termSec"))
        if not side:
            others[language] += len(terms)
            continue
        items += [i for i in _items(section) if i.name in ("definition", "note", "source")]
        for term in terms:
            form = _form(term, script, first=not forms[side])
            if form.text:
                forms[side].append(form)
    for side, language in zip(("zh", "en"), options.languages, strict=True):
        if not forms[side]:
            raise ValueError(f"entry “{name}” has no term in “{language}”: add one")
    entry = Entry(name, tuple(forms["zh"]), tuple(forms["en"]), **_entry_values(items))
    return check_choices(entry)


def side_of(language: str, languages: tuple[str, str]) -> tuple[str, str]:
    """``zh``, ``en`` or ``""`` for a language tag, and the script of a Chinese one."""
    tag = language.replace("_", "-").lower()
    for side, wanted in zip(("zh", "en"), languages, strict=True):
        if tag == wanted.lower() or tag.startswith(f"{wanted.lower()}-"):
            parts = set(tag.split("-")[1:])
            traditional = parts & {"hant", "tw", "hk", "mo"} and "hans" not in parts
            return side, "Hant" if side == "zh" and traditional else ""
    return "", ""


def _entry_values(items: list[_Item]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    notes: list[str] = []
    for item in items:
        if item.name == "note" and (machine := _machine(item.value, _ENTRY_KEYS)):
            values |= machine
        elif item.name in _ENTRY_FIELDS:
            name = _ENTRY_FIELDS[item.name]
            values[name] = _joined(values.get(name), item.value)
            if source := item.group.get("source"):
                values["source"] = _joined(values.get("source"), source)
        elif item.name == "transactionType":
            values["author"] = item.group.get("responsibility", values.get("author", ""))
            values["modified"] = item.group.get("date", values.get("modified", ""))
        else:
            notes.append(_remark(item))
    if notes:
        values["note"] = " ".join(notes)
    if "priority" in values:
        values["priority"] = int(values["priority"])
    return values


def _form(section: etree._Element, script: str, first: bool) -> Form:
    values: dict[str, Any] = {"status": "preferred" if first else "admitted", "script": script}
    contexts: list[Context] = []
    usage: list[str] = []
    text = ""
    for item in _items(section):
        field_name, choices = _FORM_FIELDS.get(item.name, ("", {}))
        if item.name == "term":
            text = item.value
        elif item.value in choices:
            values[field_name] = choices[item.value]
        elif item.name == "context":
            contexts.append(Context(item.value, item.group.get("source", "")))
        elif item.name == "source":
            values["source"] = _joined(values.get("source"), item.value)
        elif item.name == "note" and (machine := _machine(item.value, _FORM_KEYS)):
            values |= machine
        elif item.name != "transactionType":
            usage.append(_remark(item))
    return Form(text, usage=" ".join(usage), contexts=tuple(contexts), **values)


def _machine(note: str, keys: frozenset[str]) -> dict[str, str]:
    found = MACHINE.fullmatch(note)
    pairs = [part.split("=", 1) for part in found[1].split("; ")] if found else []
    return {key: value for key, value in pairs if key in keys}


def _remark(item: _Item) -> str:
    """What the model has no field for, as a remark, so that it is not lost."""
    return item.value if item.name == "note" else f"{item.name}: {item.value}"


def _joined(before: str | None, value: str) -> str:
    if not before or value in before:
        return before or value
    return f"{before}; {value}"


def _children(element: etree._Element, level: str) -> Iterator[etree._Element]:
    for child in element:
        name = local(child)
        if _LEVELS.get(name, name) == level:
            yield child


def _items(element: etree._Element) -> Iterator[_Item]:
    """The data categories right under a level, groups taken together."""
    for child in element:
        name = local(child)
        if not name or _LEVELS.get(name, name) in ("langSec", "termSec"):
            continue
        if name == "termGrp":  # version 2: the term and its notes
            yield from _items(child)
        elif name in _GROUPS:
            yield from _group(child)
        elif value := text_of(child) or child.get("target", ""):
            yield _Item(_category(child), value)


def _group(element: etree._Element) -> Iterator[_Item]:
    """The first member of a group, the others as its details; a second note is its own."""
    members = [(_category(child), text_of(child)) for child in element if local(child)]
    if members:
        (name, value), *rest = members
        item = _Item(name, value, {k: v for k, v in rest if k != "note"})
        yield item
        yield from (_Item(k, v) for k, v in rest if k == "note" and v)


def _category(element: etree._Element) -> str:
    name = local(element)
    return element.get("type") or name if name in _META else name


_PLAIN_ID = re.compile("[A-Za-z\u4e00-\u9fa5][A-Za-z0-9.\u4e00-\u9fa5-]*")


def encode_id(name: str) -> str:
    """``name`` as an XML id, which must begin with a letter and hold no spaces; reversible."""
    if _PLAIN_ID.fullmatch(name):
        return name
    return "_" + re.sub("[^A-Za-z0-9.\u4e00-\u9fa5-]", lambda m: f"_{ord(m[0]):x}_", name)


def decode_id(name: str) -> str:
    """The name that :func:`encode_id` made an id of; others' ids are left as they are."""
    if not re.fullmatch("_(?:_[0-9a-f]+_|[A-Za-z0-9.\u4e00-\u9fa5-])+", name):
        return name
    return re.sub("_([0-9a-f]+)_", lambda m: chr(int(m[1], 16)), name[1:])
