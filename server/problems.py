"""Errors over HTTP: RFC 9457 problem documents, in Arabic or English as the client prefers.

{"type": "https://w3id.org/khabar/problem/syntax", "title": …, "status": 400, "detail": …, "line": 2, "column": 9}
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib.resources import files

from kg.errors import (
    KhabarError,
    QueryAnswerTooLargeError,
    QueryBusyError,
    QueryCancelledError,
    QueryError,
    QueryFormatError,
    QueryLimitError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    UsageError,
)
from server.negotiate import best_language
from server.reply import CORS, Reply
from server.sparql.formats import types_of

PROBLEM_BASE = "https://w3id.org/khabar/problem/"

_KINDS: tuple[tuple[type[KhabarError], str, int], ...] = (
    (QuerySyntaxError, "syntax", 400),
    (QueryRefusedError, "refused", 403),
    (QueryTimeoutError, "timeout", 504),
    (QueryMemoryError, "memory", 507),
    (QueryLimitError, "rate", 429),
    (QueryBusyError, "busy", 503),
    (QueryCancelledError, "cancelled", 503),
    (QueryFormatError, "format", 406),
    (QueryAnswerTooLargeError, "answer-large", 413),
    (QueryError, "evaluation", 400),
    (StoreError, "store", 503),
    (UsageError, "parameters", 400),
    (KhabarError, "internal", 500),
)


@lru_cache
def messages(language: str) -> dict[str, dict[str, str]]:
    """Titles and details of the problems in `ar` or `en`."""
    found: dict[str, dict[str, str]] = json.loads(
        files("server").joinpath("messages", f"{language}.json").read_text("utf-8")
    )
    return found


def document(kind: str, status: int, language: str, **values: object) -> dict[str, object]:
    """The members of a problem document of `kind` (a key of the messages); `values` fill its detail and are members."""
    text = messages(language)[kind]
    told = {name: value for name, value in values.items() if value is not None}
    detail = text["detail"].format_map({**dict.fromkeys(("line", "column"), "?"), **told})
    return {"type": PROBLEM_BASE + kind, "title": text["title"], "status": status, "detail": detail, **told}


def problem(kind: str, status: int, accept_language: str | None, **values: object) -> Reply:
    """The problem document as a reply, in the language that the client prefers, else English."""
    language = best_language(accept_language, "en")
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Language", language),
        ("Vary", "Accept, Accept-Language"),
        ("Cache-Control", "no-store"),
        *CORS,
    ]
    if "seconds" in values and status in (429, 503):
        headers.append(("Retry-After", str(values["seconds"])))
    return Reply(status, headers, json.dumps(document(kind, status, language, **values), ensure_ascii=False).encode())


def problem_of(error: KhabarError, accept_language: str | None) -> Reply:
    """The problem document for an error of Khabar."""
    kind, status, values = describe(error)
    return problem(kind, status, accept_language, **values)


def describe(error: KhabarError) -> tuple[str, int, dict[str, object]]:
    """The kind of problem that an error is, its status, and the values of its text."""
    kind, status = next((kind, status) for cls, kind, status in _KINDS if isinstance(error, cls))
    if isinstance(error, QuerySyntaxError):
        return kind, status, {"reason": str(error), "line": error.line, "column": error.column}
    if isinstance(error, QueryBusyError):
        return kind, status, {"seconds": math.ceil(error.retry_after)}
    if isinstance(error, QueryTimeoutError):
        return kind, status, {"seconds": round(error.seconds, 3)}
    if isinstance(error, QueryFormatError):
        return kind, status, {"types": types_of(str(error))}
    return kind, status, {"reason": str(error)}
