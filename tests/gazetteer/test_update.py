"""Against a server of the tests that speaks Wikidata's protocols: throttling, lag, redirects, 429 and 5xx."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.errors import ServiceError
from kg.gazetteer import update
from kg.gazetteer.load import load
from kg.gazetteer.wikidata import BATCH, Client


class Server(ThreadingHTTPServer):
    """Answers with the next of `refusals`, then with what it knows of `entities`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.entities: dict[str, dict[str, object]] = {}
        self.refusals: list[tuple[int, dict[str, str], str]] = []
        self.calls: list[dict[str, list[str]]] = []
        self.agents: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self.server.calls.append(asked)
        self.server.agents.append(self.headers["User-Agent"])
        if self.server.refusals:
            self.reply(*self.server.refusals.pop(0))
        elif "query" in asked:
            item = {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1000"}}
            self.reply(200, {}, json.dumps({"results": {"bindings": [item]}}))
        else:
            found: dict[str, object] = {}
            for name in asked["ids"][0].split("|"):
                entity = self.server.entities.get(name, {"id": name, "missing": ""})
                found[str(entity["id"])] = entity
            self.reply(200, {}, json.dumps({"entities": found}))

    def reply(self, status: int, headers: dict[str, str], body: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def client(server: Server, tmp_path: Path) -> Client:
    return Client("ops@example.org", tmp_path / "cache", f"{server.url}/api", f"{server.url}/sparql", pause=0.01)


@pytest.fixture
def known(folder: Path, add: Callable[..., None]) -> Path:
    add("items.tsv", "freedonia\tQ1000\ta source", "rufus-firefly\tQ1002\ta source")
    return folder


def entity(item: str, arabic: str, **more: object) -> dict[str, object]:
    return {"type": "item", "id": item, "labels": {"ar": {"value": arabic}}, "claims": {}, **more}


def test_items_are_asked_for_in_batches_with_a_contact_and_maxlag(server: Server, client: Client) -> None:
    items = [f"Q{number}" for number in range(1, BATCH + 8)]
    answers = dict(client.entities(items))
    assert list(answers) == items
    assert [len(call["ids"][0].split("|")) for call in server.calls] == [BATCH, 7]
    assert server.calls[0]["maxlag"] == ["5"]
    assert "ops@example.org" in server.agents[0]


def test_an_answer_is_kept_and_asked_for_again_when_it_is_old(server: Server, client: Client) -> None:
    server.entities["Q1000"] = entity("Q1000", "فريدونيا")
    first = dict(client.entities(["Q1000"]))
    assert dict(client.entities(["Q1000"])) == first
    assert len(server.calls) == 1
    client.fresh = timedelta(0)
    assert dict(client.entities(["Q1000"])) == first
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        (429, {"Retry-After": "0"}, "too many requests"),
        (500, {}, "oops"),
        (503, {"Retry-After": "0"}, "busy"),
        (200, {"Retry-After": "0"}, json.dumps({"error": {"code": "maxlag", "info": "5.2 seconds lagged"}})),
    ],
)
def test_it_waits_and_asks_again_when_told_to(
    server: Server, client: Client, refusal: tuple[int, dict[str, str], str]
) -> None:
    server.entities["Q1000"] = entity("Q1000", "فريدونيا")
    server.refusals = [refusal, refusal]
    assert dict(client.entities(["Q1000"]))["Q1000"]["id"] == "Q1000"
    assert len(server.calls) == 3


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ((503, {"Retry-After": "0"}, "busy"), "answers 503"),
        ((403, {}, "blocked"), "answers 403"),
        ((200, {}, "<html>"), "no JSON"),
        ((200, {}, json.dumps({"error": {"code": "badvalue", "info": "Invalid ids"}})), "Invalid ids"),
        ((200, {}, json.dumps({"error": {"code": "maxlag", "info": "lagged"}})), "lag behind"),
    ],
)
def test_it_gives_up_with_a_reason(
    server: Server, client: Client, refusal: tuple[int, dict[str, str], str], told: str
) -> None:
    server.refusals = [refusal] * 10
    with pytest.raises(ServiceError, match=told):
        dict(client.entities(["Q1000"]))


def test_no_server_is_an_error_of_its_own(tmp_path: Path) -> None:
    client = Client("ops@example.org", tmp_path, "http://127.0.0.1:9/api", pause=0.001)
    with pytest.raises(ServiceError):
        dict(client.entities(["Q1000"]))


def test_the_query_service_binds_items(server: Server, client: Client) -> None:
    assert client.select("SELECT ?item { ?item ?p ?o }") == ["Q1000"]
    assert server.calls[0]["query"] == ["SELECT ?item { ?item ?p ?o }"]


def test_merged_gone_and_renamed_items_and_new_names_are_told_apart(
    server: Server, client: Client, known: Path, add: Callable[..., None]
) -> None:
    add("curated/entries.tsv", "b\tPlace\tباء\tB\t\t\t\t\t\t", "c\tPlace\tجيم\tC\t\t\t\t\t\t")
    add("items.tsv", "b\tQ1003\ta source", "c\tQ1004\ta source")
    merged = {"redirects": {"from": "Q1002", "to": "Q2000"}}
    server.entities = {
        "Q1000": entity("Q1000", "فريدونيا", aliases={"ar": [{"value": "مملكة فريدونيا"}]}),
        "Q1002": entity("Q2000", "روفوس فايرفلاي", **merged),
        "Q1003": entity("Q1003", "شيء آخر"),
    }
    gazetteer = load(known)
    found = update.changes(gazetteer, client.entities(["Q1000", "Q1002", "Q1003", "Q1004"]))
    assert {(change.kind, change.key, change.found) for change in found} == {
        ("names", "freedonia", "مملكة فريدونيا"),
        ("merged", "rufus-firefly", "Q2000"),
        ("label", "b", "شيء آخر"),
        ("gone", "c", ""),
    }


def test_merges_and_names_are_written_when_asked_and_the_old_item_still_leads_there(known: Path) -> None:
    found = [
        update.Change("merged", "rufus-firefly", "Q1002", "Q2000"),
        update.Change("names", "freedonia", "Q1000", "مملكة فريدونيا", "Kingdom of Freedonia"),
    ]
    assert update.apply(found, known, date(2026, 1, 5)) == {"merged": 1, "names": 1}
    load.cache_clear()
    gazetteer = load(known)
    assert gazetteer.current("Q1002") == "Q2000"
    assert gazetteer.by_wikidata["Q2000"].key == "rufus-firefly"
    assert "مملكة فريدونيا" in gazetteer.entries["freedonia"].aliases_ar
    assert "Kingdom of Freedonia" in gazetteer.entries["freedonia"].aliases_en
