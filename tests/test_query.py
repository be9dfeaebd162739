import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.commands.query import command
from kg.errors import QueryRefusedError, QuerySyntaxError, UsageError
from kg.query import actor_finder, open_graph, run, select_iris
from kg.store.layout import create
from kg.store.versions import Manifest, make_current, publish

TURTLE = """
PREFIX khabar: <https://w3id.org/khabar/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
GRAPH <https://w3id.org/khabar/graph/gazetteer> {
  <https://w3id.org/khabar/actor/Q9> a khabar:Actor ; skos:prefLabel "فلان"@ar , "So-and-so"@en .
  <https://w3id.org/khabar/actor/Q8> a khabar:Actor ; skos:prefLabel "علان"@ar .
  <https://w3id.org/khabar/actor/Q7> a khabar:Actor ; skos:altLabel "علان"@ar .
}
GRAPH <https://w3id.org/khabar/article/a> {
  <https://w3id.org/khabar/statement/s> khabar:speaker <https://w3id.org/khabar/actor/Q9> .
}
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("query") / "db"
    base = create(db)
    graph = ox.Store(str(db / "made"))
    graph.load(TURTLE.encode(), format=ox.RdfFormat.TRIG)
    publish(graph, Manifest(1, "2026-11-24T00:00:00Z", base, "test", 1, len(graph)), db)
    make_current(db, 1)
    return db


def test_a_query_sees_the_union_of_the_graphs_or_the_dataset_it_names() -> None:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TRIG)
    count = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"
    found = []
    for dataset in ("", "FROM <https://w3id.org/khabar/article/a>"):
        result = run(store, count % dataset)
        assert isinstance(result, ox.QuerySolutions)
        found.append(int(next(result)["n"].value))
    assert found == [8, 1]


def test_what_cannot_run_is_told() -> None:
    with pytest.raises(QuerySyntaxError) as error:
        run(ox.Store(), "SELECT *\n{")
    assert error.value.line == 2
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        run(ox.Store(), "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryRefusedError, match="brackets"):
        run(ox.Store(), "SELECT * " + "{" * 5000 + "}" * 5000)


def test_actors_are_found_by_item_and_by_label() -> None:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TRIG)
    find = actor_finder("https://w3id.org/khabar/", select_iris(store))
    assert find("Q9") == find("فلان") == find("So-and-so") == "https://w3id.org/khabar/actor/Q9"
    with pytest.raises(UsageError, match="several"):
        find("علان")
    with pytest.raises(UsageError, match="no actor"):
        find('" } UNION {')


def test_a_notebook_reads_a_published_version_with_rdflib(db: Path) -> None:
    dataset = open_graph(db)
    rows = list(dataset.query("SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?o"))
    assert [str(row[1]) for row in rows] == ["So-and-so", "علان", "فلان"]  # type: ignore[index]  # rows of a SELECT
    dataset.close()


def call(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_command_prints_each_format(db: Path) -> None:
    select = "SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?o"
    table = call(select, "--db", str(db))
    assert "actor/Q9" in table
    assert table.rstrip().endswith("3 rows")
    assert call(select, "--db", str(db), "--format", "csv").splitlines()[0] == "s,o"
    assert len(json.loads(call(select, "--db", str(db), "--format", "json"))["results"]["bindings"]) == 3
    construct = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert "فلان" in call(construct, "--db", str(db), "--format", "turtle")
    assert call("ASK { ?s ?p ?o }", "--db", str(db)) == "true\n"


def test_command_runs_a_named_query_and_a_file(db: Path, tmp_path: Path) -> None:
    listed = json.loads(call("--list", "--format", "json"))
    assert {"name", "title", "description", "parameters"} == set(listed[0])
    assert "row" in call("said-about", "--db", str(db), "--param", "speaker=فلان")
    file = tmp_path / "all.rq"
    file.write_text("SELECT * { ?s ?p ?o }")
    assert "8 rows" in call(str(file), "--db", str(db))


def test_command_tells_what_it_did_not_understand(db: Path) -> None:
    for arguments in (["no-such-query"], ["said-about"], ["said-about", "--param", "speaker"], []):
        with pytest.raises(UsageError):
            CliRunner().invoke(command, [*arguments, "--db", str(db)], catch_exceptions=False)
