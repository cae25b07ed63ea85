"""``align``: word alignment of the prepared pairs, piece by piece, with eflomal.

A line of ``NAME.links`` holds the links of the pair on the same line of ``NAME.tsv`` as
``source-target`` piece numbers, the intersection of both directions grown to their union where
neighbours agree (grow-diag-final-and, as in Och and Ney 2003 and Koehn et al. 2003).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from models.training.config import TrainingError
from models.training.pieces import Vocabulary
from models.training.prepare import Pair, read_pairs, write

Links = list[tuple[int, int]]
_NEAR = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def symmetrize(forward: Iterable[tuple[int, int]], backward: Iterable[tuple[int, int]]) -> Links:
    """Grow the two directions' intersection by their union (grow-diag-final-and)."""
    one, two = set(forward), set(backward)
    union, links = one | two, one & two
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    grown = True
    while grown:
        grown = False
        for i, j in sorted(links):
            for di, dj in _NEAR:
                new = (i + di, j + dj)
                if (
                    new in union
                    and new not in links
                    and (new[0] not in rows or new[1] not in columns)
                ):
                    links.add(new)
                    rows.add(new[0])
                    columns.add(new[1])
                    grown = True
    for i, j in sorted(union):
        if i not in rows and j not in columns:
            links.add((i, j))
            rows.add(i)
            columns.add(j)
    return sorted(links)


def parse(line: str) -> Links:
    """Read one line of links."""
    return [(int(a), int(b)) for a, b in (x.split("-") for x in line.split())]


def align(names: Sequence[str], vocabulary: Vocabulary, out: Path) -> dict[str, int]:
    """Align all sources together; returns the number of links by source.

    Raises:
        TrainingError: eflomal is not installed or failed.
    """
    try:
        import eflomal
    except ImportError as error:
        raise TrainingError("eflomal is not installed: pip install 'yitong[train]'") from error
    work = out / "align"
    work.mkdir(parents=True, exist_ok=True)
    sizes: list[int] = []
    with (work / "zh").open("w") as zh, (work / "en").open("w") as en:
        for name in names:
            pairs = read_pairs(out / "data" / f"{name}.tsv")
            sizes.append(len(pairs))
            # The aligner needs tokens, no text: ids are shortest and hold no spaces.
            for file, texts in ((zh, [p.zh for p in pairs]), (en, [p.en for p in pairs])):
                file.writelines(" ".join(map(str, ids)) + "\n" for ids in vocabulary.encode(texts))
    with (work / "zh").open() as zh, (work / "en").open() as en:
        eflomal.Aligner(model=3, n_iterations=None).align(
            zh,
            en,
            links_filename_fwd=str(work / "forward"),
            links_filename_rev=str(work / "backward"),
            quiet=True,
        )
    totals: dict[str, int] = {}
    with (work / "forward").open() as forward, (work / "backward").open() as backward:
        for name, size in zip(names, sizes, strict=True):
            with (out / "data" / f"{name}.links").open("w") as file:
                total = 0
                for _ in range(size):
                    links = symmetrize(parse(next(forward)), parse(next(backward)))
                    total += len(links)
                    file.write(" ".join(f"{i}-{j}" for i, j in links) + "\n")
            totals[name] = total
    return totals


def drop_loosest(name: str, part: float, vocabulary: Vocabulary, out: Path) -> int:
    """Drop a source's worst aligned pairs, ``part`` of them; returns how many.

    A pair is as good as the smaller share of its two sides' pieces that have a link: text that
    stands on one side only, which mined sources have, leaves pieces without any.
    """
    path = out / "data" / f"{name}.tsv"
    pairs = read_pairs(path)
    lines = path.with_suffix(".links").read_text().splitlines()
    worth: list[float] = []
    zh, en = (vocabulary.encode(x) for x in zip(*((p.zh, p.en) for p in pairs), strict=True))
    for line, source, target in zip(lines, zh, en, strict=True):
        links = parse(line)
        shares = (
            len({i for i, _ in links}) / len(source),
            len({j for _, j in links}) / len(target),
        )
        worth.append(min(shares))
    order = sorted(range(len(pairs)), key=worth.__getitem__)
    gone = set(order[: int(part * len(pairs))])
    kept = [i for i in range(len(pairs)) if i not in gone]
    write((pairs[i] for i in kept), path)
    path.with_suffix(".links").write_text("".join(lines[i] + "\n" for i in kept))
    return len(gone)


def attend(network: Any, vocabulary: Vocabulary, pairs: Sequence[Pair]) -> list[str]:
    """Links by a trained model's own guided attention, a line a pair: no aligner is needed."""
    import torch

    from models.training.examples import Example
    from models.training.stream import Batch, tensors

    sides = zip(
        vocabulary.encode([p.zh for p in pairs]),
        vocabulary.encode([p.en for p in pairs]),
        strict=True,
    )
    rows = [Example(s, t, []) for s, t in sides]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].target))
    lines = [""] * len(rows)
    network.eval()
    with torch.no_grad():
        for start in range(0, len(order), 16):
            some = order[start : start + 16]
            batch = tensors(Batch([rows[i] for i in some], 0), vocabulary, torch.device("cpu"))
            memory = network.encode(batch["source"], batch["mask"])
            _, head = network.decode(batch["given"], memory, batch["mask"])
            weight, place = head.exp().max(-1)
            for n, i in enumerate(some):
                lines[i] = " ".join(
                    f"{int(place[n, j])}-{j}"
                    for j in range(len(rows[i].target))
                    if weight[n, j] > 0.3 and place[n, j] < len(rows[i].source)
                )
    return lines
