"""A source's text and metadata: plain text, HTML (boilerplate removed), JSON and one line of JSON lines."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from dateutil import parser as date_parser

from kg.errors import ReadError
from kg.model import Article

logger = logging.getLogger(__name__)

_FIELDS = {  # canonical name: names that feeds and crawlers use for it
    "text": ("text", "body", "content", "articleBody", "maintext"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "sitename", "site_name"),
    "published": ("published", "date", "datePublished", "published_at", "date_publish"),
    "language": ("language", "lang", "inLanguage"),
    "id": ("id",),
}
_FILLED = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # a part that the source leaves out differs between the two
_EDTF = re.compile(r"\d{4}(-\d{2}){0,2}[~?%]?\Z")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says about its article; `id` is the publisher's own identifier."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    id: str | None = None


def article(name: str, text: str, metadata: Metadata) -> Article:
    """The article of `text`; its id is the hash of its canonical URL, else of the publisher's id, else of its text."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if metadata.url:
        identity = "url " + canonical_url(metadata.url)
    elif metadata.id:
        identity = f"id {metadata.publisher or ''} {metadata.id}"
    else:
        identity = "text " + sha256
    return Article(
        id=hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:20],
        name=name,
        text=text,
        sha256=sha256,
        title=metadata.title,
        url=metadata.url,
        publisher=metadata.publisher,
        published=metadata.published,
        language=metadata.language,
    )


def canonical_url(url: str) -> str:
    """A URL without fragment and trailing slash, its scheme and host in lower case: the same page, the same article."""
    parts = urlsplit(url.strip())
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


def from_html(html: str, place: str) -> tuple[str, Metadata]:
    """The main text of a page and what its markup says about it; raises ReadError where no text is found."""
    from trafilatura import bare_extraction  # here: its import takes longer than reading a folder of text files

    page = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False)
    if page is None or isinstance(page, dict) or not page.text:
        raise ReadError(place, "no article text was found in the page; save the text itself as .txt")
    metadata = Metadata(
        title=page.title or None,
        url=page.url or None,
        publisher=page.sitename or None,
        published=edtf(page.date, place),
        language=page.language or None,
    )
    return page.text, metadata


def from_json(text: str, file: str, line: int | None = None) -> tuple[str, Metadata]:
    """The text and metadata of a JSON object, of a whole file or of its `line`; raises ReadError where it is broken
    or holds no text."""
    place = file if line is None else f"{file}:{line}"
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{file}:{line or error.lineno}:{error.colno}", f"broken JSON ({error.msg}); mend it"
        ) from error
    except RecursionError as error:
        raise ReadError(place, "JSON nested too deeply; an article is one flat object") from error
    if not isinstance(value, dict):
        raise ReadError(place, "not a JSON object; an article is an object with a `text` field")
    body = _field(value, "text", place)
    if body is None or not body.strip():
        raise ReadError(place, "no text; an article needs a `text` field that is not empty")
    return body, metadata_of(value, place)


def metadata_of(value: Mapping[str, object], place: str) -> Metadata:
    """The metadata in a JSON object, under any of the names that feeds use; raises ReadError on a wrong type."""
    return Metadata(
        title=_field(value, "title", place),
        url=_field(value, "url", place),
        publisher=_field(value, "publisher", place),
        published=edtf(_field(value, "published", place), place),
        language=_field(value, "language", place),
        id=_field(value, "id", place),
    )


def _field(value: Mapping[str, object], name: str, place: str) -> str | None:
    for key in _FIELDS[name]:
        found = value.get(key)
        if found is None or found == "":
            continue
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        if not isinstance(found, str):
            raise ReadError(place, f"field `{key}` is not a string; write it as one")
        try:
            found.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ReadError(place, f"field `{key}` holds half a character at {error.start}; mend it") from error
        return found
    return None


def edtf(published: str | None, place: str) -> str | None:
    """A publication date as an EDTF day, month or year; what is no date is left out and logged."""
    if not published:
        return None
    if _EDTF.match(published):
        return published
    try:
        first, second = (date_parser.parse(published, default=filled) for filled in _FILLED)
        if first.date() != second.date():
            raise ValueError("a part is missing")
    except (ValueError, OverflowError):
        logger.warning("%s: published %r is no date and is left out; write it as 2024-05-31", place, published)
        return None
    return first.date().isoformat()
