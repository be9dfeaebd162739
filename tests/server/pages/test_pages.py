import json
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.model import Span
from server.pages.passages import paragraphs

Ask = Callable[..., TestResponse]
BASE = "https://w3id.org/khabar"
VOID = {"meta", "link", "input", "br"}


class Outline(HTMLParser):
    """Checks that elements nest; collects links, texts and marked text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.marked = ""
        self.html: dict[str, str | None] = {}
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.html = dict(attrs)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        assert tag != "script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked += data


@pytest.mark.parametrize("kind", ["statement", "transfer", "agreement", "meeting", "measure", "article"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_kind_of_thing_has_a_page_in_both_languages(
    browser: Ask, addresses: dict[str, str], kind: str, language: str
) -> None:
    response = browser(addresses[kind], **{"Accept-Language": language})
    outline = Outline(response.text)
    assert response.status_code == 200
    assert outline.html == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert "<script>" not in response.text
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_every_link_of_a_page_leads_somewhere(browser: Ask, addresses: dict[str, str]) -> None:
    seen: set[str] = set()
    waiting = ["/", *addresses.values(), "/actor/Q900004", "/sparql", "/ontology"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = browser(path)
        assert response.status_code == 200, path
        if "html" in response.headers["Content-Type"]:
            links = {link.partition("#")[0] for link in Outline(response.text).links if link.startswith("/")}
            waiting += [link for link in links - seen - set(waiting) if len(seen) < 150]


def test_a_statement_shows_its_sentence_marked_and_its_chain_in_order(browser: Ask, addresses: dict[str, str]) -> None:
    page = browser(addresses["statement"]).text
    assert (
        Outline(page).marked
        == "قالت وكالة الساحل نقلا عن صحيفة المرفأ إن وزير الدفاع أكد أن الشمال شحن 300 حاوية إلى الجنوب."
    )
    chain = re.search(r'<ol class="chain">(.*?)</ol>', page, re.DOTALL)
    assert chain is not None
    assert re.findall(r"<bdi[^>]*>([^<]*)</bdi>", chain.group(1)) == [
        "وزير الدفاع",
        "صحيفة المرفأ",
        "وكالة الساحل",
        "صحيفة العينة",
        "وزير يتهم الجيران بشحن السلاح",
    ]


def test_a_transfer_shows_who_claims_and_who_denies_it(browser: Ask, addresses: dict[str, str]) -> None:
    page = browser(addresses["transfer"], **{"Accept-Language": "en"}).text
    assert Outline(page).marked == "شحن 300 حاوية إلى الجنوب"
    for shown in ("minister of defence", "the South", "alleged", "300 حاوية", "denied"):
        assert shown in page


def test_an_article_marks_all_its_evidence_and_escapes_the_rest(browser: Ask, addresses: dict[str, str]) -> None:
    page = browser(addresses["article"]).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "ووقع الطرفان اتفاق الميناء" in Outline(page).marked
    assert "على الشمال" not in Outline(page).marked
    assert 'id="char=31,124"' in page


def test_an_actor_shows_what_it_said_and_takes_part_in(browser: Ask) -> None:
    page = browser("/actor/Q900004").text
    for shown in ("الجنوب", "the South", "Wikidata Q900004", "ونفى متحدث", "اتفاق الميناء"):
        assert shown in page
    assert browser("/actor/Q900004?section=said-by&page=2").status_code == 200


FORMATS = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("kind", ["statement", "transfer", "article"])
def test_triples_come_by_suffix_and_by_accept_alike(
    browser: Ask, addresses: dict[str, str], kind: str, suffix: str
) -> None:
    content_type, form = FORMATS[suffix]
    by_suffix = browser(f"{addresses[kind]}.{suffix}")
    by_accept = browser(addresses[kind], Accept=content_type.partition(";")[0])
    assert by_suffix.headers["Content-Type"] == by_accept.headers["Content-Type"] == content_type
    assert by_suffix.data == by_accept.data
    subjects = {str(quad.subject) for quad in ox.parse(by_suffix.data, format=form)}
    assert f"<{BASE}{addresses[kind]}>" in subjects
    assert "Accept" in by_accept.headers["Vary"]
    assert f'{addresses[kind]}.jsonld>; rel="alternate"' in by_accept.headers["Link"]


def test_json_ld_says_the_same_as_turtle(browser: Ask, addresses: dict[str, str]) -> None:
    document = json.loads(browser(addresses["statement"] + ".jsonld").data)
    assert document["@context"] == "http://localhost/ontology/context.jsonld"
    context = browser("/ontology/context.jsonld")
    assert context.headers["Access-Control-Allow-Origin"] == "*"
    document["@context"] = json.loads(context.data)["@context"]
    turtle = browser(addresses["statement"] + ".ttl").data
    as_json = ox.parse(json.dumps(document).encode(), format=ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in as_json} == {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}


def test_a_thing_seen_before_is_304(browser: Ask, addresses: dict[str, str]) -> None:
    tag = browser(addresses["statement"]).headers["ETag"]
    again = browser(addresses["statement"], **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_not_there_is_404_and_what_was_there_is_410(browser: Ask) -> None:
    for path, status, kind in (("/actor/Q1", 404, "missing"), ("/article/fedcba9876543210", 410, "gone")):
        page = browser(path)
        assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
        document = browser(path, Accept="text/turtle")
        assert (document.status_code, document.headers["Content-Type"]) == (status, "application/problem+json")
        assert json.loads(document.data)["type"].endswith(kind)
    assert browser("/actor/Q900004", Accept="image/png").status_code == 406
    assert browser("/no-such-page").status_code == 404


def test_a_removed_statement_tells_its_sentence(browser: Ask, addresses: dict[str, str]) -> None:
    removed = addresses["statement"].replace("0123456789abcdef", "fedcba9876543210")
    response = browser(removed, Accept="application/json")
    assert response.status_code == 410
    assert "300 حاوية" in json.loads(response.data)["passage"]


def test_evidence_only_shows_sentences_but_no_article(
    sample_app: Flask, browser: Ask, addresses: dict[str, str]
) -> None:
    services = sample_app.extensions["khabar"]
    sample_app.extensions["khabar"] = replace(services, config=replace(services.config, evidence_only=True))
    try:
        page = browser(addresses["article"]).text
    finally:
        sample_app.extensions["khabar"] = services
    assert "على الشمال" not in page
    assert "ووقع الطرفان اتفاق الميناء" in page


def test_a_named_query_asks_for_what_it_needs_and_answers(browser: Ask) -> None:
    form = browser("/queries/said-about").text
    assert 'name="speaker"' in form
    assert "required" in form
    for speaker in ("Q900004", "الجنوب", f"{BASE}/actor/Q900004"):
        page = browser("/queries/said-about?speaker=" + speaker).text
        assert "ونفى متحدث باسم الجنوب" in page
    assert browser("/queries/said-about?speaker=nobody").status_code == 400
    assert browser("/queries/nothing").status_code == 404


def test_the_query_page_answers_each_form_and_tells_errors(browser: Ask) -> None:
    for query, shown in (
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "<table>"),
        ("ASK {}", "true"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1", "<pre"),
    ):
        response = browser("/sparql?query=" + query.replace(" ", "%20").replace("?", "%3F"))
        assert (response.status_code, shown in response.text) == (200, True)
    error = browser("/sparql?query=SELECT", **{"Accept-Language": "en"})
    assert error.status_code == 400
    assert "Line 1" in error.text


def test_a_term_leads_to_the_page_of_terms_shapes_and_examples_whose_style_may_stand(browser: Ask) -> None:
    assert 'href="/ontology"' in browser("/").text
    page = browser("/ontology", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    for shown in ('id="Statement"', 'id="alleged"', 'id="shape-Statement-speaker"', "<details>", 'href="/"'):
        assert shown in page.text
    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.headers["Content-Security-Policy"]


def test_a_term_is_rdf_to_whoever_asks_for_it(browser: Ask) -> None:
    turtle = browser("/ontology", Accept="text/turtle")
    assert turtle.headers["Vary"] == "Accept"
    statement = ox.NamedNode("https://w3id.org/khabar/ontology#Statement")
    assert any(quad.subject == statement for quad in ox.parse(turtle.data, format=ox.RdfFormat.TURTLE))


def test_void_counts_what_the_graph_holds(browser: Ask) -> None:
    response = browser("/.well-known/void", Accept="application/n-triples")
    triples = {str(quad.triple) for quad in ox.parse(response.data, format=ox.RdfFormat.N_TRIPLES)}
    void = "http://rdfs.org/ns/void#"
    assert f"<http://localhost/.well-known/void#dataset> <{void}sparqlEndpoint> <http://localhost/sparql>" in triples
    parts = [
        triple.split()[0]
        for triple in triples
        if f"<{void}class> <https://w3id.org/khabar/ontology#Statement>" in triple
    ]
    assert len(parts) == 1
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert f'{parts[0]} <{void}entities> "2"^^<{integer}>' in triples
    assert f'<http://localhost/.well-known/void#wikidata> <{void}triples> "5"^^<{integer}>' in triples
    assert browser("/.well-known/void").headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert browser("/void").status_code == 303


def test_caches_are_told_that_a_page_depends_on_language_and_type(browser: Ask, addresses: dict[str, str]) -> None:
    for path in ("/", "/search?q=x", addresses["article"], "/sparql"):
        assert {"Accept", "Accept-Language"} <= set(browser(path).vary), path


@pytest.mark.parametrize(("language", "shown"), [("ar", "النوع"), ("en", "type")])
def test_properties_of_other_vocabularies_have_names_in_the_language_of_the_page(
    browser: Ask, addresses: dict[str, str], language: str, shown: str
) -> None:
    page = browser(f"{addresses['statement']}?lang={language}").get_data(as_text=True)
    assert f'<th scope="row"><bdi>{shown}</bdi></th>' in page


def test_every_passage_can_be_pointed_to() -> None:
    lines = paragraphs("قالت روسيا إنها\nسترسل القمح", [(Span(0, 15), "frame")], [Span(5, 10), Span(16, 27)])
    assert [[(piece.text, piece.ids) for piece in line] for line in lines] == [
        [("قالت ", ("char=0,15",)), ("روسيا إنها", ("char=5,10",))],
        [("سترسل القمح", ("char=16,27",))],
    ]
