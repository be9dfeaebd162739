"""Persons named without a title, by words that stand in names: `فلان الفلاني`, `وذعار بن محيا`."""

from __future__ import annotations

from kg.find.lexicon import SONS
from kg.find.name_words import is_son_named
from kg.find.person_names import run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType

_LISTS = frozenset(("و", "هم", "وهم", "هو", "وهو", "هما"))  # before a name in quotation marks
_HAMZAS = frozenset("أإآ")
_FATHERS = frozenset(("ابو", "ام"))
_SHORTEST_FAMILY = 6  # letters, the article among them


def bare_name(line: Line, index: int, form: str) -> Phrase | None:
    """A person's name without a title: two words or more, the first a known part of names (`و` may stand before)."""
    if form in SONS:
        return _son_of_unlisted(line, index)
    if form in line.lexicon.sets["no_names"]:
        return None
    lex, second = line.lexicon, line.forms[index + 1]
    if not second[:1].isalpha() or second in lex.ubiquitous or second in lex.stops:
        return None
    proclitic = ""
    if form not in lex.name_parts:
        if form[:1] not in ("و", "ل", "ف") or form[1:] not in lex.name_parts:
            return None
        proclitic = form[0]
    if line.form(index - 1) in line.lexicon.sets["city_before"]:
        return None
    if form.endswith("علي") and len(form) < 5 and line.is_folded_from(index, "ى"):
        return None
    last = run_of_name(line, index + 1)
    stem = form[len(proclitic) :]
    if (stem.startswith("ال") and _has_article(line, index, len(proclitic))) or stem in SONS:
        return None
    known = second in line.lexicon.name_parts or second in SONS
    if not known and second.endswith("ه") and second.startswith(("مت", "مست")):
        return None  # أسر متفاوتة
    if line.form(index - 1) == '"' and line.form(last) == '"' and not _quoted_person(line, index, last):
        return None  # a thing's name: جهاز «بلاي ستيشن»
    if last == index + 1 or (not known and second.startswith(("ل", "ب", "ك"))):
        return None
    first = index
    if not known and second.startswith("ال"):
        if not _is_family(line, index + 1):
            return None
        last = index + 2
        first -= not proclitic and line.form(index - 1) in _FATHERS
    return Phrase(Kind.PERSON, first, last, (first, last), EntityType.PERSON, proclitic)


def _has_article(line: Line, index: int, cut: int) -> bool:
    """Whether a word that begins with alif and lam bears the article: `ألكسندر` and `إلهام` are written with hamza."""
    return line.tokens[index].span.of(line.text)[cut : cut + 1] not in _HAMZAS


def _quoted_person(line: Line, first: int, last: int) -> bool:
    """Whether what stands in quotation marks is a person: names alone, behind a definite word or one of a list."""
    lex, before = line.lexicon, line.form(first - 2)
    names = line.form(first) in lex.name_parts | lex.sets["connectors"] and all(
        line.form(at) in lex.name_parts or not (lex.is_common(line.form(at)) or lex.knows(line.form(at)))
        for at in range(first + 1, last)
    )
    person = before.startswith("ال") and not before.endswith(("ه", "ات"))
    listed = before in _LISTS or before in lex.sets["people_say"] or not before[:1].isalpha()
    return names and (person or listed)


def _is_family(line: Line, index: int) -> bool:
    """Whether a word with the article that no list holds can only be a family's name: `إبراهيم العساف`."""
    lex, form = line.lexicon, line.form(index)
    hit = line.hit(index) if line.hits.get(index) else None
    if line.hits.get(index) and (hit is None or line.type_of(hit) is not EntityType.PERSON):
        return False
    if len(form) < _SHORTEST_FAMILY or lex.is_common(form) or lex.knows(form):
        return False
    return not lex.is_common(line.form(index - 1)) and not line.form(index + 1).startswith("ال")


def _son_of_unlisted(line: Line, index: int) -> Phrase | None:
    """A name whose first word no list holds, told by the `بن` at a token (`وذعار بن محيا`)."""
    first = index - 1
    form = line.form(first)
    if first < 0 or not form[:1].isalpha() or line.hits.get(first) or line.lexicon.knows(form):
        return None
    proclitic = "و" if form[0] == "و" and len(form) > 3 else ""
    if not is_son_named(line, first) or (not proclitic and line.lexicon.is_common(form)):
        return None
    last = run_of_name(line, first)
    return Phrase(Kind.PERSON, first, last, (first, last), EntityType.PERSON, proclitic) if last > index + 1 else None
