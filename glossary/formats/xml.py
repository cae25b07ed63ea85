"""XML from strangers: streamed, with entities, DTDs and the network left alone."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

from glossary.errors import FormatError, GlossaryError

XML = "http://www.w3.org/XML/1998/namespace"
XML_LANG = f"{{{XML}}}lang"
_HEAD = 1 << 20
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*\[(.*?)(?:\]\s*>|\Z)", re.DOTALL)


def elements(path: Path, root: str, *names: str) -> Iterator[etree._Element]:
    """The elements of these local names, each with its whole content, in document order.

    Each is emptied when the next one is asked for, so that a file of any size passes through.

    Args:
        path: of the file.
        root: regular expression that the root's local name must match.
        names: local names of the elements wanted.

    Raises:
        FormatError: It is not well-formed, has another root, or declares entities.
        GlossaryError: It can't be opened.
    """
    try:
        with path.open("rb") as file:
            _refuse_entities(file.read(_HEAD), path)
            file.seek(0)
            wanted = [f"{{*}}{name}" for name in names] + list(names)
            events = etree.iterparse(
                file,
                events=("start", "end"),
                tag=wanted,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
                huge_tree=False,
            )
            yield from _stream(events, path, root)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryError(f"{path}: {reason}: give the path of a glossary file") from None
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = (error.msg or "unreadable").rsplit(", line ", 1)[0]
        raise FormatError(
            f"is not well-formed XML ({reason}): repair it or export it again",
            str(path),
            line,
            column,
        ) from None


def _stream(events: Any, path: Path, root: str) -> Iterator[etree._Element]:
    for number, (event, element) in enumerate(events):
        if number == 0:
            _check_root(element.getroottree().getroot(), path, root)
        if event == "end":
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    _check_root(events.root, path, root)  # if there was no element at all


def _check_root(element: etree._Element, path: Path, root: str) -> None:
    found = local(element)
    if not re.fullmatch(root, found):
        raise FormatError(
            f"begins with <{found}> where <{root.split('|')[0]}> is expected: "
            "check the file's format",
            str(path),
            line_of(element),
        )


def _refuse_entities(head: bytes, path: Path) -> None:
    encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "latin-1"
    found = _DOCTYPE.search(head.decode(encoding, "replace"))
    if found and "<!ENTITY" in found[1]:
        raise FormatError(
            "declares entities, which could make it grow without end or read other files: "
            "remove the <!ENTITY …> lines",
            str(path),
        )


def line_of(element: etree._Element) -> int:
    """The 1-based line on which the element begins; 0 if the parser doesn't know."""
    line = cast("int | None", element.sourceline)
    return line or 0


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: etree._Element, skip: frozenset[str] = frozenset()) -> str:
    """All text inside on one line; elements named in ``skip`` are left out with their text."""
    if len(element) == 0 and not skip:
        return " ".join((element.text or "").split())
    return " ".join("".join(_texts(element, skip)).split())


def _texts(element: etree._Element, skip: frozenset[str]) -> Iterator[str]:
    if isinstance(element, etree._Entity):
        yield html.unescape(str(element.text))  # one that a DTD we don't read would have named
        return
    if local(element) not in skip:
        yield element.text or ""
        for child in element:
            yield from _texts(child, skip)
            yield child.tail or ""
