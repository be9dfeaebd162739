"""What a worker tells, or how it ended, as an error of `kg.errors`."""

from __future__ import annotations

import signal

from kg.errors import (
    QueryError,
    QueryFormatError,
    QueryMemoryError,
    QueryRefusedError,
    QueryServiceError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from server.workers.protocol import Failure


def from_failure(failure: Failure) -> QueryError:
    """The error for what a worker tells."""
    if failure.code == "syntax":
        return QuerySyntaxError(failure.detail, failure.line, failure.column)
    if failure.code == "refused":
        return QueryRefusedError(failure.detail)
    if failure.code == "service":
        return QueryServiceError(failure.detail)
    if failure.code == "format":
        return QueryFormatError(failure.detail)
    return QueryError(failure.detail)


def from_death(ended_by: int, late: bool, deadline: float, memory: int) -> QueryError:
    """The error for a worker that was ended by signal `ended_by`; `late` says that its deadline had passed."""
    if late or ended_by in (signal.SIGALRM, signal.SIGXCPU):
        return QueryTimeoutError(f"the query took longer than {deadline:g} s", deadline)
    if ended_by == signal.SIGSEGV:
        return QueryMemoryError("the query nests too deeply for the engine")
    return QueryMemoryError(f"the query needs more memory than {memory // 1024**2} MiB")
