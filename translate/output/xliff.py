"""XLIFF 2.1, for translation tools: a unit a paragraph, a segment a pair, terms as ``<mrk>``.

A marker has the same id in the source and in the target, which is how the standard joins the two
sides of an annotation. Glossary terms have the standard's type ``term``, the others types of our
own (``yitong:place``); ``value`` on the source is the English to aim for. Flags are notes on
their unit and begin with the segment's id; a flagged segment is in state ``initial``, so that a
tool offers it for work first. The source is the text as read; the page as printed is a note where
it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from lxml import etree

from translate.document import Bitext, Pair, Placement
from translate.output.tsv import flag_text
from translate.output.view import file_name, loose_flags, paragraphs, printable

CORE = "urn:oasis:names:tc:xliff:document:2.0"
SOURCE, TARGET = "zh-Hans", "en-US"
STATES = {"engine": "translated", "memory": "translated", "human": "reviewed"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Elements whose text is content, where a line break would be part of it.
_CONTENT = ("source", "target", "mrk", "note")

Element: TypeAlias = etree._Element
Mark: TypeAlias = tuple[int, int, str, Placement]


def render(bitext: Bitext) -> bytes:
    """The file, UTF-8 with an XML declaration."""
    root = etree.Element(
        f"{{{CORE}}}xliff",
        {"version": "2.1", "srcLang": SOURCE, "trgLang": TARGET},
        nsmap={None: CORE},  # type: ignore[dict-item]  # the stubs know no default name space
    )
    file = _add(root, "file", id="f1", original=file_name(bitext.document))
    file.set(_SPACE, "preserve")
    notes = _add(file, "notes")
    _add(notes, "note", bitext.signature, category="signature")
    for flag in loose_flags(bitext):
        _add(notes, "note", flag_text(flag), category="flag")
    number = 1
    for unit, group in enumerate(paragraphs(bitext), 1):
        _unit(file, unit, list(enumerate(group, number)))
        number += len(group)
    if number == 1:
        # The standard wants a unit with a segment; a document without text has an empty one.
        _add(_add(_add(file, "unit", id="u1"), "segment"), "source")
    _break_lines(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new last child in the core name space."""
    element = etree.SubElement(
        parent, f"{{{CORE}}}{tag}", {k: printable(v) for k, v in attributes.items()}
    )
    if text is not None:
        element.text = printable(text)
    return element


def _unit(file: Element, n: int, group: Sequence[tuple[int, Pair]]) -> None:
    unit = _add(file, "unit", id=f"u{n}", type=f"yitong:{group[0][1].segment.kind}")
    notes = _add(unit, "notes")
    printed = "".join(pair.segment.printed for _, pair in group)
    if printed and printed != "".join(pair.segment.text for _, pair in group):
        _add(notes, "note", printed, category="source as printed", appliesTo="source")
    for number, pair in group:
        for flag in pair.flags:
            _add(notes, "note", f"s{number} {flag_text(flag)}", category="flag", priority="2")
    if not len(notes):
        unit.remove(notes)
    for number, pair in group:
        if pair is not group[0][1]:
            # Chinese sentences touch; English ones have a space between them.
            gap = _add(unit, "ignorable")
            _add(gap, "source")
            _add(gap, "target", " ")
        _segment(unit, number, pair)


def _segment(unit: Element, number: int, pair: Pair) -> None:
    segment = _add(unit, "segment", id=f"s{number}", state="initial")
    if pair.target:
        if not pair.flags:
            segment.set("state", STATES[pair.origin])
        segment.set("subState", f"yitong:{'flagged' if pair.flags else pair.origin}")
    marks = [(f"m{number}-{i}", p) for i, p in enumerate(pair.placements)]
    found = [(p.constraint.start, p.constraint.end, name, p) for name, p in marks]
    kept = nested(found)
    _mark(_add(segment, "source"), pair.segment.text, kept, aim=True)
    if pair.target:
        # A marker of the target must have its partner in the source.
        partners = {name for _, _, name, _ in kept}
        there = [(p.start, p.end, name, p) for name, p in marks if p.how != "missing"]
        _mark(
            _add(segment, "target"),
            pair.target,
            nested(mark for mark in there if mark[2] in partners),
            aim=False,
        )


def nested(marks: Iterable[Mark]) -> list[Mark]:
    """The marks that lie beside or within each other, leftmost and longest first.

    Constraints don't overlap; two renderings that share words do, and an element can't cross
    another: the later of the two is not marked.
    """
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m[0], -m[1])):
        start, end = mark[:2]
        if start < end and not any(s < start < e < end for s, e, _, _ in kept):
            kept.append(mark)
    return kept


def _mark(parent: Element, text: str, marks: Sequence[Mark], *, aim: bool) -> None:
    """Put a text with nested markers into an element; ``aim``: say which English is wanted."""
    stack: list[tuple[int, Element]] = [(len(text), parent)]
    at = 0
    for start, end, name, placement in marks:
        at = _advance(stack, text, at, start)
        constraint = placement.constraint
        kind = "term" if constraint.kind == "term" else f"yitong:{constraint.kind}"
        marker = _add(stack[-1][1], "mrk", id=name, type=kind)
        if aim:
            marker.set("value", printable(constraint.target))
        stack.append((end, marker))
    _advance(stack, text, at, len(text))


def _advance(stack: list[tuple[int, Element]], text: str, at: int, to: int) -> int:
    """Write ``text[at:to]``, closing the markers that end on the way."""
    while len(stack) > 1 and stack[-1][0] <= to:
        end, _ = stack[-1]
        _write(stack[-1][1], text[at:end])
        stack.pop()
        at = end
    _write(stack[-1][1], text[at:to])
    return to


def _write(element: Element, text: str) -> None:
    """Append text to an element's content."""
    text = printable(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _break_lines(root: Element) -> None:
    """A line an element, without touching content, as pretty printing would."""
    for element in root.iter():
        tag = etree.QName(element).localname
        if tag not in _CONTENT:
            element.text = "\n"
        if tag != "mrk":
            element.tail = "\n"
