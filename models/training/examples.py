"""An example as the model sees it, and what is done to it: tags, joins, noise.

All of it works on pieces, so that the word alignment carries through. Text is cut only between
pieces, where SentencePiece would cut it too once a tag stands there.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.training.config import Tags
from models.training.pieces import Vocabulary

Span = tuple[int, int]
Links = list[tuple[int, int]]


@dataclass(slots=True)
class Example:
    """Source and target ids without end marks; ``links`` are (source, target) piece numbers.

    ``phrases`` are (source span, target span) in pieces that rules know to belong together
    (figures, names); tagging prefers them to what the alignment suggests.
    """

    source: list[int]
    target: list[int]
    links: Links
    phrases: list[tuple[Span, Span]] = field(default_factory=list)


def fit(
    zh: str, en: str, links: Links, spans: Sequence[tuple[int, int, int, int]], v: Vocabulary
) -> Example:
    """An example whose pieces end where the spans do, so that they can be tagged.

    ``links`` are between the pieces of the texts as they are; a piece that a span cuts becomes
    several, which is what SentencePiece makes of it once a tag stands there.
    """
    source, where_s = _cut(zh, {x for a, b, _, _ in spans for x in (a, b)}, v)
    target, where_t = _cut(en, {x for _, _, c, d in spans for x in (c, d)}, v)
    olds, oldt = _old(where_s), _old(where_t)
    grown = [(i, j) for a, b in links for i in olds.get(a, ()) for j in oldt.get(b, ())]
    phrases = []
    for a, b, c, d in spans:
        one, two = _within(where_s, a, b), _within(where_t, c, d)
        if one and two:
            phrases.append((one, two))
    return Example(source, target, grown, phrases)


Piece = tuple[int, int, int]  # start, end in the text; the number of the piece it came from


def _cut(text: str, cuts: set[int], v: Vocabulary) -> tuple[list[int], list[Piece]]:
    ids, spans = v.spans(text)
    out: list[int] = []
    where: list[Piece] = []
    for n, (piece, (a, b)) in enumerate(zip(ids, spans, strict=True)):
        inner = sorted(c for c in cuts if a < c < b)
        if not inner:
            out.append(piece)
            where.append((a, b, n))
            continue
        for k, (start, end) in enumerate(zip([a, *inner], [*inner, b], strict=True)):
            parts = v.encode([text[start:end]])[0]
            if k or not v.piece(piece).startswith("▁"):
                parts = _without_space(parts, v)
            out += parts
            where += [(start, end, n)] * len(parts)
    return out, where


def _without_space(parts: list[int], v: Vocabulary) -> list[int]:
    """Pieces of a text that stands in the middle of another, no space before it."""
    head = v.piece(parts[0]) if parts else ""
    if head == "▁":
        return parts[1:]
    if head.startswith("▁") and v.id(head[1:]) != v.id("<unk>"):
        return [v.id(head[1:]), *parts[1:]]
    return parts


def _old(where: Sequence[Piece]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for new, (_, _, old) in enumerate(where):
        out.setdefault(old, []).append(new)
    return out


def _within(where: Sequence[Piece], a: int, b: int) -> Span | None:
    """The pieces that cover just ``text[a:b]``."""
    inside = [i for i, (s, e, _) in enumerate(where) if a <= s and e <= b and s < e]
    if not inside or any(s < b and a < e and not (a <= s and e <= b) for s, e, _ in where):
        return None
    return inside[0], inside[-1] + 1


class Tagger:
    """Says some of an example's phrases in the source: ``<t> english </t>`` on both sides."""

    def __init__(
        self, vocabulary: Vocabulary, settings: Tags, invented: Sequence[str], longest: int
    ) -> None:
        self._vocabulary, self._settings = vocabulary, settings
        self._invented, self._longest = invented, longest
        pieces = vocabulary.all()
        self._bytes = {i for i, p in enumerate(pieces) if p.startswith("<0x")}
        self._begins = [p.startswith("▁") for p in pieces]
        self._mark = [not any(c.isalnum() for c in p) for p in pieces]
        self._telling = [any(c.isupper() or c.isdigit() for c in p) for p in pieces]
        small = (
            "a an the of to in on and or but for at by with from as is are was were it its be been"
            " has have had can could will would may must that this these those which who whose not"
            " he she they we I you his her their our my some any than then so up out into over when"
            " where what how if"
        )
        self._small = {vocabulary.id("▁" + w) for w in small.split()}

    def _whole(self, target: list[int], a: int, b: int) -> bool:
        """Whether ``target[a:b]`` is whole words."""
        starts = self._begins[target[a]] or (a > 0 and self._mark[target[a - 1]])
        ends = b == len(target) or self._begins[target[b]] or self._mark[target[b]]
        return starts and ends

    def phrase(self, example: Example, start: int, end: int) -> Span | None:
        """The target span of ``source[start:end]``, if the alignment says there is just one."""
        inside = [j for i, j in example.links if start <= i < end]
        if not self._bytes.isdisjoint(example.source[max(0, start - 1) : end + 1]):
            return None  # a character spelled in bytes must not be torn
        if not inside or any(self._mark[i] for i in example.source[start:end]):
            return None
        edges = {i for i, _ in example.links}
        if start not in edges or end - 1 not in edges:
            return None
        a, b = min(inside), max(inside) + 1
        if b - a > 2 * (end - start) + 6:
            return None
        if any(a <= j < b and not start <= i < end for i, j in example.links):
            return None
        body = example.target[a:b]
        if not self._whole(example.target, a, b) or self._mark[body[0]] or self._mark[body[-1]]:
            return None
        if body[0] in self._small or body[-1] in self._small:
            return None
        return a, b

    def choose(self, example: Example, rng: random.Random) -> list[tuple[Span, Span]]:
        """Some phrases that do not overlap, in the order of the source."""
        wanted = 1 + int(rng.random() ** 1.7 * self._settings.most)
        chosen: list[tuple[Span, Span]] = []

        def free(pair: tuple[Span, Span]) -> bool:
            return all(
                pair[side][1] <= other[side][0] or other[side][1] <= pair[side][0]
                for other in chosen
                for side in (0, 1)
            )

        known = list(example.phrases)
        rng.shuffle(known)
        for pair in known:
            chosen += [pair] * free(pair)
        for _ in range(8 * wanted):
            if len(chosen) >= wanted:
                break
            start = rng.randrange(len(example.source))
            end = min(len(example.source), start + rng.randint(1, self._settings.longest))
            span = self.phrase(example, start, end)
            if span is None or not free(((start, end), span)):
                continue
            telling = any(self._telling[p] for p in example.target[span[0] : span[1]])
            if telling or rng.random() < 0.5:
                chosen.append(((start, end), span))
        return sorted(chosen[: self._settings.most])

    def _rendering(self, ids: Sequence[int], rng: random.Random) -> list[int]:
        """What stands between the tags: the phrase, or now and then something else."""
        text = self._vocabulary.decode(ids).strip()
        if rng.random() < self._settings.invented:
            kind = rng.random()
            if kind < 0.45:
                text = rng.choice(self._invented)
            elif kind < 0.7:
                text = " ".join(w[:1].upper() + w[1:] for w in text.split(" "))
            elif kind < 0.8:
                text = text.upper()
            elif kind < 0.9:
                text = f"{text} {rng.choice(self._invented).split(' ')[-1]}"
            else:
                text = _made_up(rng)
        return self._vocabulary.encode([text])[0]

    def _rebuild(
        self, example: Example, side: int, spans: Sequence[Span], renderings: Sequence[list[int]]
    ) -> tuple[list[int], dict[int, int], dict[int, int]]:
        """One side with its tags in, where each old piece went, and where each tag begins."""
        v = self._vocabulary
        old = (example.source, example.target)[side]
        new: list[int] = []
        where: dict[int, int] = {}
        starts: dict[int, int] = {}
        done = 0
        for k in sorted(range(len(spans)), key=lambda k: spans[k]):
            a, b = spans[k]
            where |= {i: len(new) + i - done for i in range(done, a)}
            new += old[done:a]
            # A tag after a space has the space as a piece of its own before it.
            if (not new or self._begins[old[a]]) and new[-1:] != [v.space]:
                new.append(v.space)
            starts[k] = len(new)
            new += [v.open, *renderings[k], v.space, v.close]
            done = b
        where |= {i: len(new) + i - done for i in range(done, len(old))}
        return [*new, *old[done:]], where, starts

    def tag(self, example: Example, rng: random.Random) -> Example:
        """The example with some phrases tagged; itself if none is found or it grows too long."""
        chosen = self.choose(example, rng)
        if not chosen:
            return example
        renderings = [self._rendering(example.target[a:b], rng) for _, (a, b) in chosen]
        sides, maps, starts = zip(
            *(
                self._rebuild(example, side, [c[side] for c in chosen], renderings)
                for side in (0, 1)
            ),
            strict=True,
        )
        if max(map(len, sides)) > self._longest:
            return example
        links = [
            (maps[0][i], maps[1][j]) for i, j in example.links if i in maps[0] and j in maps[1]
        ]
        for k, rendering in enumerate(renderings):
            links += [(starts[0][k] + n, starts[1][k] + n) for n in range(len(rendering) + 3)]
        return Example(sides[0], sides[1], links)


def _made_up(rng: random.Random) -> str:
    """A name or phrase that no text holds, so that nothing but copying can bring it out."""
    heads = "br c ch d dr f g gl h j k l m n p pl q r s sh st t th tr v w x y z zh".split()
    tails = "a ai an ang ao e ei en eng er i ia ian iang in ing o ong or ou u ua uan un us".split()
    words = [
        "".join(rng.choice(heads) + rng.choice(tails) for _ in range(rng.randint(1, 3)))
        for _ in range(rng.randint(1, 3))
    ]
    return " ".join(w.capitalize() if rng.random() < 0.7 else w for w in words)


def join(first: Example, second: Example, vocabulary: Vocabulary) -> Example:
    """Two neighbouring sentences of a report as one source and one target."""
    tail = second.source[1:] if second.source[0] == vocabulary.space else second.source
    cut = len(second.source) - len(tail)
    i0, j0 = len(first.source), len(first.target)
    links = first.links + [(i + i0 - cut, j + j0) for i, j in second.links if i >= cut]
    phrases = first.phrases + [
        ((a + i0 - cut, b + i0 - cut), (c + j0, d + j0)) for (a, b), (c, d) in second.phrases
    ]
    return Example(first.source + tail, first.target + second.target, links, phrases)


class Noise:
    """What web copies do to Chinese punctuation: an end lost, quotes lost, a comma lost."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def ids(pieces: str) -> frozenset[int]:
            unknown = vocabulary.id("<unk>")
            return frozenset(vocabulary.id(p) for p in pieces.split()) - {unknown}

        self._ends = ids("。 . ! ? ； ;")
        self._quotes = ids('“ ” " ‘ ’ ▁“ ▁‘')
        self._commas = ids(", 、 ，")

    def __call__(self, example: Example, rng: random.Random) -> Example:
        """The example with one fault in its source."""
        kinds = [self._ends, self._quotes, self._commas]
        rng.shuffle(kinds)
        for kind in kinds:
            hits = [i for i, p in enumerate(example.source) if p in kind]
            if kind is self._ends:
                hits = hits[-1:]
            elif kind is self._commas:
                hits = rng.sample(hits, min(1, len(hits)))
            if hits and len(hits) < len(example.source):
                return _without(example, set(hits))
        return example


def _without(example: Example, gone: set[int]) -> Example:
    place: dict[int, int] = {}
    source: list[int] = []
    for i, piece in enumerate(example.source):
        if i not in gone:
            place[i] = len(source)
            source.append(piece)
    links = [(place[i], j) for i, j in example.links if i in place]
    phrases = [
        ((place[a], place[b - 1] + 1), t)
        for (a, b), t in example.phrases
        if all(i in place for i in range(a, b))
    ]
    return Example(source, example.target, links, phrases)
