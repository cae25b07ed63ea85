"""A dictionary engine for tests and demonstrations: word by word, with honest alignment.

It knows the Chinese words it is given and copies everything else; as a term-aware engine it
carries tagged text over. ``mistakes`` maps a rendering to what it says instead, to make it fail
on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.engine import Hypothesis, Link, Request, check_length


class FakeEngine:
    """Translates by a dictionary, longest word first. Deterministic, no weights."""

    def __init__(
        self,
        words: Mapping[str, str],
        *,
        term_aware: bool = True,
        mistakes: Mapping[str, str] | None = None,
        max_pieces: int = 255,
    ) -> None:
        """Keep the dictionary; every character counts as a piece."""
        self._words = dict(words)
        self._mistakes = dict(mistakes or {})
        self._term_aware = term_aware
        self._max_pieces = max_pieces
        known = "|".join(map(re.escape, sorted(self._words, key=len, reverse=True)))
        self._unit = re.compile(
            rf"<t>.*?</t>|{known}|[A-Za-z0-9.,]+|\S" if known else r"<t>.*?</t>|\S"
        )

    @property
    def name(self) -> str:
        """``fake``."""
        return "fake"

    @property
    def term_aware(self) -> bool:
        """As it was made."""
        return self._term_aware

    @property
    def max_pieces(self) -> int:
        """As it was made."""
        return self._max_pieces

    def count_pieces(self, text: str) -> int:
        """One piece a character."""
        return len(text)

    def translate(
        self, requests: Sequence[Request], *, beam: int = 4, hypotheses: int = 1
    ) -> list[list[Hypothesis]]:
        """Translate; further hypotheses are the same with a lower score."""
        found = []
        for request in requests:
            check_length(request, len(request.text), self._max_pieces)
            text, links = self._translate(request)
            found.append([Hypothesis(text, -float(k), links) for k in range(hypotheses)])
        return found

    def _translate(self, request: Request) -> tuple[str, tuple[Link, ...]]:
        target, links = request.prefix, []
        for unit in self._unit.finditer(request.text):
            word = self._words.get(unit.group(), unit.group())
            # A prefix that already says the word is gone past, as a real decoder would.
            if request.prefix and word in request.prefix:
                start = request.prefix.index(word)
            else:
                word = self._mistakes.get(word, word)
                target += " " if target and word not in ".,;" else ""
                start = len(target)
                target += word
            if word:
                links.append(Link(*unit.span(), start, start + len(word), 1.0))
        return target, tuple(links)
