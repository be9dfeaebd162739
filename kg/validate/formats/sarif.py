"""For code scanning: SARIF 2.1.0 (OASIS), one rule a shape, one result a finding."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any

from rdflib.namespace import SH
from rdflib.term import Literal, URIRef

from kg import __version__
from kg.gate.verdict import Severity
from kg.validate.formats.words import DOCUMENTATION, SHAPES_NAMESPACE, Words
from kg.validate.run import Finding, Outcome

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(outcome: Outcome, words: Words) -> str:
    """A SARIF log with one run; columns are in code points, files as URIs relative to the working folder."""
    rules = sorted({finding.result.shape or finding.result.component for finding in outcome.findings})
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "khabar",
        "version": __version__,
        "informationUri": "https://w3id.org/khabar/",
        "rules": [_rule(rule, words) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index, words) for finding in outcome.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: str, words: Words) -> dict[str, Any]:
    texts = {
        text.language: str(text) for text in words.shapes.objects(URIRef(rule), SH.message) if isinstance(text, Literal)
    }
    told = texts.get(words.language) or texts.get("en") or words.short(rule)
    record: dict[str, Any] = {"id": words.short(rule), "shortDescription": {"text": told}}
    if rule.startswith(SHAPES_NAMESPACE):
        record["helpUri"] = f"{DOCUMENTATION}shape-" + rule.removeprefix(SHAPES_NAMESPACE)
    return record


def _result(finding: Finding, index: dict[str, int], words: Words) -> dict[str, Any]:
    result = finding.result
    record: dict[str, Any] = {
        "ruleId": words.rule(finding),
        "ruleIndex": index[result.shape or result.component],
        "level": _LEVELS[result.severity],
        "message": {"text": _message(finding, words)},
        "partialFingerprints": {"khabarResult/v1": finding.fingerprint()},
    }
    if finding.file:
        record["locations"] = [{"physicalLocation": _location(finding)}]
    return record


def _message(finding: Finding, words: Words) -> str:
    result = finding.result
    terms = [words.term(result.focus), words.short(result.path or ""), words.term(result.value) if result.value else ""]
    text = f"{words.message(finding)} ({' '.join(term for term in terms if term)})"
    quote = " ".join((finding.sentence or finding.quote).split())
    return f"{text} « {quote} »" if quote else text


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.position is not None:
        region: dict[str, Any] = {"startLine": finding.position.line, "startColumn": finding.position.column}
        if finding.line:
            region["snippet"] = {"text": finding.line}
        location["region"] = region
    return location


def _uri(file: str) -> str:
    path = Path(file)
    if path.is_absolute():
        return path.as_uri()
    # RFC 3986 relative reference: percent-encoded as Path does it, without the root it needs for that.
    return (PurePath("/") / path).as_uri().removeprefix("file:///")
