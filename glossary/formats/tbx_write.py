"""TBX written: ISO 30042:2019, TBX-Basic, DCA style; only what that dialect's rules allow.

The rules beyond the core grammar (which values a category may have, at which level it stands)
are those of the dialect's Schematron schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from glossary.entry import Entry, Form
from glossary.formats.record import DEFAULTS, Options, replacing
from glossary.formats.tbx import CORE, encode_id
from glossary.formats.xml import XML, XML_LANG

_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_TERM_TYPE = {
    "full": "fullForm",
    "short": "shortForm",
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "variant": "variant",
    "phrase": "phrase",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")


def write_tbx(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write the entries, streamed, to a file that replaces ``path`` when it is whole.

    Raises:
        GlossaryError: ``path`` can't be written.
    """
    with replacing(path) as temporary, etree.xmlfile(str(temporary), encoding="utf-8") as file:
        file.write_declaration()
        # The elements inside are built without a namespace, so that not each of them declares it.
        attributes = {"type": "TBX-Basic", "style": "dca", XML_LANG: "en", "xmlns": CORE}
        with file.element("tbx", attributes, nsmap={"xml": XML}):
            file.write(_header(), pretty_print=True)
            with file.element("text"), file.element("body"):
                for entry in entries:
                    file.write("\n")
                    file.write(_concept(entry), pretty_print=True)


def _header() -> etree._Element:
    header = etree.Element("tbxHeader")
    source = _add(_add(header, "fileDesc"), "sourceDesc")
    _add(source, "p", "Chinese and English terms, exported by Yitong")
    return header


def _concept(entry: Entry) -> etree._Element:
    concept = etree.Element("conceptEntry", id=encode_id(entry.id))
    extra: dict[str, object] = {}
    if entry.author or entry.modified:
        extra |= _transaction(concept, entry)
    for tag, kind, text in (
        ("descrip", "subjectField", entry.subject),
        ("descrip", "definition", entry.definition),
        ("admin", "source", entry.source),
    ):
        if text:
            _add(concept, tag, text, type=kind)
    if entry.note:
        _add(concept, "note", entry.note)
    if entry.review != "approved":
        extra["review"] = entry.review
    if entry.priority:
        extra["priority"] = entry.priority
    _machine(concept, extra)
    for language, forms in (
        ("zh-Hans", [f for f in entry.zh if not f.script]),
        ("zh-Hant", [f for f in entry.zh if f.script]),
        ("en", list(entry.en)),
    ):
        if forms:
            section = _add(concept, "langSec")
            section.set(XML_LANG, language)
            for form in forms:
                _term(section, form)
    return concept


def _transaction(concept: etree._Element, entry: Entry) -> dict[str, object]:
    """Who changed the entry, and when; returns what is no date, for the machine's note."""
    group = _add(concept, "transacGrp")
    _add(group, "transac", "modification", type="transactionType")
    if _is_date(entry.modified):
        _add(group, "date", entry.modified)
    if entry.author:
        _add(group, "transacNote", entry.author, type="responsibility")
    if entry.modified and not _is_date(entry.modified):
        return {"modified": entry.modified.replace(";", ",")}
    return {}


def _is_date(text: str) -> bool:
    """Whether ``text`` is an XML Schema date or dateTime."""
    if not _DATE.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text.rstrip("Z")).year > 0
    except ValueError:
        return False


def _term(parent: etree._Element, form: Form) -> None:
    section = _add(parent, "termSec")
    _add(section, "term", form.text)
    extra: dict[str, object] = {}
    _add(section, "termNote", _STATUS[form.status], type="administrativeStatus")
    if form.pos == "properNoun":
        _add(section, "termNote", "noun", type="partOfSpeech")
        extra["pos"] = form.pos
    elif form.pos:
        _add(section, "termNote", form.pos, type="partOfSpeech")
    if form.term_type in _TERM_TYPE:
        _add(section, "termNote", _TERM_TYPE[form.term_type], type="termType")
    elif form.term_type:
        extra["term_type"] = form.term_type
    for context in form.contexts:
        group = _add(section, "descripGrp")
        _add(group, "descrip", context.text, type="context")
        if context.source:
            _add(group, "admin", context.source, type="source")
    if form.source:
        _add(section, "admin", form.source, type="source")
    if form.usage:
        _add(section, "note", form.usage)
    if form.inflection != "inflects":
        extra["inflection"] = form.inflection
    _machine(section, extra)


def _machine(parent: etree._Element, extra: dict[str, object]) -> None:
    if extra:
        _add(parent, "note", "[yitong] " + "; ".join(f"{k}={v}" for k, v in extra.items()))


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: Any) -> etree._Element:
    child = etree.SubElement(parent, tag, attributes)
    if text:
        child.text = text
    return child
