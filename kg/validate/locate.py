"""rdflib's parsers, made to keep the positions they read at."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableSequence
from io import StringIO
from typing import Any

from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.nquads import NQuadsParser
from rdflib.plugins.parsers.ntriples import DummySink, W3CNTriplesParser
from rdflib.plugins.parsers.trig import TrigSinkParser
from rdflib.term import BNode, Literal, Node, URIRef

from kg.validate.positions import Positions, Triple, line_starts

_LABEL = re.compile(r"_:([A-Za-z0-9_:](?:[-\w:.]*[-\w:])?)")
_SPACE = re.compile(r"(?:\s|#[^\n\r]*)*")
_BOM = "\ufeff"


def locate_turtle(text: str, base: str, is_trig: bool = False) -> Positions:
    """The positions of a Turtle or TriG text that is known to be well formed.

    Raises SyntaxError, ValueError, IndexError, AssertionError or RecursionError where rdflib cannot follow what the
    parser that read the file before could.
    """
    body = text.removeprefix(_BOM)
    positions = Positions(text)
    sink = _Sink(Graph(), positions, len(text) - len(body))
    parser = (_TrigParser if is_trig else _NotingParser)(sink, baseURI=base, turtle=True)
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
        self.members: list[int] = []

    def newBlankNode(self, arg: Any = None, uri: str | None = None, why: Any = None) -> BNode:  # noqa: N802
        # The same file gives the same labels, so that results can be compared between runs.
        self.counter += 1
        return BNode(f"anonymous-{self.counter}")

    def newLiteral(self, s: str, dt: URIRef | None = None, lang: str | None = None) -> Literal:  # noqa: N802
        return Literal(s, lang=lang, datatype=dt, normalize=False)

    def makeStatement(self, quadruple: tuple[Any, Any, Any, Any], why: Any = None) -> None:  # noqa: N802
        if self.members and quadruple[1] == RDF.first:
            self.subject_at = self.object_at = self.members.pop(0)
        _context, predicate, subject, value = (self.normalise(None, part) for part in quadruple)
        triple = (subject, predicate, value)
        self.positions.note(triple, self.subject_at + self.shift, self.object_at + self.shift)


class _NotingParser(SinkParser):
    """Tells the sink where the subject and the object of each statement begin, and each member of a list."""

    _store: _Sink

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists: list[list[int]] = []
        self._found: list[int] = []
        self._subjects: list[int] = [0]
        self._members: list[list[int] | None] = [None]  # of the lists that are being read; None within another node
        self._depth = 0

    def statement(self, argstr: str, i: int) -> int:
        self._subjects.append(_after_space(argstr, i))
        end = super().statement(argstr, i)
        self._subjects.pop()
        return end

    def node(self, argstr: str, i: int, res: MutableSequence[Any], subjectAlready: Any = None) -> int:  # noqa: N803
        self._depth += 1
        is_list = argstr.startswith("(", _after_space(argstr, i))
        self._members.append([] if is_list else None)
        end = super().node(argstr, i, res, subjectAlready)
        self._members.pop()
        self._depth -= 1
        return end

    def item(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        members = self._members[-1]
        if members is not None:
            members.append(_after_space(argstr, i))
        end = super().item(argstr, i, res)
        if members is not None:
            # A list is told to the sink once its last member is read, after the lists among its members.
            self._store.members = members.copy()
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
