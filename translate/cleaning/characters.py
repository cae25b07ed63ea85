"""Fixers for single characters: references, invisible ones, odd forms, full-width ASCII."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from translate.cleaning.change import Change, replace_all

__all__ = ["compatibility_forms", "entities", "full_width_ascii", "invisible", "lone_surrogates"]

# Only references that are written out whole: "AT&T" and "R&D;" stay.
_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

# Control characters but the line break and the tab, soft hyphen, zero-width characters and
# joiners, direction marks, variation selectors, the byte order mark, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

# Compatibility ideographs, Kangxi and other radicals, presentation forms of ﹐﹔﹖: what copying
# from PDF gives. Full-width ASCII (U+FF01 to U+FF5E) is not touched here.
_COMPATIBILITY = re.compile(
    "[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufe30-\ufe4f\ufe50-\ufe6b\U0002f800-\U0002fa1f]"
)
_STAYS = frozenset("\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29")

_FULL_ALNUM = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff06\uff0b\uff1d\uff20]+")
# Full-width . - / : , between figures or letters: part of the figure (３．５%, ９：３０ stays).
_FULL_JOIN = re.compile(
    "(?<=[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])[\uff0d\uff0e\uff0f\uff3f]"
    "(?=[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])"
)
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def entities(text: str) -> Iterator[Change]:
    """HTML character references left in the text: ``&ldquo;``, ``&amp;nbsp;``, ``&#8220;``."""
    for match in _ENTITY.finditer(text):
        char = match[0]
        while char != (once := html.unescape(char)):
            char = once
        if char != match[0] and char != "\n":
            yield Change(match.start(), match.end(), char)


def lone_surrogates(text: str) -> Iterator[Change]:
    """Half of a surrogate pair, which no file can hold, to U+FFFD: something is missing here."""
    return replace_all(_SURROGATE, "\ufffd", text)


def invisible(text: str) -> Iterator[Change]:
    """Characters that print nothing: NUL, byte order mark, zero-width, direction marks.

    A tab stays for ``odd-spaces``.
    """
    return replace_all(_INVISIBLE, "", text)


def compatibility_forms(text: str) -> Iterator[Change]:
    """Radicals and compatibility forms that stand for an ordinary character: ⼈ for 人."""
    for match in _COMPATIBILITY.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0])
        if match[0] not in _STAYS and plain.strip() and plain != match[0]:
            yield Change(match.start(), match.end(), plain)


def full_width_ascii(text: str) -> Iterator[Change]:
    """Full-width letters, digits, % & + = @ to ASCII: ２０２４年 is 2024年.

    Punctuation is left full-width, but not inside a figure: ３．５ is 3.5.
    """
    found = [
        Change(m.start(), m.end(), m[0].translate(_TO_ASCII)) for m in _FULL_ALNUM.finditer(text)
    ]
    found += [
        Change(m.start(), m.end(), m[0].translate(_TO_ASCII)) for m in _FULL_JOIN.finditer(text)
    ]
    yield from sorted(found, key=lambda change: change.start)
