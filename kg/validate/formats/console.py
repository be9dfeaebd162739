"""For people at a terminal: grouped by file, with the line, the value, the path and the message."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from kg.gate.verdict import Severity
from kg.validate.formats.words import Words
from kg.validate.run import Finding, Outcome

_NOWHERE = {"en": "(not in the files)", "ar": "(ليس في الملفات)"}
_FINE = {"en": "conforms", "ar": "مطابق"}
_COUNTED = {
    "en": "{files} files, {triples:,} triples: {found}",
    "ar": "الملفات {files}، الثلاثيات {triples:,}: {found}",
}


def as_human(outcome: Outcome, words: Words) -> str:
    """The findings as text, with a line of counts at the end."""
    lines: list[str] = []
    for file, findings in groupby(outcome.findings, key=lambda finding: finding.file):
        lines.append(file or _NOWHERE[words.language])
        for finding in findings:
            lines.extend(_lines(finding, words))
        lines.append("")
    return "\n".join([*lines, _count(outcome, words)])


def _lines(finding: Finding, words: Words) -> list[str]:
    result = finding.result
    place = f"{finding.position.line}:{finding.position.column}" if finding.position else "-"
    lines = [f"  {place:>8}  {words.severity(result.severity)}  {words.message(finding)}  [{words.rule(finding)}]"]
    triple = [
        words.term(result.focus),
        words.short(result.path or ""),
        words.term(result.value) if result.value else "",
    ]
    lines.append("            " + " → ".join(part for part in triple if part))
    if finding.line.strip():
        lines.append(f"          | {finding.line.strip()[:160]}")
    if finding.quote:
        lines.append(f"          « {' '.join(finding.quote.split())[:200]} »")
    return lines


def _count(outcome: Outcome, words: Words) -> str:
    counts = Counter(finding.result.severity for finding in outcome.findings)
    found = ", ".join(f"{counts[severity]} {words.severity(severity)}" for severity in Severity if counts[severity])
    text = _COUNTED[words.language]
    return text.format(files=len(outcome.files), triples=outcome.triples, found=found or _FINE[words.language])
