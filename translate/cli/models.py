"""``yitong models``: what can translate, and making more of it usable."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def models() -> None:
    """List and convert models."""


@models.command("list")
def list_models() -> None:
    """List the models that have a short name.

    \b
    Example:
      yitong models list
    """
    from models.load import registry

    for model in registry().values():
        terms = "term-aware" if model.term_aware else "ordinary"
        click.echo(f"{model.name:22} {terms:11} {model.about} ({model.licence})")


@models.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--quantization", default="int8", show_default=True)
def convert(directory: Path, output: Path, quantization: str) -> None:
    """Convert a MarianMT directory to CTranslate2, to use it with -m OUTPUT.

    \b
    Example:
      yitong models convert opus-mt-zh-en/ converted/
    """
    from models.convert import convert as run

    manifest = run(directory, output, quantization=quantization)
    click.echo(f"{output}: {manifest.label}, {manifest.size / 1e6:.1f} MB")
