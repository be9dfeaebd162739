"""Clients that exist talk to a real server."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

SELECT = "SELECT ?s ?o { ?s <urn:value> ?o } ORDER BY ?s LIMIT 3"


def test_rdflib_reads_the_endpoint_as_a_store(served: str) -> None:
    graph = Graph(store=SPARQLStore(served + "/sparql", returnFormat="json"))
    assert graph.value(URIRef("urn:n:7"), URIRef("urn:value")) == Literal("قيمة 7", lang="ar")
    assert len(list(graph.query(SELECT))) == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "turtle"])
def test_sparqlwrapper(served: str, method: str, form: str) -> None:
    wrapper_of = pytest.importorskip("SPARQLWrapper").SPARQLWrapper
    wrapper = wrapper_of(served + "/sparql")
    wrapper.setMethod(method)
    wrapper.setReturnFormat(form)
    wrapper.setQuery("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3" if form == "turtle" else SELECT)
    result = wrapper.query()
    assert result.response.status == 200
    assert "قيمة".encode() in result.response.read() or form == "turtle"


def test_pandas_reads_csv(served: str) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(served + "/sparql?" + urlencode({"query": SELECT, "format": "csv"}))
    assert list(frame.columns) == ["s", "o"]
    assert frame["o"][0] == "قيمة 0"


def test_curl(served: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not here")
    command = ["curl", "-sf", "--compressed", served + "/sparql", "--data-urlencode", "query=" + SELECT]
    told = subprocess.run([*command, "-H", "Accept: text/csv"], capture_output=True, text=True, check=True).stdout
    assert [row["s"] for row in csv.DictReader(io.StringIO(told))] == ["urn:n:0", "urn:n:1", "urn:n:10"]


def test_comunica(served: str) -> None:
    folder = Path(__file__).parent / "comunica"
    if shutil.which("node") is None or not (folder / "node_modules").exists():
        pytest.skip("Comunica is not here; with Node.js: npm install --prefix tests/server/comunica")
    told = subprocess.run(
        ["node", str(folder / "query.js"), served + "/sparql"], capture_output=True, text=True, check=True
    ).stdout
    row = {"value": "قيمة 7", "language": "ar"}
    assert json.loads(told) == {"select": [row], "ask": True, "construct": 1, "joined": [row]}


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json,*/*;q=0.9",
        "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7,application/n-quads;q=0.7",
    ],
    ids=["YASGUI", "Comunica"],
)
def test_the_forms_of_editors_and_federators(served: str, accept: str) -> None:
    body = urlencode({"query": SELECT}).encode()
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    with urlopen(Request(served + "/sparql", body, headers)) as response:
        assert len(json.load(response)["results"]["bindings"]) == 3
    with urlopen(Request(served + "/sparql", headers={"Accept": "application/n-quads,text/turtle;q=0.95"})) as response:
        assert b"sparql-service-description#endpoint" in response.read()
