"""Chinese numerals and the English of a value, as the press writes both."""

from __future__ import annotations

import random
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_SMALL = "zero one two three four five six seven eight nine".split()
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def han(value: int, liang: bool = True) -> str:
    """The Han numeral of 1 to 99,999,999; ``liang``: 两 for 二 before 千 and 万 and at the head.

    >>> han(12), han(205), han(2300), han(120000)
    ('十二', '二百零五', '两千三百', '十二万')
    """
    if value >= 10_000:
        head, rest = divmod(value, 10_000)
        text = han(head, liang) + "万"
        if rest:
            text += ("零" if rest < 1000 else "") + _below(rest, liang, inner=True)
        return text
    return _below(value, liang)


def _below(value: int, liang: bool, inner: bool = False) -> str:
    out = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if not digit:
            zero = bool(out)
            continue
        if zero:
            out += "零"
            zero = False
        if digit == 1 and unit == 10 and not out and not inner:
            out += "十"
        elif digit == 2 and liang and unit in (1000, 1) and not out and not inner:
            out += "两" + name
        else:
            out += _DIGITS[digit] + name
    return out


def english(value: Decimal, spelled: bool = False) -> str:
    """The value in figures, millions and more with their word; ``spelled``: one to nine in words.

    >>> english(Decimal("6650000")), english(Decimal(43500)), english(Decimal(3), True)
    ('6.65 million', '43,500', 'three')
    """
    for size, word in _SCALES:
        if value >= size:
            scaled = (value / size).normalize()
            if -scaled.as_tuple().exponent <= 3:  # type: ignore[operator]
                return f"{scaled:f} {word}"
            break
    if value == value.to_integral_value():
        whole = int(value)
        return _SMALL[whole] if spelled and 0 < whole < 10 else f"{whole:,}"
    return f"{value.normalize():,f}"


def digits(value: Decimal, rng: random.Random) -> str:
    """The value in Arabic digits, with 万 or 亿 where the press would put them.

    >>> digits(Decimal(6650000), random.Random(1))
    '665万'
    """
    for size, word in ((10**8, "亿"), (10**4, "万")):
        scaled = (value / size).normalize()
        if value >= size and -scaled.as_tuple().exponent <= 4:  # type: ignore[operator]
            if size == 10**4 and scaled != scaled.to_integral_value() and rng.random() < 0.15:
                break
            return f"{scaled:f}{word}"
    return f"{value.normalize():f}"


def round_value(rng: random.Random, most: int, decimals: int = 0) -> Decimal:
    """A value up to ``most`` with few significant figures, all magnitudes alike."""
    size = rng.randint(1, len(str(most)))
    figures = min(size + decimals, rng.choice((1, 2, 2, 3, 3, 4, 5)))
    head = rng.randint(10 ** (figures - 1), 10**figures - 1)
    value = Decimal(head).scaleb(size - figures)
    return value if value <= most else Decimal(most)
