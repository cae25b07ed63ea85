"""The English of a byline, by rule: it has one shape, and a model makes a sentence of it.

本报记者 周晓岚 通讯员 罗启文 is *By staff reporter Zhou Xiaolan and correspondent Luo Qiwen*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from translate.document import Constraint, Placement
from translate.enforcing.attempt import Draft

# What the glossary has goes before these.
ROLES = {
    "本报记者": "staff reporter",
    "本报通讯员": "correspondent",
    "见习记者": "trainee reporter",
    "特约记者": "special correspondent",
    "特约通讯员": "special correspondent",
    "全媒体记者": "reporter",
    "融媒体记者": "reporter",
    "通讯员": "correspondent",
    "实习生": "intern",
    "记者": "reporter",
}
_ROLE = re.compile("|".join(sorted(ROLES, key=len, reverse=True)))
_BETWEEN = re.compile(r"[\s:：、，,|]*")


@dataclass(slots=True)
class _Group:
    """A role (empty where there is none) and those who have it."""

    role: str = ""
    of: int = -1  # the constraint that names the role; -1: the table
    names: list[int] = field(default_factory=list)


def render_byline(text: str, constraints: Sequence[Constraint]) -> Draft | None:
    """The draft of a byline; None where it holds more than roles and names.

    Args:
        text: the segment.
        constraints: its own, by offset; each gets a placement.
    """
    groups = _groups(text, constraints)
    if groups is None:
        return None
    target = "By "
    spans: dict[int, tuple[int, int]] = {}
    for n, group in enumerate(groups):
        target += _link(n, len(groups))
        if group.role:
            role = group.role + ("s" if len(group.names) > 1 else "")
            if group.of >= 0:
                spans[group.of] = len(target), len(target) + len(role)
            target += f"{role} "
        for k, index in enumerate(group.names):
            target += _link(k, len(group.names))
            name = constraints[index].target
            spans[index] = len(target), len(target) + len(name)
            target += name
    if len(spans) < len(constraints):
        return None
    placements = tuple(Placement(c, *spans[i], "substituted") for i, c in enumerate(constraints))
    return Draft(target, placements, (), 0.0)


def _link(n: int, count: int) -> str:
    """What stands before the n-th of several."""
    if n == 0:
        return ""
    return " and " if n == count - 1 else ", "


def _groups(text: str, constraints: Sequence[Constraint]) -> list[_Group] | None:
    groups: list[_Group] = []
    at, named = 0, {c.start: i for i, c in enumerate(constraints)}
    while (at := _after(text, at)) < len(text):
        index = named.get(at)
        if index is not None and constraints[index].kind == "name":
            if not groups:
                groups.append(_Group())
            groups[-1].names.append(index)
            at = constraints[index].end
            continue
        role = _ROLE.match(text, at)
        if role is None or (index is not None and constraints[index].end != role.end()):
            return None
        said = ROLES[role[0]] if index is None else constraints[index].target
        groups.append(_Group(said, -1 if index is None else index))
        at = role.end()
    return groups if groups and all(group.names for group in groups) else None


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at
