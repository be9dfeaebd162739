"""`khabar export`: the whole graph as one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands._options import db_option
from kg.errors import UsageError


@click.command()
@db_option
@click.option(
    "--format", "syntax", type=click.Choice(["nquads", "trig", "turtle", "jsonld"]), default="nquads", show_default=True
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File. Default: standard output.")
def command(db: Path, syntax: str, output: Path | None) -> None:
    """Write the published graph, in an order that is the same on every run."""
    from kg.publish.export import Format, write_graph
    from kg.store import open_current

    with open_current(db) as (_, graph):
        if output is None:
            write_graph(graph, sys.stdout.buffer, Format(syntax))
            return
        try:
            with output.open("wb") as file:
                write_graph(graph, file, Format(syntax))
        except OSError as error:
            raise UsageError(f"{output}: cannot be written ({error.strerror or error})") from error
