"""The application: `create_app(config)` gives a Flask application whose `wsgi_app` answers `/sparql` before Flask."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask

from kg.errors import KhabarError
from server import health, running
from server.config import ServerConfig
from server.front import Front
from server.observe import Observer
from server.pages import errors, home, i18n, ontology, search, security, things, void
from server.reconcile import routes as reconcile
from server.reply import Reply
from server.services import Services, attach, public_address
from server.sparql.description import describe
from server.sparql.endpoint import SparqlEndpoint
from server.sparql.lane import Lane
from server.validation import routes as validation
from server.writes.desk import WriteDesk
from server.writes.graph_store import GraphStore
from server.writes.handler import Updates

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def create_app(config: ServerConfig) -> Flask:
    """Starts the query workers and builds the application; `stop_app` ends them. StoreError for an empty store."""
    app = Flask("server")
    services = Services.start(config)
    attach(app.extensions, services)
    observer = Observer()

    def address(environ: WSGIEnvironment) -> str:
        return public_address(config, environ) + "/sparql"

    def describe_here(environ: WSGIEnvironment) -> Reply:
        return describe(address(environ), environ.get("HTTP_ACCEPT"), bool(config.tokens), bool(config.endpoints))

    desk = WriteDesk(services.pool)
    endpoint = SparqlEndpoint(
        services.pool,
        services.cache,
        address,
        describe_here,
        Updates(config, desk, config.tokens),
        services.federation,
    )
    graph_store = GraphStore(config, services.pool, desk, config.tokens)
    app.wsgi_app = Front(app.wsgi_app, endpoint, Lane(endpoint, services.pool), graph_store, observer)  # type: ignore[method-assign]  # Flask's way to wrap it
    app.register_blueprint(health.blueprint(observer))
    app.register_blueprint(running.routes)
    app.register_blueprint(home.routes)
    app.register_blueprint(things.routes)
    app.register_blueprint(ontology.routes)
    app.register_blueprint(search.routes)
    app.register_blueprint(void.routes)
    app.register_blueprint(validation.routes)
    reconcile.register(app)
    i18n.register(app)
    security.register(app)
    errors.register(app)
    services.search.then(lambda: _warm(app))
    return app


def _warm(app: Flask) -> None:
    """After a publish: what the first page and the description ask is asked before people come."""
    with app.app_context(), suppress(KhabarError):
        home.warm()
        void.warm()


def stop_app(app: Flask) -> None:
    """Ends the query workers of an application."""
    services: Services = app.extensions["khabar"]
    services.stop()
