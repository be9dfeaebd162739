"""A small gazetteer of our own and sentences read with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.find.names import Names
from kg.find.phrases import Line
from kg.gazetteer.entry import Demonym, Entry
from kg.model import EntityType
from kg.text.fold import fold
from kg.text.tokens import tokenize

ENTRIES = (
    Entry("velonia", EntityType.STATE, "فيلونيا", demonyms=(Demonym("فيلوني"),)),
    Entry("dorsa", EntityType.STATE, "دورسا الشمالية", demonyms=(Demonym("دورسي شمالي"),)),
    Entry("league", EntityType.INTERNATIONAL_ORGANIZATION, "رابطة الأنهار"),
    Entry("hawks", EntityType.ARMED_GROUP, "الصقريون", demonyms=(Demonym("صقري"),), country="velonia"),
    Entry("stepan", EntityType.PERSON, "ستيبان غولوفكين", short_ar=("غولوفكين",), country="velonia"),
    Entry("mirna", EntityType.PLACE, "ميرنا الكبرى", country="velonia"),
)


@pytest.fixture(scope="session")
def line() -> Callable[[str], Line]:
    """One sentence as the grammars see it."""
    names = Names(ENTRIES)

    def make(text: str) -> Line:
        tokens = tokenize(fold(text))
        (hits,) = names.find([tokens])
        return Line(tokens, hits, text, names)

    return make


@pytest.fixture(scope="session")
def words() -> Callable[[Line, tuple[int, int]], str]:
    """The article's own words of some tokens."""
    return lambda sentence, span: sentence.span(*span).of(sentence.text)
