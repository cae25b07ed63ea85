"""Post-editing the English side: small, named rules, each of which leaves an ``Edit``.

A rule looks at the target and says what to replace. ``RULES`` is the order; a rule may only touch
what a constraint placed to change its case, and placements move along with every change. To add a
rule, write a function with a docstring that says what it mends, and put it into the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate.document import Edit, ParagraphKind, Placement
from translate.english import tokens
from translate.loops import repeats


@dataclass(frozen=True, slots=True)
class Text:
    """What a rule sees: the target, its placements, and the segment it translates."""

    target: str
    placements: tuple[Placement, ...]
    source: str
    kind: ParagraphKind


@dataclass(frozen=True, slots=True)
class Change:
    """Replace ``target[start:end]`` by ``text``."""

    start: int
    end: int
    text: str


Rule = Callable[[Text], Iterator[Change]]

_WIDTH = str.maketrans("，。、；：？！（）【】《》", ',.,;:?!()[]""')
_QUOTES = str.maketrans({**dict.fromkeys("“”„«»「」『』〝〞", '"'), **dict.fromkeys("‘’‚", "'")})
_OPENING = "([{\"'$£€"
# Sound, not letter, decides: an hour, a university, an 8-year plan, a European fund.
_AN = re.compile(r"8\d{0,2}(?!\d)|11\b|18\b|[aeio]|u(?!ni(?!n|m)|se|su|ti|kr|r[aeiou]|b[ei])|hour|hono|heir|honest", re.I)  # fmt: skip  # noqa: E501
_A = re.compile(r"eu|ewe|one\b|once\b", re.I)
_ACRONYM_AN = re.compile(r"[AEFHILMNORSX][A-Z]*\b|[AEFHILMNORSX]\d")
_ABBREVIATIONS = frozenset("mr mrs ms dr no st vs etc e.g i.e u.s a.m p.m prof inc ltd co".split())


def polish(
    target: str, placements: Sequence[Placement], source: str, kind: ParagraphKind
) -> tuple[str, tuple[Placement, ...], tuple[Edit, ...]]:
    """Apply every rule in order.

    Returns:
        The target, its placements moved along, and the edits (offsets in the text that the rule
        was given).
    """
    text = Text(target, tuple(placements), source, kind)
    edits: list[Edit] = []
    for name, rule in RULES.items():
        changes = [c for c in rule(text) if _allowed(text, c)]
        if changes:
            edits += [Edit(name, text.target[c.start : c.end], c.text, c.start) for c in changes]
            text = _apply(text, changes)
    return text.target, text.placements, tuple(edits)


def _allowed(text: Text, change: Change) -> bool:
    """A change may not cut into a placement, except to change its case."""
    if text.target[change.start : change.end].lower() == change.text.lower():
        return True
    return not any(
        (p.start < change.end and change.start < p.end)
        or (change.start == change.end and p.start < change.start < p.end)
        for p in text.placements
    )


def _apply(text: Text, changes: Sequence[Change]) -> Text:
    target = text.target
    placements = list(text.placements)
    for change in sorted(changes, key=lambda c: c.start, reverse=True):
        target = target[: change.start] + change.text + target[change.end :]
        grown = len(change.text) - (change.end - change.start)
        placements = [_moved(p, change, grown) for p in placements]
    return replace(text, target=target, placements=tuple(placements))


def _moved(placement: Placement, change: Change, grown: int) -> Placement:
    if placement.how == "missing" or placement.end <= change.start:
        return placement
    if placement.start >= change.end:
        return replace(placement, start=placement.start + grown, end=placement.end + grown)
    return replace(placement, end=placement.end + grown)


def _each(pattern: str, text: str, new: str) -> Iterator[Change]:
    for match in re.finditer(pattern, text):
        after = match.expand(new)
        if after != match.group():
            yield Change(*match.span(), after)


def stray_marks(text: Text) -> Iterator[Change]:
    """Tags and unknown-piece marks that the model left."""
    yield from _each(r"\s*(?:</?t>|⁇|<unk>)\s*", text.target, " ")


def straight_quotes(text: Text) -> Iterator[Change]:
    """Curly, angled and corner quotes become straight ones, Chinese marks their ASCII kin."""
    for i, character in enumerate(text.target):
        after = character.translate(_QUOTES).translate(_WIDTH)
        if after != character:
            follows = text.target[i + 1 : i + 2]
            space = " " if after in ",.;:?!" and follows.isalnum() else ""
            yield Change(i, i + 1, after + space)


def doubled_marks(text: Text) -> Iterator[Change]:
    """``,,`` ``;,`` ``..`` (but not the ellipsis) and quotes with nothing in them."""
    yield from _each(r"([,;:])(?:\s*[,;:])+", text.target, r"\1")
    yield from _each(r"(?<!\.)\.\s*\.(?!\.)", text.target, ".")
    yield from _each(r"[,;:]\s*(?=[.?!](?:[\"']|$))", text.target, "")
    yield from _each(r"(?<!\w)\"\s*\"(?!\w)", text.target, "")
    yield from _each(r"\.\"\s*,", text.target, ',"')


def spacing(text: Text) -> Iterator[Change]:
    """One space between words, none before a mark or inside brackets, one after a comma."""
    yield from _each(r"\s+(?=[,;)\]]|[:.?!%](?![\w.]))", text.target, "")
    yield from _each(r"([(\[])\s+", text.target, r"\1")
    yield from _each(r"([,;])(?=[A-Za-z])", text.target, r"\1 ")
    yield from _each(r"(?<=\S)(?:\s{2,}|[\t\n\r\f\v])(?=\S)", text.target, " ")
    yield from _each(r"^\s+|\s+$", text.target, "")


def repeated_words(text: Text) -> Iterator[Change]:
    """A phrase said again at once is said once; ``the the`` as well."""
    ends = 0
    for start, end in repeats(text.target):
        before = len(text.target[:start].rstrip())
        if start >= ends:
            yield Change(before, end, "")
            ends = end
    for match in re.finditer(r"\b(the|a|an|of|to|in|and|for|with)(\s+\1\b)+", text.target, re.I):
        if match.start() >= ends:
            yield Change(match.end(1), match.end(), "")


def doubled_terms(text: Text) -> Iterator[Change]:
    """A rendering joined to itself, *the forum and the forum*, is said once.

    So is its last word where the model says it again: *6 yuan yuan*.
    """
    words = tokens(text.target)
    for p in text.placements:
        if p.start < 0:
            continue
        own = [t.stem for t in words if p.start <= t.start and t.end <= p.end]
        after = [t for t in words if t.start >= p.end]
        skip = 1 if after and after[0].stem in ("and", ",") else 0
        said = [t.stem for t in after[skip : skip + len(own)]]
        if own and said == own and skip:
            yield Change(p.end, after[skip + len(own) - 1].end, "")
        elif own and after and after[0].stem == own[-1] and after[0].start == p.end + 1:
            yield Change(p.end, after[0].end, "")


def balanced_quotes(text: Text) -> Iterator[Change]:
    """A quotation mark without its other half is closed at the end, or goes."""
    marks = [i for i, c in enumerate(text.target) if c == '"']
    if len(marks) % 2 == 0:
        return
    last = marks[-1]
    if last == len(text.target) - 1 or "”" not in text.source:
        opens = text.source.count("“") > text.source.count("”")
        if not opens:
            yield Change(last, last + 1, "")
    elif text.source.rstrip().endswith("”"):
        yield Change(len(text.target), len(text.target), '"')
    else:
        yield Change(last, last + 1, "")


def article(text: Text) -> Iterator[Change]:
    """*A* before a consonant's sound, *an* before a vowel's."""
    for match in re.finditer(r"\b([Aa])(n?)(?= [\"'(]?([A-Za-z0-9]+))", text.target):
        word = match[3]
        vowel = _vowel_sound(word)
        letter = len(word) == 1 and word.isalpha()
        if vowel != bool(match[2]) and not letter:
            yield Change(*match.span(), match[1] + ("n" if vowel else ""))


def _vowel_sound(word: str) -> bool:
    if word.isupper():
        return bool(_ACRONYM_AN.match(word))
    return bool(_AN.match(word)) and not _A.match(word)


def capital_start(text: Text) -> Iterator[Change]:
    """A sentence, headline or quotation after a colon begins with a capital."""
    starts = [re.match(r"[\"'(\[]*([a-z])", text.target)]
    starts += re.finditer(r"(?:[.?!][\"')]*\s+|: \")[\"'(]*([a-z])", text.target)
    for match in starts:
        if match is None:
            continue
        at = match.start(1)
        previous = re.search(r"([\w.]+)\.[\"')]*\s+[\"'(]*$", text.target[:at])
        if previous and (previous[1].lower() in _ABBREVIATIONS or len(previous[1]) == 1):
            continue
        yield Change(at, at + 1, text.target[at].upper())


def final_mark(text: Text) -> Iterator[Change]:
    """A sentence ends as its source does; a headline, subhead or byline without a full stop."""
    target = text.target
    closing = re.search(r"[\"')\]]*$", target)
    end = closing.start() if closing else len(target)
    body = target[:end].rstrip()
    mark = re.search(r"([。！？；…：])[”’」』）)]*$", text.source)
    if not body:
        return
    if mark is None:
        if text.kind != "body" and body[-1] == "." and not body.endswith("..."):
            yield Change(len(body) - 1, len(body), "")
        return
    wanted = {"！": "!", "？": "?", "；": ";", "…": "...", "：": ":"}.get(mark[1], ".")
    if body[-1] in ".!?":
        if wanted in "!?" and body[-1] == "." and not body.endswith("..."):
            yield Change(len(body) - 1, len(body), wanted)
    elif body[-1] in ",;:-":
        yield Change(len(body) - 1, len(body), wanted)
    else:
        yield Change(len(body), len(body), wanted)


RULES: dict[str, Rule] = {
    "stray-marks": stray_marks,
    "straight-quotes": straight_quotes,
    "repeated-words": repeated_words,
    "doubled-terms": doubled_terms,
    "doubled-marks": doubled_marks,
    "balanced-quotes": balanced_quotes,
    "spacing": spacing,
    "article": article,
    "final-mark": final_mark,
    "capital-start": capital_start,
}
