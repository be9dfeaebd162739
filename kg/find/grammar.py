"""The phrases of a sentence from left to right: the longest reading at each word that begins one."""

from __future__ import annotations

from kg.find.bare_names import bare_name
from kg.find.bodies import body_at, in_another_sense
from kg.find.duals import dual_at, of_another_state
from kg.find.known import adjective_phrase, named_phrase
from kg.find.lexicon import BODY, DUAL, REFERENCE, TITLE, UNNAMED
from kg.find.names import Hit
from kg.find.person_names import name_at, nickname_after, only_house_follows, run_of_name
from kg.find.persons import titled_at
from kg.find.phrases import Kind, Line, Phrase
from kg.find.sources import source_at
from kg.model import OUTLETS, EntityType
from kg.text.tokens import splits

_APPOSED = frozenset({"", "rank", "honorific", "trade", "envoy"})  # titles that another may follow the name of
_BREAKS = frozenset('"،,-(')


def phrases(line: Line) -> list[Phrase]:
    """Every phrase of a sentence in order; they do not overlap, and what stands inside one is its `inner`. Linear."""
    found: list[Phrase] = []
    read_to = 0
    hits = line.hits
    begins = map(line.lexicon.begins.__getitem__, line.forms[: len(line.tokens)])
    for index in [at for at, may in enumerate(begins) if may or at in hits]:
        if index < read_to:
            continue
        if DUAL in line.lexicon.tables[line.form(index)] and (pair := dual_at(line, index, _headed)) is not None:
            found += pair
            read_to = pair[-1].last
            continue
        phrase = _phrase_at(line, index, found)
        if phrase is None:
            continue
        if found and (joined := _joined_to_title(line, found[-1], phrase)) is not None:
            found[-1] = joined
            read_to = phrase.last
            continue
        if _names_a_street(line, phrase):
            phrase = phrase.with_(kind=Kind.PLACE, type=EntityType.PLACE, hit=None, inner=())
        if found and _is_joined_title(line, found[-1], phrase):
            found[-1] = found[-1].with_(last=phrase.last, inner=(*found[-1].inner, *phrase.inner))
            read_to = phrase.last
            continue
        if phrase.kind is Kind.PERSON and line.form(phrase.last) == "(":
            phrase = _with_nickname(line, phrase)
        if found and phrase.first < found[-1].last:  # an apposition took the phrase before it in
            found.pop()
        found.append(phrase)
        read_to = phrase.last
        if line.form(read_to)[:1] == "و" and phrase.country and phrase.kind in (Kind.NAME, Kind.BODY):
            second = of_another_state(line, phrase, _headed)
            if second is not None:
                found.append(second)
                read_to = second.last
    return found


def _is_joined_title(line: Line, person: Phrase, title: Phrase) -> bool:
    """Whether a definite title joined to the one behind a name is one more of the same person: `فلان مستشار الوزارة
    والمتحدث باسمها`.
    """
    if title.proclitic != "و" or title.first != person.last or person.kind is not Kind.PERSON:
        return False
    if title.kind not in (Kind.OFFICE, Kind.DESCRIPTION, Kind.UNNAMED) or not title.definite:
        return False
    return person.last > person.name[1] and title.title_class in line.lexicon.sets["joined_titles"]


def _joined_to_title(line: Line, office: Phrase, person: Phrase) -> Phrase | None:
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


def _with_nickname(line: Line, person: Phrase) -> Phrase:
    """`فلان الفلاني (أبو فلان)`: the person with the other name, which may be the one that the gazetteer knows."""
    nickname = nickname_after(line, person.last)
    if nickname is None:
        return person
    known = line.hit(nickname[0]) if person.hit is None else None
    hit = known if known is not None and known.last == nickname[1] else person.hit
    return person.with_(last=nickname[1] + 1, nickname=nickname, hit=hit)


def _phrase_at(line: Line, index: int, before: list[Phrase]) -> Phrase | None:
    form = line.form(index)
    tables = line.lexicon.tables[form]
    if not tables and index not in line.hits:
        return bare_name(line, index, form)
    if BODY in tables and in_another_sense(line, index):
        return None
    hit = line.hit(index) if index in line.hits else None
    best = titled_at(line, index) if TITLE in tables else None
    if BODY in tables or _may_be_body(line, hit):
        best = _better(best, body_at(line, index, titled_at))
    if UNNAMED in tables:
        best = _better(best, source_at(line, index))
    sides = hit is None or line.type_of(hit) is EntityType.GROUP  # الكوريتان is two states
    reference = (
        line.lexicon.at(REFERENCE, line.tokens, index) if REFERENCE in tables and (best is None or sides) else None
    )
    town = form.endswith("ه") and line.is_folded_from(index, "ة")  # بلدة, not بلده
    several = reference is not None and reference.kind == "states" and _is_plural(line, index + reference.length)
    if reference is not None and reference.kind == "kingdom" and hit is not None and hit.last > index + 1:
        reference = None  # المملكة المتحدة
    whose = line.demonym(index + 1) if reference is not None and reference.kind == "kingdom" else None
    if reference is not None and whose is not None:  # المملكة الفلانية
        return Phrase(
            Kind.NAME, index, whose.last, (index, whose.last), EntityType.STATE, reference.proclitic, True,
            country=line.nationality(whose), key=line.nationality(whose),
        )  # fmt: skip
    if reference is not None and not several and (not town or reference.kind == "kingdom"):
        return Phrase(
            Kind.DESCRIPTION, index, index + reference.length, (index, index + 1), EntityType.STATE,
            reference.proclitic, True, title=reference.words, title_class=reference.kind,
        )  # fmt: skip
    if hit is not None and (best is None or hit.last >= best.last):
        best = _province(line, hit) or _named(line, hit)
    if best is None:
        adjective = line.demonym(index)
        if adjective is not None:
            return None if _of_place(line, adjective, before) else adjective_phrase(line, adjective)
        return bare_name(line, index, form)
    if best.kind is Kind.PERSON and _names_a_thing(line, best):
        return best.with_(kind=Kind.PLACE, type=EntityType.PLACE, hit=None, inner=())
    if best.kind in (Kind.OFFICE, Kind.UNNAMED, Kind.DESCRIPTION) and best.title_class and TITLE in tables:
        return _apposition(line, best, before) or best
    return best


def _is_plural(line: Line, index: int) -> bool:
    """`البلدان المنتجة للنفط`, `البلدان التي`: countries, not the two countries."""
    return line.form(index) == "التي" or (line.form(index).startswith("ال") and line.is_folded_from(index, "ة"))


def _province(line: Line, hit: Hit) -> Phrase | None:
    """A province whose name holds that of another state: `محافظة أذربيجان الغربية`, or the same in brackets behind a
    town's name. It names no state that acts.
    """
    sets, before = line.lexicon.sets, line.form(hit.first - 1)
    if hit.proclitic or line.form(hit.last) not in sets["sides"] or line.type_of(hit) is not EntityType.STATE:
        return None
    bracketed = before == "(" and line.form(hit.last + 1) == ")"
    if not bracketed and not any(not split.definite and split.stem in sets["provinces"] for split in splits(before)):
        return None
    return Phrase(Kind.PLACE, hit.first, hit.last + 1, (hit.first, hit.last + 1), EntityType.PLACE)


def _names_a_thing(line: Line, person: Phrase) -> bool:
    """Whether a person's name stands in that of a thing called after him: `مستشفى الملك فلان`, `شارع الأمير فلان`."""
    sets, before = line.lexicon.sets, line.form(person.first - 1)
    if person.proclitic or line.form(person.first) not in sets["royal_titles"]:
        return False
    return any(not split.definite and split.stem in sets["called_after"] for split in splits(before))


def _names_a_street(line: Line, called: Phrase) -> bool:
    """Whether a name is that of a street, square or stadium right before it: `دوار مجلس كذا`, `شارع فلان`; or of what a
    company makes: `طائرة من طراز كذا`.
    """
    if called.kind not in (Kind.NAME, Kind.BODY, Kind.PERSON) or called.proclitic or called.first == 0:
        return False
    before = splits(line.form(called.first - 2 if line.form(called.first - 1) == '"' else called.first - 1))
    streets = line.lexicon.sets["products" if called.type is EntityType.COMPANY else "streets"]
    if (called.kind is Kind.PERSON and not called.title) or called.type in OUTLETS:
        streets = streets | line.lexicon.sets["small_places"]
        if called.last - called.first == 1:
            streets = streets | line.lexicon.sets["place_heads"]  # مدينة الفلاني
    return any(not split.definite and split.stem in streets for split in before)


def _headed(line: Line, index: int) -> Phrase | None:
    """A person by title or a body at a token, the longer of the two."""
    readings = (titled_at(line, index), body_at(line, index, titled_at))
    return max((reading for reading in readings if reading is not None), key=_rank, default=None)


def _of_place(line: Line, adjective: Hit, before: list[Phrase]) -> bool:
    """Whether an adjective only says where a town lies (`مدينة البصرة العراقية`) or is the name of a height or the
    like (`جبل التركمان`): it names no state that acts.
    """
    if adjective.definite and line.form(adjective.first - 1) in line.lexicon.sets["heights"]:
        return True
    town = before[-1] if before else None
    if town is None or town.last != adjective.first or town.hit is None or town.type is not EntityType.PLACE:
        return False
    return adjective.definite and not adjective.proclitic and town.country == line.nationality(adjective)


def _may_be_body(line: Line, hit: Hit | None) -> bool:
    return hit is not None and line.type_of(hit) not in _NO_BODIES


_NO_BODIES = frozenset({EntityType.STATE, EntityType.PLACE, EntityType.PERSON, EntityType.WEAPON})
_ORDER = {Kind.PERSON: 3, Kind.NAME: 3, Kind.OFFICE: 2, Kind.BODY: 2, Kind.UNNAMED: 1, Kind.DOCUMENT: 1}


def _better(one: Phrase | None, other: Phrase | None) -> Phrase | None:
    """The reading of the more telling kind, then the longer; the first where they are even."""
    if one is None or other is None:
        return one or other
    return other if _rank(other) > _rank(one) else one


def _rank(phrase: Phrase) -> tuple[int, int]:
    return _ORDER.get(phrase.kind, 0), phrase.last


def _named(line: Line, hit: Hit) -> Phrase:
    """A gazetteer name; a person's goes on to the name's end, where a longer one may be another person."""
    phrase = named_phrase(line, hit)
    if phrase.type is not EntityType.PERSON:
        return phrase
    before = hit.first - 1
    if hit.last - hit.first == 1 and not hit.proclitic and _begins_name(line, before):
        return phrase.with_(kind=Kind.PERSON, first=before, name=(before, hit.last), hit=None)
    if hit.last - hit.first == 1 and hit.proclitic == "و" and line.form(hit.last) in line.lexicon.name_parts:
        last = run_of_name(line, hit.last)
        if line.form(hit.first)[1:] in line.lexicon.name_parts:  # وعباس علي محمد
            return phrase.with_(kind=Kind.PERSON, last=last, name=(hit.first, last), hit=None)
    found = name_at(line, hit.first)
    if found is None or found[1] <= hit.last:
        return phrase.with_(kind=Kind.PERSON)
    same = only_house_follows(line, hit, found[1])
    return phrase.with_(kind=Kind.PERSON, last=found[1], name=found, hit=hit if same else None)


def _begins_name(line: Line, index: int) -> bool:
    """Whether the word before a surname is a first name that no list holds."""
    form = line.form(index)
    if not form[:1].isalpha() or line.tokens[index].is_latin or line.lexicon.knows(form) or line.hits.get(index):
        return False
    if form == "علي" and line.is_folded_from(index, "ى"):
        return False
    quoted = line.form(index - 1) == '"'
    return form in line.lexicon.name_parts or (quoted and not line.lexicon.is_common(form))


def _apposition(line: Line, title: Phrase, before: list[Phrase]) -> Phrase | None:
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
