"""An entry as a small form to edit by hand, one line a field.

id: four-visits
zh: 四下基层 [preferred]
en: Four Visits to the Grassroots [preferred, proper, exact]
usage: capitals as in the white paper
context: The Four Visits are practised. || Xinhua
subject: grassroots-governance
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from glossary import entry as model
from glossary.codec import tidy
from glossary.entry import Context, Entry, Form
from glossary.errors import EntryError, FormatError

_FIELDS = ("subject", "definition", "note", "source", "priority")
_CHOICES = (
    ("status", model.STATUSES),
    ("inflection", model.INFLECTIONS),
    ("term_type", model.TERM_TYPES),
    ("pos", model.PARTS_OF_SPEECH),
)
_LINE = re.compile(r"(\s*)([\w-]+)\s*:\s?(.*)")
_MARKS = re.compile(r"(.*?)\s*\[([\w ,-]*)\]\s*")
HELP = """\
# One line a field; lines that begin with # are left out. A form's marks stand in brackets:
#   status: preferred admitted deprecated forbidden    inflection: inflects exact plural
#   type: full short acronym abbreviation variant phrase proper pattern
#   part of speech: noun verb adjective adverb properNoun other
# Below a form, indented: usage, source, context (a sentence), context-source.
"""


def dumps(entry: Entry) -> str:
    """The entry as a form; :func:`loads` reads it back."""
    lines = [f"id: {entry.id}"]
    for side, forms in (("zh", entry.zh), ("en", entry.en)):
        for form in forms:
            marks: list[str] = [form.status, form.term_type, form.pos]
            if form.inflection != "inflects":
                marks.append(form.inflection)
            name = "zh-Hant" if form.script else side
            lines.append(f"{name}: {form.text} [{', '.join(m for m in marks if m)}]")
            lines += [f"    {k}: {v}" for k in ("usage", "source") if (v := getattr(form, k))]
            for context in form.contexts:
                lines.append(f"    context: {context.text}")
                if context.source:
                    lines.append(f"    context-source: {context.source}")
    lines += [f"{name}: {getattr(entry, name) or ''}" for name in _FIELDS]
    return "\n".join(lines) + "\n"


def loads(text: str, name: str = "form") -> Entry:
    """The entry that a form describes.

    Raises:
        FormatError: A line can't be understood, or something is missing; says which line.
    """
    values: dict[str, Any] = {}
    forms: dict[str, list[Form]] = {"zh": [], "en": []}
    current: list[Form] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found:
            raise FormatError("is no “field: value” line: write one", name, number)
        indent, key, value = found[1], found[2], found[3].strip()
        if indent and current:
            current[-1] = _detail(current[-1], key, value, name, number)
        elif key in ("zh", "zh-Hant", "en"):
            current = forms[key[:2]]
            current.append(_form(key, value, first=not current, name=name, number=number))
        elif key in ("id", *_FIELDS):
            values[key] = value
        else:
            raise FormatError(f"“{key}” is no field: see the list above", name, number)
    priority = values.pop("priority", "") or "0"
    if not priority.lstrip("-").isdigit():
        raise FormatError(f"priority “{priority}” is not a whole number", name)
    try:
        return tidy(
            Entry(
                values.pop("id", ""), tuple(forms["zh"]), tuple(forms["en"]),
                priority=int(priority), **values,
            )
        )  # fmt: skip
    except EntryError as error:
        raise FormatError(str(error), name) from None


def _form(key: str, value: str, first: bool, name: str, number: int) -> Form:
    found = _MARKS.fullmatch(value)
    text, marks = (found[1], found[2]) if found else (value, "")
    values: dict[str, Any] = {"status": "preferred" if first else "admitted"}
    for mark in filter(None, (m.strip() for m in marks.split(","))):
        field = next((f for f, choices in _CHOICES if mark in choices), None)
        if field is None:
            raise FormatError(f"mark “{mark}” is unknown: see the list above", name, number)
        values[field] = mark
    return Form(text, script="Hant" if key == "zh-Hant" else "", **values)


def _detail(form: Form, key: str, value: str, name: str, number: int) -> Form:
    if key == "context":
        return replace(form, contexts=(*form.contexts, Context(value)))
    if key == "context-source" and form.contexts:
        *earlier, last = form.contexts
        return replace(form, contexts=(*earlier, replace(last, source=value)))
    if key == "usage":
        return replace(form, usage=value)
    if key == "source":
        return replace(form, source=value)
    raise FormatError(f"“{key}” is no detail: write usage, source or context", name, number)
