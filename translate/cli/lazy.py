"""A group of commands that are imported when they are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that imports a command when it is called, not to list its name."""

    def __init__(
        self, *args: Any, loaders: Mapping[str, Callable[[], click.Command]], **kwargs: Any
    ) -> None:
        """Take what imports each command, by name, in the order of the help."""
        super().__init__(*args, **kwargs)
        self._loaders = loaders

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order given."""
        return list(self._loaders)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None if there is no such."""
        load = self._loaders.get(cmd_name)
        return None if load is None else load()
