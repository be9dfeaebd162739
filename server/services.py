"""What the parts of the application share: configuration, query workers, cache, search, the address of the server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flask import current_app

from kg.store import Version, base_iri
from server.config import ServerConfig
from server.search.index import SearchIndex
from server.sparql.cache import ResultCache
from server.workers.keeper import CopyKeeper
from server.workers.pool import WorkerPool

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_EXTENSION = "khabar"


@dataclass(frozen=True, slots=True)
class Services:
    """One per application, in `app.extensions`."""

    config: ServerConfig
    pool: WorkerPool
    cache: ResultCache
    base: str  # the base IRI of the data
    search: SearchIndex
    keeper: CopyKeeper
    federation: WorkerPool | None = None  # for queries with SERVICE

    @classmethod
    def start(cls, config: ServerConfig) -> Services:
        """Starts the query workers; StoreError where the store is missing or empty."""
        pool = WorkerPool(config.db, config.limits)
        federation = None
        if config.endpoints:
            federation = WorkerPool(config.db, replace(config.limits, spares=0), config.endpoints)
        search = SearchIndex(config.db, pool)
        keeper = CopyKeeper(config.db, pool, config.in_memory)
        return cls(config, pool, ResultCache(config.cache), base_iri(config.db), search, keeper, federation)

    def stop(self) -> None:
        """Ends the query workers and what runs beside them."""
        self.search.stop()
        self.keeper.stop()
        for pool in self.pools:
            pool.stop()

    @property
    def pools(self) -> list[WorkerPool]:
        """All query workers."""
        return [self.pool] if self.federation is None else [self.pool, self.federation]

    @property
    def version(self) -> Version:
        """The version published now."""
        return Version(self.config.db, self.pool.version)


def services() -> Services:
    """Those of the application that answers the current request."""
    return cast(Services, current_app.extensions[_EXTENSION])


def attach(extensions: dict[str, object], found: Services) -> None:
    """Puts the services where `services` finds them."""
    extensions[_EXTENSION] = found


def public_address(config: ServerConfig, environ: WSGIEnvironment) -> str:
    """The address under which clients reach the server, without a slash at its end."""
    if config.public_url:
        return config.public_url.rstrip("/")
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}"
