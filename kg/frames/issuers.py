"""Documents that speak: a communiqué's or report's words are those of whoever issued it."""

from __future__ import annotations

from kg.frames.coordination import coordinated
from kg.frames.lexicon import words
from kg.frames.triggers import OPENERS
from kg.frames.view import NounPhrase, View
from kg.model import Entity, EntityType

_BEFORE = 12  # tokens from `أصدرت الوزارة` to `بيانا`
_PAPER = 25  # tokens from a document and its author to a verb that points back to it
PAPER_PARTICLES = ("", "وال", "بال", "لل", "ال", "و", "ب", "ل")  # written onto a document's noun
_REACH = 5  # tokens from a document's noun to its issuer: `بيان مشترك صادر عن …`


def document(view: View, phrase: NounPhrase) -> str:
    """The noun of the document that a phrase means (`بيان` for `البيان المشترك`), or nothing."""
    if phrase.entities[0].type is not EntityType.UNNAMED:
        return ""
    form, nouns = view.form(phrase.first), words("document-noun")
    for particle in PAPER_PARTICLES:
        noun = form.removeprefix(particle)
        if noun in nouns:
            return noun
    return ""


def own_paper(view: View, index: int) -> str:
    """The noun of a document with its issuer's pronoun (`بيان` for `بيانها`), or nothing."""
    form = view.form(index)
    noun = next((form.removesuffix(end) for end in ("ها", "هم", "ه") if form.endswith(end)), "")
    return noun if noun in words("document-noun") else ""


def issued_by(view: View, phrase: NounPhrase) -> tuple[Entity, ...]:
    """Who issued a document, as named right after it (`بيان لوزارة …`) or before it (`أصدرت الوزارة بيانا`)."""
    return _after(view, phrase) or _before(view, phrase.first)


_PAPER = OPENERS.bit(
    lambda form: form[-1] == "ا" and form[:-1] in words("document-noun"), lambda: words("document-noun")
)
_WROTE = OPENERS.bit(lambda form: form in words("wrote"), lambda: words("wrote"))


def published(view: View) -> dict[str, tuple[Entity, ...]]:
    """The documents that a sentence tells of being issued, as indefinite objects: `أصدرت الوزارة بيانا`."""
    found = {}
    for index in view.sentence.opening(_PAPER):
        if issuer := _before(view, index):
            found[view.forms[index][:-1]] = issuer
    return found


def estimating(view: View, phrase: NounPhrase) -> Entity | None:
    """The state whose estimates a phrase means: `تقديرات أوكرانية`."""
    entity = phrase.entities[0]
    if entity.type is not EntityType.UNNAMED or entity.country is None:
        return None
    ident = view.reading.states.get(entity.country)
    estimate = view.form(phrase.first).removeprefix("ل").removeprefix("ب") in words("estimate-noun")
    return view.reading.entity(ident) if estimate and ident is not None else None


def addressed_paper(view: View, verb: int) -> list[NounPhrase]:
    """Whose document a relative clause tells of: `مقالا للوزير …، يحث فيه على …`."""
    before = view.form(verb - 1)
    if before[-1:] == "ا" and before[:-1] in words("document-noun"):  # أصدرت الوزارة بيانا قالت فيه
        for phrase in view.phrases_in(max(0, verb - _BEFORE), verb):
            if view.form(phrase.first - 1) in words("issue-verb"):
                return [phrase]
    for phrase in reversed(view.phrases_in(max(0, verb - _PAPER), verb)):
        noun = view.form(phrase.first - 1)
        if phrase.preposition == "ل" and noun[-1:] == "ا" and noun[:-1] in words("document-noun"):
            return [phrase]
    return []


def written_by(view: View) -> tuple[Entity, ...]:
    """The persons that a sentence names as authors of a text: `مقال كتبه للصحيفة فلان، وفلان`."""
    for index in view.sentence.opening(_WROTE):
        near = view.phrases_in(index + 1, index + 1 + _REACH)
        first = next((p for p in near if not view.governed(p) and _is_person(p)), None)
        if first is not None:
            return tuple(e for p in coordinated(view, first) if _is_person(p) for e in p.entities)
    return ()


def _is_person(phrase: NounPhrase) -> bool:
    return all(entity.type is EntityType.PERSON for entity in phrase.entities)


def _after(view: View, phrase: NounPhrase) -> tuple[Entity, ...]:
    following = next(iter(view.phrases_in(phrase.last, phrase.last + _REACH + 1)), None)
    if following is None or following.preposition not in ("", "ل") or following.joined:
        return ()
    between = view.forms[phrase.last : following.first]
    definite = "ال" in view.form(phrase.first)[:4]  # البيان needs a link, بيان may have its issuer as genitive
    if definite and following.preposition != "ل" and not between:
        return ()
    if not all(form in words("issued") or form.endswith(("ه", "ي", "ا")) for form in between):
        return ()
    if any(form in words("that") for form in between):
        return ()
    named = {e.id: e for p in coordinated(view, following) for e in p.entities if e.type is not EntityType.UNNAMED}
    return tuple(named.values())


def _before(view: View, index: int) -> tuple[Entity, ...]:
    for issuer in view.phrases_in(max(0, index - _BEFORE), index):
        if view.form(issuer.first - 1) in words("issue-verb"):
            return tuple(entity for entity in issuer.entities if entity.type is not EntityType.UNNAMED)
    return ()
