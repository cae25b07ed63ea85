"""``tag``: which phrases of the pairs the product itself would tag: figures, dates, names, terms.

The model sees in training what it will see in use if the finders that constrain a sentence when
it is translated also mark the training pairs. They live above this package, so they are asked for
by name at run time and nothing here imports them: an annotator is ``module:function`` and takes
the sentences of one report, giving for each a list of things with ``start``, ``end``, ``target``
and ``accepted``. Without them tagging works from the word alignment alone.

``NAME.phrases`` holds, on the line of each pair of ``NAME.tsv``, a JSON list of
``[start, end, from, to]``: offsets in the Chinese and in the English text.
"""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from models.training.config import TrainingError
from models.training.prepare import Pair, read_pairs

Annotator = Callable[[Sequence[str]], Sequence[Iterable[Any]]]
Spans = tuple[int, int, int, int]


def load(name: str) -> Annotator:
    """The annotator ``module:function``; one that takes a sentence only is wrapped.

    Raises:
        TrainingError: there is no such function.
    """
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise TrainingError(f"annotator {name}: {error}; name it as module:function") from error
    if function == "find_names":
        return lambda texts: _by_report(found, texts)
    return lambda texts: [found(text) for text in texts]


def _by_report(find: Callable[..., Any], texts: Sequence[str]) -> list[Iterable[Any]]:
    names = find([(text, "body") for text in texts])
    return [names.in_text(text) for text in texts]


def place(
    forms: Iterable[str], english: str, taken: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the one of ``forms`` that stands just once in ``english`` stands, outside ``taken``.

    The first letter's case is free: a form may begin the sentence.
    """
    for form in forms:
        head, tail = form[:1], form[1:]
        first = re.escape(head) if not head.isalpha() else f"[{head.lower()}{head.upper()}]"
        pattern = rf"(?<![\w.,%-])(?:{first}{re.escape(tail)})(?!\w|[.,]\d|-\w)"
        found = [m.span() for m in re.finditer(pattern, english)]
        free = [s for s in found if all(s[1] <= a or b <= s[0] for a, b in taken)]
        if len(free) == 1 or (free and len(found) == len(free)):
            return free[0]
    return None


def phrases(pair: Pair, found: Sequence[Iterable[Any]]) -> list[Spans]:
    """Spans of a pair from what each annotator found in it, the earlier annotator's first."""
    out: list[Spans] = []
    for things in found:
        for thing in things:
            if any(thing.start < b and a < thing.end for a, b, _, _ in out):
                continue
            spot = place((thing.target, *thing.accepted), pair.en, [(c, d) for _, _, c, d in out])
            if spot:
                out.append((thing.start, thing.end, *spot))
    return sorted(out)


def _reports(pairs: Sequence[Pair], most: int = 200) -> Iterator[list[Pair]]:
    """Reports; pairs without one in lots of ``most``, so that one sentence's names stay its own."""
    for report, group in groupby(pairs, key=lambda p: p.report):
        lines = list(group)
        step = len(lines) if report else 1
        for i in range(0, len(lines), min(step, most)):
            yield lines[i : i + min(step, most)]


def annotate(name: str, annotators: Sequence[Annotator], out: Path) -> Counter[str]:
    """Annotate a source; returns how many pairs and phrases there are."""
    counts: Counter[str] = Counter()
    pairs = read_pairs(out / "data" / f"{name}.tsv")
    path = out / "data" / f"{name}.phrases"
    with path.with_suffix(".tmp").open("w") as file:
        for lines in _reports(pairs):
            texts = [p.zh for p in lines]
            found = [a(texts) for a in annotators]
            for n, pair in enumerate(lines):
                spans = phrases(pair, [f[n] for f in found])
                counts["pairs"] += 1
                counts["phrases"] += len(spans)
                counts["found"] += sum(len(list(f[n])) for f in found)
                file.write(json.dumps(spans) + "\n")
    path.with_suffix(".tmp").replace(path)
    return counts
