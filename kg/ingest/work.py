"""What a worker does with a few articles: extract, write as quads, judge. Pure: it neither reads nor writes files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.gate import Case, TextReader, Verdict, judge_all
from kg.model import Article, Extraction
from kg.rdf.quads import ArticleGraph, graph_of


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that can be put in place of the package's own; each must be importable by name in a worker."""

    extract: Callable[[Article], Extraction]
    record: Callable[[Extraction], bytes]
    judge: Callable[[Sequence[Case], TextReader], list[Verdict]] = judge_all


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article with its graph and the verdict on it. `record` is the extraction record as JSON."""

    article: Article
    graph: ArticleGraph
    verdict: Verdict
    record: bytes
    notes: tuple[str, ...]


def process(articles: Sequence[Article], release: str, base: str, stages: Stages) -> list[Outcome]:
    """The outcomes for `articles`, in their order; each depends on its article, the release and the base only."""
    extractions = [stages.extract(article) for article in articles]
    graphs = [graph_of(extraction, release, base) for extraction in extractions]
    texts = {graph.iri: article.text for graph, article in zip(graphs, articles, strict=True)}
    cases = [Case(graph.iri, graph.parsed(), graph.context()) for graph in graphs]
    verdicts = stages.judge(cases, texts.get)
    return [
        Outcome(extraction.article, graph, verdict, stages.record(extraction), extraction.notes)
        for extraction, graph, verdict in zip(extractions, graphs, verdicts, strict=True)
    ]
