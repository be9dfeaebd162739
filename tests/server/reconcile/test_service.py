from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Check = Callable[[str, str, Any], list[str]]


def ask(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    """The candidates of one query of 0.2."""
    response = client.post("/reconcile", data={"queries": json.dumps({"q": query})})
    assert response.status_code == 200
    result: list[dict[str, Any]] = response.get_json()["q"]["result"]
    return result


def match(client: FlaskClient, *conditions: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """The candidates of one query of 1.0-draft."""
    response = client.post("/reconcile/match", json={"queries": [{"conditions": list(conditions), **more}]})
    assert response.status_code == 200
    candidates: list[dict[str, Any]] = response.get_json()["results"][0]["candidates"]
    return candidates


def named(name: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": name}


def having(property_id: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"matchType": "property", "propertyId": property_id, "propertyValue": value, **more}


def test_both_manifests_fit_their_schemas(client: FlaskClient, check: Check) -> None:
    assert check("0.2", "manifest", client.get("/reconcile").get_json()) == []
    assert check("1.0-draft", "manifest", client.get("/reconcile/1.0-draft").get_json()) == []
    assert client.get("/reconcile?version=1.0-draft").get_json()["versions"] == ["1.0-draft"]


def test_a_name_in_arabic_finds_its_item_whatever_stands_before_it(client: FlaskClient, check: Check) -> None:
    response = client.post(
        "/reconcile", data={"queries": json.dumps({"a": {"query": "ولروسيا"}, "b": {"query": "روسيا"}})}
    )
    assert check("0.2", "reconciliation-result-batch", response.get_json()) == []
    for found in response.get_json().values():
        assert (found["result"][0]["id"], found["result"][0]["match"]) == ("Q159", True)


def test_the_batch_may_come_by_get(client: FlaskClient) -> None:
    response = client.get("/reconcile", query_string={"queries": json.dumps({"q": {"query": "Russia"}})})
    assert response.get_json()["q"]["result"][0]["id"] == "Q159"


def test_a_version_1_match_tells_language_and_direction(client: FlaskClient, check: Check) -> None:
    response = client.post("/reconcile/match", json={"queries": [{"conditions": [named("فلادمير بوتين")]}]})
    assert check("1.0-draft", "reconciliation-result-batch", response.get_json()) == []
    (first, *_) = response.get_json()["results"][0]["candidates"]
    assert (first["id"], first["match"], first["lang"], first["dir"]) == ("Q7747", True, "ar", "rtl")
    assert match(client, named("Vladimir Putin"))[0]["lang"] == "en"
    assert match(client, named("Vladimir Putin"), lang="ar")[0]["name"] == "فلاديمير بوتين"


def test_a_type_leaves_others_out(client: FlaskClient) -> None:
    assert ask(client, query="موسكو", type="Place")[0]["id"] == "Q649"
    assert ask(client, query="موسكو", type=["Person", "State"]) == []
    assert ask(client, query="موسكو", type="Settlement") == []


def test_a_name_that_is_not_known_is_matched_with_nobody(client: FlaskClient) -> None:
    assert not any(candidate["match"] for candidate in ask(client, query="سعدون جابر الخفاجي"))


def test_a_property_decides_between_two_of_a_name(client: FlaskClient) -> None:
    jordan = match(client, named("عمان"), having("capital_of", "Q810"))
    assert (jordan[0]["id"], jordan[0]["match"]) == ("Q3805", True)
    assert [one["id"] for one in match(client, named("عمان"), having("iso2", "OM", required=True))] == ["Q842"]
    without = match(client, named("عمان"), having("iso2", "OM", required=True, matchQuantifier="none"))
    assert "Q842" not in [one["id"] for one in without]


def test_properties_alone_find_who_has_them(client: FlaskClient) -> None:
    found = ask(client, properties=[{"pid": "wikidata", "v": "Q58217"}])
    assert [(one["id"], one["match"]) for one in found] == [("Q58217", True)]
    ministers = ask(client, properties=[{"pid": "office", "v": "وزير الدفاع الروسي"}], limit=50)
    assert {"Q32024", "Q4082839"} <= {one["id"] for one in ministers}
    assert not any(one["match"] for one in ministers)


def test_an_identifier_finds_its_entity(client: FlaskClient) -> None:
    found = match(client, {"matchType": "id", "propertyValue": "Q7184"})
    assert [(one["id"], one["match"]) for one in found] == [("Q7184", True)]
    assert match(client, {"matchType": "id", "propertyValue": "Q99999999999"}) == []


def test_actors_that_wikidata_lacks_can_be_matched_against(client: FlaskClient) -> None:
    (first, *_) = ask(client, query="زيد بن عبيد المرواني")
    assert (first["id"], first["match"]) == ("00aa11bb22cc33dd", True)


@pytest.mark.parametrize(
    ("kind", "prefix", "expected"),
    [
        ("entity", "فلاديمير بو", "Q7747"),
        ("entity", "Q423", "Q423"),
        ("type", "news", "NewsAgency"),
        ("property", "count", "country"),
    ],
)
def test_suggestions_come_as_one_types(
    client: FlaskClient, check: Check, kind: str, prefix: str, expected: str
) -> None:
    plural = {"entity": "entities", "type": "types", "property": "properties"}[kind]
    answer = client.get(f"/reconcile/suggest/{kind}", query_string={"prefix": prefix}).get_json()
    for version in ("0.2", "1.0-draft"):
        assert check(version, f"suggest-{plural}-response", answer) == []
    assert expected in [one["id"] for one in answer["result"]]
    flyout = client.get(f"/reconcile/flyout/{kind}", query_string={"id": expected}).get_json()
    assert flyout["id"] == expected
    assert "<p>" in flyout["html"]


def test_suggestions_can_be_paged(client: FlaskClient) -> None:
    first = client.get("/reconcile/suggest/entity?prefix=A").get_json()["result"]
    second = client.get("/reconcile/suggest/entity?prefix=A&cursor=10").get_json()["result"]
    assert len(first) == len(second) == 10
    assert not {one["id"] for one in first} & {one["id"] for one in second}


def test_a_table_is_extended_with_properties(client: FlaskClient, check: Check) -> None:
    asked = {"ids": ["Q159", "Q4082839", "Q0"], "properties": [{"id": "statements"}, {"id": "country"}, {"id": "x"}]}
    old = client.post("/reconcile", data={"extend": json.dumps(asked)}).get_json()
    new = client.post("/reconcile/1.0-draft/extend", json=asked).get_json()
    assert check("0.2", "data-extension-response", old) == []
    assert check("1.0-draft", "data-extension-response", new) == []
    assert old["rows"]["Q159"] == {"statements": [{"int": 2}], "country": [], "x": []}
    assert old["rows"]["Q4082839"]["country"][0]["id"] == "Q159"
    assert old["rows"]["Q0"] == {"statements": [], "country": [], "x": []}
    assert [row["id"] for row in new["rows"]] == asked["ids"]


def test_properties_are_proposed_by_type(client: FlaskClient, check: Check) -> None:
    answer = client.get("/reconcile/extend/propose?type=Person&limit=3&lang=ar").get_json()
    for version in ("0.2", "1.0-draft"):
        assert check(version, "data-extension-property-proposal", answer) == []
    assert [one["id"] for one in answer["properties"]] == ["country", "office", "wikidata"]
    assert answer["properties"][0]["name"] == "البلد"
    assert "office" not in [
        one["id"] for one in client.get("/reconcile/extend/propose?type=State").get_json()["properties"]
    ]


def test_a_preview_may_stand_in_a_frame_and_shows_the_names(client: FlaskClient) -> None:
    response = client.get("/reconcile/preview?id=Q159")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "روسيا" in response.get_data(as_text=True)
    page = client.get("/reconcile/entity/Q159")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_jsonp_calls_the_function_named(client: FlaskClient) -> None:
    response = client.get("/reconcile?callback=jQuery1.done")
    text = response.get_data(as_text=True)
    assert response.content_type.startswith("text/javascript")
    assert text.startswith("/**/jQuery1.done({")
    assert text.endswith("});")
    assert client.get("/reconcile?callback=alert(1)").status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/reconcile", None, 200),
        ("options", "/reconcile/match", None, 200),
        ("post", "/reconcile/match", "{", 400),
        ("post", "/reconcile/match", "[" * 100_000, 400),
        ("post", "/reconcile/1.0-draft/extend", "{}", 400),
        ("get", "/reconcile/nothing", None, 404),
        ("get", "/reconcile/preview?id=Q0", None, 404),
        ("get", "/reconcile/suggest/entity?prefix=a&cursor=x", None, 400),
        ("delete", "/reconcile", None, 405),
    ],
)
def test_every_answer_may_be_read_from_any_origin(
    client: FlaskClient, method: str, path: str, body: str | None, status: int
) -> None:
    response = getattr(client, method)(path, data=body)
    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_too_many_queries_at_once_are_refused_with_the_limit(client: FlaskClient) -> None:
    batch = {f"q{number}": {"query": "روسيا"} for number in range(1000)}
    response = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code == 413
    assert "100" in response.get_json()["detail"]


@pytest.mark.parametrize(
    "name",
    ["ب" * 10_000, "ًٌٍ", "ول", "و", "", "   ", "\u202eروسيا\u202c" * 1000, "\u0000", "🙂", "a" * 10_000],
)
def test_names_that_name_nothing_have_no_candidate(client: FlaskClient, name: str) -> None:
    assert ask(client, query=name) == []


def test_direction_marks_and_mixed_scripts_do_not_hide_a_name(client: FlaskClient) -> None:
    assert ask(client, query="\u202bروسيا\u202c")[0]["id"] == "Q159"
    assert ask(client, query="وكالة TASS")[0]["id"] == "Q223799"
