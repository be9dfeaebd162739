"""The shapes that judge, parsed once per process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Literal, Node, URIRef

from kg import resources
from kg.errors import OntologyError
from kg.gate.plan import copy_of, flattened
from kg.gate.terms import add_all
from kg.gate.verdict import Severity

_SEVERITIES = {str(SH[severity.value]): severity for severity in Severity}
_VOCABULARY_PREDICATES = (RDFS.subClassOf,)


@dataclass(frozen=True)
class SparqlConstraint:
    """One `sh:sparql` constraint of a node shape, as a SELECT over all its focus nodes at once."""

    shape: str
    query: str
    severity: Severity
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shapes:
    """A shapes graph made ready: `full` as it stands, for pySHACL alone; `core` without what `sparql` holds."""

    graph: Graph
    full: ShapesGraph
    core: ShapesGraph
    sparql: tuple[SparqlConstraint, ...]
    vocabulary: Graph
    digest: str

    def severity(self, shape: str) -> Severity:
        """The severity that `shape` declares, a violation where it declares none."""
        return severity_of(self.graph, URIRef(shape))

    def messages(self, shape: str) -> tuple[tuple[str, str], ...]:
        """The messages that `shape` declares, by language."""
        return messages_of(self.graph, URIRef(shape))


def severity_of(graph: Graph, shape: Node) -> Severity:
    """The `sh:severity` of `shape`; Violation where there is none or one of the user's own."""
    return severity_named(graph.value(shape, SH.severity))


def severity_named(value: Node | None) -> Severity:
    """The severity that an IRI of SHACL stands for; Violation for none and for one of the user's own."""
    return _SEVERITIES.get(str(value), Severity.VIOLATION)


def messages_of(graph: Graph, node: Node) -> tuple[tuple[str, str], ...]:
    """The `sh:message` texts of a shape or constraint as (language, text), sorted."""
    texts = (text for text in graph.objects(node, SH.message) if isinstance(text, Literal))
    return tuple(sorted((text.language or "", str(text)) for text in texts))


def load_graph(paths: Sequence[Path]) -> Graph:
    """One graph of the Turtle files in `paths` (a folder stands for its `*.ttl`).

    Raises OntologyError where a file is missing or does not parse; the text names the file.
    """
    graph = Graph()
    for path in paths:
        for file in turtle_files(path):
            _parse_into(graph, file)
    return graph


def turtle_files(path: Path) -> list[Path]:
    """`path` itself, or the `*.ttl` of the folder it names, in order; raises OntologyError for a folder without any."""
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.ttl"))
    if not files:
        raise OntologyError(f"{path}: no Turtle file here")
    return files


def _parse_into(graph: Graph, file: Path) -> None:
    try:
        parsed = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=file.absolute().as_uri())
        add_all(graph, parsed)
    except OSError as error:
        raise OntologyError(f"{file}: cannot be read: {error}") from error
    except SyntaxError as error:
        raise OntologyError(f"{file}: not Turtle: {error}") from error
    for prefix, namespace in parsed.prefixes.items():
        graph.bind(prefix, namespace)


def vocabulary_of(ontology: Graph) -> Graph:
    """What judging needs of an ontology: its subclass links, and the classes and schemes of its concepts."""
    vocabulary = Graph()
    for predicate in _VOCABULARY_PREDICATES:
        vocabulary += [triple for triple in ontology.triples((None, predicate, None)) if isinstance(triple[2], URIRef)]
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        vocabulary += ontology.triples((concept, RDF.type, None))
        vocabulary += ontology.triples((concept, SKOS.inScheme, None))
    return vocabulary


def load_shapes(shape_paths: Sequence[Path], ontology_paths: Sequence[Path] = ()) -> Shapes:
    """The shapes of `shape_paths`, judged with the subclass links and concepts of `ontology_paths`.

    Raises OntologyError where a file is missing or does not parse.
    """
    from kg.gate.sparql import constraints_of, without_sparql

    graph = load_graph(shape_paths)
    ontology = load_graph(ontology_paths)
    return Shapes(
        graph=graph,
        full=ShapesGraph(copy_of(graph)),
        core=ShapesGraph(flattened(without_sparql(graph))),
        sparql=constraints_of(graph),
        vocabulary=vocabulary_of(ontology),
        digest=_digest([*shape_paths, *ontology_paths]),
    )


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in (file for path in paths for file in turtle_files(path)):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def default_shapes() -> Shapes:
    """The packaged shapes with the packaged ontology."""
    return load_shapes([resources.shapes_dir()], [resources.ontology_dir()])
