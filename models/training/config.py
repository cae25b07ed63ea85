"""The configuration of a run, and the table of sources, both read from TOML."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from models.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
T = TypeVar("T")


class TrainingError(ModelError):
    """A step of the training pipeline can't run as asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of ``sources.toml``; see its head for what the fields mean."""

    name: str
    title: str
    licence: str
    domain: str
    share: float
    root: str = ""
    files: tuple[str, ...] = ()
    origin: str = ""
    select: tuple[str, ...] = ()
    cap: int = 0
    reports: bool = False
    terms: bool = False
    generated: bool = False
    mined: bool = False


@dataclass(frozen=True, slots=True)
class Data:
    """``[data]``: what is kept of the sources."""

    held_out: float
    held_out_most: int
    longest: int
    ratio: tuple[float, float]
    loosest: float


@dataclass(frozen=True, slots=True)
class Tags:
    """``[tags]``: how much of what the model sees is tagged, and how."""

    rate: float
    most: int
    invented: float
    longest: int
    annotators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """``[stream]``: how examples become batches."""

    batch: int
    chunk: int
    join: float
    noise: float


@dataclass(frozen=True, slots=True)
class Train:
    """``[train]``: the optimiser and the loss."""

    rate: float
    encoder_rate: float
    warm_up: int
    weight_decay: float
    betas: tuple[float, float]
    clip: float
    smoothing: float
    dropout: float
    frozen: int
    sampled: int
    alignment: float
    average: float
    threads: int
    save_minutes: float
    evaluate_minutes: float
    log_steps: int


@dataclass(frozen=True, slots=True)
class Config:
    """All of a run's settings."""

    seed: int
    data: Data
    tags: Tags
    stream: Stream
    train: Train


def _table(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - known)
    if unknown:
        raise TrainingError(f"{where}: unknown setting {unknown[0]!r}; known: {sorted(known)}")
    plain = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    try:
        return kind(**plain)
    except TypeError as error:
        raise TrainingError(f"{where}: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise TrainingError(f"{path}: no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise TrainingError(f"{path}: not TOML: {error}") from error


def read_config(path: Path | None = None) -> Config:
    """Read a configuration; without a path the packaged one.

    Raises:
        TrainingError: a file or a setting is missing, or a setting is unknown.
    """
    path = path or HERE / "config.toml"
    raw = _read(path)
    try:
        return Config(
            raw["seed"],
            _table(Data, raw["data"], f"{path} [data]"),
            _table(Tags, raw["tags"], f"{path} [tags]"),
            _table(Stream, raw["stream"], f"{path} [stream]"),
            _table(Train, raw["train"], f"{path} [train]"),
        )
    except KeyError as error:
        raise TrainingError(f"{path}: {error.args[0]!r} is missing") from error


def read_sources(path: Path | None = None) -> tuple[Source, ...]:
    """Read the table of sources; without a path the packaged one.

    Raises:
        TrainingError: a row lacks a field or has an unknown one.
    """
    path = path or HERE / "sources.toml"
    rows = _read(path).get("source", [])
    return tuple(_table(Source, row, f"{path} source {i + 1}") for i, row in enumerate(rows))
