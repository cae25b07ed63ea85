"""The line that every output carries: what made it, so that it can be made again."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Yitong's version; ``0+source`` when it runs from a checkout that is not installed."""
    try:
        return metadata.version("yitong")
    except metadata.PackageNotFoundError:
        return "0+source"


def signature(model: str, glossary: str, beam: int) -> str:
    """As sacreBLEU writes its: fields by ``|``, each a key and a value."""
    return f"yitong:{version()}|model:{model}|glossary:{glossary}|beam:{beam}"
