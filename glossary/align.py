"""What parallel text has for a Chinese term: the English string that comes and goes with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from glossary.fold import fold
from glossary.pairs import Sentence

_WORD = re.compile(r"[A-Za-z0-9][\w'’-]*")
_EDGE = frozenset(
    "a an and are as at be been by for from has have in is it its of on or that the their this to "
    "was were will with".split()
)
_MAX_WORDS = 7
_MIN_SENTENCES = 2


def rendering_of(term: str, pairs: Sequence[Sentence]) -> str:
    """The likeliest English for ``term``, or ``""`` where the pairs don't tell.

    English strings are ranked by their log-likelihood ratio with the term over the sentences,
    and a string gives way to a longer one that is always there when it is.
    """
    key = fold(term)
    holding = [p for p in pairs if key in fold(p.source)]
    if len(holding) < _MIN_SENTENCES:
        return ""
    inside: Counter[str] = Counter()
    for pair in holding:
        inside.update(set(_strings(pair.target)))
    wanted = {s: c for s, c in inside.items() if c >= max(2, 0.3 * len(holding))}
    if not wanted:
        return ""
    overall: Counter[str] = Counter()
    for pair in pairs:
        target = pair.target.lower()
        overall.update(s for s in wanted if s in target)
    scored = {s: _ratio(count, len(holding), overall[s], len(pairs)) for s, count in wanted.items()}
    best = max(scored, key=lambda s: (scored[s], len(s)))
    longer = [s for s in wanted if best in s and wanted[s] >= 0.8 * wanted[best]]
    return max(longer, key=lambda s: (len(s), scored[s]), default=best)


@lru_cache(maxsize=20_000)
def _strings(target: str) -> tuple[str, ...]:
    return tuple(_all_strings(target.lower()))


def _all_strings(target: str) -> Iterator[str]:
    """The strings of words, without small words at their ends, that no punctuation cuts."""
    spans = [(m.start(), m.end()) for m in _WORD.finditer(target)]
    for first, (start, _) in enumerate(spans):
        for last in range(first, min(len(spans), first + _MAX_WORDS)):
            end = spans[last][1]
            text = target[start:end]
            if re.search(r"[,.;:!?()\"]", text):
                break
            words = (target[slice(*spans[first])], target[slice(*spans[last])])
            if not any(w in _EDGE for w in words):
                yield text


def _ratio(both: int, term: int, string: int, total: int) -> float:
    """Dunning's log-likelihood ratio of the two together; negative if rarer than by chance."""
    string = max(string, both)
    cells = (
        (both, term, string),
        (term - both, term, total - string),
        (string - both, total - term, string),
        (total - term - string + both, total - term, total - string),
    )
    score = sum(o * math.log(o * total / (r * c)) for o, r, c in cells if o > 0 and r * c)
    return score if both * total > term * string else -score
