"""What may stand between a verb and its subject, and what stands in for one."""

from __future__ import annotations

from kg.frames.lexicon import Cue, words
from kg.frames.view import NounPhrase, View
from kg.model import EntityType

_NAME = 4  # words of a name before the title that follows it
_OUTLETS = frozenset({EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET})
_TITLED = frozenset({EntityType.PERSON, EntityType.ROLE, EntityType.UNNAMED})


def no_preposition(view: View, cue: Cue, verb: int, phrase: NounPhrase) -> bool:
    """`وعبر الرئيس عن قلقه`: what looks like a preposition before a noun phrase is the verb itself."""
    if phrase.first != verb + 1 or phrase.preposition:
        return False
    opens = verb == 0 or not view.form(verb - 1)[:1].isalnum()
    return cue.verb.key not in words("homograph") or (opens and view.form(verb) != cue.form.written)


def told(view: View, cue: Cue, index: int) -> int:
    """Where an outlet that is told something ends, right after the verb: `أكد لصحيفة كذا المتحدث …`, `أبلغ «كذا» …`."""
    phrase = view.at[index]
    if phrase is None and view.form(index) == '"':
        phrase = view.phrase_at(index + 1)
    if phrase is not None:
        outlet = all(entity.type in _OUTLETS for entity in phrase.entities)
        if outlet and cue.verb.addressee == "مفعول" and not phrase.proclitic:
            last = phrase.last + (view.form(phrase.last) == '"')
            speaker = view.phrase_at(last)
            return last if speaker is not None and not view.governed(speaker) and not speaker.joined else index
        return phrase.last if outlet and phrase.preposition == "ل" else index
    if view.form(index) == "ل" and view.form(index + 1) == '"':
        return next((at + 1 for at in range(index + 2, index + 2 + _NAME) if view.form(at) == '"'), index)
    return index


def counted(view: View, index: int) -> NounPhrase | None:
    """`كثير من المراقبين`, `بعض الدبلوماسيين`: those of whom a number speak."""
    if view.form(index) not in words("quantifier"):
        return None
    at = index + 2 if view.form(index + 1) == "من" else index + 1
    phrase = view.phrase_at(at)
    return phrase if phrase is not None and phrase.first == at and not phrase.proclitic else None


def stands_in(view: View, index: int) -> NounPhrase | None:
    """Whoever issued a document or sent a correspondent: `بيان للوزارة`, `تقرير الوكالة`, `مراسل القناة`."""
    if view.form(index) not in words("document-noun"):
        return None
    phrase = next(iter(view.phrases_in(index + 1, index + 6)), None)
    if phrase is None or phrase.preposition not in ("", "ل"):
        return None
    between = view.forms[index + 1 : phrase.first]
    return phrase if all(form in words("issued") or form.endswith(("ه", "ي")) for form in between) else None


def in_apposition(view: View, phrase: NounPhrase, distance: int) -> bool:
    """Whether a title follows a name that is no mention: `قالت فلانة المتحدثة باسم الوزارة`."""
    kind = phrase.entities[0].type
    known = kind is not EntityType.UNNAMED or view.form(phrase.first).startswith("ال")
    return distance <= _NAME and kind in _TITLED and known


def named_behind(view: View, phrase: NounPhrase) -> NounPhrase:
    """The name behind a title and an abbreviated one: `المتحدث باسم الوزارة د. فلان`; else the phrase itself."""
    if len(view.form(phrase.last)) != 1 or view.form(phrase.last + 1) != ".":
        return phrase
    name = view.phrase_at(phrase.last + 2)
    titled = all(entity.type in (EntityType.ROLE, EntityType.UNNAMED) for entity in phrase.entities)
    if name is None or not titled or any(entity.type is not EntityType.PERSON for entity in name.entities):
        return phrase
    return name


def no_subject(view: View, cue: Cue, index: int) -> bool:
    """`ودعا الأمة إلى …`: a feminine noun right after a masculine verb that takes an object can only be that."""
    if cue.form.gender != "m" or cue.verb.addressee != "مفعول" or cue.form.pronoun:
        return False
    form = view.form(index)
    feminine = form.startswith("ال") and view.written(index).endswith("ة")
    return feminine and form.removeprefix("ال") not in words("masculine-title")


def feminine_object(view: View, cue: Cue, phrase: NounPhrase) -> bool:
    """`وناشد الدول العربية …`: the same of a phrase whose first word is feminine."""
    if cue.form.gender != "m" or cue.verb.addressee != "مفعول" or cue.form.pronoun:
        return False
    if any(entity.type is EntityType.PERSON for entity in phrase.entities):
        return False
    named = view.form(phrase.first).removeprefix("ال")
    return named in words("feminine-head")
