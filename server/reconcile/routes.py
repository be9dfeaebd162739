"""The routes of `/reconcile` (0.2) and `/reconcile/1.0-draft`; what both versions share answers under both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, render_template, request

from kg.errors import UsageError
from kg.gazetteer.entry import Entry
from server.negotiate import best_language
from server.pages.i18n import DIRECTIONS
from server.reconcile import replies
from server.reconcile.catalogue import Catalogue, catalogue, statements
from server.reconcile.manifest import TYPES, manifest_02, manifest_10, type_name
from server.reconcile.matching import answer
from server.reconcile.properties import BY_ID, PROPERTIES
from server.reconcile.requests import batch_02, batch_10, extension
from server.services import public_address, services

PREFIX = "/reconcile"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST_CALLBACK = 128
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_FRAMED = "default-src 'none'; style-src 'self'; frame-ancestors *"
_SUGGESTED = 10


def register(app: Flask) -> None:
    """Adds the service to the application; every answer under its path may be read from any origin."""
    app.register_blueprint(_blueprint("reconcile", PREFIX, _root_02))
    app.register_blueprint(_blueprint("reconcile_10", f"{PREFIX}/1.0-draft", _root_10))

    @app.after_request
    def open_to_all(response: Response) -> Response:
        if request.path == PREFIX or request.path.startswith(f"{PREFIX}/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept, Accept-Language"
        return response


def _blueprint(name: str, prefix: str, root: Callable[[], Response]) -> Blueprint:
    routes = Blueprint(name, __name__, url_prefix=prefix)
    routes.add_url_rule("", "root", root, methods=["GET", "POST"])
    routes.add_url_rule("/", "root_slash", root, methods=["GET", "POST"])
    routes.add_url_rule("/match", "match", _match, methods=["POST"])
    routes.add_url_rule("/extend", "extend", _extend_10, methods=["POST"])
    routes.add_url_rule("/extend/propose", "propose", _propose)
    routes.add_url_rule("/suggest/<kind>", "suggest", _suggest)
    routes.add_url_rule("/flyout/<kind>", "flyout", _flyout)
    routes.add_url_rule("/preview", "preview", _preview)
    routes.add_url_rule("/entity/<identifier>", "entity", _entity)
    return routes


def _root_02() -> Response:
    """The manifest; with `queries` a batch of queries, with `extend` a data extension query."""
    if request.args.get("version") == "1.0-draft":
        return _root_10()
    given = request.values
    if "queries" in given:
        batch = batch_02(given["queries"])
        found = catalogue()
        results = {}
        for name, query in batch.items():
            language = _language(query.name)
            results[name] = {"result": [replies.candidate_02(one, language, found) for one in answer(query, found)]}
        return _json(results)
    if "extend" in given:
        return _json(_extended(given["extend"], with_language=False))
    return _json(manifest_02(public_address(services().config, request.environ), services().base))


def _root_10() -> Response:
    return _json(manifest_10(public_address(services().config, request.environ), services().base))


def _match() -> Response:
    queries = batch_10(request.get_data(as_text=True))
    found = catalogue()
    results = []
    for query in queries:
        language = _language(query.name, query.language)
        results.append({"candidates": [replies.candidate_10(one, language, found) for one in answer(query, found)]})
    return _json({"results": results})


def _extend_10() -> Response:
    extended = _extended(request.get_data(as_text=True), with_language=True)
    rows = [
        {"id": name, "properties": [{"id": one, "values": values} for one, values in row.items()]}
        for name, row in extended["rows"].items()
    ]
    return _json({"meta": extended["meta"], "rows": rows})


def _extended(text: str, *, with_language: bool) -> dict[str, Any]:
    ids, wanted = extension(text)
    found, language = catalogue(), _language()
    properties = replies.known_properties(one for one, _ in wanted)
    entries = {identifier: found.entry(identifier) for identifier in ids}
    rows = replies.extension_rows(entries, properties, language, found, with_language=with_language)
    return {"meta": replies.meta(properties, language), "rows": rows}


def _propose() -> Response:
    kind, limit = request.args.get("type"), _number("limit", len(PROPERTIES))
    language = _language()
    proposed = [replies.property_suggestion(one, language) for one in replies.proposals(kind, limit)]
    return _json({"properties": proposed, "limit": limit, **({"type": kind} if kind else {})})


def _suggest(kind: str) -> Response:
    prefix = request.args.get("prefix", "")
    start = _number("cursor", 0)
    language = _language(prefix)
    if kind == "entity":
        result = _entities(prefix, language, start + _SUGGESTED)
    elif kind == "type":
        result = [{"id": one.value, "name": type_name(one, language)} for one in TYPES]
    elif kind == "property":
        result = [replies.property_suggestion(one, language) for one in PROPERTIES]
    else:
        abort(404)
    if kind != "entity":
        result = [one for one in result if prefix.casefold() in f"{one['id']} {one['name']}".casefold()]
    return _json({"result": result[start : start + _SUGGESTED]})


def _entities(prefix: str, language: str, most: int) -> list[dict[str, Any]]:
    found = catalogue()
    named = found.entry(prefix)
    others = found.search.starting(prefix, most) or [match.entry for match in found.search.find(prefix, None, most)]
    entries = {entry.key: entry for entry in ([named] if named else []) + others}
    return [replies.suggestion(entry, language, found) for entry in entries.values()]


def _flyout(kind: str) -> Response:
    identifier = request.args.get("id", "")
    language = _language()
    if kind == "entity":
        html = _page(_found(identifier), catalogue(), "reconcile/card.html")
    elif kind == "property" and identifier in BY_ID:
        html = render_template("reconcile/term.html", name=BY_ID[identifier].names[language], id=identifier)
    elif kind == "type" and identifier in {one.value for one in TYPES}:
        name = next(type_name(one, language) for one in TYPES if one.value == identifier)
        html = render_template("reconcile/term.html", name=name, id=identifier)
    else:
        abort(404)
    return _json({"id": identifier, "html": html})


def _preview() -> Response:
    response = Response(_page(_found(request.args.get("id", "")), catalogue(), "reconcile/preview.html"))
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _entity(identifier: str) -> Response:
    return Response(_page(_found(identifier), catalogue(), "reconcile/preview.html"))


def _found(identifier: str) -> Entry:
    entry = catalogue().entry(identifier)
    if entry is None:
        abort(404)
    return entry


def _page(entry: Entry, found: Catalogue, template: str) -> str:
    language = _language()
    country = found.gazetteer.entries.get(entry.country or "")
    count = statements([entry]).get(entry.key, 0)
    return render_template(
        template,
        entry=entry,
        kind=type_name(entry.type, language),
        country=country,
        count=count,
        lang=language,
        dir=DIRECTIONS[language],
        actor=f"{public_address(services().config, request.environ)}/actor/{found.identifier(entry)}",
    )


def _language(text: str | None = None, asked: str | None = None) -> str:
    """`ar` or `en`: as asked in query or address, else by the letters of the name, else as the client prefers."""
    for tag in (asked, request.args.get("lang")):
        if tag and tag.split("-")[0] in DIRECTIONS:
            return tag.split("-")[0]
    if text and _ARABIC.search(text):
        return "ar"
    return best_language(request.headers.get("Accept-Language"), "en")


def _number(name: str, default: int) -> int:
    given = request.args.get(name)
    if given is None or given == "":
        return default
    if not given.isdecimal() or len(given) > 9:
        raise UsageError(f"{name}: {given[:40]} is no number")
    return int(given)


def _json(body: Any) -> Response:
    """The answer as JSON, or as a call of `callback` where a client of 0.2 asks for it."""
    text = json.dumps(body, ensure_ascii=False)
    callback = request.values.get("callback")
    if callback is None:
        return Response(text, content_type="application/json; charset=utf-8")
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise UsageError("callback: the name of a function is wanted")
    # U+2028 and U+2029 end a line in older JavaScript but not in JSON
    script = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Response(f"/**/{callback}({script});", content_type="text/javascript; charset=utf-8")
