"""The command line: a thin shell over the library. Only the ``cli`` modules print or exit.

Exit status: 0 done; 1 something failed (a file among several, a missing constraint under
``--strict``); 2 the call must be changed, and nothing was written. Engines and formats are
imported by the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from functools import partial

import click

from translate.cli.lazy import LazyGroup
from translate.signature import version

# name -> (module, attribute, one line for the list of commands)
COMMANDS = {
    "translate": ("translate.cli.translate", "translate", "Translate reports, aligned."),
    "glossary": ("translate.cli.glossary", "glossary", "Keep the glossary of approved terms."),
    "evaluate": ("translate.cli.evaluate", "evaluate", "Score translations against references."),
    "models": ("translate.cli.models", "models", "List and convert models."),
}


def _load(name: str) -> click.Command:
    module, attribute, _ = COMMANDS[name]
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return command


class Commands(LazyGroup):
    """All commands, listed without importing any."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name and purpose of each, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, _, about) in COMMANDS.items()])


@click.command(
    cls=Commands,
    loaders={name: partial(_load, name) for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(version(), "-V", "--version", prog_name="yitong")
def yitong() -> None:
    """Translate Chinese government news into English, with every approved term in its place.

    \b
    Examples:
      yitong translate report.txt
      yitong translate report.txt -o report.html
      yitong glossary search 四下基层
    """


def main() -> None:
    """Run the command line; every foreseen error is one line on stderr."""
    from glossary.errors import GlossaryError
    from models.errors import ModelError
    from translate.errors import RunError, YitongError

    try:
        status = yitong.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("yitong: stopped; nothing half-written is left", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (YitongError, GlossaryError, ModelError) as error:
        click.echo(f"yitong: {error}", err=True)
        sys.exit(1 if isinstance(error, RunError) else 2)
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
