"""A request of the SPARQL 1.1 Protocol (sections 2.1 and 2.2), read from a WSGI environment without a framework.

This is the hot path: routing and request objects of Flask cost more than the engine takes for a small query.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from werkzeug.http import parse_options_header

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MAX_BODY = 1024 * 1024
"""Bytes of a query or update request; data goes to the Graph Store."""

_MOST_FIELDS = 200
_STRAY = re.compile("%(?![0-9A-Fa-f]{2})")  # no escape, so it stands for itself
_ONCE = frozenset(("query", "update", "format", "timeout"))
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_FORM = "application/x-www-form-urlencoded"
_DIRECT = {"application/sparql-query": "query", "application/sparql-update": "update"}


class RequestError(Exception):
    """The request is not one of the protocol: `kind` and `status` of the problem, `values` for its text."""

    def __init__(self, kind: str, status: int, **values: object) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        self.status = status
        self.values = values


class SparqlRequest(NamedTuple):
    """A query or an update; both are None for the service description.

    `default_graphs` and `named_graphs` are None where the request names no dataset; for an update they are the
    `using-graph-uri` and `using-named-graph-uri`.
    """

    query: str | None = None
    update: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None
    timeout: float | None = None


def read_request(environ: WSGIEnvironment) -> SparqlRequest:
    """Reads a GET, HEAD or POST; RequestError tells what is wrong."""
    method = environ["REQUEST_METHOD"]
    fields = _fields(environ["QUERY_STRING"])
    if method == "POST":
        name, content = _body(environ)
        if name is None:
            fields += _fields(content)
        else:
            fields.append((name, content))
    elif method not in ("GET", "HEAD"):
        raise RequestError("method", 405, allowed="GET, HEAD, POST, OPTIONS")
    request = _gather(fields)
    if method != "POST" and request.update is not None:
        raise RequestError("protocol", 400, reason="an update is sent by POST")
    if method == "POST" and request.query is None and request.update is None:
        raise RequestError("protocol", 400, reason="neither query= nor update= was sent")
    return request


def read_body(environ: WSGIEnvironment, most: int) -> bytes:
    """The request's body; RequestError 413 where it is longer than `most` bytes."""
    try:
        declared = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        raise RequestError("protocol", 400, reason="Content-Length is not a number") from None
    if declared > most:
        raise RequestError("large", 413, bytes=most)
    if declared < 0 and not environ.get("wsgi.input_terminated"):
        return b""
    body = bytes(environ["wsgi.input"].read(declared if declared >= 0 else most + 1))
    if len(body) > most:
        raise RequestError("large", 413, bytes=most)
    return body


def refuse_codings(environ: WSGIEnvironment) -> None:
    """RequestError 415 for a packed body: a few bytes of it may stand for gigabytes."""
    coding = environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
    if coding != "identity":
        raise RequestError("media", 415, reason=f"Content-Encoding {coding} was sent; send the body as it is")


def _body(environ: WSGIEnvironment) -> tuple[str | None, str]:
    """The field that the body is, None for a form; and its text."""
    refuse_codings(environ)
    media_type, parameters = parse_options_header(environ.get("CONTENT_TYPE") or "")
    media_type = media_type.lower()
    if media_type != _FORM and media_type not in _DIRECT:
        raise RequestError(
            "media", 415, reason=f"{media_type or 'no type'} was sent; send {_FORM}, {' or '.join(_DIRECT)}"
        )
    charset = parameters.get("charset", "utf-8").lower().replace("_", "-")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError("media", 415, reason=f"{charset} was sent; send UTF-8")
    try:
        return _DIRECT.get(media_type), read_body(environ, MAX_BODY).decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError("protocol", 400, reason=f"the body is not UTF-8: {error.reason}") from error


def _fields(text: str) -> list[tuple[str, str]]:
    """Names and values of a query string or form, as `urllib.parse.parse_qsl` gives them, in a fourth of the time."""
    pairs = text.split("&")
    if len(pairs) > _MOST_FIELDS:
        raise RequestError("protocol", 400, reason=f"more than {_MOST_FIELDS} parameters were sent")
    try:
        return [(_plain(name), _plain(value)) for name, _, value in (pair.partition("=") for pair in pairs if pair)]
    except UnicodeDecodeError as error:
        raise RequestError("protocol", 400, reason=f"a parameter is not UTF-8: {error.reason}") from error


def _plain(text: str) -> str:
    """Takes percent-encoding off: it is quoted-printable with another sign, which has a decoder in C."""
    text = text.replace("+", " ")
    if "%" not in text:
        return text
    if not text.isascii():
        return unquote(text, errors="strict")
    return a2b_qp(_STRAY.sub("%25", text).replace("=", "=3D").replace("%", "=")).decode()


def _gather(fields: list[tuple[str, str]]) -> SparqlRequest:
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for name, value in fields:
        if name in _ONCE:
            if name in single:
                raise RequestError("protocol", 400, reason=f"{name}= was sent more than once")
            single[name] = value
        elif name.endswith("graph-uri"):
            several.setdefault(name, []).append(value)
    if "query" in single and "update" in single:
        raise RequestError("protocol", 400, reason="send either query= or update=")
    default, named = _DATASET["update" if "update" in single else "query"]
    dataset = default in several or named in several
    return SparqlRequest(
        query=single.get("query"),
        update=single.get("update"),
        default_graphs=tuple(several.get(default, ())) if dataset else None,
        named_graphs=tuple(several.get(named, ())) if dataset else None,
        format=single.get("format") or None,
        timeout=_seconds(single.get("timeout")),
    )


def _seconds(text: str | None) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise RequestError("protocol", 400, reason=f"timeout={text} is no number of seconds")
    return seconds
