"""The W3C tests of the SPARQL protocol, the Graph Store protocol and the service description, against a real server."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2].parent / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = "http://www.w3.org/ns/sparql-service-description#"
SECRET = "a-token-for-these-tests-only"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}

pytestmark = [
    pytest.mark.skipif(not ROOT.is_dir(), reason="the W3C tests (../shared/w3c) are not here"),
    pytest.mark.slow,
]


def manifest(name: str) -> Graph:
    graph = Graph()
    if (ROOT / name).is_file():
        graph.parse(ROOT / name, format="turtle", publicID=f"https://w3c.example/{name}")
    return graph


def entries(graph: Graph) -> list[Node]:
    return [entry for found in graph.objects(None, MF.entries) for entry in Collection(graph, found)]


PROTOCOL, INDIRECT, DIRECT = (
    manifest(name)
    for name in (
        "protocol/manifest.ttl",
        "graph-store-protocol/manifest-indirect.ttl",
        "graph-store-protocol/manifest-direct.ttl",
    )
)


def name_of(node: Node) -> str:
    return str(node).rpartition("#")[2]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes


class Client:
    """Sends a manifest's requests; keeps the address of the graph that a POST made."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made = ""

    def send(self, graph: Graph, request: Node) -> Answer:
        def text(subject: Node | None, predicate: Node) -> str:
            found = graph.value(subject, predicate) if subject is not None else None
            return str(found) if found is not None else ""

        headers = {"Authorization": f"Bearer {SECRET}"}
        listed = graph.value(request, HT.headers)
        for header in Collection(graph, listed) if listed is not None else ():
            headers[text(header, HT.fieldName)] = text(header, HT.fieldValue)
        content = graph.value(request, HT.body)
        body = text(content, CNT.chars).encode(text(content, CNT.characterEncoding) or "utf-8")
        if "boundary" in headers.get("content-type", ""):
            body = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        path = self.path(text(request, HT.absolutePath))
        return self.ask(text(request, HT.methodName), path, body, headers)

    def clear(self) -> None:
        """Each test expects an empty store."""
        headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/sparql-update"}
        assert self.ask("POST", "/sparql", b"CLEAR ALL", headers).status == 200

    def path(self, path: str) -> str:
        path = path.replace("$LOCATION$", self.made)
        return "/data" + path.removeprefix("/gsp") if path.startswith("/gsp") else path

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        with closing(http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)) as connection:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body or method in ("PUT", "POST"):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            with connection.getresponse() as response:
                self.made = response.headers.get("Location") or self.made
                return Answer(response.status, response.headers, response.read())


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, publish_quads: Callable[..., int], serving: Any
) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("protocol")
    publish_quads(folder / "db", [])
    tokens = folder / "tokens.toml"
    tokens.write_text(f'[tokens.tests]\ntoken = "{SECRET}"\nrights = ["write", "protected"]\n')
    with serving(folder / "db", folder, "--tokens", str(tokens), "--in-memory", "off") as address:
        yield Client(address)


def check(graph: Graph, entry: Node, client: Client) -> None:
    action = graph.value(entry, MF.action)
    requests = graph.value(action, HT.requests)
    assert requests is not None
    for request in Collection(graph, requests):
        answer = client.send(graph, request)
        response = graph.value(request, HT.resp)
        statuses = [name_of(status) for status in graph.objects(response, MF.expectedStatus)]
        allowed = any(
            answer.status // 100 == int(status[-3])
            if status.startswith("StatusCode")
            else answer.status == STATUS[status]
            for status in statuses
        )
        assert allowed, (answer.status, statuses, answer.body)
        check_content(graph, response, answer)


def check_content(graph: Graph, response: Node | None, answer: Answer) -> None:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    expected = graph.value(response, MF.expectedFormat)
    assert expected is None or kind in FORMATS[str(expected)]
    truth = graph.value(response, MF.expectedBoolean)
    assert truth is None or json.loads(answer.body)["boolean"] == truth.toPython()  # type: ignore[attr-defined]  # literal
    body = graph.value(graph.value(response, HT.body), CNT.chars) if graph.value(response, HT.body) else None
    if body is not None:
        assert canonical(answer.body) == canonical(str(body).encode())


def canonical(turtle: bytes) -> set[ox.Quad]:
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE, base_iri="http://www.example/gsp/")
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


@pytest.mark.parametrize("entry", entries(PROTOCOL), ids=name_of)
def test_protocol(client: Client, entry: Node) -> None:
    headers = {"Authorization": f"Bearer {SECRET}", "Content-Type": "application/n-triples"}
    client.clear()
    for data in PROTOCOL.objects(entry, UT.graphData):
        file = ROOT / "protocol" / str(PROTOCOL.value(data, UT.graph)).rpartition("/")[2]
        name = PROTOCOL.value(data, RDFS.label)
        assert client.ask("PUT", f"/data?graph={name}", file.read_bytes(), headers).status in (201, 204)
    check(PROTOCOL, entry, client)


@pytest.mark.parametrize("entry", entries(INDIRECT), ids=name_of)
def test_graph_store_by_parameter(client: Client, entry: Node) -> None:
    client.clear()
    check(INDIRECT, entry, client)


@pytest.mark.parametrize("entry", entries(DIRECT), ids=name_of)
def test_graph_store_by_address(client: Client, entry: Node) -> None:
    client.clear()
    check(DIRECT, entry, client)


def description(client: Client) -> list[ox.Triple]:
    answer = client.ask("GET", "/sparql", b"", {"Accept": "text/turtle"})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    return [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.TURTLE)]


def test_service_description_returns_rdf(client: Client) -> None:
    assert len(description(client)) > 10


def test_service_description_has_the_endpoint(client: Client) -> None:
    endpoint = ox.NamedNode(client.address + "/sparql")
    found = [triple.object for triple in description(client) if triple.predicate.value == SD + "endpoint"]
    assert found == [endpoint]


def test_service_description_conforms_to_its_schema(client: Client) -> None:
    """Domains and ranges of the vocabulary (SPARQL 1.1 Service Description, section 3) hold for what is described."""
    triples = description(client)
    types = {(triple.subject, triple.object) for triple in triples if triple.predicate.value.endswith("#type")}
    for triple in triples:
        name = triple.predicate.value.removeprefix(SD)
        if name == triple.predicate.value:
            continue
        owner = {"defaultGraph": "Dataset", "namedGraph": "Dataset"}.get(name, "Service")
        assert (triple.subject, ox.NamedNode(SD + owner)) in types
        if name in ("defaultDataset", "availableGraphs"):
            assert (triple.object, ox.NamedNode(SD + "Dataset")) in types
