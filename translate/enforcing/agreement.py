"""Number agreement of terms: three *villages*, one *official*.

Chinese terms have no number, so an entry's preferred form has one of the two. A figure right
before a term, or 一 with a measure word, says which the sentence needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from translate.document import Constraint

# Where a noun phrase's head ends: what follows describes it.
_POST = frozenset(
    "of for in at to on with by from between under above against based stationed among into "
    "without within over".split()
)
_UNCOUNTED = frozenset(
    "work governance development revitalization information equipment staff personnel funding "
    "infrastructure training research education health care housing employment poverty "
    "construction transport traffic news advice progress supervision inspection management "
    "protection security safety labor land water electricity agriculture industry tourism "
    "culture assistance support help relief discipline conduct capital revenue investment "
    "people police livestock poultry cattle".split()
)
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people",
              "foot": "feet", "head": "heads", "chief": "chiefs"}  # fmt: skip
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
_ONE = re.compile(r"(?:[一1]|每|某|这|那|该)[名位个家户支座条项处所间]$|(?<![0-9])1$")
_SINGLE_FIGURES = frozenset({"1", "one", "half"})


def agree(constraints: Sequence[Constraint], text: str) -> tuple[Constraint, ...]:
    """Give terms after a figure their plural, after 一名 and the like their singular.

    Of several terms in a row (22件|社区|事项) the last is the head and takes the number.
    """
    found = list(constraints)
    for i, constraint in enumerate(found):
        if constraint.kind != "term" or not constraint.inflects:
            continue
        if _ONE.search(text[: constraint.start]):
            found[i] = _with_target(constraint, singular(constraint.target))
        elif constraint is _head_after_figure(found, i):
            found[i] = _with_target(constraint, plural(constraint.target))
    return tuple(found)


def _head_after_figure(constraints: Sequence[Constraint], i: int) -> Constraint | None:
    """Constraint ``i`` where it closes a run of adjoining terms that a figure opens."""
    last = constraints[i]
    if i + 1 < len(constraints) and constraints[i + 1].start == last.end:
        return None
    while i > 0 and constraints[i - 1].end == constraints[i].start:
        i -= 1
        if constraints[i].kind == "number":
            counts = constraints[i].target not in _SINGLE_FIGURES
            return last if counts and re.match(r"[\w ,.]+$", constraints[i].target) else None
        if constraints[i].kind != "term":
            return None
    return None


def _with_target(constraint: Constraint, target: str) -> Constraint:
    if target == constraint.target:
        return constraint
    return replace(constraint, target=target, accepted=(constraint.target, *constraint.accepted))


def plural(form: str) -> str:
    """The plural of a noun phrase; as it is where it has none or is one already."""
    words = form.split(" ")
    at = _head(words)
    word = words[at]
    if not word.isalpha() or word.lower() in _UNCOUNTED or word[0].isupper() or _is_plural(word):
        return form
    if word in _IRREGULAR:
        words[at] = _IRREGULAR[word]
    elif re.search(r"[^aeiou]y$", word):
        words[at] = word[:-1] + "ies"
    else:
        words[at] = word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")
    return " ".join(words)


def singular(form: str) -> str:
    """The singular of a noun phrase; as it is where it is one already."""
    words = form.split(" ")
    at = _head(words)
    word = words[at]
    if word in _SINGULAR:
        words[at] = _SINGULAR[word]
    elif not word.isalpha() or word[0].isupper() or not _is_plural(word):
        return form
    elif word.endswith("ies") and len(word) > 4:
        words[at] = word[:-3] + "y"
    else:
        words[at] = re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|s$", "", word)
    return " ".join(words)


def _head(words: Sequence[str]) -> int:
    """The index of the head noun: the last word before what describes it."""
    for i, word in enumerate(words[1:], start=1):
        if word.lower() in _POST:
            return i - 1
    return len(words) - 1


def _is_plural(word: str) -> bool:
    if word in _SINGULAR:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
