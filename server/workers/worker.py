"""A query worker: one process that opens a published version read-only and answers queries one after another.

It parses, too: a few kilobytes of nested brackets end the process that parses them (`kg/sparql.py` sees most of them).
"""

from __future__ import annotations

import gc
import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryRefusedError, QueryServiceError, StoreError
from kg.sparql import check, has_dataset, syntax_error
from kg.store import Version
from server.search.find import find_iris
from server.search.rewrite import MOST, Find, rewrite
from server.workers.copy import Copy
from server.workers.endpoints import check_address
from server.workers.limits import confine, give_way, lift_memory_limit, limit_memory, start_clock, stop_clock
from server.workers.protocol import CHUNK, Failure, Form, Kind, Request, message, split_message

_AT_ONCE = 16 * 1024  # bytes; most requests are shorter

_SOLUTION_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
SOLUTION_TYPES = tuple(_SOLUTION_FORMATS)
GRAPH_TYPES = tuple(GRAPH_FORMATS)


class _FailedError(Exception):
    """Carries a Failure to where it is sent."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class _OpenVersion:
    """The version that this worker holds open; it moves when a request names another than that of `copy`."""

    def __init__(self, db: Path, memory: int, copy: Copy | None) -> None:
        self._db = db
        self._memory = memory
        self._copy = copy
        self._number: int | None = None
        self._store: ox.Store | None = None
        self._hold = ExitStack()

    def search(self, words: str) -> list[str]:
        """The IRIs of what matches words in the open version; QueryRefusedError while its index is being made."""
        return find_iris(self._db, self._number or 0, words, MOST)

    def at(self, number: int) -> ox.Store:
        """The store of version `number`; raises `_FailedError` with code gone when it was deleted."""
        if self._store is None or number != self._number:
            lift_memory_limit()
            self._store = None
            self._hold.close()
            if self._copy is not None and self._copy.version == number:
                self._store = self._copy.graph
            else:
                self._store = self._open(number)
            self._number = number
            limit_memory(self._memory)
        return self._store

    def _open(self, number: int) -> ox.Store:
        version = Version(self._db, number)
        try:
            self._hold.enter_context(version.hold())
            return version.open()
        except StoreError as error:
            raise _FailedError(Failure("gone", str(error))) from error


class _Sink:
    """Takes what the engine serialises; sends it on in chunks, or whole when it fits into one."""

    def __init__(self, connection: socket.socket, form: Form) -> None:
        self._connection = connection
        self._form = bytes([form])
        self._held = bytearray()
        self._started = False

    def write(self, data: bytes) -> int:
        """Called by the engine."""
        self._held += data
        if len(self._held) >= CHUNK:
            self.flush_chunk()
        return len(data)

    def flush(self) -> None:
        """Called by the engine at its end; `finish` sends the rest."""

    def flush_chunk(self) -> None:
        """Sends what is held: as START where nothing was sent yet, else as DATA."""
        begin = message(Kind.DATA, self._held) if self._started else message(Kind.START, self._form + self._held)
        self._started = True
        self._connection.sendall(begin)
        self._held.clear()

    def finish(self) -> None:
        """Sends the rest and the end."""
        if self._started:
            self._connection.sendall(message(Kind.DATA, self._held) + message(Kind.END))
        else:
            self._connection.sendall(message(Kind.WHOLE, self._form + self._held))


def work(
    connection: socket.socket, db: Path, memory: int, endpoints: tuple[str, ...] = (), copy: Copy | None = None
) -> None:
    """Answers requests until the other side closes. `memory`: bytes a query may take beyond the open store.

    `copy`: a version that need not be opened.
    `endpoints`: what SERVICE may name; where that is anything, this process keeps its network.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # nothing here makes cycles that outlive a query
    give_way()
    missing = confine(network=bool(endpoints))
    version = _OpenVersion(db, memory, copy)
    with suppress(ConnectionError):  # the other side may leave at any time
        connection.sendall(message(Kind.READY, json.dumps(missing).encode()))
        for request in _requests(connection):
            try:
                store = version.at(request.version)
                start_clock(request.deadline)
                _answer(store, request, connection, version.search, endpoints)
            except _FailedError as error:
                connection.sendall(error.failure.encode())
            finally:
                stop_clock()


def _requests(connection: socket.socket) -> Iterator[Request]:
    """Those that come, until the other side closes; straight from the socket, since a file object costs more."""
    received = b""
    while True:
        split = split_message(received)
        if isinstance(split, int):
            more = connection.recv(max(split, _AT_ONCE))
            if not more:
                return
            received += more
        else:
            _, payload, received = split
            yield Request.decode(payload)


def _answer(
    store: ox.Store, request: Request, connection: socket.socket, search: Find, endpoints: tuple[str, ...]
) -> None:
    try:
        for endpoint in check(request.text, endpoints):
            check_address(endpoint)
        result = _evaluate(store, rewrite(request.text, search), request)
        if isinstance(result, ox.QueryBoolean):
            sink = _Sink(connection, Form.BOOLEAN)
            result.serialize(cast("IO[bytes]", sink), _SOLUTION_FORMATS[_format(request, Form.BOOLEAN)])
        elif isinstance(result, ox.QuerySolutions):
            sink = _Sink(connection, Form.SOLUTIONS)
            result.serialize(cast("IO[bytes]", sink), _SOLUTION_FORMATS[_format(request, Form.SOLUTIONS)])
        else:
            sink = _Sink(connection, Form.GRAPH)
            result.serialize(cast("IO[bytes]", sink), GRAPH_FORMATS[_format(request, Form.GRAPH)])
    except QueryServiceError as error:
        raise _FailedError(Failure("service", str(error))) from error
    except QueryRefusedError as error:
        raise _FailedError(Failure("refused", str(error))) from error
    except SyntaxError as error:
        found = syntax_error(str(error))
        raise _FailedError(Failure("syntax", str(found), found.line, found.column)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise _FailedError(Failure("evaluation", str(error))) from error
    sink.finish()


def _evaluate(store: ox.Store, text: str, request: Request) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if request.default_graphs is None and request.named_graphs is None:
        union = request.union and not has_dataset(text)
        return store.query(text, base_iri=request.base, use_default_graph_as_union=union)
    return store.query(
        text,
        base_iri=request.base,
        default_graph=[ox.NamedNode(iri) for iri in request.default_graphs or ()],
        named_graphs=[ox.NamedNode(iri) for iri in request.named_graphs or ()],
    )


def _format(request: Request, form: Form) -> str:
    media_type = request.formats[form]
    if media_type is None:
        raise _FailedError(Failure("format", form.name.lower()))
    return media_type
