"""The table of units and measure words, for both languages.

``data/units.tsv`` holds one Chinese unit a row. Kinds: ``money``, ``percent``, ``measure``,
``times``, ``time`` and ``age`` have an English of their own; ``drop`` is a measure word that
English does without (九万张 is "90,000"); ``keep`` is one whose English hangs on its noun
(期, 次, 人), so it stays in the sentence and only its figure is constrained.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` converts a figure to the base unit of ``dimension``."""

    zh: str
    kind: str
    dimension: str
    factor: Decimal
    singular: str
    plural: str
    more: tuple[str, ...]

    @property
    def english(self) -> tuple[str, ...]:
        """Every English form, the plural first."""
        return tuple(dict.fromkeys(form for form in (self.plural, self.singular, *self.more)))


def read_table(name: str) -> list[list[str]]:
    """The rows of a tab-separated file of ``translate/data``, without comments and header."""
    text = files("translate.figures").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


@cache
def units() -> dict[str, Unit]:
    """Chinese unit to its row."""
    table = {}
    for zh, kind, dimension, factor, singular, plural, more in read_table("units.tsv"):
        forms = tuple(more.split("|")) if more else ()
        table[zh] = Unit(zh, kind, dimension, Decimal(factor), singular, plural, forms)
    return table


@cache
def english_units() -> dict[str, Unit]:
    """English form in lower case to its unit; the first row that has a form keeps it."""
    table: dict[str, Unit] = {}
    for unit in units().values():
        for form in unit.english:
            if form:
                table.setdefault(form.lower(), unit)
    return table


def named_unit(text: str) -> Unit:
    """The unit that English ``text`` names; "square-meter" is a square meter.

    Raises:
        KeyError: ``text`` is no unit's name.
    """
    name = "percent" if text == "%" else text.lower()
    return english_units().get(name) or english_units()[name.replace("-", " ")]


def alternation(words: list[str] | tuple[str, ...]) -> str:
    """A regular expression for any of ``words``, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
