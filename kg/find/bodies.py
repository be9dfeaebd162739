"""Bodies by grammar: ministries, armies, agencies, outlets, parties, companies that no list need hold."""

from __future__ import annotations

from kg.find.body_names import TitleParser, body_name
from kg.find.known import named_phrase
from kg.find.lexicon import BODY, MODIFIER, Term
from kg.find.person_names import name_at
from kg.find.phrases import Kind, Line, Phrase
from kg.find.proper_bodies import party, proper_body, quoted_after
from kg.model import OUTLETS, PLACES, EntityType
from kg.text.tokens import bare

_LONGEST_EPITHET = 4
_QUOTED = (EntityType.ORGANIZATION, EntityType.COMPANY, *OUTLETS)


def body_at(line: Line, index: int, titled: TitleParser | None = None) -> Phrase | None:
    """A body that begins at a token: the gazetteer's name for it, or the head word with what makes it a name."""
    hit = line.hit(index)
    term = line.lexicon.at(BODY, line.tokens, index)
    if hit is not None and hit.last > index + 1 and line.type_of(hit) in PLACES:
        return None
    known = named_phrase(line, hit) if hit is not None and line.type_of(hit) not in PLACES else None
    if known is not None and known.type is EntityType.PERSON:
        known = None
    if term is None:
        return _with_nationality(line, known) if known else None
    if term.detail == "none":
        return None
    if term.detail == "unit":
        return _unit(line, index, term)
    if term.key in line.lexicon.sets["parts_of_forces"] and (whole := _whole(line, index, titled)) is not None:
        return whole.with_(first=index, proclitic=term.proclitic)
    if term.detail == "ministry":
        found = _short_ministry(line, index, term)
    elif term.detail in ("proper", "strict", "quoted", "either"):
        found = proper_body(line, index, term)
        if found is None and term.definite and term.key in line.lexicon.sets["party_heads"]:
            found = party(line, index, term)
        if found is None and term.definite and term.detail in ("proper", "strict", "quoted"):
            return _described(line, index, term)
        if term.detail == "either":
            office = body_name(line, index, term, titled)
            if office is not None and (found is None or (found.hit is None and office.last > found.last)):
                found = office
    else:
        found = body_name(line, index, term, titled)
    found = _with_quotation(line, found) if found is not None else None
    if known is not None and (
        found is None
        or known.last >= found.last
        or not _new_words(line, found, known)
        or _person_follows(line, term, known)
    ):
        return _with_nationality(line, known)
    return found


def _person_follows(line: Line, term: Term, known: Phrase) -> bool:
    """Whether a known name of head and proper name ends where a person's begins: `لحزب كذا فلان الفلاني`."""
    proper = term.detail in ("proper", "strict", "either") and known.last - known.first > 1
    return proper and line.form(known.last) in line.lexicon.name_parts and name_at(line, known.last) is not None


def in_another_sense(line: Line, index: int) -> bool:
    """Whether a head word names no body: `سلطة الفواكه` is a salad, `في الجبهة الجنوبية` a front of fighting."""
    term = line.lexicon.at(BODY, line.tokens, index)
    if term is None:
        return False
    sets, after = line.lexicon.sets, bare(line.form(index + term.length))
    if term.key == "سلطه":
        return after in sets["foods"]
    if term.key == "جبهه" and after in sets["no_fronts"]:
        return True  # على جبهة القتال الشرقية
    if term.key != "جبهه" or term.proclitic or line.form(index - 1) not in sets["front_prepositions"]:
        return False
    if term.definite:
        return after in sets["directions"]
    of_people = line.lexicon.knows(line.form(index - 2))  # قيادي في جبهة كذا
    return line.hit(index) is None and line.hit(index + 1) is None and not of_people


def _unit(line: Line, index: int, term: Term) -> Phrase | None:
    """A unit of an army by its number (`الفرقة 30`, `اللواء الرابع المدرع`) or by an epithet (`الفرقة الذهبية`)."""
    at, sets = index + term.length, line.lexicon.sets
    if not term.definite or term.enclitic or at >= len(line.tokens):
        return None
    last, form = at + 1, bare(line.form(at))
    arm = bare(line.form(last)) in sets["arms_of_units"]
    if not (line.tokens[at].is_number or form in sets["epithets_of_units"] or (form in sets["ordinals"] and arm)):
        return None
    last += arm
    words = tuple(bare(line.form(number)) for number in range(at, last))
    return Phrase(
        Kind.BODY, index, last, (index, last), EntityType.ARMED_FORCE, term.proclitic, True, title=term.words,
        words=words,
    )  # fmt: skip


def _whole(line: Line, index: int, titled: TitleParser | None) -> Phrase | None:
    """The force that `قوات الجيش الفلاني` is a part of."""
    term = line.lexicon.at(BODY, line.tokens, index + 1)
    if term is None or not term.definite or term.proclitic or term.kind not in ("ArmedForce", "GovernmentBody"):
        return None
    whole = body_at(line, index + 1, titled)
    return whole if whole is not None and whole.country and whole.kind in (Kind.BODY, Kind.NAME) else None


def _with_quotation(line: Line, found: Phrase) -> Phrase:
    """`وكالة الإغاثة "فلان"`: the name in quotation marks right after what the body is."""
    if found.kind is not Kind.BODY or found.type not in _QUOTED or line.form(found.last - 1) == '"':
        return found
    quoted = quoted_after(line, found.last)
    if quoted is None or quoted[1] - quoted[0] > _LONGEST_EPITHET:
        return found
    name = (quoted[0] + 1, quoted[1])
    return found.with_(name=name, last=quoted[1] + 1, words=tuple(line.form(index) for index in range(*name)))


def _with_nationality(line: Line, phrase: Phrase) -> Phrase:
    """A known name with the adjective of nationality after it: `نيويورك تايمز الأميركية`."""
    adjective = line.demonym(phrase.last)
    if adjective is None or adjective.proclitic or not adjective.definite or line.hit(phrase.last):
        return phrase
    if phrase.type is EntityType.INTERNATIONAL_ORGANIZATION:
        return phrase
    return phrase.with_(last=adjective.last, country=phrase.country or line.nationality(adjective))


def _new_words(line: Line, found: Phrase, known: Phrase) -> bool:
    """Whether a grammar's body goes on past a known name with more than nationality: it is another body then."""
    index = known.last
    while index < found.last:
        adjective = line.demonym(index)
        hit = line.hit(index)
        if adjective is not None and (hit is None or adjective.definite):
            if known.type is EntityType.INTERNATIONAL_ORGANIZATION or line.nationality(adjective) != known.country:
                return True  # مجلس الأمن الروسي is not the Security Council
            index = adjective.last
        elif hit is not None and hit.proclitic == "ل" and line.country_of(hit) == known.country:
            index = hit.last
        elif bare(line.form(index)) in line.lexicon.sets["epithets"]:
            index += 1
        elif line.form(index).startswith(("لل", "وال")) or line.form(index) in line.lexicon.sets["attached"]:
            return False
        elif line.form(index) == "في":
            place = line.hit(index + 1)
            if place is not None and known.country and line.country_of(place) == known.country:
                index = place.last
                continue
            return known.type is not EntityType.INTERNATIONAL_ORGANIZATION
        else:
            return line.form(index) not in ('"', "(", ")") and not line.tokens[index].is_latin
    return False


def _described(line: Line, index: int, term: Term) -> Phrase:
    """`الصحيفة`, `الشركة الروسية`: an outlet or company that the article names elsewhere."""
    at, country = index + term.length, None
    while at < len(line.tokens):
        adjective = line.demonym(at)
        modifier = line.lexicon.at(MODIFIER, line.tokens, at)
        if adjective is not None and adjective.definite and not adjective.proclitic:
            country, at = country or line.nationality(adjective), adjective.last
        elif modifier is not None and modifier.definite and not modifier.proclitic:
            at += modifier.length
        else:
            break
    return Phrase(
        Kind.DESCRIPTION, index, at, (index, at), EntityType(term.kind), term.proclitic, True, title=term.words,
        country=country, enclitic=term.enclitic,
    )  # fmt: skip


def _short_ministry(line: Line, index: int, term: Term) -> Phrase | None:
    """`الخارجية الأميركية`: the ministry by its portfolio alone, where a feminine adjective of nationality follows."""
    adjective = line.demonym(index + 1)
    if not term.definite or term.enclitic or adjective is None or adjective.proclitic:
        return None
    if not adjective.definite or not line.form(adjective.last - 1).endswith("ه"):
        return None
    return Phrase(
        Kind.BODY, index, adjective.last, (index, adjective.last), EntityType.GOVERNMENT_BODY, term.proclitic, True,
        title="وزارة", country=line.nationality(adjective), words=(term.key,),
    )  # fmt: skip
