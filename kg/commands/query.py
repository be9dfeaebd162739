"""`khabar query`: SPARQL on a store without a server."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import click
import pyoxigraph as ox
from prettytable import PrettyTable, TableStyle

from kg.errors import UsageError
from kg.named_queries import NamedQuery, load, parse
from kg.query import Result, actor_finder, run, select_iris
from kg.rdf.vocab import ONTOLOGY, WIKIDATA
from kg.store import open_current

_SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
    "table": ox.RdfFormat.TURTLE,
}
_FORMATS = sorted({"table", *_SOLUTIONS, *_GRAPHS})


@click.command()
@click.argument("query", required=False)
@click.option("--db", type=click.Path(path_type=Path), default=Path("khabar-data"), show_default=True)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for a named query.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("--list", "listed", is_flag=True, help="List the named queries with their parameters.")
def command(query: str | None, db: Path, params: tuple[str, ...], form: str, listed: bool) -> None:
    """Run QUERY on the store in --db: the name of a named query, a file, or SPARQL text (- reads it from stdin)."""
    named = load()
    if listed:
        _list(named, form)
        return
    if query is None:
        raise UsageError("give a query's name, a file or SPARQL text; `khabar query --list` shows the names")
    with open_current(db) as (version, graph):
        text = _text(query, named, params, graph, version.base)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine does not hear of Python's KeyboardInterrupt
        _print(run(graph, text), form, version.base)


def _text(query: str, named: dict[str, NamedQuery], params: tuple[str, ...], graph: ox.Store, base: str) -> str:
    found = named.get(query)
    if found is None and query != "-" and Path(query).is_file():
        text = Path(query).read_text(encoding="utf-8")
        found = parse(Path(query).stem, text) if params else None
    elif found is None:
        text = sys.stdin.read() if query == "-" else query
        if "{" not in text and ":" not in text:
            raise UsageError(f"{query}: no named query, no file and no SPARQL; `khabar query --list` shows the names")
    if found is not None:
        return found.bind(_values(params), actor_finder(base, select_iris(graph)))
    if params:
        raise UsageError("--param needs a named query or a file with a header; see docs/queries.md")
    return text


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise UsageError(f"--param {param}: write it as NAME=VALUE")
        values[name] = value
    return values


def _list(named: dict[str, NamedQuery], form: str) -> None:
    if form == "json":
        listed = [
            {
                "name": query.name,
                "title": dict(query.titles),
                "description": dict(query.descriptions),
                "parameters": [
                    {
                        "name": p.name,
                        "type": p.type,
                        "required": p.required,
                        "default": p.default,
                        "label": dict(p.labels),
                    }
                    for p in query.parameters
                ],
            }
            for query in named.values()
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for query in named.values():
        click.echo(f"{query.name}\n    {query.titles['en']} · {query.titles['ar']}")
        for parameter in query.parameters:
            needed = " (required)" if parameter.required else ""
            click.echo(f"    --param {parameter.name}={parameter.type.upper()}{needed}: {parameter.labels['en']}")


def _print(result: Result, form: str, base: str) -> None:
    out = sys.stdout.buffer
    if isinstance(result, ox.QueryTriples):
        if form not in _GRAPHS:
            raise UsageError(f"--format {form} cannot hold a graph; take {', '.join(_GRAPHS)}")
        result.serialize(out, _GRAPHS[form])
    elif form == "table":
        click.echo(str(bool(result)).lower() if isinstance(result, ox.QueryBoolean) else _table(result, base))
    elif form in _SOLUTIONS:
        result.serialize(out, _SOLUTIONS[form])
    else:
        raise UsageError(f"--format {form} cannot hold solutions; take table, {', '.join(_SOLUTIONS)}")
    out.flush()


def _table(solutions: ox.QuerySolutions, base: str) -> str:
    names = [variable.value for variable in solutions.variables]
    table = PrettyTable(names, align="l")
    table.set_style(TableStyle.SINGLE_BORDER)
    table.max_width = 60
    count = 0
    for solution in solutions:
        table.add_row([_shown(solution[name], base) for name in names])
        count += 1
    return f"{table.get_string()}\n{count} row{'' if count == 1 else 's'}"


def _shown(term: object, base: str) -> str:
    if isinstance(term, ox.NamedNode):
        for start, prefix in ((ONTOLOGY, "khabar:"), (base, ""), (WIKIDATA, "wd:")):
            if term.value.startswith(start):
                return prefix + term.value.removeprefix(start)
        return f"<{term.value}>"
    return term.value if isinstance(term, ox.Literal) else str(term or "")
