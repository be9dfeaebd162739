"""What the gate answers: SHACL results and the verdict made of them, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rdflib.term import BNode, Literal, Node, URIRef


class Severity(StrEnum):
    """The three severities of SHACL §2.1.4, gravest first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this is as grave as `other`, or graver."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Result:
    """One SHACL validation result (SHACL §3.6.2).

    `path` is written as a SPARQL property path with full IRIs; `shape` is the IRI of the shape whose constraint was
    not met (a property shape where there is one); `messages` maps a language tag ("" for none) to the text. A severity
    of the shape's own counts as a violation and stands in `severity_iri`.
    """

    focus: Node
    path: str | None
    value: Node | None
    shape: str
    component: str
    severity: Severity
    messages: tuple[tuple[str, str], ...] = ()
    severity_iri: str = ""

    def message(self, language: str) -> str:
        """The message in `language`, else in English, else in whatever language there is; empty when there is none."""
        texts = dict(self.messages)
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")

    def key(self) -> tuple[str, ...]:
        """What makes two results the same result: all but messages and severity."""
        value = "" if self.value is None else self.value.n3()
        return (self.focus.n3(), self.path or "", value, self.shape, self.component)

    def as_json(self) -> dict[str, object]:
        """The result as JSON values; terms in N-Triples syntax."""
        return {
            "focus": self.focus.n3(),
            "path": self.path,
            "value": None if self.value is None else self.value.n3(),
            "shape": self.shape,
            "component": self.component,
            "severity": self.severity.value,
            "messages": dict(self.messages),
            **({"severityIri": self.severity_iri} if self.severity_iri else {}),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Result:
        """The result that `as_json` wrote.

        Raises KeyError or ValueError where the record is not one.
        """
        messages = record["messages"]
        if not isinstance(messages, Mapping):
            raise ValueError("messages is not an object")
        value, path = record["value"], record["path"]
        return cls(
            focus=parse_term(str(record["focus"])),
            path=None if path is None else str(path),
            value=None if value is None else parse_term(str(value)),
            shape=str(record["shape"]),
            component=str(record["component"]),
            severity=Severity(str(record["severity"])),
            messages=tuple((str(language), str(text)) for language, text in messages.items()),
            severity_iri=str(record.get("severityIri", "")),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one graph: its results in a stable order.

    It `conforms` when no result is a violation; warnings and infos are told but refuse nothing.
    """

    results: tuple[Result, ...] = ()

    @classmethod
    def of(cls, results: Iterable[Result]) -> Verdict:
        """The verdict on `results`, put in order, each once."""
        unique = {(result.key(), result.severity): result for result in results}
        return cls(tuple(sorted(unique.values(), key=lambda result: (result.severity.rank, result.key()))))

    @property
    def conforms(self) -> bool:
        """Whether nothing is graver than a warning."""
        return all(result.severity is not Severity.VIOLATION for result in self.results)

    def as_json(self) -> dict[str, object]:
        """The verdict as JSON values."""
        return {"conforms": self.conforms, "results": [result.as_json() for result in self.results]}

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Verdict:
        """The verdict that `as_json` wrote; raises KeyError or ValueError where the record is not one."""
        results = record["results"]
        if not isinstance(results, list):
            raise ValueError("results is not a list")
        return cls(tuple(Result.from_json(result) for result in results))


def parse_term(text: str) -> Node:
    """One RDF term in N-Triples syntax, as `Node.n3()` writes it.

    Raises ValueError where the text is none.
    """
    from rdflib.util import from_n3

    term = from_n3(text)
    if not isinstance(term, URIRef | Literal | BNode):
        raise ValueError(f"not an RDF term: {text}")
    return term
