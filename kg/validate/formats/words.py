"""What every form needs beside the findings: the reader's language, and short names for IRIs."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import Literal, Node

from kg.gate.shapes import default_shapes
from kg.gate.verdict import Severity
from kg.rdf.vocab import ONTOLOGY
from kg.validate.run import Finding

SHAPES_NAMESPACE = "https://w3id.org/khabar/shapes#"
DOCUMENTATION = "https://w3id.org/khabar/ontology#"

_PREFIXES = (
    (SHAPES_NAMESPACE, "khs:"),
    (ONTOLOGY, "khabar:"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs:"),
    ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ("http://www.w3.org/2004/02/skos/core#", "skos:"),
    ("http://www.w3.org/ns/prov#", "prov:"),
    ("http://www.w3.org/ns/shacl#", "sh:"),
    ("http://id.loc.gov/datatypes/edtf/", "edtf:"),
    ("https://schema.org/", "schema:"),
)

_SEVERITIES = {
    "en": {Severity.VIOLATION: "violation", Severity.WARNING: "warning", Severity.INFO: "info"},
    "ar": {Severity.VIOLATION: "مخالفة", Severity.WARNING: "تحذير", Severity.INFO: "معلومة"},
}


@dataclass(frozen=True, slots=True)
class Words:
    """`language` is ar or en; `shapes` gives the names of shapes."""

    language: str
    shapes: Graph

    def message(self, finding: Finding) -> str:
        """The finding's message in the reader's language; the shape's name where it has none."""
        return finding.result.message(self.language) or self.short(finding.result.shape or finding.result.component)

    def severity(self, severity: Severity) -> str:
        """The severity's name in the reader's language."""
        return _SEVERITIES.get(self.language, _SEVERITIES["en"])[severity]

    def short(self, text: str) -> str:
        """A text with IRIs: those in angle brackets, or the whole of it, with well-known prefixes instead."""
        for namespace, prefix in _PREFIXES:
            if text.startswith(namespace):
                return prefix + text.removeprefix(namespace)
            start = text.find(f"<{namespace}")
            while start >= 0:
                end = text.find(">", start)
                text = text[:start] + prefix + text[start + 1 + len(namespace) : end] + text[end + 1 :]
                start = text.find(f"<{namespace}")
        return text

    def term(self, term: Node) -> str:
        """A term as Turtle would write it."""
        if isinstance(term, Literal) and term.datatype is not None:
            return f"{Literal(str(term)).n3()}^^{self.short(term.datatype.n3())}"
        return self.short(term.n3())

    def rule(self, finding: Finding) -> str:
        """The short name of the finding's shape, or of its constraint component where the shape has no IRI."""
        return self.short(finding.result.shape or finding.result.component)


def default_words(language: str) -> Words:
    """The words of the packaged shapes."""
    return Words(language, default_shapes().graph)
