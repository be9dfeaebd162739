"""SPARQL Update on `/sparql`, and what it shares with the Graph Store: rights, and outcomes as replies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from werkzeug.http import parse_options_header

from kg.errors import QueryInvalidError
from server.problems import problem
from server.reply import CORS, Reply
from server.services import public_address
from server.sparql.request import SparqlRequest
from server.writes.desk import WriteDesk
from server.writes.job import Act, Job, Outcome
from server.writes.tokens import Token, owner

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from server.config import ServerConfig

DEADLINE = 60.0
"""Seconds a write has."""

MEMORY = 2 * 1024**3
"""Bytes a write may take beyond what it starts with."""


class Updates:
    """Carries out updates for whoever holds a token with the right to write."""

    def __init__(self, config: ServerConfig, desk: WriteDesk, tokens: Sequence[Token]) -> None:
        self._config = config
        self._desk = desk
        self._tokens = tokens

    def __call__(self, environ: WSGIEnvironment, request: SparqlRequest) -> Reply:
        """The reply to an update request; raises KhabarError."""
        token = allowed(self._tokens, environ)
        if isinstance(token, Reply):
            return token
        job = Job(
            Act.UPDATE,
            DEADLINE,
            MEMORY,
            text=request.update or "",
            base=public_address(self._config, environ) + environ["PATH_INFO"],
            using=request.default_graphs,
            using_named=request.named_graphs,
            protected="protected" in token.rights,
            lenient=is_lenient(environ),
        )
        try:
            return done(self._desk.carry_out(job), 200)
        except QueryInvalidError as error:
            return invalid(error)


def allowed(tokens: Sequence[Token], environ: WSGIEnvironment) -> Token | Reply:
    """The token that lets the request write, or the reply that refuses it."""
    language = environ.get("HTTP_ACCEPT_LANGUAGE")
    if not tokens:
        return problem("updates-off", 403, language)
    token = owner(tokens, environ.get("HTTP_AUTHORIZATION"))
    if token is None:
        reply = problem("unauthorized", 401, language)
        reply.headers.append(("WWW-Authenticate", 'Bearer realm="khabar"'))
        return reply
    if "write" not in token.rights:
        return problem("refused", 403, language, reason=f"the token {token.name} may not write")
    return token


def is_lenient(environ: WSGIEnvironment) -> bool:
    """Whether the client asks that warnings be kept (RFC 7240, section 4.4)."""
    preferences = [parse_options_header(part)[0] for part in environ.get("HTTP_PREFER", "").split(",")]
    return "handling=lenient" in [preference.replace(" ", "").lower() for preference in preferences]


def done(outcome: Outcome, status: int) -> Reply:
    """The reply to a write that was carried out; with warnings, their report."""
    headers = [("X-Khabar-Version", str(outcome.version)), *CORS]
    if outcome.report is not None:
        return Reply(200, [*headers, ("Content-Type", "text/turtle; charset=utf-8")], outcome.report.encode())
    if status in (204, 201):
        return Reply(status, headers)
    body = json.dumps({"version": outcome.version, "added": outcome.added, "removed": outcome.removed}).encode()
    return Reply(status, [*headers, ("Content-Type", "application/json")], body)


def invalid(error: QueryInvalidError) -> Reply:
    """422 with the W3C validation report."""
    return Reply(422, [("Content-Type", "text/turtle; charset=utf-8"), *CORS], str(error).encode())
