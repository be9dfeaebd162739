"""`khabar quarantine`: what the gate did not let through, to be looked at, tried again or dropped."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands._options import db_option, json_option

if TYPE_CHECKING:
    from kg.quarantine import Kept
    from kg.validate.formats.words import Words


@click.group("quarantine")
def command() -> None:
    """Articles whose graphs did not conform to the shapes."""


@command.command("list")
@db_option
@json_option
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True)
def list_command(db: Path, as_json: bool, lang: str) -> None:
    """Lists what is in quarantine, with the first violation of each. Exit code 1 if there is anything."""
    from kg.quarantine import open_quarantine, read_kept
    from kg.validate.formats.words import default_words

    quarantine, words = open_quarantine(db), default_words(lang)
    entries = [read_kept(quarantine, article) for article in quarantine.articles()]
    if as_json:
        click.echo(json.dumps([entry.as_json() for entry in entries], ensure_ascii=False, indent=1))
    for entry in () if as_json else entries:
        click.echo(_line(entry, words))
    sys.exit(1 if entries else 0)


@command.command("show")
@click.argument("articles", nargs=-1)
@db_option
@click.option(
    "--format", "form", type=click.Choice(["human", "json", "turtle", "sarif"]), default="human", show_default=True
)
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True)
def show_command(articles: tuple[str, ...], db: Path, form: str, lang: str) -> None:
    """Shows the report on articles, named by id, with the sentence that each result concerns; else on all."""
    from kg.quarantine import open_quarantine, read_kept
    from kg.validate.formats import FORMS
    from kg.validate.formats.words import default_words

    quarantine, words = open_quarantine(db), default_words(lang)
    for article in articles or quarantine.articles():
        click.echo(FORMS[form](read_kept(quarantine, article).outcome, words))


@command.command("retry")
@click.argument("articles", nargs=-1)
@db_option
@json_option
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True)
def retry_command(articles: tuple[str, ...], db: Path, as_json: bool, lang: str) -> None:
    """Reads articles again, all of them where none is named; those that now conform are taken in.

    Exit code 1 if any stays.
    """
    from kg.ingest import ingest
    from kg.quarantine import open_quarantine, read_kept
    from kg.validate.formats.words import default_words

    quarantine = open_quarantine(db)
    kept = [read_kept(quarantine, article).article for article in articles or quarantine.articles()]
    summary = ingest(db, kept)
    left = [{"name": problem.place, "reason": problem.reason} for problem in [*summary.rejected, *summary.failed]]
    if as_json:
        click.echo(json.dumps({"taken_in": summary.written, "left": left}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{summary.written} of {len(kept)} articles taken in")
        for article in [article.id for article in kept if article.id in quarantine.articles()]:
            click.echo(_line(read_kept(quarantine, article), default_words(lang)))
        for problem in summary.failed:
            click.echo(f"  {problem.place}: {problem.reason}")
    sys.exit(1 if left else 0)


@command.command("drop")
@click.argument("articles", nargs=-1, required=True)
@db_option
def drop_command(articles: tuple[str, ...], db: Path) -> None:
    """Forgets articles in quarantine, named by id; they are not marked as removed and may come again."""
    from kg.quarantine import open_quarantine, read_kept
    from kg.store.embedded import EmbeddedStore

    quarantine = open_quarantine(db)
    ids = [read_kept(quarantine, article).article.id for article in articles]
    with EmbeddedStore(db) as store:
        for article in ids:
            store.quarantine.release(article)
    click.echo(f"{len(ids)} articles dropped")


def _line(entry: Kept, words: Words) -> str:
    from kg.gate.verdict import Severity

    first = next(iter(entry.outcome.at_least(Severity.VIOLATION)), None)
    message = "" if first is None else f"{words.message(first)} [{words.rule(first)}]"
    return f"{entry.article.id}  {entry.violations:3}  {entry.article.name}  {message}"
