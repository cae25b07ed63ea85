"""Translate some segments of an earlier output again, with the glossary as it is now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import islice

from translate.document import Bitext
from translate.pipeline import Translator, finish


def retranslate(bitext: Bitext, numbers: Collection[int], translator: Translator) -> Bitext:
    """The bitext with these pairs made anew; what a person has translated is left alone.

    Args:
        bitext: as :func:`translate.output.read_jsonl` reads it.
        numbers: of pairs, counting from 1.
        translator: with the glossary to translate by.
    """
    # The pairs' segments, not the document's: someone may have joined or cut them since.
    segments = tuple(replace(pair.segment, parts=()) for pair in bitext.pairs)
    document = replace(bitext.document, segments=segments)
    wanted = {n - 1 for n in numbers if bitext.pairs[n - 1].origin != "human"}
    tasks = {i: task for i, task in enumerate(translator.tasks(document)) if i in wanted}
    drafts = iter(translator.decode([u for t in tasks.values() for u in t.units]))
    pairs = list(bitext.pairs)
    for index, task in tasks.items():
        pairs[index] = finish(task, list(islice(drafts, len(task.units))), document)
    return replace(bitext, pairs=tuple(pairs), signature=translator.signature)
