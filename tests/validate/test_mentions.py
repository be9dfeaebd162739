"""The line of a subject in JSON-LD and RDF/XML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from kg import resources
from kg.validate.mentions import first_mention
from kg.validate.positions import Position

EXAMPLES = sorted(resources.examples_dir().glob("*.good.ttl"))


def test_a_node_that_is_only_pointed_to_before_stands_where_it_is_described() -> None:
    text = """[
  {"@id": "urn:b", "urn:knows": {"@id": "urn:a"}},
  {"urn:knows": { "@id" : "urn:b" }, "@id": "urn:a"}
]"""
    assert first_mention(text, "urn:a") == Position(3, 38)
    assert first_mention(text, "urn:b") == Position(2, 4)
    assert first_mention(text.replace('"@id": "urn:b", ', ""), "urn:b") == Position(3, 17)


def test_the_longest_end_that_is_written_tells_nodes_apart() -> None:
    text = '[{"@id": "article/m1",\n "a": 1}, {"@id": "actor/m1",\n "a": 1}]'
    assert first_mention(text, "https://w3id.org/khabar/actor/m1") == Position(2, 12)
    assert first_mention(text, "https://w3id.org/khabar/article/m1") == Position(1, 3)


@pytest.mark.parametrize("form", ["json-ld", "pretty-xml"])
@pytest.mark.parametrize("file", EXAMPLES[::7], ids=lambda file: file.name)
def test_every_subject_of_an_example_stands_where_it_is_described(file: Path, form: str) -> None:
    graph = Graph().parse(file)
    text = graph.serialize(format=form, indent=1) if form == "json-ld" else graph.serialize(format=form)
    for subject in set(graph.subjects()):
        assert isinstance(subject, URIRef)
        place = first_mention(text, subject)
        assert place is not None
        told = text.split("\n")[place.line - 1][place.column - 1 :]
        assert told.startswith(f'"@id": "{subject}"' if form == "json-ld" else f'about="{subject}"')


names = st.sampled_from([f"urn:{kind}:{number}" for kind in "ab" for number in (1, 11, 2)])


@given(st.lists(st.tuples(names, names), min_size=1, max_size=9), st.sampled_from([None, 1]))
def test_random_json_ld_is_pointed_into(rows: list[tuple[str, str]], indent: int | None) -> None:
    nodes = [{"urn:p": {"@id": value}, "@id": name} for name, value in rows]
    text = json.dumps(nodes, indent=indent)
    for name, _ in rows:
        place = first_mention(text, name)
        assert place is not None
        rest = text.split("\n")[place.line - 1][place.column - 1 :]
        assert rest.startswith(f'"@id": "{name}"')
        first = next(number for number, (each, _) in enumerate(rows) if each == name)
        lines = text.split("\n")
        before = [*lines[: place.line - 1], lines[place.line - 1][: place.column - 1]]
        assert "".join(before).count('"urn:p"') == first + 1
