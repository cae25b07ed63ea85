"""TMX 1.4b used for terms: one translation unit a concept, one variant a form.

What TMX has no place for is kept in ``prop`` elements (``x-status`` and so on), as the standard
provides; other tools show or ignore them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from lxml import etree

from glossary.codec import check_choices
from glossary.entry import Context, Entry, Form
from glossary.errors import EntryError, FormatError
from glossary.formats.record import DEFAULTS, Options, Record, replacing
from glossary.formats.tbx import side_of
from glossary.formats.xml import XML_LANG, elements, line_of, local, text_of

# Inline codes: their content is markup of another program, not text.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut", "sub"))
_ENTRY = ("subject", "definition", "source", "review", "priority", "author", "modified")
_FORM = ("status", "term_type", "pos", "inflection", "usage", "source")
_DEFAULTS = {f.name: f.default for kind in (Form, Entry) for f in fields(kind)}


def read_tmx(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a TMX file, streamed. Units without an id are named by their Chinese.

    Raises:
        FormatError: It is not well-formed TMX, or declares entities.
    """
    others: Counter[str] = Counter()
    for unit in elements(path, "tmx", "tu"):
        line = line_of(unit)
        try:
            entry = _entry(unit, options, others)
        except (ValueError, EntryError) as error:
            options.sink.refuse(FormatError(str(error), str(path), line))
            continue
        yield Record(entry, line, named=bool(unit.get("tuid")))
    for language, count in sorted(others.items()):
        options.sink.notice(f"{count} terms in “{language}” were not read: not a language of ours")


def _entry(unit: etree._Element, options: Options, others: Counter[str]) -> Entry:
    forms: dict[str, list[Form]] = {"zh": [], "en": []}
    for variant in unit:
        if local(variant) != "tuv":
            continue
        language = variant.get(XML_LANG) or variant.get("lang") or ""
        side, script = side_of(language, options.languages)
        if not side:
            others[language] += 1
            continue
        form = _form(variant, script, first=not forms[side])
        if form.text:
            forms[side].append(form)
    for side, language in zip(("zh", "en"), options.languages, strict=True):
        if not forms[side]:
            raise ValueError(f"unit has no “{language}” variant: add one")
    properties = _properties(unit, _ENTRY)
    values: dict[str, Any] = {k: v[-1] for k, v in properties.items() if k in _ENTRY}
    notes = [text_of(child) for child in unit if local(child) == "note"]
    if notes:
        values["note"] = " ".join(notes)
    if "priority" in values:
        values["priority"] = int(values["priority"])
    name = unit.get("tuid") or forms["zh"][0].text
    return check_choices(Entry(name, tuple(forms["zh"]), tuple(forms["en"]), **values))


def _form(variant: etree._Element, script: str, first: bool) -> Form:
    properties = _properties(variant, _FORM)
    values: dict[str, Any] = {"status": "preferred" if first else "admitted"}
    values |= {k: v[-1] for k, v in properties.items() if k in _FORM}
    contexts = tuple(
        Context(text, source)
        for text, source in zip(
            properties.get("context", []), properties.get("context-source", []), strict=False
        )
    )
    notes = [text_of(child) for child in variant if local(child) == "note"]
    if notes:
        values["usage"] = " ".join(filter(None, [values.get("usage", ""), *notes]))
    text = next((text_of(c, _CODES) for c in variant if local(c) == "seg"), "")
    return Form(text, script=script, contexts=contexts, **values)  # type: ignore[arg-type]


def _properties(element: etree._Element, names: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in element:
        if local(child) == "prop" and (kind := child.get("type", "")).startswith("x-"):
            name = kind[2:].replace("term-type", "term_type")
            if name in names or name.startswith("context"):
                found.setdefault(name, []).append(text_of(child))
    return found


def write_tmx(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write the entries, streamed, to a file that replaces ``path`` when it is whole.

    Raises:
        GlossaryError: ``path`` can't be written.
    """
    header = {
        "creationtool": "Yitong", "creationtoolversion": "1", "segtype": "phrase",
        "o-tmf": "Yitong glossary", "adminlang": "en", "srclang": "zh-Hans",
        "datatype": "plaintext",
    }  # fmt: skip
    with replacing(path) as temporary, etree.xmlfile(str(temporary), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write(etree.Element("header", header), pretty_print=True)
            with file.element("body"):
                for entry in entries:
                    file.write("\n")
                    file.write(_unit(entry), pretty_print=True)


def _unit(entry: Entry) -> etree._Element:
    unit = etree.Element("tu", tuid=entry.id)
    if entry.note:
        etree.SubElement(unit, "note").text = entry.note
    _write_properties(unit, entry, _ENTRY)
    for form in entry.zh:
        _variant(unit, form, "zh-Hant" if form.script else "zh-Hans")
    for form in entry.en:
        _variant(unit, form, "en")
    return unit


def _variant(unit: etree._Element, form: Form, language: str) -> None:
    variant = etree.SubElement(unit, "tuv")
    variant.set(XML_LANG, language)
    _write_properties(variant, form, _FORM)
    for context in form.contexts:
        for kind, text in (("x-context", context.text), ("x-context-source", context.source)):
            etree.SubElement(variant, "prop", type=kind).text = text
    etree.SubElement(variant, "seg").text = form.text


def _write_properties(parent: etree._Element, value: Entry | Form, names: tuple[str, ...]) -> None:
    for name in names:
        item = getattr(value, name)
        if name == "status" or (item and item != _DEFAULTS.get(name)):
            kind = f"x-{name.replace('_', '-')}"
            etree.SubElement(parent, "prop", type=kind).text = str(item)
