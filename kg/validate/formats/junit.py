"""For CI servers that read JUnit's XML: a suite for each file, a case for each shape that found something in it."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from kg.gate.verdict import Severity
from kg.validate.formats.words import Words
from kg.validate.run import Finding, Outcome

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(outcome: Outcome, words: Words) -> str:
    """A `testsuites` document; violations are failures, warnings and infos are told in `system-out`."""
    root = ElementTree.Element("testsuites", name="khabar validate")
    names = sorted({*outcome.files, *(finding.file for finding in outcome.findings)})
    by_file = {file: list(found) for file, found in groupby(outcome.findings, key=lambda finding: finding.file)}
    totals = [_suite(root, name, by_file.get(name, []), words) for name in names]
    root.set("tests", str(sum(tests for tests, _ in totals)))
    root.set("failures", str(sum(failures for _, failures in totals)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(root: ElementTree.Element, name: str, findings: list[Finding], words: Words) -> tuple[int, int]:
    suite = ElementTree.SubElement(root, "testsuite", name=name or "-")
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(words.rule(finding), []).append(finding)
    if not by_rule:
        ElementTree.SubElement(suite, "testcase", classname=name or "-", name="shapes")
    failures = sum(_case(suite, name, rule, found, words) for rule, found in sorted(by_rule.items()))
    tests = max(1, len(by_rule))
    suite.set("tests", str(tests))
    suite.set("failures", str(failures))
    return tests, failures


def _case(suite: ElementTree.Element, file: str, rule: str, findings: list[Finding], words: Words) -> bool:
    case = ElementTree.SubElement(suite, "testcase", classname=file or "-", name=rule)
    text = _clean("\n".join(_line(finding, words) for finding in findings))
    violations = [finding for finding in findings if finding.result.severity is Severity.VIOLATION]
    if not violations:
        ElementTree.SubElement(case, "system-out").text = text
        return False
    failure = ElementTree.SubElement(case, "failure", type="violation", message=_clean(words.message(violations[0])))
    failure.text = text
    return True


def _line(finding: Finding, words: Words) -> str:
    result = finding.result
    place = f"{finding.position.line}:{finding.position.column}" if finding.position else "-"
    terms = [words.term(result.focus), words.short(result.path or ""), words.term(result.value) if result.value else ""]
    return f"{place} {words.severity(result.severity)}: {' '.join(term for term in terms if term)}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
