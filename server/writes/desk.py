"""The HTTP process's side of writes: one at a time, each in a process of its own."""

from __future__ import annotations

import socket
import threading
import time

from kg.errors import (
    QueryBusyError,
    QueryError,
    QueryInvalidError,
    QueryMemoryError,
    QueryTimeoutError,
    StoreError,
)
from server.workers.failures import from_failure
from server.workers.pool import GRACE, WorkerPool
from server.workers.process import Worker
from server.workers.protocol import Failure, Kind, read_message
from server.writes.job import DESCRIPTOR, Job, Outcome

_QUEUE = 30.0
"""Seconds that a write waits for the one before it."""

_WAITING = 16
"""Writes that may wait, with the one that runs; each keeps a thread of the server."""


class WriteDesk:
    """Takes writes, one after the other."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._queue = threading.BoundedSemaphore(_WAITING)

    def carry_out(self, job: Job, data: int | None = None) -> Outcome:
        """Carries out a write; it is published and durable on return. `data`: the descriptor of the job's file.

        Raises QueryInvalidError (its text is the W3C report), QueryError, StoreError.
        """
        if not self._queue.acquire(blocking=False):
            raise QueryBusyError("other writes are waiting", retry_after=_QUEUE)
        try:
            if not self._lock.acquire(timeout=_QUEUE):
                raise QueryBusyError("other writes are going on", retry_after=_QUEUE)
            try:
                return self._write(job, data)
            finally:
                self._lock.release()
        finally:
            self._queue.release()

    def _write(self, job: Job, data: int | None) -> Outcome:
        writer = self._pool.fork("writer")
        try:
            return self._ask(writer, job, data)
        finally:
            self._pool.end_process(writer)

    def _ask(self, writer: Worker, job: Job, data: int | None) -> Outcome:
        end = time.monotonic() + job.deadline
        writer.connection.settimeout(job.deadline + GRACE)
        try:
            socket.send_fds(writer.connection, [DESCRIPTOR], [] if data is None else [data])
            writer.connection.sendall(job.encode())
            received = read_message(writer.stream)
        except OSError:
            received = None
        if received is None:
            if time.monotonic() >= end - GRACE:
                raise QueryTimeoutError(f"the write took longer than {job.deadline:g} s", job.deadline)
            raise QueryMemoryError("the write needs too much memory, or its data or its brackets nest too deeply")
        kind, payload = received
        if kind is Kind.WHOLE:
            return Outcome.decode(payload)
        raise _error(Failure.decode(payload))


def _error(failure: Failure) -> QueryError | StoreError:
    if failure.code == "invalid":
        return QueryInvalidError(failure.detail)
    if failure.code == "locked":
        return QueryBusyError(failure.detail, retry_after=5.0)
    if failure.code == "store":
        return StoreError(failure.detail)
    return from_failure(failure)
