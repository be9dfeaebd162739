"""Content negotiation (RFC 9110, section 12): which of the types on offer a client likes best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header, parse_options_header

LANGUAGES = ("ar", "en")

_MEANT = {  # what clients ask for when they mean a type on offer
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "application/x-turtle": ("text/turtle",),
    "text/n3": ("text/turtle",),
    "text/plain": ("application/n-triples",),
}


@lru_cache(maxsize=1024)
def best_type(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The offered media type with the highest quality, the first one for an absent or empty header; None for 406.

    Among equals the one that the client named more exactly wins, then the one offered first. Parameters of a media
    range (`charset`, `profile`) do not narrow it.
    """
    if not accept or not accept.strip():
        return offered[0]
    ranges = [(parse_options_header(value)[0].lower(), quality) for value, quality in parse_accept_header(accept)]
    ranked = [
        (quality, exactness, -place, media_type)
        for place, media_type in enumerate(offered)
        for quality, exactness in [_liking(media_type, ranges)]
        if quality > 0
    ]
    return max(ranked)[3] if ranked else None


def _liking(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Quality and exactness (3 type, 2 a synonym, 1 `text/*`, 0 `*/*`) of the most exact range that covers the type."""
    found = (0.0, -1)
    for accepted, quality in ranges:
        if accepted == media_type:
            exactness = 3
        elif media_type in _MEANT.get(accepted, ()):
            exactness = 2
        elif accepted == media_type.partition("/")[0] + "/*":
            exactness = 1
        elif accepted == "*/*":
            exactness = 0
        else:
            continue
        if exactness > found[1] or (exactness == found[1] and quality > found[0]):
            found = (quality, exactness)
    return found


@lru_cache(maxsize=256)
def best_language(accept: str | None, default: str = "ar") -> str:
    """`ar` or `en`, as the client's `Accept-Language` prefers; `default` where it says neither."""
    offered = sorted(LANGUAGES, key=lambda language: language != default)  # the first wins where all are as welcome
    return parse_accept_header(accept, LanguageAccept).best_match(offered, default) or default


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether the client takes gzip."""
    return parse_accept_header(accept_encoding).quality("gzip") > 0
