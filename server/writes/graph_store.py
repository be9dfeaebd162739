"""`/data`: the SPARQL 1.1 Graph Store HTTP Protocol, by `?graph=`, `?default`, or directly by the graph's address."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from typing import IO, TYPE_CHECKING
from urllib.parse import parse_qs
from uuid import uuid4

import pyoxigraph as ox
from werkzeug.formparser import parse_form_data
from werkzeug.http import parse_options_header

from kg.errors import KhabarError, QueryInvalidError
from server.departure import ENVIRON_KEY
from server.negotiate import best_type
from server.problems import problem, problem_of
from server.reply import CORS, Headers, Reply
from server.services import public_address
from server.sparql.formats import content_type
from server.sparql.request import RequestError, refuse_codings
from server.workers.answer import AnswerBody
from server.workers.pool import WorkerPool
from server.workers.worker import GRAPH_TYPES
from server.writes.desk import WriteDesk
from server.writes.handler import DEADLINE, MEMORY, allowed, done, invalid, is_lenient
from server.writes.job import Act, Job, Part
from server.writes.tokens import Token

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from server.config import ServerConfig

PATH = "/data"
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"

_PREFLIGHT: Headers = [
    ("Allow", METHODS),
    ("Access-Control-Allow-Methods", METHODS),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, Authorization, Prefer"),
    ("Access-Control-Max-Age", "86400"),
    *CORS,
]
_TAKEN = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_ONE_GRAPH_TYPES = tuple(media_type for media_type in GRAPH_TYPES if media_type in _TAKEN)


class GraphStore:
    """Answers requests of the protocol; reading is for everybody, writing for tokens."""

    def __init__(self, config: ServerConfig, pool: WorkerPool, desk: WriteDesk, tokens: Sequence[Token]) -> None:
        self._config = config
        self._pool = pool
        self._desk = desk
        self._tokens = tokens

    def answer(self, environ: WSGIEnvironment) -> Reply:
        """The reply to one request; never raises a KhabarError."""
        language = environ.get("HTTP_ACCEPT_LANGUAGE")
        try:
            return self._answer(environ, environ["REQUEST_METHOD"])
        except RequestError as error:
            return problem(error.kind, error.status, language, **error.values)
        except QueryInvalidError as error:
            return invalid(error)
        except KhabarError as error:
            return problem_of(error, language)

    def _answer(self, environ: WSGIEnvironment, method: str) -> Reply:
        if method == "OPTIONS":
            return Reply(204, list(_PREFLIGHT))
        if method in ("GET", "HEAD"):
            return self._read(environ, self._graph(environ))
        if method not in ("PUT", "POST", "DELETE"):
            raise RequestError("method", 405, allowed=METHODS)
        token = allowed(self._tokens, environ)
        if isinstance(token, Reply):
            return token
        if method == "POST" and not environ["QUERY_STRING"] and environ["PATH_INFO"].rstrip("/") == PATH:
            graph = f"{public_address(self._config, environ)}{PATH}/{uuid4()}"
            reply = self._write(environ, Act.POST, graph, token)
            reply.headers.append(("Location", graph))
            return reply
        return self._write(environ, Act(method.lower()), self._graph(environ), token)

    def _graph(self, environ: WSGIEnvironment) -> str | None:
        """The graph that a request means; None for the unnamed one."""
        asked = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
        if "default" in asked and "graph" not in asked:
            return None
        if "graph" in asked and "default" not in asked and len(asked["graph"]) == 1:
            graph = asked["graph"][0]
        elif not asked and environ["PATH_INFO"].rstrip("/") != PATH:
            graph = public_address(self._config, environ) + raw_path(environ)
        else:
            raise RequestError("protocol", 400, reason="name one graph: ?graph=IRI or ?default")
        try:
            return ox.NamedNode(graph).value
        except ValueError as error:
            raise RequestError("protocol", 400, reason=f"graph: {error}; give an absolute IRI") from error

    def _read(self, environ: WSGIEnvironment, graph: str | None) -> Reply:
        media_type = best_type(environ.get("HTTP_ACCEPT"), _ONE_GRAPH_TYPES)
        language = environ.get("HTTP_ACCEPT_LANGUAGE")
        if media_type is None:
            return problem("format", 406, language, types=", ".join(_ONE_GRAPH_TYPES))
        place = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        version = self._pool.version
        json_type = "application/sparql-results+json"
        run = partial(
            self._pool.run,
            client=environ.get("REMOTE_ADDR", ""),
            departure=environ.get(ENVIRON_KEY),
            version=version,
            union=False,
        )
        with run(f"ASK {{ {place} }}", (None, json_type, None)) as found:
            exists = graph is None or b"true" in b"".join(found.chunks())
        if not exists:
            return problem("missing", 404, language, iri=graph)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {place} }}"
        answer = run(query, (None, None, media_type))
        headers = [
            ("Content-Type", content_type(media_type)),
            ("Vary", "Accept"),
            ("Cache-Control", "no-cache"),
            ("X-Khabar-Version", str(version)),
            *CORS,
        ]
        return Reply(200, headers, answer.whole if answer.whole is not None else AnswerBody(answer, answer.chunks()))

    def _write(self, environ: WSGIEnvironment, act: Act, graph: str | None, token: Token) -> Reply:
        with tempfile.TemporaryFile() as data:
            parts = () if act is Act.DELETE else _parts(environ, graph or public_address(self._config, environ), data)
            job = Job(
                act,
                DEADLINE,
                MEMORY,
                graph=graph,
                parts=parts,
                protected="protected" in token.rights,
                lenient=is_lenient(environ),
            )
            data.flush()
            outcome = self._desk.carry_out(job, data.fileno())
        if act is Act.DELETE and not outcome.existed:
            return problem("missing", 404, environ.get("HTTP_ACCEPT_LANGUAGE"), iri=graph)
        return done(outcome, 204 if outcome.existed or act is Act.DELETE else 201)


def raw_path(environ: WSGIEnvironment) -> str:
    """The path as the client wrote it: a percent-encoded name is another graph than a decoded one."""
    return str(environ.get("REQUEST_URI") or environ["PATH_INFO"]).partition("?")[0]


def _parts(environ: WSGIEnvironment, base: str, data: IO[bytes]) -> tuple[Part, ...]:
    """The triples of the request's body, copied into `data`: the writer reads them, not the HTTP process."""
    refuse_codings(environ)
    media_type, parameters = parse_options_header(environ.get("CONTENT_TYPE") or "")
    if media_type == "multipart/form-data":
        _, _, uploads = parse_form_data(environ)
        sent = [(str(upload.mimetype), upload.stream) for _, upload in uploads.items(multi=True)]
    else:
        if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
            raise RequestError("media", 415, reason="send UTF-8")
        sent = [(media_type, environ["wsgi.input"])]
    parts = []
    for sent_type, stream in sent:
        if sent_type not in _TAKEN:
            raise RequestError("media", 415, reason=f"{sent_type or 'no type'} was sent; send {', '.join(_TAKEN)}")
        start = data.tell()
        shutil.copyfileobj(stream, data)
        parts.append(Part(start, data.tell() - start, sent_type, base))
    return tuple(parts)
