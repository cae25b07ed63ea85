"""Keys under which Chinese text is compared: one character in, one character out.

Folding is done character by character, so that offsets in the folded text are offsets in the
text itself. It maps Traditional and variant characters to Simplified ones (OpenCC ``t2s``),
full-width letters and digits to ASCII and capitals to small letters. Phrases are deliberately not
looked at: both the term and the text are folded, so it is enough that a character always gives
the same key, and a phrase table could change the length.
"""

from __future__ import annotations

import re
from functools import cache

_HAN_RANGES = (
    (0x2E80, 0x2FE0),  # radicals
    (0x3400, 0x4DC0),  # Extension A
    (0x4E00, 0xA000),  # Unified Ideographs
    (0xF900, 0xFB00),  # Compatibility Ideographs
    (0x20000, 0x2A6E0),  # Extension B
    (0x2A700, 0x2EE60),  # Extensions C to F, I
    (0x2F800, 0x2FA20),  # Compatibility Supplement
    (0x30000, 0x323B0),  # Extensions G, H
)
# OpenCC leaves these to its phrase table, because their Simplified form depends on the word;
# for a key both sides only have to agree.
_BY_PHRASE = {"著": "着", "瞭": "了", "藉": "借", "祇": "只", "妳": "你", "牠": "它", "乾": "干"}
# Hong Kong forms that ``t2s`` does not know.
_VARIANTS = {"敍": "叙", "枱": "台", "粧": "妆", "糭": "粽", "衞": "卫", "衹": "只"}


@cache
def _table() -> dict[int, str]:
    import opencc

    han = [chr(code) for first, end in _HAN_RANGES for code in range(first, end)]
    folded = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {
        ord(char): key
        for char, key in zip(han, folded, strict=True)
        if key != char and len(key) == 1
    }
    table |= {ord(char): key for char, key in (_BY_PHRASE | _VARIANTS).items()}
    for code in range(0xFF01, 0xFF5F):
        if (char := chr(code - 0xFEE0)).isalnum():
            table[code] = char.lower()
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord("・"): "·", ord("•"): "·", ord("\u3000"): " ", ord("\u00a0"): " "}
    return table


@cache
def _foldable() -> re.Pattern[str]:
    # All supplementary characters as one range: named one by one, they make the class slow.
    listed = "".join(chr(code) for code in _table() if code < 0x10000)
    return re.compile(f"[{re.escape(listed)}\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """The key of ``text``, of the same length.

    Example:
        >>> fold("民生吹哨、部門報到ＡI")
        '民生吹哨、部门报到ai'
    """
    found = len(_foldable().findall(text))
    if not found:
        return text
    table = _table()
    if found * 8 < len(text):  # few: going from one to the next is quicker than each character
        return _foldable().sub(lambda m: table.get(ord(m[0]), m[0]), text)
    return text.translate(table)


@cache
def _converter(config: str) -> object:
    import opencc

    return opencc.OpenCC(config)


def simplify(text: str) -> str:
    """``text`` in Simplified characters, by words where they decide (OpenCC ``t2s``)."""
    return str(_converter("t2s").convert(text))  # type: ignore[attr-defined]


def traditional(text: str) -> str:
    """``text`` in Traditional characters, by words where they decide (OpenCC ``s2t``)."""
    return str(_converter("s2t").convert(text))  # type: ignore[attr-defined]


_HAN = re.compile("[" + "".join(f"{chr(a)}-{chr(b - 1)}" for a, b in _HAN_RANGES) + "]")


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character."""
    return _HAN.match(char) is not None


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in ``text``."""
    return _HAN.search(text) is not None


def only_han(text: str) -> str:
    """The Chinese characters of ``text``."""
    return "".join(_HAN.findall(text))
