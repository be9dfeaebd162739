"""The answer to a query as it comes from a worker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

from server.workers.failures import from_failure
from server.workers.protocol import Failure, Form, Kind
from server.workers.running import Begun

if TYPE_CHECKING:
    from server.workers.pool import WorkerPool


class Answer:
    """A query's answer: `whole` where it fits into one chunk, else to be read once from `chunks()`.

    Leaving the `with` block before the end ends the worker.
    """

    def __init__(self, pool: WorkerPool, begun: Begun, form: Form) -> None:
        self.form = form
        self.whole: bytes | None = None
        self.first = b""
        self._pool = pool
        self._begun: Begun | None = begun

    def __enter__(self) -> Answer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the answer in order; a QueryError in the middle when the worker fails or dies."""
        if self.whole is not None:
            yield self.whole
            return
        yield self.first
        while self._begun is not None:
            received = self._pool.receive(self._begun)
            if received is None:
                begun, self._begun = self._begun, None
                raise self._pool.died(begun)
            kind, payload = received
            if kind is Kind.DATA:
                yield payload
            else:
                self._pool.give_back(self._begun)
                self._begun = None
                if kind is Kind.FAILED:
                    raise from_failure(Failure.decode(payload))

    @property
    def left(self) -> float | None:
        """Seconds that the worker still has; None where it is free again, or gone."""
        return None if self._begun is None else max(self._begun.end - time.monotonic(), 0.0)

    def finish(self, whole: bytes) -> None:
        """Marks the answer as complete in `whole`; the worker is free again."""
        self.whole = whole
        if self._begun is not None:
            self._pool.give_back(self._begun)
            self._begun = None

    def close(self) -> None:
        """Ends the worker if it still has something to say."""
        if self._begun is not None:
            self._pool.discard(self._begun)
            self._begun = None


class AnswerBody:
    """Chunks of an answer; closing it before its end ends the worker (the client has gone)."""

    def __init__(self, answer: Answer, chunks: Iterator[bytes]) -> None:
        self._answer = answer
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    @property
    def left(self) -> float | None:
        """Seconds that a worker still has for the answer; None where none works for it any more."""
        return self._answer.left

    def close(self) -> None:
        """Called by the WSGI server when the reply is over, whole or not."""
        self._answer.close()
