"""Options that several commands share, and how they write files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.errors import UsageError

db_option = click.option(
    "--db",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("khabar-data"),
    show_default=True,
    help="The store's folder.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

screening_option = click.option(
    "--screening/--no-screening",
    "screened",
    default=True,
    help="Let a faster SHACL engine screen for pySHACL, if it is installed (khabar[screening]).  [default: screening]",
)


def write_file(file: Path, text: str) -> None:
    """Writes a text; raises UsageError where the file cannot be written."""
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror or error})") from error
