"""`khabar link`: actors that no rule linked to Wikidata, people's decisions about them, and links to hand on."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands._options import db_option, json_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.ingest import Summary
    from kg.rdf.decisions import LinkDecision
    from kg.review.decisions import Decided
    from kg.review.unlinked import Unlinked
    from kg.store import Version

_LATER, _STOP = "", "stop"


@click.group()
def command() -> None:
    """Links of actors to Wikidata: review what no rule decided, hand the links on."""


@command.command()
@db_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Actors to show.")
@click.option(
    "--decisions",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take in decisions from a CSV or TSV file with the columns actor and decision (Q…, none or undo).",
)
@click.option("--ask", is_flag=True, help="Go through the actors one by one and ask for a decision on each.")
@click.option("--person", metavar="NAME", help="Who decides; stands with every decision.")
@json_option
def review(db: Path, limit: int, file: Path | None, ask: bool, person: str | None, as_json: bool) -> None:
    """List the actors without a Wikidata item, most frequent first; take in decisions with --decisions or --ask.

    The list is a TSV file that can be filled in and given back. Decisions are kept in graph/links with who and when,
    and the articles that they touch are read again. Exit code 1 if one of these did not pass the gate.
    """
    from kg.review.unlinked import unlinked
    from kg.store import open_current

    if file is not None and ask:
        raise UsageError("--decisions and --ask exclude each other")
    with open_current(db) as (version, _):
        if file is None and not ask:
            _print(unlinked(version, limit), version.base, as_json)
            return
        decided = _from_file(version, file, person) if file else _asked(version, unlinked(version, limit), person)
    if decided.decisions or decided.taken_back:
        _take_in(db, decided, as_json)


@command.command()
@db_option
@click.option("--format", "form", type=click.Choice(["sssom", "quickstatements"]), default="sssom", show_default=True)
@click.option("--license", "licence", metavar="IRI", help="Under which others may use the mapping set.")
def export(db: Path, form: str, licence: str | None) -> None:
    """Print all links as SSSOM (TSV), or the actors that Wikidata lacks by a person's word as QuickStatements."""
    from kg.review import quickstatements, sssom
    from kg.review.unlinked import labels
    from kg.store import open_current
    from kg.store.decisions import decided

    with open_current(db) as (version, _):
        known, decisions = labels(version), decided(version)
        if form == "sssom":
            rest = {actor: label for actor, (label, _) in known.items() if actor not in decisions}
            text = sssom.to_sssom(version, decisions, rest, licence or sssom.UNSPECIFIED_LICENCE)
        else:
            lacking = {
                actor: known.get(actor, (decision.label, None))
                for actor, decision in decisions.items()
                if decision.item is None
            }
            text = quickstatements.to_quickstatements(version, lacking)
    click.echo(text, nl=False)


def _print(actors: list[Unlinked], base: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(actor) for actor in actors], ensure_ascii=False, indent=1))
        return
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    table.writerow(("actor", "decision", "label", "type", "articles", "uses", "first", "candidates"))
    for actor in actors:
        table.writerow(
            (
                actor.actor.removeprefix(base),
                "",
                actor.label,
                actor.type.value if actor.type else "",
                actor.articles,
                actor.uses,
                actor.first.removeprefix(base),
                "; ".join(_shown(actor)),
            )
        )


def _shown(actor: Unlinked) -> Iterator[str]:
    return (f"{one.item or 'no item'} {one.label} {one.score:.2f}" for one in actor.candidates)


def _from_file(version: Version, file: Path, person: str | None) -> Decided:
    from kg.review import decisions

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error
    return decisions.read(text, file.name, version.base, _known(version), person)


def _asked(version: Version, actors: list[Unlinked], person: str | None) -> Decided:
    from kg.review import decisions

    person = person or click.prompt("Who decides", err=True)
    known = _known(version)
    taken: list[LinkDecision | str] = []
    for number, actor in enumerate(actors, 1):
        kind = actor.type.value if actor.type else "actor"
        click.echo(f"\n{number}/{len(actors)}  {actor.label}  ({kind}, {actor.articles} articles)", err=True)
        for line in _shown(actor):
            click.echo(f"    {line}", err=True)
        while True:
            answer = click.prompt("Q…, none, stop, or nothing for later", default=_LATER, show_default=False, err=True)
            if answer in (_LATER, _STOP):
                break
            try:
                row = {"actor": actor.actor, "decision": answer.strip()}
                taken.append(decisions.decide("answer", row, version.base, known, person))
                break
            except UsageError as error:
                click.echo(str(error), err=True)
        if answer == _STOP:
            break
    return decisions.gather(taken)


def _known(version: Version) -> dict[str, str]:
    from kg.review.unlinked import labels
    from kg.store.decisions import decided

    former = {actor: decision.label for actor, decision in decided(version).items()}
    return former | {actor: label for actor, (label, _) in labels(version).items()}


def _take_in(db: Path, decided: Decided, as_json: bool) -> None:
    from kg.ingest.relink import relink

    summary = relink(db, decided.decisions, decided.taken_back)
    if as_json:
        click.echo(json.dumps(_told(decided, summary), ensure_ascii=False, indent=1))
    else:
        click.echo(
            f"{len(decided.decisions)} decisions taken in, {len(decided.taken_back)} taken back; "
            f"{summary.written} articles read again; version {summary.version} in {db}"
        )
        for problem in (*summary.rejected, *summary.failed):
            click.echo(f"  {problem.place}: {problem.reason}")
    sys.exit(0 if summary.fine else 1)


def _told(decided: Decided, summary: Summary) -> dict[str, object]:
    return {
        "decisions": [asdict(decision) for decision in decided.decisions],
        "taken_back": list(decided.taken_back),
        "articles": summary.as_json(),
    }
