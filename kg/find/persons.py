"""Persons by grammar: title, office, nationality and name (`الرئيس الروسي فلان`, `المتحدث باسم الوزارة فلان`)."""

from __future__ import annotations

from kg.find.lexicon import BODY, TITLE, Term
from kg.find.offices import NAMED_AT_ONCE, Office
from kg.find.person_names import latin_after, name_after, name_at, only_house_follows, past_ranks
from kg.find.phrases import Kind, Line, Phrase
from kg.model import PLACES, EntityType
from kg.text.tokens import bare

_FARTHEST = 6  # words of a place between an office and the name
_DEEPEST = 4  # مستشار نائب وزير … : titles inside titles
_OF_STATES = (EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE)


def titled_at(line: Line, index: int, depth: int = 0) -> Phrase | None:
    """A title that begins at a token with its complements and, where one follows, the name of its holder.

    `depth` counts the titles that this one is a complement of; deeper than `_DEEPEST` none is read.
    """
    if depth > _DEEPEST:
        return None
    term = line.lexicon.at(TITLE, line.tokens, index)
    if term is None or (line.form(index).endswith("الي") and line.is_folded_from(index, "ى")):
        return None  # والى is and to, والي a governor
    if term.enclitic == "ه" and line.is_folded_from(index, "ة"):
        return None  # مؤسسة is a foundation, مؤسسه its founder
    body = line.lexicon.at(BODY, line.tokens, index + term.length)
    if term.key in ("ممثل", "ممثله") and not term.definite and body is not None and body.proclitic == "ب":
        return None  # الحكومة ممثلة بوزارة كذا: represented by
    office = Office(line, index + term.length, term, lambda line, index: titled_at(line, index, depth + 1))
    office.read()
    named = name_after(
        line, office.at, loose=office.says_something, whole=term.kind in NAMED_AT_ONCE, country=office.country
    )
    if named is None and office.says_something:
        named = _past_place(line, office.at)
    if named is not None and term.key in line.lexicon.sets["town_offices"] and not office.says_something:
        named = _past_town(line, named)
    if named is not None and _likely(line, term, named):
        return _person(line, index, term, office, named)
    if term.kind == "trade" and any(part.key for part in office.adjectives):  # القيادي الحوثي
        return Phrase(
            Kind.UNNAMED, index, office.at, (index, office.at), EntityType.UNNAMED, term.proclitic, term.definite,
            title=term.words, title_class="people", inner=tuple(office.adjectives),
        )  # fmt: skip
    if term.kind in ("trade", "honorific") or (term.kind == "rank" and not office.says_something):
        return None
    if not (office.closed or term.enclitic or office.says_something):
        return None
    kind = Kind.UNNAMED
    if office.closed or term.enclitic or office.definite:
        kind = Kind.OFFICE if office.says_something else Kind.DESCRIPTION
    return Phrase(
        kind, index, office.at, (index, office.at), EntityType.ROLE, term.proclitic, term.definite,
        title=term.words, title_class=term.kind, office=office.key(), country=office.country,
        former=office.former, enclitic=term.enclitic, inner=(*office.inner, *office.adjectives),
    )  # fmt: skip


def _past_place(line: Line, at: int) -> tuple[int, int, int] | None:
    """The name that the place of an office parts from it: `رئيس البرلمان في كذا فلان الفلاني`; where no list holds the
    place, behind a rank or honorific: `قائد الحرس في مدينة كذا العميد فلان`.
    """
    if line.form(at) != "في":
        return None
    place = line.hit(at + 1)
    if place is not None and not place.proclitic and line.type_of(place) in PLACES:
        found = name_at(line, place.last)
        return (*found, found[1]) if found is not None and found[1] - found[0] > 1 else None
    if line.form(at + 1) not in line.lexicon.sets["place_heads"]:
        return None
    for index in range(at + 3, min(len(line.tokens), at + 2 + _FARTHEST)):
        name = past_ranks(line, index)
        if name > index:
            found = name_at(line, name, whole=True)
            return (*found, found[1]) if found is not None and found[1] - found[0] > 1 else None
        if not line.form(index)[:1].isalpha() or line.lexicon.is_verb(line.form(index)):
            return None
    return None


def _past_town(line: Line, name: tuple[int, int, int]) -> tuple[int, int, int]:
    """`محافظ كذا فلان الفلاني`: the first of three unknown words or more is the town."""
    first, last, after = name
    hit = line.hit(first)
    if last - first < 3 or hit is not None or line.form(first) in line.lexicon.name_parts:
        return name
    return first + 1, last, after


def _likely(line: Line, term: Term, name: tuple[int, int, int]) -> bool:
    """Whether what follows a rank or honorific is a name: one word alone must be known as a part of names."""
    first, last, _ = name
    if last - first > 1 or (term.kind not in NAMED_AT_ONCE and term.kind != "peer"):
        return True
    return line.form(first) in line.lexicon.name_parts or line.hit(first) is not None


def _person(line: Line, index: int, term: Term, office: Office, name: tuple[int, int, int]) -> Phrase:
    first, last, after = name
    hit = line.hit(first)
    if hit is not None and line.type_of(hit) is not EntityType.PERSON:
        hit = None
    if hit is not None and hit.last < last and not only_house_follows(line, hit, last):
        hit = None
    latin = latin_after(line, after)
    country = office.country or (line.country_of(hit) if hit is not None else None)
    inner = [_of_state(phrase, country) for phrase in office.inner if bare_office(line, phrase)]
    return Phrase(
        Kind.PERSON, index, latin[1] + 1 if latin else after, (first, last), EntityType.PERSON, term.proclitic,
        term.definite, hit, term.words, term.kind, office.key(), office.country, office.former,
        enclitic=term.enclitic, latin=latin, inner=(*inner, *office.adjectives),
    )  # fmt: skip


def _of_state(body: Phrase, country: str | None) -> Phrase:
    """A body inside a title with its holder's state where it names none: `القائد العام للقوات المسلحة فلان`."""
    if body.kind is not Kind.BODY or body.country is not None or body.type not in _OF_STATES or body.inner:
        return body
    return body.with_(country=country)


def bare_office(line: Line, body: Phrase) -> bool:
    """Whether a body inside a title is told by more than its kind: not `مجلس الوزراء` and the like."""
    words = " ".join((bare(body.title), *body.words)) if body.kind is Kind.BODY else ""
    return body.country is not None or words not in line.lexicon.cabinets
