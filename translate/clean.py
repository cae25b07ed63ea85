"""From the page as printed to the text as read: an ordered table of named fixers.

Copies from the web are noisy in many ways at once: Traditional script made by a machine, the
readings of characters left in brackets, half-width punctuation, lost bytes. ``FIXERS`` says
which are dealt with, and in which order. Each fixer changes one kind of noise, its docstring
says which, and each change it makes is recorded as an ``Edit``. What cannot be repaired with
certainty gets a ``Flag`` with the readings to choose from.

    >>> clean("項(xiàng)目建設(shè),推動發展").text
    '项目建设，推动发展'

The table's form is learnt from ftfy. To add a case that should work, add it to
``tests/data/clean.json``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from translate.cleaning.change import Fixer, Working
from translate.cleaning.characters import (
    compatibility_forms,
    entities,
    full_width_ascii,
    invisible,
    lone_surrogates,
)
from translate.cleaning.lost_bytes import lost_bytes
from translate.cleaning.punctuation import (
    brackets,
    corner_quotes,
    dots_and_dashes,
    half_width_marks,
    straight_quotes,
)
from translate.cleaning.readings import readings_in_brackets
from translate.cleaning.script import simplify, zhe_as_marker
from translate.cleaning.spaces import odd_spaces, spaces_between_han
from translate.document import Edit, Flag

__all__ = ["FIXERS", "Cleaned", "clean"]

# Name -> fixer, in the order in which they run.
FIXERS: dict[str, Fixer] = {
    "entities": entities,
    "lone-surrogates": lone_surrogates,
    "lost-bytes": lost_bytes,
    "invisible": invisible,
    "compatibility-forms": compatibility_forms,
    "readings": readings_in_brackets,
    "full-width-ascii": full_width_ascii,
    "odd-spaces": odd_spaces,
    "corner-quotes": corner_quotes,
    "straight-quotes": straight_quotes,
    "half-width-marks": half_width_marks,
    "brackets": brackets,
    "dots-and-dashes": dots_and_dashes,
    "spaces": spaces_between_han,
    "zhe": zhe_as_marker,
    "simplified": simplify,
}

# The table is run again until nothing changes, so that what is clean stays as it is. Twice is
# usual; a text that was spoiled twice over needs a third time (&amp;nbsp;).
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as printed and as read, and the way back from the one to the other.

    Attributes:
        source: as printed.
        text: as read: Simplified, repaired; as many line breaks as ``source``.
        origins: ``origins[i]`` is the offset in ``source`` of ``text[i]``; one item more than
            ``text`` has characters, the last one ``len(source)``; never falls.
        edits: what was changed, with offsets in ``source``, in their order there.
        flags: what an editor must look at, with offsets in ``text``.
    """

    source: str
    text: str
    origins: tuple[int, ...]
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]


def clean(source: str) -> Cleaned:
    """Read a text as it was meant: run all fixers over it. Never fails, whatever the text."""
    working = Working(source)
    for _ in range(_ROUNDS):
        changed = [working.run(name, fixer) for name, fixer in FIXERS.items()]
        if not any(changed):
            break
    edits = tuple(sorted(working.edits, key=lambda edit: edit.start))
    origins = tuple(working.origins)
    flags = tuple(_in_text(flag, origins) for flag in working.flags)
    return Cleaned(source, working.text, origins, edits, flags)


def _in_text(flag: Flag, origins: tuple[int, ...]) -> Flag:
    start, end = bisect_left(origins, flag.start), bisect_left(origins, flag.end)
    return replace(flag, start=start, end=max(start, end))
