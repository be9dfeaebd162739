"""Positions: what stands at the place that is told is the term that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import BNode, Literal, URIRef

from kg.validate.positions import Position, locate_nquads, locate_turtle

BASE = "https://example.org/"
TURTLE = """\ufeff@prefix : <urn:> .
# a comment with a <urn:a> in it
:a a :T ;
   :p :b , "نص"@ar ,
      [ :q 007 ; :r ( :l1
         :l2 ) ] .
_:z :p true .
[ :s :t ] :u :v .
"""


def test_each_object_of_turtle_stands_where_it_is_told() -> None:
    positions = locate_turtle(TURTLE, BASE)
    a, p = URIRef("urn:a"), URIRef("urn:p")
    assert positions.of_triple(a, p, URIRef("urn:b")) == Position(4, 7)
    assert positions.of_triple(a, p, Literal("نص", lang="ar")) == Position(4, 12)
    assert positions.of_predicate(a, p) == Position(4, 7)
    assert positions.of_triple(BNode("z"), p, Literal(True)) == Position(7, 8)
    assert positions.of_subject(a) == Position(3, 1)


def test_anonymous_nodes_stand_where_their_properties_begin() -> None:
    positions = locate_turtle(TURTLE, BASE)
    (inner,) = [o for s, p, o in positions.triples if s == URIRef("urn:a") and isinstance(o, BNode)]
    assert positions.of_triple(URIRef("urn:a"), URIRef("urn:p"), inner) == Position(5, 7)
    assert positions.of_subject(inner) == Position(5, 9)
    assert positions.of_triple(inner, URIRef("urn:q"), Literal("007", datatype=URIRef(f"{XSD}integer"))) == Position(
        5, 12
    )
    (last,) = [s for s, p, o in positions.triples if p == URIRef("urn:u")]
    assert positions.of_triple(last, URIRef("urn:u"), URIRef("urn:v")) == Position(8, 14)
    assert positions.of_subject(last) == Position(8, 3)


XSD = "http://www.w3.org/2001/XMLSchema#"


def test_the_same_text_gives_the_same_blank_nodes() -> None:
    assert locate_turtle(TURTLE, BASE).triples == locate_turtle(TURTLE, BASE).triples


def test_graphs_of_trig_are_entered() -> None:
    positions = locate_turtle("@prefix : <urn:> .\n:g { :a :p :b , :c . }\n GRAPH :h { :d :q [ :x 1 ] }", BASE, True)
    assert positions.of_triple(URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:c")) == Position(2, 17)
    assert positions.of_subject(URIRef("urn:d")) == Position(3, 13)


def test_lines_of_nquads_count_whatever_ends_them() -> None:
    text = '<urn:a> <urn:p> <urn:b> .\r\n# c\n_:x <urn:p> "ع\\u0627"@ar <urn:g> . # tail\r_:x  <urn:q>\t_:y.z .'
    positions = locate_nquads(text)
    assert positions.of_triple(URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:b")) == Position(1, 17)
    assert positions.of_triple(BNode("x"), URIRef("urn:p"), Literal("عا", lang="ar")) == Position(3, 13)
    assert positions.of_triple(BNode("x"), URIRef("urn:q"), BNode("y.z")) == Position(4, 14)
    assert positions.of_subject(BNode("x")) == Position(3, 1)


def test_a_crlf_at_the_end_of_a_read_buffer_is_one_line_end() -> None:
    line = f'<urn:a> <urn:p> "{"x" * 2027}" .\r\n'
    assert line.index("\n") == 2048
    positions = locate_nquads(line + "<urn:b> <urn:p> <urn:c> .\r\n")
    assert positions.of_subject(URIRef("urn:b")) == Position(2, 1)


def test_what_is_not_in_the_file_has_no_position() -> None:
    positions = locate_turtle(TURTLE, BASE)
    assert positions.of_subject(URIRef("urn:none")) is None
    assert positions.of_triple(URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:none")) is None


names = st.sampled_from(["a", "b", "c"])
spaces = st.sampled_from([" ", "\n", "\n\n  ", "\t", " # <urn:x> ;\n", "\r\n"])
terms = st.one_of(names.map(lambda n: f"<urn:{n}>"), st.sampled_from(['"س"@ar', '"""a\nb"""', "12", "true", "'x'"]))


@given(st.lists(st.tuples(names, names, terms, spaces, spaces), min_size=1, max_size=8))
def test_the_text_at_a_position_begins_with_the_object(rows: list[tuple[str, str, str, str, str]]) -> None:
    text = "".join(f"<urn:{s}>{x}<urn:{p}>{y}{o}{x}.{y}" for s, p, o, x, y in rows)
    positions = locate_turtle(text, BASE)
    lines = text.replace("\r\n", "\n").split("\n")
    for row, (subject, predicate, value) in zip(rows, positions.triples, strict=True):
        place = positions.of_triple(subject, predicate, value)
        start = positions.of_subject(subject)
        assert place is not None
        assert start is not None
        assert lines[place.line - 1][place.column - 1 :].startswith(row[2].split("\n")[0])
        assert lines[start.line - 1][start.column - 1 :].startswith(f"<urn:{row[0]}>")


@pytest.mark.parametrize("text", ["<urn:a> <urn:p>", "<urn:a> a", "[", "@prefix"])
def test_a_text_that_rdflib_cannot_follow_raises_what_is_promised(text: str) -> None:
    with pytest.raises((SyntaxError, ValueError, IndexError, AssertionError)):
        locate_turtle(text, BASE)
