import pytest

from kg.errors import QueryRefusedError
from kg.sparql import depth, has_dataset, reaches_out, tokens, with_dataset

REMOTE = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { SERVICE $where { ?s ?p ?o } }",
    "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:y{ ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE :\\#{ ?s ?p ?o } }",
    "BASE <http://127.0.0.1:9/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment {\n <http://127.0.0.1:9/> # another\r { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b)SERVICE#'>\n<http://127.0.0.1:9/>{ ?s ?p ?o } #'\n}",
    "SELECT * { ?s <http://a/it's> ?o SERVICE <http://127.0.0.1:9/it's> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "a \\" b" SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    'SELECT * { ?s ?p """a " b""" SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    "SELECT * { ?s ?p '''it's''' SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '' SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { SERVICE <http://[::1]:9/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://2130706433:9/> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://0x7f.1:9/> { ?s ?p ?o } } }",
    "SELECT * { ?s ex:\\#a ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?a\u0316 { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:9/>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
    "INSERT DATA { <urn:a> <urn:b> 1 };LOAD<http://127.0.0.1:9/>",
    "PREFIX x: <http://127.0.0.1:9/>LOAD x:y",
]

LOCAL = [
    "SELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <http://a/> {" }',
    "SELECT * { ?s ?p '''\nSERVICE <http://a/> {''' }",
    "SELECT * { ?s ?p ?o # SERVICE <http://a/> {\n }",
    "SELECT * { ?s <http://a/SERVICE/x> ?o }",
    "SELECT * { ?s ex:service ?o . ?o ex:load ?q }",
    "SELECT ?service { ?service ?p ?load }",
    "INSERT DATA { <urn:a> ex:load <urn:b> ; ex:payload <urn:c> }",
    'SELECT * { ?s ?p "\\u0053ERVICE" }',
]


@pytest.mark.parametrize("text", REMOTE)
def test_a_text_that_can_reach_another_host_is_seen(text: str) -> None:
    assert reaches_out(text) is not None


@pytest.mark.parametrize("text", LOCAL)
def test_words_inside_strings_comments_iris_and_names_are_left_alone(text: str) -> None:
    assert reaches_out(text) is None


@pytest.mark.parametrize("text", REMOTE + LOCAL)
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(token for _, token in tokens(text)) == text


def test_depth_counts_brackets_outside_strings_and_comments() -> None:
    assert depth('SELECT * { { ?s ?p "((((" } # ((((\n }') == 2
    assert depth("(" * 500) == 500


def test_a_dataset_is_seen_outside_brackets_only() -> None:
    assert has_dataset("SELECT ?s FROM <urn:g> { ?s ?p ?o }")
    assert has_dataset("CONSTRUCT { ?s ?p ?o } from named <urn:g> WHERE { ?s ?p ?o }")
    assert not has_dataset("SELECT ?from { ?from ex:from 'FROM <urn:g>' } # FROM <urn:g>")


@pytest.mark.parametrize(
    ("update", "written"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT DATA { <urn:a> <urn:b> 1 }"),
        (
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 }  USING <urn:g> USING NAMED <urn:h> WHERE { ?s ?p 1 }",
        ),
        ("DELETE WHERE { ?s ?p 1 }", "DELETE  { ?s ?p 1 } USING <urn:g> USING NAMED <urn:h> WHERE  { ?s ?p 1 }"),
        (
            "INSERT { ?s ?p 'WHERE' } WHERE { { SELECT ?s WHERE { ?s ?p 1 } } }",
            "INSERT { ?s ?p 'WHERE' }  USING <urn:g> USING NAMED <urn:h> WHERE { { SELECT ?s WHERE { ?s ?p 1 } } }",
        ),
    ],
)
def test_the_protocols_dataset_becomes_using_clauses(update: str, written: str) -> None:
    assert with_dataset(update, ("urn:g",), ("urn:h",)) == written
    assert with_dataset(update, None, None) == update


def test_the_protocols_dataset_and_the_updates_own_may_not_be_mixed() -> None:
    for update in ("WITH <urn:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", "INSERT { ?s ?p 1 } USING <urn:g> WHERE { }"):
        with pytest.raises(QueryRefusedError):
            with_dataset(update, ("urn:h",), None)
