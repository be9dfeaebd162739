"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

db_option = click.option(
    "--db",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("khabar-data"),
    show_default=True,
    help="The store's folder.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
