"""Errors of the pages: a problem document, or a page with the same words for a browser."""

from __future__ import annotations

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import KhabarError
from server.pages.i18n import page_language
from server.problems import describe, document, problem
from server.sparql.formats import wants_page

log = logging.getLogger("khabar.server")


def register(app: Flask) -> None:
    """Makes every error of `app` one of the two."""

    @app.errorhandler(KhabarError)
    def khabar_error(error: KhabarError) -> Response:
        kind, status, values = describe(error)
        return answer(kind, status, **values)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        code = error.code or 500
        if code == 404:
            return answer("missing", 404, iri=request.path)
        if code == 405:
            allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            response = answer("method", 405, allowed=allowed)
            response.headers["Allow"] = allowed
            return response
        if code < 500:
            return answer("parameters", code, reason=error.description)
        log.error("%s %s failed", request.method, request.path.encode("unicode_escape").decode(), exc_info=error)
        return answer("internal", code)


def answer(kind: str, status: int, **values: object) -> Response:
    """A problem in the form that the client of the current request prefers."""
    reply = problem(kind, status, request.headers.get("Accept-Language"), **values)
    if not wants_page(request.headers.get("Accept")):
        return Response(reply.body, status, reply.headers)
    page = render_template("problem.html", problem=document(kind, status, page_language(), **values))
    headers = [(name, value) for name, value in reply.headers if name not in ("Content-Type", "Content-Language")]
    return Response(page, status, headers, content_type="text/html; charset=utf-8")
