"""For people at a terminal: grouped by file, with the line, the value, the path and the message."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from kg.gate.verdict import Severity
from kg.validate.formats.words import Words
from kg.validate.run import Finding, Outcome

_LONGEST = 600  # characters of a quotation
_NOWHERE = {"en": "(not in the files)", "ar": "(ليس في الملفات)"}
_FINE = {"en": "conforms", "ar": "مطابق"}
_PLURALS = {
    "file": ("files", "الملفات"),
    "graph": ("graphs", "المخططات"),
    "triple": ("triples", "الثلاثيات"),
    Severity.VIOLATION: ("violations", "المخالفات"),
    Severity.WARNING: ("warnings", "التحذيرات"),
    Severity.INFO: ("infos", "المعلومات"),
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
        lines.append(f"          « {_quoted(finding)} »")
    return lines


def _quoted(finding: Finding) -> str:
    """The sentence with the words it is about between brackets where they are a part of it, else those words."""
    sentence, quote = (" ".join(text.split()) for text in (finding.sentence, finding.quote))
    if len(sentence) > _LONGEST or sentence.count(quote) != 1:
        return quote[:_LONGEST]
    return sentence if len(sentence) <= len(quote) + 1 else sentence.replace(quote, f"[{quote}]")


def _count(outcome: Outcome, words: Words) -> str:
    counts = Counter(finding.result.severity for finding in outcome.findings)
    found = [_counted(counts[severity], severity, words) for severity in Severity if counts[severity]]
    read = [
        _counted(len(outcome.files), "graph" if outcome.in_store else "file", words),
        _counted(outcome.triples, "triple", words),
    ]
    comma = "، " if words.language == "ar" else ", "
    return f"{comma.join(read)}: {comma.join(found) or _FINE[words.language]}"


def _counted(number: int, what: str, words: Words) -> str:
    """`2 files`; in Arabic the number follows the plural, so that none of the forms of counted nouns is needed."""
    english, arabic = _PLURALS[what]
    if words.language == "ar":
        return f"{arabic} {number:,}"
    return f"{number:,} {what.lower() if number == 1 else english}"
