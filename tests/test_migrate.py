"""Data written with an earlier version of the ontology are brought to a later one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib.namespace import OWL

from kg import migrate, resources
from kg.cli import khabar
from kg.errors import OntologyError, StoreError, UsageError
from kg.gate.engine import engine_results
from kg.gate.shapes import default_shapes
from kg.gate.verdict import Severity
from kg.ingest import ingest
from kg.store import open_current
from kg.store.backup import restore
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite
from kg.validate.terms import packaged_terms, term_results
from kg.validate.whole_store import Rules, check_store

RULES = Rules((resources.shapes_dir(),), (resources.ontology_dir(),))
KHABAR = "https://w3id.org/khabar/ontology#"
RENAME = f"""# title@en: The speaker was called source
# title@ar: كان القائل يسمى مصدرا
PREFIX khabar: <{KHABAR}>
DELETE {{ GRAPH ?g {{ ?s khabar:source ?o }} }} INSERT {{ GRAPH ?g {{ ?s khabar:speaker ?o }} }}
WHERE {{ GRAPH ?g {{ ?s khabar:source ?o }} }}
"""
LATER = "# title@en: Later\n# title@ar: لاحقا\nINSERT DATA { <urn:later> <urn:ran> true }\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two migrations in the place of the packaged ones."""
    default_shapes()  # parsed before there is another ontology
    migrations = tmp_path / "ontology" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0.1.0.ru").write_text(RENAME, "utf-8")
    (migrations / "0.10.0.ru").write_text(LATER, "utf-8")
    monkeypatch.setattr(resources, "ontology_dir", lambda: tmp_path / "ontology")
    return migrations


def call(*words: object) -> Result:
    return CliRunner().invoke(khabar, ["ontology", "migrate", *map(str, words)])


@pytest.mark.parametrize(
    ("since", "expected"), [("0.0.9", ["0.1.0", "0.10.0"]), ("0.1.0", ["0.10.0"]), ("0.9.0", ["0.10.0"]), ("1.0.0", [])]
)
def test_migrations_run_in_the_order_of_versions(folder: Path, since: str, expected: list[str]) -> None:
    assert [step.version for step in migrate.migrations(since, folder)] == expected


def test_a_version_is_three_numbers(folder: Path) -> None:
    with pytest.raises(UsageError, match="not a version"):
        migrate.migrations("0.1", folder)


def test_a_store_of_the_version_before_conforms_after_it_is_migrated(
    db: Path, write: Callable[..., ArticleWrite], folder: Path
) -> None:
    graph = ox.NamedNode("https://desk.example/claims")
    old = [
        ox.Quad(quad.subject, ox.NamedNode(quad.predicate.value.replace("#speaker", "#source")), quad.object, graph)
        for quad in (*write("d1").graph.parsed(), *write("d1").graph.context())
    ]
    with EmbeddedStore(db) as store:
        store.put_graph("claims", ox.serialize(old, format=ox.RdfFormat.N_QUADS) or b"")
        store.publish("r0")
    assert "Statement-speaker" in violations(old)
    result = call("--db", db)
    assert result.exit_code == 0, result.output
    with open_current(db) as (version, after):
        assert violations(list(after)) == set()
        assert version.number == 2
    assert call("--db", db).output.startswith("0 quads added, 0 removed")
    assert not list(db.glob(".migrate-*"))


def test_a_file_is_migrated_to_standard_output_in_its_format(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.trig"
    file.write_text(f"<urn:g> {{ <urn:s> <{KHABAR}source> <urn:a> }}", "utf-8")
    result = call(file, "--from", "0.0.9")
    quads = {str(quad) for quad in ox.parse(result.output, format=ox.RdfFormat.TRIG)}
    assert any("ontology#speaker" in quad and "urn:g" in quad for quad in quads)
    assert not any("ontology#source" in quad for quad in quads)
    assert file.read_text("utf-8").startswith("<urn:g>")


def test_a_migration_without_titles_or_with_a_fault_is_an_error(folder: Path) -> None:
    (folder / "0.10.0.ru").write_text("DELETE", "utf-8")
    with pytest.raises(OntologyError, match="title"):
        migrate.migrations("0.0.0", folder)
    (folder / "0.10.0.ru").write_text(LATER.replace("INSERT DATA", "INSERT"), "utf-8")
    with pytest.raises(OntologyError, match="cannot be run"):
        migrate.migrate(ox.Store(), "0.0.0", folder)
    (folder / "0.10.0.ru").write_text(LATER + "; LOAD <http://127.0.0.1:9/x>", "utf-8")
    with pytest.raises(OntologyError, match="LOAD"):
        migrate.migrate(ox.Store(), "0.0.0", folder)


def test_a_file_or_a_store_is_named_and_not_both(tmp_path: Path) -> None:
    assert isinstance(call().exception, UsageError)


def test_the_packaged_migrations_lead_no_further_than_the_ontology() -> None:
    version = (resources.ontology_dir() / "VERSION").read_text("utf-8").strip()
    assert [step for step in migrate.migrations("0.0.0") if migrate.key(step.version) > migrate.key(version)] == []


def test_a_store_written_with_the_version_before_is_brought_to_this_one(tmp_path: Path) -> None:
    """`store-0.1.0.tar.gz` is a `khabar backup` made with ontology 0.1.0: an article on money in pounds with three
    links, and a client's graph on goods in pounds."""
    restore(Path(__file__).parent / "data" / "store-0.1.0.tar.gz", tmp_path / "db")
    outcome = check_store(tmp_path / "db", RULES, 1)
    assert {(finding.file, finding.sentence != "") for finding in outcome.findings} == {("pounds.txt", True)}
    with open_current(tmp_path / "db") as (_, before):
        assert violations(list(before)) == {"Link-decidedBy"}
        deprecated = {str(result.value or result.path).strip("<>") for result in term_results(before, packaged_terms())}
        assert deprecated == {f"{KHABAR}decision", f"{KHABAR}pound"}
    with pytest.raises(StoreError, match="khabar ontology migrate"):
        ingest(tmp_path / "db", [])
    assert call("--db", tmp_path / "db").exit_code == 0
    ingest(tmp_path / "db", [])
    with open_current(tmp_path / "db") as (_, after):
        assert violations(list(after)) == set()
        assert list(term_results(after, packaged_terms())) == []
        units = after.quads_for_pattern(None, ox.NamedNode(f"{KHABAR}unit"), None)
        found = {("desk" in str(quad.graph_name), str(quad.object)) for quad in units}
        assert found == {(True, f"<{KHABAR}pound-mass>"), (False, f"<{KHABAR}pound-currency>")}
        version = ox.Literal((resources.ontology_dir() / "VERSION").read_text("utf-8").strip())
        assert any(after.quads_for_pattern(None, ox.NamedNode(str(OWL.versionInfo)), version))
    assert call("--db", tmp_path / "db").output.startswith("0 quads added, 0 removed")


def test_the_default_graph_of_a_file_is_migrated_too(tmp_path: Path) -> None:
    file = tmp_path / "old.ttl"
    file.write_text(f'<urn:link> <{KHABAR}decision> "automatic" .', "utf-8")
    assert f'<urn:link> <{KHABAR}decidedBy> "automatic"' in call(file).output


def violations(quads: list[ox.Quad]) -> set[str]:
    results = engine_results(quads, default_shapes())
    return {r.shape.rpartition("#")[2] for r in results if r.severity is Severity.VIOLATION}
