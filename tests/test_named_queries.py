from datetime import date

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.named_queries import load, parse

HEADER = """# title@en: Said
# title@ar: قال
# description@en: What was said,
#   and by whom.
# description@ar: ما قيل ومن قاله
# param speaker: actor required
# param speaker@en: Who
# param speaker@ar: مَن
# param word: text
# param word@en: A word
# param word@ar: كلمة
# param since: date = 2024-01-01
# param since@en: From
# param since@ar: منذ
"""
TEXT = (
    HEADER
    + "SELECT ?s { ?s <urn:by> $speaker ; <urn:text> ?t ; <urn:on> ?d "
    + 'FILTER(CONTAINS(?t, $word) && ?d >= $since) "$speaker" }'
)
BY_NAME = {"Q5": "urn:five", "فلان": "urn:fulan"}


def find_actor(name: str) -> str:
    return BY_NAME[name]


def test_header_gives_titles_descriptions_and_typed_parameters() -> None:
    query = parse("said", TEXT)
    assert query.titles == {"ar": "قال", "en": "Said"}
    assert query.descriptions["en"] == "What was said, and by whom."
    assert [(p.name, p.type, p.required, p.default) for p in query.parameters] == [
        ("speaker", "actor", True, None),
        ("word", "text", False, None),
        ("since", "date", False, "2024-01-01"),
    ]
    assert query.parameters[0].labels == {"ar": "مَن", "en": "Who"}


def test_binding_replaces_tokens_but_not_strings_or_comments() -> None:
    bound = parse("said", TEXT).bind({"speaker": "فلان", "word": 'a" }'}, find_actor)
    assert "<urn:by> <urn:fulan> ;" in bound
    assert r'CONTAINS(?t, "a\" }")' in bound
    assert '"2024-01-01"^^<http://www.w3.org/2001/XMLSchema#date>' in bound
    assert '"$speaker"' in bound


def test_a_parameter_left_out_stays_a_variable() -> None:
    assert "CONTAINS(?t, $word)" in parse("said", TEXT).bind({"speaker": "urn:x:y", "word": ""}, find_actor)


def test_a_value_never_becomes_syntax() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:secret"), ox.Literal("x")))
    text = HEADER.replace("speaker", "word2").split("# param word2")[0] + (
        "# param word: text\n# param word@en: W\n# param word@ar: ك\n"
        "SELECT ?t { ?s <urn:text> ?t FILTER(STR(?t) = $word) }"
    )
    bound = parse("said", text).bind({"word": '" || true) } UNION { ?s <urn:secret> ?t } #'}, find_actor)
    solutions = store.query(bound)
    assert isinstance(solutions, ox.QuerySolutions)
    assert list(solutions) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "needs the parameter speaker"),
        ({"speaker": "urn:x:y", "nobody": "1"}, "has no parameter nobody"),
        ({"speaker": "urn:x:y", "since": "yesterday"}, "since should be date"),
    ],
)
def test_what_does_not_fit_is_told(values: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse("said", TEXT).bind(values, find_actor)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("# title@ar: قال\n", "", "title@ar"),
        ("# param word@en: A word\n", "", "param word@en"),
        (": text\n", ": string\n", "types are"),
        ("$word", "?word", "declares"),
    ],
)
def test_a_bad_header_is_told(before: str, after: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse("said", TEXT.replace(before, after))


SAMPLE_VALUES = {
    "actor": "Q423",
    "iri": "urn:example:thing",
    "concept": "alleged",
    "text": "كلمة",
    "integer": "3",
    "decimal": "1.5",
    "date": date(2024, 11, 5).isoformat(),
}


def test_every_named_query_of_the_package_parses_bound_and_unbound() -> None:
    store = ox.Store()
    for query in load().values():
        everything = {parameter.name: SAMPLE_VALUES[parameter.type] for parameter in query.parameters}
        required = {p.name: SAMPLE_VALUES[p.type] for p in query.parameters if p.required}
        for values in (everything, required):
            store.query(query.bind(values, lambda _: "urn:example:actor"))
