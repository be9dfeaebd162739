"""`khabar gazetteer`: what linking knows, where it comes from, and whether it agrees with itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from tqdm import tqdm

from kg.commands._options import json_option
from kg.errors import GazetteerError, UsageError
from kg.gazetteer import check, tables, update
from kg.gazetteer.build import build
from kg.gazetteer.dump import Progress, from_dump
from kg.gazetteer.entry import Entry
from kg.gazetteer.load import Gazetteer, gazetteer_dir, load
from kg.gazetteer.wikidata import API, QUERY_SERVICE, Client
from kg.model import EntityType
from kg.text.fold import fold_key

_folder = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="The gazetteer. Default: the shipped one."
)
_sources = click.option(
    "--sources",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared/gazetteer"),
    show_default=True,
    help="Natural Earth's and the other tables.",
)


@click.group()
def command() -> None:
    """States, actors, places, weapons and events that linking knows by name."""


@command.command("build")
@_sources
@_folder
@click.option("--from-dump", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="A Wikidata JSON dump.")
@click.option("--class", "classes", multiple=True, metavar="QID=TYPE", help="Items to keep. Default: classes.tsv.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: derived/wikidata.tsv.")
@json_option
def build_tables(
    sources: Path,
    folder: Path | None,
    from_dump: Path | None,
    classes: tuple[str, ...],
    output: Path | None,
    as_json: bool,
) -> None:
    """Make the derived tables from their sources, or with --from-dump one more from a dump of Wikidata."""
    folder = folder or gazetteer_dir()
    if from_dump is None:
        if not sources.is_dir():
            raise UsageError(f"{sources}: no such folder; name the one with Natural Earth's tables with --sources")
        _print(build(sources, folder), as_json)
        return
    progress = _from_dump(from_dump, output or folder / "derived" / "wikidata.tsv", _classes(classes, folder), folder)
    _print({key: value for key, value in asdict(progress).items() if key != "output_bytes"}, as_json)


@command.command("check")
@_sources
@_folder
@json_option
def check_tables(sources: Path, folder: Path | None, as_json: bool) -> None:
    """Exit 1 where sources disagree about an item, an item has two entries, or a name is ambiguous without a rule."""
    folder = folder or gazetteer_dir()
    gazetteer = load(folder)
    problems = check.itself(gazetteer, folder)
    if sources.is_dir():
        problems += check.against_sources(gazetteer, sources)
    else:
        click.echo(f"{sources}: no such folder; the sources were not compared", err=True)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    for problem in problems if not as_json else ():
        click.echo(f"{problem.kind}\t{problem.about}\t{problem.found}")
    if problems:
        raise GazetteerError(f"{len(problems)} problems in {len(gazetteer)} entries")
    click.echo(f"{len(gazetteer)} entries agree with themselves and their sources", err=True)


@command.command("show")
@click.argument("name", nargs=-1)
@_folder
@json_option
def show(name: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """What a NAME, key or Wikidata item means; without one, how much the gazetteer holds."""
    gazetteer = load(folder)
    if not name:
        _print(_statistics(gazetteer), as_json)
        return
    found = list(_found(gazetteer, " ".join(name)))
    if not found:
        raise GazetteerError(f"{' '.join(name)}: the gazetteer knows nothing of that name")
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in found], ensure_ascii=False, indent=1))
        return
    for entry in found:
        item = f"{entry.wikidata} ({entry.source})" if entry.wikidata else "no item"
        click.echo(f"{entry.key}\t{entry.type}\t{item}\t{' | '.join(entry.names)}")


@command.command("update")
@click.argument("names", nargs=-1, metavar="[KEY|QID]...")
@click.option(
    "--contact", required=True, help="An address or page of yours, for the User-Agent; Wikimedia asks for it."
)
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=Path(".khabar-wikidata"))
@click.option("--query", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="SPARQL that binds ?item.")
@click.option("--api", default=API, show_default=True)
@click.option("--query-service", default=QUERY_SERVICE, show_default=True)
@click.option("--apply", "applied", is_flag=True, help="Write merges and new names into the gazetteer.")
@_folder
@json_option
def update_tables(
    names: tuple[str, ...],
    contact: str,
    cache: Path,
    query: Path | None,
    api: str,
    query_service: str,
    applied: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Ask Wikidata about the items of the entries named (or bound by --query): merged, gone, further names.

    The only command that goes to the network. Without --apply nothing is changed.
    """
    gazetteer = load(folder)
    client = Client(contact, cache, api, query_service)
    items = [_item(gazetteer, name) for name in names]
    if query is not None:
        items += client.select(query.read_text(encoding="utf-8"))
    if not items:
        raise UsageError("name entries or items, or give --query")
    found = update.changes(gazetteer, tqdm(client.entities(items), total=len(items), disable=None, unit="item"))
    if as_json:
        click.echo(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
    for change in found if not as_json else ():
        click.echo("\t".join((change.kind, change.key, change.wikidata, change.found, change.english)))
    if applied:
        counts = update.apply(found, folder or gazetteer_dir(), date.today())
        click.echo(f"written: {counts['merged']} merges, names of {counts['names']} entries", err=True)


def _from_dump(dump: Path, output: Path, classes: dict[str, EntityType], folder: Path) -> Progress:
    with tqdm(unit="line", disable=None) as bar:

        def report(progress: Progress) -> None:
            bar.update(progress.lines - bar.n)

        progress = from_dump(dump, output, classes, load(folder), report)
    for number in progress.broken_lines:
        click.echo(f"{dump}, line {number}: broken, skipped", err=True)
    return progress


def _classes(named: tuple[str, ...], folder: Path) -> dict[str, EntityType]:
    if not named:
        return {row["wikidata"]: EntityType(row["type"]) for row in tables.rows(folder / "classes.tsv")}
    classes = {}
    for cell in named:
        item, _, kind = cell.partition("=")
        if kind not in set(EntityType):
            raise UsageError(f"--class {cell}: write QID=TYPE with a type of {', '.join(EntityType)}")
        classes[item] = EntityType(kind)
    return classes


def _item(gazetteer: Gazetteer, name: str) -> str:
    entry = gazetteer.get(name)
    if entry is not None and entry.wikidata:
        return entry.wikidata
    if name in gazetteer.by_wikidata:
        return name
    raise UsageError(f"{name}: no entry with a Wikidata item")


def _found(gazetteer: Gazetteer, name: str) -> Iterator[Entry]:
    direct = gazetteer.get(name) or gazetteer.by_wikidata.get(gazetteer.current(name))
    if direct is not None:
        yield direct
        return
    folded = fold_key(name)
    for entry in gazetteer:
        if folded in map(fold_key, (*entry.names_ar, *entry.short_ar, *entry.names_en)):
            yield entry


def _statistics(gazetteer: Gazetteer) -> dict[str, int]:
    kinds = Counter(str(entry.type) for entry in gazetteer)
    names = sum(len({*entry.names_ar, *entry.short_ar, *entry.names_en}) for entry in gazetteer)
    items = sum(1 for entry in gazetteer if entry.wikidata)
    return {"entries": len(gazetteer), "names": names, "with Wikidata item": items, **dict(sorted(kinds.items()))}


def _print(counts: dict[str, object] | dict[str, int], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    for name, value in counts.items():
        click.echo(f"{name}\t{value}")
