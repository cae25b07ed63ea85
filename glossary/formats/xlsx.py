"""Excel workbooks: the *forms* layout as a sheet that is pleasant to work in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from glossary import entry as model
from glossary.entry import Entry
from glossary.errors import FormatError, GlossaryError
from glossary.formats.columns import COLUMNS, read_rows, write_rows
from glossary.formats.headers import Row
from glossary.formats.record import DEFAULTS, Options, Record, replacing

_WIDTHS = {"concept": 28, "form": 36, "definition": 50, "note": 40, "usage": 30, "context": 40,
           "source": 24, "form_source": 24, "context_source": 20}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "lang": ("zh", "zh-Hant", "en"),
    "status": model.STATUSES,
    "term_type": model.TERM_TYPES,
    "pos": model.PARTS_OF_SPEECH,
    "inflection": model.INFLECTIONS,
    "review": model.REVIEWS,
}
_GUIDE = (
    ("One row is one form of a term; rows with the same concept belong together.", ""),
    ("concept", "The concept's name; give a new one to a new concept."),
    ("lang", "zh (Simplified), zh-Hant (Traditional) or en."),
    ("status", "preferred: to be used; admitted: right as well; deprecated: old; "
               "forbidden: wrong."),
    ("inflection", "Empty: may take a plural or a capital; exact: only as written; plural."),
    ("subject to priority", "About the concept: fill them in its first row."),
)  # fmt: skip
_LONG = 30  # characters from which a text is wrapped in its cell
_INFLATED_LIMIT = 2 << 30  # bytes; a larger workbook is no glossary but a bomb


def read_xlsx(path: Path, options: Options = DEFAULTS) -> Iterator[Record]:
    """The entries of a worksheet: ``options.sheet``, else the first with a known header or terms.

    A merged cell counts in each of its rows.

    Raises:
        FormatError: It is no workbook, has no such sheet, or no terms.
        GlossaryError: It can't be opened.
    """
    import openpyxl

    merged = _examine(path)
    with path.open("rb") as file:  # by its content: the name may have any suffix
        try:
            # Row by row, a large sheet needs little memory; merged cells are not told then.
            book = openpyxl.load_workbook(file, read_only=not merged, data_only=True)
        except Exception as error:  # openpyxl raises whatever the damage leads to
            reason = f"can't be read as a workbook ({error}): save it again"
            raise FormatError(reason, str(path)) from None
        if options.sheet and options.sheet not in book.sheetnames:
            listed = ", ".join(book.sheetnames)
            raise FormatError(f"has no sheet “{options.sheet}”: it has {listed}", str(path))
        sheet: Any = book[options.sheet] if options.sheet else book.worksheets[0]
        if merged:
            _unmerge(sheet)
        else:
            sheet.reset_dimensions()  # some programs write a wrong one
        yield from read_rows(_rows(sheet, str(path), options), str(path), options)


def _examine(path: Path) -> bool:
    """Whether there are merged cells.

    Raises:
        FormatError: It is no workbook, declares entities, or would grow beyond reason.
    """
    merged = False
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _INFLATED_LIMIT:
                raise FormatError("holds more than 2 GB when unpacked: split it", str(path))
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        head = part.read(4096)
                        if b"<!DOCTYPE" in head:
                            raise FormatError(
                                f"{info.filename} has a DTD, which no workbook needs: "
                                "save it again with Excel",
                                str(path),
                            )
                        merged = merged or _holds(part, head, b"<mergeCell ")
    except zipfile.BadZipFile:
        raise FormatError(
            "is no .xlsx workbook: save it as Excel workbook (.xlsx)", str(path)
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryError(f"{path}: {reason}: give the path of a glossary file") from None
    return merged


def _holds(part: IO[bytes], head: bytes, sought: bytes) -> bool:
    """Whether the bytes are in the part, of which ``head`` has been read."""
    tail = b""
    while head:
        if sought in tail + head:
            return True
        tail, head = head[-len(sought) :], part.read(1 << 16)
    return False


def _unmerge(sheet: Any) -> None:
    for area in list(sheet.merged_cells.ranges):
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(str(area))
        for row in range(area.min_row, area.max_row + 1):
            sheet.cell(row, area.min_col).value = value


def _rows(sheet: Any, name: str, options: Options) -> Iterator[Row]:
    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in values]
        broken = next((i for i, c in enumerate(cells, 1) if c.startswith("#") and c in _ERRORS), 0)
        if broken:
            options.sink.refuse(
                FormatError(f"holds the error {cells[broken - 1]}: repair it", name, line, broken)
            )
        else:
            yield line, cells


_ERRORS = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def write_xlsx(entries: Iterable[Entry], path: Path, options: Options = DEFAULTS) -> None:
    """Write a workbook: frozen header, filters, drop-downs, and a sheet that explains it.

    Raises:
        GlossaryError: ``path`` can't be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    rows = list(write_rows(entries))
    last = get_column_letter(len(COLUMNS))
    with replacing(path) as temporary:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(options.sheet or "Terms")
        sheet.freeze_panes = "D2"
        sheet.auto_filter.ref = f"A1:{last}{len(rows)}"
        for number, column in enumerate(COLUMNS, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
        _add_choices(sheet)
        bold, shade = Font(bold=True), PatternFill("solid", start_color="DDE6F0")
        wrapped = Alignment(vertical="top", wrap_text=True)
        for number, row in enumerate(rows):
            cells: list[Any] = []
            for text in row:
                if number and len(text) < _LONG and not text.startswith("="):
                    cells.append(text or None)  # plain cells are made much faster
                    continue
                cell = WriteOnlyCell(sheet, value=text or None)
                if text:
                    cell.data_type = "s"  # a form that begins with = is no formula
                if number:
                    cell.alignment = wrapped
                else:
                    cell.font, cell.fill = bold, shade
                cells.append(cell)
            sheet.append(cells)
        guide = book.create_sheet("Guide")
        guide.column_dimensions["A"].width = 24
        for line in _GUIDE:
            guide.append(line)
        book.save(temporary)


def _add_choices(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, choices in _CHOICES.items():
        listed = ",".join(c for c in choices if c)
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        rule.error = f"Choose one of: {listed}"
        letter = get_column_letter(COLUMNS.index(column) + 1)
        rule.add(f"{letter}2:{letter}1048576")
        sheet.data_validations.append(rule)
