"""A validation run: sources in, findings out, each at its place in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox
from rdflib.term import BNode, Literal, Node, URIRef

from kg.gate.engine import engine_results
from kg.gate.own import SHAPES
from kg.gate.screening import screening_of
from kg.gate.shapes import Shapes
from kg.gate.terms import to_rdflib
from kg.gate.verdict import Result, Severity, Verdict
from kg.model import Span
from kg.rdf.vocab import KHABAR
from kg.validate.mentions import first_mention
from kg.validate.positions import Position, position_in
from kg.validate.sentences import sentence_around
from kg.validate.sources import Source, SourceError
from kg.validate.terms import Terms, own_result, term_results

SYNTAX = f"{SHAPES}Syntax"
MANY = 5_000  # triples from which judging them takes longer than probing the engine that screens

_WORDS = {str(KHABAR.text), str(KHABAR.surface)}
"""What says which words of the article a node rests on: of a passage, of a link."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A result and where it stands: `file` is empty and `position` None where that is not known.

    `line` is the text of that line, `quote` the words of the article that the focus node rests on, which begin at the
    code point `quote_at` of it, and `sentence` what they stand in, known where the article is at hand.
    """

    result: Result
    file: str
    position: Position | None
    line: str
    quote: str
    quote_at: int | None = None
    sentence: str = ""

    def in_article(self, name: str, text: str) -> Finding:
        """The same finding, standing where its quote does in the article's text; unchanged where it has none."""
        if self.quote_at is None:
            return replace(self, file=name, position=None, line="")
        position = position_in(text, self.quote_at)
        passage = Span(self.quote_at, self.quote_at + len(self.quote))
        sentence = sentence_around(text, passage).of(text)
        return replace(self, file=name, position=position, line="", sentence=sentence)

    def fingerprint(self) -> str:
        """What stays the same when lines move: a hash of the result, for baselines and code scanning."""
        focus, path, value, shape, component = self.result.key()
        if isinstance(self.result.focus, BNode):
            focus = self.file
        if isinstance(self.result.value, BNode):
            value = "_"
        return hashlib.sha256("\n".join((focus, path, value, shape, component)).encode()).hexdigest()[:32]

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Finding:
        """The finding that `as_json` wrote, but for its line; raises KeyError or ValueError for what is none."""
        line, column = record["line"], record["column"]
        position = Position(int(str(line)), int(str(column))) if line is not None else None
        quote, sentence = (str(record[name] or "") for name in ("quote", "sentence"))
        return cls(Result.from_json(record), str(record["file"] or ""), position, "", quote, None, sentence)

    def as_json(self) -> dict[str, object]:
        """The finding as JSON values."""
        return {
            **self.result.as_json(),
            "file": self.file or None,
            "line": self.position.line if self.position else None,
            "column": self.position.column if self.position else None,
            "quote": self.quote or None,
            "sentence": self.sentence or None,
            "fingerprint": self.fingerprint(),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found in how much: `findings` by file and line; `files` are graphs where a store was judged."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    triples: int
    in_store: bool = False

    def at_least(self, severity: Severity) -> list[Finding]:
        """The findings as grave as `severity`, or graver."""
        return [finding for finding in self.findings if finding.result.severity.at_least(severity)]


def validate(
    sources: Sequence[Source],
    shapes: Shapes,
    broken: Sequence[SourceError] = (),
    terms: Terms | None = None,
    screened: bool = False,
) -> Outcome:
    """Judges all sources as one graph; `broken` are files that did not parse, told as findings of their own.

    `terms` are the ontology's where their use is to be checked; `screened` lets a faster engine screen many triples.
    Raises OntologyError where the shapes cannot be run, EngineDisagreementError where the engines differ.
    """
    quads = [quad for source in sources for quad in source.quads]
    in_terms = () if terms is None else term_results(quads, terms)
    screening = screening_of(shapes) if screened and len(quads) >= MANY else None
    results = Verdict.of([*engine_results(quads, shapes, screening=screening), *in_terms]).results if quads else ()
    placed = Places(sources)
    findings = [*map(_syntax_finding, broken), *map(placed.finding, results)]
    files = (*(source.name for source in sources), *(error.name for error in broken))
    return Outcome(tuple(sorted(findings, key=order)), files, len(quads))


def order(finding: Finding) -> tuple[str, int, int, tuple[str, ...]]:
    """By file, line and column, then by result: the order in which findings are told."""
    position = finding.position or Position(0, 0)
    return (finding.file, position.line, position.column, finding.result.key())


def _syntax_finding(error: SourceError) -> Finding:
    messages = (("ar", error.arabic), ("en", error.reason))
    result = own_result(SYNTAX, URIRef(error.name), None, messages)
    position = None if error.line is None else Position(error.line, error.column or 1)
    return Finding(result, error.name, position, "", "")


class Places:
    """Finds the file and line of results among sources."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._stating: dict[Node, list[Source]] = {}
        self._evidence: dict[Node, Node] = {}
        self._texts: dict[Node, str] = {}
        self._starts: dict[Node, int] = {}
        for source in sources:
            self._index(source)

    def _index(self, source: Source) -> None:
        for quad in source.quads:
            subject = to_rdflib(quad.subject)
            stating = self._stating.setdefault(subject, [])
            if not stating or stating[-1] is not source:
                stating.append(source)
            if quad.predicate.value == str(KHABAR.evidence):
                self._evidence.setdefault(subject, to_rdflib(quad.object))
            elif quad.predicate.value in _WORDS and isinstance(quad.object, ox.Literal):
                self._texts.setdefault(subject, quad.object.value)
            elif quad.predicate.value == str(KHABAR.start) and str(to_rdflib(quad.object)).isdecimal():
                self._starts.setdefault(subject, int(str(to_rdflib(quad.object))))

    def finding(self, result: Result) -> Finding:
        """The result at the triple that it is about: its value for its path, else its focus node."""
        passage = self._evidence.get(result.focus, result.focus)
        quote, quote_at = self._texts.get(passage, ""), self._starts.get(passage)
        for source, position in self._candidates(result):
            if position is not None:
                return Finding(result, source.name, position, _line(source, position), quote, quote_at)
        stating = self._stating.get(result.focus) or self._stating.get(result.value or result.focus) or []
        return Finding(result, stating[0].name if stating else "", None, "", quote, quote_at)

    def _candidates(self, result: Result) -> Iterator[tuple[Source, Position | None]]:
        predicate = _predicate(result.path)
        for source in self._stating.get(result.focus, []):
            focus, value = source.local(result.focus), None if result.value is None else source.local(result.value)
            yield source, _stated(source, focus, predicate, value)
        for source in self._stating.get(result.value or result.focus, []):
            # An inverse path: the triple stands with the value.
            yield source, _stated(source, source.local(result.value or result.focus), None, source.local(result.focus))
        for source in self._stating.get(result.focus, []):
            yield source, _subject(source, source.local(result.focus))


def _predicate(path: str | None) -> URIRef | None:
    is_plain = path is not None and path.startswith("<") and path.endswith(">") and path.count("<") == 1
    return URIRef(path[1:-1]) if is_plain and path is not None else None


def _stated(source: Source, focus: Node, predicate: URIRef | None, value: Node | None) -> Position | None:
    positions = source.positions
    if positions is None:
        return None
    if value is not None and (found := positions.of_triple(focus, predicate, value)) is not None:
        return found
    return None if predicate is None else positions.of_predicate(focus, predicate)


def _subject(source: Source, focus: Node) -> Position | None:
    if source.positions is not None:
        return source.positions.of_subject(focus)
    return None if isinstance(focus, BNode | Literal) else first_mention(source.text, str(focus))


def _line(source: Source, position: Position) -> str:
    return source.lines[position.line - 1] if position.line <= len(source.lines) else ""
