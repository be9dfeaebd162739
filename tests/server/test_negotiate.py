import pytest

from server.negotiate import accepts_gzip, best_language, best_type

OFFERED = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("application/xml", "application/sparql-results+xml"),
        ('application/sparql-results+xml;charset="utf-8"', "application/sparql-results+xml"),
        ("TEXT/CSV", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_best_liked_type_is_found(accept: str | None, best: str | None) -> None:
    assert best_type(accept, OFFERED) == best


def test_language_falls_back_where_the_client_prefers_neither() -> None:
    assert best_language("en-GB,en;q=0.9") == "en"
    assert best_language("fr, ar;q=0.4") == "ar"
    assert best_language("fr") == best_language(None) == "ar"
    assert best_language(None, "en") == best_language("*", "en") == "en"
    assert best_language("*") == "ar"


def test_gzip_is_used_only_where_it_is_accepted() -> None:
    assert accepts_gzip("br, gzip;q=0.5")
    assert accepts_gzip("*")
    assert not accepts_gzip("gzip;q=0")
    assert not accepts_gzip("*, gzip;q=0")
    assert not accepts_gzip(None)
