"""What the pool knows of its queries."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Begun:
    """A query that a worker has been handed. `end`: its deadline on the monotonic clock."""

    worker: Worker
    running: Running
    request: Request
    end: float
