"""The command line: `khabar COMMAND`, one module of `kg/commands` per command.

Data goes to stdout, progress and logs to stderr; exit 0 fine, 1 something wrong in the data, 2 could not run.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

from kg import __version__, commands
from kg.errors import KhabarError


class CommandFolder(click.Group):
    """A group whose subcommands are the modules of `kg.commands`; each holds a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khabar")
def khabar() -> None:
    """Khabar reads Arabic news into an RDF graph that keeps who said what."""


def main() -> None:
    """Runs the command line; a `KhabarError` becomes one line on stderr and its exit code."""
    try:
        khabar.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(2)
    except KhabarError as error:
        click.echo(f"khabar: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
