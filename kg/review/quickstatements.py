"""Items that Wikidata lacks, as QuickStatements (version 1) for a person to review before anybody runs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.gazetteer import tables
from kg.gazetteer.load import gazetteer_dir
from kg.model import EntityType
from kg.named_queries import internal
from kg.query import bind_text, run
from kg.store import Version

_INSTANCE_OF, _REFERENCE_URL = "P31", "S854"


def to_quickstatements(version: Version, lacking: Mapping[str, tuple[str, EntityType | None]]) -> str:
    """New items for the actors `lacking` (label and type by IRI): label, kind, and the address of an article as source.

    Raises QueryError.
    """
    sources = _sources(version, lacking)
    kinds = _kinds()
    lines: list[str] = []
    for actor, (label, kind) in sorted(lacking.items()):
        lines.extend(_item(label, kinds.get(kind) if kind else None, sources.get(actor)))
    return "".join(f"{line}\n" for line in lines)


def _item(label: str, kind: str | None, source: str | None) -> Iterator[str]:
    yield "CREATE"
    language = "ar" if any("\u0600" <= letter <= "\u06ff" for letter in label) else "en"
    yield f"LAST\tL{language}\t{_quoted(label)}"
    if kind is not None:
        yield f"LAST\t{_INSTANCE_OF}\t{kind}" + (f"\t{_REFERENCE_URL}\t{_quoted(source)}" if source else "")


def _quoted(value: str) -> str:
    """A string as QuickStatements takes it: its quotation marks cannot be escaped, so they become others."""
    return '"' + " ".join(value.replace('"', "”").split()) + '"'


def _kinds() -> dict[EntityType, str]:
    """The item that says what an entity of a type is: the first for the type in `classes.tsv`."""
    found: dict[EntityType, str] = {}
    for row in tables.rows(gazetteer_dir() / "classes.tsv"):
        found.setdefault(EntityType(row["type"]), row["wikidata"])
    return found


def _sources(version: Version, actors: Mapping[str, object]) -> dict[str, str]:
    if not actors:
        return {}
    values = " ".join(str(ox.NamedNode(actor)) for actor in sorted(actors))
    result = run(version.open(), bind_text(internal("first-article-of"), {"actors": values}))
    assert isinstance(result, ox.QuerySolutions)
    return {row["actor"].value: row["source"].value for row in result if row["source"] is not None}
