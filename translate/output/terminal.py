"""A bitext on a terminal: two columns where there is room, else the English under the Chinese.

Down a pipe there are no colours, no columns and no wrapping. Nothing in the text is taken for
rich's markup, and control characters never reach the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from translate.document import Bitext, ConstraintKind, Edit, Pair
from translate.output.tsv import flag_text
from translate.output.view import changes, counts, loose_flags, printable, sources, term_rows

# From this many columns on two texts side by side are easier to read than one above the other.
SIDE_BY_SIDE = 100
STYLES: dict[ConstraintKind, str] = {
    "term": "cyan", "name": "magenta", "place": "green", "number": "yellow", "date": "yellow",
    "keep": "blue",
}  # fmt: skip
FLAG = "bold red"
# A Chinese character with the closing marks after it, a figure or a Latin word.
_UNIT = re.compile(r"(?:[A-Za-z0-9.%]+|.)[，。、；：？！”’）》…—]*", re.DOTALL)
# The least room for a text: on a narrower terminal lines run over.
MARGIN = 20
HEADING = {"headline": "bold", "subhead": "bold", "byline": "italic"}


def show(bitext: Bitext, console: Console, explain: bool = False) -> None:
    """Print a bitext; with ``explain`` also every change and the rule that made it."""
    digits = len(str(len(bitext.pairs)))
    printed = sources(bitext)
    for flag in loose_flags(bitext):
        _print(console, Text(f"! {printable(flag_text(flag))}", FLAG))
    for n, pair in enumerate(bitext.pairs, 1):
        if console.is_terminal:
            console.print(_row(n, pair, digits, console.width))
        else:
            _print(console, Text.assemble((f"{n}  ", "dim"), _source(pair)))
            _print(console, _target(pair), indent=2)
        for flag in pair.flags:
            _print(console, Text(f"! {printable(flag_text(flag))}", FLAG), indent=2)
        if explain:
            for line in _changes([*printed[n - 1].edits, *pair.edits]):
                _print(console, line, indent=2)
        console.print()
    _summary(bitext, console, explain)


def _print(console: Console, text: Text, indent: int = 0) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent)) if indent else text)
    else:
        console.print(Text(" " * indent) + text, soft_wrap=True)


def _row(n: int, pair: Pair, digits: int, width: int) -> Table:
    """A pair as a grid of number and texts, as wide as the terminal."""
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=digits, style="dim", justify="right")
    room = max(width - digits - 4, MARGIN)
    if width < SIDE_BY_SIDE:
        row.add_column(width=room)
        row.add_row(str(n), fold(_source(pair), room))
        row.add_row("", _target(pair))
    else:
        chinese = room * 2 // 5
        row.add_column(width=chinese)
        row.add_column(width=room - chinese - 2)
        row.add_row(str(n), fold(_source(pair), chinese), _target(pair))
    return row


def fold(text: Text, width: int) -> Text:
    """Chinese text broken into lines of at most ``width`` columns.

    Rich breaks lines at spaces, of which Chinese has none. A figure or a Latin word stays whole
    where it fits on a line, and no line begins with a closing mark.
    """
    cuts: list[int] = []
    begin = used = 0
    for unit in _UNIT.finditer(text.plain):
        size = cell_len(unit.group())
        if used + size > width and unit.start() > begin:
            begin = unit.start()
            cuts.append(begin)
            used = 0
        used += size
    return Text("\n").join(text.divide(cuts))


def _source(pair: Pair) -> Text:
    text = Text(printable(pair.segment.text), HEADING.get(pair.segment.kind, ""))
    for placement in pair.placements:
        constraint = placement.constraint
        style = FLAG if placement.how == "missing" else STYLES[constraint.kind]
        text.stylize(style, constraint.start, constraint.end)
    for flag in pair.flags:
        if flag.start >= 0:
            text.stylize("underline red", flag.start, flag.end)
    return text


def _target(pair: Pair) -> Text:
    text = Text(printable(pair.target), HEADING.get(pair.segment.kind, ""))
    for placement in pair.placements:
        if placement.how != "missing":
            text.stylize(STYLES[placement.constraint.kind], placement.start, placement.end)
    return text


def _changes(edits: Iterable[Edit]) -> Iterable[Text]:
    for rule, made in changes(edits):
        items = (
            f"{c.before or '∅'} → {c.after or '∅'}" + (f" ×{c.times}" if c.times > 1 else "")
            for c in made
        )
        yield Text(printable(f"{rule}: {', '.join(items)}".replace("\n", " ")), "dim")


def _summary(bitext: Bitext, console: Console, explain: bool) -> None:
    count = counts(bitext)
    text = Text(f"{count.pairs} segments, {count.flagged} flagged; ")
    text.append(f"{count.placed} terms, figures and names placed")
    if count.missing:
        text.append(f", {count.missing} missing", FLAG)
    _print(console, text)
    if explain:
        for row in term_rows(bitext):
            how = ", ".join(f"{how} {n}" for how, n in row.hows)
            _print(
                console,
                Text.assemble(
                    (printable(row.source), STYLES[row.kind]),
                    f" → {printable(row.target)} ({how})",
                ),
                indent=2,
            )
    _print(console, Text(printable(bitext.signature), "dim"))
