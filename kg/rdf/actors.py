"""Entities as nodes: which IRI each has, what the article's graph says of it, what it hands to the shared graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS
from rdflib.term import URIRef

from kg.gazetteer.entry import Entry
from kg.model import ACTOR_TYPES, Candidate, Entity, EntityType, Link
from kg.rdf import terms
from kg.rdf.build import GraphBuilder
from kg.rdf.iris import ACTORS, GAZETTEER, RELEASES
from kg.rdf.shared import Description
from kg.rdf.terms import node, nquads
from kg.rdf.vocab import KHABAR, SCHEMA, SUPERCLASSES, WIKIDATA

_CLASSES = {EntityType.UNNAMED: KHABAR.UnnamedSource, EntityType.WEAPON: KHABAR.WeaponSystem}

EntryOf = Callable[[str], Entry | None]
"""Gives the gazetteer's entry for a key."""


class Cast:
    """The entities of one article, named as they are asked for; only those asked for enter the graph."""

    def __init__(self, entities: Iterable[Entity], graph: GraphBuilder, entry_of: EntryOf) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._graph = graph
        self._entry_of = entry_of
        self._iris: dict[str, str] = {}
        self._shared: set[str] = set()

    def iri(self, entity: str) -> str:
        """The IRI of the entity with that id; KeyError if the extraction has none."""
        if entity not in self._iris:
            self._iris[entity] = self._name(self._entities[entity])
        return self._iris[entity]

    def iris(self, entities: Iterable[str]) -> list[str]:
        return [self.iri(entity) for entity in entities]

    def place(self, entity: str) -> str:
        """The IRI of an entity as a place: a state that is visited or sent to stands for its territory, which is a
        node of its own (`place/Q159` beside `actor/Q159`), because no actor is a place."""
        named = self._entities[entity]
        if named.type is EntityType.PLACE:
            return self.iri(entity)
        territory = replace(named, id=f"{entity}-place", type=EntityType.PLACE, affiliation=(), link=None, country=None)
        self._entities.setdefault(territory.id, territory)
        return self.iri(territory.id)

    def describe(self) -> list[Description]:
        """Describes every entity asked for, and those that they belong to: local ones in the article's graph, the
        rest as descriptions for the shared graphs."""
        described: list[Description] = []
        done: set[str] = set()
        while waiting := [entity for entity in self._iris if entity not in done]:
            for identity in waiting:
                done.add(identity)
                entity = self._entities[identity]
                if identity in self._shared:
                    described.append(self._shared_description(entity))
                else:
                    self._describe_local(entity)
                if entity.link is not None:
                    self._describe_link(entity, entity.link)
        return described

    def _name(self, entity: Entity) -> str:
        iris, article = self._graph.iris, self._graph.article.id
        shared = iris.shared(entity)
        if shared is not None:
            self._shared.add(entity.id)
            return shared
        return self._graph.fresh(iris.local(entity, article))

    def _describe_local(self, entity: Entity) -> None:
        iri = self.iri(entity.id)
        self._graph.classed(iri, _class_of(entity))
        self._graph.add(iri, SKOS.prefLabel, terms.label(entity.label_ar, "ar"))
        if entity.label_en:
            self._graph.add(iri, SKOS.prefLabel, terms.label(entity.label_en, "en"))
        belongs = KHABAR.officeOf if entity.type is EntityType.ROLE else KHABAR.affiliation
        self._graph.point(iri, belongs, self.iris(entity.affiliation))

    def _shared_description(self, entity: Entity) -> Description:
        """Only what holds whatever the article: an office's state is of its name, a person's office is a claim."""
        graph = self._graph.iris.graph(GAZETTEER if entity.wikidata else ACTORS)
        pairs: list[tuple[URIRef, ox.NamedNode | ox.Literal]] = [
            (SKOS.prefLabel, terms.label(entity.label_ar, "ar")),
            *([(SKOS.prefLabel, terms.label(entity.label_en, "en"))] if entity.label_en else []),
            *([(SCHEMA.sameAs, node(WIKIDATA + entity.wikidata))] if entity.wikidata else []),
        ]
        if entity.key is not None and (entry := self._entry_of(entity.key)) is not None:
            pairs.extend((SKOS.altLabel, name) for name in _other_names(entity, entry))
            pairs.extend(_lifespan(entry) if entity.type in ACTOR_TYPES else ())
        if entity.type is EntityType.ROLE:
            states = [(state, self.iri(state)) for state in entity.affiliation]
            pairs.extend((KHABAR.officeOf, node(iri)) for state, iri in states if state in self._shared)
        return description(self.iri(entity.id), graph, _class_of(entity), pairs)

    def _describe_link(self, entity: Entity, link: Link) -> None:
        graph = self._graph
        iri = graph.fresh(graph.iris.link(graph.article.id, link.span))
        graph.classed(iri, KHABAR.Link)
        graph.point(iri, KHABAR.linkedEntity, [self.iri(entity.id)])
        graph.point(iri, KHABAR.reportedIn, [graph.iri])
        graph.add(iri, KHABAR.surface, terms.text(link.surface))
        graph.add(iri, KHABAR.start, terms.number(link.span.start))
        graph.add(iri, KHABAR.end, terms.number(link.span.end))
        graph.add(iri, KHABAR.normalisation, terms.text(link.normalisation))
        graph.add(iri, KHABAR.score, terms.decimal(link.score))
        graph.add(iri, KHABAR.decidedBy, terms.text(link.decision))
        if link.runner_up is not None:
            graph.add(iri, KHABAR.runnerUp, _candidate(link.runner_up))
            graph.add(iri, KHABAR.runnerUpScore, terms.decimal(link.runner_up.score))


def description(
    subject: str, graph: str, cls: URIRef, pairs: Iterable[tuple[URIRef, ox.NamedNode | ox.Literal]]
) -> Description:
    """A shared subject with its class, superclasses and properties, for one shared graph."""
    types = [(RDF.type, node(each)) for each in (cls, *SUPERCLASSES.get(cls, ()))]
    quads = [ox.Quad(node(subject), node(predicate), value, node(graph)) for predicate, value in [*types, *pairs]]
    return Description(subject, nquads(quads))


def outlet(name: str, graph: GraphBuilder) -> Description:
    """A publisher, known by its name only."""
    iris = graph.iris
    return description(iris.outlet(name), iris.graph(ACTORS), KHABAR.MediaOutlet, [(SKOS.prefLabel, terms.label(name))])


def release(version: str, graph: GraphBuilder) -> Description:
    """The code and language data that made a graph."""
    iris = graph.iris
    return description(
        iris.release(version), iris.graph(RELEASES), KHABAR.Release, [(KHABAR.version, terms.text(version))]
    )


def _other_names(entity: Entity, entry: Entry) -> Iterator[ox.Literal]:
    """The names that the gazetteer knows beside the preferred ones."""
    for names, preferred, language in (
        (entry.names_ar, entity.label_ar, "ar"),
        (entry.names_en, entity.label_en, "en"),
    ):
        for name in sorted(set(names) - {preferred, ""}):
            yield terms.label(name, language)


def _lifespan(entry: Entry) -> Iterator[tuple[URIRef, ox.Literal]]:
    """The days between which the gazetteer knows an actor to exist."""
    for predicate, day in ((KHABAR.existsFrom, entry.exists_from), (KHABAR.existsUntil, entry.exists_until)):
        if day is not None:
            yield predicate, terms.day(day)


def _class_of(entity: Entity) -> URIRef:
    return _CLASSES.get(entity.type) or KHABAR[entity.type.value]


def _candidate(candidate: Candidate) -> ox.NamedNode | ox.Literal:
    """Its Wikidata item, or its name where it has none."""
    if candidate.wikidata is not None:
        return node(WIKIDATA + candidate.wikidata)
    return terms.text(candidate.label)
