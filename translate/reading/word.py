"""Word files (.docx): paragraphs in reading order, also in tables, boxes and insertions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from translate.document import ParagraphKind
from translate.errors import InputError
from translate.reading.block import Block

__all__ = ["docx_blocks"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = re.compile(r"^(?:title|标题|標題)$", re.I)
_HEADING = re.compile(r"^(?:heading|标题|標題|subtitle|副标题)\s*\d*$", re.I)


def docx_blocks(data: bytes, name: str) -> list[Block]:
    """The paragraphs of a Word file; ``line`` is the paragraph's number.

    Raises:
        InputError: ``data`` is not a Word file, or it is damaged.
    """
    import docx

    try:
        document = docx.Document(BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        paragraphs = list(_paragraphs(document.element.body))
    except Exception as error:  # python-docx lets zip, key, XML and value errors through
        raise InputError(
            f"{name}: not a Word file, or damaged ({type(error).__name__}): "
            "open it in Word and save it as .docx again"
        ) from error
    blocks: list[Block] = []
    for number, (style, in_table, lines) in enumerate(paragraphs, 1):
        kind = _kind(
            styles.get(style, style), any(block.kind == "headline" for block in blocks[:9])
        )
        said = "body" if in_table else kind
        blocks += [Block(line.strip(), number, said) for line in lines if line.strip()]
    return blocks


def _kind(style: str, headed: bool) -> ParagraphKind | None:
    """What a style's name says. The first heading of a file without a title is its headline."""
    if _TITLE.match(style) or (_HEADING.match(style) and not headed):
        return "headline"
    return "subhead" if _HEADING.match(style) else None


def _paragraphs(body: Any) -> Iterator[tuple[str, bool, list[str]]]:
    """Style id, whether in a table, and lines of each paragraph, in document order.

    Walks the XML itself: ``Paragraph.text`` leaves out insertions, content controls and boxes.
    """
    for paragraph in body.iter(f"{_W}p"):
        ancestors = [node.tag for node in paragraph.iterancestors()]
        if _FALLBACK in ancestors:
            continue  # the same box again, for old programs
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        text = "".join(_runs(paragraph))
        yield (
            style.get(f"{_W}val", "") if style is not None else "",
            f"{_W}tc" in ancestors,
            text.split("\n"),
        )


def _runs(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph without that of paragraphs inside its boxes."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif node.tag == f"{_W}tab":
            yield " "
        elif node.tag not in (f"{_W}pPr", f"{_W}p", f"{_W}del", f"{_W}rPr", f"{_W}txbxContent"):
            stack.extend(reversed(node))
