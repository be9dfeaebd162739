"""`/sparql` as a WSGI application: query, update, service description.

An answer that fits into the first 64 KiB is sent whole with a strong ETag; a longer one is streamed. An error before
that is a problem document; an error after it breaks the transfer, so that nothing cut ever looks whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import KhabarError
from server.departure import ENVIRON_KEY
from server.negotiate import accepts_gzip
from server.problems import problem, problem_of
from server.reply import CORS, Headers, Reply
from server.sparql.cache import Kept, Key, ResultCache, keep, may_be_kept
from server.sparql.formats import Formats, content_type, formats
from server.sparql.request import RequestError, SparqlRequest, read_request
from server.workers.answer import Answer, AnswerBody
from server.workers.pool import WorkerPool

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


class SparqlEndpoint:
    """Answers requests of the SPARQL protocol from `pool`. `address` is the endpoint's own, for relative IRIs."""

    def __init__(
        self, pool: WorkerPool, cache: ResultCache, address: AddressOf, describe: Describe, update: Update
    ) -> None:
        self._pool = pool
        self._address = address
        self._cache = cache
        self._describe = describe
        self._update = update

    def answer(self, environ: WSGIEnvironment) -> Reply:
        """The reply to one request; never raises a KhabarError."""
        language = environ.get("HTTP_ACCEPT_LANGUAGE")
        try:
            if environ["REQUEST_METHOD"] == "OPTIONS":
                return Reply(204, list(_PREFLIGHT))
            request = read_request(environ)
            if request.query is not None:
                return self._query(environ, request, request.query)
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

    def cached(self, environ: WSGIEnvironment) -> Reply | None:
        """The reply where the cache holds it, without waiting for anything; else None, and `answer` is to be asked."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._cache.most:
            return None
        try:
            request = read_request(environ)
        except RequestError:
            return None
        if request.query is None:
            return None
        wanted = formats(environ.get("HTTP_ACCEPT"), request.format)
        version = self._pool.version
        found = self._cache.get(_key(version, request, wanted, self._address(environ)))
        return None if found is None else _whole(environ, found, wanted, version)

    def _query(self, environ: WSGIEnvironment, request: SparqlRequest, text: str) -> Reply:
        wanted = formats(environ.get("HTTP_ACCEPT"), request.format)
        version = self._pool.version
        base = self._address(environ)
        key = _key(version, request, wanted, base)
        found = self._cache.get(key)
        if found is not None:
            return _whole(environ, found, wanted, version)
        answer = self._pool.run(
            text,
            wanted,
            client=environ.get("REMOTE_ADDR", ""),
            deadline=request.timeout,
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
            base=base,
            version=version,
            departure=environ.get(ENVIRON_KEY),
        )
        if answer.whole is None:
            return _streamed(environ, answer, wanted, version)
        kept = keep(answer.form, answer.whole)
        if may_be_kept(text):
            self._cache.put(key, kept)
        return _whole(environ, kept, wanted, version)


def _key(version: int, request: SparqlRequest, wanted: Formats, base: str) -> Key:
    return version, request.query or "", wanted, (request.default_graphs, request.named_graphs), base


def _headers(media_type: str | None, version: int) -> Headers:
    return [
        ("Content-Type", content_type(media_type or "application/octet-stream")),
        ("Cache-Control", "no-cache"),
        ("X-Khabar-Version", str(version)),
        VARY,
        *CORS,
    ]


def _whole(environ: WSGIEnvironment, kept: Kept, wanted: Formats, version: int) -> Reply:
    packed = kept.packed if kept.packed is not None and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING")) else None
    tag = f'"{kept.tag}-gzip"' if packed is not None else f'"{kept.tag}"'
    headers = [*_headers(wanted[kept.form], version), ("ETag", tag)]
    if tag in (environ.get("HTTP_IF_NONE_MATCH") or ""):
        return Reply(304, headers)
    if packed is None:
        return Reply(200, headers, kept.body)
    return Reply(200, [*headers, ("Content-Encoding", "gzip")], packed)


def _streamed(environ: WSGIEnvironment, answer: Answer, wanted: Formats, version: int) -> Reply:
    headers = _headers(wanted[answer.form], version)
    if accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING")):
        return Reply(200, [*headers, ("Content-Encoding", "gzip")], AnswerBody(answer, _packed(answer.chunks())))
    return Reply(200, headers, AnswerBody(answer, answer.chunks()))


def _packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(5, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for chunk in chunks:
        if data := packer.compress(chunk):
            yield data
    yield packer.flush()
