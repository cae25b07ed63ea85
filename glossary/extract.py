"""Candidate terms of Chinese reports, ranked for a terminologist.

Three sources. *Quoted* strings and *numbered* formulas (三问三办, 五个一) are slogans by their
form. *Compounds* are sequences of words that look like the terms which the glossary has: how
likely its terms are to begin, go on and end with such words, against how common the words are in
the genre at large (a log-odds score; the counts come from the glossary itself and from
:mod:`glossary.background`). *Recurrent* strings hold together and turn up in many contexts
(pointwise mutual information, entropy of their neighbours), whether or not they are like
anything known. Longer candidates stand in for what only occurs within them (C-value).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from glossary.background import Background, cohesion, load, runs
from glossary.entry import Entry
from glossary.fold import fold
from glossary.pairs import Sentence
from glossary.shape import MAX_WORDS, Shape

Kind = Literal["quoted", "numbered", "compound", "recurrent"]

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_QUOTED = re.compile(r"[“‘「『]([㐀-鿿、，·0-9A-Za-z ]{2,24})[”’」』]")
_NUMERAL = "[一二三四五六七八九十百千万两双多]"
_PART = f"(?!{_NUMERAL})[㐀-鿿]"
# Of 四看四听四送四叮咛 the last part is as long as the Chinese goes on, but two characters at most.
_NUMBERED = re.compile(
    rf"(?:{_NUMERAL}(?:{_PART}){{1,2}}(?={_NUMERAL})){{1,3}}"
    rf"{_NUMERAL}(?:(?:{_PART}){{2}}(?![㐀-鿿])|{_PART})"
    rf"|{_NUMERAL}个(?:{_PART}){{1,4}}|{_NUMERAL}[大项条](?:{_PART}){{2,4}}"
)
# Words that a term neither begins nor ends with: particles, pronouns, prepositions, adverbs,
# measure words and numerals, verbs of report. A closed class, so it can be listed.
_PARTICLES = frozenset("的了着过是就也都还没不吗呢吧")
_STOP = _PARTICLES | frozenset(
    "地得在有和与及或并等把被将让使给对向从到由为以于之其此这那各每该本某我们你他她它"
    "未又再很最更只才已曾正全共均即则而但因所如若虽且便个位名条项次件家户人亩元年月日时"
    "一二三四五六七八九十百千万亿两几多余说称指出表示介绍上下中里内外前后间"
)
_STOP |= frozenset(
    """
    我们 你们 他们 她们 自己 大家 这个 这些 那些 这样 目前 今年 去年 近年来 如今 现在 同时 此外
    其中 截至 通过 根据 按照 围绕 为了 由于 因为 所以 但是 而且 以及 如果 只要 已经 正在 还有 没有
    不仅 可以 能够 进行 开展 推进 推动 加强 提升 提高 实现 落实 打造 推行 实施 促进 完善 强化 深入
    积极 全面 持续 进一步 切实 不断 有效 坚持 做好 记者 介绍 表示 告诉 带来 成为 达到 累计 全县
    全市 全省 全国 当地
    """.split()
)
_MAX_CHARS, _MIN_CHARS = 12, 3
_MIN_SCORE = -3.0  # log odds below which a compound is not worth showing
_PART_SCORE, _PART_MALUS = 3.0, 2.5  # from which a part of a candidate is one, too
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that may be a term.

    ``frequency`` counts it in all reports, ``spread`` the reports that hold it. ``inside`` are
    known terms within it. ``rendering`` is what parallel text has for it, if it tells.
    """

    text: str
    kind: Kind
    score: float
    frequency: int
    spread: int
    examples: tuple[str, ...]
    inside: tuple[str, ...] = ()
    rendering: str = ""


@dataclass
class _Found:
    """What is gathered about a string."""

    kind: Kind
    score: float
    places: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


class Miner:
    """Looks for terms that a glossary does not have.

    Args:
        entries: the glossary: what it has is left out, and its terms say what terms are like.
        background: how common words are in the genre; the one that comes with the project.

    Example:
        >>> miner = Miner(Glossary.load().entries)
        >>> for candidate in miner.extract({"report.txt": text})[:50]:
        ...     print(candidate.text, candidate.frequency, candidate.examples[0])
    """

    def __init__(self, entries: Iterable[Entry], background: Background | None = None) -> None:
        self._background = background or load()
        self._forms = [
            fold(f.text) for e in entries if not e.is_pattern for f in e.zh if not f.script
        ]
        self._known = set(self._forms)

    def extract(
        self,
        reports: dict[str, str],
        *,
        parallel: Sequence[Sentence] = (),
        known: bool = False,
        limit: int = 500,
    ) -> list[Candidate]:
        """The candidates, best first.

        Args:
            reports: name and text of each.
            parallel: sentence pairs in which renderings are looked up.
            known: give candidates that the glossary has, too (to measure the miner).
            limit: at most so many.
        """
        found: dict[str, _Found] = {}
        for name, text in reports.items():
            for sentence in _SENTENCE.findall(text):
                folded = fold(sentence)
                # The same string may be found by its form and by its words: the first counts.
                strings = {s: (k, x) for s, k, x in reversed([*self._in_sentence(folded)])}
                for string, (kind, score) in strings.items():
                    item = found.setdefault(string, _Found(kind, score))
                    item.places[name] += max(1, folded.count(string))
                    if len(item.examples) < _EXAMPLES and sentence not in item.examples:
                        item.examples.append(sentence.strip())
        self._add_recurrent(reports, found)
        if not known:
            found = {s: f for s, f in found.items() if s not in self._known}
        chosen = sorted(_not_inside(found), key=lambda item: -_rank(*item))[:limit]
        return [self._candidate(string, item, parallel) for string, item in chosen]

    def _candidate(self, string: str, item: _Found, parallel: Sequence[Sentence]) -> Candidate:
        from glossary.align import rendering_of

        inside = tuple(
            form for form in self._short_forms(string) if form != string and form in self._known
        )
        return Candidate(
            string,
            item.kind,
            round(_rank(string, item), 2),
            item.places.total(),
            len(item.places),
            tuple(item.examples),
            inside,
            rendering_of(string, parallel) if parallel else "",
        )

    def _short_forms(self, string: str) -> Iterator[str]:
        for size in range(len(string) - 1, 1, -1):
            for start in range(len(string) - size + 1):
                yield string[start : start + size]

    def _in_sentence(self, folded: str) -> Iterator[tuple[str, Kind, float]]:
        for m in _QUOTED.finditer(folded):
            inner = m[1].strip("、，· ")
            if len(inner) >= 2:
                # Particles are the mark of speech; slogans and names do without them.
                yield inner, "quoted", 4.0 - 3.0 * len(_PARTICLES & set(inner))
        for m in _NUMBERED.finditer(folded):
            if _is_formula(m[0]):
                yield m[0], "numbered", 3.0
        for run in runs(folded):
            yield from self._compounds(self._background.cut(run))

    def _compounds(self, words: list[str]) -> Iterator[tuple[str, Kind, float]]:
        """The best-scoring sequences of words in a run, none overlapping a better one."""
        spans = []
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + MAX_WORDS) + 1):
                part = words[start:end]
                size = sum(map(len, part))
                if size > _MAX_CHARS or part[-1] in _STOP:
                    break
                if size >= _MIN_CHARS and not any(w in _STOP for w in part):
                    spans.append((self._score(part), start, end))
        chosen: list[tuple[int, int]] = []
        for score, start, end in sorted(spans, reverse=True):
            if re.match(_NUMERAL, words[start]):
                continue  # a figure, or a formula that is found by its form
            string = "".join(words[start:end])
            if all(end <= s or e <= start for s, e in chosen):
                if score > _MIN_SCORE:
                    chosen.append((start, end))
                    yield string, "compound", score
            elif score > _PART_SCORE and any(s <= start and end <= e for s, e in chosen):
                # A part that is like a term by itself is worth showing, further down.
                yield string, "compound", score - _PART_MALUS

    def _score(self, words: list[str]) -> float:
        shape = self._shape
        total = shape.odds("first", words[0]) + shape.odds("last", words[-1])
        total += sum(shape.odds("inner", w) for w in words[1:-1])
        return total + shape.length(len(words))

    @cached_property
    def _shape(self) -> Shape:
        return Shape([self._background.cut(f) for f in self._forms], self._background)

    def _add_recurrent(self, reports: dict[str, str], found: dict[str, _Found]) -> None:
        grams: Counter[str] = Counter()
        places: dict[str, Counter[str]] = defaultdict(Counter)
        left: dict[str, Counter[str]] = defaultdict(Counter)
        right: dict[str, Counter[str]] = defaultdict(Counter)
        for name, text in reports.items():
            for run in runs(text):
                for size in range(1, 9):
                    for i in range(len(run) - size + 1):
                        gram = run[i : i + size]
                        grams[gram] += 1
                        if size > 2:
                            places[gram][name] += 1
                            # The edge of a run is a new neighbour each time.
                            left[gram][run[i - 1] if i else f"^{name}{grams[gram]}"] += 1
                            after = run[i + size : i + size + 1]
                            right[gram][after or f"${name}{grams[gram]}"] += 1
        total = sum(c for g, c in grams.items() if len(g) == 1)
        for gram, where in places.items():
            if grams[gram] < 3 or gram in found:
                continue
            words = self._background.cut(gram)
            if words[0] in _STOP or words[-1] in _STOP:
                continue
            freedom = min(_entropy(left[gram]), _entropy(right[gram]))
            together = cohesion(gram, grams, total)
            if freedom > 1.0 and together > 2.0:
                rare = self._background.cost(gram) - self._background.cost(words[-1])
                score = freedom + together / 2 + (1.0 if rare > 0 else -2.0)
                examples = [
                    s.strip()
                    for text in reports.values()
                    for s in _SENTENCE.findall(text)
                    if gram in fold(s)
                ]
                found[gram] = _Found("recurrent", score, where, examples[:_EXAMPLES])


def _is_formula(text: str) -> bool:
    """三问三办 and 五个一, but not 一步一步 or 三个月."""
    numerals = re.findall(_NUMERAL, text)
    if "个" in text[1:2]:
        return text[2:3] not in ("", "月", "小", "多", "人", "村", "县", "镇") and len(text) > 2
    parts = re.split(_NUMERAL, text)[1:]
    return len(numerals) >= 2 and len(set(parts)) == len(parts)


def _entropy(counts: Counter[str]) -> float:
    total = counts.total()
    return -sum(c / total * math.log(c / total) for c in counts.values())


def _rank(string: str, item: _Found) -> float:
    """The score with what frequency and spread add; both grow by logarithms."""
    return item.score + 1.5 * math.log(item.places.total()) + math.log(len(item.places))


def _not_inside(found: dict[str, _Found]) -> list[tuple[str, _Found]]:
    """Candidates that do not occur only within a longer one (the idea of C-value).

    A compound that is much like a term stays all the same.
    """
    by_part: dict[str, int] = defaultdict(int)
    for string, item in found.items():
        for size in range(2, len(string)):
            for start in range(len(string) - size + 1):
                part = string[start : start + size]
                if part in found:
                    by_part[part] = max(by_part[part], item.places.total())
    return [
        (s, f)
        for s, f in found.items()
        if f.places.total() > by_part[s]
        or (f.kind == "compound" and f.score > _PART_SCORE - _PART_MALUS)
    ]
