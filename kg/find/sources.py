"""Sources without a name: officials, sources, media, reports, with the words that describe them."""

from __future__ import annotations

from functools import cache

from kg.find.bodies import body_at
from kg.find.known import named_phrase
from kg.find.lexicon import BODY, UNNAMED
from kg.find.phrases import Kind, Line, Phrase
from kg.find.speaking_words import verb_of_saying
from kg.model import EntityType
from kg.resources import data_dir
from kg.text.fold import fold_key
from kg.text.tokens import bare

_LONGEST = 8
_PEOPLE_OF = (EntityType.PERSON,)


@cache
def _adjectives() -> frozenset[str]:
    rows = (data_dir() / "ar" / "source_words.tsv").read_text(encoding="utf-8").splitlines()[2:]
    return frozenset(bare(fold_key(row)) for row in rows if row)


def source_at(line: Line, index: int) -> Phrase | None:
    """An unnamed source that begins at a token: head, adjectives, `في` or `من` and the body it belongs to."""
    term = line.lexicon.at(UNNAMED, line.tokens, index)
    if term is None or term.enclitic or (term.kind == "document" and term.proclitic.endswith("ل")):
        return None  # لدراسة كذا: to study
    at = index + term.length
    country: str | None = None
    inner: list[Phrase] = []
    described = False
    limit = min(len(line.tokens), at + _LONGEST)
    while at < limit:
        adjective = line.demonym(at)
        hit = line.hit(at)
        if adjective is not None and not adjective.proclitic and (hit is None or described or term.definite):
            entry = line.entry(adjective, demonym=True)
            if term.kind == "group" and entry.type is EntityType.ARMED_GROUP:
                return Phrase(
                    Kind.NAME, index, adjective.last, (adjective.first, adjective.last), entry.type, term.proclitic,
                    term.definite, country=entry.country, key=entry.key,
                )  # fmt: skip
            country, at, described = country or line.nationality(adjective), adjective.last, True
            continue
        if bare(line.form(at)) in _adjectives():
            at, described = at + 1, True
            continue
        if term.kind in ("document", "group"):
            break
        led = at + 1 if line.form(at) in line.lexicon.sets["source_prepositions"] and not inner else at
        owner = _owner(line, led, parted=led > at, first=not described)
        if owner is None:
            break
        inner.append(owner)
        country, at = country or owner.country, owner.last
        break
    if term.words == "مسؤولة" and not described and not inner and not term.definite:
        return None  # جهات مسؤولة
    of_deed = term.words in ("مسؤول", "مسؤولة") and term.definite and not inner and line.form(at) == "عن"
    if of_deed and not verb_of_saying(line, index - 1):
        return None  # المسؤول عن الهجوم: who did it
    kind = Kind.DOCUMENT if term.kind == "document" else Kind.UNNAMED
    of = EntityType.GROUP if term.kind == "group" and country and term.definite else EntityType.UNNAMED
    return Phrase(
        kind, index, at, (index, at), of, term.proclitic, term.definite, title=term.words,
        title_class=term.kind, country=country, inner=tuple(inner),
    )  # fmt: skip


def _owner(line: Line, at: int, parted: bool, first: bool) -> Phrase | None:
    """The body or state that sources belong to: after a preposition, with `ب`, or as the head's own genitive."""
    hit = line.hit(at)
    term = line.lexicon.at(BODY, line.tokens, at)
    particle = term.proclitic if term else hit.proclitic if hit else None
    if particle is None or not (particle == "ب" or (particle == "" and (parted or first))):
        return None
    body = body_at(line, at)
    if body is not None:
        return body
    if hit is None or line.type_of(hit) in _PEOPLE_OF:
        return None
    return named_phrase(line, hit)
