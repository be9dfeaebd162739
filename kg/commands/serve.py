"""`khabar serve`: the SPARQL endpoint and the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from server.workers.keeper import InMemory


@click.command()
@click.option("--db", type=click.Path(path_type=Path), default=Path("khabar-data"), show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
@click.option("--public-url", help="The address clients use, where a proxy stands before the server.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Queries that run at a time."
)
@click.option(
    "--deadline", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="Seconds a query has."
)
@click.option("--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB a query may take.")
@click.option(
    "--cache", type=click.IntRange(0), default=64, show_default=True, help="MiB of kept answers; 0 keeps none."
)
@click.option(
    "--in-memory",
    type=click.Choice(["auto", "on", "off"]),
    default="auto",
    show_default=True,
    help="Answer from a copy of the published version in memory; auto: where half of the free memory takes it.",
)
@click.option("--evidence-only", is_flag=True, help="Show the sentences that carry evidence, never whole articles.")
@click.option(
    "--tokens", type=click.Path(path_type=Path), help="TOML file of those who may write; without it writing is off."
)
@click.option(
    "--allow-service",
    multiple=True,
    metavar="IRI",
    help="A SPARQL endpoint that queries may ask by SERVICE; may be given again. Without it SERVICE is refused.",
)
@click.option("--behind-proxy", is_flag=True, help="Tell clients apart by the last address of X-Forwarded-For.")
@click.option(
    "--client-queries", type=click.IntRange(1), default=16, show_default=True, help="Queries of one client at a time."
)
@click.option(
    "--client-seconds",
    type=click.FloatRange(1),
    default=60.0,
    show_default=True,
    help="Seconds of query time a client may use a minute, saved up for two.",
)
@click.option(
    "--access-log/--no-access-log", default=True, show_default=True, help="One JSON line a request on stderr."
)
def command(
    db: Path,
    host: str,
    port: int,
    public_url: str | None,
    workers: int,
    deadline: float,
    memory: int,
    cache: int,
    in_memory: InMemory,
    evidence_only: bool,
    tokens: Path | None,
    allow_service: tuple[str, ...],
    behind_proxy: bool,
    client_queries: int,
    client_seconds: float,
    access_log: bool,
) -> None:
    """Serve the store in --db over HTTP: /sparql, and a page for every actor, article and statement."""
    from server.config import ServerConfig
    from server.serve import serve
    from server.workers.clients import ClientLimits
    from server.workers.endpoints import endpoint
    from server.workers.limits import Limits
    from server.writes.tokens import TokenFile

    config = ServerConfig(
        db=db,
        public_url=public_url,
        limits=Limits(
            workers=workers,
            deadline=deadline,
            memory=memory * 1024**2,
            client=ClientLimits(client_queries, client_seconds, 2 * client_seconds),
        ),
        behind_proxy=behind_proxy,
        endpoints=tuple(endpoint(iri) for iri in allow_service),
        cache=cache * 1024**2,
        in_memory=in_memory,
        evidence_only=evidence_only,
        tokens=TokenFile(tokens) if tokens is not None else (),
    )
    serve(config, host, port, access_log=access_log, started=lambda address: click.echo(f"Khabar serves {address}"))
