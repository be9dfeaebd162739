"""`/sparql` as a WSGI application: query, update, service description.

An answer that fits into the first 64 KiB is sent whole with a strong ETag; a longer one is streamed. An error before
that is a problem document; an error after it breaks the transfer, so that nothing cut ever looks whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KhabarError, QueryServiceError
from server.departure import ENVIRON_KEY
from server.negotiate import accepts_gzip
from server.problems import problem, problem_of
from server.reply import CORS, Headers, Reply
from server.sparql.cache import Kept, Key, ResultCache, keep, may_be_kept
from server.sparql.formats import content_type, formats
from server.sparql.request import RequestError, SparqlRequest, read_request
from server.workers.answer import Answer, AnswerBody
from server.workers.pool import WorkerPool
from server.workers.protocol import Form, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

VARY = ("Vary", "Accept, Accept-Encoding")
_PREFLIGHT: Headers = [
    ("Allow", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Content-Type, Authorization, If-None-Match, Prefer"),
    ("Access-Control-Max-Age", "86400"),
    *CORS,
]

AddressOf = Callable[["WSGIEnvironment"], str]
Describe = Callable[["WSGIEnvironment"], Reply]
Update = Callable[["WSGIEnvironment", SparqlRequest], Reply]


class Prepared(NamedTuple):
    """A query as the workers take it, and the key of its answer in the cache."""

    request: Request
    key: Key


class SparqlEndpoint:
    """Answers requests of the SPARQL protocol from `pool`. `address` is the endpoint's own, for relative IRIs.

    `federation`: the workers for queries with SERVICE; None refuses them. Their answers are not kept.
    """

    def __init__(
        self,
        pool: WorkerPool,
        cache: ResultCache,
        address: AddressOf,
        describe: Describe,
        update: Update,
        federation: WorkerPool | None = None,
    ) -> None:
        self._pool = pool
        self._address = address
        self._cache = cache
        self._describe = describe
        self._update = update
        self._federation = federation

    @property
    def federates(self) -> bool:
        """Whether there are workers for queries with SERVICE."""
        return self._federation is not None

    def answer(self, environ: WSGIEnvironment) -> Reply:
        """The reply to one request; never raises a KhabarError."""
        language = environ.get("HTTP_ACCEPT_LANGUAGE")
        try:
            if environ["REQUEST_METHOD"] == "OPTIONS":
                return Reply(204, list(_PREFLIGHT))
            request = read_request(environ)
            if request.query is not None:
                return self._query(environ, request)
            if request.update is not None:
                return self._update(environ, request)
            return self._describe(environ)
        except RequestError as error:
            reply = problem(error.kind, error.status, language, **error.values)
            if error.status == 405:
                reply.headers.append(("Allow", "GET, HEAD, POST, OPTIONS"))
            return reply
        except KhabarError as error:
            return problem_of(error, language)

    def prepare(self, environ: WSGIEnvironment) -> Prepared | None:
        """What is needed to answer a query; None for anything else."""
        try:
            request = read_request(environ)
        except RequestError:
            return None
        return None if request.query is None else self._prepared(environ, request)

    def cached(self, environ: WSGIEnvironment, prepared: Prepared) -> Reply | None:
        """The reply where the cache holds it."""
        found = self._cache.get(prepared.key) if self._cache.most else None
        if found is None:
            return None
        reply = _whole(environ, found, prepared)
        reply.again = prepared.request.version
        return reply

    def reply(self, environ: WSGIEnvironment, prepared: Prepared, answer: Answer) -> Reply:
        """The reply that carries an answer; a whole one is kept."""
        if answer.whole is None:
            return _streamed(environ, answer, prepared)
        kept = keep(answer.form, answer.whole)
        if self._cache.most and may_be_kept(prepared.request.text):
            self._cache.put(prepared.key, kept)
        return _whole(environ, kept, prepared)

    def failed(self, environ: WSGIEnvironment, error: KhabarError) -> Reply:
        """The reply to a query that cannot be answered."""
        return problem_of(error, environ.get("HTTP_ACCEPT_LANGUAGE"))

    def _prepared(self, environ: WSGIEnvironment, asked: SparqlRequest) -> Prepared:
        wanted = formats(environ.get("HTTP_ACCEPT"), asked.format)
        most = self._pool.limits.deadline
        deadline = most if asked.timeout is None else min(asked.timeout, most)
        base, version = self._address(environ), self._pool.version
        request = Request(version, asked.query or "", wanted, deadline, asked.default_graphs, asked.named_graphs, base)
        key = (version, request.text, wanted, (asked.default_graphs, asked.named_graphs), base)
        return Prepared(request, key)

    def _query(self, environ: WSGIEnvironment, asked: SparqlRequest) -> Reply:
        prepared = self._prepared(environ, asked)
        found = self.cached(environ, prepared)
        if found is not None:
            return found
        client, departure = environ.get("REMOTE_ADDR", ""), environ.get(ENVIRON_KEY)
        try:
            return self.reply(environ, prepared, self._pool.carry_out(prepared.request, client, departure))
        except QueryServiceError:  # a worker has read the query; nothing here reads what strangers write
            if self._federation is None:
                raise
            answer = self._federation.carry_out(prepared.request, client, departure)
            if answer.whole is None:
                return _streamed(environ, answer, prepared)
            return _whole(environ, keep(answer.form, answer.whole), prepared)


def _headers(request: Request, form: Form) -> Headers:
    return [
        ("Content-Type", content_type(request.formats[form] or "application/octet-stream")),
        ("Cache-Control", "no-cache"),
        ("X-Khabar-Version", str(request.version)),
        VARY,
        *CORS,
    ]


def _whole(environ: WSGIEnvironment, kept: Kept, prepared: Prepared) -> Reply:
    packed = kept.packed() if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING")) else None
    tag = f'"{kept.tag}-gzip"' if packed is not None else f'"{kept.tag}"'
    headers = [*_headers(prepared.request, kept.form), ("ETag", tag)]
    if tag in (environ.get("HTTP_IF_NONE_MATCH") or ""):
        return Reply(304, headers)
    if packed is None:
        return Reply(200, headers, kept.body)
    return Reply(200, [*headers, ("Content-Encoding", "gzip")], packed)


def _streamed(environ: WSGIEnvironment, answer: Answer, prepared: Prepared) -> Reply:
    headers = _headers(prepared.request, answer.form)
    if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING")):
        return Reply(200, [*headers, ("Content-Encoding", "gzip")], AnswerBody(answer, _packed(answer.chunks())))
    return Reply(200, headers, AnswerBody(answer, answer.chunks()))


def _packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(5, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for chunk in chunks:
        if data := packer.compress(chunk):
            yield data
    yield packer.flush()
