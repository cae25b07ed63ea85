"""Word: the two languages in a table to be worked on, the terms in another below it.

Terms, figures and names are shaded by kind on both sides; flags stand in red under the English.
The signature is in the footer of every page.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from translate.document import Bitext, ConstraintKind, Pair
from translate.output.tsv import flag_text
from translate.output.view import (
    LABELS,
    Run,
    loose_flags,
    printable,
    runs,
    term_rows,
    title,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run as WordRun

# The page's tints (see page.css), which leave black text readable.
TINTS: dict[ConstraintKind, str] = {
    "term": "DCEBF6", "name": "F1E1F0", "place": "DCEFDD", "number": "F8EDCA", "date": "FAE5D6",
    "keep": "E8E7E3",
}  # fmt: skip
MISSING = "FBE3DF"
RED = RGBColor(0xA8, 0x26, 0x1C)
CHINESE = "SimSun"


def render(bitext: Bitext) -> bytes:
    """The document."""
    document = docx.Document()
    _set_up(document, bitext)
    document.add_heading(printable(title(bitext)), 0)
    for flag in loose_flags(bitext):
        _flag(document.add_paragraph(), flag_text(flag))
    table = _table(document, ("", "Chinese", "English"), (1.2, 10.4, 14.2))
    for n, pair in enumerate(bitext.pairs, 1):
        _pair(_row(table), n, pair)
    rows = term_rows(bitext)
    if rows:
        document.add_heading("Terms, figures and names", 1)
        heads = ("Chinese", "English", "Kind", "Count", "How", "Segments")
        table = _table(document, heads, (6, 9, 2, 1.6, 4, 3.2))
        for row in rows:
            how = ", ".join(f"{how} {n}" for how, n in row.hows)
            places = ", ".join(str(n) for n in sorted({n + 1 for n, _ in row.places}))
            texts = (row.source, row.target, LABELS[row.kind], str(row.count), how, places)
            for cell, text in zip(_row(table).cells, texts, strict=True):
                _text(cell.paragraphs[0], text)
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


def _undated(saved: io.BytesIO) -> bytes:
    """The same package without the time of writing: one bitext always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            # A ZipInfo's own default is the earliest date that the format knows.
            new.writestr(zipfile.ZipInfo(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_up(document: WordDocument, bitext: Bitext) -> None:
    """A4 across, Chinese type, title and signature."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(1.7)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(2)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
    signature = section.footer.paragraphs[0].add_run(printable(bitext.signature))
    signature.font.size = Pt(8)
    # Word allows 255 characters here.
    document.core_properties.title = printable(title(bitext))[:255]
    document.core_properties.comments = printable(bitext.signature)[:255]
    document.core_properties.author = "Yitong"


def _table(document: WordDocument, heads: Iterable[str], widths: Iterable[float]) -> Table:
    """A table whose first row is repeated on every page; widths in centimetres."""
    heads, widths = list(heads), list(widths)
    table: Table = document.add_table(1, len(heads), "Table Grid")
    table.autofit = False
    for column, cell, head, width in zip(
        table.columns, table.rows[0].cells, heads, widths, strict=True
    ):
        column.width = cell.width = Cm(width)
        cell.paragraphs[0].add_run(head).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _pair(row: _Row, n: int, pair: Pair) -> None:
    number, chinese, english = row.cells
    _text(number.paragraphs[0], str(n))
    heading = pair.segment.kind in ("headline", "subhead")
    placements = pair.placements
    source = [
        (p.constraint.start, p.constraint.end, _tint(p.constraint.kind, p.how == "missing"))
        for p in placements
    ]
    target = [(p.start, p.end, TINTS[p.constraint.kind]) for p in placements if p.how != "missing"]
    _tinted(chinese.paragraphs[0], runs(pair.segment.text, source), heading)
    _tinted(english.paragraphs[0], runs(pair.target, target), heading)
    for flag in pair.flags:
        _flag(english.add_paragraph(), flag_text(flag))


def _tint(kind: ConstraintKind, missing: bool) -> str:
    return MISSING if missing else TINTS[kind]


def _tinted(paragraph: Paragraph, pieces: Iterable[Run[str]], bold: bool) -> None:
    for piece in pieces:
        made = _text(paragraph, piece.text)
        made.bold = bold or None
        if piece.marks:
            shading = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", piece.marks[0])):
                shading.set(qn(f"w:{name}"), value)
            made._r.get_or_add_rPr().append(shading)


def _flag(paragraph: Paragraph, text: str) -> None:
    made = _text(paragraph, f"⚑ {text}")
    made.font.size, made.font.color.rgb = Pt(8.5), RED


def _text(paragraph: Paragraph, text: str) -> WordRun:
    """A run of text as it is: no line break of it becomes a break of the paragraph."""
    return paragraph.add_run(printable(" ".join(text.splitlines()) if "\n" in text else text))
