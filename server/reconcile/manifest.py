"""What the service says of itself, in the form of each version."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.model import EntityType
from kg.rdf.vocab import DEFAULT_BASE, ONTOLOGY
from server.pages.terms import term_label
from server.reconcile.requests import MOST_QUERIES

TYPES = tuple(kind for kind in EntityType if kind is not EntityType.UNNAMED)
_DEFAULTS = (EntityType.PERSON, EntityType.STATE, EntityType.ORGANIZATION)
_PREVIEW = {"width": 400, "height": 180}
_NAME = {"en": "Khabar: actors of the news", "ar": "خبر: أعلام الأخبار"}


def type_name(kind: EntityType, language: str) -> str:
    """The ontology's name of a type."""
    term = {EntityType.WEAPON: "WeaponSystem", EntityType.UNNAMED: "UnnamedSource"}.get(kind, kind.value)
    return term_label(ONTOLOGY + term, language)


def manifest_02(address: str, base: str) -> dict[str, Any]:
    """The manifest of 0.2 for a service at `address` over data with the base IRI `base`."""
    here = f"{address}/reconcile"
    return {
        **_common(["0.2"], base),
        "identifierSpace": f"{base}actor/",
        "schemaSpace": ONTOLOGY,
        "defaultTypes": [{"id": kind.value, "name": type_name(kind, "en")} for kind in _DEFAULTS],
        "view": {"url": f"{here}/entity/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": {
            name: {
                "service_url": here,
                "service_path": f"/suggest/{name}",
                "flyout_service_url": here,
                "flyout_service_path": f"/flyout/{name}?id=${{id}}",
            }
            for name in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def manifest_10(address: str, base: str) -> dict[str, Any]:
    """The manifest of 1.0-draft; its routes lie beside it."""
    return {
        **_common(["1.0-draft"], base),
        "lang": "en",
        "dir": "ltr",
        "defaultTypes": [
            {"id": kind.value, "name": type_name(kind, "en"), "lang": "en", "dir": "ltr"} for kind in _DEFAULTS
        ],
        "view": {"url": f"{address}/reconcile/entity/{{id}}"},
        "preview": dict(_PREVIEW),
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
    }


def _common(versions: list[str], base: str) -> dict[str, Any]:
    return {
        "versions": versions,
        "name": _NAME["en"],
        "serviceVersion": __version__,
        "documentation": base if base != DEFAULT_BASE else DEFAULT_BASE,
        "batchSize": min(50, MOST_QUERIES),
    }
