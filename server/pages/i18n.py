"""The language of a page: `?lang=ar` or `en`, else what the browser prefers, else Arabic; and its words."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from server.negotiate import LANGUAGES, best_language
from server.pages.terms import is_term, local_name, term_label
from server.pages.view import local_link
from server.services import services

DIRECTIONS = {"ar": "rtl", "en": "ltr"}


@lru_cache
def words(language: str) -> dict[str, str]:
    """The words of the pages in `ar` or `en`."""
    found: dict[str, str] = json.loads(
        files("server").joinpath("messages", f"pages.{language}.json").read_text("utf-8")
    )
    return found


def page_language() -> str:
    """The language of the page that is asked for."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else best_language(request.headers.get("Accept-Language"))


def in_language(language: str) -> str:
    """The address of this page in another language."""
    arguments = MultiDict(request.args)
    arguments["lang"] = language
    return f"{request.path}?{urlencode(list(arguments.items(multi=True)))}"


def register(app: Flask) -> None:
    """Gives every template `lang`, `dir`, `t` (a word by its key), `other_lang` and `in_language`; tells caches that a
    page depends on what the browser prefers."""

    @app.after_request
    def vary(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.update(("Accept", "Accept-Language"))
        return response

    @app.context_processor
    def language() -> dict[str, object]:
        found = page_language()
        other = "en" if found == "ar" else "ar"
        return {
            "lang": found,
            "dir": DIRECTIONS[found],
            "t": words(found).__getitem__,
            "other_lang": other,
            "other_words": words(other),
            "in_language": in_language,
            "keep": f"?lang={found}" if "lang" in request.args else "",
            "with_keep": with_keep,
            "link_of": link_of,
            "name_of": lambda iri: name_of(iri, found),
        }


def with_keep(address: str, keep: str) -> str:
    """An address of this server that keeps the page's language (`keep` is empty or `?lang=…`)."""
    path, mark, fragment = address.partition("#")
    return f"{path}{keep}{mark}{fragment}"


def link_of(iri: str) -> str | None:
    """Where an IRI can be followed to: here, or elsewhere on the web; None for other IRIs."""
    return local_link(iri, services().base) or (iri if iri.startswith(("http://", "https://")) else None)


def name_of(iri: str, language: str) -> str:
    """A short name of an IRI: the label of a term, ours or among the words of the pages, else its last part."""
    if iri in words(language):
        return words(language)[iri]
    if is_term(iri):
        return term_label(iri, language)
    base = services().base
    return iri.removeprefix(base) if iri.startswith(base) else local_name(iri)
