"""Whether a capital's name means the city or the government that sits there."""

from __future__ import annotations

from kg.find.phrases import Line
from kg.text.tokens import splits

_WINDOW = 5


def means_the_city(line: Line, first: int, proclitic: str) -> bool:
    """Whether a capital's name at a token is the place: `في موسكو`, `زار موسكو`, `بموسكو`, `وصل إلى موسكو`."""
    if proclitic.endswith("ب") or line.tokens[first].is_latin:
        return True
    if proclitic not in ("", "و"):
        return False
    sets = line.lexicon.sets
    before = line.form(first - 1)
    if proclitic == "":
        if any(stem in sets["city_before"] or stem in sets["events_in"] for _, _, stem in splits(before)):
            return True
        if _visited(line, first):
            return True
        if before == "الي" or before == "من":
            return any(line.form(first - back) in sets["motion"] for back in range(2, 2 + _WINDOW))
    if proclitic == "و" and _listed_in(line, first):
        return True
    if line.form(first + 1) == "-" and first == 0:
        return True  # a dateline
    return before == "-" and first <= 4 and first + 1 == len(line.tokens)


def _listed_in(line: Line, first: int) -> bool:
    """Whether a capital with `و` goes on a list of places that `في` or `ب` leads: `جولة في كذا وبروكسل وباريس`."""
    for at in range(first - 1, max(-1, first - 1 - _WINDOW), -1):
        named = line.hit(at)
        if named is None:
            return False
        if named.proclitic.endswith("ب") or (not named.proclitic and line.form(at - 1) == "في"):
            return True
        if named.proclitic != "و":
            return False
    return False


def _visited(line: Line, first: int) -> bool:
    """Whether a verb of visiting stands a few words before, its subject between (`زار الوزير موسكو`)."""
    sets = line.lexicon.sets
    for back in range(2, 2 + _WINDOW):
        form = line.form(first - back + 1)
        if form in sets["visit_stops"] or not form[:1].isalpha():
            return False
        if line.form(first - back) in sets["visits"]:
            return True
    return False
