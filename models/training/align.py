"""``align``: word alignment of the prepared pairs, piece by piece, with eflomal.

A line of ``NAME.links`` holds the links of the pair on the same line of ``NAME.tsv`` as
``source-target`` piece numbers, the intersection of both directions grown to their union where
neighbours agree (grow-diag-final-and, as in Och and Ney 2003 and Koehn et al. 2003).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from models.training.config import TrainingError
from models.training.pieces import Vocabulary
from models.training.prepare import read_pairs

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
