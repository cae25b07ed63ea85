"""Rules that look at one entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from glossary import patterns
from glossary.check import Problem, Rule, Terms
from glossary.entry import Entry, Form
from glossary.fold import fold, has_han, simplify

_RIGHT = ("preferred", "admitted")
_WIDE = str.maketrans("，。：；！？（）“”‘’　", ",.:;!?()\"\"'' ")
_PAIRS = {")": "(", "]": "[", "）": "（", "”": "“", "》": "《", "」": "「", "』": "『", "】": "【"}


def two_preferred(terms: Terms) -> Iterator[Problem]:
    """Text can be translated by one rendering only."""
    for entry in terms.in_use:
        preferred = [f.text for f in entry.en if f.status == "preferred"]
        if len(preferred) > 1:
            listed = " / ".join(preferred)
            yield Problem(entry.id, f"has {len(preferred)} preferred renderings: {listed}",
                          "leave one, make the others admitted")  # fmt: skip


def no_preferred(terms: Terms) -> Iterator[Problem]:
    """With admitted renderings only, the first is used; say so."""
    for entry in terms.in_use:
        statuses = [f.status for f in entry.en]
        if "preferred" not in statuses and "admitted" in statuses:
            first = statuses.index("admitted")
            forms = list(entry.en)
            forms[first] = replace(forms[first], status="preferred")
            fixed = replace(entry, en=tuple(forms))
            remedy = f"prefer “{forms[first].text}”"
            yield Problem(entry.id, "has no preferred rendering", remedy, fixed)


def only_wrong(terms: Terms) -> Iterator[Problem]:
    """An entry that only forbids can't be used to translate."""
    for entry in terms.in_use:
        if not any(f.status in _RIGHT for f in entry.en):
            yield Problem(entry.id, "has only deprecated or forbidden renderings",
                          "add the right one")  # fmt: skip


def right_and_wrong(terms: Terms) -> Iterator[Problem]:
    """A forbidden rendering inside a right one makes every translation an error."""
    for entry in terms.in_use:
        right = [f.text for f in entry.en if f.status in _RIGHT]
        for wrong in entry.forbidden:
            for text in right:
                if re.search(rf"(?<!\w){re.escape(wrong.lower())}(?!\w)", text.lower()):
                    yield Problem(entry.id, f"forbids “{wrong}”, which is in “{text}”",
                                  "change one of them")  # fmt: skip


def han_in_english(terms: Terms) -> Iterator[Problem]:
    """English with Chinese characters left in it."""
    for entry in terms.in_use:
        for form in entry.en:
            if has_han(form.text):
                yield Problem(entry.id, f"“{form.text}” holds Chinese", "translate the rest")


def wide_in_english(terms: Terms) -> Iterator[Problem]:
    """Chinese punctuation in English."""
    yield from _respelled(terms, lambda text: text.translate(_WIDE), "has Chinese punctuation",
                          english_only=True)  # fmt: skip


def spaces(terms: Terms) -> Iterator[Problem]:
    """Spaces that are doubled, at the ends, before a comma, or between Han."""

    def mended(text: str) -> str:
        text = re.sub(r" +([,;:.!?])(?=\s|$)", r"\1", " ".join(text.split()))
        return re.sub(r"(?<=[㐀-鿿]) +(?=[、，；：。！？])|(?<=[、，；：]) +(?=[㐀-鿿])", "", text)

    yield from _respelled(terms, mended, "has stray spaces")


def _respelled(
    terms: Terms, mend: Callable[[str], str], about: str, english_only: bool = False
) -> Iterator[Problem]:
    for entry in terms.in_use:
        en = tuple(replace(f, text=mend(f.text)) for f in entry.en)
        zh = entry.zh if english_only else tuple(replace(f, text=mend(f.text)) for f in entry.zh)
        if (zh, en) != (entry.zh, entry.en):
            wrong = next(
                a.text for a, b in zip((*entry.zh, *entry.en), (*zh, *en), strict=True) if a != b
            )
            fixed = replace(entry, zh=zh, en=en)
            yield Problem(entry.id, f"“{wrong}” {about}", "mend it with --fix", fixed)


def unbalanced(terms: Terms) -> Iterator[Problem]:
    """Quotation marks and brackets without their fellow."""
    for entry in terms.in_use:
        for form in (*entry.zh, *entry.en):
            if not _is_balanced(form.text):
                yield Problem(entry.id, f"“{form.text}” has an unpaired quotation mark or bracket",
                              "close it or leave it out")  # fmt: skip


def _is_balanced(text: str) -> bool:
    stack: list[str] = []
    for index, char in enumerate(text):
        if char in _PAIRS.values():
            stack.append(char)
        elif char in _PAIRS:
            apostrophe = char == "’" and index and text[index - 1].isalpha()
            if not apostrophe and (not stack or stack.pop() != _PAIRS[char]):
                return False
    return not stack and text.count('"') % 2 == 0


def script(terms: Terms) -> Iterator[Problem]:
    """Traditional characters in a form that counts as Simplified."""
    for entry in terms.in_use:
        forms = tuple(_simplified(f) for f in entry.zh)
        if forms != entry.zh:
            wrong = next(a.text for a, b in zip(entry.zh, forms, strict=True) if a != b)
            remedy = "simplify it with --fix, or mark it zh-Hant"
            fixed = replace(entry, zh=forms)
            yield Problem(entry.id, f"“{wrong}” is not wholly Simplified", remedy, fixed)


def _simplified(form: Form) -> Form:
    return form if form.script else replace(form, text=simplify(form.text))


def stray_traditional(terms: Terms) -> Iterator[Problem]:
    """A Traditional form that belongs to none of the Simplified ones."""
    for entry in terms.in_use:
        keys = {fold(f.text) for f in entry.zh if not f.script}
        for form in entry.zh:
            if form.script and keys and fold(form.text) not in keys:
                yield Problem(entry.id, f"Traditional “{form.text}” matches no Simplified form",
                              "correct it, or add its Simplified form")  # fmt: skip


def slots(terms: Terms) -> Iterator[Problem]:
    """A pattern whose English asks for more numbers than its Chinese has."""
    for entry in terms.in_use:
        if not entry.is_pattern:
            if any(patterns.SLOT.search(f.text) for f in (*entry.zh, *entry.en)):
                yield Problem(entry.id, "has a slot such as {n} but is no pattern",
                              "give its Chinese forms the term type pattern")  # fmt: skip
            continue
        given = min(len(patterns.SLOT.findall(f.text)) for f in entry.zh)
        asked = max(len(patterns.SLOT.findall(f.text)) for f in entry.en)
        if asked > given:
            yield Problem(entry.id, f"uses {asked} slots of {given}", "leave the surplus out")


def definition(terms: Terms) -> Iterator[Problem]:
    """A slogan, pattern or short form that a reader can't understand unexplained."""
    for entry in terms.in_use:
        if not entry.definition and _needs_explaining(entry):
            yield Problem(entry.id, f"“{entry.zh[0].text}” has no definition", "explain it")


def _needs_explaining(entry: Entry) -> bool:
    kinds = {f.term_type for f in entry.zh}
    return entry.subject == "slogans" or bool(kinds & {"pattern", "acronym", "abbreviation"})


RULES = (
    Rule("two-preferred", "error", "more than one preferred rendering", two_preferred),
    Rule("no-preferred", "warning", "admitted renderings but no preferred one", no_preferred),
    Rule("only-wrong", "warning", "only deprecated or forbidden renderings", only_wrong),
    Rule("right-and-wrong", "error", "a forbidden rendering in a right one", right_and_wrong),
    Rule("han-in-english", "error", "Chinese characters in English", han_in_english),
    Rule("wide-in-english", "warning", "Chinese punctuation in English", wide_in_english),
    Rule("spaces", "warning", "stray spaces", spaces),
    Rule("unbalanced", "warning", "unpaired quotation marks or brackets", unbalanced),
    Rule("script", "warning", "Traditional characters in a Simplified form", script),
    Rule("stray-traditional", "warning", "a Traditional form astray", stray_traditional),
    Rule("slots", "error", "slots that don't fit", slots),
    Rule("no-definition", "info", "slogans and abbreviations unexplained", definition),
)
