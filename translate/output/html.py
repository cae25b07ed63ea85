"""The page: one self-contained HTML file for reading and checking a translation.

``page.html.j2`` is the page, ``page.css`` how it looks and ``page.js`` what it does; all three go
into one file that fetches nothing. A content security policy names the hashes of its own script
and style sheet, so that nothing else can run, whatever the report says. Without scripts the page
still reads, filters and links; they add the highlighting, copying, keys and the colour switch.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from translate.document import Bitext, Flag, Pair, Placement
from translate.output.view import (
    HOWS,
    LABELS,
    Change,
    Run,
    Source,
    TermRow,
    changes,
    counts,
    file_name,
    is_traditional,
    loose_flags,
    printable,
    runs,
    sources,
    term_rows,
    title,
    where,
)

if TYPE_CHECKING:
    from jinja2 import Template

HERE = Path(__file__).parent
# Occurrences of a term that are listed at once; the others are behind a click.
LISTED = 12
# Candidates of a flag that are shown: the list is there to choose from, not to be complete.
CHOICES = 3
Side = Literal["s", "t"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text ready for the template; plain where ``classes`` is empty.

    ``key`` joins a mark to its other side; ``anchors`` are the ids of the marks that begin here
    and ``link`` is that of the other side.
    """

    text: str
    classes: str = ""
    key: str = ""
    anchors: tuple[str, ...] = ()
    link: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair ready for the template. ``printed`` is empty where that is the text as read."""

    n: int
    pair: Pair
    opens: bool
    source: list[Piece]
    target: list[Piece]
    printed: list[Piece]
    cleaned: list[tuple[str, list[Change]]]
    edits: list[tuple[str, list[Change]]]

    @property
    def classes(self) -> str:
        """What the style sheet and the filters go by."""
        names: list[str] = [self.pair.segment.kind]
        names += ["opens"] if self.opens else []
        names += ["flagged"] if self.pair.flags else []
        names += ["edited"] if self.pair.edits else []
        return " ".join(names)


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the term table ready for the template."""

    row: TermRow
    variants: tuple[str, ...]
    listed: tuple[tuple[int, str], ...]
    rest: tuple[tuple[int, str], ...]


def render(bitext: Bitext) -> str:
    """The page as a string, to be encoded as UTF-8."""
    style, script = _asset("page.css"), _asset("page.js")
    rows = list(_rows(bitext))
    return _template().render(
        bitext=bitext,
        title=title(bitext),
        file=file_name(bitext.document),
        headline=next((p.segment.text for p in bitext.pairs if p.segment.kind == "headline"), ""),
        traditional=is_traditional(bitext.document),
        rows=rows,
        terms=list(_terms(bitext)),
        loose=loose_flags(bitext),
        count=counts(bitext),
        labels=LABELS,
        hows=HOWS,
        choices=_choices,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """The source expression by which a policy allows just this script or style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: object) -> object:
        # Everything that is put into the page passes here: no control character gets past.
        return printable(value) if type(value) is str else value

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["verbatim"] = Markup
    return environment.get_template("page.html.j2")


def _rows(bitext: Bitext) -> Iterator[Row]:
    previous = -1
    for n, (pair, source) in enumerate(zip(bitext.pairs, sources(bitext), strict=True)):
        segment = pair.segment
        flagged = [(f.start, f.end, f) for f in pair.flags if 0 <= f.start <= f.end]
        marked = list(enumerate(pair.placements))
        yield Row(
            n + 1,
            pair,
            segment.paragraph != previous,
            _pieces(
                segment.text,
                [(p.constraint.start, p.constraint.end, (m, p)) for m, p in marked],
                flagged,
                f"s{n + 1}",
            ),
            _pieces(
                pair.target,
                [(p.start, p.end, (m, p)) for m, p in marked if p.how != "missing"],
                [],
                f"t{n + 1}",
            ),
            _printed(source) if source.edits or source.printed != segment.text else [],
            changes(source.edits),
            changes(pair.edits),
        )
        previous = segment.paragraph


Numbered = tuple[int, Placement]


def _pieces(
    text: str,
    placed: Iterable[tuple[int, int, Numbered]],
    flagged: Iterable[tuple[int, int, Flag]],
    prefix: str,
) -> list[Piece]:
    """A side's text in pieces; ``prefix`` is ``s`` or ``t`` and the pair's number."""
    spans: list[tuple[int, int, Numbered | Flag]] = [*placed, *flagged]
    return [_piece(run, prefix) for run in runs(text, spans)]


def _piece(run: Run[Numbered | Flag], prefix: str) -> Piece:
    marks = [mark for mark in run.marks if not isinstance(mark, Flag)]
    flags = [mark for mark in run.marks if isinstance(mark, Flag)]
    if not marks:
        tip = "; ".join(flag.message for flag in flags)
        return Piece(run.text, "flag" if flags else "", tip=tip)
    m, placement = marks[0]
    constraint = placement.constraint
    missing = placement.how == "missing"
    number, is_source = prefix[1:], prefix[0] == "s"
    facing = constraint.target if is_source else constraint.source
    classes = [
        "m",
        constraint.kind,
        *(["missing"] if missing else []),
        *(["flag"] if flags else []),
    ]
    return Piece(
        run.text,
        " ".join(classes),
        key=" ".join(f"{number}-{i}" for i, _ in marks),
        anchors=tuple(f"{prefix}-{f[0]}" for f in run.first if not isinstance(f, Flag)),
        link=f"p{number}" if missing else f"{'t' if is_source else 's'}{number}-{m}",
        tip=f"{facing} · {LABELS[constraint.kind]}, {placement.how}",
    )


def _printed(source: Source) -> list[Piece]:
    """The source as printed, with what cleaning removed, replaced or inserted marked."""
    spans = [(start, end, e) for e in source.edits for start, end in where(e, source.printed)]
    pieces = []
    for run in runs(source.printed, spans):
        if not run.marks:
            classes = ""
        elif not run.text:
            classes = "inserted"
        else:
            classes = "replaced" if any(e.after for e in run.marks) else "removed"
        tips = (f"{e.rule}: {e.before or '∅'} → {e.after or '∅'}" for e in run.marks)
        pieces.append(Piece(run.text, classes, tip="; ".join(tips)))
    return pieces


def _choices(flag: Flag) -> list[str]:
    """What there is to choose from, as far as the message doesn't say it; the best few."""
    return [c for c in flag.candidates if c not in flag.message][:CHOICES]


def _terms(bitext: Bitext) -> Iterator[Term]:
    for row in term_rows(bitext):
        variants: dict[str, None] = {}
        links = []
        for n, m in row.places:
            pair = bitext.pairs[n]
            placement = pair.placements[m]
            links.append((n + 1, f"s{n + 1}-{m}"))
            if placement.how != "missing":
                variants[pair.target[placement.start : placement.end]] = None
        other = tuple(v for v in variants if v.casefold() != row.target.casefold())
        yield Term(row, other, tuple(links[:LISTED]), tuple(links[LISTED:]))
