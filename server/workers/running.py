"""What the pool knows of its queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.workers.process import Worker
from server.workers.protocol import Request


@dataclass(slots=True)
class Running:
    """One query that waits or runs; for the list of running queries."""

    id: int
    text: str
    client: str
    since: float  # time.time()
    deadline: float  # seconds
    pid: int | None = None
    cancelled: bool = False


@dataclass(slots=True)
class Counts:
    """What happened so far, for the metrics."""

    forked: int = 0
    died: int = 0
    refused: int = 0


@dataclass(slots=True, eq=False)
class Begun:
    """A query that a worker has been handed, at `since`. `end`: its deadline; both on the monotonic clock."""

    worker: Worker
    running: Running
    request: Request
    end: float
    since: float


@dataclass(slots=True, eq=False)
class Turn:
    """A query that waits for a place among those that run, until its deadline `end`. `ready` is called, in whatever
    thread, when it gets one; `begun` is None then where a worker is to be forked yet."""

    running: Running
    request: Request
    end: float
    ready: Callable[[Turn], object]
    has_place: bool = False
    begun: Begun | None = None
