"""How far the query of an `sh:sparql` constraint reaches: a path from `$this` to each of its triple patterns.

A triple takes part in a solution only together with the patterns that join it to `$this`, so those patterns, walked as
a path, lead to it. Within NOT EXISTS the patterns around it hold as well; from outside, those within do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import Graph
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, URIRef, Variable

from kg.errors import OntologyError
from kg.gate.sparql import is_set_based, prefixes_of
from kg.gate.walk import Choice, Path, Repeat, Step, back

Pattern = tuple[Any, Any, Any]

_THIS = Variable("this")
_EXISTS = ("Builtin_NOTEXISTS", "Builtin_EXISTS")


def query_paths(shapes: Graph, constraint: Node, select: str, is_property_shape: bool) -> Iterator[Path]:
    """The path from the focus node to the end of each triple pattern of the constraint's query.

    Raises OntologyError for a query of which that cannot be told.
    """
    if is_property_shape or not is_set_based(select):
        raise OntologyError(f"how far the query of {constraint} reaches cannot be told: it cannot judge changes")
    try:
        algebra = translateQuery(parseQuery(prefixes_of(shapes, constraint) + select)).algebra
    except ParseException as error:
        raise OntologyError(f"the query of {constraint} does not parse: {error}") from error
    yield from _group_paths(algebra, [], str(constraint))


def _group_paths(group: Any, around: list[Pattern], name: str) -> Iterator[Path]:
    patterns: list[Pattern] = []
    inner: list[Any] = []
    _collect(group, patterns, inner)
    known = [*around, *patterns]
    ways = _ways(known)
    for subject, predicate, value in patterns:
        path = _path(predicate, name)
        if subject in ways:
            yield (*ways[subject], *path)
        elif value in ways:
            yield (*ways[value], *back(path))
        else:
            raise OntologyError(f"a pattern in the query of {name} is not joined to $this: it cannot judge changes")
    for exists in inner:
        yield from _group_paths(exists, known, name)


def _collect(part: Any, patterns: list[Pattern], inner: list[Any]) -> None:
    """The triple patterns of a group, and the groups within its EXISTS and NOT EXISTS."""
    if isinstance(part, CompValue):
        for key, value in part.items():
            if key == "triples":
                # Within EXISTS the parser leaves triples that share a subject in one row.
                flat = [term for row in value for term in row]
                patterns.extend(zip(flat[::3], flat[1::3], flat[2::3], strict=True))
            elif part.name in _EXISTS and key == "graph":
                inner.append(value)
            elif not key.startswith("_"):
                _collect(value, patterns, inner)
    elif isinstance(part, list | tuple):
        for each in part:
            _collect(each, patterns, inner)


def _ways(patterns: Iterable[Pattern]) -> dict[Any, Path]:
    """The shortest path from `$this` to each variable that patterns join to it."""
    ways: dict[Any, Path] = {_THIS: ()}
    edges = [(s, _path(p, ""), o) for s, p, o in patterns]
    edges += [(o, back(path), s) for s, path, o in edges]
    while fresh := {o: (*ways[s], *path) for s, path, o in edges if s in ways and o not in ways}:
        ways |= fresh
    return ways


def _path(predicate: Any, name: str) -> Path:
    if isinstance(predicate, Variable):
        return (Step(None),)
    if isinstance(predicate, URIRef):
        return (Step(ox.NamedNode(str(predicate))),)
    if isinstance(predicate, InvPath):
        return back(_path(predicate.arg, name))
    if isinstance(predicate, SequencePath):
        return tuple(part for arg in predicate.args for part in _path(arg, name))
    if isinstance(predicate, AlternativePath):
        return (Choice(tuple(_path(arg, name) for arg in predicate.args)),)
    if isinstance(predicate, MulPath):
        return _repeated(_path(predicate.path, name), str(predicate.mod))
    raise OntologyError(f"a path in the query of {name} cannot be followed: it cannot judge changes")


def _repeated(path: Path, how: str) -> Path:
    if how == "?":
        return (Choice(((), path)),)
    return (Repeat(path),) if how == "*" else (*path, Repeat(path))
