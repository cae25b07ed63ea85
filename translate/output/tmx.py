"""TMX 1.4, for translation memories: the pairs that have English, as plain segments.

What an editor must look at goes along as ``<note>``, the kind of segment, its origin and the
signature as ``<prop>``. There is no markup inside the segments: memories match plain text best.
"""

from __future__ import annotations

from lxml import etree

from translate.document import Bitext, Pair
from translate.output.tsv import flag_text
from translate.output.view import file_name, printable
from translate.signature import version

SOURCE, TARGET = "zh-CN", "en-US"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def render(bitext: Bitext) -> bytes:
    """The file, UTF-8 with an XML declaration."""
    root = etree.Element("tmx", {"version": "1.4"})
    header = etree.SubElement(
        root,
        "header",
        {
            "creationtool": "yitong",
            "creationtoolversion": version(),
            "segtype": "sentence",
            "o-tmf": "yitong",
            "adminlang": "en",
            "srclang": SOURCE,
            "datatype": "plaintext",
        },
    )
    _prop(header, "x-document", file_name(bitext.document))
    _prop(header, "x-signature", bitext.signature)
    body = etree.SubElement(root, "body")
    for n, pair in enumerate(bitext.pairs, 1):
        if pair.target.strip():
            _unit(body, n, pair)
    etree.indent(root, " ")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _unit(body: etree._Element, n: int, pair: Pair) -> None:
    unit = etree.SubElement(body, "tu", {"tuid": str(n)})
    for flag in pair.flags:
        etree.SubElement(unit, "note").text = printable(flag_text(flag))
    _prop(unit, "x-kind", pair.segment.kind)
    _prop(unit, "x-origin", pair.origin)
    for language, text in ((SOURCE, pair.segment.text), (TARGET, pair.target)):
        variant = etree.SubElement(unit, "tuv", {_LANGUAGE: language})
        etree.SubElement(variant, "seg").text = printable(text)


def _prop(parent: etree._Element, kind: str, value: str) -> None:
    etree.SubElement(parent, "prop", {"type": kind}).text = printable(value)
