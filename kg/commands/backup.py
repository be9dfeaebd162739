"""`khabar backup`: the store as one file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands._options import db_option


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@db_option
def command(file: Path, db: Path) -> None:
    """Write the published version, texts, history and quarantine to FILE (.tar or .tar.gz); `khabar restore` reads it.

    The store may be served and written meanwhile.
    """
    from kg.store.backup import back_up

    version = back_up(db, file)
    click.echo(f"version {version.number} of {db} written to {file}")
