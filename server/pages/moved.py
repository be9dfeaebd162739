"""Where things are found that got another name: an actor that a person linked, an item that Wikidata merged."""

from __future__ import annotations

import re
from collections.abc import Collection

import pyoxigraph as ox
from rdflib.namespace import OWL

from kg.gazetteer.load import load
from kg.named_queries import is_wikidata_item
from kg.rdf.vocab import WIKIDATA

_ITEM = re.compile(r"/https?:/{1,2}(www\.)?wikidata\.org/(entity|wiki)/(?P<item>Q[1-9][0-9]*)$")
"""An item's own IRI in the place of a name; servers take its two slashes for one."""


def moved(iri: str, triples: Collection[ox.Triple]) -> str | None:
    """The IRI that now stands for `iri`, of which only `triples` are known; None where it stands for itself."""
    asked = _ITEM.search(iri)
    if asked:
        return f"{iri[: asked.start()]}/{load().current(asked['item'])}"
    folder, _, name = iri.rpartition("/")
    if not triples:
        item = load().current(name) if is_wikidata_item(name) else name
    else:
        said = [triple for triple in triples if triple.subject == ox.NamedNode(iri)]
        if len(said) != 1 or said[0].predicate.value != str(OWL.sameAs):
            return None
        item = load().current(str(said[0].object).strip("<>").removeprefix(WIKIDATA))
    return f"{folder}/{item}" if item != name and is_wikidata_item(item) else None
