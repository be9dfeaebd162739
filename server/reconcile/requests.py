"""Reads the requests of both versions into queries. Raises UsageError for what is not of the version's form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge

from kg.errors import UsageError
from server.reconcile.matching import Condition, Query

MOST_QUERIES = 100  # of a batch
MOST_CANDIDATES = 100  # of a query
_FIELDS_02 = {"query", "type", "limit", "properties", "type_strict"}
_FIELDS_10 = {"type", "limit", "lang", "dir", "conditions"}


def parsed(text: str) -> Any:
    """JSON as sent; UsageError where it is none, or nests too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is no JSON: {error}") from error


def batch_02(text: str) -> dict[str, Query]:
    """The queries of a 0.2 batch by their ids."""
    batch = parsed(text)
    if not isinstance(batch, dict):
        raise UsageError("queries: a JSON object is wanted, with a query under each id")
    _limit(len(batch))
    return {str(name): _query_02(name, query) for name, query in batch.items()}


def batch_10(text: str) -> list[Query]:
    """The queries of a 1.0 batch in order."""
    body = parsed(text)
    queries = body.get("queries") if isinstance(body, dict) else None
    if not isinstance(queries, list):
        raise UsageError("a JSON object is wanted, with a list under queries")
    _limit(len(queries))
    return [_query_10(f"queries[{index}]", query) for index, query in enumerate(queries)]


def extension(text: str) -> tuple[list[str], list[tuple[str, dict[str, Any]]]]:
    """The identifiers and the properties (with their settings) of a data extension query, of either version."""
    body = parsed(text)
    ids = body.get("ids") if isinstance(body, dict) else None
    properties = body.get("properties") if isinstance(body, dict) else None
    if not _strings(ids) or not isinstance(properties, list):
        raise UsageError("extend: a JSON object is wanted, with lists under ids and properties")
    _limit(len(ids or ()))
    wanted = []
    for one in properties:
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            raise UsageError("extend: each property is an object with an id")
        settings = one.get("settings") or {}
        if not isinstance(settings, dict):
            raise UsageError(f"extend: the settings of {one['id']} are no object")
        wanted.append((one["id"], settings))
    return list(ids or ()), wanted


def _limit(size: int) -> None:
    if size > MOST_QUERIES:
        raise RequestEntityTooLarge(f"{size} at once are too many: send at most {MOST_QUERIES}, then the next ones")


def _query_02(name: str, query: Any) -> Query:
    _known(name, query, _FIELDS_02)
    text, properties = query.get("query"), query.get("properties")
    if text is None and not properties:
        raise UsageError(f"{name}: a query needs a query string or properties")
    if text is not None and not isinstance(text, str):
        raise UsageError(f"{name}: query is no string")
    if properties is not None and not isinstance(properties, list):
        raise UsageError(f"{name}: properties is no list")
    types = query.get("type")
    types = [types] if isinstance(types, str) else types
    if types is not None and not _strings(types):
        raise UsageError(f"{name}: type is a string or a list of strings")
    strict = query.get("type_strict")
    if strict not in (None, "any", "should", "all"):
        raise UsageError(f"{name}: type_strict is any, should or all")
    conditions = tuple(_property_02(name, one) for one in properties or ())
    return Query(text, None, tuple(types or ()), _wanted(name, query), conditions)


def _property_02(name: str, one: Any) -> Condition:
    if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
        raise UsageError(f"{name}: each property has a pid and a v")
    return Condition(one["pid"], _values(name, one["v"]))


def _query_10(name: str, query: Any) -> Query:
    _known(name, query, _FIELDS_10)
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        raise UsageError(f"{name}: conditions is a list of one condition at least")
    kind = query.get("type")
    if kind is not None and not isinstance(kind, str):
        raise UsageError(f"{name}: type is a string")
    language = query.get("lang")
    if language is not None and not isinstance(language, str):
        raise UsageError(f"{name}: lang is a string")
    found: dict[str, str] = {}
    properties = []
    for condition in conditions:
        match_type = condition.get("matchType") if isinstance(condition, dict) else None
        if match_type not in ("name", "id", "property") or "propertyValue" not in condition:
            raise UsageError(f"{name}: each condition has a matchType (name, id, property) and a propertyValue")
        values = _values(name, condition["propertyValue"])
        if match_type == "property":
            properties.append(_property_10(name, condition, values))
        elif values:
            found.setdefault(match_type, values[0])
    types = (kind,) if kind else ()
    return Query(found.get("name"), found.get("id"), types, _wanted(name, query), tuple(properties), language)


def _property_10(name: str, condition: Mapping[str, Any], values: tuple[str, ...]) -> Condition:
    quantifier = condition.get("matchQuantifier", "any")
    required = condition.get("required", False)
    if quantifier not in ("any", "all", "none") or not isinstance(required, bool):
        raise UsageError(f"{name}: matchQuantifier is any, all or none; required is true or false")
    if not isinstance(condition.get("propertyId"), str):
        raise UsageError(f"{name}: a property condition names its propertyId")
    return Condition(condition["propertyId"], values, required, quantifier)


def _known(name: str, query: Any, fields: set[str]) -> None:
    if not isinstance(query, dict):
        raise UsageError(f"{name}: a query is a JSON object")
    unknown = sorted(set(query) - fields)
    if unknown:
        raise UsageError(f"{name}: {', '.join(map(str, unknown))} is no member of a query")


def _wanted(name: str, query: Mapping[str, Any]) -> int:
    limit = query.get("limit", 5)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise UsageError(f"{name}: limit is a number above 0")
    return int(min(limit, MOST_CANDIDATES))


def _values(name: str, given: Any) -> tuple[str, ...]:
    """The values of a condition as strings: of a value with an id, the id."""
    several = given if isinstance(given, list) else [given]
    found = []
    for value in several:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            found.append(value["id"])
        elif isinstance(value, str | int | float):
            found.append(str(value))
        else:
            raise UsageError(f"{name}: a value is a string, a number, true, false or an object with an id")
    return tuple(found)


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
