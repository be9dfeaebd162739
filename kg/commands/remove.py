"""`khabar remove`: articles out of the store."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.commands._options import db_option, json_option
from kg.errors import UsageError


@click.command()
@click.argument("articles", nargs=-1, required=True)
@db_option
@click.option("--erase", is_flag=True, help="Leave no trace of what they said: no text, history or older version.")
@json_option
def command(articles: tuple[str, ...], db: Path, erase: bool, as_json: bool) -> None:
    """Remove articles, named by IRI, id, address or source name.

    Their pages and those of their frames answer 410 from then on, and `khabar ingest` leaves them out. Without --erase
    their texts and graphs stay in the store's history.
    """
    from kg.store import base_iri
    from kg.store.embedded import EmbeddedStore

    base_iri(db)
    with EmbeddedStore(db) as store:
        ids = [_one(reference, store.find(reference), db) for reference in articles]
        store.remove(ids, erase=erase)
        version = store.version.number if store.version else None
    if as_json:
        click.echo(json.dumps({"removed": ids, "erased": erase, "version": version}))
    else:
        click.echo(f"{len(ids)} articles {'erased' if erase else 'removed'}; version {version} in {db}")


def _one(reference: str, found: list[str], db: Path) -> str:
    if not found:
        raise UsageError(f"{reference}: no article of {db} has that IRI, id, address or name")
    if len(found) > 1:
        raise UsageError(f"{reference}: means {len(found)} articles ({', '.join(found[:5])}); name one by its id")
    return found[0]
