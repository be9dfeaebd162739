import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from kg.errors import QueryLimitError
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.clients import ClientLimits, Clients
from server.workers.limits import Limits
from server.writes.tokens import read_tokens

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"


def test_a_client_has_so_many_queries_at_a_time_and_others_are_not_held_back() -> None:
    clients = Clients(ClientLimits(at_a_time=2))
    clients.enter("a")
    clients.enter("a")
    with pytest.raises(QueryLimitError):
        clients.enter("a")
    clients.enter("b")
    clients.leave("a", 0.1)
    clients.enter("a")


def test_query_time_is_used_up_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    clients = Clients(ClientLimits(seconds=60, saved=10))
    clients.enter("a")
    clients.leave("a", 30)
    with pytest.raises(QueryLimitError) as error:
        clients.enter("a")
    assert error.value.retry_after == 21
    now[0] = 21.0
    clients.enter("a")


@pytest.fixture
def app(small_db: Path, tmp_path: Path) -> Iterator[Flask]:
    (tmp_path / "tokens.toml").write_text('[tokens.a]\ntoken = "watch-the-queries"\nrights = ["queries"]\n')
    limits = Limits(workers=2, deadline=2.0, client=ClientLimits(at_a_time=1))
    app = create_app(ServerConfig(small_db, limits=limits, tokens=read_tokens(tmp_path / "tokens.toml")))
    yield app
    stop_app(app)


def test_a_running_query_is_seen_and_ended_by_a_token_and_a_second_one_is_429(app: Flask) -> None:
    client, statuses = app.test_client(), []

    def run() -> None:
        statuses.append(app.test_client().get("/sparql?query=" + quote(SLOW)).status_code)

    thread = threading.Thread(target=run)
    thread.start()
    assert client.get("/running").status_code == 401
    headers = {"Authorization": "Bearer watch-the-queries"}

    def slow() -> list[dict[str, int]]:
        return [query for query in json.loads(client.get("/running", headers=headers).data) if query["query"] == SLOW]

    while not (listed := slow()):
        time.sleep(0.01)
    second = client.get("/sparql?query=" + quote(SLOW + " "))
    assert (second.status_code, second.headers["Retry-After"]) == (429, "1")
    assert client.delete(f"/running/{listed[0]['id']}", headers=headers).status_code == 204
    thread.join()
    assert statuses == [503]
    assert client.delete(f"/running/{listed[0]['id']}", headers=headers).status_code == 404
