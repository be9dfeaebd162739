"""Positions: what stands at the place that is told is the term that is meant."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.term import BNode, Literal, URIRef

from kg.validate.locate import locate_nquads, locate_turtle
from kg.validate.positions import Position, line_starts

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


# ── random documents ──────────────────────────────────────────────────────────────────────────────────────────────────


class Writer:
    """Writes a random document, each value in it another, and keeps where it put each subject and each object."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.text = random.choice(["", "\ufeff"])
        self.subjects: dict[str, int] = {}
        self.objects: dict[str, int] = {}
        self.anonymous: list[int] = []
        self.number = 0

    def space(self, *more: str) -> None:
        self.text += self.random.choice([" ", "\n", "\r\n", "\t ", "  \n\n", " # <urn:x> [ ( \n", *more])

    def name(self) -> str:
        self.number += 1
        return f"urn:n{self.number}"

    def line(self, graph: str) -> None:
        """One triple of N-Triples or N-Quads."""
        subject, value, written = self.name(), *self.leaf(prefixed=False)
        self.subjects[subject] = len(self.text)
        self.text += f"<{subject}>{self.random.choice([' ', chr(9)])}<urn:p> "
        self.objects[value] = len(self.text)
        self.text += f"{written} {graph}." + self.random.choice(["\n", "\r\n", " # <urn:x>\n", "\n\n"])

    def leaf(self, prefixed: bool = True) -> tuple[str, str]:
        """A value that nothing else in the document has: as the graph has it, and as it is written."""
        name = self.name()
        text = f"{self.number} \u0646\u0635"
        forms = [(name, f"<{name}>"), (text, f'"{text}"@ar'), (text + "\t", f'"{text}\\t"')]
        if prefixed:
            number = str(self.number)
            forms += [(name, f":n{number}"), (text + "\n;", f'"""{text}\n;"""'), (number, number)]
        return self.random.choice(forms)

    def object(self, depth: int) -> None:
        kind = self.random.choice(["leaf", "leaf", "[", "("] if depth else ["leaf"])
        start = len(self.text)
        if kind == "leaf":
            value, written = self.leaf()
            self.objects[value] = start
            self.text += written
        elif kind == "[":
            self.anonymous.append(start)
            self.text += "["
            self.space("")
            self.predicates(depth - 1)
            self.space("")
            self.text += "]"
        else:
            self.anonymous.append(start)
            self.text += "("
            for _ in range(self.random.randint(1, 3)):
                self.space("")
                self.object(depth - 1)
                self.space()
            self.text += ")"

    def predicates(self, depth: int) -> None:
        for number in range(self.random.randint(1, 3)):
            if number:
                self.text += ";"
                self.space("")
            self.text += self.random.choice(["<urn:p>", ":q", "<urn:r>"])
            self.space()
            self.object(depth)
            while self.random.random() < 0.3:
                self.space()
                self.text += ","
                self.space("")
                self.object(depth)
            self.space()

    def statement(self) -> None:
        subject = self.name()
        self.subjects[subject] = len(self.text)
        self.text += f"<{subject}>"
        self.space()
        self.predicates(2)
        self.text += "."
        self.space()


@pytest.mark.parametrize("form", ["Turtle", "TriG", "N-Triples", "N-Quads"])
@given(seed=st.integers(0, 2**32))
def test_random_documents_are_pointed_into_exactly(form: str, seed: int) -> None:
    random = Random(seed)
    writer = Writer(random)
    if form.startswith("N"):
        writer.text = ""
        for _ in range(random.randint(1, 6)):
            writer.line("<urn:g> " if form == "N-Quads" and random.random() < 0.5 else "")
        positions = locate_nquads(writer.text)
    else:
        writer.text += "@prefix : <urn:> .\n"
        for _ in range(random.randint(1, 3)):
            within = form == "TriG" and random.random() < 0.7
            writer.text += random.choice([":g {", "GRAPH <urn:g>\n{"]) if within else ""
            writer.space("")
            writer.statement()
            writer.text += "}\n" if within else ""
        positions = locate_turtle(writer.text, BASE, form == "TriG")
    starts = line_starts(writer.text)
    found = set()
    for subject, predicate, value in positions.triples:
        place = positions.of_triple(subject, predicate, value)
        assert place is not None
        offset = starts[place.line - 1] + place.column - 1
        if isinstance(value, BNode):
            # Within a list the rest of it stands where its members do.
            assert offset in writer.anonymous or str(predicate).endswith("#rest"), form
        elif not str(value).endswith("#nil"):
            assert offset == writer.objects[str(value)], form
            found.add(str(value))
        if isinstance(subject, URIRef):
            start = positions.of_subject(subject)
            assert start is not None
            assert starts[start.line - 1] + start.column - 1 == writer.subjects[str(subject)], form
    assert found == set(writer.objects)


@pytest.mark.parametrize("text", ["<urn:a> <urn:p>", "<urn:a> a", "[", "@prefix"])
def test_a_text_that_rdflib_cannot_follow_raises_what_is_promised(text: str) -> None:
    with pytest.raises((SyntaxError, ValueError, IndexError, AssertionError)):
        locate_turtle(text, BASE)
