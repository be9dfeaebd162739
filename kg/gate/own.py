"""What SHACL cannot say about one article's graph, told in the form of SHACL results.

The shapes named here stand, deactivated, in `shapes/` with their messages: documented where the others are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyoxigraph as ox
from rdflib.namespace import XSD

from kg.gate.shapes import Shapes
from kg.gate.terms import to_rdflib
from kg.gate.verdict import Result
from kg.rdf.vocab import KHABAR

TextReader = Callable[[str], str | None]
"""Gives the stored text of an article by its IRI, None where there is none."""

SHAPES = "https://w3id.org/khabar/shapes#"
CHARACTERS = f"{SHAPES}Passage-characters"
PLACE = f"{SHAPES}Article-subjects"

_TEXT, _START, _END, _IN_ARTICLE = map(str, (KHABAR.text, KHABAR.start, KHABAR.end, KHABAR.inArticle))
_INTEGER = str(XSD.integer)


def passage_results(quads: Iterable[ox.Quad], text_of: TextReader, shapes: Shapes) -> Iterator[Result]:
    """Each passage whose `text` is not what the article's stored text has between `start` and `end`."""
    wanted = {_TEXT, _START, _END, _IN_ARTICLE}
    passages: dict[object, dict[str, ox.Quad]] = {}
    for quad in quads:
        if quad.predicate.value in wanted:
            passages.setdefault(quad.subject, {})[quad.predicate.value] = quad
    texts: dict[str, str | None] = {}
    for subject, found in passages.items():
        if len(found) < len(wanted):
            continue  # a missing or non-numeric part is the business of the shapes
        article = found[_IN_ARTICLE].object
        start, end = _integer(found[_START].object), _integer(found[_END].object)
        written = found[_TEXT].object
        if start is None or end is None or not isinstance(article, ox.NamedNode) or not isinstance(written, ox.Literal):
            continue
        if article.value not in texts:
            texts[article.value] = text_of(article.value)
        text = texts[article.value]
        if text is None or text[start:end] != written.value:
            yield _result(CHARACTERS, subject, f"<{_TEXT}>", written, shapes)


def place_results(article: str, quads: Sequence[ox.Quad], shapes: Shapes) -> Iterator[Result]:
    """Each subject that is not minted under `article`, or stands in another graph than the article's."""
    identifier = article.rstrip("/").rpartition("/")[2]
    base = article.removesuffix(f"article/{identifier}")
    allowed = (ox.DefaultGraph(), ox.NamedNode(article))
    placed = {(quad.subject, quad.graph_name) for quad in quads}
    for subject in {s for s, graph in placed if graph not in allowed or not _is_under(s, base, identifier)}:
        yield _result(PLACE, subject, None, subject, shapes)


def _is_under(subject: object, base: str, identifier: str) -> bool:
    if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(base):
        return False
    local = subject.value[len(base) :].partition("/")[2]
    return local == identifier or local.startswith((f"{identifier}.", f"{identifier}#", f"{identifier}/"))


def _integer(term: object) -> int | None:
    if isinstance(term, ox.Literal) and term.datatype.value == _INTEGER and term.value.isdecimal():
        return int(term.value)
    return None


def _result(shape: str, focus: object, path: str | None, value: object, shapes: Shapes) -> Result:
    return Result(
        focus=to_rdflib(focus),
        path=path,
        value=to_rdflib(value),
        shape=shape,
        component=f"{shape}ConstraintComponent",
        severity=shapes.severity(shape),
        messages=shapes.messages(shape),
    )
