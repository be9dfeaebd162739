"""A copy of a published version in memory, for workers to be forked from: a query costs a half to a seventh there.

It is made in the workers' parent, which never opens RocksDB itself (whose threads no fork would outlive): a child of it
writes the version down a pipe as N-Quads.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, NoReturn, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import Version

_BYTES_PER_QUAD = 400
"""981,618 quads took 330 MB; a worker that reads all of them makes about as much its own (counts of references)."""

_BUFFER = 1024 * 1024
_RUN = 4 * 1024 * 1024
"""In bytes, some 20,000 quads: 12-minus of `bench/endpoint.py` takes 1.48 × the time of the whole put in order at 256
quads, 1.20 × at 1,024, 1.04 × at 16,384."""

_EMPTY_GRAPHS = "SELECT ?g { GRAPH ?g {} FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"  # N-Quads cannot say them


@dataclass(frozen=True, slots=True)
class Copy:
    """Version `version` in memory."""

    version: int
    graph: ox.Store


def fits(quads: int, workers: int) -> bool:
    """Whether a version of so many quads may be kept in memory: in half of what is free, with what `workers` processes
    make their own and the copy that follows. False where the system does not tell what is free."""
    return 0 < quads * _BYTES_PER_QUAD * (2 + workers) <= _free() // 2


def load(db: Path, number: int, control: socket.socket) -> Copy:
    """Copies version `number` of the store in `db`. StoreError where it cannot be read whole, ConnectionError where the
    other side of `control` leaves meanwhile."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # goes quietly where nobody reads on
        os.close(reading)
        _write_and_end(Version(db, number), writing)
    os.close(writing)
    with os.fdopen(reading, "rb", _BUFFER) as source, ThreadPoolExecutor(1) as thread:
        # In a thread, malloc takes the copy from another arena: in the main one, where workers go on, the holes that
        # loading leaves would nearly double the time of a small query (glibc 2.36).
        graph = thread.submit(_read, source, control).result()
    while _threads() > 1:  # the system takes a moment longer to end one, and no fork should fall into it
        time.sleep(0.001)
    if os.waitpid(writer, 0)[1] != 0:
        raise StoreError(f"{db}: version {number} cannot be read whole")
    return Copy(number, graph)


def _write_and_end(version: Version, descriptor: int) -> NoReturn:
    """Ends this process whatever happens: nothing that the parent goes on to do may be done in its child as well."""
    status = 1
    try:
        _write(version, descriptor)
        status = 0
    except (StoreError, OSError) as error:
        print(error, file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def _write(version: Version, descriptor: int) -> None:
    with version.hold(), os.fdopen(descriptor, "wb", _BUFFER) as target:
        store = version.open()
        empty = store.query(_EMPTY_GRAPHS)
        assert isinstance(empty, ox.QuerySolutions)
        names = [name.value for (name,) in empty if isinstance(name, ox.NamedNode)]
        target.write(json.dumps(names).encode() + b"\n")
        ordered = _ByPredicate(target)
        store.dump(cast("IO[bytes]", ordered), ox.RdfFormat.N_QUADS)
        ordered.close()


class _ByPredicate:
    """N-Quads with neighbouring lines put in the order of their predicates, `_RUN` bytes at a time, for `target`.

    The engine keeps quads in memory in the order they come in. Runs of one predicate nearly halve the time of a query
    that goes through all of its quads, and cost a fifth to a third where those of many subjects are looked up.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Called by the engine."""
        self._held += data
        if len(self._held) > _RUN:
            end = self._held.rfind(b"\n") + 1
            self._send(bytes(self._held[:end]))
            del self._held[:end]
        return len(data)

    def flush(self) -> None:
        """Called by the engine: what is held waits for its neighbours."""

    def close(self) -> None:
        """Writes what is left."""
        self._send(bytes(self._held))

    def _send(self, lines: bytes) -> None:
        self._target.writelines(sorted(lines.splitlines(keepends=True), key=_predicate))


def _predicate(line: bytes) -> bytes:
    return line.split(b" ", 2)[1]  # a subject is an IRI or a blank node: no space in it


def _read(source: BinaryIO, control: socket.socket) -> ox.Store:
    graph = ox.Store()
    for name in json.loads(source.readline() or b"[]"):
        graph.add_graph(ox.NamedNode(name))
    graph.bulk_load(cast("IO[bytes]", _Watched(source, control)), ox.RdfFormat.N_QUADS)
    return graph


class _Watched:
    """A source that ends with a ConnectionError when the other side of a socket is gone."""

    def __init__(self, source: BinaryIO, control: socket.socket) -> None:
        self._source = source
        self._gone = select.poll()
        self._gone.register(control, 0)  # a hang-up is told unasked

    def read(self, size: int) -> bytes:
        """Called by the engine."""
        if self._gone.poll(0):
            raise ConnectionAbortedError("the HTTP process is gone")
        return self._source.read(size)


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def _free() -> int:
    """Bytes that this process may take: what the system has, and what its control group (version 2) leaves."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return 0
    group = Path("/sys/fs/cgroup")
    try:
        most, taken = ((group / name).read_text().strip() for name in ("memory.max", "memory.current"))
    except OSError:
        return free
    return free if most == "max" else min(free, int(most) - int(taken))
