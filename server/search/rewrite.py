"""Text search inside SPARQL: `?thing text:matches "words"`, with `PREFIX text: <https://w3id.org/khabar/text#>`.

The triple becomes the VALUES that the index gives, at most `MOST` of them, best first. It is written with the variable
before it (`?thing text:matches "words" ; …` or `.`), not inside another subject's list.
"""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from kg.errors import QueryRefusedError
from kg.sparql import tokens

NAMESPACE = "https://w3id.org/khabar/text#"
MOST = 1000
_IRI = f"<{NAMESPACE}matches>"

Find = Callable[[str], list[str]]
"""Gives the IRIs of what matches some words."""


def rewrite(text: str, find: Find) -> str:
    """The query with its searches answered; QueryRefusedError for one that is written otherwise."""
    if NAMESPACE not in text:
        return text
    read = list(tokens(text))
    names = {_IRI, *(prefix + "matches" for prefix in _prefixes(read))}
    solid = [place for place, (kind, token) in enumerate(read) if kind != "comment" and not token.isspace()]
    written = [token for _, token in read]
    for at, place in enumerate(solid):
        if read[place][1] not in names:
            continue
        before, words = solid[at - 1], solid[at + 1] if at + 1 < len(solid) else place
        if read[before][0] != "variable" or read[words][0] != "string":
            raise QueryRefusedError(
                f'a search is written ?thing <{NAMESPACE}matches> "words", not {_near(read, place)}'
            )
        found = " ".join(str(ox.NamedNode(iri)) for iri in dict.fromkeys(find(_value(read[words][1]))))
        variable = read[before][1]
        written[before], written[place], written[words] = f"VALUES {variable} {{ {found} }}", "", ""
        following = solid[at + 2] if at + 2 < len(solid) else words
        if read[following][1] == ";":
            written[following] = f" {variable} "
    return "".join(written)


def _prefixes(read: list[tuple[str, str]]) -> list[str]:
    """What the query writes for the namespace: `text:`."""
    solid = [(kind, token) for kind, token in read if kind != "comment" and not token.isspace()]
    return [
        name if name.endswith(":") else name + ":"
        for (_, keyword), (_, name), (_, iri) in zip(solid, solid[1:], solid[2:], strict=False)
        if keyword.upper() == "PREFIX" and iri == f"<{NAMESPACE}>"
    ]


def _value(token: str) -> str:
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {token} .".encode(), format=ox.RdfFormat.TURTLE)))
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""


def _near(read: list[tuple[str, str]], place: int) -> str:
    return "".join(token for _, token in read[max(place - 2, 0) : place + 3]).strip()
