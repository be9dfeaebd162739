"""The words for the ontology's terms and concepts, from the ontology's own labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.rdf.vocab import ONTOLOGY
from kg.resources import ontology_dir

_LABELS = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel")


@lru_cache
def _labels() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in _literals():
        if predicate in _LABELS:
            found[subject].setdefault(value.language or "", value.value)
    return dict(found)


def _literals() -> Iterator[tuple[str, str, ox.Literal]]:
    for path in sorted(ontology_dir().glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.subject.value, quad.predicate.value, quad.object


def term_label(iri: str, language: str) -> str:
    """The label of a term in `language`, else in the other, else the end of its IRI."""
    labels = _labels().get(iri, {})
    return labels.get(language) or labels.get("ar") or labels.get("en") or local_name(iri)


def is_term(iri: str) -> bool:
    """Whether the IRI names a term or concept of the ontology."""
    return iri.startswith(ONTOLOGY)


def local_name(iri: str) -> str:
    """What stands after the last `#` or `/`."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
