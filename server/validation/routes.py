"""`POST /validate`: data of any RDF media type in, the report in a negotiated one out."""

from __future__ import annotations

import threading
import time

from flask import Blueprint, Response, request

from kg.errors import QueryBusyError
from server.negotiate import best_type
from server.pages.errors import answer
from server.pages.i18n import page_language
from server.reply import CORS
from server.services import services
from server.validation.job import INPUTS, OUTPUTS, Job
from server.workers.failures import from_death
from server.workers.pool import GRACE, WorkerPool
from server.workers.protocol import read_message

LARGEST = 10 * 1024**2
"""Bytes of data that are taken."""

DEADLINE = 30.0
"""Seconds that a validation has."""

MEMORY = 1024**3
"""Bytes that it may take beyond what it starts with."""

AT_ONCE = 2
"""Validations that run at a time."""

WAITING = 4
"""Validations that wait for a place, at most `DEADLINE` seconds; beyond them others are refused at once, since each
that waits keeps a thread of the server."""

routes = Blueprint("validation", __name__)
_places = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + WAITING)


@routes.post("/validate")
def validate() -> Response:
    """The report on the data in the request's body; its status is 200 whether or not they conform."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return answer("media", 415, reason="Send the body as it is, without Content-Encoding.")
    if request.mimetype not in INPUTS:
        return answer("media", 415, reason=f"Send one of: {', '.join(INPUTS)}.")
    accepted = best_type(request.headers.get("Accept"), tuple(OUTPUTS))
    if accepted is None:
        return answer("format", 406, types=", ".join(OUTPUTS))
    data = request.stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        return answer("large", 413, bytes=LARGEST)
    body = carry_out(services().pool, Job(request.mimetype, accepted, page_language(), DEADLINE, MEMORY, data))
    response = Response(body, content_type=f"{accepted}; charset=utf-8")
    response.headers.extend(CORS)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    return response


def carry_out(pool: WorkerPool, job: Job) -> bytes:
    """Runs a validation in a process of its own.

    Raises QueryBusyError, QueryTimeoutError, QueryMemoryError, StoreError.
    """
    if not _queue.acquire(blocking=False):
        raise QueryBusyError("other validations are going on", retry_after=job.deadline)
    try:
        if not _places.acquire(timeout=job.deadline):
            raise QueryBusyError("other validations are going on", retry_after=job.deadline)
        try:
            return _ask(pool, job)
        finally:
            _places.release()
    finally:
        _queue.release()


def _ask(pool: WorkerPool, job: Job) -> bytes:
    validator = pool.fork("validator")
    end = time.monotonic() + job.deadline
    validator.connection.settimeout(job.deadline + GRACE)
    try:
        validator.connection.sendall(job.encode())
        received = read_message(validator.stream)
    except OSError:
        received = None
    ended_by = pool.end_process(validator)
    if received is None:
        raise from_death(ended_by, time.monotonic() >= end - GRACE, job.deadline, job.memory)
    return received[1]
