"""More than one title, or another name, of one person: joined with `و`, right behind the name, in brackets."""

from __future__ import annotations

from kg.find.person_names import nickname_after, run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType

_APPOSED = frozenset({"", "rank", "honorific", "trade", "envoy"})  # titles that another may follow the name of
_BREAKS = frozenset('"،,-(')


def is_joined_title(line: Line, person: Phrase, title: Phrase) -> bool:
    """Whether a definite title joined to the one behind a name is one more of the same person: `فلان مستشار الوزارة
    والمتحدث باسمها`.
    """
    if title.proclitic != "و" or title.first != person.last or person.kind is not Kind.PERSON:
        return False
    if title.kind not in (Kind.OFFICE, Kind.DESCRIPTION, Kind.UNNAMED) or not title.definite:
        return False
    return person.last > person.name[1] and title.title_class in line.lexicon.sets["joined_titles"]


def joined_to_title(line: Line, office: Phrase, person: Phrase) -> Phrase | None:
    """`مستشار الحركة والعضو في كذا فلان الفلاني`: one office, and one more joined to it, of one person."""
    if person.proclitic != "و" or person.first != office.last or person.kind is not Kind.PERSON:
        return None
    if office.kind is not Kind.OFFICE or office.title_class in ("rank", "honorific") or not person.definite:
        return None
    if person.title_class not in line.lexicon.sets["joined_titles"] or person.name[0] == person.first:
        return None
    return person.with_(
        first=office.first, proclitic=office.proclitic, definite=office.definite, title=office.title,
        title_class=office.title_class, office=office.office, country=office.country or person.country,
        inner=(*office.inner, *person.inner),
    )  # fmt: skip


def with_nickname(line: Line, person: Phrase) -> Phrase:
    """`فلان الفلاني (أبو فلان)`: the person with the other name, which may be the one that the gazetteer knows."""
    nickname = nickname_after(line, person.last)
    if nickname is None:
        return person
    known = line.hit(nickname[0]) if person.hit is None else None
    hit = known if known is not None and known.last == nickname[1] else person.hit
    return person.with_(last=nickname[1] + 1, nickname=nickname, hit=hit)


def apposition(line: Line, title: Phrase, before: list[Phrase]) -> Phrase | None:
    """`فلان وزير خارجية كذا`, `فلان، المتحدث باسم كذا`, `فلان وهو متحدث باسم كذا`: who the name before a title is."""
    if title.proclitic:
        return None
    at, parted = title.first, False
    while at > 0 and (line.form(at - 1) in _BREAKS or line.form(at - 1) in line.lexicon.sets["pronouns"]):
        at, parted = at - 1, True
        if title.first - at > 3:
            return None
    person = before[-1] if before and before[-1].last == at and before[-1].kind is Kind.PERSON else None
    if person is None:
        person = _name_before(line, at, before[-1].last if before else 0)
    if person is None or not _takes_another(person):
        return None
    if not parted and person.name[1] - person.name[0] < 2 and not _holds(line, person, title):
        return None
    return person.with_(
        kind=Kind.PERSON, last=title.last, title=title.title, title_class=title.title_class, office=title.office,
        country=person.country or title.country, inner=(*person.inner, *title.inner),
    )  # fmt: skip


def _holds(line: Line, person: Phrase, title: Phrase) -> bool:
    """Whether somebody known by a surname belongs to the state whose minister or head is named right behind."""
    if person.hit is None or title.country is None or title.title_class not in ("head", "minister"):
        return False
    return any(office.of == title.country for office in line.entry(person.hit).offices)


def _takes_another(person: Phrase) -> bool:
    """Whether another title may follow a name: `المستشار` without a state is a judge's rank, not the head of one."""
    if person.title_class in _APPOSED or person.title in ("أمير", "أميرة"):
        return True
    return person.title == "المستشار" and person.country is None and not person.inner


def _owned_verb(form: str) -> bool:
    """Whether a word that no list holds is an imperfect verb with its object: `تترأسها`."""
    return form[0] in "يتن" and len(form) > 5 and form.endswith(("ها", "هم", "ه"))


def _name_before(line: Line, at: int, begin: int) -> Phrase | None:
    """An unknown name of two words or more that ends before a title."""
    for first in range(max(begin, at - 4), at - 1):
        if run_of_name(line, first) == at and not _owned_verb(line.form(first)):
            return Phrase(Kind.PERSON, first, at, (first, at), EntityType.PERSON)
    return None
