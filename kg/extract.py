"""Extraction: everything that is found in one article, stage by stage."""

from __future__ import annotations

from kg.frames.agreements import find_agreements
from kg.frames.claims import attach
from kg.frames.measures import find_measures
from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading, read_article
from kg.frames.statements import find_statements
from kg.frames.transfers import find_transfers
from kg.model import Article, Extraction, PublicationDate
from kg.text.language import is_arabic


def extract(article: Article) -> Extraction:
    """All that is found in an article; of one in another language nothing, and its notes say so.

    Pure: a function of the article and the release. Linear in the article's length; raises nothing on any text.
    """
    if not is_arabic(article.text, article.language):
        said = f"it is said to be in {article.language}" if article.language else "its text is not Arabic"
        return Extraction(article, PublicationDate(None), notes=(f"nothing extracted: {said}",))
    return frames_of(read_article(article))


def frames_of(reading: Reading) -> Extraction:
    """The extraction of an article that has been read."""
    told = attach(
        reading,
        find_statements(reading),
        find_transfers(reading),
        find_agreements(reading),
        find_meetings(reading),
        find_measures(reading),
    )
    return Extraction(
        reading.article,
        reading.published,
        reading.segments,
        reading.entities,
        told.statements,
        told.transfers,
        told.agreements,
        told.meetings,
        told.measures,
    )
