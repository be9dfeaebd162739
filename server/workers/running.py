"""What the pool knows of its queries."""

from __future__ import annotations

from dataclasses import dataclass


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
