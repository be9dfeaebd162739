"""The ontology checked: consistent, told in both languages, its terms defined where used and used where defined."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import owlready2
from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Literal, Node, URIRef

from kg import resources
from kg.errors import OntologyError
from kg.gate.graphs import load_graph
from kg.rdf.vocab import KHABAR, ONTOLOGY, SUPERCLASSES

LANGUAGES = ("ar", "en")

_DEFINING = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.Concept,
    SKOS.ConceptScheme,
)
_IN_QUERY = re.compile(r"\bkhabar:([A-Za-z][\w-]*)")


class Kind(StrEnum):
    """What can be wrong with an ontology."""

    INCONSISTENT = "inconsistent"
    UNSATISFIABLE = "unsatisfiable"
    LABEL = "missing-label"
    DEFINITION = "missing-definition"
    UNDEFINED = "undefined"
    UNUSED = "unused"
    SUPERCLASS = "superclass"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, with the IRI of the term it concerns (empty for the whole ontology)."""

    kind: Kind
    term: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; `reasoner` is empty where none could run, and `note` then says why."""

    version: str
    terms: int
    reasoner: str
    note: str
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """The report as JSON values."""
        findings = [{"kind": f.kind.value, "term": f.term, "message": f.message} for f in self.findings]
        return {
            "version": self.version,
            "terms": self.terms,
            "reasoner": self.reasoner or None,
            "note": self.note or None,
            "findings": findings,
        }


def load_ontology(folder: Path | None = None) -> Graph:
    """The ontology with its concepts and alignments as one graph; raises OntologyError where it does not parse."""
    return load_graph([folder or resources.ontology_dir()])


def version_of(ontology: Graph) -> str:
    """Its `owl:versionInfo`; empty where it has none."""
    header = next(iter(ontology.subjects(RDF.type, OWL.Ontology)), None)
    return "" if header is None else str(ontology.value(header, OWL.versionInfo) or "")


def defined_terms(ontology: Graph) -> dict[URIRef, Node]:
    """Khabar's own terms with the type that defines each."""
    return {
        term: kind
        for kind in _DEFINING
        for term in ontology.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(ONTOLOGY)
    }


def check(ontology: Graph, shapes: Graph, data: Sequence[tuple[str, Graph]] = ()) -> Report:
    """All findings about `ontology`, held against `shapes`, the vocabulary in code, the named queries and `data`.

    `data` are graphs with the name of the file each came from.
    """
    terms = defined_terms(ontology)
    reasoner, note, logical = _classify(ontology)
    findings = [
        *logical,
        *_untold(ontology, terms),
        *_undefined(terms, [("the shapes", shapes), *data]),
        *_unused(ontology, terms, shapes, [graph for _, graph in data]),
        *_superclasses(ontology),
        *_deprecated(ontology),
    ]
    return Report(version_of(ontology), len(terms), reasoner, note, tuple(sorted(findings)))


# ── logic ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _classify(ontology: Graph) -> tuple[str, str, list[Finding]]:
    if shutil.which(owlready2.JAVA_EXE) is None:
        return "", "no Java found: HermiT did not run, unsatisfiable classes are not looked for", []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ontology.nt"
        # owlready2 reads no Turtle.
        ontology.serialize(file, format="nt", encoding="utf-8")
        return "HermiT", "", _run_hermit(file)


def _run_hermit(file: Path) -> list[Finding]:
    world = owlready2.World()
    try:
        loaded = world.get_ontology(file.as_uri()).load()
        with loaded:
            # HermiT stops at xsd:date and EDTF ranges unless told to pass over datatypes it does not know.
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return [Finding(Kind.INCONSISTENT, "", "the ontology contradicts itself: it has no model")]
    except (owlready2.base.OwlReadyError, subprocess.SubprocessError) as error:
        raise OntologyError(f"HermiT could not classify the ontology: {' '.join(str(error).split())[:200]}") from error
    else:
        unsatisfiable = (str(cls.iri) for cls in world.inconsistent_classes() if cls is not owlready2.Nothing)
        return [Finding(Kind.UNSATISFIABLE, iri, "nothing can be an instance of this class") for iri in unsatisfiable]
    finally:
        world.close()


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _untold(ontology: Graph, terms: Iterable[URIRef]) -> Iterator[Finding]:
    for term in terms:
        for kind, predicate in ((Kind.LABEL, RDFS.label), (Kind.DEFINITION, SKOS.definition)):
            languages = {_language(text) for text in ontology.objects(term, predicate)}
            for language in sorted(set(LANGUAGES) - languages):
                yield Finding(kind, str(term), f"nothing in “{language}”")


def _language(text: Node) -> str | None:
    return text.language if isinstance(text, Literal) and text.strip() else None


# ── use ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def own_terms(graph: Graph) -> set[URIRef]:
    """The IRIs of Khabar's namespace in a graph, wherever they stand, in the queries of shapes too."""
    named = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(ONTOLOGY)}
    queries = (str(text) for text in graph.objects(None, SH.select))
    return named | {URIRef(ONTOLOGY + name) for text in queries for name in _IN_QUERY.findall(text)}


def vocabulary_terms() -> set[URIRef]:
    """The terms that the code writes and reads."""
    return {KHABAR[name] for name in KHABAR.__annotations__ if not name.startswith("_")}


def query_terms(folder: Path | None = None) -> set[URIRef]:
    """The terms that the named queries use."""
    texts = (file.read_text("utf-8") for file in sorted((folder or resources.queries_dir()).glob("*.rq")))
    return {URIRef(ONTOLOGY + name) for text in texts for name in _IN_QUERY.findall(text)}


def _undefined(terms: dict[URIRef, Node], places: Iterable[tuple[str, Graph]]) -> Iterator[Finding]:
    named = [
        *((place, own_terms(graph)) for place, graph in places),
        ("kg/rdf/vocab.py", vocabulary_terms()),
        ("the named queries", query_terms()),
    ]
    for place, used in named:
        for term in sorted(used - terms.keys()):
            yield Finding(Kind.UNDEFINED, str(term), f"used in {place}, not defined")


def _unused(ontology: Graph, terms: dict[URIRef, Node], shapes: Graph, data: Iterable[Graph]) -> Iterator[Finding]:
    used = own_terms(shapes) | vocabulary_terms() | query_terms()
    for graph in data:
        used |= own_terms(graph)
    used |= {value for term in used for value in _own(ontology, term, RDFS.range)}
    used |= {scheme for scheme in ontology.objects(None, SKOS.inScheme) if isinstance(scheme, URIRef)}
    for term, kind in terms.items():
        # Data may name any concept of a class that a property in use ranges over.
        by_class = kind == SKOS.Concept and not used.isdisjoint(_own(ontology, term, RDF.type))
        if term not in used and not by_class and not is_deprecated(ontology, term):
            yield Finding(Kind.UNUSED, str(term), "defined, but no shape, code, query or data uses it")


def _own(ontology: Graph, subject: Node, predicate: Node) -> set[URIRef]:
    values = ontology.objects(subject, predicate)
    return {value for value in values if isinstance(value, URIRef) and value.startswith(ONTOLOGY)}


# ── agreement with the code, deprecation ──────────────────────────────────────────────────────────────────────────


def _superclasses(ontology: Graph) -> Iterator[Finding]:
    """Superclasses are written beside the class, so the code's table and the ontology must say the same."""
    for cls in sorted(term for term, kind in defined_terms(ontology).items() if kind == OWL.Class):
        above = {above for above in ontology.transitive_objects(cls, RDFS.subClassOf) if above != cls}
        own = {term for term in above if isinstance(term, URIRef) and term.startswith(ONTOLOGY)}
        if own != set(SUPERCLASSES.get(cls, ())):
            names = ", ".join(sorted(term.removeprefix(ONTOLOGY) for term in own)) or "none"
            yield Finding(Kind.SUPERCLASS, str(cls), f"kg/rdf/vocab.py writes other superclasses than: {names}")


def is_deprecated(ontology: Graph, term: Node) -> bool:
    """Whether the ontology has given the term up."""
    return any(isinstance(flag, Literal) and flag.toPython() is True for flag in ontology.objects(term, OWL.deprecated))


def _deprecated(ontology: Graph) -> Iterator[Finding]:
    replaced = URIRef("http://purl.org/dc/terms/isReplacedBy")
    for term in ontology.subjects(OWL.deprecated, None):
        if is_deprecated(ontology, term) and ontology.value(term, replaced) is None:
            yield Finding(Kind.DEPRECATED, str(term), "deprecated without dcterms:isReplacedBy")
