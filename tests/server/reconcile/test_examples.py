"""Every example of the specification: valid ones are accepted, invalid ones rejected."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

SPEC = Path(__file__).resolve().parents[3].parent / "shared" / "reconciliation-spec"
# Folders of examples without a schema of their own, with the part of a manifest that they must fit.
PARTS = {
    "data-extension-metadata": "extend",
    "suggest-metadata": "suggest",
    "preview-metadata": "preview",
    "security-scheme": "authentication",
}
MANIFEST: dict[str, dict[str, Any]] = {
    "0.2": {"versions": ["0.2"], "name": "a", "identifierSpace": "http://a/", "schemaSpace": "http://a/"},
    "1.0-draft": {"versions": ["1.0-draft"], "name": "a", "view": {"url": "http://a/{id}"}},
}


def examples(verdict: str) -> list[Any]:
    found = sorted(SPEC.glob(f"*/examples/*/{verdict}/*.json"))
    return [pytest.param(path, id="/".join(path.parts[-5:])) for path in found] or [
        pytest.param(None, marks=pytest.mark.skip(reason="../shared/reconciliation-spec is not here"))
    ]


def document(path: Path) -> tuple[str, str, Any]:
    """The version, schema and content of an example."""
    version, folder = path.parts[-5], path.parts[-3]
    content = json.loads(path.read_text(encoding="utf-8"))
    if folder in PARTS:
        return version, "manifest", {**MANIFEST[version], PARTS[folder]: content}
    if folder == "reconciliation-candidate":
        batch = {"q0": {"result": [content]}} if version == "0.2" else {"results": [{"candidates": [content]}]}
        return version, "reconciliation-result-batch", batch
    return version, folder, content


@pytest.mark.parametrize("path", examples("valid"))
def test_a_valid_example_fits_its_schema(path: Path, check: Callable[[str, str, Any], list[str]]) -> None:
    if path.parts[-3] == "flyout-response":
        assert {"id", "html"} <= set(json.loads(path.read_text(encoding="utf-8")))
        return
    assert check(*document(path)) == []


@pytest.mark.parametrize("path", examples("invalid"))
def test_an_invalid_example_does_not(path: Path, check: Callable[[str, str, Any], list[str]]) -> None:
    assert check(*document(path)) != []


@pytest.mark.parametrize("path", [one for one in examples("valid") if "query" in str(one.values[0])])
def test_the_service_takes_every_valid_query(
    path: Path, client: FlaskClient, check: Callable[[str, str, Any], list[str]]
) -> None:
    version, folder, text = path.parts[-5], path.parts[-3], path.read_text(encoding="utf-8")
    field = "queries" if folder == "reconciliation-query-batch" else "extend"
    if version == "0.2":
        response = client.post("/reconcile", data={field: text})
    else:
        response = client.post(f"/reconcile/1.0-draft/{'match' if field == 'queries' else 'extend'}", data=text)
    answer = "reconciliation-result-batch" if field == "queries" else "data-extension-response"
    assert response.status_code == 200
    assert check(version, answer, response.get_json()) == []


@pytest.mark.parametrize("path", [one for one in examples("invalid") if "query" in str(one.values[0])])
def test_the_service_refuses_every_invalid_query_with_a_reason(path: Path, client: FlaskClient) -> None:
    text = path.read_text(encoding="utf-8")
    if path.parts[-5] == "0.2":
        response = client.post("/reconcile", data={"queries": text})
    else:
        response = client.post("/reconcile/1.0-draft/match", data=text)
    assert response.status_code == 400
    assert response.get_json()["detail"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
