"""Bodies by grammar: ministries, armies, agencies, outlets, parties, companies that no list need hold."""

from __future__ import annotations

from collections.abc import Callable

from kg.find.lexicon import BODY, MODIFIER, TITLE, Term
from kg.find.names import Hit
from kg.find.person_names import latin_after, name_at, run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import ACTOR_TYPES, EntityType
from kg.text.fold import fold_key

TitleParser = Callable[[Line, int], "Phrase | None"]
_LONGEST = 8
_LONGEST_QUOTED = 6
_MEDIA = (EntityType.MEDIA_OUTLET, EntityType.NEWS_AGENCY, EntityType.COMPANY)
_WHOLE = (EntityType.STATE, EntityType.PLACE)


def named_phrase(line: Line, hit: Hit) -> Phrase:
    """A gazetteer name as a phrase, with the Latin spelling in brackets after it."""
    latin = latin_after(line, hit.last)
    kind = line.type_of(hit)
    inner = _names_inside(line, hit) if kind is EntityType.EVENT else ()
    return Phrase(
        Kind.NAME, hit.first, latin[1] + 1 if latin else hit.last, (hit.first, hit.last), kind,
        hit.proclitic, hit.definite, hit, country=line.country_of(hit), latin=latin, inner=inner,
    )  # fmt: skip


def _names_inside(line: Line, hit: Hit) -> tuple[Phrase, ...]:
    """The states that an event's name names: `الحرب في أوكرانيا`."""
    found = []
    for index in range(hit.first, hit.last):
        named = line.hit(index)
        if named is not None and named != hit and named.last <= hit.last and line.type_of(named) is EntityType.STATE:
            found.append(named_phrase(line, named))
    return tuple(found)


def body_at(line: Line, index: int, titled: TitleParser | None = None) -> Phrase | None:
    """A body that begins at a token: the gazetteer's name for it, or the head word with what makes it a name."""
    hit = line.hit(index)
    term = line.lexicon.at(BODY, line.tokens, index)
    known = named_phrase(line, hit) if hit is not None and line.type_of(hit) not in _WHOLE else None
    if known is not None and known.type is EntityType.PERSON:
        known = None
    if term is None:
        return _with_nationality(line, known) if known else None
    if term.detail == "none":
        return None
    if term.detail == "ministry":
        found = _short_ministry(line, index, term)
    elif term.detail in ("proper", "strict", "either"):
        found = _proper(line, index, term)
        if term.detail == "either" or (term.definite and term.detail == "proper"):
            office = _office(line, index, term, titled)
            if office is not None and (found is None or (found.hit is None and office.last > found.last)):
                found = office
    else:
        found = _office(line, index, term, titled)
    if known is not None and (found is None or known.last >= found.last or not _new_words(line, found, known)):
        return _with_nationality(line, known)
    return found


def _with_nationality(line: Line, phrase: Phrase) -> Phrase:
    """A known name with the adjective of nationality after it: `نيويورك تايمز الأميركية`."""
    adjective = line.demonym(phrase.last)
    if adjective is None or adjective.proclitic or not adjective.definite or line.hit(phrase.last):
        return phrase
    return phrase.with_(last=adjective.last, country=phrase.country or line.nationality(adjective))


def _new_words(line: Line, found: Phrase, known: Phrase) -> bool:
    """Whether a grammar's body goes on past a known name with more than nationality: it is another body then."""
    index = known.last
    while index < found.last:
        adjective = line.demonym(index)
        hit = line.hit(index)
        modifier = line.lexicon.at(MODIFIER, line.tokens, index)
        if adjective is not None and (hit is None or adjective.definite):
            index = adjective.last
        elif hit is not None and hit.proclitic == "ل" and line.country_of(hit) == known.country:
            index = hit.last
        elif modifier is not None and not modifier.proclitic:
            index += modifier.length
        else:
            return line.form(index) not in ('"', "(", ")") and not line.tokens[index].is_latin
    return False


def _proper(line: Line, index: int, term: Term) -> Phrase | None:
    """Head and proper name: `صحيفة "…"`, `حركة فلان`, `شركة فلان للنفط`."""
    at = index + term.length
    if term.definite or term.enclitic:
        return None
    quoted = _quoted(line, at)
    hit = line.hit(at + 1) if quoted else line.hit(at)
    if hit is not None and not hit.proclitic and (quoted is None or hit.last == quoted[1]):
        kind = line.type_of(hit)
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
    keeps_head = hit is None and term.kind not in ("MediaOutlet", "Company", "NewsAgency")
    return Phrase(
        Kind.NAME if hit else Kind.BODY, index, after, (index, name[1]) if keeps_head else name,
        line.type_of(hit) if hit else EntityType(term.kind), term.proclitic, True, hit, title=term.words,
        country=country, words=tuple(line.form(i) for i in range(*name)), latin=latin,
    )  # fmt: skip


def _proper_run(line: Line, at: int, detail: str) -> int:
    """Where an unquoted proper name ends: unknown words, or words with the article (`الشرق الأوسط`)."""
    form = line.form(at)
    if form.startswith("ال") and len(form) > 4:
        last = at
        while last < at + 3 and line.form(last).startswith("ال") and line.demonym(last) is None:
            if line.form(last) in line.lexicon.stops or (last > at and not _agrees(line, line.form(last))):
                break
            last += 1
        named = line.hit(last + 1 if line.form(last) == '"' else last)
        return last if detail != "strict" or (named is not None and not named.proclitic) else at
    if not form or not form[0].isalpha():
        return at
    if line.tokens[at].is_latin:
        last = at
        while last < len(line.tokens) and last < at + 5 and line.tokens[last].is_latin:
            last += 1
        return last
    return run_of_name(line, at)


def _quoted(line: Line, at: int) -> tuple[int, int] | None:
    if line.form(at) != '"':
        return None
    for end in range(at + 2, min(len(line.tokens), at + 2 + _LONGEST_QUOTED)):
        if line.form(end) == '"':
            return at, end
    return None


def _office(line: Line, index: int, term: Term, titled: TitleParser | None) -> Phrase | None:
    """Head with genitives and adjectives: `وزارة الخارجية الروسية`, `هيئة الأركان المشتركة لكوريا الجنوبية`."""
    at = index + term.length
    words: list[str] = [] if term.length == 1 else term.words.split()[1:]
    inner: list[Phrase] = []
    country: str | None = None
    last_word = line.form(at - 1)
    is_open = not term.enclitic and not (last_word.startswith("ال") if term.length > 1 else term.definite)
    definite = not is_open
    limit = min(len(line.tokens), at + _LONGEST)
    name_last = at
    while at < limit:
        form = line.form(at)
        hit = line.hit(at)
        adjective = line.demonym(at)
        if adjective is not None and not adjective.proclitic and (hit is None or adjective.definite):
            country = country or line.nationality(adjective)
            definite |= adjective.definite
            at, is_open = adjective.last, False
        elif form == "(" and (bracketed := line.demonym(at + 1)) and line.form(bracketed.last) == ")":
            country = country or line.nationality(bracketed)
            at = bracketed.last + 1
            continue
        elif hit is not None and line.type_of(hit) is EntityType.PERSON:
            if not (is_open and not words and not hit.proclitic) or term.words == "نظام":
                break
            inner.append(named_phrase(line, hit))
            at, is_open, definite = hit.last, False, True
        elif hit is not None and _belongs(line, hit, term, is_open):
            named = named_phrase(line, hit)
            inner.append(named)
            country = country or named.country
            at, is_open, definite = named.last, False, True
            name_last = at
            if named.type is EntityType.STATE:
                break
            continue
        elif (
            titled is not None
            and is_open
            and not words
            and fold_key(term.words) in line.lexicon.sets["houses"]
            and _title(line, at)
        ):
            person = titled(line, at)
            if person is None:
                break
            inner.append(person)
            country = country or person.country
            words += person.office.split()
            name_last = person.name[0] if person.kind is Kind.PERSON else person.last
            at, is_open, definite = person.last, False, True
            break
        elif (
            form in ("في", "ب")
            and (led := line.hit(at + 1))
            and term.detail == "office"
            and definite
            and (words or country)
        ):
            if led.proclitic or line.type_of(led) not in _WHOLE or country or not line.country_of(led):
                break
            inner.append(named_phrase(line, led))
            country = line.country_of(led)
            at = name_last = led.last
            break
        elif form in ("عن", "ضد") and words and term.kind == "Organization" and line.form(at + 1).startswith("ال"):
            words.append(line.form(at + 1).removeprefix("ال"))
            at += 2
        elif form in line.lexicon.sets["royal_titles"] and is_open and (person_name := name_at(line, at + 1)):
            words += [line.form(number) for number in range(at, person_name[1])]
            at, is_open, definite = person_name[1], False, True
        elif form in line.lexicon.sets["attached"] and (led := line.hit(at + 1)) and led.proclitic == "ل":
            inner.append(named_phrase(line, led))
            at = name_last = led.last
            break
        elif form == "-" and country and line.demonym(at + 1):
            at += 1
            continue
        elif _goes_on(line, at, is_open, definite, bool(words), country is not None):
            words.append(
                form.removeprefix("و").removeprefix("ال") if definite or not is_open else form.removeprefix("ال")
            )
            definite |= form.startswith("ال")
            is_open = not form.startswith(("ال", "وال", "لل"))
            at += 1
        elif is_open and not words and term.detail in ("force", "office") and (run := run_of_name(line, at)) > at:
            words += [line.form(number) for number in range(at, run)]
            at, is_open, definite = run, False, True
            country = country or ""
        else:
            break
        name_last = at
    if not definite or (is_open and not country and not inner):
        return None
    bare = not words and country is None and not inner
    if (
        term.detail in ("force", "of")
        and not bare
        and country is None
        and not inner
        and not _known_force(line, words, term)
    ):
        return None
    if term.detail == "of" and not any(named.type is EntityType.INTERNATIONAL_ORGANIZATION for named in inner):
        return None
    return Phrase(
        Kind.DESCRIPTION if bare else Kind.BODY, index, at, (index, max(name_last, index + term.length)),
        EntityType(term.kind), term.proclitic, term.definite, title=term.words, country=country or None,
        words=tuple(words), enclitic=term.enclitic, inner=tuple(inner),
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
        title="وزارة", country=line.nationality(adjective), words=(fold_key(term.words),),
    )  # fmt: skip


def _belongs(line: Line, hit: Hit, term: Term, is_open: bool) -> bool:
    """Whether a gazetteer name is a body's genitive (`حكومة مالطا`) or its `ل` complement (`المشتركة لكوريا الجنوبية`)."""
    if not hit.proclitic:
        return is_open
    return hit.proclitic == "ل" and not is_open and term.detail == "office" and line.type_of(hit) in _WHOLE


def _title(line: Line, at: int) -> bool:
    term = line.lexicon.at(TITLE, line.tokens, at)
    return term is not None and not term.proclitic


def _goes_on(line: Line, at: int, is_open: bool, definite: bool, has_words: bool, has_country: bool) -> bool:
    """Whether a word is one more of the body's name."""
    form = line.form(at)
    lex = line.lexicon
    if not form or not form[0].isalpha() or line.tokens[at].is_latin or form in lex.stops:
        return False
    if form.startswith("ال") and len(form) > 3:
        return is_open or ((definite or has_country) and _agrees(line, form))
    if form.startswith("وال") and has_words and not is_open and not has_country:
        if line.hit(at) is not None or lex.at(TITLE, line.tokens, at) or lex.at(BODY, line.tokens, at):
            return False
        return lex.is_common(form)
    if not is_open or form[0] == "و":
        return False
    after = line.form(at + 1)
    hit = line.hit(at + 1)
    if lex.is_common(form):
        return after.startswith("ال") or (hit is not None and not hit.proclitic)
    return False


def _agrees(line: Line, form: str) -> bool:
    """Whether a definite word is an adjective of the kind that names bear: a nisba, or one of the listed ones."""
    return form.endswith(("ي", "يه", "يين")) or form[2:] in line.lexicon.body_adjectives


def _known_force(line: Line, words: list[str], term: Term) -> bool:
    """`القوات المسلحة`, `الحرس الثوري`: a force by its kind alone, of a state that the article tells elsewhere."""
    return term.kind == "ArmedForce" and bool(words) and words[0] in line.lexicon.sets["forces"]
