"""The process of one write: takes the writer's lock, changes, asks the gate, publishes; or leaves nothing behind.

Like a query worker it has no network, a memory limit and a deadline; a writer that dies half-way is undone by the next.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KhabarError, QueryError, QueryRefusedError, QuerySyntaxError, StoreLockedError
from kg.gate import Verdict, report_graph
from kg.gate.shapes import default_shapes
from kg.gate.verdict import Severity
from kg.rdf.iris import Iris
from kg.store import Change, base_iri
from kg.store import write as write_change
from server.workers.limits import confine, limit_memory, start_clock, stop_clock
from server.workers.protocol import Failure, Kind, message, read_message
from server.writes.change import change_of, graph_name
from server.writes.job import DESCRIPTOR, Act, Job, Outcome
from server.writes.judgement import judge


def warm() -> None:
    """Loads what every write needs, once, before processes are forked."""
    default_shapes()


def write(connection: socket.socket, db: Path) -> None:
    """Answers one job and ends."""
    with suppress(ConnectionError):
        missing = confine()
        connection.sendall(message(Kind.READY, b"[]" if not missing else b'["seccomp"]'))
        descriptors = socket.recv_fds(connection, len(DESCRIPTOR), 1)[1]
        received = read_message(connection.makefile("rb"))
        if received is None:
            return
        job = Job.decode(received[1])
        limit_memory(job.memory)
        start_clock(job.deadline)
        connection.sendall(_answer(job, db, *descriptors))
        stop_clock()


def _answer(job: Job, db: Path, data: int | None = None) -> bytes:
    try:
        return _carry_out(job, db, data).encode()
    except QuerySyntaxError as error:
        return Failure("syntax", str(error), error.line, error.column).encode()
    except QueryRefusedError as error:
        return Failure("refused", str(error)).encode()
    except SyntaxError as error:  # of data
        return Failure("syntax", str(error), error.lineno, error.offset).encode()
    except _InvalidError as error:
        return Failure("invalid", error.report).encode()
    except StoreLockedError as error:
        return Failure("locked", str(error)).encode()
    except (KhabarError, ValueError) as error:
        return Failure("evaluation" if isinstance(error, QueryError | ValueError) else "store", str(error)).encode()


class _InvalidError(Exception):
    """What the change brings does not conform; `report` is the W3C report as Turtle."""

    def __init__(self, report: str) -> None:
        super().__init__("the change does not conform")
        self.report = report


def _carry_out(job: Job, db: Path, data: int | None) -> Outcome:
    verdicts: list[Verdict] = []
    existed: list[bool] = []
    iris = Iris(base_iri(db))
    find = change_of(job, db, data)

    def found(before: ox.Store) -> Change:
        if job.act is not Act.UPDATE:
            existed.append(any(True for _ in before.quads_for_pattern(None, None, None, graph_name(job))))
        return find(before)

    def judged(before: ox.Store, change: Change) -> None:
        if not job.protected:
            _spare_kept(change, iris)
        verdicts.append(judge(before, change))
        refusing = Severity.VIOLATION if job.lenient else Severity.WARNING
        if any(result.severity.at_least(refusing) for result in verdicts[0].results):
            raise _InvalidError(_turtle(verdicts[0]))

    version, change = write_change(db, found, judged)
    report = _turtle(verdicts[0]) if verdicts and verdicts[0].results else None
    number = version.number if version is not None else None
    return Outcome(number, len(change.added), len(change.removed), all(existed), report)


def _spare_kept(change: Change, iris: Iris) -> None:
    """QueryRefusedError for a change to a graph that Khabar keeps itself: articles, actors, links, occurrences …"""
    for quad in (*change.added, *change.removed):
        name = quad.graph_name
        if isinstance(name, ox.NamedNode) and name.value.startswith((iris.article(""), iris.graph(""))):
            raise QueryRefusedError(f"the graph {name.value} is kept by Khabar itself; this token may not change it")


def _turtle(verdict: Verdict) -> str:
    return report_graph(verdict).serialize(format="turtle")
