"""One hypothesis of one unit, read and judged: what the rungs of the ladder pass on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from models.engine import Hypothesis, Link
from translate.document import Constraint, Edit, How, Placement
from translate.enforcing.check import Verdict, check, overlap
from translate.enforcing.tags import Read, Said, read

# A piece looks at a constraint when this much of its attention does.
LOOKED = 0.5
# Letters that look at a term already placed before it counts as said again: more than an article
# or a preposition has.
LONG_WORD = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """What is decoded in one go: a segment or a part of one; offsets are in ``text``."""

    text: str
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit's target; every constraint has one placement, in the constraints' order."""

    target: str
    placements: tuple[Placement, ...]
    edits: tuple[Edit, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Try:
    """A hypothesis read against its unit. ``how`` says what rung placed a constraint."""

    unit: Unit
    said: Said
    hypothesis: Hypothesis
    read: Read
    verdict: Verdict
    how: dict[int, How] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()

    @property
    def rank(self) -> tuple[int, float]:
        """To sort by: fewer faults first, then the better score.

        A term that was decoded from a prefix and then translated once more by the model's own
        words is a fault as well.
        """
        doubled = sum(said_again(self, i) for i in self.how if self.how[i] == "redecoded")
        return self.verdict.faults + 2 * doubled, -self.read.score

    def with_hypothesis(self, hypothesis: Hypothesis) -> Try:
        """The same unit with another target, read anew."""
        found = read(hypothesis, self.said)
        verdict = check(found, self.unit.constraints, self.unit.text)
        return replace(self, hypothesis=hypothesis, read=found, verdict=verdict)


def said_again(attempt: Try, i: int) -> bool:
    """Whether words outside every placement look at constraint ``i`` that was placed already."""
    places = [(p.start, p.end) for p in attempt.verdict.placed.values()]
    if i not in attempt.verdict.placed:
        return False
    again = [
        link
        for link in attempt.read.links
        if at(link, attempt.unit.constraints[i])
        and link.weight >= LOOKED
        and not any(overlap((link.target_start, link.target_end), p) for p in places)
    ]
    return sum(link.target_end - link.target_start for link in again) >= LONG_WORD


def at(link: Link, constraint: Constraint) -> bool:
    """Whether a link's source lies in a constraint's."""
    return link.source_start < constraint.end and constraint.start < link.source_end
