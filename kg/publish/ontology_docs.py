"""The ontology and the shapes as one HTML page, in Arabic and English side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape
from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Literal, Node, URIRef

from kg.gate.paths import path_text
from kg.gate.verdict import Severity
from kg.ontology import defined_terms, version_of
from kg.rdf.vocab import ONTOLOGY
from kg.validate.formats.words import SHAPES_NAMESPACE, default_words

_DOMAIN_INCLUDES = URIRef("https://schema.org/domainIncludes")
_REPLACED_BY = URIRef("http://purl.org/dc/terms/isReplacedBy")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_TOLD_APART = {
    SH.path,
    SH.severity,
    SH.message,
    SH.property,
    SH.sparql,
    SH.prefixes,
    SH.deactivated,
    RDF.type,
    *_TARGETS,
}
_FACTS = (
    {"en": "a kind of", "ar": "نوع من"},
    {"en": "of", "ar": "خاصية لـ"},
    {"en": "value", "ar": "القيمة"},
    {"en": "broader", "ar": "الأعم"},
    {"en": "see also", "ar": "انظر أيضا"},
    {"en": "deprecated, replaced by", "ar": "مهمل، حل محله"},
)


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, scheme or concept. `facts` are (what by language, terms it names), in the order shown.

    `anchored` is whether the page has the term's anchor here: a concept of two schemes is told in both.
    """

    name: str
    iri: str
    label: dict[str, str]
    definition: dict[str, str]
    facts: tuple[tuple[dict[str, str], tuple[str, ...]], ...]
    concepts: tuple[Term, ...] = ()
    anchored: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with its messages, what it demands, its property shapes, and its examples where there are any."""

    name: str
    severity: str
    message: dict[str, str]
    demands: tuple[tuple[str, str], ...]
    query: str
    parts: tuple[Shape, ...]
    good: str
    bad: str


def ontology_page(ontology: Graph, shapes: Graph, examples: Path | None = None, home: str = "") -> str:
    """The page. `examples` is the folder of `NAME.good.ttl` and `NAME.bad.ttl`; without it none are shown.

    `home` is the address that the page links back to, none where it is empty.
    """
    environment = Environment(
        loader=PackageLoader("kg.publish"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    terms = defined_terms(ontology)
    kinds: dict[str, set[Node]] = {
        "classes": {OWL.Class},
        "properties": {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty},
        "schemes": {SKOS.ConceptScheme},
    }
    sections = {
        name: [_term(ontology, term) for term in sorted(terms) if terms[term] in wanted]
        for name, wanted in kinds.items()
    }
    return environment.get_template("ontology.html").render(
        version=version_of(ontology), shapes=list(_shapes(shapes, examples)), home=home, **sections
    )


def _term(ontology: Graph, term: Node, scheme: Node | None = None) -> Term:
    members = sorted(ontology.subjects(SKOS.inScheme, term), key=str)
    schemes = sorted(ontology.objects(term, SKOS.inScheme), key=str)
    named = (
        _names(_named(ontology.objects(term, RDFS.subClassOf))),
        _names([*_union(ontology, term, RDFS.domain), *ontology.objects(term, _DOMAIN_INCLUDES)]),
        _names(_union(ontology, term, RDFS.range)),
        _names(ontology.objects(term, SKOS.broader)),
        _names(ontology.objects(term, RDFS.seeAlso)),
        _names(ontology.objects(term, _REPLACED_BY)),
    )
    return Term(
        name=str(term).removeprefix(ONTOLOGY),
        iri=str(term),
        label=_texts(ontology, term, RDFS.label),
        definition=_texts(ontology, term, SKOS.definition),
        facts=tuple((what, names) for what, names in zip(_FACTS, named, strict=True) if names),
        concepts=tuple(_term(ontology, member, term) for member in members),
        anchored=scheme is None or scheme == schemes[0],
    )


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> dict[str, str]:
    values = (text for text in graph.objects(subject, predicate) if isinstance(text, Literal))
    return {text.language or "": str(text) for text in values}


def _union(ontology: Graph, term: Node, predicate: URIRef) -> Iterator[Node]:
    for value in ontology.objects(term, predicate):
        members = ontology.value(value, OWL.unionOf)
        if members is None:
            yield value
        else:
            yield from Collection(ontology, members)


def _named(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if isinstance(node, URIRef)]


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    words = default_words("en")
    return tuple(sorted(words.short(str(node)) for node in _named(nodes)))


# ── shapes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shapes(shapes: Graph, examples: Path | None) -> Iterator[Shape]:
    for node in sorted(shapes.subjects(RDF.type, SH.NodeShape), key=str):
        yield _shape(shapes, node, examples)


def _shape(shapes: Graph, node: Node, examples: Path | None) -> Shape:
    name = str(node).removeprefix(SHAPES_NAMESPACE)
    constraint = shapes.value(node, SH.sparql)
    return Shape(
        name=name,
        severity=Severity(str(shapes.value(node, SH.severity) or SH.Violation).rpartition("#")[2]).value.lower(),
        message=_texts(shapes, node, SH.message),
        demands=tuple(_demands(shapes, node)),
        query="" if constraint is None else str(shapes.value(constraint, SH.select)).strip("\n"),
        parts=tuple(_shape(shapes, part, examples) for part in sorted(shapes.objects(node, SH.property), key=str)),
        good=_example(examples, name, "good"),
        bad=_example(examples, name, "bad"),
    )


def _demands(shapes: Graph, node: Node) -> Iterator[tuple[str, str]]:
    words = default_words("en")
    for target in _TARGETS:
        for value in sorted(shapes.objects(node, target), key=str):
            yield words.short(str(target)), words.term(value)
    path = shapes.value(node, SH.path)
    if path is not None:
        yield "sh:path", words.short(path_text(shapes, path))
    for predicate, value in sorted(shapes.predicate_objects(node), key=str):
        if isinstance(predicate, URIRef) and predicate not in _TOLD_APART:
            yield words.short(str(predicate)), _value(shapes, value)


def _value(shapes: Graph, value: Node) -> str:
    words = default_words("en")
    if (value, RDF.first, None) in shapes:
        return "( " + " ".join(_value(shapes, member) for member in Collection(shapes, value)) + " )"
    if isinstance(value, URIRef | Literal):
        return words.term(value)
    inner = "; ".join(
        f"{words.short(str(p))} {_value(shapes, o)}" for p, o in sorted(shapes.predicate_objects(value), key=str)
    )
    return f"[ {inner} ]"


def _example(examples: Path | None, name: str, kind: str) -> str:
    file = None if examples is None else examples / f"{name}.{kind}.ttl"
    if file is None or not file.is_file():
        return ""
    lines = file.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("@prefix", "@base"))).strip("\n")
