"""A linear model over spans: is this stretch of characters a name?

It is a log-linear classifier in the plainest form: a span and its surroundings give a set of
features (the characters before, inside and after it, and which neighbours are ordinary words),
each has a weight, and their sum is the log-odds that the span is a name rather than ordinary
text. The weights are data files (``data/person_weights.tsv``, ``data/place_weights.tsv``) that
``data/fit_spans.py`` fitted on the project's own corpus, whose English tells which characters
are names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from translate.naming.pinyin import rows

PAD = 4  # Characters of context on each side of a text, as many as a feature may look at.
EDGE = "¶"  # Stands for what lies beyond the ends of a text.
_SAME = str.maketrans(",:;!?()\"'\u3000\t\xa0\n0123456789", "，：；！？（）”’   ¶0000000000")
_SCALE = 100  # Weights are stored as whole hundredths.


def context(text: str) -> str:
    """``text`` as the features see it: ``PAD`` edge marks on each side, width levelled.

    The offsets in the result are those in ``text`` plus ``PAD``.
    """
    return EDGE * PAD + text.translate(_SAME) + EDGE * PAD


@cache
def weights(name: str) -> dict[str, float]:
    """Feature -> weight, from ``data/<name>_weights.tsv``."""
    return {feature: int(weight) / _SCALE for feature, weight in rows(f"{name}_weights.tsv")}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the features know of characters beyond their own weights.

    ``pairs`` are pairs of characters that stand together as in a word (描绘, 看着); ``given`` says
    how many of the corpus' given names have a character: "2" many, "1" some; absent none.
    """

    pairs: frozenset[str]
    given: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """Load ``data/word_pairs.tsv`` and ``data/given_chars.tsv``."""
    return Lexicon(
        frozenset(a + b for a, others in rows("word_pairs.tsv") for b in others),
        {char: level for level, chars in rows("given_chars.tsv") for char in chars},
    )


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character of the basic block, as in nearly every name."""
    return "\u4e00" <= char <= "\u9fff"


def score(features: list[str], table: dict[str, float]) -> float:
    """The log-odds: the sum of the weights of ``features``."""
    get = table.get
    return sum([get(feature, 0.0) for feature in features])
