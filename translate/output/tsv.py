"""TSV: a row a pair, to be opened in a spreadsheet.

The first row names the columns. The signature is a column, not a comment: it survives sorting,
filtering and joining of files, and a spreadsheet finds the header where it looks for it. Fields
are quoted as Excel quotes them (``csv`` dialect ``excel-tab``), files begin with a byte order
mark, without which Excel takes them for another encoding; read them as ``utf-8-sig``.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP's "CSV
Injection" advises; the lossless format is ``jsonl``.
"""

from __future__ import annotations

import csv
import io
import re

from translate.document import Bitext, Flag, Placement
from translate.output.view import printable, sources

COLUMNS = (
    "n", "kind", "source as printed", "source as read", "English", "flags", "terms", "signature",
)  # fmt: skip
# Full-width signs start a formula too in Chinese and Japanese Excel; leading blanks are skipped.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def cell(text: str) -> str:
    """A text as one cell: on one line, printable, never a formula."""
    line = re.sub(r"\s*[\t\r\n\v\f\x85\u2028\u2029]+\s*", " ", text)
    line = printable(line)
    return f"'{line}" if _FORMULA.match(line) else line


def flag_text(flag: Flag) -> str:
    """A flag in one line: code, message and what there is to choose from."""
    choice = f" ({' / '.join(flag.candidates)})" if flag.candidates else ""
    return f"{flag.code}: {flag.message}{choice}"


def term_text(placement: Placement, target: str) -> str:
    """A placement in one line: ``source → English as it stands [how]``."""
    constraint = placement.constraint
    missing = placement.how == "missing"
    english = constraint.target if missing else target[placement.start : placement.end]
    return f"{constraint.source} → {english} [{placement.how}]"


def render(bitext: Bitext) -> str:
    """The table, without a byte order mark; lines end in a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(COLUMNS)
    for n, (pair, source) in enumerate(zip(bitext.pairs, sources(bitext), strict=True), 1):
        fields = (
            pair.segment.kind,
            source.printed,
            pair.segment.text,
            pair.target,
            " | ".join(map(flag_text, pair.flags)),
            " | ".join(term_text(p, pair.target) for p in pair.placements),
            bitext.signature,
        )
        writer.writerow((n, *map(cell, fields)))
    return out.getvalue()
