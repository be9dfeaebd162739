"""`sh:sparql` constraints run set-based: the shape's own SELECT once over all focus nodes, not once for each.

SHACL evaluates such a SELECT with `$this` bound beforehand to one focus node (SHACL §5.3.1). Joining the same group
pattern with the pattern of the shape's targets gives the same rows where `$this` occurs in a triple pattern of the
outermost group and no filter of an inner group leans on it; `is_set_based` demands a form of query for which that
holds, and the tests hold every packaged constraint against pySHACL. Others stay with pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node, URIRef

from kg.errors import OntologyError, QueryRefusedError
from kg.gate.graphs import messages_of, own_severity, severity_of
from kg.gate.plan import copy_of, is_true
from kg.gate.terms import to_rdflib
from kg.gate.verdict import Result, Severity
from kg.sparql import check

COMPONENT = str(SH.SPARQLConstraintComponent)

# SELECT DISTINCT $this (?value) WHERE { … }: one group, `$this` in a triple pattern at its start, no subquery.
_SELECT = re.compile(r"^\s*SELECT\s+(?:DISTINCT\s+)?(?P<head>[$?\w\s]+?)\s+WHERE\s*\{(?P<body>.*)\}\s*$", re.S)
_EXISTS = re.compile(r"\bEXISTS\s*\{", re.IGNORECASE)
_STARTS_WITH_THIS = re.compile(r"^\s*\$this\s")
_NOT_SET_BASED = re.compile(
    r"\b(SELECT|MINUS|VALUES|SERVICE|UNION|OPTIONAL|GRAPH|GROUP|LIMIT)\b|[?$](PATH|shapesGraph|currentShape)\b",
    re.IGNORECASE,
)

# pySHACL knows these without being told.
_KNOWN_PREFIXES = "".join(f"PREFIX {name}: <{space}>\n" for name, space in (("rdf", RDF), ("rdfs", RDFS), ("owl", OWL)))

_TARGETS = (
    (SH.targetClass, f"$this <{RDF.type}>/<{RDFS.subClassOf}>* {{}} ."),
    (SH.targetSubjectsOf, "$this {} [] ."),
    (SH.targetObjectsOf, "[] {} $this ."),
)


@dataclass(frozen=True)
class SparqlConstraint:
    """One `sh:sparql` constraint of a node shape, as a SELECT over all its focus nodes at once."""

    shape: str
    query: str
    severity: Severity
    severity_iri: str
    messages: tuple[tuple[str, str], ...]


def is_set_based(select: str) -> bool:
    """Whether the SELECT of a constraint has the plain form that may run over all focus nodes at once."""
    match = _SELECT.match(select)
    if match is None or _NOT_SET_BASED.search(match["body"]) or "{" in _EXISTS.sub("", match["body"]):
        return False
    return bool(_STARTS_WITH_THIS.match(match["body"]))


def set_based_query(graph: Graph, shape: Node, constraint: Node) -> str | None:
    """The constraint's SELECT joined with the targets of its shape; None where that would not be the same query."""
    select = str(graph.value(constraint, SH.select) or "")
    match = _SELECT.match(select)
    targets = [
        pattern.format(value.n3()) for predicate, pattern in _TARGETS for value in graph.objects(shape, predicate)
    ]
    is_implicit = (shape, RDF.type, RDFS.Class) in graph
    by_node = graph.value(shape, SH.targetNode) is not None
    if match is None or not targets or is_implicit or by_node or not is_set_based(select):
        return None
    union = " UNION ".join(f"{{ {target} }}" for target in targets)
    return f"{prefixes_of(graph, constraint)}SELECT DISTINCT {match['head']} WHERE {{ {{ {union} }} {match['body']} }}"


def prefixes_of(graph: Graph, constraint: Node) -> str:
    """The prefixes that a constraint declares (SHACL §5.2.1), as SPARQL writes them."""
    declarations = (d for holder in graph.objects(constraint, SH.prefixes) for d in graph.objects(holder, SH.declare))
    lines = {f"PREFIX {graph.value(d, SH.prefix)}: <{graph.value(d, SH.namespace)}>\n" for d in declarations}
    return "".join(sorted(lines))


def _placed(graph: Graph) -> Iterator[tuple[Node, Node, str]]:
    """Each (shape, constraint, query) that can run set-based; only node shapes with targets that nothing else uses."""
    for shape, constraint in sorted(graph.subject_objects(SH.sparql)):
        used_elsewhere = any(graph.subjects(p, shape) for p in (SH.node, SH.property) if (None, p, shape) in graph)
        if not isinstance(shape, URIRef) or used_elsewhere or graph.value(shape, SH.path) is not None:
            continue
        query = set_based_query(graph, shape, constraint)
        if query is not None:
            yield shape, constraint, query


def constraints_of(graph: Graph) -> tuple[SparqlConstraint, ...]:
    """The constraints of a shapes graph that run set-based."""
    return tuple(
        SparqlConstraint(
            shape=str(shape),
            query=query,
            severity=severity_of(graph, shape),
            severity_iri=own_severity(graph.value(shape, SH.severity)),
            messages=messages_of(graph, constraint) or messages_of(graph, shape),
        )
        for shape, constraint, query in _placed(graph)
        if not any(is_true(graph, node, SH.deactivated) for node in (shape, constraint))
    )


def check_queries(graph: Graph) -> None:
    """Raises OntologyError where a query of the shapes does not parse, or would reach another host.

    rdflib tells the first in many ways, and late; the second SHACL forbids (§5.2.1, SERVICE).
    """
    nothing = ox.Store()
    for predicate in (SH.select, SH.ask):
        for node, text in graph.subject_objects(predicate):
            try:
                check(str(text))
                nothing.query(_KNOWN_PREFIXES + prefixes_of(graph, node) + str(text))
            except (QueryRefusedError, SyntaxError) as error:
                raise OntologyError(f"the query of {node} cannot be run: {error}") from error


def without_sparql(graph: Graph) -> Graph:
    """A copy of a shapes graph without the constraints that run set-based: what is left to pySHACL."""
    core = copy_of(graph)
    for shape, constraint, _ in _placed(graph):
        core.remove((shape, SH.sparql, constraint))
    return core


def results_of(constraints: Iterable[SparqlConstraint], store: ox.Store) -> Iterator[Result]:
    """What the set-based constraints find in the union of all graphs of `store`.

    It must hold the subclass links as well. Raises OntologyError where a query does not parse.
    """
    for constraint in constraints:
        try:
            solutions = store.query(constraint.query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise OntologyError(f"the query of {constraint.shape} does not parse: {error}") from error
        assert isinstance(solutions, ox.QuerySolutions)
        names = {variable.value for variable in solutions.variables}
        for solution in solutions:
            focus = to_rdflib(solution["this"])
            value = solution["value"] if "value" in names else None
            path = solution["path"] if "path" in names else None
            yield Result(
                focus=focus,
                path=None if path is None else to_rdflib(path).n3(),
                value=focus if value is None else to_rdflib(value),
                shape=constraint.shape,
                component=COMPONENT,
                severity=constraint.severity,
                severity_iri=constraint.severity_iri,
                messages=constraint.messages,
            )
