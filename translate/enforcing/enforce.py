"""The ladder: every constraint comes out right, or is flagged.

1. *Say it in the source* (term-aware engines): the span is replaced by its tagged rendering.
2. *Check* the n-best list and keep the hypothesis with the fewest faults.
3. *Mend the tags*: a tagged span that came out mutilated, or says another constraint twice, is
   replaced by the missing constraint that it stands for. A missing post is put behind the name
   that it stands before in Chinese.
4. *Decode again from the prefix*: what is still missing is appended to the target up to where
   the attention puts it, and the model finishes the sentence.
5. *Substitute* the words that the attention, or their likeness, gives for the source span.
6. What is left is *missing*: a placement says so, and the pipeline flags it.

Nothing here knows an engine: tags go in where ``engine.term_aware``, prefixes everywhere. In the
hypotheses that are kept here tags mark what was placed, also for engines that never see one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.engine import Engine, Hypothesis, Request
from translate.document import Constraint, How, Placement
from translate.enforcing import mend
from translate.enforcing.attempt import Draft, Try, Unit
from translate.enforcing.check import check, expected
from translate.enforcing.tags import Said, read, say, tagged, untagged

# Each round costs another decoding of the sentences that still lack something; a second placed
# nothing more on 217 sentences with 508 constraints.
ROUNDS = 1
# Longer posts follow their holder's name in English: *Han Lin, head of the publicity department*.
POST_WORDS = 4
_COUNT = re.compile(r"(?:(?:more than|over|nearly|about) )?(?:[\d,]+|[a-z]+)")


def enforce(units: Sequence[Unit], engine: Engine, *, beam: int = 3) -> list[Draft]:
    """Translate ``units`` with their constraints; one draft a unit, in order.

    Raises:
        models.errors.InputTooLong: a unit is longer than the engine knows even without tags.
    """
    tries = [mend.appose(mend.exact(mend.tags(t))) for t in _first(units, engine, beam)]
    for _ in range(ROUNDS):
        tries = _again(tries, engine, beam)
    return [_finish(mend.forbidden(mend.exact(mend.substitute(t)))) for t in tries]


def say_within(unit: Unit, engine: Engine) -> Said:
    """Say as many constraints as fit: names, figures and long terms go first when it is tight."""
    constraints = list(unit.constraints) if engine.term_aware else []
    said = say(unit.text, together(constraints))
    while constraints and engine.count_pieces(said.text) > engine.max_pieces:
        # What the model most likely gets right by itself is given up first: short common terms.
        constraints.remove(min(constraints, key=lambda c: (c.kind != "term", len(c.target))))
        said = say(unit.text, together(constraints))
    return said


def together(constraints: Sequence[Constraint]) -> list[Constraint]:
    """Adjoining constraints that English says in the same order become one, to be said in one tag.

    A count and what it counts (5个|专班, *five task forces*), a post and its holder
    (县委书记|韩立平, *county Party secretary Han Liping*): fewer tags, and nothing comes between.
    """
    said: list[Constraint] = []
    for constraint in constraints:
        last = said[-1] if said else None
        if last is not None and last.end == constraint.start and _belong(last, constraint):
            said[-1] = replace(
                last,
                end=constraint.end,
                source=last.source + constraint.source,
                target=f"{last.target} {constraint.target}",
                kind=constraint.kind,
            )
        else:
            said.append(constraint)
    return said


def _belong(first: Constraint, second: Constraint) -> bool:
    if second.kind == "name":
        return first.kind == "term" and len(first.target.split()) <= POST_WORDS
    return (
        second.kind == "term"
        and first.kind == "number"
        and _COUNT.fullmatch(first.target) is not None
    )


def _first(units: Sequence[Unit], engine: Engine, beam: int) -> list[Try]:
    said = [say_within(unit, engine) for unit in units]
    nbest = engine.translate([Request(s.text) for s in said], beam=beam, hypotheses=beam)
    return [_best(u, s, hypotheses) for u, s, hypotheses in zip(units, said, nbest, strict=True)]


def _best(unit: Unit, said: Said, hypotheses: Sequence[Hypothesis]) -> Try:
    """The hypothesis with the fewest faults; the first without any is it, the best score first."""
    tries: list[Try] = []
    for hypothesis in hypotheses:
        found = read(hypothesis, said)
        tries.append(Try(unit, said, hypothesis, found, check(found, unit.constraints, unit.text)))
        if not tries[-1].verdict.faults:
            return tries[-1]
    return min(tries, key=lambda t: t.rank)


def _again(tries: list[Try], engine: Engine, beam: int) -> list[Try]:
    """One round of decoding from the prefix, for all units that lack something at once."""
    wanted: list[tuple[int, int, Request]] = []
    for n, attempt in enumerate(tries):
        place = _leftmost(attempt)
        if place is not None:
            index, at = place
            wanted.append((n, index, _request(attempt, index, at, engine.term_aware)))
    nbest = engine.translate([r for _, _, r in wanted], beam=min(beam, 2), hypotheses=1)
    tries = list(tries)
    for (n, index, _), hypotheses in zip(wanted, nbest, strict=True):
        old = tries[n]
        how: dict[int, How] = {**old.how, index: "redecoded"}
        new = [mend.tags(replace(old.with_hypothesis(h), how=how)) for h in hypotheses]
        best = min(new, key=lambda t: t.rank)
        # Substituting in the old target wins only where it leaves fewer faults.
        tries[n] = min((best, mend.substitute(old), old), key=lambda t: t.rank[0])
    return tries


def _leftmost(attempt: Try) -> tuple[int, int] | None:
    """The missing constraint that belongs first, and its offset in ``read.text``."""
    places = []
    for i in attempt.verdict.missing:
        constraint = attempt.unit.constraints[i]
        at = expected(attempt.read, constraint)
        places.append((at if at >= 0 else mend.gap(attempt.read, constraint), i))
    if not places:
        return None
    at, i = min(places)
    return i, at


def _request(attempt: Try, index: int, at: int, term_aware: bool) -> Request:
    """The unit's source with the target up to ``at`` and the missing constraint as prefix."""
    before = attempt.hypothesis.text[: mend.raw_start(attempt, at)].rstrip()
    target = attempt.unit.constraints[index].target
    space = "" if not before or (before[-1] in "\"'(“‘[" and before[-2:-1] in ("", " ")) else " "
    if term_aware:
        return Request(attempt.said.text, before + space + tagged(target))
    return Request(attempt.said.text, untagged(before) + space + target)


def _finish(attempt: Try) -> Draft:
    placements = []
    for i, constraint in enumerate(attempt.unit.constraints):
        placement = attempt.verdict.placed.get(i)
        if placement is None:
            placement = Placement(constraint, -1, -1, "missing")
        elif i in attempt.how:
            placement = replace(placement, how=attempt.how[i])
        placements.append(placement)
    return Draft(attempt.read.text, tuple(placements), attempt.edits, attempt.read.score)
