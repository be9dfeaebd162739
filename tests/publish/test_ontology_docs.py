"""The page of the ontology and the shapes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib.namespace import RDF, SH, SKOS

from kg import resources
from kg.cli import khabar
from kg.gate.graphs import load_graph
from kg.ontology import defined_terms, load_ontology
from kg.publish.ontology_docs import ontology_page
from kg.rdf.vocab import ONTOLOGY
from kg.validate.formats.words import SHAPES_NAMESPACE

EXAMPLES = resources.examples_dir()
VOID = {"meta", "link", "br", "hr"}


class Page(HTMLParser):
    """The ids and links of a page, whether its elements are nested well, and Arabic that no element says is Arabic."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.open: list[tuple[str, bool]] = []
        self.badly_nested: list[str] = []
        self.undirected: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids.extend(filter(None, [found.get("id")]))
        self.links.update(filter(None, [found.get("href"), found.get("src")]))
        if tag not in VOID:
            is_arabic = found.get("lang") == "ar" and found.get("dir") == "rtl"
            self.open.append((tag, is_arabic or tag in {"pre", "title"}))

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop()[0] != tag:
            self.badly_nested.append(tag)

    def handle_data(self, data: str) -> None:
        if re.search("[\u0600-\u06ff]", data) and not any(is_arabic for _, is_arabic in self.open):
            self.undirected.append(data)


@pytest.fixture(scope="module")
def text() -> str:
    return ontology_page(load_ontology(), load_graph([resources.shapes_dir(), resources.across_dir()]), EXAMPLES)


def test_every_term_and_concept_has_its_anchor(text: str) -> None:
    assert {term.removeprefix(ONTOLOGY) for term in defined_terms(load_ontology())} <= set(Page(text).ids)


def test_every_concept_is_told(text: str) -> None:
    for concept in load_ontology().subjects(RDF.type, SKOS.Concept):
        assert f"<code>khabar:{str(concept).removeprefix(ONTOLOGY)}</code>" in text


def test_every_shape_has_its_anchor(text: str) -> None:
    shapes = load_graph([resources.shapes_dir(), resources.across_dir()])
    names = {
        str(s).removeprefix(SHAPES_NAMESPACE)
        for kind in ("NodeShape", "PropertyShape")
        for s in shapes.subjects(RDF.type, SH[kind])
    }
    assert {f"shape-{name}" for name in names} <= set(Page(text).ids)


def test_the_page_is_well_nested_and_its_links_lead_somewhere_on_it(text: str) -> None:
    page = Page(text)
    assert (page.open, page.badly_nested) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert page.links <= {f"#{name}" for name in page.ids}


def test_arabic_stands_from_right_to_left(text: str) -> None:
    page = Page(text)
    assert 'dir="rtl"><b>تصريح</b>.' in text
    assert page.undirected == []


def test_examples_are_shown_without_their_prefixes(text: str) -> None:
    assert text.count("<details>") == len(list(EXAMPLES.glob("*.good.ttl")))
    assert "@prefix" not in text
    assert "&lt;statement/a1.0-25&gt; a khabar:Statement" in text


def test_without_a_folder_of_examples_there_are_none() -> None:
    assert "<details>" not in ontology_page(
        load_ontology(), load_graph([resources.shapes_dir(), resources.across_dir()])
    )


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    result = CliRunner().invoke(khabar, ["ontology", "docs", "-o", str(file), "--examples", str(EXAMPLES)])
    assert result.exit_code == 0
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
