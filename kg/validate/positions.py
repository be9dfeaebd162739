"""Where in a file each triple stands; `kg.validate.locate` finds it out.

Lines and columns count from 1, columns in code points. A triple stands where its object does, a subject where it is
first mentioned as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from rdflib.term import Literal, Node

Triple = tuple[Node, Node, Node]


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
