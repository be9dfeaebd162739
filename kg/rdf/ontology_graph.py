"""The ontology as a named graph of the store."""

from __future__ import annotations

from typing import TypeVar

import pyoxigraph as ox

from kg import resources
from kg.errors import OntologyError
from kg.rdf.iris import ONTOLOGY_GRAPH, Iris
from kg.rdf.terms import node, nquads

T = TypeVar("T")


def ontology_quads(base: str) -> bytes:
    """Ontology, alignments and concepts as sorted N-Quads of `graph/ontology` under `base`.

    Blank nodes (class expressions) get IRIs by the canonical labels of RDFC-1.0, as RDF 1.1 §3.5 allows, so that the
    same ontology always gives the same bytes. Raises OntologyError where a file is missing or does not parse.
    """
    folder = resources.ontology_dir()
    store = ox.Store()
    for file in sorted(folder.glob("*.ttl")):
        try:
            store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise OntologyError(f"{file}: cannot be read ({error}); install khabar anew") from error
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graph = node(Iris(base).graph(ONTOLOGY_GRAPH))

    def named(term: T) -> T | ox.NamedNode:
        return node(f"{base}.well-known/genid/ontology-{term.value}") if isinstance(term, ox.BlankNode) else term

    return nquads(ox.Quad(named(quad.subject), quad.predicate, named(quad.object), graph) for quad in dataset)
