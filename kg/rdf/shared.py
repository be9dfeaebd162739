"""What articles say of subjects that they share: actors, places, releases.

An article does not write into a shared graph; it hands over a description, and the subject's quads are made from the
set of descriptions that hold. That set knows no order, so neither order of reading nor number of processes shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS

from kg.rdf.terms import node, nquads

_TYPE = node(RDF.type)
_PREFERRED = node(SKOS.prefLabel)
_ALTERNATIVE = node(SKOS.altLabel)


@dataclass(frozen=True, slots=True, order=True)
class Description:
    """What one article says of a shared subject: sorted N-Quads, all of one subject in one shared graph."""

    subject: str
    quads: bytes


def merge(descriptions: Iterable[bytes]) -> bytes:
    """One subject's quads, as sorted N-Quads, from all its descriptions.

    They are unions, but for two things that must stay one: the types are those of the first description by bytes; of
    several preferred labels in a language the first by code points stays (it is the one with its hamzas written:
    `أ` sorts before `ا`) and the others become alternative ones.
    """
    bodies = sorted(set(descriptions))
    if len(bodies) < 2:
        return b"".join(bodies)
    labels: dict[str | None, dict[str, ox.Quad]] = defaultdict(dict)
    kept: set[ox.Quad] = set()
    for index, body in enumerate(bodies):
        for quad in ox.parse(body, format=ox.RdfFormat.N_QUADS):
            if quad.predicate == _PREFERRED and isinstance(quad.object, ox.Literal):
                labels[quad.object.language][quad.object.value] = quad
            elif quad.predicate != _TYPE or index == 0:
                kept.add(quad)
    for quads in labels.values():
        first, *others = (quads[value] for value in sorted(quads))
        kept.add(first)
        kept.discard(ox.Quad(first.subject, _ALTERNATIVE, first.object, first.graph_name))
        kept.update(ox.Quad(quad.subject, _ALTERNATIVE, quad.object, quad.graph_name) for quad in others)
    return nquads(kept)
