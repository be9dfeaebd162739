"""Requests of the protocol as they are read from a WSGI environment."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sparql.request import RequestError, SparqlRequest, read_request


def read(query_string: str) -> SparqlRequest:
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "QUERY_STRING": query_string}
    return read_request(environ)


PIECES = [*"aZ4fF=%+_ \r\n\té", "%41", "%D9%82", "%2B", "%3d", "%0D%0A"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_value_is_read_as_the_standard_library_reads_it(value: str) -> None:
    try:
        expected = dict(parse_qsl("query=" + value, keep_blank_values=True, errors="strict"))["query"]
    except UnicodeDecodeError:
        with pytest.raises(RequestError, match="UTF-8"):
            read("query=" + value)
    else:
        assert read("query=" + value).query == expected


@given(st.lists(st.sampled_from(("query=a", "timeout", "=", "", "x=1=2", "default%2Dgraph-uri=urn:g", "a%3Db=c"))))
def test_parameters_are_told_apart_as_the_standard_library_tells_them(pairs: list[str]) -> None:
    text = "&".join(pairs)
    expected = parse_qsl(text, keep_blank_values=True)
    names = [name for name, _ in expected]
    if names.count("query") > 1 or names.count("timeout") > 1:
        with pytest.raises(RequestError, match="more than once"):
            read(text)
        return
    found = read(text)
    graphs = tuple(value for name, value in expected if name == "default-graph-uri")
    assert (found.query, found.default_graphs) == (dict(expected).get("query"), graphs or None)


def test_a_request_has_so_many_parameters_at_most() -> None:
    assert read("&".join(["query=a", *["x=1"] * 199])).query == "a"
    with pytest.raises(RequestError, match="parameters"):
        read("&".join(["query=a", *["x=1"] * 200]))
