"""Whose verb it is: the noun phrases that are a verb's subject, and the one it is addressed to."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.agreement import agrees
from kg.frames.coordination import coordinated
from kg.frames.lexicon import Cue, words
from kg.frames.objects import goes_on, is_object, object_follows, only_object, past_time
from kg.frames.subject_words import (
    counted,
    feminine_object,
    in_apposition,
    named_behind,
    no_preposition,
    no_subject,
    stands_in,
    told,
)
from kg.frames.view import NounPhrase, View
from kg.model import Entity, EntityType

_REACH = 14  # tokens between a verb and a subject that stands behind an aside or a document's noun
_SHORTEST_PLURAL = 4  # letters
_DESCRIBED = 15  # tokens of a relative clause between a subject and its verb
_REACH_OF_WAS = 30  # tokens from `كان` to the verb of the subject behind it
_PRONOUNS = {"انه": ("m", "s"), "انها": ("f", "s"), "انهم": ("m", "p")}  # gender and number
_REFERRED = {"الذي": "ه", "التي": "ها", "الذين": "هم"}  # the object pronoun that means what a relative is about


@dataclass(frozen=True, slots=True)
class Subject:
    """`how`: after, before, relative (antecedent), dropped (none is written) or unknown (one that is no mention).

    `first` and `last` bound the tokens of the subject (for dropped ones the place where it would stand).
    """

    how: str
    phrases: tuple[NounPhrase, ...]
    first: int
    last: int

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Its entities, each once, in order."""
        return tuple({entity.id: entity for phrase in self.phrases for entity in phrase.entities}.values())


def subject(view: View, cue: Cue, verb: int) -> Subject:
    """The subject of the verb at token `verb`."""
    if cue.form.tense == "participle":
        return Subject("dropped", (), verb + 1, verb + 1)
    before = _before(view, cue, verb)
    if before is not None:
        return before
    given = view.phrase_at(verb + 1) if cue.verb.key in words("dative") else None
    if given is not None and given.preposition == "ل":
        return Subject("after", (given,), given.first, given.last)
    if _own(view, cue, verb):
        return Subject("dropped", (), verb + 1, verb + 1)
    after = _after(view, cue, verb)
    if after.how in ("after", "unknown"):
        return after
    return _antecedent(view, cue, verb) or _of_was(view, cue, verb) or after


def _own(view: View, cue: Cue, verb: int) -> bool:
    """`بأنه أبلغ الوزير …`: the pronoun before a verb that takes an object is its subject, what follows the object."""
    before = verb - 1 if view.form(verb - 1) not in words("auxiliary") else verb - 2
    pronoun = _PRONOUNS.get(view.form(before).removeprefix("ب").removeprefix("ل"))
    return pronoun == (cue.form.gender, cue.form.number) and cue.verb.addressee == "مفعول"


def _after(view: View, cue: Cue, verb: int) -> Subject:
    forms, at, aside = view.forms, view.at, view.aside
    index, last = verb + 1, min(len(forms), verb + 1 + _REACH)
    that, passed, relative = words("that") | words("b-that"), words("between"), words("relative")
    unknown = skipped = another = False
    start = index
    while index < last:
        form, phrase = forms[index], at[index]
        if aside[index] and form in ("(", "-"):
            index = aside[index]
            continue
        if len(form) == 1 and phrase is None and view.form(index + 1) == "." and index + 2 < last:  # شدد د. فلان
            start, index = (index + 2 if index == start else start), index + 2
            continue
        if index == start and (past_told := told(view, cue, index)) > index:
            speaker = view.phrase_at(past_told) if view.form(index)[:1] != "ل" else None
            if speaker is not None:  # أبلغ «كذا» المتحدث: it has its object
                return Subject("after", coordinated(view, speaker), past_told, speaker.last)
            index = start = past_told
            continue
        if phrase is None and (past := past_time(view, index)) > index:
            start, index = (past if index == start else start), past
            continue
        if phrase is not None:
            if (not view.governed(phrase) or no_preposition(view, cue, verb, phrase)) and not phrase.joined:
                if unknown and in_apposition(view, phrase, index - start):
                    return Subject("after", coordinated(view, phrase), start, phrase.last)
                if not skipped or view.form(index - 1) in ("،", ","):
                    return _chosen(view, cue, phrase, start)
                another = True
            if not unknown and not skipped and phrase.preposition in ("", "ل"):
                skipped = True
            index = phrase.last
            continue
        if form in that or form in ":؛.؟!" or view.quote[index]:
            break
        if form in words("his-grace") and index == start and cue.verb.addressee == "مفعول":
            break  # ودعا معاليه الجميع إلى …
        if form in passed or form[0].isdigit():
            index += 1
            continue
        if index == start and no_subject(view, cue, index):
            break
        told_at_once = cue.verb.key in words("plain-say") and form in words("clause-head")
        framed = form in words("frame-word")
        if index == start and (index in view.verbs or told_at_once or framed):
            break
        many = counted(view, index) if not skipped else None
        if many is not None:
            return Subject("after", coordinated(view, many), index, many.last)
        if form == "من" and view.form(index - 1) in ("كل", "كلا"):
            index += 1
            continue
        if "ب" in cue.verb.content and form[0] == "ب" and form not in words("not-b") and not skipped:
            break
        if view.is_preposition(index) or form in relative or form in words("manner"):
            skipped = True
        elif not skipped:
            issuer = stands_in(view, index)
            if issuer is not None:
                return Subject("after", (issuer,), index, issuer.last)
            if is_object(view, cue, index) or (index == start and only_object(view, cue, verb)):
                break
            unknown = skipped = True
        index += 1
    if unknown and not another and cue.verb.key in words("needs-object") and goes_on(view, cue, verb):
        return Subject("dropped", (), start, start)  # كما اتهم جهات لم يسمها: whom he accuses
    return Subject("unknown" if unknown else "dropped", (), start, start)


def _chosen(view: View, cue: Cue, phrase: NounPhrase, start: int) -> Subject:
    """The phrase after a verb is its subject unless it can only be its object."""
    phrase = named_behind(view, phrase)
    group = coordinated(view, phrase)
    entities = tuple(entity for member in group for entity in member.entities)
    found = Subject("after", group, phrase.first, group[-1].last)
    if (
        cue.verb.key in words("calls-upon")
        and not any(entity.type is EntityType.PERSON for entity in entities)
        and goes_on(view, cue, start - 1, entities)
        and not object_follows(view, found.last)
    ):
        return Subject("dropped", (), start, start)
    if view.form(found.last) in words("that") or view.form(found.last) == ":":
        return found
    takes_object = cue.verb.addressee == "مفعول" or "مفعول" in cue.verb.content or cue.verb.key in words("needs-object")
    if not takes_object:
        return found
    if entities[0].type is EntityType.UNNAMED and _accusative(view, phrase):
        return Subject("dropped", (), start, start)
    judged = cue.verb.frame.name in ("criticise", "praise", "reject", "deny") and not cue.form.pronoun
    related = view.form(start - 2) in words("relative-whole")
    if judged and related and not object_follows(view, group[-1].last):  # القرار الذي يدين فلانا
        return Subject("dropped", (), start, start)
    listed = view.form(found.last) == "،" and view.form(found.last + 1)[:1] == "و"  # وناشدت الحركة، وجبهة كذا، …
    if (
        not cue.form.pronoun
        and cue.verb.key in words("needs-object")
        and not listed
        and not object_follows(view, group[-1].last)
    ):
        return Subject("dropped", (), start, start)
    source = cue.verb.key in words("informs") and all(entity.type is EntityType.UNNAMED for entity in entities)
    if source:  # وأفاد المصادر بأن …, however it agrees
        return found
    if feminine_object(view, cue, phrase):
        return Subject("dropped", (), start, start)
    if not agrees(cue.form, entities, before=True) and not object_follows(view, group[-1].last):
        return Subject("dropped", (), start, start)
    return found


def _accusative(view: View, phrase: NounPhrase) -> bool:
    """Whether a sound plural is written as an object: `دعا المسؤولين إلى …`; the same written for a subject is not."""
    form = view.form(phrase.first)
    plural = form.endswith("ين") and not form.endswith("امين") and len(form) > _SHORTEST_PLURAL
    return plural and view.form(phrase.last) not in words("that")


def _before(view: View, cue: Cue, verb: int) -> Subject | None:
    index = verb - 3 if view.form(verb - 1) in words("still") else verb - 1
    if view.form(verb)[:1] in ("و", "ف") and view.form(verb) != cue.form.written:
        return None
    while index >= 0 and (
        view.form(index) in words("auxiliary") or view.form(index) in words("after-verb") or view.aside[index]
    ):
        if view.form(index) == "ان":
            preceded = _preceded(view, index) if index == verb - 1 else None
            return Subject("before", (preceded,), preceded.first, preceded.last) if preceded else None
        if view.form(index) == "كما":
            return None
        index -= 1
    if index >= 0 and view.form(index) == '"':
        index -= 1
    phrase = view.phrase_at(index)
    if phrase is None or phrase.last != index + 1:
        return None
    if (
        index == verb - 1
        and phrase.entities[0].type is EntityType.UNNAMED
        and agrees(cue.form, phrase.entities, before=False)
    ):
        return Subject("before", (phrase,), phrase.first, phrase.last)
    if view.governed(phrase):
        return None
    group = [phrase]
    while group[0].joined and group[0].first > 0 and (earlier := view.at[group[0].first - 1]) is not None:
        group.insert(0, earlier)
    if view.governed(group[0]) or not _opens_clause(view, group[0]):
        return None
    entities = tuple(entity for member in group for entity in member.entities)
    if cue.form.number == "s" and len(entities) > 1 and cue.form.gender == "m":
        return None
    return Subject("before", tuple(group), group[0].first, phrase.last)


def _preceded(view: View, index: int) -> NounPhrase | None:
    """`سبق لطهران أن نفته`: the subject stands after `ل` before `أن`."""
    phrase = view.at[index - 1] if index > 1 and view.form(index) == "ان" else None
    if phrase is None or phrase.preposition != "ل" or view.form(phrase.first - 1).lstrip("و") != "سبق":
        return None
    return phrase


def _opens_clause(view: View, phrase: NounPhrase) -> bool:
    index = phrase.first - 1
    while index >= 0 and view.form(index) == '"':
        index -= 1
    if index < 0 or phrase.joined:
        return True
    form = view.form(index)
    return not form[0].isalnum() or any(form in words(kind) for kind in ("opener", "auxiliary", "still"))


def _of_was(view: View, cue: Cue, verb: int) -> Subject | None:
    """`وكان الجيش المؤلف من كذا أعلن …`: the subject stands right behind `كان`, far before the verb."""
    if cue.form.written != view.form(verb):
        return None
    opening = view.phrases[0] if view.phrases else None
    if opening is not None and opening.first <= 1 and not view.governed(opening) and _described(view, opening, verb):
        return Subject("before", (opening,), opening.first, opening.last) if _can(cue, opening) else None
    if cue.form.tense != "past":
        return None
    for index in range(verb - 2, max(-1, verb - _REACH_OF_WAS), -1):
        if view.form(index).lstrip("و") in ("كان", "كانت"):
            phrase = view.at[index + 1]
            free = phrase is not None and phrase.first == index + 1 and not phrase.proclitic
            if phrase is None or not free or not _can(cue, phrase):
                return None
            return Subject("before", (phrase,), index + 1, phrase.last)
        if index in view.verbs or view.form(index) in words("that") or view.form(index) == "؛":
            return None
    return None


def _can(cue: Cue, phrase: NounPhrase) -> bool:
    return agrees(cue.form, phrase.entities, before=False)


def _described(view: View, phrase: NounPhrase, verb: int) -> bool:
    """`الخبير الذي عاش في الصين يرى أن …`: whether only a relative clause stands between a phrase and a verb."""
    between = range(phrase.last + 1, verb)
    if view.form(phrase.last) not in words("relative-whole") or not 0 < len(between) < _DESCRIBED:
        return False
    return not any(i in view.verbs or view.form(i) in words("that") or view.form(i) in "؛.:" for i in between)


def _antecedent(view: View, cue: Cue, verb: int) -> Subject | None:
    index = verb - 1
    while index >= 0 and view.form(index) in words("auxiliary"):
        index -= 1
    relative = view.form(index).removeprefix("و") if index >= 1 else ""
    if relative not in _REFERRED:
        return None
    if cue.form.pronoun == _REFERRED[relative]:  # تونس التي وصفها بكذا: the one described
        return Subject("unknown" if cue.form.number == "p" else "dropped", (), verb + 1, verb + 1)
    index -= 1
    while index >= 0 and (view.form(index) in ("،", ",", '"') or view.aside[index]):
        index -= 1
    phrase = view.phrase_at(index)
    if phrase is None or all(entity.type is EntityType.PLACE for entity in phrase.entities):
        return Subject("unknown", (), verb, verb)
    return Subject("relative", (phrase,), phrase.first, phrase.last)
