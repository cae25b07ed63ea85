"""Markdown: the two languages under each other, then the terms as a table.

It reads well as plain text too. Everything that Markdown or HTML would interpret is escaped;
tables are GitHub's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.document import Bitext, Pair
from translate.output.tsv import flag_text
from translate.output.view import (
    LABELS,
    TermRow,
    counts,
    file_name,
    loose_flags,
    printable,
    term_rows,
    title,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# What begins a list, a rule or a heading at the start of a line.
_OPENER = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


def escape(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))
    return _OPENER.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", line)


def render(bitext: Bitext) -> str:
    """The document."""
    return "\n".join(_lines(bitext)) + "\n"


def _lines(bitext: Bitext) -> Iterator[str]:
    count = counts(bitext)
    yield f"# {escape(title(bitext))}"
    yield ""
    yield (
        f"{escape(file_name(bitext.document))}: {count.pairs} segments, {count.flagged} flagged; "
        f"{count.placed} terms, figures and names placed, {count.missing} missing."
    )
    for flag in loose_flags(bitext):
        yield f"\n- **Flag** {escape(flag_text(flag))}"
    for n, pair in enumerate(bitext.pairs, 1):
        yield ""
        yield from _pair(n, pair)
    rows = term_rows(bitext)
    if rows:
        yield from ("", "## Terms, figures and names", "")
        yield "| Chinese | English | kind | count | how | segments |"
        yield "|---|---|---|--:|---|---|"
        yield from map(_row, rows)
    yield from ("", "---", "", escape(bitext.signature))


def _pair(n: int, pair: Pair) -> Iterator[str]:
    """Number and Chinese, below it the English, below that the flags; headings are bold."""
    source, target = escape(pair.segment.text), escape(pair.target) or "—"
    if pair.segment.kind in ("headline", "subhead"):
        source, target = f"**{source}**", f"**{target}**"
    yield f"{n}\\. {source}\\"
    yield target
    if pair.flags:
        yield ""
        yield from (f"- **Flag** {escape(flag_text(flag))}" for flag in pair.flags)


def _row(row: TermRow) -> str:
    how = ", ".join(f"{how} {n}" if len(row.hows) > 1 else how for how, n in row.hows)
    segments = ", ".join(str(n) for n in sorted({n + 1 for n, _ in row.places}))
    cells = (
        escape(row.source),
        escape(row.target),
        LABELS[row.kind],
        str(row.count),
        how,
        segments,
    )
    return f"| {' | '.join(cells)} |"
