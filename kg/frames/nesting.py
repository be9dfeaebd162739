"""Reports of reports: another speaker's words at the head of what is said."""

from __future__ import annotations

from kg.frames.act import MEDIA, Act
from kg.frames.circumstances import circumstances
from kg.frames.complement import Complement, complement
from kg.frames.coordination import coordinated
from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject
from kg.frames.view import NounPhrase, View
from kg.model import Entity, EntityType
from kg.text.fold import fold

_SAID = frozenset(("past", "present"))  # what somebody will say is not said yet


def nest(view: View, act: Act) -> None:
    """Looks at the head of the content for another speaker's words (`ذكرت الوكالة أن الرئيس قال إن …`).

    Where the outer speaker passes it on, the act becomes the inner speaker's with the outer one in its chain; where the
    inner verb has the same speaker (`قال إنه يرفض`), it only tells how the content is held.
    """
    index = act.content
    mark = act.mark
    if view.form(index) in words("that"):  # قال: إن …
        mark, index = index, index + 1
    while view.form(index) in ('"', "قد", "لا", "لن", "لم", "سوف"):
        index += 1
    own = view.form(mark) in words("that") | words("b-that") and view.form(mark) not in ("ان", "بان")
    for cue in view.cues(index) if own and view.at[index : index + 1] == [None] else ():
        found = complement(view, cue, index, index + 1) if cue.form.tense in _SAID else None
        if found is not None:
            act.inner, act.resume = cue, max(index + 1, found.content)
            return
    phrase = view.phrase_at(index)
    if phrase is None or phrase.first != index or own:
        return
    group = coordinated(view, phrase)
    index = group[-1].last
    while index < len(view) and (view.form(index) in ('"', "قد", "نفسه") or view.aside[index]):
        index = view.aside[index] or index + 1
    if view.phrase_at(index) is not None:
        return
    for cue in view.cues(index):
        content = complement(view, cue, index, index + 1) if cue.form.tense in _SAID else None
        if content is None:
            continue
        _hand_over(view, act, cue, index, content, group)
        return


def passes_on(entity: Entity) -> bool:
    """Whether an outer speaker only hands on what another said: agencies, outlets and unnamed media do."""
    if entity.type is EntityType.UNNAMED:
        head = fold(entity.label_ar).text.split()[:1]
        return bool(head) and head[0].removeprefix("ال") in words("medium-noun")
    return entity.type in MEDIA


def is_report(entity: Entity) -> bool:
    """Whether an unnamed source is reports that do not say whose they are (`تقارير`)."""
    head = fold(entity.label_ar).text.split()[:1]
    return entity.type is EntityType.UNNAMED and bool(head) and head[0].removeprefix("ال") in words("report-noun")


def _own(inner: tuple[Entity, ...], speakers: tuple[Entity, ...]) -> bool:
    """Whether those whose words are told are the speakers or their state (`قالت فرنسا إن باريس تطالب بـ…`)."""
    states = {entity.country for entity in speakers if entity.country is not None}
    known = {entity.id for entity in speakers}
    if not speakers:  # whoever goes on is not known here: his state may be
        return all(entity.type is EntityType.STATE for entity in inner)
    return all(entity.id in known or (entity.key is not None and entity.key in states) for entity in inner)


def _hand_over(view: View, act: Act, cue: Cue, index: int, content: Complement, group: tuple[NounPhrase, ...]) -> None:
    inner = tuple({e.id: e for p in group for e in p.entities}.values())
    passed_on = bool(act.speakers) and all(passes_on(entity) for entity in act.speakers)
    if not passed_on or {e.id for e in inner} == {e.id for e in act.speakers}:
        act.inner, act.resume = cue if _own(inner, act.speakers) else None, content.content
        return
    act.chain = [e for e in act.speakers if e not in act.chain] + act.chain
    act.speakers, act.cue, act.outer, act.verb = inner, cue, act.verb, index
    act.content, act.way, act.mark = content.content, content.way, content.mark
    act.rule = "say.nested"
    act.addressee = []
    act.subject = Subject("before", group, group[0].first, group[-1].last)
    circumstances(view, act, act.subject, cue)
    if content.clausal:
        for deeper in view.cues(content.content):
            if deeper.form.tense != "participle":
                act.inner = deeper
