"""The named queries: `kg/queries/*.rq`, each a SPARQL query with a header of comments (`docs/queries.md`).

    # title@en: What an actor said about another
    # title@ar: ماذا قال فاعل عن آخر
    # description@en: …
    # description@ar: …
    # param speaker: actor required
    # param speaker@en: Who speaks
    # param speaker@ar: المتكلم
    # param since: date = 2024-01-01

A parameter is written `$speaker` in the query, other variables `?so`. Binding replaces the token by an RDF term, so a
value can never become syntax; a parameter that is left out stays a variable and matches anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.bases import ONTOLOGY, WIKIDATA
from kg.resources import queries_dir
from kg.sparql import tokens

LANGUAGES = ("ar", "en")
_LINE = re.compile(
    r"#\s?(?P<key>title|description|param)(?:\s+(?P<name>\w+))?(?:@(?P<language>ar|en))?:\s*(?P<value>.*)"
)
_CONTINUED = re.compile(r"#\s{2,}(?P<value>\S.*)")
_TYPE = re.compile(r"(?P<type>\w+)(?P<required>\s+required)?(?:\s*=\s*(?P<default>.*))?")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ITEM = re.compile(r"Q[1-9][0-9]*")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")

Term = ox.NamedNode | ox.Literal | int
FindActor = Callable[[str], str]
"""Takes an actor's name or Wikidata item as a person types it, gives its IRI; raises UsageError."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One typed value that a named query takes. `labels` by language."""

    name: str
    type: str
    required: bool
    default: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One file of `kg/queries`: `name` is the file's; `titles` and `descriptions` by language."""

    name: str
    text: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    parameters: tuple[Parameter, ...]

    def bind(self, values: Mapping[str, str], find_actor: FindActor) -> str:
        """The query's text with `values` in the places of its parameters.

        Empty values count as not given. UsageError when one is missing, unknown, or not of its type.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise UsageError(f"{self.name}: has no parameter {name}; it takes {', '.join(sorted(known)) or 'none'}")
        terms: dict[str, str] = {}
        for parameter in self.parameters:
            given = values.get(parameter.name) or parameter.default
            if given:
                terms["$" + parameter.name] = str(_term(self.name, parameter, given, find_actor))
            elif parameter.required:
                raise UsageError(f"{self.name}: needs the parameter {parameter.name} ({parameter.type})")
        return "".join(terms.get(token, token) if kind == "variable" else token for kind, token in tokens(self.text))


def load(folder: Path | None = None) -> dict[str, NamedQuery]:
    """All named queries by name, in order; those that begin with `_` are internal. UsageError on a bad header."""
    files = sorted((folder or queries_dir()).glob("*.rq"))
    return {path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in files if path.stem[0] != "_"}


def internal(name: str) -> str:
    """The text of the internal query `_NAME.rq`, which pages and commands run themselves."""
    return (queries_dir() / f"_{name}.rq").read_text(encoding="utf-8")


def parse(name: str, text: str) -> NamedQuery:
    """Reads the header of one named query; UsageError names what is missing or does not fit."""
    header = _header(text)
    parameters = tuple(
        _parameter(name, key[1], value, header)
        for key, value in header.items()
        if key[0] == "param" and key[2] is None and key[1] is not None
    )
    for language in LANGUAGES:
        for kind in ("title", "description"):
            if not header.get((kind, None, language)):
                raise UsageError(f"{name}.rq: its header needs `# {kind}@{language}: …`")
    used = {token[1:] for kind, token in tokens(text) if kind == "variable" and token[0] == "$"}
    declared = {parameter.name for parameter in parameters}
    if used != declared:
        raise UsageError(f"{name}.rq: declares {sorted(declared)} but its text uses {sorted(used)} as $parameters")
    return NamedQuery(
        name,
        text,
        {language: header["title", None, language] for language in LANGUAGES},
        {language: header["description", None, language] for language in LANGUAGES},
        parameters,
    )


_Header = dict[tuple[str, str | None, str | None], str]


def _header(text: str) -> _Header:
    header: _Header = {}
    last: tuple[str, str | None, str | None] | None = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _LINE.fullmatch(line):
            last = (match["key"], match["name"], match["language"])
            header[last] = match["value"].strip()
        elif last and (match := _CONTINUED.fullmatch(line)):
            header[last] += " " + match["value"].strip()
        else:
            last = None
    return header


def _parameter(query: str, name: str, declared: str, header: _Header) -> Parameter:
    match = _TYPE.fullmatch(declared)
    if not match or match["type"] not in _READERS:
        raise UsageError(
            f"{query}.rq: `param {name}: {declared}` should be TYPE [required] [= DEFAULT]; types are "
            + ", ".join(_READERS)
        )
    labels = {language: header.get(("param", name, language), "") for language in LANGUAGES}
    for language, label in labels.items():
        if not label:
            raise UsageError(f"{query}.rq: its header needs `# param {name}@{language}: …`")
    return Parameter(name, match["type"], bool(match["required"]), match["default"], labels)


def _term(query: str, parameter: Parameter, value: str, find_actor: FindActor) -> Term:
    try:
        return _READERS[parameter.type](value.strip(), find_actor)
    except (ValueError, InvalidOperation) as error:
        raise UsageError(f"{query}: {parameter.name} should be {parameter.type}, not {value!r} ({error})") from error


def _iri(value: str, _: FindActor) -> Term:
    if not _ABSOLUTE.fullmatch(value):
        raise ValueError("give an absolute IRI")
    return ox.NamedNode(value)


def _actor(value: str, find_actor: FindActor) -> Term:
    if _ABSOLUTE.fullmatch(value) and not value.startswith(WIKIDATA):
        return ox.NamedNode(value)
    return ox.NamedNode(find_actor(value.removeprefix(WIKIDATA)))


def _concept(value: str, find_actor: FindActor) -> Term:
    if re.fullmatch(r"[A-Za-z][\w-]*", value):
        return ox.NamedNode(ONTOLOGY + value)
    return _iri(value, find_actor)


def _text(value: str, _: FindActor) -> Term:
    return ox.Literal(value)


def _integer(value: str, _: FindActor) -> int:
    return int(value)  # written as digits, so that it may stand after LIMIT, too


def _decimal(value: str, _: FindActor) -> Term:
    return ox.Literal(f"{Decimal(value):f}", datatype=ox.NamedNode(_XSD + "decimal"))


def _date(value: str, _: FindActor) -> Term:
    return ox.Literal(date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(_XSD + "date"))


_READERS: dict[str, Callable[[str, FindActor], Term]] = {
    "actor": _actor,
    "iri": _iri,
    "concept": _concept,
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
}


def is_wikidata_item(value: str) -> bool:
    """Whether `value` is the number of a Wikidata item, such as `Q423`."""
    return _ITEM.fullmatch(value) is not None
