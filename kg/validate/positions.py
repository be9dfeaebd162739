"""Where in a file each triple stands: rdflib's parsers, made to keep the positions they read at.

Lines and columns count from 1, columns in code points. A triple stands where its object does, a subject where it is
first mentioned as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, MutableSequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import DummySink, W3CNTriplesParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.term import BNode, Literal, Node, URIRef

Triple = tuple[Node, Node, Node]

_LABEL = re.compile(r"_:([A-Za-z0-9_:](?:[-\w:.]*[-\w:])?)")
_SPACE = re.compile(r"(?:\s|#[^\n\r]*)*")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file; both count from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Positions:
    """What a parser noted: the triples of the file, and the offset in its text of each triple and each subject."""

    text: str
    triples: list[Triple] = field(default_factory=list)
    _by_triple: dict[tuple[Node, Node, Node], int] = field(default_factory=dict)
    _by_predicate: dict[tuple[Node, Node], int] = field(default_factory=dict)
    _by_value: dict[tuple[Node, Node], int] = field(default_factory=dict)
    _by_subject: dict[Node, int] = field(default_factory=dict)
    _line_starts: list[int] = field(default_factory=list)

    def note(self, triple: Triple, subject_at: int, object_at: int) -> None:
        """Keeps where a triple was read; the first place it stands at wins."""
        subject, predicate, value = triple[0], triple[1], _key(triple[2])
        self.triples.append(triple)
        self._by_triple.setdefault((subject, predicate, value), object_at)
        self._by_predicate.setdefault((subject, predicate), object_at)
        self._by_value.setdefault((subject, value), object_at)
        self._by_subject.setdefault(subject, subject_at)

    def of_triple(self, subject: Node, predicate: Node | None, value: Node) -> Position | None:
        """Where the file states the triple; with None for the predicate, any triple of that subject and value."""
        if predicate is None:
            return self._position(self._by_value.get((subject, _key(value))))
        return self._position(self._by_triple.get((subject, predicate, _key(value))))

    def of_predicate(self, subject: Node, predicate: Node) -> Position | None:
        """Where the file first gives the subject a value for the predicate."""
        return self._position(self._by_predicate.get((subject, predicate)))

    def of_subject(self, subject: Node) -> Position | None:
        """Where the file first has the node as a subject."""
        return self._position(self._by_subject.get(subject))

    def _position(self, offset: int | None) -> Position | None:
        if offset is None:
            return None
        if not self._line_starts:
            self._line_starts = line_starts(self.text)
        return _at(self._line_starts, offset)


def line_starts(text: str) -> list[int]:
    """The offset of the first character of each line; CR, LF and CRLF end lines."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def position_in(text: str, offset: int) -> Position:
    """The line and column of a code point of a text."""
    return _at(line_starts(text), offset)


def _at(starts: list[int], offset: int) -> Position:
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


def _key(value: Node) -> Node:
    # rdflib normalises what abbreviated numbers look like, so literals are looked up by their normal form.
    if isinstance(value, Literal) and value.datatype is not None:
        return Literal(str(value), datatype=value.datatype)
    return value


def locate_turtle(text: str, base: str, is_trig: bool = False) -> Positions:
    """The positions of a Turtle or TriG text that is known to be well formed.

    Raises SyntaxError, ValueError, IndexError, AssertionError or RecursionError where rdflib cannot follow what the
    parser that read the file before could.
    """
    body = text.removeprefix(_BOM)
    positions = Positions(text)
    sink = _Sink(Graph(), positions, len(text) - len(body))
    parser = (_TrigParser if is_trig else _TurtleParser)(sink, baseURI=base, turtle=True)
    parser.loadBuf(body)
    return positions


def locate_nquads(text: str) -> Positions:
    """The positions of an N-Quads or N-Triples text that is known to be well formed.

    Raises ValueError or rdflib's ParserError where rdflib cannot follow what the parser that read it before could.
    """
    parser = _NQuadsParser(text)
    # The N-Triples parser's reading of lines, with the N-Quads parser's of each: its own wants a store to fill.
    W3CNTriplesParser.parse(parser, _Whole(text, newline=""))
    return parser.positions


class _Sink(RDFSink):
    """Notes each triple at the offsets that the parser has told last, and keeps literals as they are written."""

    def __init__(self, graph: Graph, positions: Positions, shift: int) -> None:
        super().__init__(graph)
        self.positions = positions
        self.shift = shift
        self.subject_at = 0
        self.object_at = 0

    def newBlankNode(self, arg: Any = None, uri: str | None = None, why: Any = None) -> BNode:  # noqa: N802
        # The same file gives the same labels, so that results can be compared between runs.
        self.counter += 1
        return BNode(f"anonymous-{self.counter}")

    def newLiteral(self, s: str, dt: URIRef | None = None, lang: str | None = None) -> Literal:  # noqa: N802
        return Literal(s, lang=lang, datatype=dt, normalize=False)

    def makeStatement(self, quadruple: tuple[Any, Any, Any, Any], why: Any = None) -> None:  # noqa: N802
        _context, predicate, subject, value = (self.normalise(None, part) for part in quadruple)
        triple = (subject, predicate, value)
        self.positions.note(triple, self.subject_at + self.shift, self.object_at + self.shift)


class _NotingParser(SinkParser):
    """Tells the sink where the subject and the object of each statement begin."""

    _store: _Sink

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists: list[list[int]] = []
        self._found: list[int] = []
        self._subjects: list[int] = [0]
        self._depth = 0

    def statement(self, argstr: str, i: int) -> int:
        self._subjects.append(_after_space(argstr, i))
        end = super().statement(argstr, i)
        self._subjects.pop()
        return end

    def node(self, argstr: str, i: int, res: MutableSequence[Any], subjectAlready: Any = None) -> int:  # noqa: N803
        self._depth += 1
        end = super().node(argstr, i, res, subjectAlready)
        self._depth -= 1
        return end

    def anonymousNode(self, ln: str) -> BNode:  # noqa: N802
        return BNode(ln)

    def property_list(self, argstr: str, i: int, subj: Node) -> int:
        # The property list of an anonymous node has no statement of its own: it begins after the bracket.
        self._subjects.append(_after_space(argstr, i) if self._depth else self._subjects[-1])
        end = super().property_list(argstr, i, subj)
        self._subjects.pop()
        return end

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:  # noqa: N802
        self._lists.append([])
        end = super().objectList(argstr, i, res)
        self._found = self._lists.pop()[::-1]
        return end

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        start = _after_space(argstr, i)
        self._store.subject_at, self._store.object_at = self._subjects[-1], start
        end = super().object(argstr, i, res)
        if end >= 0 and self._lists:
            self._lists[-1].append(start)
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802
        self._store.subject_at = self._subjects[-1]
        if self._found:
            self._store.object_at = self._found.pop()
        super().makeStatement(quadruple)


def _after_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return offset if match is None else match.end()


class _TurtleParser(_NotingParser):
    pass


class _TrigParser(_NotingParser, TrigSinkParser):
    pass


class _Whole(StringIO):
    """Gives all of its text in one reading: rdflib takes a CRLF for two line ends where its buffer parts them."""

    def read(self, size: int | None = -1, /) -> str:
        return super().read()


class _NoStore(DummySink):
    """Stands for the dataset and for each graph of it: the triples are noted, not kept."""

    def __init__(self) -> None:
        self.length = 0

    def get_context(self, _name: Node) -> _NoStore:
        return self

    @property
    def default_context(self) -> _NoStore:
        return self

    def add(self, _triple: Triple) -> None:
        return None


class _NQuadsParser(NQuadsParser):
    """Notes each line's triple."""

    def __init__(self, text: str) -> None:
        super().__init__(_NoStore())
        self.positions = Positions(text)
        self._starts = line_starts(text)
        self._number = 0
        self._full = ""
        self._parts: list[tuple[Node, int]] = []

    def readline(self) -> str | None:
        line = super().readline()
        self._number += 1
        self._full = line or ""
        return line

    def parseline(self, bnode_context: Any = None) -> None:
        self._parts = []
        super().parseline(bnode_context)
        if len(self._parts) == 3:
            (subject, subject_at), (predicate, _), (value, object_at) = self._parts
            self.positions.note((subject, predicate, value), subject_at, object_at)

    def subject(self, bnode_context: Any = None) -> Any:
        return self._noted(super().subject, bnode_context)

    def predicate(self) -> Any:
        return self._noted(super().predicate)

    def object(self, bnode_context: Any = None) -> Any:
        return self._noted(super().object, bnode_context)

    def nodeid(self, bnode_context: Any = None) -> Any:
        node = super().nodeid({})
        if node:
            return BNode(_LABEL.findall(self._full[: len(self._full) - len(self.line or "")])[-1])
        return node

    def _noted(self, read: Callable[..., Any], *args: Any) -> Any:
        offset = self._starts[self._number - 1] + len(self._full) - len(self.line or "")
        term = read(*args)
        self._parts.append((term, offset))
        return term
