"""``plot``: a run's history as an SVG: losses by source and chrF++ over hours."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from models.training.config import TrainingError

Point = tuple[float, float]
_COLOURS = "#0b6e99 #c4432b #4b8b3b #8a5ba5 #b8860b #3c4c5c #d1689b #2a9d8f #7a5230 #6c757d".split()
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 760, 260, 56, 28, 60


def read(path: Path) -> tuple[dict[str, list[Point]], dict[str, list[Point]]]:
    """A ``history.jsonl``'s losses and scores as lines of (million target pieces, value).

    Raises:
        TrainingError: there is no history.
    """
    if not path.exists():
        raise TrainingError(f"{path}: no history yet; train first")
    losses: dict[str, list[Point]] = {}
    scores: dict[str, list[Point]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        x = row["pieces"] / 1e6
        if "loss" in row:
            losses.setdefault("training", []).append((x, row["loss"]))
        for name, value in row.get("held_out", {}).items():
            losses.setdefault(name, []).append((x, value))
        for name in ("chrf", "tagged_chrf", "bleu", "tagged_bleu"):
            if name in row.get("scores", {}):
                scores.setdefault(name, []).append((x, row["scores"][name]))
    return losses, scores


def _smooth(points: Sequence[Point], window: int) -> list[Point]:
    step = max(1, window)
    chunks = [points[i : i + step] for i in range(0, len(points), step)]
    return [(sum(x for x, _ in c) / len(c), sum(y for _, y in c) / len(c)) for c in chunks]


def panel(title: str, lines: Mapping[str, Sequence[Point]], top: float) -> str:
    """One diagram, its upper edge at ``top``."""
    points = [p for line in lines.values() for p in line]
    if not points:
        return ""
    right = max(x for x, _ in points) or 1.0
    low, high = min(y for _, y in points), max(y for _, y in points)
    span = (high - low) or 1.0
    low, high = low - 0.05 * span, high + 0.05 * span

    def at(point: Point) -> str:
        x = _LEFT + point[0] / right * (_WIDTH - _LEFT - 150)
        y = top + (high - point[1]) / (high - low) * _HEIGHT
        return f"{x:.1f},{y:.1f}"

    out = [f'<text x="{_LEFT}" y="{top - 10}" font-weight="bold">{escape(title)}</text>']
    for k in range(5):
        value = low + (high - low) * k / 4
        y = at((0, value)).split(",")[1]
        end = _WIDTH - 150
        out.append(f'<line x1="{_LEFT}" x2="{end}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        out.append(f'<text x="4" y="{y}">{value:.2f}</text>')
    for k, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[k % len(_COLOURS)]
        path = " ".join(map(at, line))
        out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="1.5" points="{path}"/>')
        out += [f'<circle cx="{c[0]}" cy="{c[1]}" r="2" fill="{colour}"/>'
                for c in (at(p).split(",") for p in line) if len(line) < 60]  # fmt: skip
        label = f"{name} {line[-1][1]:.2f}"
        y = f"{top + 14 * (k + 1):.0f}"
        out.append(f'<text x="{_WIDTH - 140}" y="{y}" fill="{colour}">{escape(label)}</text>')
    y = f"{top + _HEIGHT + 18:.0f}"
    out.append(f'<text x="{_LEFT}" y="{y}">0 to {right:.2f} million target pieces</text>')
    return "\n".join(out)


def plot(history: Path, out: Path) -> None:
    """Write the SVG."""
    losses, scores = read(history)
    if "training" in losses:
        losses["training"] = _smooth(losses["training"], len(losses["training"]) // 120)
    body = panel("Loss a piece (training: sampled softmax)", losses, _TOP)
    second = _TOP + _HEIGHT + _GAP
    body += panel("chrF++ and BLEU on the development set", scores, second)
    height = second + _HEIGHT + _GAP if scores else second
    out.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" '
        f'fill="white"/>{body}</svg>\n',
        "utf-8",
    )
