"""From rows of cells to entries: the layouts that tables of terms come in.

* **forms**: one row a form, rows of a concept share ``concept`` (the built-in glossary's own
  layout, ``glossary/data/README.md``);
* **pairs**: one row a pair of Chinese and English, with a header or without. A Chinese form
  that comes again adds an admitted rendering to its concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from glossary import entry as model
from glossary.entry import Context, Entry, Form, Script
from glossary.errors import EntryError, FormatError
from glossary.fold import has_han
from glossary.formats.headers import Row, guess_columns, header
from glossary.formats.record import Options, Record

ENTRY_COLUMNS = (
    "subject", "definition", "note", "source", "review", "priority", "author", "modified",
)  # fmt: skip
FORM_COLUMNS = (
    "concept", "lang", "form", "status", "term_type", "pos", "inflection", "usage",
    "form_source", "context", "context_source",
)  # fmt: skip
COLUMNS = (*FORM_COLUMNS, *ENTRY_COLUMNS)
LANGUAGES: dict[str, Script] = {
    "zh": "",
    "zh-hans": "",
    "zh-cn": "",
    "zh-hant": "Hant",
    "zh-tw": "Hant",
}

_CHOICES: dict[str, tuple[str, ...]] = {
    "status": model.STATUSES,
    "zh_status": model.STATUSES,
    "term_type": model.TERM_TYPES,
    "pos": model.PARTS_OF_SPEECH,
    "inflection": model.INFLECTIONS,
    "review": model.REVIEWS,
}
_FORM_FIELDS = (
    ("term_type", "term_type"), ("pos", "pos"), ("inflection", "inflection"), ("usage", "usage"),
    ("source", "form_source"),
)  # fmt: skip
_CHECKED = frozenset((*_CHOICES, "priority"))


@dataclass
class _Concept:
    """An entry being put together from its rows."""

    id: str
    line: int
    zh: dict[tuple[str, str], Form] = field(default_factory=dict)
    en: dict[tuple[str, str], Form] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def entry(self) -> Entry:
        values: dict[str, Any] = dict(self.values)
        if "priority" in values:
            values["priority"] = int(values["priority"])
        return Entry(self.id, tuple(self.zh.values()), tuple(self.en.values()), **values)


def read_rows(
    rows: Iterable[Row], name: str, options: Options, ragged: bool = False
) -> Iterator[Record]:
    """The entries of a table, in the order in which their concepts first come.

    Args:
        rows: line number and cells.
        name: of the file, for messages.
        options: column names, and where broken rows are reported.
        ragged: rows may leave out empty cells at their end, so that the longest of the first
            rows says how many columns a table without a header has.

    Raises:
        FormatError: The table as a whole can't be understood.
    """
    stream = ((line, stripped(cells)) for line, cells in rows)
    filled: Iterator[Row] = (row for row in stream if row[1] and not _is_comment(row[1]))
    first = list(islice(filled, 200 if ragged else 1))
    if not first:
        raise FormatError("is empty: give it a row for each term", name)
    columns = header(first[0][1], options.columns)
    if columns is None:
        columns = guess_columns(max(first, key=lambda row: len(row[1])), name)
    else:
        _, cells = first.pop(0)
        for cell, column in zip(cells, columns, strict=True):
            if cell and not column:
                options.sink.notice(f"column “{cell}” was not read: map it to one of ours")
    concepts: dict[str, _Concept] = {}
    add = _add_form if "form" in columns else _add_pair
    for line, cells in chain(first, filled):
        try:
            add(concepts, line, _by_column(columns, cells, name, line), name)
        except FormatError as error:  # noqa: PERF203  one bad row must not stop the others
            options.sink.refuse(error)
        except EntryError as error:
            options.sink.refuse(FormatError(str(error), name, line))
    named = "concept" in columns
    for concept in concepts.values():
        problem = _incomplete(concept)
        if problem:
            options.sink.refuse(FormatError(problem, name, concept.line))
        else:
            yield Record(concept.entry(), concept.line, named)


def _is_comment(cells: list[str]) -> bool:
    """A remark line, as OmegaT's users write them; ``#1热线`` in a row of terms is none."""
    return cells[0].startswith("#") and (len(cells) == 1 or cells[0].startswith("# "))


def _by_column(columns: list[str], cells: list[str], name: str, line: int) -> dict[str, str]:
    if len(cells) > len(columns):
        raise FormatError(
            f"has {len(cells)} cells where {len(columns)} are expected: put a text that "
            "holds the separator between quotation marks",
            name,
            line,
            len(columns) + 1,
        )
    row: dict[str, str] = {}
    for number, cell in enumerate(cells):
        if not cell or not (column := columns[number]):
            continue
        if column in _CHECKED:
            cell = _checked(column, cell, name, line, number + 1)
        row[column] = cell
    return row


def _checked(column: str, cell: str, name: str, line: int, number: int) -> str:
    """The value of a cell that can't hold just anything."""
    if column == "priority":
        if not cell.lstrip("-").isdigit():
            raise FormatError(f"priority “{cell}” is not a whole number", name, line, number)
        return cell
    choices = _CHOICES[column]
    value = cell if cell in choices else cell.lower()
    if value not in choices:
        listed = ", ".join(c for c in choices if c)
        raise FormatError(f"{column} “{cell}” is not one of {listed}", name, line, number)
    return value


def _add_form(concepts: dict[str, _Concept], line: int, row: dict[str, str], name: str) -> None:
    for column in ("concept", "lang", "form"):
        if column not in row:
            raise FormatError(f"column “{column}” is empty: fill it", name, line)
    lang = row["lang"].lower()
    if lang not in LANGUAGES and lang.split("-")[0] != "en":
        raise FormatError(f"lang “{row['lang']}” is not one of zh, zh-Hant, en", name, line)
    concept = concepts.get(row["concept"]) or _Concept(row["concept"], line)
    _add_values(concept, row, name, line)
    forms = concept.zh if lang in LANGUAGES else concept.en
    _put(forms, row, row["form"], LANGUAGES.get(lang, ""))
    concepts.setdefault(concept.id, concept)


def _add_pair(concepts: dict[str, _Concept], line: int, row: dict[str, str], name: str) -> None:
    zh, en = row.get("zh", ""), row.get("en", "")
    if not zh:
        raise FormatError("has no Chinese form: fill the Chinese column", name, line)
    if not en:
        raise FormatError(f"“{zh}” has no English form: fill the English column", name, line)
    if has_han(en) and not has_han(zh):
        raise FormatError("has Chinese in the English column: swap the two cells", name, line)
    key = row.get("concept", zh)
    concept = concepts.get(key) or _Concept(key, line)
    if concept.values.get("note", row.get("note")) != row.get("note", ""):
        row["usage"] = row.pop("note", "")  # a note on this rendering, not on the concept
    _add_values(concept, row, name, line)
    _put(concept.zh, {"status": row["zh_status"]} if "zh_status" in row else {}, zh, "")
    if "zh-hant" in row:
        _put(concept.zh, {"status": "admitted"}, row["zh-hant"], "Hant")
    _put(concept.en, row, en, "")
    concepts.setdefault(key, concept)


def _add_values(concept: _Concept, row: dict[str, str], name: str, line: int) -> None:
    for column in ENTRY_COLUMNS:
        value = row.get(column)
        if value is None:
            continue
        before = concept.values.get(column, value)
        if before != value:
            raise FormatError(
                f"concept “{concept.id}” has {column} “{before}” in an earlier row, "
                f"“{value}” here: keep one",
                name,
                line,
            )
        concept.values[column] = value


def _put(
    forms: dict[tuple[str, str], Form], row: dict[str, str], text: str, script: Script
) -> None:
    """Add a form, or a context to one that is there.

    Raises:
        EntryError: The row contradicts an earlier one about the same form.
    """
    context = Context(row["context"], row.get("context_source", "")) if "context" in row else None
    old = forms.get((text, script))
    if old is None:
        contexts = (context,) if context else ()
        status: Any = row.get("status") or ("admitted" if forms else "preferred")
        values: dict[str, Any] = {f: row[c] for f, c in _FORM_FIELDS if c in row}
        forms[text, script] = Form(text, status, script=script, contexts=contexts, **values)
        return
    for name, column in (("status", "status"), *_FORM_FIELDS):
        if column in row and row[column] != getattr(old, name):
            raise EntryError(
                f"form “{text}” has {column} “{getattr(old, name)}” in an earlier row, "
                f"“{row[column]}” here: keep one"
            )
    if context and context not in old.contexts:
        forms[text, script] = replace(old, contexts=(*old.contexts, context))


def write_rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    """The rows of the *forms* layout, header first; reading them gives the entries back."""
    yield list(COLUMNS)
    for entry in entries:
        values = {c: str(getattr(entry, c) or "") for c in ENTRY_COLUMNS}
        if entry.review == "approved":
            values["review"] = ""
        for lang, form in [*(("zh", f) for f in entry.zh), *(("en", f) for f in entry.en)]:
            row = {"concept": entry.id, "form": form.text, **values}
            row["lang"] = "zh-Hant" if form.script else lang
            for context in form.contexts or (None,):
                if context is not None:
                    row |= {"context": context.text, "context_source": context.source}
                if "status" not in row:
                    row |= _form_values(form)
                yield [row.get(column, "") for column in COLUMNS]
                row = {key: row[key] for key in ("concept", "lang", "form")} | {"status": ""}
            values = {}


def _form_values(form: Form) -> dict[str, str]:
    return {
        "status": form.status,
        "term_type": form.term_type,
        "pos": form.pos,
        "inflection": "" if form.inflection == "inflects" else form.inflection,
        "usage": form.usage,
        "form_source": form.source,
    }


def _incomplete(concept: _Concept) -> str:
    for forms, language in ((concept.zh, "Chinese"), (concept.en, "English")):
        if not forms:
            return f"concept “{concept.id}” has no {language} form: add a row with one"
    return ""


def stripped(cells: list[str]) -> list[str]:
    """The cells without spaces at their ends, and without empty ones at the end."""
    stripped = [cell and cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped
