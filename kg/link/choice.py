"""Which entry of the gazetteer a name means in its article, where several bear it or it is a word too."""

from __future__ import annotations

from collections.abc import Container

from kg.find.names import Hit
from kg.find.phrases import Line, Phrase
from kg.gazetteer.entry import Entry
from kg.link.index import SCORES
from kg.link.knowledge import Knowledge, bare
from kg.model import Candidate, EntityType


def choose(
    knowledge: Knowledge, told: Container[str], line: Line, hit: Hit, phrase: Phrase
) -> tuple[Entry, str, Candidate | None] | None:
    """The entry that a hit means here, how it matched, and the runner-up; None where the context allows none.

    A short form (a surname, an acronym that is also a word) is allowed where the article names its entry in full,
    gives the person a title, or names the state. `told` are the keys of the entities that the article has so far.
    """
    entries = line.names.entries
    only = hit.references[0]
    if len(hit.references) == 1 and only.normalisation != "short" and not only.demonym:
        entry = entries[only.entry]
        if entry.type is not EntityType.POLITICAL_PARTY:
            return entry, only.normalisation, None
    ranked: list[tuple[float, int, Entry, str]] = []
    for order, reference in enumerate(hit.references):
        if reference.demonym:
            continue
        entry = entries[reference.entry]
        score = SCORES[reference.normalisation]
        named = entry.key in told
        if entry.type is EntityType.POLITICAL_PARTY and entry.country and not in_context(told, line, entry):
            continue  # الحزب الجمهوري of another country
        if named:
            score += 1.0
        if phrase.country and entry.country == phrase.country and entry.type is EntityType.PERSON:
            score += 0.5
        if reference.normalisation == "short" and not _allows(knowledge, told, line, entry, phrase):
            continue
        ranked.append((score, -order, entry, reference.normalisation))
    if not ranked:
        return None
    ranked.sort(key=lambda row: row[:2], reverse=True)
    second = ranked[1] if len(ranked) > 1 else None
    runner_up = (
        Candidate(second[2].key, second[2].wikidata, second[2].label_ar, min(1.0, second[0])) if second else None
    )
    return ranked[0][2], ranked[0][3], runner_up


def in_context(told: Container[str], line: Line, entry: Entry) -> bool:
    """Whether an article tells of an entry's state; `told` as for `choose`."""
    return entry.country in line.context or entry.country in told


def _allows(knowledge: Knowledge, told: Container[str], line: Line, entry: Entry, phrase: Phrase) -> bool:
    """Whether a short form may mean an entry here."""
    named = entry.key in told
    titled = bool(phrase.title_class or phrase.title)
    if titled and phrase.country == entry.country:
        return True
    if phrase.title_class and phrase.country is None:
        held = {office.split()[0] for office in knowledge.offices(entry)}
        return named or entry.country in told or bare(phrase.title).split()[0] in held
    if titled and phrase.country is None:
        return True
    form = line.form(phrase.name[0])
    stem = form.removeprefix(phrase.proclitic) if phrase.name[0] == phrase.first else form  # ورئيسي, and main
    words = line.lexicon.words
    everyday = any(word in words or word.removeprefix("ال") in words for word in (form, stem))
    if everyday and phrase.name[1] - phrase.name[0] == 1:
        return named and entry.type is not EntityType.PERSON
    if form.startswith("ال") and form.endswith("ي") and not named:
        return False  # الحوثي, المالكي: an adjective where no title says that it is a person
    return named or entry.country is None or entry.country in told
