"""Whether what stands after a verb of saying is its object: `ووصف العلاقات بالجيدة`, `ودعت روسيا إلى …`."""

from __future__ import annotations

from kg.find.lexicon import lexicon
from kg.frames.agreement import agrees
from kg.frames.lexicon import Cue, nominals, phrases_from, words
from kg.frames.view import View
from kg.model import Entity
from kg.text.tokens import bare

_EARLIER = 60  # tokens between a verb and the one it is joined to
_NEAR = 7  # tokens from a second subject that is no mention to the object


def past_asides(view: View, index: int) -> int:
    """The index behind asides and quotation marks."""
    while index < len(view) and (view.aside[index] or view.form(index) == '"'):
        index = view.aside[index] or index + 1
    return index


def past_time(view: View, index: int) -> int:
    """The index behind a set phrase of time: `أعلنت في حينه الوزارة`, `قال في وقت سابق الرئيس`."""
    for phrase in phrases_from("time-aside").get(view.form(index), ()):
        if tuple(view.forms[index : index + len(phrase)]) == phrase:
            return index + len(phrase)
    return index


def is_object(view: View, cue: Cue, index: int) -> bool:
    """Whether a noun right after a verb that takes an object is that: `حذرت رعاياها`, `وأكد أهمية …`, `ونفى وجود …`."""
    form = view.form(index)
    if form[-1:] == "ا" and form[:-1] in words("document-noun"):  # كتب مقالا
        return True
    if "مصدر" in cue.verb.content and form in words("repeatable"):  # وجدد التأكيد على أن …
        return True
    if cue.verb.addressee != "مفعول" and "مفعول" not in cue.verb.content:
        return False
    possessed = len(form) > 4 and form.endswith(("ه", "ها", "هم", "هما")) and not view.written(index).endswith("ة")
    following = view.form(index + 1)
    alone = view.is_preposition(index + 1) or not following[:1].isalnum() or following.startswith(("ال", "ل", "ب"))
    return (possessed and alone) or form in words("object-noun") or form in nominals()


def only_object(view: View, cue: Cue, verb: int) -> bool:
    """Whether what stands after a verb and does not speak can only be its object: `ووصف العلاقات بالجيدة`."""
    form = view.form(verb + 1)
    listed = lexicon().sets["speaking_nouns"]
    if bare(form) in listed or form.endswith(("ون", "ان")) or view.at[verb + 1] is not None:
        return False
    if cue.verb.key in words("calls-upon"):
        return goes_on(view, cue, verb)
    if cue.verb.key != "وصف" or view.form(verb) == cue.form.written:
        return False
    return any(word == "ب" or word.startswith(("بال", "بان")) for word in view.forms[verb + 2 : verb + 6])


def goes_on(view: View, cue: Cue, verb: int, entities: tuple[Entity, ...] = ()) -> bool:
    """`رحبت فرنسا بالقرار، ودعت روسيا إلى …`: a verb joined to one whose subject it can have too."""
    if cue.form.pronoun or (view.form(verb) == cue.form.written and view.form(verb - 1) != "كما"):
        return False
    earlier = [
        p for p in view.phrases_in(max(0, verb - _EARLIER), verb) if not view.governed(p) and p.first - 1 in view.verbs
    ]
    return any(agrees(cue.form, p.entities, before=False) and p.entities[0] not in entities for p in earlier)


def object_follows(view: View, index: int) -> bool:
    """Whether a bare noun follows: the object of a verb whose subject came first."""
    index = past_asides(view, index)
    while index < len(view) and (view.form(index) in words("between") or view.aside[index] or view.form(index) == "؛"):
        index = view.aside[index] or index + 1
    if view.form(index) in ("في", "خلال"):  # an adverbial between subject and object
        return True
    form = view.form(index)
    phrase = view.phrase_at(index)
    if phrase is not None:
        return not view.governed(phrase) and not phrase.joined
    if form.startswith("و") and index not in view.verbs:  # one more subject that is no mention: ودول المنطقة
        return any(not view.governed(p) and not p.joined for p in view.phrases_in(index + 1, index + _NEAR))
    return bool(form) and form[0].isalpha() and not view.is_preposition(index) and not form.startswith(("ب", "و", "ان"))
