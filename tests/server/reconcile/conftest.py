"""The specification's schemas and examples, and a client of an application over a small store of our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from kg.rdf.vocab import DEFAULT_BASE, ONTOLOGY
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.limits import Limits

SPEC = Path(__file__).resolve().parents[3].parent / "shared" / "reconciliation-spec"
VERSIONS = ("0.2", "1.0-draft")
# Of http://swagger.io/v2/schema.json, which the schemas refer to and nothing here may fetch: what they use of it.
SWAGGER = {
    "definitions": {
        "securityDefinitions": {
            "additionalProperties": {
                "type": "object",
                "properties": {"type": {"enum": ["basic", "apiKey", "oauth2", "http"]}},
                "required": ["type"],
                "allOf": [
                    {
                        "if": {"properties": {"type": {"const": "apiKey"}}},
                        "then": {"required": ["name", "in"]},
                    }
                ],
            }
        }
    }
}

Check = Callable[[str, str, Any], list[str]]


@cache
def validator(version: str, name: str) -> Draft7Validator:
    """The validator of one schema; several of them bear the same `$id`, so each file is known by its own name."""
    base = f"https://example.org/{version}/"
    resources = [("http://swagger.io/v2/schema.json", DRAFT7.create_resource(SWAGGER))]
    for path in (SPEC / version / "schemas").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        schema.pop("$schema", None)
        schema["$id"] = base + path.name
        resources.append((base + path.name, DRAFT7.create_resource(schema)))
    registry: Registry[Any] = Registry().with_resources(resources)
    found: Resource[Any] = registry[f"{base}{name}.json"]
    return Draft7Validator(found.contents, registry=registry)


@pytest.fixture(scope="session")
def check() -> Check:
    """The errors of a document against a schema of a version; skips where the specification is not here."""
    if not SPEC.is_dir():
        pytest.skip("the specification (../shared/reconciliation-spec) is not here")

    def errors(version: str, name: str, document: Any) -> list[str]:
        return [error.message for error in validator(version, name).iter_errors(document)]

    return errors


def quads() -> list[ox.Quad]:
    """Two statements of Russia, and an actor that Wikidata lacks."""
    russia = ox.NamedNode(f"{DEFAULT_BASE}actor/Q159")
    local = ox.NamedNode(f"{DEFAULT_BASE}actor/00aa11bb22cc33dd")
    actors = ox.NamedNode(f"{DEFAULT_BASE}graph/actors")
    article = ox.NamedNode(f"{DEFAULT_BASE}article/a")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")

    def term(name: str) -> ox.NamedNode:
        return ox.NamedNode(ONTOLOGY + name)

    said = [
        ox.Quad(ox.NamedNode(f"{DEFAULT_BASE}statement/a.{n}-{n + 5}"), term("speaker"), russia, article)
        for n in (0, 10)
    ]
    return [
        *said,
        ox.Quad(local, kind, term("Person"), actors),
        ox.Quad(local, kind, term("Actor"), actors),
        ox.Quad(local, label, ox.Literal("زيد بن عبيد المرواني", language="ar"), actors),
    ]


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, publish_quads: Callable[[Path, list[ox.Quad]], int]
) -> Iterator[Flask]:
    db = tmp_path_factory.mktemp("reconcile")
    publish_quads(db, quads())
    app = create_app(ServerConfig(db, limits=Limits(workers=1, deadline=5.0)))
    yield app
    stop_app(app)


@pytest.fixture
def client(service: Flask) -> FlaskClient:
    return service.test_client()
