"""The shapes that judge, parsed once per process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import URIRef

from kg import resources
from kg.errors import OntologyError
from kg.gate.graphs import load_graph, messages_of, severity_of, turtle_files, with_imported_prefixes
from kg.gate.plan import copy_of, flattened
from kg.gate.sparql import SparqlConstraint, check_queries, constraints_of, without_sparql
from kg.gate.verdict import Severity


@dataclass(frozen=True, eq=False)
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


def vocabulary_of(ontology: Graph) -> Graph:
    """What judging needs of an ontology: its subclass links, and the classes and schemes of its concepts."""
    vocabulary = Graph()
    vocabulary += [link for link in ontology.triples((None, RDFS.subClassOf, None)) if isinstance(link[2], URIRef)]
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        vocabulary += ontology.triples((concept, RDF.type, None))
        vocabulary += ontology.triples((concept, SKOS.inScheme, None))
    return vocabulary


def load_shapes(shape_paths: Sequence[Path], ontology_paths: Sequence[Path] = ()) -> Shapes:
    """The shapes of `shape_paths`, judged with the subclass links and concepts of `ontology_paths`.

    Raises OntologyError where a file or a query in it is missing or does not parse, or where there is no shape at all.
    """
    graph = with_imported_prefixes(load_graph(shape_paths))
    if not any(str(predicate).startswith(str(SH)) for predicate in graph.predicates()):
        raise OntologyError(f"{', '.join(map(str, shape_paths))}: no shape in there")
    check_queries(graph)
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
    """The packaged shapes that refuse, with the packaged ontology."""
    return load_shapes([resources.shapes_dir()], [resources.ontology_dir()])


@lru_cache(maxsize=1)
def all_shapes() -> Shapes:
    """The same with the rules that span articles."""
    return load_shapes([resources.shapes_dir(), resources.across_dir()], [resources.ontology_dir()])
