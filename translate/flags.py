"""What an editor must look at: each check has a code, and says what it saw."""

from __future__ import annotations

import re

from translate.document import Flag, Placement, Segment
from translate.enforcing.check import stray_figures
from translate.loops import loops

# Characters of English to one of Chinese: 4.1 in the middle of the project's own corpus, 2.7 to
# 6.1 in 98 of 100 sentences. Under half or over twice the middle something is lost or made up;
# short segments vary too much to judge.
RATIO = (2.0, 8.2)
JUDGED = 12
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")


def flags(segment: Segment, target: str, placements: tuple[Placement, ...]) -> tuple[Flag, ...]:
    """All flags of one pair; spans are in ``segment.text``."""
    found = [
        Flag(
            f"missing-{p.constraint.kind}",
            f"{p.constraint.source} should come out as “{p.constraint.target}”",
            p.constraint.start,
            p.constraint.end,
            (p.constraint.target, *p.constraint.accepted),
        )
        for p in placements
        if p.how == "missing"
    ]
    if not re.search(r"\w", target):
        if re.search(r"\w", segment.text):
            found.append(Flag("empty", "the model gave no translation"))
        return tuple(found)
    if han := _HAN.search(target):
        found.append(Flag("untranslated", f"Chinese is left in the English: {han.group()}"))
    taken = [(p.start, p.end) for p in placements]
    for start, end in stray_figures(
        target, [p.constraint for p in placements], segment.text, taken
    ):
        message = f"the English has a figure that the source has not: {target[start:end]}"
        found.append(Flag("stray-figure", message))
    if loops(target):
        found.append(Flag("repetition", "the English repeats itself"))
    length = len(re.sub(r"\s", "", segment.text))
    ratio = len(target) / max(length, 1)
    if length >= JUDGED and not RATIO[0] <= ratio <= RATIO[1]:
        word = "short" if ratio < RATIO[0] else "long"
        found.append(Flag("length", f"the English is suspiciously {word} for its source"))
    return tuple(found)
