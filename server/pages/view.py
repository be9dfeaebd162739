"""One thing of the graph and its neighbours, ready to be shown: labels, links and values in the page's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from kg.rdf.vocab import EDTF, ONTOLOGY, WIKIDATA
from server.pages.data import written_in
from server.pages.terms import is_term, local_name, term_label

PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SCHEMA = "https://schema.org/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page shows it. `href` where it can be followed; `language` of the text where it is known."""

    text: str
    href: str | None = None
    language: str | None = None
    iri: str | None = None
    is_date: bool = False


def local_link(iri: str, base: str) -> str | None:
    """Where this server answers an IRI of the data; None for one of somebody else's."""
    if not iri.startswith(base):
        return None
    return "/" + quote(iri[len(base) :], safe="/#=,:.-_~")


class View:
    """The triples about `subject` and what it points to."""

    def __init__(self, subject: str, triples: Iterable[ox.Triple], base: str, language: str) -> None:
        self.subject = subject
        self.base = base
        self.language = language
        self._about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                self._about[triple.subject.value][triple.predicate.value].append(triple.object)

    @property
    def exists(self) -> bool:
        """Whether the graph says anything of the subject."""
        return self.subject in self._about

    @property
    def types(self) -> list[Shown]:
        """The classes of the subject, in the page's language."""
        return [self.show(value) for value in self._values(self.subject, TYPE)]

    def predicates(self) -> list[str]:
        """What is said of the subject, each predicate once."""
        return sorted(self._about[self.subject]) if self.exists else []

    def values(self, predicate: str, subject: str | None = None) -> list[Shown]:
        """The values of a property (its full IRI, or a name of the ontology), labelled ones first."""
        subject = subject or self.subject
        return [self.show(value) for value in self._values(subject, full_iri(predicate))]

    def value(self, predicate: str, subject: str | None = None) -> Shown | None:
        """One value of a property: that in the page's language where there are several."""
        found = self.values(predicate, subject)
        return next((each for each in found if each.language == self.language), found[0] if found else None)

    def iris(self, predicate: str, subject: str | None = None) -> list[str]:
        """The IRIs that a property points to."""
        return [
            value.value
            for value in self._values(subject or self.subject, full_iri(predicate))
            if isinstance(value, ox.NamedNode)
        ]

    def label(self, iri: str) -> Shown:
        """How a thing is called, with a link to it."""
        href = local_link(iri, self.base) or (iri if iri.startswith(("http://", "https://")) else None)
        if is_term(iri):
            return Shown(term_label(iri, self.language), None, self.language, iri)
        for predicate in (PREFERRED, SCHEMA + "headline"):
            names = [value for value in self._values(iri, predicate) if isinstance(value, ox.Literal)]
            name = min(names, key=self._liking, default=None)
            if name is not None:
                return Shown(name.value, href, name.language, iri)
        evidence = next((value.value for value in self._values(iri, ONTOLOGY + "evidence")), iri)
        passage = next(iter(self._values(evidence, ONTOLOGY + "text")), None)
        if passage is not None:
            return Shown(passage.value, href, written_in(passage.value), iri)
        if iri.startswith(WIKIDATA):
            return Shown("Wikidata " + local_name(iri), iri, None, iri)
        return Shown(local_name(iri), href, None, iri)

    def other_labels(self) -> Sequence[Shown]:
        """The subject's names besides the one that stands as title."""
        title = self.label(self.subject).text
        found = [*self.values(PREFERRED), *self.values("http://www.w3.org/2004/02/skos/core#altLabel")]
        return [each for each in found if each.text != title]

    def show(self, value: ox.NamedNode | ox.Literal) -> Shown:
        """A term as it is shown."""
        if isinstance(value, ox.NamedNode):
            return self.label(value.value)
        datatype = value.datatype.value
        dated = datatype == str(EDTF) or datatype.endswith("#date")
        return Shown(value.value, None, value.language or written_in(value.value), None, dated)

    def _values(self, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        return self._about[subject][predicate] if subject in self._about else []

    def _liking(self, name: ox.Literal) -> tuple[bool, bool, str]:
        return (name.language != self.language, name.language != "ar", name.value)


def full_iri(name: str) -> str:
    """The IRI of a property: `name` itself where it is one, else the ontology's term of that name."""
    return name if ":" in name else ONTOLOGY + name
