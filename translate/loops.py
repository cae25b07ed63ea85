"""The loops that translation models fall into: a phrase said again at once, or over and over."""

from __future__ import annotations

from collections import Counter

from translate.english import tokens

LONGEST = 8
# A run of four words that comes three times in one sentence is a loop; twice may be rhetoric.
RUN, OFTEN = 4, 3


def loops(text: str) -> int:
    """How many loops ``text`` has; 0 is sound."""
    return len(repeats(text)) + _recurring(text)


def repeats(text: str) -> list[tuple[int, int]]:
    """Spans (offsets in ``text``) that say again what stands right before them.

    Two words or more said twice, or one word said three times; ``had had`` passes.
    """
    words = [t for t in tokens(text) if t.stem != ","]
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        for n in range(min(LONGEST, (len(words) - i) // 2), 0, -1):
            phrase = [t.stem for t in words[i : i + n]]
            again = 1
            while [t.stem for t in words[i + again * n : i + (again + 1) * n]] == phrase:
                again += 1
            wordy = any(len(s) > 1 and s.isalpha() for s in phrase)
            if wordy and (again > 2 or (again == 2 and n > 1)):
                found.append((words[i + n].start, words[i + again * n - 1].end))
                i += again * n - 1
                break
        i += 1
    return found


def _recurring(text: str) -> int:
    stems = [t.stem for t in tokens(text) if t.stem.isalpha()]
    runs = Counter(tuple(stems[i : i + RUN]) for i in range(len(stems) - RUN + 1))
    return int(any(n >= OFTEN for n in runs.values()))
