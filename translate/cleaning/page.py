"""The character model for one page: what the page says elsewhere makes it likely here too.

A report names its people, places and projects again and again. What stands whole in one place
tells what a damaged one was.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from heapq import nlargest

from translate.charmodel import CharModel, symbols
from translate.cleaning.gbk import to_simplified
from translate.cleaning.readings import READING

__all__ = ["PageModel"]

# The share of the page's own estimate, by how many characters before are the same. By trial on
# unseen pages of 15 sentences; not sensitive within a half.
_SHARES = {2: 0.12, 1: 0.04}
# So much is read of a long text, and so much is left out around a trace, which must not bear
# witness to itself.
_READ = 200_000
_SPOILT = 12
_HARD = re.compile(r"\s+")


class PageModel:
    """The character model, mixed with what follows what on a page.

    It has the two methods of ``CharModel`` that a search needs.
    """

    def __init__(self, model: CharModel, text: str, traces: Iterable[int]) -> None:
        """Read a page, but for the neighbourhood of the offsets where it may be damaged."""
        self._model = model
        self._scores: dict[str, float] = {}
        self._after: dict[str, Counter[str]] = defaultdict(Counter)
        for part in _sound(text[:_READ], traces):
            read = symbols(to_simplified(READING.sub("", part)))
            for i in range(1, len(read)):
                self._after[read[i - 1]][read[i]] += 1
                if i > 1:
                    self._after[read[i - 2 : i]][read[i]] += 1
        self._totals = {context: after.total() for context, after in self._after.items()}

    def score(self, context: str, char: str) -> float:
        """Natural log probability of a symbol after up to three symbols."""
        key = context + char
        found = self._scores.get(key)
        if found is None:
            found = self._scores[key] = self._score(context, char)
        return found

    def _score(self, context: str, char: str) -> float:
        plain = self._model.score(context, char)
        rest, here = 1.0, 0.0
        for length, share in _SHARES.items():
            after = self._after.get(context[-length:])
            if after is not None:
                here += share * after[char] / self._totals[context[-length:]]
                rest -= share
        return math.log(rest * math.exp(plain) + here) if here else plain

    def likeliest(self, context: str, chars: Collection[str], most: int) -> list[str]:
        """Of some symbols those most likely after a context."""
        found = dict.fromkeys(self._model.likeliest(context, chars, most))
        after = self._after.get(context[-1:], ())
        seen = [char for char in after if char in chars and char not in found]
        if not seen:
            return list(found)
        return nlargest(most, [*found, *seen], key=lambda char: self.score(context, char))


def _sound(text: str, traces: Iterable[int]) -> Iterable[str]:
    """The parts of a text that are away from every trace."""
    done = 0
    for trace in sorted(traces):
        if trace - _SPOILT > done:
            yield from _HARD.split(text[done : trace - _SPOILT])
        done = max(done, trace + _SPOILT)
    yield from _HARD.split(text[done:])
