"""English forms found in English text, whatever their inflection.

A form counts as found where its words stand in order, each in some inflection (plural, tense,
possessive), with articles and hyphens free and British or American spelling: *grassroots Party
organization* is found in "the grassroots Party organisations". Words are compared by a stem made
here: it only has to be the same for the inflections of one word, not to be a dictionary's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ARTICLES = frozenset({"a", "an", "the"})
# A figure followed by one of these is another figure: 97 is neither in "97 million" nor, for 97
# indicators, in "97 percent".
MULTIPLIERS = frozenset(
    {"hundred", "thousand", "million", "billion", "trillion", "percent", "%", "yuan"}
)
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am", "have": "has had having", "do": "did done does",
        "go": "went gone goes", "man": "men", "woman": "women", "child": "children",
        "person": "people persons", "foot": "feet", "build": "built", "hold": "held",
        "keep": "kept", "make": "made", "take": "took taken", "give": "gave given",
        "lead": "led", "win": "won", "bring": "brought", "buy": "bought", "fight": "fought",
        "seek": "sought", "teach": "taught", "think": "thought", "leave": "left",
        "grow": "grew grown", "become": "became", "come": "came", "begin": "began begun",
        "see": "saw seen", "speak": "spoke spoken", "write": "wrote written",
        "rise": "rose risen", "fall": "fell fallen", "draw": "drew drawn", "sell": "sold",
        "tell": "told", "say": "said", "meet": "met", "send": "sent", "spend": "spent",
        "stand": "stood", "understand": "understood", "break": "broke broken",
        "choose": "chose chosen", "drive": "drove driven", "find": "found", "get": "got gotten",
        "lose": "lost", "pay": "paid", "run": "ran", "show": "shown", "strive": "strove striven",
        "uphold": "upheld", "oversee": "oversaw overseen",
    }.items()
    for form in forms.split()
}  # fmt: skip
# These end like a plural or a tense and are none.
_WHOLE = frozenset("news series species means bias gas bus plus thus during spring string".split())
_SPELLING = [
    (re.compile(pattern), american)
    for pattern, american in [
        (r"isation", "ization"), (r"(?<=[a-z]{3})ise(?=[drs]?$)", "ize"), (r"ising$", "izing"),
        (r"yse(?=[drs]?$)", "yze"), (r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|al$|able$)", "or"),
        (r"tre(?=s?$)", "ter"), (r"ogramme", "ogram"), (r"efence", "efense"),
        (r"icence", "icense"), (r"lled$", "led"), (r"lling$", "ling"),
    ]
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark of English text with its offsets and its stem."""

    start: int
    end: int
    stem: str


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``, articles and hyphens left out."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word not in "-–" and word.lower() not in ARTICLES:
            found.append(Token(match.start(), match.end(), stem(word)))
    return tuple(found)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the inflections and spellings of one English word have in common."""
    low = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'")
    if not low.isalpha() or len(low) < 3:
        return low.replace(",", "") if low[:1].isdigit() else low
    if low in _WHOLE:
        return low
    low = _IRREGULAR.get(low, low)
    for pattern, american in _SPELLING:
        low = pattern.sub(american, low)
    return _strip(low)


def _strip(word: str) -> str:
    for ending, replacement in (
        ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"),
        ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            if ending == "s" and word[-2] in "sui":
                break
            word = word[: -len(ending)] + replacement
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "aeiouls":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def find_form(text: str, form: str, *, exact: bool = False) -> list[tuple[int, int]]:
    """Where ``form`` stands in ``text``: offsets, left to right, not overlapping.

    Args:
        text: English text without tags.
        form: an English form; a leading article is not part of the span that is found.
        exact: no inflection, and capitals count (but for the first letter of the text).
    """
    if exact:
        return _find_exact(text, form)
    wanted = [t.stem for t in tokens(form)]
    here = tokens(text)
    if not wanted:
        return []
    found = []
    i = 0
    while i + len(wanted) <= len(here):
        if all(here[i + k].stem == w for k, w in enumerate(wanted)) and _whole(here, i, wanted):
            found.append((here[i].start, here[i + len(wanted) - 1].end))
            i += len(wanted)
        else:
            i += 1
    return [_without_possessive(text, span, form) for span in found]


def _whole(here: tuple[Token, ...], i: int, wanted: list[str]) -> bool:
    """Not the tail or head of a longer figure: 22 is not in "22 million" nor in "$22"-"%"."""
    after = here[i + len(wanted)].stem if i + len(wanted) < len(here) else ""
    return not (wanted[-1][:1].isdigit() and after in MULTIPLIERS)


def _without_possessive(text: str, span: tuple[int, int], form: str) -> tuple[int, int]:
    start, end = span
    tail = re.search(r"['’]s?$", text[start:end])
    if tail and not re.search(r"['’]s?$", form):
        end = start + tail.start()
    return start, end


def _find_exact(text: str, form: str) -> list[tuple[int, int]]:
    capital = form[:1].upper() + form[1:]
    pattern = rf"(?<!\w)(?:{re.escape(form)}|{re.escape(capital)})(?!\w)"
    return [match.span() for match in re.finditer(pattern, text)]


def capitalise(text: str) -> str:
    """``text`` with its first letter in upper case; the rest as it is."""
    for i, character in enumerate(text):
        if character.isalpha():
            return text[:i] + character.upper() + text[i + 1 :]
        if character.isdigit():
            return text
    return text
