"""What IRIs begin with, for modules that need no more of `kg.rdf.vocab`: importing rdflib takes longer than all else
that a query worker's parent or the maker of a text index imports."""

from __future__ import annotations

from typing import Final

DEFAULT_BASE: Final = "https://w3id.org/khabar/"  # of the data; each store fixes its own when it is made
ONTOLOGY: Final = "https://w3id.org/khabar/ontology#"  # of the terms; the same everywhere
WIKIDATA: Final = "http://www.wikidata.org/entity/"
