"""The command line: a thin shell over the library. Only the ``cli`` modules print or exit.

Exit status: 0 done; 1 something failed (a file among several, a missing constraint under
``--strict``); 2 the call must be changed, and nothing was written. Engines and formats are
imported by the commands that need them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import sys

import click

from translate.signature import version

# name -> (module, attribute, one line for the list of commands)
COMMANDS = {
    "translate": ("translate.cli.translate", "translate", "Translate reports, aligned."),
    "glossary": ("translate.cli.glossary", "glossary", "Keep the glossary of approved terms."),
    "evaluate": ("translate.cli.evaluate", "evaluate", "Score translations against references."),
    "models": ("translate.cli.models", "models", "List and convert models."),
}


class Commands(click.Group):
    """A group that imports a command when it is called, not to list it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, _, about) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
