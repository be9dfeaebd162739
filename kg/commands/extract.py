"""`khabar extract`: what is found in articles, without a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import ReadError, UsageError
from kg.model import Article

if TYPE_CHECKING:
    from kg.evaluate.scoring import Share


@click.command()
@click.argument("sources", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json"]),
    default="jsonl",
    show_default=True,
    help="One record a line, or a JSON list.",
)
@click.option("--explain", is_flag=True, help="Show for each frame its sentence, rule, chain of speakers and modality.")
@click.option("--rules", "listed", is_flag=True, help="List the rules; SOURCES are then run for --gold.")
@click.option(
    "--gold",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Gold annotation: --rules adds each rule's precision and count on it.",
)
@click.option("--colour/--no-colour", default=None, help="Default: colours on a terminal.")
def command(
    sources: tuple[str, ...], form: str, explain: bool, listed: bool, gold: Path | None, colour: bool | None
) -> None:
    """Print what is found in articles: files, folders, globs or - for standard input.

    Exit code 1 if an article could not be read.
    """
    if listed:
        _list_rules(sources, gold, form)
        return
    if not sources:
        raise UsageError("name the articles: files, folders, globs, or - for standard input")
    problems: list[ReadError] = []
    if explain:
        _explain(_read(sources, problems), colour)
    else:
        _print(_read(sources, problems), form)
    if problems:
        sys.exit(1)


def _read(sources: Iterable[str], problems: list[ReadError]) -> Iterator[Article]:
    from kg.read import read_sources

    for found in read_sources(sources):
        if isinstance(found, ReadError):
            click.echo(f"khabar: {found}", err=True)
            problems.append(found)
        else:
            yield found


def _print(articles: Iterable[Article], form: str) -> None:
    from kg.collector import settle
    from kg.pipeline import extract
    from kg.record import to_json

    opening, between, closing = (b"[\n", b",\n", b"\n]\n") if form == "json" else (b"", b"\n", b"\n")
    out = sys.stdout.buffer
    written = 0
    for article in articles:
        out.write((between if written else opening) + to_json(extract(article)))
        if not written:
            settle()
        written += 1
    out.write(closing if written else opening + closing.lstrip() if form == "json" else b"")
    out.flush()


def _explain(articles: Iterable[Article], colour: bool | None) -> None:
    from kg.explain import explain, legend
    from kg.pipeline import extract

    click.echo(legend(), color=colour)
    for article in articles:
        for line in explain(extract(article)):
            click.echo(line, color=colour)


def _list_rules(sources: tuple[str, ...], gold: Path | None, form: str) -> None:
    from kg.frames.rules import rules

    if gold is not None and not sources:
        raise UsageError("--gold needs the annotated articles as SOURCES")
    shares = _on_gold(sources, gold) if gold is not None else {}
    rows = [
        {"rule": rule.id, "frame": rule.frame, "about": rule.about}
        | ({"found": shares[rule.id].of, "precision": shares[rule.id].rate} if rule.id in shares else {})
        for rule in rules().values()
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        figures = f"{row['precision']:5.2f} {row['found']:5}" if "found" in row else " " * 11
        click.echo(f"{row['frame']:10} {row['rule']:34} {figures}  {row['about']}")


def _on_gold(sources: tuple[str, ...], gold: Path) -> dict[str, Share]:
    from kg.evaluate import evaluate, read_gold
    from kg.pipeline import extract
    from kg.record import record

    records = {}
    for article in _read(sources, []):
        records[Path(article.name).stem] = record(extract(article))
    return evaluate(read_gold(gold), records).rules
