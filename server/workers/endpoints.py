"""The endpoints that queries may ask by SERVICE: how one is named, and which addresses its name may stand for."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from kg.errors import QueryRefusedError, UsageError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""

_ENDPOINT = re.compile(r"https?://[a-z0-9.\-:\[\]]+/[!-~]*")


def endpoint(iri: str) -> str:
    """`iri` where it names an endpoint as the allow-list takes it, else UsageError.

    That is an absolute http or https IRI in ASCII with the host in small letters and a path, without user or fragment,
    so that there is one way to write it.
    """
    with suppress(ValueError):  # a port that is no number, an address that is none
        parts = urlsplit(iri)
        if _ENDPOINT.fullmatch(iri) and parts.hostname and parts.port != 0 and not set(iri) & set('<>"{}|\\^`#'):
            return iri
    raise UsageError(f"{iri} is no endpoint; write it like https://query.wikidata.org/sparql")


def check_address(iri: str) -> None:
    """QueryRefusedError where an endpoint's host name stands for an address that is not public.

    A host that is `localhost` or an address itself may be anything: whoever listed the endpoint meant that one.
    """
    parts = urlsplit(iri)
    host = parts.hostname or ""
    if host == "localhost" or _is_address(host):
        return
    try:
        found = socket.getaddrinfo(host, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except OSError as error:
        raise QueryRefusedError(f"the host of <{iri}> is not known: {error}") from error
    for *_, address in found:
        if not is_public(str(address[0])):
            raise QueryRefusedError(f"the host of <{iri}> has the address {address[0]}, which is not public")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet: none of loopback, private, link-local, multicast, reserved."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
