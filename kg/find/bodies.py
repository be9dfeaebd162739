"""Bodies by grammar: ministries, armies, agencies, outlets, parties, companies that no list need hold."""

from __future__ import annotations

from kg.find.body_names import PLACES, TitleParser, agrees, body_name
from kg.find.known import adjective_phrase, named_phrase
from kg.find.lexicon import BODY, MODIFIER, TITLE, Term
from kg.find.names import Hit
from kg.find.person_names import latin_after, name_at, run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import ACTOR_TYPES, EntityType
from kg.text.tokens import bare

_LONGEST_QUOTED = 6
_LONGEST_EPITHET = 4
_QUOTED = (EntityType.ORGANIZATION, EntityType.COMPANY, EntityType.MEDIA_OUTLET, EntityType.NEWS_AGENCY)
_MEDIA = (EntityType.MEDIA_OUTLET, EntityType.NEWS_AGENCY, EntityType.COMPANY)


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
        found = _proper(line, index, term)
        if found is None and term.definite and term.key in line.lexicon.sets["party_heads"]:
            found = _party(line, index, term)
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
    quoted = _quoted(line, found.last)
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


def _proper(line: Line, index: int, term: Term) -> Phrase | None:
    """Head and proper name: `صحيفة "…"`, `حركة فلان`, `شركة فلان للنفط`."""
    at = index + term.length
    if term.definite or term.enclitic:
        return None
    quoted = _quoted(line, at) or (_bracketed(line, at) if term.key in line.lexicon.sets["bracketed_media"] else None)
    hit = line.hit(at + 1) if quoted else line.hit(at)
    if hit is not None and not hit.proclitic and (quoted is None or hit.last == quoted[1]):
        kind = line.type_of(hit)
        if term.kind == "Company" and kind in _MEDIA[:2]:
            return _finish(line, index, term, (hit.first, hit.last), quoted[1] + 1 if quoted else hit.last, None)
        if kind in ACTOR_TYPES and kind not in (EntityType.PERSON, EntityType.STATE):
            after = quoted[1] + 1 if quoted else hit.last
            return _finish(line, index, term, (hit.first, hit.last), after, hit)
        if quoted is None and kind is EntityType.STATE and term.kind not in (EntityType.COMPANY,):
            return None
    if quoted is not None:
        return _finish(line, index, term, (at + 1, quoted[1]), quoted[1] + 1, None)
    last = _proper_run(line, at, term.detail)
    if last == at:
        return None
    after = last + 1 if line.form(last) == '"' else last
    named = line.hit(after)
    if (
        named is not None
        and not named.proclitic
        and line.type_of(named) in ACTOR_TYPES - {EntityType.PERSON, EntityType.STATE}
    ):
        after = named.last + (1 if line.form(named.last) == '"' else 0)  # وكالة الإغاثة "فلان"
        return _finish(line, index, term, (named.first, named.last), after, named)
    return _finish(line, index, term, (at, last), last, None)


def _finish(line: Line, index: int, term: Term, name: tuple[int, int], after: int, hit: Hit | None) -> Phrase:
    latin = latin_after(line, after)
    after = latin[1] + 1 if latin else after
    country = line.country_of(hit) if hit else None
    adjective = line.demonym(after)
    if adjective is not None and not adjective.proclitic and adjective.definite:
        country = country or line.nationality(adjective)
        after = adjective.last
    quoted = line.form(name[0] - 1) == '"'
    firm = term.key in line.lexicon.sets["firms"] and line.form(name[0]).startswith("ال") and adjective is not None
    if firm and hit is None and not quoted:
        name = (name[0], after)
    keeps_head = hit is None and not quoted and (firm or term.kind not in ("MediaOutlet", "Company", "NewsAgency"))
    return Phrase(
        Kind.NAME if hit else Kind.BODY, index, after, (index, name[1]) if keeps_head else name,
        line.type_of(hit) if hit else EntityType(term.kind), term.proclitic, True, hit, title=term.words,
        country=country, words=tuple(line.form(i) for i in range(*name)), latin=latin,
    )  # fmt: skip


def _proper_run(line: Line, at: int, detail: str) -> int:
    """Where an unquoted proper name ends: unknown words, or words with the article (`الشرق الأوسط`)."""
    form = line.form(at)
    if form in line.lexicon.sets["epithets"]:
        return at  # جريدة إلكترونية
    if form.startswith("ال") and len(form) > 4:
        last = at
        while last < at + 3 and line.form(last).startswith("ال") and line.demonym(last) is None:
            if line.form(last) in line.lexicon.stops or (last > at and not agrees(line, line.form(last))):
                break
            last += 1
        named = line.hit(last + 1 if line.form(last) == '"' else last)
        if detail not in ("strict", "quoted") or (named is not None and not named.proclitic):
            title = line.lexicon.at(TITLE, line.tokens, at)
            return at if title is not None and title.kind in ("head", "minister") else last  # قناة الرئيس
        if last > at and bare(line.form(at - 1)) in line.lexicon.sets["firms"] and _state_after(line, last):
            return last
        return at + 1 if detail == "strict" and _is_proper(line, at) else at
    if not form or not form[0].isalpha():
        return at
    if line.tokens[at].is_latin:
        last = at
        while last < len(line.tokens) and last < at + 5 and line.tokens[last].is_latin:
            last += 1
        return last
    if detail == "quoted" or _is_epithet(line, at):
        return at
    last = run_of_name(line, at, plain=True)
    return at if last == at + 1 and form in line.lexicon.words and form.endswith("ي") else last  # مركز رئيسي


def _party(line: Line, index: int, term: Term) -> Phrase | None:
    """A party by the adjectives of its creed: `الحزب الاشتراكي الفلاني`, `التيار الديمقراطي`."""
    last, sets = index + term.length, line.lexicon.sets
    while bare(line.form(last)) in sets["creeds"] and line.form(last).startswith("ال"):
        last += 1
    if last == index + term.length or term.enclitic:
        return None
    words = tuple(bare(line.form(at)) for at in range(index + term.length, last))
    adjective = line.demonym(last)
    country: str | None = None
    inner: tuple[Phrase, ...] = ()
    if adjective is not None and not adjective.proclitic and adjective.definite:
        country, last, inner = line.nationality(adjective), adjective.last, (adjective_phrase(line, adjective),)
        while bare(line.form(last)) in sets["creeds"] and line.form(last).startswith("ال"):
            last += 1  # الحزب القومي الفلاني الاجتماعي
    return Phrase(
        Kind.BODY, index, last, (index, last), EntityType.POLITICAL_PARTY, term.proclitic, True, title=term.words,
        country=country, words=words, inner=inner,
    )  # fmt: skip


def _state_after(line: Line, at: int) -> bool:
    """Whether a nationality ends the name of a firm: `شركة النفط الوطنية الفلانية`."""
    adjective = line.demonym(at)
    return adjective is not None and adjective.definite and not adjective.proclitic


def _is_epithet(line: Line, at: int) -> bool:
    """Whether a feminine participle describes the head before it: `مجموعة متناسقة`."""
    form = line.form(at)
    if not line.form(at - 1).endswith("ه") or not form.endswith("ه") or form in line.lexicon.name_parts:
        return False
    return len(form) > 5 and form.startswith(("مت", "مست"))


def _is_proper(line: Line, at: int) -> bool:
    """Whether a word with the article is a name and no noun: `مصرف الراجحي`, `بنك الرافدين`."""
    form, lex = line.form(at), line.lexicon
    if lex.at(BODY, line.tokens, at) or line.demonym(at) or lex.at(TITLE, line.tokens, at):
        return False
    return form in lex.name_parts or form[2:] in lex.name_parts or not lex.is_common(form)


def _quoted(line: Line, at: int) -> tuple[int, int] | None:
    if line.form(at) != '"':
        return None
    for end in range(at + 2, min(len(line.tokens), at + 2 + _LONGEST_QUOTED)):
        if line.form(end) == '"':
            return at, end
    return None


def _bracketed(line: Line, at: int) -> tuple[int, int] | None:
    """Brackets that stand for quotation marks: `قناة (كذا)`, with one word or two in Arabic letters."""
    if line.form(at) != "(" or line.tokens[min(at + 1, len(line.tokens) - 1)].is_latin:
        return None
    return next(((at, end) for end in range(at + 2, min(len(line.tokens), at + 4)) if line.form(end) == ")"), None)


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
