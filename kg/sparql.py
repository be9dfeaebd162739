"""Reads the text of a SPARQL query: its tokens, and whether it asks an engine to reach other hosts.

The engine parses queries; this module only finds what must be known before a query may reach the engine
(SPARQL 1.1 grammar, section 19: comments, IRIs, strings and names decide where a keyword can stand).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.errors import QueryRefusedError, QueryServiceError, QuerySyntaxError

MAX_DEPTH = 100
"""Brackets in one another: the engine's parser recurses and overflows a stack of 8 MiB at about 2,100 (`{`)."""

_COMMENT = r"\#[^\r\n]*"
_LONG_STRING = r'"""(?:\\.|"{0,2}[^"\\])*"""|' + r"'''(?:\\.|'{0,2}[^'\\])*'''"
_STRING = r'"(?:\\.|[^"\\\r\n])*"|' + r"'(?:\\.|[^'\\\r\n])*'"
_IRI = r'<[^<>"{}|^`\x00-\x20]*>'
_VARIABLE = r"[?$]\w+"

_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})|(?P<string>{_LONG_STRING}|{_STRING})|(?P<iri>{_IRI})|(?P<variable>{_VARIABLE})"
    r"|(?P<word>\w[\w.:%-]*)|(?P<other>.)",
    re.DOTALL,
)

_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*+(?=[\r\n]))*+"
_NAME = r'(?:\\.|[^\s{}<>"#\\?$:])*+:(?:\\.|[^\s{}<>"#\\])*+'
_PLACE = rf'(?P<place>[?$][^\s{{}}<>"#?$]++|<[^<>\s]*+>|{_NAME})'
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?{_PLACE}{_GAP}\{{", re.IGNORECASE)
_LOAD = re.compile(rf"(?<![\w:.\-%\\?$@])LOAD{_GAP}(?:SILENT{_GAP})?{_PLACE}", re.IGNORECASE)
_REMOTE_WORD = re.compile("service|load", re.IGNORECASE)
_PLACE_OF_ERROR = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_STRING_AT = re.compile(_STRING)
_LONG_STRING_AT = re.compile(_LONG_STRING, re.DOTALL)
_IRI_AT = re.compile(_IRI)


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of kind (comment, string, iri, variable, word, other) and text; joined, they are `text` again."""
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "other", match.group()


def reaches_out(text: str) -> str | None:
    """`SERVICE` or `LOAD` where the text may ask the engine to fetch from another host, else None."""
    return next((keyword for keyword, _ in remote_places(text)), None)


def remote_places(text: str) -> Iterator[tuple[str, str]]:
    """`SERVICE` or `LOAD` with the place it names (`<…>`, a variable, a prefixed name), for each that may be there.

    A `<` may open an IRI or be an operator, and engines read the two differently; so every way of reading is
    followed, both as written and with `\\u` escapes resolved. What no reading can reach is inside a string, a
    comment or an IRI. It may refuse a harmless text (`?a ex:service ?b { … }` with no full stop), never the reverse.
    """
    if _REMOTE_WORD.search(text) or "\\" in text:
        for view in {text, _unescaped(text)}:
            yield from _remote_places(view)


def depth(text: str) -> int:
    """How deeply the text nests brackets outside strings, comments and IRIs."""
    deepest = level = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "({[":
            level += 1
            deepest = max(deepest, level)
        elif kind == "other" and token in ")}]":
            level -= 1
    return deepest


def check(text: str, endpoints: Collection[str] = ()) -> frozenset[str]:
    """The endpoints that a text asks by SERVICE, all of them among `endpoints`.

    QueryServiceError where it may ask another, and for a variable, a prefixed name or a relative IRI, whatever they
    stand for; QueryRefusedError for LOAD and for a text that nests too deeply for the engine's parser.
    """
    asked = set()
    for keyword, place in remote_places(text):
        if keyword == "LOAD" or not endpoints:
            refusal = QueryRefusedError if keyword == "LOAD" else QueryServiceError
            raise refusal(f"{keyword} is not allowed here: it would reach another host")
        endpoint = place[1:-1]
        if place != f"<{endpoint}>" or endpoint not in endpoints:
            raise QueryServiceError(f"SERVICE may name {_listed(endpoints)}, written so, not {place}")
        asked.add(endpoint)
    if sum(map(text.count, "({[")) > MAX_DEPTH and depth(text) > MAX_DEPTH:
        raise QueryRefusedError(f"the query nests more than {MAX_DEPTH} brackets in one another")
    return frozenset(asked)


def syntax_error(engine_message: str) -> QuerySyntaxError:
    """The engine's message about a text that does not parse, with its line and column where it tells them."""
    match = _PLACE_OF_ERROR.match(engine_message)
    if not match:
        return QuerySyntaxError(engine_message)
    return QuerySyntaxError(match["what"], int(match["line"]), int(match["column"]))


def has_dataset(text: str) -> bool:
    """Whether a query names its dataset itself (FROM outside all brackets)."""
    if not _FROM.search(text):
        return False
    level = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "({":
            level += 1
        elif kind == "other" and token in ")}":
            level -= 1
        elif kind == "word" and level == 0 and token.upper() == "FROM":
            return True
    return False


def with_dataset(update: str, using: tuple[str, ...] | None, named: tuple[str, ...] | None) -> str:
    """The update with `USING` clauses for the protocol's dataset (SPARQL 1.1 Protocol, section 2.2.3).

    QueryRefusedError where the update itself has USING, USING NAMED or WITH: the two may not be mixed.
    """
    if using is None and named is None:
        return update
    clauses = "".join(f" USING <{iri}>" for iri in using or ()) + "".join(
        f" USING NAMED <{iri}>" for iri in named or ()
    )
    written: list[str] = []
    level, last_word, block_start = 0, "", 0
    for kind, token in tokens(update):
        word = token.upper() if kind == "word" and level == 0 else ""
        if word in ("USING", "WITH"):
            raise QueryRefusedError(f"{word} may not stand in an update that comes with using-graph-uri")
        if word == "WHERE":
            written.append("" if last_word == "DELETE" else clauses + " ")
            block_start = len(written) if last_word == "DELETE" else -1
        if kind == "other" and token == "{":
            level += 1
        written.append("" if word == "WHERE" and last_word == "DELETE" else token)
        if kind == "other" and token == "}":
            level -= 1
            if level == 0 and block_start > 0:  # DELETE WHERE { … } is short for DELETE { … } WHERE { … }
                block = "".join(written[block_start:])
                written.append(f"{clauses} WHERE {block}")
            if level == 0:
                block_start = -1
        last_word = word or last_word
    return "".join(written)


def _listed(endpoints: Collection[str]) -> str:
    return " or ".join(f"<{endpoint}>" for endpoint in endpoints)


def _remote_places(text: str) -> Iterator[tuple[str, str]]:
    starts = [match.start() for match in _REMOTE_WORD.finditer(text)]
    if not starts:
        return
    reachable = _reachable_positions(text)
    for start in starts:
        if not reachable[start]:
            continue
        for keyword, pattern in (("SERVICE", _SERVICE), ("LOAD", _LOAD)):
            match = pattern.match(text, start)
            if match:
                yield keyword, match["place"]


def _reachable_positions(text: str) -> bytearray:
    """For each position whether some reading of the text has a token, or the middle of a word, begin there."""
    reachable = bytearray(len(text) + 1)
    reachable[0] = 1
    for position, character in enumerate(text):
        if reachable[position]:
            for end in _ends(text, position, character):
                reachable[end] = 1
    return reachable


def _ends(text: str, position: int, character: str) -> Iterator[int]:
    if character == "#":
        line_ends = [end for end in (text.find("\n", position), text.find("\r", position)) if end >= 0]
        yield min(line_ends, default=len(text))
    elif character in "\"'":
        for pattern in (_LONG_STRING_AT, _STRING_AT):
            match = pattern.match(text, position)
            if match:
                yield match.end()
    elif character == "\\":
        yield min(position + 2, len(text))
    else:
        yield position + 1
        if character == "<":
            match = _IRI_AT.match(text, position)
            if match:
                yield match.end()


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()

    return _ESCAPE.sub(character, text)
