"""Chinese numerals to exact values, and exact values to English figures.

Both directions use ``Decimal``: 6596.1万 is 65.961 million, not 65.96099999.
"""

from __future__ import annotations

import re
from decimal import Decimal

HAN_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG_UNITS = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_PIECE = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?)|(?P<han>[零〇一二两三四五六七八九十百千万亿])")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = (
    ("trillion", Decimal(10**12)),
    ("billion", Decimal(10**9)),
    ("million", Decimal(10**6)),
)
_ORDINAL_WORDS = {
    1: "first",
    2: "second",
    3: "third",
    5: "fifth",
    8: "eighth",
    9: "ninth",
    12: "twelfth",
}


def parse_chinese(text: str) -> Decimal | None:
    """The value of a whole numeral: ``6596.1万``, ``三百二十六万五千``, ``3亿5千万``, ``二〇二四``.

    Returns None where ``text`` is not one well-formed numeral (``一三``, ``百十百``). A colloquial
    ending drops its unit: ``三万二`` is 32,000.
    """
    if "点" in text:
        return _parse_spoken_decimal(text)
    if len(text) >= 3 and all(char in HAN_DIGITS for char in text):
        return Decimal("".join(str(HAN_DIGITS[char]) for char in text))
    if not text or "".join(piece[0] for piece in _PIECE.finditer(text)) != text:
        return None
    sum_ = _Sum()
    for piece in _PIECE.finditer(text):
        if not sum_.add(piece["figure"], piece["han"]):
            return None
    return sum_.close(text)


class _Sum:
    """A numeral read from left to right.

    ``section`` is what stands since the last 万 or 亿, ``digit`` what still waits for its unit.
    """

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.last_unit = Decimal(0)

    def add(self, figure: str | None, char: str | None) -> bool:
        """Takes the next piece; False where the numeral is malformed (一三, 百百)."""
        if figure or char in HAN_DIGITS:
            return self._add_digit(figure, HAN_DIGITS.get(char or "", 0))
        if char in _SMALL_UNITS:
            return self._add_small(Decimal(_SMALL_UNITS[char]))
        self._close_section(_BIG_UNITS[char or ""])
        return True

    def _add_digit(self, figure: str | None, value: int) -> bool:
        if self.digit or (figure and not _THOUSANDS.fullmatch(figure)):
            return False
        self.digit = Decimal(figure.replace(",", "")) if figure else Decimal(value)
        if self.digit == 0:
            self.last_unit = Decimal(0)
        return True

    def _add_small(self, unit: Decimal) -> bool:
        if self.digit is None and self.section % (unit * 10) != 0:
            return False
        self.section += (Decimal(1) if self.digit is None else self.digit) * unit
        self.digit, self.last_unit = None, unit
        return True

    def _close_section(self, unit: Decimal) -> None:
        """At 万 or 亿. The two stack: 1.5万亿, 三千万亿; 万 alone is 一万."""
        self.section += self.digit or Decimal(0)
        if self.section == 0 and self.total == 0:
            self.section = Decimal(1)
        if unit == _BIG_UNITS["亿"] and self.total:
            self.total = (self.total + self.section) * unit
        else:
            self.total += self.section * unit
        self.section, self.digit, self.last_unit = Decimal(0), None, unit

    def close(self, text: str) -> Decimal:
        """The value of the whole; a last digit without its unit takes the next one down."""
        digit = self.digit or Decimal(0)
        if self.last_unit > 10 and 0 < digit < 10 and not text[-2:-1].isdigit():
            digit *= self.last_unit / 10
        return self.total + self.section + digit


def _parse_spoken_decimal(text: str) -> Decimal | None:
    """``八点七`` is 8.7, ``三点二万`` is 32,000."""
    match = re.fullmatch(r"([^点]+)点([零〇一二三四五六七八九]+)([十百千万亿]*)", text)
    whole = parse_chinese(match[1]) if match else None
    if match is None or whole is None:
        return None
    places = "".join(str(HAN_DIGITS[char]) for char in match[2])
    scale = parse_chinese(match[3]) if match[3] else Decimal(1)
    return None if scale is None else (whole + Decimal(f"0.{places}")) * scale


def plain(value: Decimal) -> str:
    """Digits with thousands commas and no trailing zeros: ``12,000``, ``8.7``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_words(value: Decimal) -> str | None:
    """``value`` spelt out, for whole numbers below a thousand and round thousands; else None."""
    if value != value.to_integral_value() or not 0 <= value < 10**6:
        return None
    number = int(value)
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000 and number % 100 == 0:
        return f"{_ONES[number // 100]} hundred"
    if number % 1000 == 0:
        head = in_words(Decimal(number // 1000))
        return f"{head} thousand" if head else None
    return None


def figure(value: Decimal, *, as_printed: str = "") -> str:
    """The figure as a news desk prints it: ``93,500``, ``6.65 million``, ``1.25 billion``.

    ``as_printed`` is the source's numeral: a million or more that the source gives to the last
    digit stays in digits (1234567 is ``1,234,567``, not ``1.234567 million``).
    """
    for name, size in SCALES:
        if abs(value) >= size:
            short = plain((value / size).normalize())
            decimals = len(short.partition(".")[2])
            if decimals > 3 and as_printed.replace(",", "").isascii():
                break
            return f"{short} {name}"
    return plain(value)


def spellings(value: Decimal) -> tuple[str, ...]:
    """Every usual way to write ``value``: digits, with the scale word, and in words."""
    forms = [figure(value), plain(value), f"{value:f}"]
    for name, size in SCALES:
        if abs(value) >= size:
            forms.append(f"{plain((value / size).normalize())} {name}")
    if value >= 1000 and value % 1000 == 0 and value < 10**6:
        forms.append(f"{plain(value / 1000)} thousand")
    words = in_words(value)
    if words:
        forms.append(words)
    if value in (100, 1000, 10**6, 10**9):
        forms.append("a " + {100: "hundred", 1000: "thousand"}.get(int(value), "million"))
        forms[-1] = forms[-1] if value < 10**9 else "a billion"
    return tuple(dict.fromkeys(forms))


def ordinal(number: int) -> tuple[str, ...]:
    """The ordinal, best form first: ``third, 3rd``; ``12th, twelfth``."""
    suffix = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    short = f"{number}{suffix}"
    word = ordinal_word(number)
    if word is None:
        return (short,)
    return (word, short) if number < 10 else (short, word)


def ordinal_word(number: int) -> str | None:
    """``twenty-first`` for 21; None past 99."""
    if not 0 < number < 100:
        return None
    if number in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[number]
    if number < 20:
        return _ONES[number] + "th"
    tens, ones = divmod(number, 10)
    if ones == 0:
        return _TENS[tens][:-1] + "ieth"
    last = ordinal_word(ones)
    return f"{_TENS[tens]}-{last}"
