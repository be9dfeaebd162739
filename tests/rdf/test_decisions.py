"""Decisions on links survive the graph, and change of an extraction what they decide and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Extraction
from kg.rdf.decisions import LinkDecision, apply, from_quads, to_quads
from kg.rdf.iris import Iris

IRIS = Iris("https://w3id.org/khabar/")
AT = "2024-05-06T07:08:09Z"
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(
    st.dictionaries(
        st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
        st.tuples(st.none() | st.from_regex(r"Q[1-9][0-9]{0,8}", fullmatch=True), names, names),
        max_size=5,
    )
)
def test_a_graph_gives_back_the_decisions_that_it_was_made_of(drawn: dict[str, tuple[str | None, str, str]]) -> None:
    decisions = {
        f"{IRIS.base}actor/{name}": LinkDecision(f"{IRIS.base}actor/{name}", item, label, person, AT)
        for name, (item, label, person) in drawn.items()
    }
    quads = to_quads(decisions.values(), IRIS)
    assert from_quads(ox.parse(quads, format=ox.RdfFormat.N_QUADS)) == decisions
    assert quads.count(b"owl#sameAs> <http://www.wikidata.org") == sum(
        one.item is not None for one in decisions.values()
    )


def test_an_axiom_without_a_person_is_no_decision() -> None:
    quads = to_quads([LinkDecision(f"{IRIS.base}actor/a", "Q1", "زيد", "هند", AT)], IRIS)
    lines = b"".join(line for line in quads.splitlines(keepends=True) if b"author_label" not in line)
    assert from_quads(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == {}


def unlinked(extraction: Extraction) -> tuple[Extraction, str, int]:
    """The extraction with its first shared entity unlinked, that entity's IRI and place."""
    for place, entity in enumerate(extraction.entities):
        bare = replace(entity, wikidata=None, link=None)
        iri = IRIS.shared(bare)
        if entity.wikidata is not None and iri is not None:
            entities = (*extraction.entities[:place], bare, *extraction.entities[place + 1 :])
            return replace(extraction, entities=entities), iri, place
    raise AssertionError("no entity of the article is shared")


def test_an_entity_decided_on_is_linked_in_the_persons_name(denial: Extraction) -> None:
    extraction, iri, place = unlinked(denial)
    decided = apply(extraction, {iri: LinkDecision(iri, "Q4115189", "x", "هند", AT)}, IRIS)
    entity = decided.entities[place]
    assert entity.wikidata == "Q4115189"
    assert entity.link is not None
    assert entity.link.decision == "هند"
    assert entity.link.surface == entity.link.span.of(extraction.article.text) != ""
    others = [one for number, one in enumerate(decided.entities) if number != place]
    assert others == [one for number, one in enumerate(extraction.entities) if number != place]


def test_a_link_to_an_entry_without_an_item_keeps_its_place(denial: Extraction) -> None:
    extraction, iri, place = unlinked(denial)
    linked = replace(extraction.entities[place], link=next(one.link for one in denial.entities if one.link))
    entities = (*extraction.entities[:place], linked, *extraction.entities[place + 1 :])
    decided = apply(replace(extraction, entities=entities), {iri: LinkDecision(iri, "Q1", "x", "هند", AT)}, IRIS)
    assert linked.link is not None
    assert decided.entities[place].link == replace(linked.link, decision="هند")


def test_what_no_decision_is_about_stays_the_same_object(denial: Extraction) -> None:
    extraction, iri, _ = unlinked(denial)
    assert apply(extraction, {}, IRIS) is extraction
    other = f"{IRIS.base}actor/0000000000000000"
    assert apply(extraction, {other: LinkDecision(other, "Q1", "x", "هند", AT)}, IRIS) is extraction
    assert apply(extraction, {iri: LinkDecision(iri, None, "x", "هند", AT)}, IRIS) is extraction
    linked = denial.entities[0]
    assert linked.wikidata is not None
    named = f"{IRIS.base}actor/{linked.wikidata}"
    assert apply(denial, {named: LinkDecision(named, "Q1", "x", "هند", AT)}, IRIS) is denial
