"""An extraction as one named graph, and what it says of the subjects that articles share."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import SKOS

from kg.model import Extraction, Span
from kg.rdf import terms
from kg.rdf.actors import Cast, EntryOf, outlet, release
from kg.rdf.build import GraphBuilder
from kg.rdf.frames import Frames, all_frames
from kg.rdf.iris import Iris
from kg.rdf.shared import Description
from kg.rdf.terms import node, nquads
from kg.rdf.vocab import DEFAULT_BASE, KHABAR, PROV, SCHEMA

_OTHER_NAME = node(SKOS.altLabel)


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """One article's graph. `frames` are the IRIs of its frames with the evidence of each."""

    iri: str
    quads: bytes  # N-Quads, sorted by bytes, each once; all in the graph named `iri`
    frames: tuple[tuple[str, Span], ...]
    shared: tuple[Description, ...]

    def parsed(self) -> list[ox.Quad]:
        """The quads as terms, in the order of their bytes."""
        return list(ox.parse(self.quads, format=ox.RdfFormat.N_QUADS))

    def context(self) -> list[ox.Quad]:
        """What the shared subjects' descriptions say as terms, but for their other names: what the graph leans on."""
        quads = (quad for each in self.shared for quad in ox.parse(each.quads, format=ox.RdfFormat.N_QUADS))
        return [quad for quad in quads if quad.predicate != _OTHER_NAME]


def graph_of(
    extraction: Extraction, version: str, base: str = DEFAULT_BASE, entry_of: EntryOf = lambda _: None
) -> ArticleGraph:
    """The graph that `version` (a release id) makes of an extraction, under `base`.

    `entry_of` gives the gazetteer's entries, whose other names go to the shared graphs. The same extraction, release
    and base always give the same bytes. KeyError where a frame names an entity or frame that the extraction has not.
    """
    graph = GraphBuilder(extraction.article, Iris(base))
    cast = Cast(extraction.entities, graph, entry_of)
    frames = Frames.of(extraction, graph, cast)
    frames.write(extraction)
    shared = {*cast.describe(), *_article(extraction, graph), *_provenance(extraction, version, graph)}
    spans = tuple((frames.iris[frame.id], frame.span) for frame in all_frames(extraction))
    return ArticleGraph(graph.iri, nquads(graph.quads), spans, tuple(sorted(shared)))


def _article(extraction: Extraction, graph: GraphBuilder) -> list[Description]:
    article, iri = extraction.article, graph.iri
    graph.classed(iri, KHABAR.Article)
    graph.add(iri, KHABAR.sha256, terms.text(article.sha256))
    graph.dated(iri, extraction.published.date, SCHEMA.datePublished)
    if article.title:
        graph.add(iri, SCHEMA.headline, terms.label(article.title, article.language))
    if article.language:
        graph.add(iri, SCHEMA.inLanguage, terms.text(article.language))
    if article.url:
        graph.add(iri, SCHEMA.url, terms.uri(article.url))
    if not article.publisher:
        return []
    publisher = outlet(article.publisher, graph)
    graph.add(iri, SCHEMA.publisher, node(publisher.subject))
    return [publisher]


def _provenance(extraction: Extraction, version: str, graph: GraphBuilder) -> list[Description]:
    """Which release read the article; which rule found a frame stands at the frame. No clock times: see the store."""
    run, made_by = graph.iris.extraction(extraction.article.id), release(version, graph)
    graph.classed(run, KHABAR.Extraction)
    graph.add(run, PROV.used, node(graph.iri))
    graph.add(run, PROV.wasAssociatedWith, node(made_by.subject))
    for gazetteer in sorted({entity.link.gazetteer for entity in extraction.entities if entity.link is not None}):
        graph.add(run, KHABAR.gazetteerVersion, terms.text(gazetteer))
    return [made_by]
