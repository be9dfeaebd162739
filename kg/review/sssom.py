"""Links as a mapping set in SSSOM's TSV form (https://mapping-commons.github.io/sssom/spec-formats-tsv/)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib.namespace import OWL, SKOS

from kg import __version__
from kg.named_queries import internal
from kg.query import run
from kg.rdf.decisions import Decisions
from kg.rdf.iris import LINKS, Iris
from kg.rdf.vocab import SEMAPV, SSSOM, WIKIDATA
from kg.store import Version

UNSPECIFIED_LICENCE = "https://w3id.org/sssom/license/unspecified"
_PREFIXES = {
    "wikidata": WIKIDATA,
    "skos": str(SKOS),
    "owl": str(OWL),
    "semapv": str(SEMAPV._NS),
    "sssom": str(SSSOM._NS),
}
_WIKIDATA_ITSELF = "wikidata:Q2013"
_BY_HOW = {
    "exact": "LexicalMatching",
    "folded": "LexicalMatching",
    "joined": "LexicalMatching",
    "fuzzy": "LexicalSimilarityThresholdMatching",
}
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_source",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "match_string",
    "mapping_tool",
    "mapping_tool_version",
)


@dataclass(slots=True)
class _Automatic:
    """What the articles' links say of one actor."""

    item: str
    label: str
    surfaces: set[str] = field(default_factory=set)
    ways: set[str] = field(default_factory=set)
    lowest: float = 1.0


def to_sssom(version: Version, decisions: Decisions, unlinked: Mapping[str, str], licence: str) -> str:
    """The mapping set of a version: what was linked by rule, what a person decided, and what is not linked.

    `unlinked`: labels of the actors that neither did. A rule's link has the lowest score that it had anywhere as its
    confidence; that nothing was found has none, since no figure backs it. Raises QueryError.
    """
    iris = Iris(version.base)
    head: dict[str, str | Mapping[str, str]] = {
        "mapping_set_id": iris.graph(LINKS),
        "mapping_set_version": str(version.number),
        "license": licence,
        "curie_map": {"khabar": version.base, **_PREFIXES},
    }
    out = io.StringIO()
    out.writelines(f"#{line}\n" for line in _yaml(head))
    table = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n")
    table.writeheader()
    table.writerows(sorted(_rows(version, decisions, unlinked), key=lambda row: (row["subject_id"], row["object_id"])))
    return out.getvalue()


def _rows(version: Version, decisions: Decisions, unlinked: Mapping[str, str]) -> Iterator[dict[str, str]]:
    tool = {"mapping_tool": "Khabar", "mapping_tool_version": version.manifest.release or __version__}
    for actor, found in _automatic(version).items():
        ways = {_BY_HOW.get(way, "CompositeMatching") for way in found.ways}
        yield tool | {
            **_mapping(version.base, actor, found.label, SKOS.exactMatch, found.item),
            "mapping_justification": f"semapv:{min(ways) if ways else 'LexicalMatching'}",
            "confidence": f"{found.lowest:g}",
            "match_string": "|".join(sorted(surface.replace("|", " ") for surface in found.surfaces)),
        }
    for actor, label in unlinked.items():
        yield tool | {
            **_mapping(version.base, actor, label, SKOS.exactMatch, None),
            "mapping_justification": "semapv:LexicalMatching",
        }
    for decision in decisions.values():
        yield {
            **_mapping(version.base, decision.actor, decision.label, OWL.sameAs, decision.item),
            "mapping_justification": "semapv:ManualMappingCuration",
            "author_label": decision.person,
            "mapping_date": decision.at[:10],
            "confidence": "1",
        }


def _mapping(base: str, actor: str, label: str, predicate: str, item: str | None) -> dict[str, str]:
    return {
        "subject_id": "khabar:" + actor.removeprefix(base),
        "subject_label": " ".join(label.split()),
        "predicate_id": predicate.replace(str(SKOS), "skos:").replace(str(OWL), "owl:"),
        "object_id": f"wikidata:{item}" if item else "sssom:NoTermFound",
        "object_source": _WIKIDATA_ITSELF,
    }


def _automatic(version: Version) -> dict[str, _Automatic]:
    """By actor; a link that only a person made is left to the decisions."""
    found: dict[str, _Automatic] = {}
    result = run(version.open(), internal("automatic-links"))
    assert isinstance(result, ox.QuerySolutions)
    for row in result:
        values = {name: term.value for name in _NAMES if isinstance(term := row[name], ox.NamedNode | ox.Literal)}
        actor, item = values["actor"], values["item"].removeprefix(WIKIDATA)
        if values.get("person", "automatic") != "automatic":
            continue
        one = found.setdefault(actor, _Automatic(item, values.get("label", item)))
        if "surface" in values:
            one.surfaces.add(" ".join(values["surface"].split()))
            one.ways.add(values["how"])
            one.lowest = min(one.lowest, float(values["score"]))
    return found


_NAMES = ("actor", "item", "label", "surface", "how", "score", "person")


def _yaml(head: Mapping[str, str | Mapping[str, str]]) -> Iterator[str]:
    """The metadata as YAML, of which JSON's strings are a part."""
    for key, value in head.items():
        if isinstance(value, str):
            yield f"{key}: {json.dumps(value)}"
        else:
            yield f"{key}:"
            yield from (f"  {name}: {json.dumps(each)}" for name, each in value.items())
