"""Collects the quads of one article's graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.namespace import RDF
from rdflib.term import URIRef

from kg.model import Article, EdtfDate, Span
from kg.rdf import terms
from kg.rdf.iris import Iris
from kg.rdf.terms import node
from kg.rdf.vocab import KHABAR, SUPERCLASSES, concept

_TYPE = str(RDF.type)

Term = ox.NamedNode | ox.Literal


class GraphBuilder:
    """The growing graph of `article`; passages are described once, however often they are pointed to."""

    def __init__(self, article: Article, iris: Iris) -> None:
        self.article = article
        self.iris = iris
        self.iri = iris.article(article.id)
        self.quads: list[ox.Quad] = []
        self._graph = node(self.iri)
        self._passages: set[Span] = set()
        self._taken: Counter[str] = Counter()

    def add(self, subject: str, predicate: str, value: Term) -> None:
        self.quads.append(ox.Quad(node(subject), node(predicate), value, self._graph))

    def point(self, subject: str, predicate: str, targets: Iterable[str]) -> None:
        """`subject predicate target` for each IRI."""
        for target in targets:
            self.add(subject, predicate, node(target))

    def value(self, subject: str, predicate: str, value: str | None) -> None:
        """A concept by its value in the extraction record; None is left out."""
        if value is not None:
            self.add(subject, predicate, node(concept(value)))

    def classed(self, subject: str, cls: URIRef) -> None:
        """The class and its superclasses."""
        for each in (cls, *SUPERCLASSES.get(cls, ())):
            self.add(subject, _TYPE, node(each))

    def fresh(self, iri: str) -> str:
        """`iri` the first time it is asked for, then `iri.2`, `iri.3` …: for two things of a kind on one span."""
        self._taken[iri] += 1
        return iri if self._taken[iri] == 1 else f"{iri}.{self._taken[iri]}"

    def passage(self, subject: str, predicate: str, span: Span) -> None:
        """Points to the passage at `span`, and describes it the first time."""
        iri = self.iris.passage(self.article.id, span)
        self.add(subject, predicate, node(iri))
        if span in self._passages:
            return
        self._passages.add(span)
        self.classed(iri, KHABAR.Passage)
        self.add(iri, KHABAR.inArticle, node(self.iri))
        self.add(iri, KHABAR.start, terms.number(span.start))
        self.add(iri, KHABAR.end, terms.number(span.end))
        self.add(iri, KHABAR.text, terms.text(span.of(self.article.text)))

    def dated(self, subject: str, date: EdtfDate | None, predicate: str = KHABAR.date) -> None:
        """The date as EDTF, with the days it may fall on and how it is known."""
        if date is None:
            return
        self.add(subject, predicate, terms.edtf(date.edtf))
        if date.not_before is not None:
            self.add(subject, KHABAR.notBefore, terms.day(date.not_before))
        if date.not_after is not None:
            self.add(subject, KHABAR.notAfter, terms.day(date.not_after))
        self.value(subject, KHABAR.dateBasis, date.basis)
