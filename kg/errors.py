"""Every error that Khabar raises on purpose.

    KhabarError                    exit code 2: could not run
    ├── UsageError                 the call's words are off
    ├── DataError                  exit code 1: something is wrong in the data, the rest goes on
    │   ├── ReadError              a source cannot be read as an article
    │   ├── RejectedError          a graph does not conform to the shapes
    │   └── GazetteerError         the gazetteer contradicts itself or its sources
    ├── StoreError                 the store cannot be opened, written or published
    │   ├── StoreLockedError       another writer holds the lock
    │   ├── VersionGoneError       a version of the store was deleted
    │   └── StoreFullError         the disk is full
    ├── QueryError                 a query cannot be answered
    │   ├── QuerySyntaxError       it does not parse (line and column where the engine tells)
    │   ├── QueryRefusedError      it asks for something that is not allowed (LOAD, update)
    │   │   └── QueryServiceError  it has SERVICE, for an endpoint that may not be asked from here
    │   ├── QueryTimeoutError      it passed its deadline
    │   ├── QueryMemoryError       it passed its memory limit, or its worker died
    │   ├── QueryCancelledError    somebody who may do so ended it
    │   ├── QueryFormatError       nothing the caller accepts can hold its kind of answer
    │   ├── QueryAnswerTooLargeError  its answer is too large for what is to be made of it
    │   ├── QueryInvalidError      what a write brings does not conform to the shapes
    │   └── QueryBusyError         too many queries wait already
    │       └── QueryLimitError    this caller has taken what one may take
    ├── EngineDisagreementError    two SHACL engines differ about a node
    ├── ServiceError               a service on the network cannot be asked or does not answer
    └── OntologyError              the ontology cannot be loaded or is inconsistent

An error's text is one line that names the place and the mend.
"""

from __future__ import annotations


class KhabarError(Exception):
    """Base of all; `exit_code` is what the command line answers."""

    exit_code = 2


class UsageError(KhabarError):
    """The call's words are off."""


class DataError(KhabarError):
    """Something is wrong in the data; the rest goes on."""

    exit_code = 1


class ReadError(DataError):
    """A source cannot be read as an article: `place` names the file and line, `reason` says why and the mend."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class RejectedError(DataError):
    """A graph does not conform to the shapes."""


class GazetteerError(DataError):
    """The gazetteer contradicts itself or its sources."""


class StoreError(KhabarError):
    """The store cannot be opened, written or published."""


class StoreLockedError(StoreError):
    """Another writer holds the lock."""


class VersionGoneError(StoreError):
    """A version of the store was deleted; ask the current one."""


class StoreFullError(StoreError):
    """The disk is full; the last published version still answers."""


class QueryError(KhabarError):
    """A query cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query does not parse; `line` and `column` count from 1 where the engine tells them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """A query asks for something that is not allowed."""


class QueryServiceError(QueryRefusedError):
    """A query has SERVICE for an endpoint that may not be asked from here."""


class QueryTimeoutError(QueryError):
    """A query passed its deadline of `seconds`."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class QueryMemoryError(QueryError):
    """A query passed its memory limit, or its worker died."""


class QueryCancelledError(QueryError):
    """Somebody who may do so ended the query."""


class QueryFormatError(QueryError):
    """Nothing the caller accepts can hold this kind of answer (solutions, boolean, graph)."""


class QueryAnswerTooLargeError(QueryError):
    """The answer is too large for what is to be made of it."""


class QueryInvalidError(QueryError):
    """What a write brings does not conform to the shapes; its text is the W3C validation report as Turtle."""


class QueryBusyError(QueryError):
    """Too many queries wait already; try again after `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EngineDisagreementError(KhabarError):
    """Two SHACL engines differ about a node: the text names both, the node and the shape."""


class ServiceError(KhabarError):
    """A service on the network cannot be asked or does not answer."""


class QueryLimitError(QueryBusyError):
    """This caller has taken what one may take; try again after `retry_after` seconds."""


class OntologyError(KhabarError):
    """The ontology cannot be loaded or is inconsistent."""
