"""Requests as they come over a connection: in pieces, several at once, the same again."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

Reply = tuple[int, dict[str, str], bytes]


class Client:
    """A connection that says bytes and reads replies."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.socket = socket.create_connection((parts.hostname, parts.port or 0), timeout=10)
        self._read = self.socket.makefile("rb")

    def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)
            time.sleep(0.02)

    def hear(self) -> Reply:
        response = HTTPResponse(self)  # type: ignore[arg-type]  # it asks for a file to read from alone
        response.begin()
        headers = {name: value for name, value in response.getheaders() if name != "date"}
        return response.status, headers, response.read()

    def makefile(self, mode: str) -> Any:
        return _Unclosed(self._read)

    def is_closed(self) -> bool:
        return self._read.read(1) == b""


class _Unclosed:
    """A file that goes on when a reply is over."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def close(self) -> None:
        pass


@contextmanager
def connected(address: str) -> Iterator[Client]:
    client = Client(address)
    with closing(client.socket):
        yield client


def asking(query: str, *fields: str, version: str = "1.1") -> bytes:
    lines = [f"GET /sparql?query={quote(query)} HTTP/{version}", "Host: x", "Accept: text/csv", *fields]
    return "\r\n".join([*lines, "", ""]).encode()


def posting(query: str) -> tuple[bytes, bytes]:
    body = query.encode()
    lines = ["POST /sparql HTTP/1.1", "Host: x", "Accept: text/csv", "Content-Type: application/sparql-query"]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode(), body


def one(value: str) -> str:
    return f'SELECT ("{value}" AS ?x) {{}}'


def values(*replies: Reply) -> list[bytes]:
    return [body.split()[1] for _, _, body in replies]


def test_requests_that_come_at_once_are_answered_in_order(served: str) -> None:
    with connected(served) as client:
        client.say(asking(one("first"), "Cookie: a"))
        first = client.hear()
        healthy = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        several = asking(one("first")) + asking(one("second")) + healthy + asking(one("third"))
        for _ in range(3):
            client.say(several)
            replies = [client.hear() for _ in range(4)]
            assert values(first, replies[0], replies[1], replies[3]) == [b"first", b"first", b"second", b"third"]
            assert json.loads(replies[2][2])["status"] == "ok"


def test_hundreds_of_requests_that_come_at_once_are_answered_in_order(served: str) -> None:
    with connected(served) as client:
        client.say(b"".join(asking(one(str(number % 7))) for number in range(600)))
        assert values(*(client.hear() for _ in range(600))) == [str(number % 7).encode() for number in range(600)]


def test_half_a_body_behind_a_query_that_runs_is_waited_for(served: str) -> None:
    head, body = posting(one("late"))
    slow = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?p ?b . ?c ?q ?d } LIMIT 400000 } }"
    with connected(served) as client:
        client.say(asking(slow) + head, b"", body)
        assert values(client.hear(), client.hear()) == [b"400000", b"late"]


def test_a_request_that_comes_in_pieces_is_one(served: str) -> None:
    with connected(served) as client:
        whole = asking(one("pieces"))
        for cut in (1, 20, len(whole) - 1):
            client.say(whole[:cut], whole[cut:])
            assert values(client.hear()) == [b"pieces"]


def test_a_body_that_looks_like_a_request_that_came_before_is_a_body(served: str) -> None:
    before = asking(one("before"))
    with connected(served) as client:
        for _ in range(3):
            client.say(before)
            assert values(client.hear()) == [b"before"]
        head, body = posting(before.decode())
        client.say(head, body)
        assert client.hear()[0] == 400  # the body is no query
        client.say(before)
        assert values(client.hear()) == [b"before"]


@pytest.mark.parametrize("together", [True, False])
def test_a_query_by_post_is_answered_and_repeated(served: str, together: bool) -> None:
    with connected(served) as client:
        replies = []
        for _ in range(4):
            pieces = posting(one("posted"))
            client.say(*([b"".join(pieces)] if together else pieces))
            replies.append(client.hear())
        assert values(*replies) == [b"posted"] * 4
        assert replies == [replies[0]] * 4


def test_an_update_by_post_is_none_of_it(served: str) -> None:
    with connected(served) as client:
        head, body = posting("INSERT DATA { <urn:s> <urn:p> 1 }")
        client.say(head.replace(b"sparql-query", b"sparql-update") + body)
        assert client.hear()[0] == 403


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_client_that_wants_no_further_reply_gets_none(served: str, version: str) -> None:
    for _ in range(3):
        with connected(served) as client:
            client.say(asking(one("last"), "Connection: close", version=version))
            status, headers, body = client.hear()
            assert (status, headers["connection"], body.split()[1]) == (200, "close", b"last")
            assert client.is_closed()


def test_what_a_client_has_already_is_not_sent_again(served: str) -> None:
    with connected(served) as client:
        client.say(asking(one("tagged")))
        tag = client.hear()[1]["etag"]
        for _ in range(4):
            client.say(asking(one("tagged"), f"If-None-Match: {tag}"))
            status, headers, body = client.hear()
            assert (status, headers["etag"], body) == (304, tag, b"")
            assert "content-length" not in headers
        client.say(asking(one("tagged")))
        assert values(client.hear()) == [b"tagged"]


def test_a_client_that_never_reads_does_not_fill_the_memory(served: str) -> None:
    """The server stops reading from it, so that it cannot say any more."""
    many = asking(one("unread")) * 500
    with connected(served) as client:
        client.socket.settimeout(2)
        with pytest.raises(TimeoutError):
            client.socket.sendall(many * 1000)


def test_each_repetition_has_its_line_in_the_log(small_db: Path, tmp_path: Path, serving: Any) -> None:
    with serving(small_db, tmp_path, "--behind-proxy") as address, connected(address) as client:
        for name in ("192.0.2.1", "192.0.2.2"):
            for _ in range(3):
                client.say(asking("ASK {}", "User-Agent: a\tb", f"X-Forwarded-For: forged, {name}"))
                assert client.hear()[0] == 200
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    told = [(line["client"], line["method"], line["path"], line["query"], line["status"]) for line in lines]
    asked = ("GET", "/sparql", "query=ASK%20%7B%7D", 200)
    assert told == [("192.0.2.1", *asked)] * 3 + [("192.0.2.2", *asked)] * 3
    assert {line["agent"] for line in lines} == {"a\tb"}
