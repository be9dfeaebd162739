"""The W3C test suites of SPARQL 1.1 and 1.2, through the query workers and the writer's way of updating.

`w3c_expected_failures.toml` lists what fails and why. It may only shrink: an unexpected pass fails the run.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import QueryError, QueryRefusedError, QuerySyntaxError
from kg.sparql import has_dataset
from server.workers.limits import Limits
from server.workers.pool import WorkerPool
from server.workers.protocol import Form
from server.writes.change import change_of
from server.writes.job import Act, Job

ROOT = Path(__file__).resolve().parents[2].parent / "shared" / "w3c" / "rdf-tests" / "sparql"
EXPECTED = tomllib.loads((Path(__file__).parent / "w3c_expected_failures.toml").read_text(encoding="utf-8"))
ELSEWHERE = {"protocol", "graph-store-protocol", "http-rdf-update", "service-description"}  # test_w3c_protocol.py
SITE = "https://w3c.github.io/rdf-tests/sparql/"
NOTHING = SITE + "nothing"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
JSON = ("application/sparql-results+json", "application/sparql-results+json", "application/n-triples")
CSV = ("text/csv", "text/csv", None)
TSV = ("text/tab-separated-values", "text/tab-separated-values", None)
DATA = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}

BLANK = re.compile(r"_:\w+")

FOLDERS = sorted(
    f"{path.parent.parent.name}/{path.parent.name}"
    for path in ROOT.glob("sparql1[12]/*/manifest.ttl")
    if path.parent.name not in ELSEWHERE
)
pytestmark = [
    pytest.mark.skipif(not FOLDERS, reason="the W3C tests (../shared/w3c) are not here"),
    pytest.mark.slow,
]


def file_of(iri: Node) -> Path:
    return ROOT / str(iri).removeprefix(SITE)


def names_in(iri: str) -> list[str]:
    """The named graphs that a file of quads holds."""
    if not iri.endswith(".trig"):
        return []
    quads = ox.parse(file_of(URIRef(iri)).read_bytes(), format=ox.RdfFormat.TRIG, base_iri=iri)
    return sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)})


def triples_of(path: Path, base: str) -> list[ox.Triple]:
    parsed = ox.parse(path.read_bytes(), format=DATA[path.suffix], base_iri=base, rename_blank_nodes=True)
    return [quad.triple for quad in parsed]


def in_graph(iri: Node, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """What a file says, in the graph `name`; what a file of quads has in named graphs stays there."""
    path = file_of(iri)
    parsed = ox.parse(path.read_bytes(), format=DATA[path.suffix], base_iri=str(iri), rename_blank_nodes=True)
    return [
        quad if isinstance(quad.graph_name, ox.NamedNode) else ox.Quad(quad.subject, quad.predicate, quad.object, name)
        for quad in parsed
    ]


@pytest.fixture(scope="module", params=["files", "memory"])
def pool(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    publish_quads: Callable[..., int],
    in_memory: Callable[..., AbstractContextManager[WorkerPool]],
) -> Iterator[WorkerPool]:
    """Workers over every data file of the suites, each a graph named by its IRI."""
    quads = []
    for path in ROOT.rglob("*"):
        if path.suffix not in DATA or path.name.startswith("manifest"):
            continue
        if path.suffix == ".trig" and path.stem != "data-4":
            continue  # the one file of quads that a query reads; those of updates use the same graphs
        iri = SITE + str(path.relative_to(ROOT))
        try:
            quads += in_graph(URIRef(iri), ox.NamedNode(iri))
        except SyntaxError:
            continue  # files of negative syntax tests
    db = tmp_path_factory.mktemp("w3c") / "db"
    publish_quads(db, quads)
    limits = Limits(workers=1, deadline=20)
    if request.param == "memory":
        with in_memory(db, limits) as pool:
            yield pool
        return
    pool = WorkerPool(db, limits)
    yield pool
    pool.stop()


@cache
def manifest_of(folder: str) -> tuple[Graph, list[Node]]:
    """The manifest of a folder, and its tests."""
    manifest = Graph()
    manifest.parse(ROOT / folder / "manifest.ttl", format="turtle", publicID=f"{SITE}{folder}/manifest.ttl")
    return manifest, [entry for found in manifest.objects(None, MF.entries) for entry in Collection(manifest, found)]


def kind_of(manifest: Graph, entry: Node) -> str:
    return str(manifest.value(entry, RDF.type)).rpartition("#")[2]


def name_of(entry: Node) -> str:
    return str(entry).rpartition("#")[2]


def cases_of(folder: str, *, updates: bool) -> tuple[Graph, list[Node]]:
    manifest, entries = manifest_of(folder)
    return manifest, [entry for entry in entries if ("Update" in kind_of(manifest, entry)) == updates]


def folders_with(kinds: str) -> list[str]:
    """The folders whose manifests name tests of such kinds; parsing them all takes a while."""
    return [name for name in FOLDERS if re.search(kinds, (ROOT / name / "manifest.ttl").read_text(encoding="utf-8"))]


def test_what_is_listed_is_there() -> None:
    for folder, listed in EXPECTED.items():
        assert listed.keys() <= {name_of(entry) for entry in manifest_of(folder)[1]}


@pytest.mark.parametrize("folder", folders_with("QueryEvaluationTest|tiveSyntaxTest|CSVResultFormatTest"))
def test_only_the_listed_queries_fail(folder: str, pool: WorkerPool) -> None:
    manifest, entries = cases_of(folder, updates=False)
    assert entries
    failed = {name_of(entry) for entry in entries if not answered(manifest, entry, pool)}
    assert failed == EXPECTED.get(folder, {}).keys() & set(map(name_of, entries))


@pytest.mark.parametrize("folder", folders_with("Update(Evaluation|Syntax)Test|tiveUpdateSyntax"))
def test_only_the_listed_updates_fail(folder: str, tmp_path: Path) -> None:
    manifest, entries = cases_of(folder, updates=True)
    assert entries
    failed = {name_of(entry) for entry in entries if not updated(manifest, entry, tmp_path)}
    assert failed == EXPECTED.get(folder, {}).keys() & set(map(name_of, entries))


def answered(manifest: Graph, entry: Node, pool: WorkerPool) -> bool:
    """Whether a test of a query passes."""
    kind, action = kind_of(manifest, entry), manifest.value(entry, MF.action)
    assert action is not None
    if kind.endswith(("SyntaxTest11", "SyntaxTest")):
        return is_query(action, pool) == (not kind.startswith("Negative"))
    assert kind in ("QueryEvaluationTest", "CSVResultFormatTest"), kind
    result = manifest.value(entry, MF.result)
    assert result is not None
    return answers(manifest, action, result, pool)


def updated(manifest: Graph, entry: Node, scratch: Path) -> bool:
    """Whether a test of an update passes."""
    kind, action = kind_of(manifest, entry), manifest.value(entry, MF.action)
    assert action is not None
    if kind.endswith(("SyntaxTest11", "SyntaxTest")):
        return is_update(action, scratch) == (not kind.startswith("Negative"))
    assert kind == "UpdateEvaluationTest", kind
    result = manifest.value(entry, MF.result)
    assert result is not None
    return updates(manifest, action, result, scratch)


def is_query(action: Node, pool: WorkerPool) -> bool:
    text = file_of(action).read_text(encoding="utf-8")
    return parses(lambda: pool.run(text, JSON, base=str(action), default_graphs=(NOTHING,)).close())


def is_update(action: Node, scratch: Path) -> bool:
    job = Job(Act.UPDATE, 5, 1, text=file_of(action).read_text(encoding="utf-8"), base=str(action))
    return parses(lambda: change_of(job, scratch, None)(disk_store(scratch)))


def parses(run: Callable[[], object]) -> bool:
    try:
        run()
    except QuerySyntaxError:
        return False
    except QueryRefusedError as error:  # SERVICE and LOAD are not parsed at all; else it parsed and could not run
        return "another host" not in str(error)
    except QueryError:
        return True
    return True


@lru_cache(maxsize=1)
def disk_store(scratch: Path) -> ox.Store:
    """A store for all updates of a folder, which change nothing in it: each tells what it would change."""
    (scratch / "versions").mkdir(exist_ok=True)
    return ox.Store(str(scratch / "before"))


def answers(manifest: Graph, action: Node, result: Node, pool: WorkerPool) -> bool:
    query = manifest.value(action, QT.query) or action
    text = file_of(query).read_text(encoding="utf-8")
    default = tuple(str(data) for data in manifest.objects(action, QT.data)) or (NOTHING,)
    named = tuple(str(data) for data in manifest.objects(action, QT.graphData))
    named += tuple(name for data in default for name in names_in(data))
    own = has_dataset(text)
    dataset: dict[str, Any] = {} if own else {"default_graphs": default, "named_graphs": named}
    expected = file_of(result)
    formats = {".csv": CSV, ".tsv": TSV}.get(expected.suffix, JSON)
    try:
        with pool.run(text, formats, base=str(query), **dataset) as answer:
            body = b"".join(answer.chunks())
    except QueryError:
        return False
    if expected.suffix == ".csv":
        return rows_of_csv(body.decode()) == rows_of_csv(expected.read_text(encoding="utf-8"))
    if answer.form is Form.GRAPH:
        found = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        return same(found, triples_of(expected, str(result)))
    if answer.form is Form.BOOLEAN:
        return as_boolean(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)) == expected_boolean(expected)
    ordered = "order by" in text.lower().rpartition("}")[2]
    form = ox.QueryResultsFormat.TSV if expected.suffix == ".tsv" else ox.QueryResultsFormat.JSON
    return same(as_triples(body, form, ordered=ordered), expected_rows(expected, str(result), ordered=ordered))


def rows_of_csv(text: str) -> list[list[tuple[str, str]]]:
    """The rows whatever the order of their columns, which a `SELECT *` leaves open."""
    rows = csv.DictReader(io.StringIO(re.sub(r"_:\w+", "_:b", text)))
    return sorted(sorted(row.items()) for row in rows)


def as_boolean(found: object) -> bool:
    assert isinstance(found, ox.QueryBoolean)
    return bool(found)


RESULTS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}


def expected_boolean(path: Path) -> bool:
    if path.suffix in RESULTS:
        return as_boolean(ox.parse_query_results(path.read_bytes(), format=RESULTS[path.suffix]))
    return b"true" in path.read_bytes()


def as_triples(body: bytes, form: ox.QueryResultsFormat, *, ordered: bool) -> list[ox.Triple]:
    """Solutions as triples: a blank node a row, so that graphs can be compared whatever the blank nodes are called."""
    solutions = ox.parse_query_results(body, format=form)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    triples = [ox.Triple(ox.NamedNode("urn:vars"), ox.NamedNode("urn:is"), ox.Literal(name)) for name in names]
    for number, solution in enumerate(solutions):
        row = ox.NamedNode(f"urn:row:{number}") if ordered else ox.BlankNode()
        triples.append(ox.Triple(row, ox.NamedNode("urn:row"), ox.Literal(0)))
        for name in names:
            value = solution[name]
            if value is not None:
                triples.append(ox.Triple(row, ox.NamedNode("urn:var:" + name), value))
    return triples


def expected_rows(path: Path, iri: str, *, ordered: bool) -> list[ox.Triple]:
    if path.suffix in RESULTS:
        return as_triples(path.read_bytes(), RESULTS[path.suffix], ordered=ordered)
    graph = ox.Store()
    graph.extend(ox.Quad(*triple) for triple in triples_of(path, iri))
    query = (
        f"PREFIX rs: <{RS}> SELECT ?row ?name ?value ?index {{ ?s rs:solution ?row . "
        "OPTIONAL { ?row rs:index ?index } OPTIONAL { ?row rs:binding [ rs:variable ?name ; rs:value ?value ] } }"
    )
    triples = [
        ox.Triple(ox.NamedNode("urn:vars"), ox.NamedNode("urn:is"), quad.object)
        for quad in graph.quads_for_pattern(None, ox.NamedNode(RS + "resultVariable"), None)
    ]
    for solution in graph.query(query):  # type: ignore[union-attr]  # a SELECT
        row, name, value, index = solution
        row = ox.NamedNode(f"urn:row:{int(index.value) - 1}") if ordered and index is not None else row
        triples.append(ox.Triple(row, ox.NamedNode("urn:row"), ox.Literal(0)))
        if name is not None:
            triples.append(ox.Triple(row, ox.NamedNode("urn:var:" + name.value), value))
    return triples


def updates(manifest: Graph, action: Node, result: Node, scratch: Path) -> bool:
    request = manifest.value(action, UT.request)
    assert request is not None
    before = disk_store(scratch)
    before.clear()
    before.extend(state(manifest, action))
    job = Job(Act.UPDATE, 20, 1, text=file_of(request).read_text(encoding="utf-8"), base=str(request))
    try:
        change = change_of(job, scratch, None)(before)
    except QueryError:
        return False
    after = (set(before) - change.removed) | change.added
    return same_quads(after, state(manifest, result))


def state(manifest: Graph, node: Node) -> list[ox.Quad]:
    quads = [quad for data in manifest.objects(node, UT.data) for quad in in_graph(data, ox.DefaultGraph())]
    for named in manifest.objects(node, UT.graphData):
        if isinstance(named, BNode):
            name, data = manifest.value(named, RDFS.label), manifest.value(named, UT.graph)
            assert data is not None
            quads += in_graph(data, ox.NamedNode(str(name)))
        else:
            quads += in_graph(named, ox.NamedNode(str(named)))
    return quads


def same(found: list[ox.Triple], expected: list[ox.Triple]) -> bool:
    return same_quads((ox.Quad(*triple) for triple in found), (ox.Quad(*triple) for triple in expected))


def same_quads(found: Any, expected: Any) -> bool:
    """Whether two graphs are isomorphic, numbers written as the engine's store writes them (`01` as `1`)."""
    stores = [ox.Store(), ox.Store()]
    stores[0].extend(found)
    stores[1].extend(expected)
    datasets = [ox.Dataset(store) for store in stores]
    for dataset in datasets:
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(datasets[0]) == set(datasets[1]) or same_renamed(*({str(quad) for quad in store} for store in stores))


def same_renamed(found: set[str], expected: set[str]) -> bool:
    """The same by trying every renaming: the engine's canonical names do not look into triple terms."""
    ours, theirs = (sorted({name for quad in quads for name in BLANK.findall(quad)}) for quads in (found, expected))
    if len(ours) != len(theirs) or len(ours) > 6:
        return False
    for names in permutations(theirs):
        renamed = dict(zip(ours, names, strict=True))
        if {BLANK.sub(lambda match: renamed[match.group()], quad) for quad in found} == expected:  # noqa: B023
            return True
    return False
