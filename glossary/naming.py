"""Ids for new entries: readable, made of the English rendering."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from unicodedata import normalize


def slug(text: str, taken: Callable[[str], bool]) -> str:
    """``text`` in lower case with hyphens, and a number after it if it is taken.

    Example:
        >>> slug("Four Visits", {"four-visits"}.__contains__)
        'four-visits-2'
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    base = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))[:60].strip("-")
    base = base or "term"
    if not taken(base):
        return base
    return next(name for n in count(2) if not taken(name := f"{base}-{n}"))
