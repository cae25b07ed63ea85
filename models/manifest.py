"""What a converted model directory says of itself: ``yitong.json`` beside the weights.

The manifest holds what CTranslate2's own files do not say (positions, whether the model knows
tags, language pair, origin) and the size and SHA-256 of the weights, so that a cut-off download
or a damaged disk is told from a working model before it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from models.errors import ModelUnusable

FILE_NAME = "yitong.json"
CHINESE = frozenset({"zho", "zh", "cmn", "chi", "zh_cn", "zh-cn", "zht", "cmn_hans"})
ENGLISH = frozenset({"eng", "en"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """``positions`` counts the end mark; ``sha256`` and ``size`` are those of ``model.bin``.

    ``length_penalty`` is the exponent of the length by which a hypothesis' score is divided that
    was found best for the model: a young one drops clauses, and more than 1 makes up for it.
    """

    name: str
    term_aware: bool
    positions: int
    source_lang: str
    target_lang: str
    quantization: str
    size: int
    sha256: str
    licence: str = ""
    origin: str = ""
    length_penalty: float = 1.0

    @property
    def label(self) -> str:
        """Name and the first digits of the weights' hash, for signatures."""
        return f"{self.name}@{self.sha256[:8]}"

    def write(self, directory: Path) -> None:
        """Write ``yitong.json`` into ``directory``."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        (directory / FILE_NAME).write_text(text, encoding="utf-8")


def read_manifest(directory: Path) -> Manifest:
    """Read a converted model's manifest and check that the weights are the ones it names.

    Raises:
        ModelUnusable: the manifest or the weights are missing, broken or do not belong together.
    """
    path = directory / FILE_NAME
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelUnusable(f"{path}: not a readable manifest ({error}); convert again") from error
    weights = directory / "model.bin"
    size = weights.stat().st_size if weights.is_file() else -1
    if size != manifest.size or digest(weights) != manifest.sha256:
        found = "missing" if size < 0 else f"damaged ({size:,} of {manifest.size:,} bytes)"
        raise ModelUnusable(f"{weights}: {found}; install or convert the model again")
    return manifest


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        hasher = hashlib.sha256()
        while block := file.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def check_languages(source: str, target: str, where: str) -> None:
    """Refuse a model that does not go from Chinese to English; an unknown side passes.

    Raises:
        ModelUnusable: the model names another language pair.
    """
    if (source and source.lower() not in CHINESE) or (target and target.lower() not in ENGLISH):
        raise ModelUnusable(
            f"{where}: translates {source or '?'} to {target or '?'}, not Chinese to English; "
            "give a zh-en model such as Helsinki-NLP/opus-mt-zh-en"
        )
