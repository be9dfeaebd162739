"""The families of `hostile.toml` and `runaway.toml` as requests, and what becomes of one that is sent."""

from __future__ import annotations

import gzip
import http.client
import socket
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

HERE = Path(__file__).resolve().parent
FORM = "application/x-www-form-urlencoded"
_PATIENCE = 90.0  # seconds; whatever takes longer hangs
_BARE = frozenset({"body", "path", "raw"})  # written in Latin-1, so that every byte can be


@dataclass(frozen=True, slots=True)
class Input:
    """One hostile request. `raw`: `body` is all that goes over the socket."""

    family: str
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False

    def __str__(self) -> str:
        return f"{self.family}: {self.method} {self.path[:60]} {len(self.body):,} bytes {self.body[:70]!r}"


def hostile_inputs(*, ends: bool = False) -> list[Input]:
    """Every input of `hostile.toml`; with `ends`, of those that come in sizes, only the two that the tests send."""
    content = tomllib.loads((HERE / "hostile.toml").read_text(encoding="utf-8"))
    inputs: list[Input] = []
    for family in content["family"]:
        sizes = family.get("sizes", content["default_sizes"])
        inputs += _inputs(family, family.get("ends", [sizes[0], sizes[-1]]) if ends and len(sizes) > 1 else sizes)
    return inputs


def runaway_queries() -> list[tuple[str, str]]:
    """The queries of `runaway.toml`, each with its kind."""
    content = tomllib.loads((HERE / "runaway.toml").read_text(encoding="utf-8"))
    return [(kind, query) for kind, queries in content.items() for query in queries]


def _inputs(family: Mapping[str, Any], sizes: Sequence[int]) -> Iterator[Input]:
    texts = family.get("texts") or [_repeated(each, size) for each in family["each"] for size in sizes]
    for text in texts:
        for headers in family.get("each_headers", [family.get("headers", {})]):
            for media_type in family.get("types", [FORM]):
                yield _input(family, text, {"Content-Type": media_type, **headers})


def _repeated(parts: Mapping[str, str], size: int) -> str:
    opening = parts["open"]
    if "§" in opening:
        opened = "".join(opening.replace("§+", str(n + 1)).replace("§", str(n)) for n in range(size))
    else:
        opened = opening * size
    return (
        parts.get("before", "")
        + opened
        + parts.get("inner", "")
        + parts.get("close", "") * size
        + parts.get("after", "")
    )


def _input(family: Mapping[str, Any], text: str, headers: Mapping[str, str]) -> Input:
    name, to = family["name"], family["to"]
    body = text.encode("latin-1" if to in _BARE else "utf-8")
    if family.get("gzip"):
        body = gzip.compress(body)
    match to:
        case "path":
            return Input(name, "GET", text)
        case "raw":
            return Input(name, "raw", "", body, raw=True)
        case "body":
            return Input(name, "POST", "/sparql", body, headers)
        case "query" | "update":
            return Input(name, "POST", "/sparql", f"{to}={quote(text, safe='')}".encode(), headers)
        case "document":
            return Input(name, "PUT", "/data?graph=urn:hostile", body, headers)
        case "validate":
            return Input(name, "POST", "/validate", body, headers)
        case "reconcile":
            return Input(name, "POST", "/reconcile", f"queries={quote(text, safe='')}".encode(), headers)
    raise ValueError(f"{name}: {to} is no place to send to")


def send(address: str, sent: Input, token: str) -> str:
    """What came back: `outcome`, `broken off` (an answer that could not be finished), `closed`, `silence`."""
    host, port = urlsplit(address).netloc.rsplit(":", 1)
    with closing(socket.create_connection((host, int(port)), timeout=2.0 if sent.raw else _PATIENCE)) as connection:
        try:
            connection.sendall(sent.body if sent.raw else _request(sent, f"{host}:{port}", token))
            with closing(http.client.HTTPResponse(connection, method=sent.method)) as response:
                response.begin()
                return outcome(response.status, response.headers.get("Content-Type", ""), response.read())
        except http.client.IncompleteRead:
            return "broken off"
        except (ConnectionError, http.client.HTTPException):
            return "closed"
        except TimeoutError:
            return "silence" if sent.raw else "no answer"


def _request(sent: Input, host: str, token: str) -> bytes:
    """The request as it is: `http.client` itself would refuse to write some of them."""
    headers = {"Host": host, "Connection": "close", "Authorization": f"Bearer {token}", **sent.headers}
    if sent.method != "GET" and "Transfer-Encoding" not in headers:
        headers["Content-Length"] = str(len(sent.body))
    lines = [f"{sent.method} {sent.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + (b"" if sent.method == "GET" else sent.body)


def outcome(status: int, content_type: str, body: bytes) -> str:
    """The status in words; an error that is neither a problem document nor a page is told apart."""
    if status < 400 or "problem+json" in content_type or "turtle" in content_type:
        return str(status)
    if "json" in content_type and b"error" in body:  # the reconciliation API has errors of its own form
        return str(status)
    return f"{status} (of HTTP itself)" if status in (400, 413, 501, 505) else f"{status} without a problem document"
