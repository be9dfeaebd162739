"""Names and adjectives of the gazetteer as phrases."""

from __future__ import annotations

from kg.find.names import Hit
from kg.find.person_names import latin_after
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType

_PEOPLE = ("ين", "ون")
_PARTS = (EntityType.ARMED_FORCE, EntityType.ARMED_GROUP, EntityType.GOVERNMENT_BODY, EntityType.ORGANIZATION)


def named_phrase(line: Line, hit: Hit) -> Phrase:
    """A gazetteer name as a phrase, with the Latin spelling in brackets after it and the states that it names."""
    latin = latin_after(line, _past_quote(line, hit.first, hit.last))
    kind = line.type_of(hit)
    inner = _states_inside(line, hit) if kind is EntityType.EVENT else _whole_of(line, hit, kind)
    last = latin[1] + 1 if latin else _past_quote(line, hit.first, hit.last)
    return Phrase(
        Kind.NAME, hit.first, last, (hit.first, hit.last), kind,
        hit.proclitic, hit.definite, hit, country=line.country_of(hit), latin=latin, inner=inner,
    )  # fmt: skip


def _past_quote(line: Line, first: int, last: int) -> int:
    """Where a name ends that holds an opening quotation mark: after the closing one."""
    opened = sum(line.form(index) == '"' for index in range(first, last)) % 2
    return last + 1 if opened and line.form(last) == '"' else last


def adjective_phrase(line: Line, hit: Hit) -> Phrase:
    """An adjective of nationality as a phrase that means the state."""
    return Phrase(
        Kind.DEMONYM, hit.first, hit.last, (hit.first, hit.last), EntityType.STATE, hit.proclitic, hit.definite,
        hit, country=line.nationality(hit),
    )  # fmt: skip


def bracketed_adjective(line: Line, at: int) -> Hit | None:
    """The adjective of nationality that stands alone in the brackets that open at a token: `السفارة (الفلانية)`."""
    adjective = line.demonym(at + 1)
    return adjective if adjective is not None and line.form(adjective.last) == ")" else None


def of_another_people(line: Line, adjective: Hit, country: str | None) -> bool:
    """Whether an adjective behind what is of a state means the people of another: `دعت الوزارة الفلانية العلانيين`."""
    of_people = line.form(adjective.first).endswith(_PEOPLE)
    return country is not None and of_people and line.nationality(adjective) != country


def _whole_of(line: Line, hit: Hit, kind: EntityType) -> tuple[Phrase, ...]:
    """The body that a name of one names as its whole: `اللجنة التنفيذية لمنظمة كذا`, `بحرية الحرس الفلاني`."""
    if kind not in _PARTS or hit.last - hit.first < 3:
        return ()
    for index in range(hit.first + 1, hit.last):
        named = line.hit(index)
        if named is not None and named.last == hit.last and named.proclitic == "ل" and line.type_of(named) in _PARTS:
            return (named_phrase(line, named),)
    return ()


def _states_inside(line: Line, hit: Hit) -> tuple[Phrase, ...]:
    """The states that an event's name names: `الحرب في أوكرانيا`."""
    found = []
    for index in range(hit.first, hit.last):
        named = line.hit(index)
        if named is not None and named != hit and named.last <= hit.last and line.type_of(named) is EntityType.STATE:
            found.append(named_phrase(line, named))
    return tuple(found)
