"""What copying sites do to a page: the forward model that ``cleaning.lost_bytes`` inverts.

Such a site holds the page as Traditional Chinese in GBK and edits its *bytes* without looking
where characters begin:

1. it inserts ``(reading)`` after each occurrence of a character's two bytes, also where they
   straddle two characters: 因為這 is D2F2 9EE9 DF40, and F29E is 驗, so the page prints
   ``因?yàn)檫@``;
2. it replaces the two bytes of full-width ASCII (A3xx) by the one ASCII byte, also where A3 is the
   second byte of a character: 。縣委 is A1A3 BF68 CEAF, A3BF is ？, and the page prints ``??h委``;
3. it decodes what is left. A lead byte without a second byte prints as a mark, and may swallow
   the ASCII byte behind it; a pair in a user-defined area prints as nothing; full-width ASCII is
   made half-width.

The damage is deterministic, so tests and benchmarks make as much of it as they need:

    >>> damage("因為這", Site({"驗": "yàn"}))
    '因?yàn)檫@'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from translate.cleaning.gbk import decoded, encoded

__all__ = ["Site", "damage", "undamaged"]

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Site:
    """How one site edits and decodes.

    Attributes:
        readings: the characters it annotates, Traditional, with their readings.
        narrowed: the full-width characters it replaces by ASCII as bytes.
        mark: how it prints a byte that it can't decode.
        swallowed: ASCII characters that such a byte takes with it.
        private: what it prints for a character of a user-defined area.
    """

    readings: Mapping[str, str]
    narrowed: str = "，：；？"
    mark: str = "?"
    swallowed: str = "("
    private: str = ""


def damage(text: str, site: Site) -> str:
    """What a site prints for a Traditional text. Characters outside GBK print as ``?``."""
    return "\n".join(_print(_edit(line, site), site) for line in text.split("\n"))


def undamaged(text: str, site: Site) -> str:
    """The same with the edits made where characters begin: what the site meant to print."""
    parts = []
    for char in text:
        half = char.translate(_HALF)
        parts.append(half + f"({site.readings[char]})" if char in site.readings else half)
    return "".join(parts)


def _bytes(text: str) -> bytes:
    return b"".join(
        char.encode("ascii") if char.isascii() else bytes(encoded(char) or b"?") for char in text
    )


def _edit(line: str, site: Site) -> bytes:
    data = _bytes(line)
    for char, reading in site.readings.items():
        code = _bytes(char)
        data = data.replace(code, code + _bytes(f"({reading})"))
    for char in site.narrowed:
        data = data.replace(_bytes(char), _bytes(char.translate(_HALF)))
    return data


def _print(data: bytes, site: Site) -> str:
    """Decode bytes as the site does."""
    parts: list[str] = []
    i = 0
    while i < len(data):
        byte = data[i]
        trail = data[i + 1] if i + 1 < len(data) else 0
        if byte < 0x80:
            parts.append(chr(byte))
        elif byte == 0x80 or byte == 0xFF or trail < 0x40 or trail == 0x7F:
            parts.append(site.mark)
            i += trail > 0 and chr(trail) in site.swallowed and byte not in (0x80, 0xFF)
        else:
            parts.append(_pair(byte, trail, site))
            i += 1
        i += 1
    return "".join(parts)


def _pair(lead: int, trail: int, site: Site) -> str:
    char = decoded(lead, trail)
    if not char:
        return site.mark
    if "\ue000" <= char <= "\uf8ff":
        return site.private
    return char.translate(_HALF)
