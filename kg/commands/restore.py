"""`khabar restore`: a store from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands._options import db_option


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@db_option
def command(file: Path, db: Path) -> None:
    """Make the store in --db, a new folder, from a FILE that `khabar backup` wrote."""
    from kg.store.backup import restore

    version = restore(file, db)
    click.echo(f"version {version.number} restored to {db}: {version.manifest.articles} articles")
