"""One article's way through Khabar, one call per arrow.

    article ─► segments ─► mentions ─► entities ─► frames ─► quads ─► gate ─► store
    `read_article` goes as far as the entities, `frames_of` to the frames, `process` through the gate.

Everything here is a pure function of the article, the release (code, language data, gazetteer) and people's decisions
on links: the same three give the same bytes, whoever runs it and in whatever order. `kg/ingest/` drives it over many
articles, in one process or several, and writes what passes to the store; a new decision has the articles that it
touches read again at once (`kg/ingest/relink.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.frames.agreements import find_agreements
from kg.frames.claims import Attached, attach
from kg.frames.measures import find_measures
from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading, read_article
from kg.frames.statements import find_statements
from kg.frames.transfers import find_transfers
from kg.gate import Case, TextReader, Verdict, judge_all
from kg.gazetteer.entry import Entry
from kg.gazetteer.load import load
from kg.model import Article, Entity, EntityType, Extraction, PublicationDate
from kg.rdf.actors import EntryOf
from kg.rdf.decisions import Decisions, apply
from kg.rdf.iris import Iris
from kg.rdf.quads import ArticleGraph, graph_of
from kg.record import to_json
from kg.text.language import is_arabic


def extract(article: Article) -> Extraction:
    """All that is found in an article; of one in another language nothing, and its notes say so.

    Linear in the article's length; raises nothing on any text.
    """
    if not is_arabic(article.text, article.language):
        said = f"it is said to be in {article.language}" if article.language else "its text is not Arabic"
        return Extraction(article, PublicationDate(None), notes=(f"nothing extracted: {said}",))
    return frames_of(read_article(article))


def frames_of(reading: Reading) -> Extraction:
    """The extraction of an article whose entities are found."""
    told = attach(
        reading,
        find_statements(reading),
        find_transfers(reading),
        find_agreements(reading),
        find_meetings(reading),
        find_measures(reading),
    )
    reading.lines.clear()  # they point back to the reading: without them nothing waits for the cyclic collector
    return Extraction(
        reading.article,
        reading.published,
        reading.segments,
        _offices_that_act(reading.entities, told),
        told.statements,
        told.transfers,
        told.agreements,
        told.meetings,
        told.measures,
    )


def _offices_that_act(entities: tuple[Entity, ...], told: Attached) -> tuple[Entity, ...]:
    """The entities, each office without a name that no frame has act or be acted upon as an unnamed person."""
    if not any(entity.type is EntityType.ROLE for entity in entities):
        return entities
    acting: set[str] = set()
    for statement in told.statements:
        acting.update(statement.speaker, statement.addressee, statement.chain)
    for transfer in told.transfers:
        acting.update(transfer.sender, transfer.recipient, transfer.broker)
    for agreement in told.agreements:
        acting.update(agreement.parties)
    for meeting in told.meetings:
        acting.update(meeting.participants)
    for measure in told.measures:
        acting.update(measure.imposer, measure.target)
    return tuple(
        replace(entity, type=EntityType.UNNAMED)
        if entity.type is EntityType.ROLE and entity.key is None and entity.id not in acting
        else entity
        for entity in entities
    )


def entry_of(key: str) -> Entry | None:
    """The gazetteer's entry for a key."""
    return load().get(key)


UNDECIDED: Decisions = MappingProxyType({})
"""Nobody decided anything."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages that can be put in place of the package's own; each must be importable by name in a worker."""

    extract: Callable[[Article], Extraction] = extract
    record: Callable[[Extraction], bytes] = to_json
    entry_of: EntryOf = entry_of
    judge: Callable[[Sequence[Case], TextReader], list[Verdict]] = judge_all


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article with its graph and the verdict on it. `record` is the extraction record as JSON."""

    article: Article
    graph: ArticleGraph
    verdict: Verdict
    record: bytes
    notes: tuple[str, ...]


def process(
    articles: Sequence[Article], release: str, base: str, stages: Stages, decisions: Decisions = UNDECIDED
) -> list[Outcome]:
    """The outcomes for `articles`, in their order; each depends on its article and the other arguments only."""
    extractions = [apply(stages.extract(article), decisions, Iris(base)) for article in articles]
    graphs = [graph_of(extraction, release, base, stages.entry_of) for extraction in extractions]
    texts = {graph.iri: article.text for graph, article in zip(graphs, articles, strict=True)}
    cases = [Case(graph.iri, graph.parsed(), graph.context()) for graph in graphs]
    verdicts = stages.judge(cases, texts.get)
    return [
        Outcome(extraction.article, graph, verdict, stages.record(extraction), extraction.notes)
        for extraction, graph, verdict in zip(extractions, graphs, verdicts, strict=True)
    ]
