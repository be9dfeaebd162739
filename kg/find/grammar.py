"""The phrases of a sentence from left to right: the longest reading at each word that begins one."""

from __future__ import annotations

from kg.find.bare_names import bare_name
from kg.find.bodies import body_at, in_another_sense
from kg.find.duals import dual_at, of_another_state
from kg.find.known import adjective_phrase, named_phrase
from kg.find.lexicon import BODY, DUAL, REFERENCE, TITLE, UNNAMED
from kg.find.more_titles import apposition, is_joined_title, joined_to_title, with_nickname
from kg.find.names import Hit
from kg.find.person_names import name_at, only_house_follows, run_of_name
from kg.find.persons import titled_at
from kg.find.phrases import Kind, Line, Phrase
from kg.find.sources import source_at
from kg.model import OUTLETS, EntityType
from kg.text.tokens import splits


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
        if found and (joined := joined_to_title(line, found[-1], phrase)) is not None:
            found[-1] = joined
            read_to = phrase.last
            continue
        if _names_a_street(line, phrase):
            phrase = phrase.with_(kind=Kind.PLACE, type=EntityType.PLACE, hit=None, inner=())
        if found and is_joined_title(line, found[-1], phrase):
            found[-1] = found[-1].with_(last=phrase.last, inner=(*found[-1].inner, *phrase.inner))
            read_to = phrase.last
            continue
        if phrase.kind is Kind.PERSON and line.form(phrase.last) == "(":
            phrase = with_nickname(line, phrase)
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
    reference = _reference(line, index, hit) if REFERENCE in tables and (best is None or sides) else None
    if reference is not None:
        return reference
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
        return apposition(line, best, before) or best
    return best


def _reference(line: Line, index: int, hit: Hit | None) -> Phrase | None:
    """A word for states or persons that are named elsewhere (`بلاده`, `الجانبان`), or a kingdom by its nationality."""
    reference = line.lexicon.at(REFERENCE, line.tokens, index)
    if reference is None:
        return None
    last = index + reference.length
    if reference.kind == "kingdom":
        if hit is not None and hit.last > index + 1:
            return None  # المملكة المتحدة
        whose = line.demonym(index + 1)
        if whose is not None:  # المملكة الفلانية
            return Phrase(
                Kind.NAME, index, whose.last, (index, whose.last), EntityType.STATE, reference.proclitic, True,
                country=line.nationality(whose), key=line.nationality(whose),
            )  # fmt: skip
    elif line.form(index).endswith("ه") and line.is_folded_from(index, "ة"):
        return None  # بلدة, not بلده
    elif reference.kind == "states" and _is_plural(line, last):
        return None
    return Phrase(
        Kind.DESCRIPTION, index, last, (index, index + 1), EntityType.STATE, reference.proclitic, True,
        title=reference.words, title_class=reference.kind,
    )  # fmt: skip


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
