"""People's decisions on links, as a published version holds them."""

from __future__ import annotations

from kg.rdf.decisions import LinkDecision, from_quads
from kg.rdf.iris import LINKS, Iris
from kg.rdf.terms import node
from kg.store.versions import Version


def decided(version: Version | None) -> dict[str, LinkDecision]:
    """By the actor's IRI; none where nothing is published yet."""
    if version is None:
        return {}
    links = node(Iris(version.base).graph(LINKS))
    return from_quads(version.open().quads_for_pattern(None, None, None, links))
