"""For linked-data tools: the W3C validation report in Turtle."""

from __future__ import annotations

from kg.gate.report import report_graph
from kg.gate.verdict import Verdict
from kg.validate.formats.words import Words
from kg.validate.run import Outcome


def as_turtle(outcome: Outcome, words: Words) -> str:
    """The report of SHACL §3.6 on all files together."""
    verdict = Verdict(tuple(finding.result for finding in outcome.findings))
    return report_graph(verdict, words.shapes).serialize(format="turtle").rstrip("\n")
