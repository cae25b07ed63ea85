"""What a term is: a concept entry with its written forms in both languages.

An :class:`Entry` is one concept. It holds the Chinese forms by which text names it (Simplified;
Traditional text is matched by the same keys) and the English forms with their status. Exactly
as in ISO 30042, a form is *preferred* (to be used), *admitted* (right as well), *deprecated*
(understood, to be replaced) or *forbidden* (wrong, must not appear).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["preferred", "admitted", "deprecated", "forbidden"]
TermType = Literal[
    "", "full", "short", "acronym", "abbreviation", "variant", "phrase", "proper", "pattern"
]
PartOfSpeech = Literal["", "noun", "verb", "adjective", "adverb", "properNoun", "other"]
Inflection = Literal["inflects", "exact", "plural"]
Review = Literal["proposed", "approved", "rejected", "archived"]
Script = Literal["", "Hant"]

STATUSES: tuple[Status, ...] = get_args(Status)
TERM_TYPES: tuple[TermType, ...] = get_args(TermType)
PARTS_OF_SPEECH: tuple[PartOfSpeech, ...] = get_args(PartOfSpeech)
INFLECTIONS: tuple[Inflection, ...] = get_args(Inflection)
REVIEWS: tuple[Review, ...] = get_args(Review)


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence in which a form stands, and whose sentence it is."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a concept and its status.

    ``script`` is ``"Hant"`` for a Traditional form that is not what converting the Simplified
    one gives. ``inflection`` says whether an English form may take endings and capitals
    (``inflects``), stands only as written (``exact``), or is a plural already (``plural``).
    ``usage`` is about this form: why it is forbidden, where it belongs.
    """

    text: str
    status: Status = "preferred"
    term_type: TermType = ""
    pos: PartOfSpeech = ""
    inflection: Inflection = "inflects"
    script: Script = ""
    usage: str = ""
    source: str = ""
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept: ``zh`` are the Chinese forms it goes by, ``en`` its English renderings.

    ``priority`` decides between entries that share a form (higher wins). ``author`` and
    ``modified`` (ISO 8601) say who last changed the entry, and when.
    """

    id: str
    zh: tuple[Form, ...]
    en: tuple[Form, ...]
    subject: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""
    review: Review = "approved"
    priority: int = 0
    author: str = ""
    modified: str = ""

    @property
    def preferred(self) -> str:
        """The English rendering to use: the first preferred one, else the first admitted.

        Raises:
            LookupError: The entry has only deprecated or forbidden English forms.
        """
        return self.best.text

    @property
    def best(self) -> Form:
        """The form whose text is :attr:`preferred`; raises as it does."""
        for status in ("preferred", "admitted"):
            for form in self.en:
                if form.status == status:
                    return form
        raise LookupError(f"entry {self.id} has no usable English form")

    @property
    def accepted(self) -> tuple[str, ...]:
        """All renderings that count as right, the one to use first."""
        best = self.best
        others = (f.text for f in self.en if f is not best)
        right = {f.text for f in self.en if f.status in ("preferred", "admitted")}
        return (best.text, *(text for text in others if text in right))

    @property
    def forbidden(self) -> tuple[str, ...]:
        """The renderings that must not appear."""
        return tuple(f.text for f in self.en if f.status == "forbidden")

    @property
    def usable(self) -> bool:
        """Whether text can be translated by it: approved, with a right rendering."""
        return self.review == "approved" and any(
            f.status in ("preferred", "admitted") for f in self.en
        )

    @property
    def is_pattern(self) -> bool:
        """Whether its forms have slots (see :mod:`glossary.patterns`)."""
        return any(f.term_type == "pattern" for f in self.zh)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in text: ``start`` and ``end`` are offsets in the text that was searched.

    For a pattern, ``entry`` has its slots filled with what stands in the text.
    """

    entry: Entry
    start: int
    end: int
