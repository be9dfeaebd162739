"""What people decided about actors that no rule could link, and what it does to an extraction.

Decisions live in `graph/links`, the only graph with `owl:sameAs`: one axiom for each actor, annotated as SSSOM does
(https://mapping-commons.github.io/sssom/spec-formats-owl/), so that the graph can be read as a set of mappings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox
from rdflib.namespace import OWL, RDF, XSD
from rdflib.term import URIRef

from kg.gazetteer.load import load
from kg.model import Entity, Extraction, Link, Mention, Span
from kg.rdf.iris import LINKS, Iris
from kg.rdf.terms import label, node, nquads, text
from kg.rdf.vocab import PROV, SEMAPV, SSSOM, WIKIDATA


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """A person's word on an actor, named by the IRI that it had without an item. `at`: UTC, ending in Z."""

    actor: str
    item: str | None  # None: Wikidata has none
    label: str
    person: str
    at: str


Decisions = Mapping[str, LinkDecision]
"""By the actor's IRI."""


def apply(extraction: Extraction, decisions: Decisions, iris: Iris) -> Extraction:
    """The extraction with every entity linked that a person linked; each such link names the person."""
    if not decisions:
        return extraction
    entities = tuple(_decided(extraction, entity, decisions, iris) for entity in extraction.entities)
    return extraction if entities == extraction.entities else replace(extraction, entities=entities)


def _decided(extraction: Extraction, entity: Entity, decisions: Decisions, iris: Iris) -> Entity:
    if entity.wikidata is not None:
        return entity
    decision = decisions.get(iris.shared(entity) or "")
    if decision is None or decision.item is None:
        return entity
    link = replace(entity.link, decision=decision.person) if entity.link else _link(extraction, entity, decision)
    return replace(entity, wikidata=load().current(decision.item), link=link)


def _link(extraction: Extraction, entity: Entity, decision: LinkDecision) -> Link | None:
    named = [mention for mention in entity.mentions if mention.form == "name"] or entity.mentions
    if not named:
        return None
    span = min(map(_name, named))
    runner_up = next((candidate for candidate in entity.candidates if candidate.wikidata != decision.item), None)
    return Link(
        span.of(extraction.article.text), span, "folded", 1.0, runner_up, load().version, decision=decision.person
    )


def _name(mention: Mention) -> Span:
    return mention.head or mention.span


def to_quads(decisions: Iterable[LinkDecision], iris: Iris) -> bytes:
    """The whole of `graph/links` as sorted N-Quads."""
    graph = node(iris.graph(LINKS))
    return nquads(
        ox.Quad(subject, node(predicate), value, graph)
        for decision in decisions
        for subject, predicate, value in _triples(decision, iris)
    )


def _triples(decision: LinkDecision, iris: Iris) -> Iterable[tuple[ox.NamedNode, URIRef, ox.NamedNode | ox.Literal]]:
    actor = node(decision.actor)
    axiom = node(f"{iris.graph(LINKS)}#{decision.actor.removeprefix(iris.base)}")
    target = node(WIKIDATA + decision.item if decision.item else SSSOM.NoTermFound)
    if decision.item:
        yield actor, OWL.sameAs, target
    yield axiom, RDF.type, node(OWL.Axiom)
    yield axiom, OWL.annotatedSource, actor
    yield axiom, OWL.annotatedProperty, node(OWL.sameAs)
    yield axiom, OWL.annotatedTarget, target
    yield axiom, SSSOM.mapping_justification, node(SEMAPV.ManualMappingCuration)
    yield axiom, SSSOM.subject_label, label(decision.label)
    yield axiom, SSSOM.author_label, text(decision.person)
    yield axiom, PROV.generatedAtTime, ox.Literal(decision.at, datatype=node(XSD.dateTime))


def from_quads(quads: Iterable[ox.Quad]) -> dict[str, LinkDecision]:
    """The decisions that the quads of `graph/links` hold, by actor; an axiom that lacks something is none."""
    axioms: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            axioms[quad.subject.value][quad.predicate.value] = quad.object.value
    needed = (OWL.annotatedSource, OWL.annotatedTarget, SSSOM.subject_label, SSSOM.author_label, PROV.generatedAtTime)
    found = {}
    for values in axioms.values():
        if all(str(term) in values for term in needed):
            actor, target, name, person, at = (values[str(term)] for term in needed)
            item = target.removeprefix(WIKIDATA) if target.startswith(WIKIDATA) else None
            found[actor] = LinkDecision(actor, item, name, person, at)
    return found
