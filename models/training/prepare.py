"""``prepare``: sources to clean pairs, one TSV a source, with what was dropped and why."""

from __future__ import annotations

import hashlib
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.training.config import Config, Source, TrainingError
from models.training.pieces import Vocabulary

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"[ \t\u00a0\u3000\u200b\ufeff]+")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Pair:
    """A training pair; ``report`` numbers the report it stands in, 0 where there is none."""

    zh: str
    en: str
    report: int = 0


def fingerprint(text: str) -> str:
    """What two texts share that differ in script, width, case, spaces or punctuation only.

    The script is the caller's to convert (:func:`simplifier`).
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return hashlib.sha1("".join(_WORD.findall(plain)).encode()).hexdigest()


def simplifier() -> Callable[[str], str]:
    """Traditional to Simplified, characters only."""
    import opencc

    return opencc.OpenCC("t2s").convert


def read(source: Source, roots: dict[str, Path]) -> Iterator[Pair]:
    """The raw pairs of a source, reports numbered from 1 where it has them.

    Raises:
        TrainingError: no file is there, or a line has no tab.
    """
    root = roots.get(source.root)
    found = [p for g in source.files for p in sorted(root.glob(g))] if root else []
    if not found:
        raise TrainingError(f"{source.name}: no {source.files} below {root}; give --{source.root}")
    report = 0
    for path in found:
        report += 1
        with (
            lzma.open(path, "rt", encoding="utf-8")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8") as file
        ):
            for number, line in enumerate(file, 1):
                if not line.strip():
                    report += 1
                    continue
                fields = line.rstrip("\n").split("\t")
                if len(fields) < 2:
                    raise TrainingError(f"{path}: line {number}: no tab between zh and en")
                if source.select and (len(fields) < 3 or fields[2] not in source.select):
                    continue
                yield Pair(fields[0], fields[1], report if source.reports else 0)


def clean(pair: Pair, simplify: Callable[[str], str], term: bool = False) -> Pair:
    """Simplified script, single spaces, straight English quotes; of a term its first rendering."""
    zh = _SPACE.sub(" ", simplify(pair.zh)).strip()
    en = _SPACE.sub(" ", pair.en.translate(_STRAIGHT)).strip()
    if term:
        en = en.split(";")[0].strip()
    return Pair(zh, en, pair.report)


def fault(pair: Pair, pieces: tuple[int, int], config: Config) -> str:
    """Why a clean pair is dropped, or nothing. ``pieces`` are the two sides' lengths."""
    if not pair.zh or not pair.en:
        return "empty side"
    if not _HAN.search(pair.zh) or not _LATIN.search(pair.en):
        return "not Chinese and English"
    if len(_HAN.findall(pair.en)) > 0.1 * len(pair.en):
        return "Chinese in the English"
    if max(pieces) > config.data.longest:
        return "too long"
    low, high = config.data.ratio
    if max(pieces) > 12 and not low <= pieces[1] / pieces[0] <= high:
        return "length ratio"
    if "<t>" in pair.zh + pair.en or "</t>" in pair.zh + pair.en:
        return "holds a tag"
    return ""


def forbidden(files: Iterable[Path]) -> frozenset[str]:
    """Fingerprints of every side of the evaluation files, which must never be trained on."""
    simplify = simplifier()
    out: set[str] = set()
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            for field in line.split("\t")[:2]:
                if len(field) >= 8:
                    out.add(fingerprint(simplify(field)))
    return frozenset(out)


def prepare(
    source: Source,
    pairs: Iterable[Pair],
    vocabulary: Vocabulary,
    config: Config,
    banned: frozenset[str],
    seen: set[str],
) -> tuple[list[Pair], Counter[str]]:
    """Clean, filter and deduplicate a source's pairs.

    ``seen`` holds the fingerprints of pairs kept so far in any source and grows. The counter
    says how many were kept and why the others were dropped.
    """
    simplify = simplifier()
    cleaned = [clean(p, simplify, source.terms) for p in pairs]
    lengths = zip(
        map(len, vocabulary.encode([p.zh for p in cleaned])),
        map(len, vocabulary.encode([p.en for p in cleaned])),
        strict=True,
    )
    counts: Counter[str] = Counter()
    kept: list[Pair] = []
    for pair, pieces in zip(cleaned, lengths, strict=True):
        zh, en = fingerprint(pair.zh), fingerprint(pair.en)
        reason = fault(pair, pieces, config)
        if not reason and (zh in banned or en in banned):
            reason = "in the evaluation set"
        if not reason and zh + en in seen:
            reason = "duplicate"
        if reason:
            counts[reason] += 1
            continue
        seen.add(zh + en)
        kept.append(pair)
    if source.cap and len(kept) > source.cap:
        counts["over the cap"] = len(kept) - source.cap
        kept.sort(key=lambda p: fingerprint(p.zh + "\t" + p.en))
        kept = kept[: source.cap]
    counts["kept"] = len(kept)
    return kept, counts


def split(pairs: list[Pair], config: Config) -> tuple[list[Pair], list[Pair]]:
    """Training pairs and held-out pairs; a hash of the text decides, so a rerun agrees."""
    limit = int(config.data.held_out * 0xFFFFFFFF)
    train: list[Pair] = []
    held: list[Pair] = []
    for pair in pairs:
        low = int(fingerprint(pair.zh)[:8], 16) < limit
        (held if low and len(held) < config.data.held_out_most else train).append(pair)
    return train, held


def write(pairs: Iterable[Pair], path: Path) -> None:
    """Write pairs as ``zh TAB en TAB report``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{p.zh}\t{p.en}\t{p.report}\n" for p in pairs)


def read_pairs(path: Path) -> list[Pair]:
    """Read what :func:`write` wrote."""
    with path.open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [Pair(zh, en, int(report)) for zh, en, report in rows]


def run(
    config: Config,
    sources: Iterable[Source],
    roots: dict[str, Path],
    evaluation: Iterable[Path],
    vocabulary: Vocabulary,
    out: Path,
) -> dict[str, Counter[str]]:
    """The whole step: ``out/data/NAME.tsv`` and ``out/data/NAME.held.tsv`` for each source."""
    banned, seen = forbidden(evaluation), set[str]()
    report: dict[str, Counter[str]] = {}
    for source in sources:
        if source.generated:
            continue
        kept, counts = prepare(source, read(source, roots), vocabulary, config, banned, seen)
        train, held = split(kept, config)
        write(train, out / "data" / f"{source.name}.tsv")
        write(held, out / "data" / f"{source.name}.held.tsv")
        report[source.name] = counts
    return report
