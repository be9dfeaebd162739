"""Runs the application under uvicorn until it is told to stop (SIGINT, SIGTERM); SIGHUP has it read its tokens anew."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import cast

import uvicorn

from kg.errors import UsageError
from server.app import create_app, stop_app
from server.asgi import AsgiApplication
from server.config import ServerConfig
from server.connection import Connection
from server.front import Front
from server.repeats import Repeats
from server.writes.tokens import TokenFile

log = logging.getLogger("khabar.server")

LARGEST_BODY = 256 * 1024 * 1024
"""Bytes of a request; `/sparql` itself takes far fewer (`server/sparql/request.py`)."""

_SPARE_THREADS = 32  # for pages, writes and validations, beside one for each query that runs or waits

_OPEN_FILES = 8192


class _Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()


def serve(config: ServerConfig, host: str, port: int, *, access_log: bool, started: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; `started` is told the address. UsageError where the address cannot be had."""
    _log_to_stderr(access_log)
    _allow_files()
    listener = _listen(host, port)
    app = create_app(config)
    try:
        address = config.public_url or f"http://{host if ':' not in host else f'[{host}]'}:{listener.getsockname()[1]}/"
        gc.freeze()  # what is there now stays; the collector need not look at it again
        if isinstance(config.tokens, TokenFile):
            tokens = config.tokens
            signal.signal(signal.SIGHUP, lambda *_: _reload(tokens))
        server = _Server(_settings(cast(Front, app.wsgi_app), config), lambda: started(address))
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn raises it again once it has shut down
        with contextlib.suppress(KeyboardInterrupt):
            server.run([listener])
    finally:
        stop_app(app)
        listener.close()


def _settings(front: Front, config: ServerConfig) -> uvicorn.Config:
    pools = 2 if config.endpoints else 1
    threads = pools * (config.limits.workers + config.limits.waiting) + _SPARE_THREADS
    return uvicorn.Config(
        AsgiApplication(front, threads, LARGEST_BODY, behind_proxy=config.behind_proxy),
        http=cast(type[asyncio.Protocol], partial(Connection, front, Repeats(), config.behind_proxy)),
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        limit_concurrency=1000,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}; try another --port") from error


def _reload(tokens: TokenFile) -> None:
    """Reads the file of tokens anew; where it is not in order, tells so and keeps those that were read before."""
    try:
        tokens.reload()
        log.info("%d tokens read anew", len(tokens))
    except UsageError as error:
        log.error("tokens are as before: %s", error)


def _allow_files() -> None:
    """Lets the process open as many files as the system allows it: a connection is one."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0]), hard))


def _log_to_stderr(access_log: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name, level in (("khabar", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
    logging.getLogger("khabar.access").disabled = not access_log
