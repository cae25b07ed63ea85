"""MarianMT to CTranslate2: ``python -m models.convert DIR`` replaces the embedded model.

A converted directory holds the weights, the vocabulary, both SentencePiece models and the
manifest. It is written beside its place and renamed, so a conversion that is cut off leaves the
old model as it was.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from models.engine import TAG_CLOSE, TAG_OPEN
from models.errors import ModelError, ModelUnusable
from models.manifest import FILE_NAME, Manifest, digest
from models.marian import is_foreign, read_vocabulary, require_marian

EMBEDDED = Path(__file__).parent / "embedded"
# What a conversion may write; what an earlier one left and this one has not is removed.
PARTS = {"shared_vocabulary.json", "source_vocabulary.json", "target_vocabulary.json", "target.spm"}
WEIGHTS = ("model.safetensors", "pytorch_model.bin")


def convert(
    source: Path,
    output: Path,
    *,
    name: str = "",
    quantization: str = "int8",
    licence: str = "",
    origin: str = "",
    length_penalty: float = 1.0,
) -> Manifest:
    """Convert the MarianMT directory ``source`` into ``output``; other files there stay.

    Raises:
        ModelUnusable: ``source`` is not a usable zh-en MarianMT model.
        ModelError: torch or transformers are missing.
    """
    config = check_marian(source)
    vocabulary = read_vocabulary(source)
    require_marian()
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".convert-") as folder:
        work = Path(folder) / "model"
        _run_converter(source, work, quantization)
        shutil.copyfile(source / "source.spm", work / "source.spm")
        if not filecmp.cmp(source / "source.spm", source / "target.spm", shallow=False):
            shutil.copyfile(source / "target.spm", work / "target.spm")
        weights = work / "model.bin"
        pair = _pair(source)
        manifest = Manifest(
            name=name or source.name,
            term_aware=TAG_OPEN in vocabulary and TAG_CLOSE in vocabulary,
            positions=int(config.get("max_position_embeddings", 512)),
            source_lang=pair[0],
            target_lang=pair[1],
            quantization=quantization,
            size=weights.stat().st_size,
            sha256=digest(weights),
            licence=licence,
            origin=origin,
            length_penalty=length_penalty,
        )
        manifest.write(work)
        output.mkdir(exist_ok=True)
        written = set()
        for part in sorted(work.iterdir(), key=lambda p: p.name == FILE_NAME):
            part.replace(output / part.name)
            written.add(part.name)
        for stale in PARTS - written:
            (output / stale).unlink(missing_ok=True)
    return manifest


def check_marian(directory: Path) -> dict[str, Any]:
    """The ``config.json`` of a MarianMT directory whose files are all there.

    Raises:
        ModelUnusable: files are missing or the model is of another kind.
    """
    try:
        config: dict[str, Any] = json.loads((directory / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnusable(f"{directory}: no readable config.json ({error})") from error
    if config.get("model_type") != "marian":
        raise ModelUnusable(
            f"{directory}: a {config.get('model_type')} model; only MarianMT models can be used"
        )
    missing = [
        n for n in ("source.spm", "target.spm", "vocab.json") if not (directory / n).exists()
    ]
    if not any((directory / n).exists() for n in WEIGHTS):
        missing.append(" or ".join(WEIGHTS))
    if missing:
        raise ModelUnusable(
            f"{directory}: {', '.join(missing)} missing; copy the model's files there"
        )
    return config


def _run_converter(source: Path, output: Path, quantization: str) -> None:
    from ctranslate2.converters import TransformersConverter
    from transformers.utils import logging

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Leaves the decoder only the pieces that English has."""

        def _load(self) -> Any:
            return prune(super()._load())

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            # transformers recommends sacremoses; Yitong cleans the source itself.
            warnings.simplefilter("ignore")
            Converter(str(source)).convert(str(output), quantization=quantization)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelUnusable(f"{source}: can't be converted ({error})") from error


def prune(spec: Any) -> Any:
    """Take the pieces that no English text has out of the decoder's vocabulary.

    Half of a shared zh-en vocabulary is Han: without it the output layer, the dearest part of a
    small decoder, has half the work, and an unsure model can't copy its source. All other
    probabilities keep their order. The encoder keeps the whole vocabulary.
    """
    # CTranslate2 has no public way to change a vocabulary between loading and writing.
    target = spec._vocabularies["target"][0]
    keep = [i for i, piece in enumerate(target) if not is_foreign(piece)]
    spec._vocabularies["target"][0] = [target[i] for i in keep]
    decoder = spec.decoder
    decoder.embeddings.weight = decoder.embeddings.weight[keep]
    decoder.projection.weight = decoder.projection.weight[keep]
    if decoder.projection.has_bias():
        decoder.projection.bias = decoder.projection.bias[keep]
    return spec


def _pair(directory: Path) -> tuple[str, str]:
    path = directory / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return settings.get("source_lang") or "", settings.get("target_lang") or ""


def main(arguments: list[str] | None = None) -> int:
    """Convert from the command line; 1 where it failed."""
    parser = argparse.ArgumentParser(prog="python -m models.convert", description=__doc__)
    parser.add_argument("directory", type=Path, help="a MarianMT directory")
    parser.add_argument("-o", "--output", type=Path, default=EMBEDDED, help="default: the embedded")
    parser.add_argument("--name", default="", help="name for signatures")
    parser.add_argument("--quantization", default="int8")
    parser.add_argument("--licence", default="")
    parser.add_argument("--origin", default="")
    parser.add_argument("--length-penalty", type=float, default=1.0)
    given = parser.parse_args(arguments)
    try:
        manifest = convert(
            given.directory,
            given.output,
            name=given.name,
            quantization=given.quantization,
            licence=given.licence,
            origin=given.origin,
            length_penalty=given.length_penalty,
        )
    except ModelError as error:
        sys.stderr.write(f"convert: {error}\n")
        return 1
    sys.stdout.write(f"{given.output}: {manifest.label}, {manifest.size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
