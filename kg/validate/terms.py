"""Whether data use Khabar's own terms as the ontology has them: none that it lacks, none that it has given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox
from rdflib.namespace import RDF
from rdflib.term import Node

from kg.gate.own import SHAPES
from kg.gate.shapes import default_shapes
from kg.gate.terms import to_rdflib
from kg.gate.verdict import Result
from kg.ontology import defined_terms, is_deprecated, load_ontology
from kg.rdf.vocab import ONTOLOGY

TERM_DEFINED = f"{SHAPES}Term-defined"
TERM_CURRENT = f"{SHAPES}Term-current"


@dataclass(frozen=True, slots=True)
class Terms:
    """The IRIs of the ontology's terms, and of those among them that are deprecated."""

    defined: frozenset[str]
    deprecated: frozenset[str]


@lru_cache(maxsize=1)
def packaged_terms() -> Terms:
    """The terms of the packaged ontology."""
    ontology = load_ontology()
    terms = defined_terms(ontology)
    deprecated = frozenset(str(term) for term in terms if is_deprecated(ontology, term))
    return Terms(frozenset(map(str, terms)), deprecated)


def term_results(quads: Iterable[ox.Quad], terms: Terms) -> Iterator[Result]:
    """A result for each triple with a predicate or class that is not defined, or with any term that is deprecated."""
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        named = value.value if isinstance(value, ox.NamedNode) else ""
        if predicate.startswith(ONTOLOGY) and predicate not in terms.defined:
            yield _result(TERM_DEFINED, quad, None)
        elif predicate == str(RDF.type) and named.startswith(ONTOLOGY) and named not in terms.defined:
            yield _result(TERM_DEFINED, quad, to_rdflib(value))
        if predicate in terms.deprecated:
            yield _result(TERM_CURRENT, quad, None)
        if named in terms.deprecated:
            yield _result(TERM_CURRENT, quad, to_rdflib(value))


def _result(shape: str, quad: ox.Quad, value: Node | None) -> Result:
    subject = to_rdflib(quad.subject)
    return own_result(shape, subject, value, default_shapes().messages(shape), f"<{quad.predicate.value}>")


def own_result(
    shape: str, focus: Node, value: Node | None, messages: tuple[tuple[str, str], ...], path: str | None = None
) -> Result:
    """A result in the form of SHACL's for what no shape checks: `shape` stands deactivated in `shapes/files.ttl`."""
    severity = default_shapes().severity(shape)
    return Result(focus, path, value, shape, f"{shape}ConstraintComponent", severity, messages)
