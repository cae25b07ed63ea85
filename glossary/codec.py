"""Entries as plain data (for JSON and the store), made clean and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from glossary import entry as model
from glossary import patterns
from glossary.entry import Context, Entry, Form
from glossary.errors import EntryError

# What XML 1.0 can't carry, so that no format has to drop it silently; tabs and line ends become
# spaces.
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\ufeff]")
_CHOICES: dict[str, tuple[str, ...]] = {
    "status": model.STATUSES,
    "term_type": model.TERM_TYPES,
    "pos": model.PARTS_OF_SPEECH,
    "inflection": model.INFLECTIONS,
    "script": ("", "Hant"),
    "review": model.REVIEWS,
}
_FIELDS = {
    kind: tuple((f.name, f.default) for f in fields(kind)) for kind in (Context, Form, Entry)
}
_VALUES = {kind: attrgetter(*(name for name, _ in known)) for kind, known in _FIELDS.items()}
_TEXTS = ("id", "subject", "definition", "note", "source", "author", "modified")
_TEXTS_OF = attrgetter(*_TEXTS)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
T = TypeVar("T", Context, Form, Entry)


def dumps(entry: Entry) -> str:
    """The entry as one line of JSON, without fields that have their default value."""
    return _ENCODER.encode(to_dict(entry))


def loads(line: str) -> Entry:
    """The entry that :func:`dumps` wrote.

    Raises:
        EntryError: It is not JSON of an entry; says which field is wrong.
    """
    try:
        value = json.loads(line)
    except ValueError as error:
        raise EntryError(f"is not JSON ({error})") from None
    return from_dict(value)


def to_dict(value: Context | Form | Entry) -> dict[str, Any]:
    """Plain data without fields that have their default value."""
    kind = type(value)
    found = {
        name: item
        for (name, default), item in zip(_FIELDS[kind], _VALUES[kind](value), strict=True)
        if item != default
    }
    for name in ("zh", "en", "contexts"):
        if name in found:
            found[name] = [to_dict(part) for part in found[name]]
    return found


def from_dict(value: object) -> Entry:
    """The entry that plain data describes.

    Raises:
        EntryError: A field is missing, unknown, or not of its type.
    """
    data = _mapping(value, "entry")
    forms = {
        side: tuple(_form(item, side) for item in _list(data.get(side), side))
        for side in ("zh", "en")
    }
    return _build(Entry, {**data, **forms}, "entry")


def _form(value: object, side: str) -> Form:
    if isinstance(value, str):
        return Form(value)
    data = dict(_mapping(value, side))
    contexts = tuple(
        _build(Context, _mapping(item, "contexts"), "contexts")
        for item in _list(data.get("contexts", []), "contexts")
    )
    return _build(Form, {**data, "contexts": contexts}, side)


def _build(kind: type[T], data: Mapping[str, Any], where: str) -> T:
    known = {f.name: f for f in fields(kind)}
    for name, item in data.items():
        if name not in known:
            raise EntryError(f"{where} has an unknown field “{name}”: leave it out")
        if isinstance(item, tuple):
            continue
        wanted = int if name == "priority" else str
        if not isinstance(item, wanted) or isinstance(item, bool):
            raise EntryError(f"{where}: “{name}” must be a {wanted.__name__}")
        if name in _CHOICES and item not in _CHOICES[name]:
            listed = ", ".join(c for c in _CHOICES[name] if c)
            raise EntryError(f"{where}: {name} “{item}” is not one of {listed}")
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name not in data]
    if missing:
        raise EntryError(f"{where} has no “{missing[0]}”")
    return kind(**data)


def check_choices(entry: Entry) -> Entry:
    """``entry`` itself.

    Raises:
        EntryError: A status, review state or the like is none that the model has.
    """
    for value in (entry, *entry.zh, *entry.en):
        for name, choices in _CHOICES.items():
            if hasattr(value, name) and getattr(value, name) not in choices:
                listed = ", ".join(c for c in choices if c)
                wrong = getattr(value, name)
                raise EntryError(f"entry {entry.id}: {name} “{wrong}” is not one of {listed}")
    return entry


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise EntryError(f"{where} must be an object with named fields")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise EntryError(f"“{where}” must be a list")
    return value


def tidy_text(text: str) -> str:
    """``text`` on one line, without stray spaces and characters that no file can carry."""
    if not text or text.isalnum():  # the common cases, Han included, quickly
        return text
    return " ".join(_UNFIT.sub("", text).split())


def tidy(entry: Entry) -> Entry:
    """``entry`` as it is kept: texts on one line, repeated forms joined, Simplified ones first.

    Raises:
        EntryError: It has no id, or no form in one of the languages, or a form whose slots are
            not those of a pattern.
    """
    before = _TEXTS_OF(entry)
    after = tuple(map(tidy_text, before))
    texts: dict[str, Any] = dict(zip(_TEXTS, after, strict=True))
    name = texts["id"]
    if not name:
        raise EntryError("the entry has no id: give it one")
    if all(map(_is_tidy, (*entry.zh, *entry.en))) and _are_distinct(entry):
        tidied = entry if before == after else replace(entry, **texts)
        _check_slots(tidied)
        return tidied
    zh, en = _tidy_forms(entry.zh, name, "Chinese"), _tidy_forms(entry.en, name, "English")
    tidied = replace(entry, zh=zh, en=en, **texts)
    _check_slots(tidied)
    return tidied


def _is_tidy(form: Form) -> bool:
    """Whether there is nothing to do to the form; contexts are always gone through."""
    texts = (form.text, form.usage, form.source)
    return bool(form.text) and not form.contexts and all(t == tidy_text(t) for t in texts)


def _are_distinct(entry: Entry) -> bool:
    """Whether both languages have forms, none of them twice, Simplified ones first."""
    for forms in (entry.zh, entry.en):
        keys = [(f.script, f.text) for f in forms]
        scripts = [script for script, _ in keys]
        if not keys or len(set(keys)) < len(keys) or scripts != sorted(scripts):
            return False
    return True


def _tidy_forms(forms: tuple[Form, ...], name: str, language: str) -> tuple[Form, ...]:
    kept: dict[tuple[str, str], Form] = {}
    for form in forms:
        text = tidy_text(form.text)
        if not text:
            continue
        tidied = (Context(tidy_text(c.text), tidy_text(c.source)) for c in form.contexts)
        contexts = tuple(dict.fromkeys(c for c in tidied if c.text))
        usage, source = tidy_text(form.usage), tidy_text(form.source)
        key = text, form.script
        if key in kept:
            before = kept[key].contexts
            contexts = (*before, *(c for c in contexts if c not in before))
            kept[key] = replace(kept[key], contexts=contexts)
        else:
            kept[key] = replace(form, text=text, usage=usage, source=source, contexts=contexts)
    if not kept:
        raise EntryError(f"entry {name} has no {language} form: give it one")
    return tuple(sorted(kept.values(), key=lambda form: form.script))


def _check_slots(entry: Entry) -> None:
    """Pattern forms need a slot and text beside it; others must not look like having one."""
    if not entry.is_pattern:
        return
    for form in entry.zh:
        if not patterns.SLOT.search(form.text):
            raise EntryError(f"entry {entry.id}: pattern “{form.text}” has no slot such as {{n}}")
        if not patterns.anchor(form.text):
            raise EntryError(f"entry {entry.id}: pattern “{form.text}” is nothing but slots")
