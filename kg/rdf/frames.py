"""Frames as nodes: statements, transfers, agreements, meetings and measures with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib.namespace import SKOS

from kg.model import Agreement, Extraction, Measure, Meeting, Quantity, Span, Statement, Transfer
from kg.rdf import terms
from kg.rdf.actors import Cast
from kg.rdf.build import GraphBuilder
from kg.rdf.terms import node
from kg.rdf.vocab import KHABAR, SCHEMA, TRANSFER_CLASSES, WIKIDATA

Frame = Statement | Transfer | Agreement | Meeting | Measure

_KINDS: dict[type[Frame], str] = {
    Statement: "statement",
    Transfer: "transfer",
    Agreement: "agreement",
    Meeting: "meeting",
    Measure: "measure",
}


@dataclass(frozen=True, slots=True)
class Frames:
    """Writes the frames of one article into its graph; `iris` maps a frame's id to its IRI."""

    graph: GraphBuilder
    cast: Cast
    iris: dict[str, str]

    @classmethod
    def of(cls, extraction: Extraction, graph: GraphBuilder, cast: Cast) -> Frames:
        iris = {}
        for frame in all_frames(extraction):
            kind = _KINDS[type(frame)]
            iris[frame.id] = graph.fresh(graph.iris.frame(kind, extraction.article.id, frame.span))
        return cls(graph, cast, iris)

    def write(self, extraction: Extraction) -> None:
        """Every frame; KeyError where one names an entity or frame that the extraction has not."""
        for statement in extraction.statements:
            self._statement(statement)
        for transfer in extraction.transfers:
            self._transfer(transfer)
        for agreement in extraction.agreements:
            self._agreement(agreement)
        for meeting in extraction.meetings:
            self._meeting(meeting)
        for measure in extraction.measures:
            self._measure(measure)

    def _common(self, frame: Frame) -> str:
        graph, iri = self.graph, self.iris[frame.id]
        graph.passage(iri, KHABAR.evidence, frame.span)
        graph.add(iri, KHABAR.rule, terms.text(frame.rule))
        graph.point(iri, KHABAR.reportedIn, [graph.iri])
        graph.value(iri, KHABAR.reviewStatus, "unreviewed")
        graph.dated(iri, frame.date)
        return iri

    def _actors(self, iri: str, predicate: str, entities: Iterable[str]) -> None:
        self.graph.point(iri, predicate, self.cast.iris(entities))

    def _frames(self, iri: str, predicate: str, frames: Iterable[str]) -> None:
        self.graph.point(iri, predicate, [self.iris[frame] for frame in frames])

    def _passages(self, iri: str, predicate: str, spans: Iterable[Span]) -> None:
        for span in spans:
            self.graph.passage(iri, predicate, span)

    def _places(self, iri: str, predicate: str, places: Iterable[str | None]) -> None:
        self.graph.point(iri, predicate, [self.cast.place(place) for place in places if place is not None])

    def _statement(self, statement: Statement) -> None:
        graph, iri = self.graph, self._common(statement)
        graph.classed(iri, KHABAR.Statement)
        self._actors(iri, KHABAR.speaker, statement.speaker)
        self._actors(iri, KHABAR.addressee, statement.addressee)
        self._actors(iri, KHABAR.mentions, statement.mentions)
        self._passages(iri, KHABAR.content, [] if statement.content is None else [statement.content])
        self._passages(iri, KHABAR.quote, statement.quotes)
        self._frames(iri, KHABAR.about, statement.about)
        self._frames(iri, KHABAR.answers, statement.answers)
        self._frames(iri, KHABAR.madeAt, [] if statement.made_at is None else [statement.made_at])
        graph.value(iri, KHABAR.modality, statement.modality)
        graph.value(iri, KHABAR.polarity, statement.polarity)
        graph.value(iri, KHABAR.certainty, statement.certainty)
        graph.value(iri, KHABAR.timeframe, statement.timeframe)
        graph.value(iri, KHABAR.reporterStance, statement.stance)
        if statement.verb:
            graph.add(iri, KHABAR.reportingVerb, terms.label(statement.verb))
        self._chain(iri, statement.chain)

    def _chain(self, iri: str, chain: Iterable[str]) -> None:
        for position, transmitter in enumerate(self.cast.iris(chain), start=1):
            transmission = f"{iri}#chain-{position}"
            self.graph.point(iri, KHABAR.transmittedBy, [transmitter])
            self.graph.point(iri, KHABAR.chain, [transmission])
            self.graph.classed(transmission, KHABAR.Transmission)
            self.graph.point(transmission, KHABAR.transmitter, [transmitter])
            self.graph.add(transmission, KHABAR.position, terms.number(position))

    def _transfer(self, transfer: Transfer) -> None:
        graph, iri = self.graph, self._common(transfer)
        graph.classed(iri, TRANSFER_CLASSES.get(transfer.kind, KHABAR.Shipment))
        graph.value(iri, KHABAR.cargo, transfer.kind)
        self._actors(iri, KHABAR.sender, transfer.sender)
        self._actors(iri, KHABAR.recipient, transfer.recipient)
        self._actors(iri, KHABAR.broker, transfer.broker)
        self._actors(iri, KHABAR.item, transfer.item)
        self._places(iri, KHABAR.origin, [transfer.origin])
        self._places(iri, KHABAR.destination, [transfer.destination])
        self._places(iri, KHABAR.via, transfer.via)
        self._frames(iri, KHABAR.inReturnFor, transfer.in_return_for)
        if transfer.quantity is not None:
            self._quantity(iri, transfer.quantity)
        self._held(iri, transfer)

    def _quantity(self, iri: str, quantity: Quantity) -> None:
        graph, figure = self.graph, f"{iri}#quantity"
        graph.point(iri, KHABAR.quantity, [figure])
        graph.classed(figure, KHABAR.Quantity)
        if quantity.minimum is not None:
            graph.add(figure, KHABAR.minimum, terms.number(quantity.minimum))
        if quantity.maximum is not None:
            graph.add(figure, KHABAR.maximum, terms.number(quantity.maximum))
        graph.add(figure, KHABAR.approximate, terms.boolean(quantity.approximate))
        graph.value(figure, KHABAR.unit, quantity.unit)
        graph.value(figure, KHABAR.quantityKind, quantity.kind)
        graph.add(figure, KHABAR.asWritten, terms.text(quantity.as_written))

    def _telling(self, agreement: Agreement) -> Iterator[Span]:
        """The agreement's further passages that say something of it: "the treaty" on its own shows nothing."""
        for span in agreement.spans:
            if span != agreement.span and len(span.of(self.graph.article.text).split()) > 2:
                yield span

    def _agreement(self, agreement: Agreement) -> None:
        graph, iri = self.graph, self._common(agreement)
        graph.classed(iri, KHABAR.Agreement)
        graph.value(iri, KHABAR.agreementKind, agreement.kind)
        self._actors(iri, KHABAR.party, agreement.parties)
        self._passages(iri, KHABAR.evidence, self._telling(agreement))
        if agreement.label:
            graph.add(iri, SKOS.prefLabel, terms.label(agreement.label))
        if agreement.wikidata:
            graph.add(iri, SCHEMA.sameAs, node(WIKIDATA + agreement.wikidata))
        self._held(iri, agreement)

    def _held(self, iri: str, frame: Transfer | Agreement) -> None:
        """How a transfer or agreement is held, and by whom."""
        self.graph.value(iri, KHABAR.status, frame.status)
        self._actors(iri, KHABAR.claimedBy, frame.claimed_by)
        self._actors(iri, KHABAR.deniedBy, frame.denied_by)
        self.graph.point(iri, KHABAR.narratedBy, [self.graph.iri] if frame.narrated else [])

    def _meeting(self, meeting: Meeting) -> None:
        graph, iri = self.graph, self._common(meeting)
        graph.classed(iri, KHABAR.Meeting)
        graph.value(iri, KHABAR.meetingKind, meeting.kind)
        graph.value(iri, KHABAR.status, meeting.status)
        self._actors(iri, KHABAR.participant, meeting.participants)
        self._places(iri, KHABAR.place, [meeting.place])

    def _measure(self, measure: Measure) -> None:
        graph, iri = self.graph, self._common(measure)
        graph.classed(iri, KHABAR.Measure)
        graph.value(iri, KHABAR.measureKind, measure.kind)
        graph.value(iri, KHABAR.status, measure.status)
        self._actors(iri, KHABAR.imposer, measure.imposer)
        self._actors(iri, KHABAR.target, measure.target)


def all_frames(extraction: Extraction) -> Iterable[Frame]:
    """The frames of an extraction, kind by kind, in its order."""
    yield from extraction.statements
    yield from extraction.transfers
    yield from extraction.agreements
    yield from extraction.meetings
    yield from extraction.measures
