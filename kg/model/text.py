"""An article and what is read off its characters: segments, dates, quantities."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of an article: code points `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def __reduce__(self) -> tuple[type[Span], tuple[int, int]]:
        """Pickled as its arguments: compiled, what is frozen takes no state."""
        return Span, (self.start, self.end)

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `id` is the hash its IRI is made of; `sha256` is that of the text's UTF-8 bytes."""

    id: str
    name: str  # the file's name, or file and line of a JSON-lines source; for people and records, never in an IRI
    text: str
    sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None  # EDTF, as the source's metadata gives it
    language: str | None = None  # BCP 47

    def __reduce__(self) -> tuple[type[Article], tuple[str | None, ...]]:
        """Pickled as its arguments: compiled, what is frozen takes no state."""
        return Article, tuple([getattr(self, field.name) for field in fields(self)])


class Zone(StrEnum):
    """Which part of the page a segment belongs to."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    BODY = "body"
    WIDGET = "widget"  # share buttons, "read on": no part of the article
    FOOTER = "footer"  # sources, agencies


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, caption …) of an article."""

    span: Span
    zone: Zone
    paragraph: int  # counts from 0


class DateBasis(StrEnum):
    """How a date is known."""

    STATED = "stated"
    RESOLVED = "resolved"  # a relative expression, resolved against the article's date
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as EDTF with the days it may fall on; an open end is None."""

    edtf: str
    not_before: date | None
    not_after: date | None
    basis: DateBasis = DateBasis.STATED
    span: Span | None = None  # where it is written


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """The article's own date, how sure it is (0 to 1) and why, one clue a line (English)."""

    date: EdtfDate | None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written: "more than N" has no maximum; `unit` is an English singular such as `person`."""

    minimum: int | float | None
    maximum: int | float | None
    approximate: bool
    unit: str
    as_written: str
    span: Span
    kind: str = "unknown"  # increment, cumulative, planned, unknown
