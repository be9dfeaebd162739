"""`/running`: the queries that run now, to be seen and ended by whoever holds a token with the right `queries`."""

from __future__ import annotations

import time

from flask import Blueprint, Response, jsonify, request

from server.pages.errors import answer
from server.services import services
from server.writes.tokens import owner

routes = Blueprint("running", __name__)


@routes.get("/running")
def running() -> Response:
    """The running queries, oldest first, those with SERVICE last."""
    refusal = _refusal()
    if refusal is not None:
        return refusal
    now = time.time()
    return jsonify(
        [
            {"id": query.id, "query": query.text, "client": query.client, "seconds": round(now - query.since, 3)}
            for pool in services().pools
            for query in pool.running()
        ]
    )


@routes.delete("/running/<int:query>")
def cancel(query: int) -> Response:
    """Ends a running query."""
    refusal = _refusal()
    if refusal is not None:
        return refusal
    if not any(pool.cancel(query) for pool in services().pools):
        return answer("missing", 404, iri=request.path)
    return Response(status=204)


def _refusal() -> Response | None:
    token = owner(services().config.tokens, request.headers.get("Authorization"))
    if token is None:
        response = answer("unauthorized", 401)
        response.headers["WWW-Authenticate"] = 'Bearer realm="khabar"'
        return response
    if "queries" not in token.rights:
        return answer("refused", 403, reason=f"the token {token.name} may not see queries")
    return None
