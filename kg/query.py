"""Runs SPARQL on a store in this process, without a server: for the command line and for notebooks.

with open_current(db) as (version, graph):
    result = run(graph, "SELECT …")
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg.errors import QueryError, UsageError
from kg.named_queries import FindActor, internal, is_wikidata_item
from kg.sparql import check, has_dataset, syntax_error, tokens
from kg.store import current

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def run(graph: ox.Store, text: str) -> Result:
    """The result of a query over the union of all graphs, or over the dataset that it names itself.

    Raises QuerySyntaxError, QueryRefusedError (it would reach another host), QueryError.
    """
    check(text)
    try:
        return graph.query(text, use_default_graph_as_union=not has_dataset(text))
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(str(error)) from error


def actor_finder(base: str, select: Callable[[str], list[str]]) -> FindActor:
    """Finds actors by Wikidata item or by a label; `select` runs a query and gives the IRIs of its one column."""

    def find(name: str) -> str:
        if is_wikidata_item(name):
            return f"{base}actor/{name}"
        found = select(bind_text(internal("actors-called"), {"name": str(ox.Literal(name))}))
        if not found:
            raise UsageError(f"no actor is called {name}; give an IRI, a Wikidata item, or a name as the graph has it")
        if len(found) > 1:
            raise UsageError(f"several actors are called {name}: {', '.join(found)}; give one of these")
        return found[0]

    return find


def bind_text(text: str, terms: dict[str, str]) -> str:
    """An internal query with SPARQL terms (already serialised) in the places of its `$names`."""
    return "".join(
        terms.get(token[1:], token) if kind == "variable" and token[0] == "$" else token for kind, token in tokens(text)
    )


def select_iris(graph: ox.Store) -> Callable[[str], list[str]]:
    """The `select` of `actor_finder` over a store in this process."""

    def select(text: str) -> list[str]:
        result = run(graph, text)
        assert isinstance(result, ox.QuerySolutions)
        return [solution[0].value for solution in result if isinstance(solution[0], ox.NamedNode)]

    return select


def open_graph(db: Path | str) -> rdflib.Dataset:
    """The version now published in the store's folder `db`, read-only, as an rdflib dataset; default graph the union.

    It stays at that version. StoreError where nothing is published.
    """
    version = current(Path(db))
    holds = ExitStack()
    holds.enter_context(version.hold())
    dataset = rdflib.Dataset(store=OxigraphStore(store=version.open()), default_union=True)
    weakref.finalize(dataset, holds.close)
    return dataset
