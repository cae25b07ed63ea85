"""Checks of a glossary: named rules, each finding with a code, a severity and a remedy.

``RULES`` is the whole list, in order. Rules that look at one entry and rules that look at all of
them are the same to the caller: each takes a :class:`Terms` and yields findings. Where a finding
can be mended without judgement, it carries the mended entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from glossary.entry import Entry, Form
from glossary.fold import fold

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with an entry, what to do about it, and the entry mended if that is safe."""

    code: str
    severity: Severity
    id: str
    message: str
    remedy: str
    fixed: Entry | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule reports; the rule's own code and severity are added by :func:`check`."""

    id: str
    message: str
    remedy: str
    fixed: Entry | None = None


@dataclass
class Terms:
    """The entries under check, and what several rules want to know about them."""

    entries: Sequence[Entry]
    texts: Sequence[str] = field(default_factory=tuple)

    @cached_property
    def in_use(self) -> list[Entry]:
        """Those not rejected or archived."""
        return [e for e in self.entries if e.review in ("approved", "proposed")]

    @cached_property
    def by_chinese(self) -> dict[str, list[tuple[Entry, Form]]]:
        """Folded Chinese form -> the entries that have it, each once."""
        found: dict[str, list[tuple[Entry, Form]]] = defaultdict(list)
        for entry in self.in_use:
            for form in entry.zh:
                known = found[fold(form.text)]
                if form.status != "forbidden" and all(e.id != entry.id for e, _ in known):
                    known.append((entry, form))
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: ``about`` is one line for the list of rules."""

    code: str
    severity: Severity
    about: str
    run: Callable[[Terms], Iterator[Problem]]


def rules() -> dict[str, Rule]:
    """All rules by code, in the order in which they run."""
    from glossary.rules_entry import RULES as OF_ENTRY
    from glossary.rules_glossary import RULES as OF_GLOSSARY

    return {rule.code: rule for rule in (*OF_ENTRY, *OF_GLOSSARY)}


def check(
    entries: Iterable[Entry],
    *,
    texts: Sequence[str] = (),
    ignored: Iterable[tuple[str, str]] = (),
    level: Severity = "info",
) -> list[Finding]:
    """Run all rules.

    Args:
        entries: to check.
        texts: reports in which every entry is expected to occur somewhere; without any, that
            rule has nothing to say.
        ignored: pairs of code and entry id that someone decided to live with.
        level: leave out findings less severe than this.

    Returns:
        The findings, the most severe first, then by rule and entry.
    """
    terms = Terms(list(entries), texts)
    known = set(ignored)
    wanted = SEVERITIES[: SEVERITIES.index(level) + 1]
    found = [
        Finding(rule.code, rule.severity, p.id, p.message, p.remedy, p.fixed)
        for rule in rules().values()
        if rule.severity in wanted
        for p in rule.run(terms)
        if (rule.code, p.id) not in known
    ]
    return sorted(found, key=lambda f: SEVERITIES.index(f.severity))


def fix(entries: Iterable[Entry], *, rounds: int = 5) -> tuple[list[Entry], list[Finding]]:
    """Mend what is safe to mend, until nothing is left of it.

    Returns:
        The entries that were changed, and the findings that were mended.
    """
    current = {e.id: e for e in entries}
    changed: dict[str, Entry] = {}
    done: list[Finding] = []
    for _ in range(rounds):
        touched: set[str] = set()
        for finding in check(current.values()):
            if finding.fixed is not None and finding.id not in touched:
                touched.add(finding.id)  # a second mend of it is made from the mended entry
                current[finding.id] = changed[finding.id] = finding.fixed
                done.append(finding)
        if not touched:
            break
    return list(changed.values()), done
