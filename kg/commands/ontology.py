"""`khabar ontology`: check the ontology, print its JSON-LD context, write its documentation."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pyoxigraph as ox
from rdflib import Graph

from kg import resources
from kg.commands._options import write_file
from kg.errors import OntologyError, UsageError
from kg.gate.graphs import load_graph
from kg.migrate import migrated, migrated_change
from kg.ontology import Report, check, load_ontology
from kg.ontology_context import context_of
from kg.publish.ontology_docs import ontology_page
from kg.rdf.vocab import ONTOLOGY
from kg.store import base_iri, write
from kg.validate.sources import format_of, read_source

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(name="ontology")
def command() -> None:
    """The terms of the graph and the shapes it must have."""


@command.command("check")
@click.option("--ontology", "folder", type=_FOLDER, help="Folder with khabar.ttl and its companions.")
@click.option("--shapes", "shapes_folder", type=_FOLDER, help="Folder of the shapes to hold it against.")
@click.option("--data", "data_files", type=_FILE, multiple=True, help="RDF data whose terms must be defined.")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human", show_default=True)
def check_command(folder: Path | None, shapes_folder: Path | None, data_files: tuple[Path, ...], form: str) -> None:
    """Classifies the ontology and reports contradictions, missing words, undefined and unused terms."""
    shapes = load_graph([shapes_folder] if shapes_folder else [resources.shapes_dir(), resources.across_dir()])
    data = [(str(file), _data(file)) for file in data_files]
    report = check(load_ontology(folder), shapes, data)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if form == "json" else _as_text(report))
    sys.exit(1 if report.findings else 0)


@command.command("context")
def context_command() -> None:
    """Prints the JSON-LD context of the ontology."""
    click.echo(context_of(load_ontology()), nl=False)


@command.command("migrate")
@click.argument("file", type=_FILE, required=False)
@click.option("--db", type=_FOLDER, help="A store instead of a file; one version with the changes is published.")
@click.option("--from", "since", default="0.0.0", metavar="VERSION", help="Of the ontology that the data follow.")
def migrate_command(file: Path | None, db: Path | None, since: str) -> None:
    """Brings data to this version of the ontology: a file's to stdout, in its format; a store's in place.

    Migrations leave data that are up to date as they are, so --from can be left out.
    """
    if (file is None) == (db is None):
        raise UsageError("name a file or a store with --db")
    if db is not None:
        with TemporaryDirectory(dir=db, prefix=".migrate-") as scratch:
            folder = Path(scratch) / "copy"
            base = base_iri(db)
            version, change = write(db, lambda before: migrated_change(before, base, since, folder), lambda *_: None)
        number = version.number if version else None
        click.echo(f"{len(change.added)} quads added, {len(change.removed)} removed; version {number} in {db}")
    elif file is not None:
        form = format_of(file.name)
        quads = migrated(read_source(str(file), file.read_bytes(), form).quads, since)
        has_graphs = form in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)
        click.echo(ox.serialize(quads if has_graphs else (quad.triple for quad in quads), format=form))


@command.command("docs")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of stdout.")
@click.option("--examples", type=_FOLDER, help="Folder of NAME.good.ttl and NAME.bad.ttl instead of the packaged ones.")
def docs_command(output: Path | None, examples: Path | None) -> None:
    """Writes the ontology and the shapes as one HTML page in Arabic and English."""
    page = ontology_page(
        load_ontology(),
        load_graph([resources.shapes_dir(), resources.across_dir()]),
        examples or resources.examples_dir(),
    )
    if output is None:
        click.echo(page)
    else:
        write_file(output, page)


def _data(file: Path) -> Graph:
    try:
        graph = Graph()
        graph.parse(file)
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"{file}: cannot be read as RDF: {' '.join(str(error).split())[:200]}") from error
    return graph


def _as_text(report: Report) -> str:
    lines = [f"{f.kind.value}: {f.term.replace(ONTOLOGY, 'khabar:')} {f.message}" for f in report.findings]
    if report.note:
        lines.append(report.note)
    by = f"classified by {report.reasoner}" if report.reasoner else "not classified"
    lines.append(f"ontology {report.version}: {report.terms} terms, {by}, {len(report.findings)} findings")
    return "\n".join(lines)
