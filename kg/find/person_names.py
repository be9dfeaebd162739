"""Where a person's name begins and ends; `kg/find/name_words.py` tells of one word whether it can be part of it."""

from __future__ import annotations

from kg.find.lexicon import MODIFIER, SONS, TITLE, UNNAMED
from kg.find.name_words import carries_particle, is_house, may_be_name
from kg.find.names import Hit
from kg.find.phrases import Line
from kg.model import EntityType
from kg.text.fold import fold_key

_LONGEST_NAME = 8
_LONGEST_NICKNAME = 3  # words


def name_after(
    line: Line, at: int, loose: bool, whole: bool, country: str | None = None
) -> tuple[int, int, int] | None:
    """(first, last, where the text goes on) of a name at a token, in quotes or after one comma, dash or bracket.

    `loose`: what stands before is a full office, so that a comma may part it from the name. `whole`: what stands before
    is a rank or honorific, after which a name stands in full, so that a known surname may begin an unknown name; so may
    that of a person of another `country` than the title tells.
    """
    form = line.form(at)
    hit = line.hit(at)
    whole = whole or bool(hit and country and line.country_of(hit) not in (None, country))
    if form in ('"', "("):
        found = name_at(line, at + 1)
        closing = '"' if form == '"' else ")"
        if found and line.form(found[1]) == closing:
            return (*found, found[1] + 1)
        return None
    if form and form in "،,-" and loose:
        first = past_ranks(line, at + 1)
        found = name_at(line, first, whole=first > at + 1)
        if found is None:
            return None
        nickname = nickname_after(line, found[1])
        after = line.form(nickname[1] + 1 if nickname else found[1])
        closes = after in ("،", ",", "-") or (first > at + 1 and not after[:1].isalpha())
        return (*found, found[1]) if closes and _sure(line, *found) else None
    found = name_at(line, at, whole=whole)
    return (*found, found[1]) if found else None


def past_ranks(line: Line, at: int) -> int:
    """Where the ranks and honorifics that begin at a token end: `، الفريق أول فلان`, `، الدكتور فلان`."""
    term = line.lexicon.at(TITLE, line.tokens, at)
    while term is not None and term.kind in ("rank", "honorific") and not (term.proclitic or term.enclitic):
        at += term.length
        term = line.lexicon.at(TITLE, line.tokens, at)
    return at


def name_at(line: Line, at: int, whole: bool = False) -> tuple[int, int] | None:
    """The tokens of a person's name that begins at a token; `whole` as for `name_after`.

    `الأب` after it tells the father from a son of the same name, and belongs to it.
    """
    found = _name_at(line, at, whole)
    if found is None or line.form(found[1]) != "الاب" or line.form(found[1] + 1).startswith("ل"):
        return found
    return found[0], found[1] + 1


def _name_at(line: Line, at: int, whole: bool) -> tuple[int, int] | None:
    hit = line.hit(at)
    person = hit if hit is not None and not hit.proclitic and line.type_of(hit) is EntityType.PERSON else None
    if hit is not None and person is None and _is_other_name(line, hit, at):
        return None
    last = run_of_name(line, at)
    if person is not None and (person.last >= last or person.last > at + 1):
        longer = _continues(line, person.last, last) or (last > person.last and _family_after(line, at, person.last))
        return at, last if longer else person.last
    connectors = line.lexicon.sets["connectors"]
    if last == at or (last == at + 1 and line.form(at) in connectors):
        return None
    if person is not None and not whole and last > at + 1:
        second = line.form(at + 1)
        if second != "-" and second not in line.lexicon.name_parts and second not in connectors:
            return at, at + 1  # a surname goes on only with a word that is known to stand in names
    return at, last


def _is_other_name(line: Line, hit: Hit, at: int) -> bool:
    """Whether one word names something that is no person, and is no part of persons' names either."""
    return not hit.proclitic and hit.last == at + 1 and line.form(at) not in line.lexicon.name_parts


def run_of_name(line: Line, at: int, plain: bool = False) -> int:
    """Where a run of words that may be a name ends (`at` itself where none begins). Bounded, so linear.

    `plain`: everyday words end it, also where a person's name could hold one.
    """
    connectors = line.lexicon.sets["connectors"]
    last = index = at
    names = 0  # how many names stand so far; one with its connector (`عبد الله`) counts once
    limit = min(len(line.tokens), at + _LONGEST_NAME)
    while index < limit:
        token = line.tokens[index]
        if token.form == "-" and last > at and index + 1 < limit and _tight(line, index):
            index += 1
            continue
        if not token.is_word or not may_be_name(line, index, names if index > at else 0):
            if not _initial(line, index, at):
                break
            index += 1
        if plain and index > at and line.lexicon.is_common(token.form):
            break
        names += token.form not in connectors
        index += 1
        last = index
    while last > at and line.form(last - 1) in connectors and line.form(last - 1) != "لي":
        last -= 1
    if last == limit or plain:
        return last
    return last + 1 if _family_after(line, at, last) or _closes_name(line, at, last) else last


def _closes_name(line: Line, at: int, index: int) -> bool:
    """Whether an everyday word after two names is the last of them: an office in apposition follows, or `إن`, which no
    object of a verb of speech could part from the verb (`آرين كريم بور، مسؤولة …`, `قال الدكتور فلان فلان العجلان إن`).
    """
    lex, form = line.lexicon, line.form(index)
    if form not in lex.words or form in lex.frequent or form in lex.stops or len(form) < 3:
        return False
    first, second = line.form(index - 2), line.form(index - 1)
    if index < 2 or first not in lex.name_parts or second not in lex.name_parts or line.hit(index) is not None:
        return False
    if lex.at(TITLE, line.tokens, index) or lex.at(MODIFIER, line.tokens, index) or line.demonym(index):
        return False
    after = line.form(index + 1)
    if form.startswith("ال"):
        return (
            index - at > 1
            and after == "ان"
            and line.tokens[index + 1].span.of(line.text) == "إن"
            and form[2:] not in lex.frequent
        )
    if form.endswith("ي") and not lex.is_verb(form) and not after[:1].isalpha():
        return True  # محمد علي جعفري
    office = lex.at(TITLE, line.tokens, index + 2) or lex.at(UNNAMED, line.tokens, index + 2)
    return form[-1] not in "اه" and after in ("،", ",") and office is not None


def _family_after(line: Line, at: int, index: int) -> bool:
    """Whether the word after a father's name is the family's, though it is an everyday word too: `فلان بن فلان العسكر`.

    Princes bear none, and where a verb leads the sentence its object may stand there (`افتتح الأمير … المعرض`).
    """
    lex, form = line.lexicon, line.form(index)
    if index - at < 3 or line.form(index - 2) not in SONS or line.form(at - 1) in lex.sets["royal_titles"]:
        return False
    if form in lex.stops or not form[:1].isalpha() or line.tokens[index].is_latin or line.hit(index) is not None:
        return False
    if not form.startswith("ال"):  # فلان بن فلان مدني: no adjective of a name, which would have the article
        if lex.is_verb(form) or carries_particle(line, form, False) or len(form) < 4:
            return False
        return form.endswith("ي") or (form[-1] not in "اه" and _stands_last(line, index))
    if lex.at(TITLE, line.tokens, index) or lex.at(MODIFIER, line.tokens, index) or line.demonym(index):
        return False
    if form.endswith("ه") and line.form(index + 1)[:1].isalpha():
        return False  # زيارة الأمير فلان بن فلان الرسمية إلى
    return len(form) > 4 and not {form, form[2:]} & (lex.frequent | lex.sets["no_families"])


def _stands_last(line: Line, index: int) -> bool:
    """Whether a rare word without the article closes its phrase: `الدكتور فلان بن فلان فقيه ورئيس كذا`."""
    form, lex, after = line.form(index), line.lexicon, line.form(index + 1)
    if form in lex.frequent or lex.knows(form) or line.demonym(index):
        return False
    return not after[:1].isalpha() or (after[0] == "و" and lex.at(TITLE, line.tokens, index + 1) is not None)


def nickname_after(line: Line, at: int) -> tuple[int, int] | None:
    """The tokens inside brackets after a name where they are another name of the same person: `(أبو فلان)`."""
    first = at + 1
    if line.form(at) != "(" or line.form(first)[:1] in ("", ")") or line.tokens[first].is_latin:
        return None
    found = name_at(line, first)
    if found is None or line.form(found[1]) != ")" or found[1] - first > _LONGEST_NICKNAME:
        return None
    known, lex = line.hit(first), line.lexicon
    if known is not None and known.last == found[1]:
        return found
    by_child = line.form(first) in lex.sets["fathers"] and found[1] - first > 1
    new = all(not lex.is_common(line.form(index)) and not lex.knows(line.form(index)) for index in range(*found))
    return found if by_child or new else None


def latin_after(line: Line, at: int) -> tuple[int, int] | None:
    """The tokens inside brackets after a name where they are Latin letters: `(Air Koryo)`."""
    if line.form(at) != "(" or at + 1 >= len(line.tokens) or not line.tokens[at + 1].is_latin:
        return None
    for end in range(at + 2, min(len(line.tokens), at + 10)):
        if line.form(end) == ")":
            return at + 1, end
    return None


def _continues(line: Line, at: int, last: int) -> bool:
    """Whether known parts of names go on after a gazetteer name (`محمد بن سلمان بن عبدالعزيز`)."""
    return last > at and line.form(at) in line.lexicon.sets["connectors"]


def only_house_follows(line: Line, hit: Hit, last: int) -> bool:
    """Whether a person's gazetteer name goes on with nothing but the house (`آل سعود`), and no other than is known."""
    if not is_house(line, hit.last) or last != hit.last + 2:
        return False
    names = [fold_key(name).split() for name in line.entry(hit).names_ar]
    houses = {words[-1] for words in names if "ال" in words}
    return not houses or line.form(last - 1) in houses


def _sure(line: Line, first: int, last: int) -> bool:
    hit = line.hit(first)
    if hit is not None and line.type_of(hit) is EntityType.PERSON:
        return True
    return last - first >= 2 and any(
        line.form(index) in line.lexicon.name_parts or line.form(index) in line.lexicon.sets["names_too"]
        for index in range(first, last)
    )


def _tight(line: Line, index: int) -> bool:
    tokens = line.tokens
    return tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start


def _initial(line: Line, index: int, at: int) -> bool:
    """A single letter with its full stop inside a name: `جون ف. فلان`."""
    form = line.form(index)
    return at < index and len(form) == 1 and form.isalpha() and line.form(index + 1) == "."
