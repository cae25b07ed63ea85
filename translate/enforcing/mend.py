"""Mending one hypothesis without decoding again: tags, substitution, forbidden renderings."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from translate.document import Constraint, Edit
from translate.enforcing.attempt import LOOKED, Try, at
from translate.enforcing.check import overlap
from translate.enforcing.tags import Read, Span, splice, tagged
from translate.english import tokens

# A tagged span stands for a missing constraint when they are this alike (0 to 100) …
ALIKE = 60.0
# A phrase outside tags is the mutilated term when it is this alike: "Shannan County".
MUTILATED = 80.0
# Substituting more words than twice the term and two would take a bite out of the sentence.
SPARE_WORDS = 2


def tags(attempt: Try) -> Try:
    """Put missing constraints into the tagged spans that stand for them."""
    for _ in attempt.verdict.unused:
        pair = _best_pair(attempt)
        if pair is None:
            break
        attempt = _replace(attempt, *pair, "mend-tag")
    return attempt


def exact(attempt: Try) -> Try:
    """Write figures, dates and names between tags exactly as they were said.

    Between tags the model only copies; *9 a.m.. on March 12* still counts as the right time, but
    there is no reason to print it so. Terms may have been inflected and stay.
    """
    for i, constraint in enumerate(attempt.unit.constraints):
        placement = attempt.verdict.placed.get(i)
        if placement is None or placement.how != "tagged" or constraint.kind == "term":
            continue
        around = _alone_in_tag(attempt, i)
        if around is None:
            continue
        said = attempt.read.text[around[0] : around[1]].lower()
        forms = (constraint.target, *constraint.accepted)
        if not any(form.lower() in said for form in forms):
            attempt = _replace(attempt, around, i, "mend-tag")
    return attempt


def _alone_in_tag(attempt: Try, i: int) -> Span | None:
    """The tagged span that holds placement ``i`` and no other."""
    own = attempt.verdict.placed[i]
    for start, end in attempt.read.tagged:
        if start <= own.start and own.end <= end:
            inside = [p for p in attempt.verdict.placed.values() if start <= p.start < end]
            return (start, end) if len(inside) == 1 else None
    return None


def substitute(attempt: Try) -> Try:
    """Replace the words that stand for each missing constraint by the constraint."""
    for i in attempt.verdict.missing:
        span = _mutilated(attempt, i) or _aligned(attempt, i)
        if span is not None:
            changed = _replace(attempt, span, i, "substitute")
            if changed.verdict.faults < attempt.verdict.faults:
                attempt = replace(changed, how={**changed.how, i: "substituted"})
    return attempt


def appose(attempt: Try) -> Try:
    """Put a missing post behind the name it stands before in Chinese: *Han Lin, county head*.

    In Chinese a term right before a person's name is that person's post; behind the name it is
    right in any English sentence, wherever the model put the name.
    """
    for i in attempt.verdict.missing:
        post = attempt.unit.constraints[i]
        named = [
            p
            for p in attempt.verdict.placed.values()
            if post.kind == "term"
            and p.constraint.kind == "name"
            and p.constraint.start == post.end
        ]
        if named:
            attempt = _insert_after(attempt, named[0].end, i, ", ")
    return attempt


def forbidden(attempt: Try) -> Try:
    """Replace renderings that must not appear by the preferred one."""
    for _ in range(len(attempt.verdict.forbidden)):
        if not attempt.verdict.forbidden:
            break
        span, i = attempt.verdict.forbidden[0]
        attempt = _replace(attempt, span, i, "forbidden-form")
    return attempt


def gap(read: Read, constraint: Constraint) -> int:
    """Where a constraint that the attention never looked at belongs: after its left neighbour."""
    left = [link for link in read.links if link.source_end <= constraint.start]
    if not left:
        return 0
    nearest = max(left, key=lambda link: (link.source_end, link.target_end))
    word = re.compile(r"\S*").match(read.text, nearest.target_end)
    return word.end() if word else nearest.target_end


def raw_start(attempt: Try, at: int) -> int:
    """The offset in the hypothesis at which the word or tag at ``read.text[at]`` begins."""
    for start, end in attempt.read.tagged:
        if start < at < end:
            at = start
    while 0 < at <= len(attempt.read.text) and not attempt.read.text[at - 1].isspace():
        if attempt.read.text[at - 1] in "\"'(“‘[-":
            break
        at -= 1
    raw = attempt.read.raw_of[at]
    opened = re.search(r"<t>\s*$", attempt.hypothesis.text[:raw])
    return opened.start() if opened else raw


def _best_pair(attempt: Try) -> tuple[Span, int] | None:
    """The unused tagged span and the missing constraint that fit each other best."""
    read, verdict = attempt.read, attempt.verdict
    best: tuple[float, Span, int] | None = None
    for span in verdict.unused:
        for i in verdict.missing:
            constraint = attempt.unit.constraints[i]
            alike = fuzz.ratio(read.text[span[0] : span[1]].lower(), constraint.target.lower())
            looked = _looked(read, span, constraint)
            if alike >= ALIKE or looked >= LOOKED:
                score = alike / 100 + looked
                if best is None or score > best[0]:
                    best = score, span, i
    return best[1:] if best else None


def _looked(read: Read, span: Span, constraint: Constraint) -> float:
    """The share of the span's pieces that looked at the constraint's source."""
    inside = [x for x in read.links if overlap((x.target_start, x.target_end), span)]
    return sum(at(x, constraint) for x in inside) / len(inside) if inside else 0.0


def _mutilated(attempt: Try, i: int) -> Span | None:
    """A phrase that is nearly the constraint's target; figures are never nearly right."""
    constraint, text = attempt.unit.constraints[i], attempt.read.text
    if constraint.kind in ("number", "date"):
        return None
    found = fuzz.partial_ratio_alignment(
        constraint.target.lower(), text.lower(), score_cutoff=MUTILATED
    )
    if found is None:
        return None
    return _whole_words(attempt, i, found.dest_start, found.dest_end)


def _aligned(attempt: Try, i: int) -> Span | None:
    """The longest run of words that the attention gives for the constraint's source."""
    constraint, read = attempt.unit.constraints[i], attempt.read
    looking = [(x.target_start, x.target_end) for x in read.links if at(x, constraint)]
    words = tokens(read.text)
    hit = [n for n, t in enumerate(words) if any(overlap((t.start, t.end), s) for s in looking)]
    runs: list[list[int]] = []
    for n in hit:
        if runs and n - runs[-1][-1] <= 2:
            runs[-1].append(n)
        else:
            runs.append([n])
    if not runs:
        return None
    run = max(runs, key=len)
    return _whole_words(attempt, i, words[run[0]].start, words[run[-1]].end)


def _whole_words(attempt: Try, i: int, start: int, end: int) -> Span | None:
    """The span widened to whole words; None where it is too long or another's place."""
    words = [t for t in tokens(attempt.read.text) if overlap((t.start, t.end), (start, end))]
    while words and not attempt.read.text[words[0].start].isalnum():
        words.pop(0)
    while words and not attempt.read.text[words[-1].start].isalnum():
        words.pop()
    limit = 2 * len(tokens(attempt.unit.constraints[i].target)) + SPARE_WORDS
    if not words or len(words) > limit:
        return None
    span = words[0].start, words[-1].end
    others = ((p.start, p.end) for p in attempt.verdict.placed.values())
    return None if any(overlap(span, o) for o in others) else span


def _insert_after(attempt: Try, at: int, i: int, joint: str) -> Try:
    """Put constraint ``i`` behind ``read.text[:at]``, set off by commas."""
    target = attempt.unit.constraints[i].target
    raw = attempt.hypothesis.text
    start = attempt.read.raw_of[at - 1] + 1
    # Behind the tag that closes there, not inside it.
    closed = re.match(r"\s*</t>(?:'s)?", raw[start:])
    start += closed.end() if closed else 0
    follows = re.match(r"\s*[\w(]", raw[start:])
    text = f"{joint}{tagged(target)}{',' if follows else ''}"
    changed = attempt.with_hypothesis(splice(attempt.hypothesis, start, start, text))
    return replace(
        changed,
        edits=(*attempt.edits, Edit("appose", "", joint + target, at)),
        how={**changed.how, i: "substituted"},
    )


def _replace(attempt: Try, span: Span, i: int, rule: str) -> Try:
    """Put constraint ``i`` at ``span`` of ``read.text``, between tags, and note the edit."""
    target = attempt.unit.constraints[i].target
    start, end = attempt.read.raw_of[span[0]], attempt.read.raw_of[span[1] - 1] + 1
    before = attempt.read.text[span[0] : span[1]]
    inside = any(t[0] <= span[0] and span[1] <= t[1] for t in attempt.read.tagged)
    text = target if inside else tagged(target)
    changed = attempt.with_hypothesis(splice(attempt.hypothesis, start, end, text))
    return replace(changed, edits=(*attempt.edits, Edit(rule, before, target, span[0])))
