"""Bytes become text without newline translation; what is no text is refused with the reason."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kg.errors import ReadError

MAX_BYTES = 10_000_000
"""The largest single article that is read, in bytes; a hundred times the longest real article seen."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:charset\s*=|<\?xml[^>]{0,80}encoding\s*=)\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0")


def decode(data: bytes, place: str, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, as UTF-8, by the declared encoding, else by detection.

    `place` names the source in errors. The text keeps its line ends; a byte order mark is dropped. Raises ReadError
    where the data is empty, larger than MAX_BYTES, binary, or in no encoding that can be told.
    """
    _refuse_what_is_no_text(data, place)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, place)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _otherwise(data, place, declared, error.start)
    if "\x00" in text:
        raise ReadError(place, "it holds NUL characters, so it is not text; convert it to UTF-8 text")
    if not text.strip():
        raise ReadError(place, "it holds no text; remove it or fill it")
    return text


def _refuse_what_is_no_text(data: bytes, place: str) -> None:
    if not data:
        raise ReadError(place, "it is empty; remove it or fill it")
    if len(data) > MAX_BYTES:
        raise ReadError(place, f"it has {len(data):,} bytes, more than {MAX_BYTES:,} for one article; split it")
    if data.startswith(_BINARY):
        raise ReadError(place, "it is a binary file (archive, image or document); export it as text or HTML")


def _strictly(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"its byte order mark says {encoding}, but byte {error.start} does not fit; convert it to UTF-8"
        raise ReadError(place, reason) from error


def _otherwise(data: bytes, place: str, declared: str | None, bad_byte: int) -> str:
    found = _DECLARED.search(data[:2048])
    for encoding in (declared, found.group(1).decode("ascii") if found else None):
        if encoding and (text := _try(data, encoding)) is not None:
            return text
    best = from_bytes(data[:65_536], cp_isolation=["cp1256", "iso8859_6", "utf_16_le", "utf_16_be", "cp1252"]).best()
    if best is not None and (text := _try(data, best.encoding)) is not None and _reads_as_words(text):
        return text
    raise ReadError(place, f"it is not UTF-8 (byte {bad_byte}) and its encoding cannot be told; convert it to UTF-8")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _reads_as_words(text: str) -> bool:
    """Whether most of the text is letters, digits, spaces and common marks, as a wrong guess would not be."""
    sample = text[:20_000]
    readable = sum(c.isalnum() or c.isspace() or c in ".,:;!?()[]\"'-–—«»“”،؛؟/%" for c in sample)
    return readable >= 0.9 * len(sample)
