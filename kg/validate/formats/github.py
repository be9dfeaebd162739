"""For GitHub Actions: workflow commands that become annotations on the changed lines."""

from __future__ import annotations

from kg.gate.verdict import Severity
from kg.validate.formats.words import Words
from kg.validate.run import Finding, Outcome

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(outcome: Outcome, words: Words) -> str:
    """One workflow command a finding (docs.github.com, “Workflow commands for GitHub Actions”)."""
    return "\n".join(_command(finding, words) for finding in outcome.findings)


def _command(finding: Finding, words: Words) -> str:
    properties = {"file": finding.file} if finding.file else {}
    if finding.position is not None:
        properties |= {"line": str(finding.position.line), "col": str(finding.position.column)}
    properties["title"] = words.rule(finding)
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    value = f" ({words.term(finding.result.value)})" if finding.result.value is not None else ""
    return f"::{_COMMANDS[finding.result.severity]} {told}::{_data(words.message(finding) + value)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
