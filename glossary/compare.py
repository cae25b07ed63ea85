"""Two states of a concept: what differs, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal

from glossary.entry import Entry, Form

Policy = Literal["keep", "replace", "both"]
# Who and when is about the change, not about the concept.
_ENTRY_FIELDS = ("subject", "definition", "note", "source", "review", "priority")
_FORM_FIELDS = ("status", "term_type", "pos", "inflection", "usage", "source")
_DEFAULTS = {f.name: f.default for kind in (Form, Entry) for f in fields(kind)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """``additions`` leave everything that was as it was; ``conflicts`` would change it."""

    additions: tuple[str, ...]
    conflicts: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the new state says nothing new."""
        return not self.additions and not self.conflicts


def compare(old: Entry, new: Entry) -> Comparison:
    """What ``new`` adds to ``old``, and where the two disagree. What it leaves out counts not."""
    additions: list[str] = []
    conflicts: list[str] = []
    for name in _ENTRY_FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if after != before and after != _DEFAULTS[name]:
            found = f"{name}: {before} → {after}" if before else f"{name}: {after}"
            (conflicts if before and before != _DEFAULTS[name] else additions).append(found)
    for before_forms, after_forms in ((old.zh, new.zh), (old.en, new.en)):
        known = {(f.text, f.script): f for f in before_forms}
        for form in after_forms:
            before_form = known.get((form.text, form.script))
            if before_form is None:
                clash = after_forms is new.en and _would_be_second_preferred(old, form)
                (conflicts if clash else additions).append(f"{form.status} form “{form.text}”")
            else:
                _compare_forms(before_form, form, additions, conflicts)
    return Comparison(tuple(additions), tuple(conflicts))


def _would_be_second_preferred(old: Entry, form: Form) -> bool:
    return form.status == "preferred" and any(f.status == "preferred" for f in old.en)


def _compare_forms(old: Form, new: Form, additions: list[str], conflicts: list[str]) -> None:
    for name in _FORM_FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if after == before or (name != "status" and after == _DEFAULTS[name]):
            continue
        kind = additions if name != "status" and before == _DEFAULTS[name] else conflicts
        kind.append(f"“{new.text}” {name}: {before or 'none'} → {after}")
    extra = [c for c in new.contexts if c not in old.contexts]
    if extra:
        additions.append(f"“{new.text}”: {len(extra)} more contexts")


def join(old: Entry, new: Entry, policy: Policy) -> Entry:
    """One entry of two states of a concept, under the id of ``old``.

    Args:
        old: as it was.
        new: what comes.
        policy: where they disagree, ``keep`` leaves ``old`` as it is, ``replace`` takes ``new``
            for it, and ``both`` joins them: values of ``old`` stay, all forms are there, and a
            second preferred rendering becomes an admitted one.
    """
    if policy == "keep":
        return old
    if policy == "replace":
        return replace(new, id=old.id)
    values = {
        name: getattr(old, name) or getattr(new, name)
        for name in ("subject", "definition", "note", "source")
    }
    return replace(
        old,
        zh=_join_forms(old.zh, new.zh, demote=False),
        en=_join_forms(old.en, new.en, demote=any(f.status == "preferred" for f in old.en)),
        review=new.review if old.review == "approved" else old.review,
        priority=old.priority or new.priority,
        **values,
    )


def _join_forms(old: tuple[Form, ...], new: tuple[Form, ...], demote: bool) -> tuple[Form, ...]:
    forms = {(f.text, f.script): f for f in old}
    for form in new:
        before = forms.get((form.text, form.script))
        if before is None:
            second = demote and form.status == "preferred"
            forms[form.text, form.script] = replace(form, status="admitted") if second else form
            continue
        filled = {
            name: getattr(form, name)
            for name in _FORM_FIELDS
            if name != "status" and getattr(before, name) == _DEFAULTS[name]
        }
        contexts = (*before.contexts, *(c for c in form.contexts if c not in before.contexts))
        forms[form.text, form.script] = replace(before, contexts=contexts, **filled)
    return tuple(forms.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that two glossaries don't have alike; None where one of them hasn't got it."""

    id: str
    old: Entry | None
    new: Entry | None

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"


def differences(old: Iterable[Entry], new: Iterable[Entry]) -> Iterator[Difference]:
    """The entries that differ, by id; who changed them and when is not looked at."""
    before = {e.id: e for e in old}
    for entry in new:
        former = before.pop(entry.id, None)
        if former is None or bare(former) != bare(entry):
            yield Difference(entry.id, former, entry)
    for entry in before.values():
        yield Difference(entry.id, entry, None)


def bare(entry: Entry) -> Entry:
    """The entry without who changed it and when."""
    return replace(entry, author="", modified="")
