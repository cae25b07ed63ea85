"""From what a user says, ``-m NAME|PATH``, to an engine.

A name is looked up in ``registry.toml``, then as a directory, then as a hub name. A directory in
transformers' layout is converted once and kept in the user's cache; a converted one is used where
it lies; a hub name is downloaded first.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.engine import Engine
from models.errors import ModelError, ModelNotFound
from models.manifest import FILE_NAME, check_languages

EMBEDDED = Path(__file__).parent / "embedded"
HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
HUB_FILES = ["*.json", "*.spm", "pytorch_model.bin", "model.safetensors"]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the registry; ``hub`` is empty for what ships with Yitong."""

    name: str
    about: str
    licence: str
    term_aware: bool
    hub: str = ""


def registry() -> dict[str, Known]:
    """The models that have a short name."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - the same parser under its old name
        import tomli as tomllib
    text = (Path(__file__).parent / "registry.toml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {name: Known(name=name, **row) for name, row in rows.items()}


def load(
    name: str = "embedded", *, threads: int = 0, reference: bool = False, say: Say | None = None
) -> Engine:
    """Open an engine.

    Args:
        name: a registry name, a directory (converted or transformers' layout) or a hub name.
        threads: cores to use; 0 for all.
        reference: run the weights in transformers, float32, instead of CTranslate2.
        say: told what takes long: a download, a conversion.

    Raises:
        ModelNotFound: no such model, or no network to fetch it.
        ModelUnusable: it is there but corrupt, no MarianMT, or for another language pair.
    """
    directory = resolve(name, say or (lambda _: None), converted=not reference)
    if reference:
        from models.marian import MarianEngine

        return MarianEngine(directory, threads=threads)
    from models.ct2 import CTranslate2Engine

    return CTranslate2Engine(directory, threads=threads)


def resolve(name: str, say: Say, *, converted: bool = True) -> Path:
    """The directory to open for ``name``, downloaded and converted where that is needed."""
    known = registry().get(name)
    if known is not None and not known.hub:
        directory = EMBEDDED
    elif Path(name).is_dir():
        directory = Path(name)
    elif known is not None or (HUB_NAME.fullmatch(name) and not Path(name).exists()):
        hub = known.hub if known is not None else name
        cached = _cache() / _slug(hub)
        if converted and (cached / FILE_NAME).is_file():
            return cached
        directory = fetch(hub, say)
        return _converted(directory, cached, hub, say) if converted else directory
    else:
        names = ", ".join(registry())
        raise ModelNotFound(
            f"{name}: no such model; give a directory, a hub name (OWNER/NAME) or one of {names}"
        )
    if (directory / FILE_NAME).is_file():
        if not converted:
            raise ModelNotFound(
                f"{name}: holds converted weights only; the reference engine needs the "
                "MarianMT directory they were made from"
            )
        return directory
    if not converted:
        return directory
    return _converted(directory, _cache() / _slug(_stamp(directory)), directory.name, say)


def fetch(hub: str, say: Say) -> Path:
    """Download a hub model's files, or say how to bring them.

    Raises:
        ModelNotFound: there is no network, or no such model.
        ModelError: the download library is not installed.
    """
    check_languages(*_pair_in_name(hub), hub)
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    except ImportError as error:
        raise ModelError(f"{hub}: to download models: pip install 'yitong[marian]'") from error
    say(f"downloading {hub}")
    try:
        return Path(snapshot_download(hub, allow_patterns=HUB_FILES))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelNotFound(
            f"{hub}: can't be fetched ({reason}). Without a network, copy its config.json, "
            "tokenizer_config.json, vocab.json, source.spm, target.spm and pytorch_model.bin or "
            "model.safetensors into a folder and give -m FOLDER"
        ) from error


def _pair_in_name(hub: str) -> tuple[str, str]:
    """OPUS-MT names end in their language pair."""
    match = re.search(r"opus-mt(?:-tc-\w+)?-(\w{2,3})-(\w{2,3})$", hub)
    return (match[1], match[2]) if match else ("", "")


def _converted(directory: Path, output: Path, name: str, say: Say) -> Path:
    if (output / FILE_NAME).is_file():
        return output
    from models.convert import check_marian, convert

    check_marian(directory)
    say(f"converting {name} for CTranslate2 (once)")
    convert(directory, output, name=name)
    return output


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("yitong") / "models"


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "--", name)


def _stamp(directory: Path) -> str:
    """A cache name that changes when the directory's weights do."""
    path = directory.resolve()
    facts = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(path.glob("*"))]
    key = hashlib.sha256(repr((str(path), facts)).encode()).hexdigest()
    return f"{directory.resolve().name}-{key[:12]}"
