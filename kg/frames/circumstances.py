"""Whom an act of speech is addressed to and through whom it reached the article, as its own clause tells."""

from __future__ import annotations

from kg.frames.act import MEDIA, Act
from kg.frames.agreement import number
from kg.frames.complement import CLAUSAL
from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject
from kg.frames.view import NounPhrase, View
from kg.model import Entity, EntityType
from kg.text.tokens import bare

_OPENING = 16  # tokens of a phrase that opens a sentence before its verb of saying
_MAIN_CLAUSE = 60  # tokens of a main clause before a participle of saying
_AFTER_SUBJECT = 2  # tokens from a verb and its subject to `ل…`


def circumstances(view: View, act: Act, whose: Subject, cue: Cue) -> None:
    """Addressees and transmitters named between the verb and its content."""
    spoken = {entity.id for entity in whose.entities}
    first = whose.last if whose.how == "after" else act.verb + 1
    direct = False
    for phrase in view.phrases_in(max(first, act.verb), max(act.mark, act.verb + 1)):
        others = [entity for entity in phrase.entities if entity.id not in spoken]
        media = [entity for entity in others if entity.type in MEDIA]
        if media and _is_channel(view, phrase):
            act.chain += [entity for entity in media if entity not in act.chain]
        if media:
            continue
        if view.aside[phrase.first]:
            continue
        if _addressed(view, cue, phrase, direct, act):
            direct = True
            act.addressee += [entity for entity in others if entity not in act.addressee]
    people = _people(view, first) if cue.verb.addressee == "مفعول" and not direct and act.way != "مفعول" else None
    if people is not None and people.id not in spoken:
        act.addressee.append(people)


def _people(view: View, index: int) -> Entity | None:
    """The state of a people named by its plural alone at a token: `دعا الوزير الليبيين إلى …`."""
    form = view.form(index)
    if not form.startswith("ال") or not (form.endswith(("ين", "ون")) or bare(form) in words("people-plural")):
        return None
    span = view.span(index, index + 2)
    named = next((m for m in view.sentence.mentions_in(span) if m.span.start == span.start), None)
    return view.reading.entity(named.entity) if named is not None and named.form == "demonym" else None


def _is_channel(view: View, phrase: NounPhrase) -> bool:
    """Whether an outlet is where it was said (`لقناة …`, `عبر …`, `بصحيفة …`) and not the one spoken of."""
    return phrase.preposition in ("ل", "ب") or view.before(phrase) in words("channel")


def _addressed(view: View, cue: Cue, phrase: NounPhrase, direct: bool, act: Act) -> bool:
    before = view.before(phrase)
    if cue.verb.addressee == "ل" and phrase.preposition == "ل":
        after = act.subject.last if act.subject is not None and act.subject.how == "after" else act.verb + 1
        at = phrase.first - 1  # مسؤولون في القوات المناهضة للحوثيين: an adjective's
        definite = view.form(at).startswith("ال") and view.at[at] is None
        adjective = (definite and at >= after) or view.form(at) in words("partisan")
        return phrase.first < after + _AFTER_SUBJECT and not adjective
    if cue.verb.addressee == "من":
        return before == "من"
    if cue.verb.addressee == "مفعول" and not direct:
        if act.subject is not None and phrase.first == act.subject.last and _apposed(view, act.subject, phrase):
            return False
        return not view.governed(phrase) and not phrase.joined and act.way != "مفعول"
    return False


def _apposed(view: View, whose: Subject, phrase: NounPhrase) -> bool:
    """Whether a description right behind a subject is one of the same: no crowd, and nobody is one of a body."""
    if phrase.form != "description" or whose.how != "after":
        return False
    crowd = number(phrase.entities) == "p" or bare(view.form(phrase.first)) in words("crowd")
    return not crowd or number(whose.entities) == "p"


def transmitters(view: View, act: Act) -> None:
    """Outlets that published or broadcast what the act was said in: `كلمة بثها التلفزيون`."""
    reach = _MAIN_CLAUSE if act.cue is not None and act.cue.form.tense == "participle" else _OPENING
    first, known = 0 if act.first <= reach else act.first, words("transmit")
    if known.isdisjoint(view.forms[first : act.last]):
        return
    for index in range(first, act.last):
        if view.forms[index] in known and not view.quote[index] and (index < act.content or _on_paper(view, index)):
            for phrase in view.phrases_in(index + 1, index + 4)[:1]:
                passing = [e for e in phrase.entities if e not in act.chain and e not in act.speakers]
                act.chain += [e for e in passing if e.type is not EntityType.PERSON]  # بثته قناة الرئيس


def _on_paper(view: View, index: int) -> bool:
    """Whether what was published is words (`في كلمة بثها التلفزيون`), not what is spoken of (`الأكاذيب التي نشرها`)."""
    before = [stem for form in view.forms[max(0, index - 3) : index] for stem in (form, form.lstrip("وبل"))]
    return any(form in words(kind) for form in before for kind in ("interview", "declaration", "document-noun"))


def interviewers(view: View, act: Act) -> None:
    """Outlets that the act was said to: `في تصريحات لوكالة …`, `في مقابلة مع قناة …`, before the verb or after it."""
    first = 0 if act.first <= _OPENING else act.first
    for phrase in view.phrases_in(first, act.last):
        if not any(entity.type in MEDIA for entity in phrase.entities) or phrase.entities[0] in act.speakers:
            continue
        before = view.before(phrase)
        if before not in ("في", "ل", "مع") and phrase.preposition != "ل":
            continue
        said_in = words("article" if before == "في" else "interview")  # كتب مقالا في صحيفة كذا
        near = view.forms[max(0, phrase.first - 4) : phrase.first]
        if any(form.lstrip("وبل") in said_in for form in near):
            act.chain = [e for e in phrase.entities if e not in act.chain] + act.chain


def correspondent(view: View, act: Act) -> None:
    """Whom the letter is to that the act was made in: `في رسالة إلى …`, `بعث رسالة تهنئة إلى …`."""
    last = act.mark if act.mark > act.verb and act.way in CLAUSAL else act.last
    for phrase in view.phrases_in(act.first, last):
        if view.before(phrase) not in ("الي", "ل"):
            continue
        near = view.forms[max(act.first, phrase.first - 6) : phrase.first - 1]
        if any(form.lstrip("وبل") in words("letter") or form in words("letter") for form in near):
            act.addressee += [e for e in phrase.entities if e not in act.addressee and e not in act.speakers]
