"""`/healthz` (the process answers), `/readyz` (queries are answered) and `/metrics`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from kg.errors import KhabarError
from server.observe import Observer
from server.services import services

_ASK = ("application/sparql-results+json",) * 2 + (None,)


def blueprint(observer: Observer) -> Blueprint:
    """The three routes; `observer` counts what the metrics tell."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @routes.get("/readyz")
    def readyz() -> tuple[Response, int]:
        try:
            with services().pool.run("ASK {}", _ASK, deadline=2.0):
                return jsonify(status="ready", version=services().pool.version, lacks=services().pool.missing), 200
        except KhabarError as error:
            return jsonify(status="not ready", reason=str(error)), 503

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(
            "\n".join([*observer.lines(), *_gauges(observer.repeated)]) + "\n", content_type="text/plain; version=0.0.4"
        )

    return routes


def _gauges(repeated: int) -> list[str]:
    """`repeated`: answers that were found before their request was read; they are the cache's as well."""
    pools, cache = services().pools, services().cache
    figures = {
        "khabar_store_version": ("gauge", services().pool.version),
        "khabar_version_in_memory": ("gauge", services().pool.copied or 0),
        "khabar_queries_running": ("gauge", sum(len(pool.running()) for pool in pools)),
        "khabar_queries_waiting": ("gauge", sum(pool.waiting for pool in pools)),
        "khabar_queries_refused_total": ("counter", sum(pool.counts.refused for pool in pools)),
        "khabar_workers_forked_total": ("counter", sum(pool.counts.forked for pool in pools)),
        "khabar_workers_ended_total": ("counter", sum(pool.counts.died for pool in pools)),
        "khabar_cache_hits_total": ("counter", cache.hits + repeated),
        "khabar_cache_misses_total": ("counter", cache.misses),
        "khabar_cache_bytes": ("gauge", cache.size),
    }
    return [line for name, (kind, value) in figures.items() for line in (f"# TYPE {name} {kind}", f"{name} {value}")]
