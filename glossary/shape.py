"""What terms are like: which words they begin, go on and end with, and how many."""

from __future__ import annotations

import math
from collections import Counter

from glossary.background import Background

MAX_WORDS = 5  # of a compound


class Shape:
    """What the words of known terms are like, by their place in the term."""

    def __init__(self, terms: list[list[str]], background: Background) -> None:
        self._background = background
        self._counts: dict[str, Counter[str]] = {
            "first": Counter(t[0] for t in terms if t),
            "last": Counter(t[-1] for t in terms if t),
            "inner": Counter(w for t in terms for w in t[1:-1]),
        }
        # Unknown words are judged by the character that decides: the last of a last word (局, 站),
        # the first of any other.
        self._chars = {
            place: Counter(self._char(place, w) for w in counts.elements())
            for place, counts in self._counts.items()
        }
        self._background_chars = {place: self._char_counts(place) for place in self._counts}
        lengths = Counter(min(len(t), MAX_WORDS + 1) for t in terms if t)
        self._lengths = {n: math.log((c + 1) / (len(terms) + 6)) for n, c in lengths.items()}

    @staticmethod
    def _char(place: str, word: str) -> str:
        return word[-1] if place == "last" else word[0]

    def _char_counts(self, place: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        for word, count in self._background.counts.items():
            counts[self._char(place, word)] += count
        return counts

    def odds(self, place: str, word: str) -> float:
        """How much likelier the word is at this place of a term than in text at large (ln)."""
        counts, chars = self._counts[place], self._chars[place]
        total = max(1, counts.total())
        char = self._char(place, word)
        in_char = chars[char] / total
        at_large_char = (self._background_chars[place][char] + 1) / self._background.total
        # The word's own count, smoothed by what its character promises.
        prior = 4.0
        share = self._background.counts[word] / self._background.total
        expected = in_char * (share + 1e-6) / (at_large_char + 1e-6)
        in_term = (counts[word] + prior * expected) / (total + prior)
        odds = math.log((in_term + 1e-5) / (share + 2e-5))
        return max(-4.0, min(5.0, odds))

    def length(self, words: int) -> float:
        """How usual a term of so many words is (ln, relative to the most usual)."""
        return self._lengths.get(words, -5.0) - max(self._lengths.values(), default=0.0)
