"""Writes `docs/commands.md` from the commands' own help: `python docs/commands.py > docs/commands.md`."""

from __future__ import annotations

import click

from kg.cli import khabar

HEAD = """# Commands

Data goes to stdout, progress and logs to stderr. Exit code 0: fine; 1: something is wrong in the data; 2: it could not
run.
This page is written by `python docs/commands.py` from the commands' own help.
"""


def page() -> str:
    """The page: every command and subcommand with its help, in the order of names."""
    return HEAD + "".join(_sections(khabar, click.Context(khabar, info_name="khabar")))


def _sections(group: click.Group, context: click.Context) -> list[str]:
    sections = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        sections.append(f"\n## {inner.command_path}\n\n```\n{command.get_help(inner).rstrip()}\n```\n")
        if isinstance(command, click.Group):
            sections += _sections(command, inner)
    return sections


if __name__ == "__main__":
    print(page(), end="")
