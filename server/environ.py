"""The WSGI environment (PEP 3333) of a request as uvicorn has read it."""

from __future__ import annotations

import io
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from server.observe import forwarded

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_OF_ALL = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


def environ_of(scope: MutableMapping[str, Any], body: bytes = b"", *, behind_proxy: bool) -> WSGIEnvironment:
    """The environment of an ASGI scope. `behind_proxy`: the client is the one that the proxy names."""
    raw_path = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0]
    environ: WSGIEnvironment = {
        **_of_connection(scope.get("server"), scope.get("client"), scope.get("scheme", "http")),
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REQUEST_URI": raw_path.decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.input": io.BytesIO(body),
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = _key(raw_name), raw_value.decode("latin-1")
        environ[name] = f"{environ[name]},{value}" if name in environ else value
    if behind_proxy:
        environ["REMOTE_ADDR"] = forwarded(environ.get("HTTP_X_FORWARDED_FOR", ""))
    return environ


@lru_cache(maxsize=1024)
def _of_connection(
    server: tuple[str, int | None] | None, client: tuple[str, int] | None, scheme: str
) -> dict[str, Any]:
    """What all requests of a connection share."""
    address, port = server or ("localhost", 80)
    client_address, client_port = client or ("", 0)
    return {
        **_OF_ALL,
        "SERVER_NAME": address,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": client_address,
        "REMOTE_PORT": str(client_port),
        "wsgi.url_scheme": scheme,
    }


@lru_cache(maxsize=256)
def _key(raw_name: bytes) -> str:
    """Where the WSGI environment has a header."""
    name = raw_name.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name
