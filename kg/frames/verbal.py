"""Acts of speech that a verb of saying, its participle or its noun reports."""

from __future__ import annotations

from kg.frames.act import Act
from kg.frames.circumstances import circumstances
from kg.frames.clauses import clause_start, credible, is_noun, may_drop, others_clause
from kg.frames.complement import Complement, complement, said_by_noun, told_of
from kg.frames.lexicon import Cue, words
from kg.frames.nesting import nest
from kg.frames.relay import relay
from kg.frames.subject import Subject, subject
from kg.frames.view import View

_NOMINAL_REACH = 8  # tokens between a verbal noun's subject and its content
_OF_NOUNS = {"accuse": ("ب",), "request": ("الي", "ب", "علي"), "warn": ("من",), "pledge": ("ب",), "threat": ("ب",)}
_COMMENT_NEAR = 3  # tokens from `لم يصدر` to `تعليق`
_DESCRIBED = 12  # tokens from `واصفا` to what something is described as
_COMMENT_REACH = 25  # tokens from a refusal to the comment refused


def verbal(view: View, index: int) -> Act | None:
    if index not in view.verbs or is_noun(view, index) or others_clause(view, index):
        return None
    for cue in view.cues(index):
        kind = cue.verb.frame.name
        if cue.form.tense == "participle":
            act = _participle(view, cue, index)
        elif kind == "relay":
            act = relay(view, cue, index) or (None if cue.form.pronoun else _plain(view, cue, index))
        elif kind == "document":
            act = _document(view, cue, index)
        elif kind == "silence":
            act = _silence(view, cue, index)
        else:
            act = _plain(view, cue, index)
        if act is not None:
            return act
    return None


def _plain(view: View, cue: Cue, index: int) -> Act | None:
    whose = subject(view, cue, index)
    if whose.how == "dropped" and not may_drop(view, cue, index):
        return None
    if whose.how == "dropped" and cue.form.pronoun and cue.verb.key == "وصف" and view.form(index - 1) in ("ما", "مما"):
        return None  # ما وصفه بالعدوان: a term of what is said
    negated = view.form(index - 1).removeprefix("و") in ("لم", "لا", "لن")
    after = whose.last if whose.how == "after" else index + 1
    content = told_of(view, cue, index, after) or complement(view, cue, index, after)
    if cue.verb.frame.name == "reject":
        content = _comment(view, index) or content
    if content is None and not (negated and whose.how in ("after", "before") and cue.verb.key in words("left-open")):
        return None
    if not credible(view, cue, index, whose, content):
        return None
    start = whose.first if whose.how == "before" else index
    content = content or Complement("", after, after)
    act = Act(
        view,
        _rule(whose, content, cue),
        clause_start(view, start),
        content.content,
        len(view),
        index,
        cue,
        None,
        whose,
    )
    act.negated, act.way, act.mark = negated, content.way, content.mark
    act.speakers = whose.entities
    act.estimate = whose.how == "after" and view.form(whose.first).removeprefix("ال") in words("estimate-noun")
    circumstances(view, act, whose, cue)
    if content.clausal:
        nest(view, act)
    elif content.way == "فعل":  # اكتفى بنفي الخبر: the verbal noun tells how it is held
        act.inner = said_by_noun(view, content.mark)
    if cue.verb.frame.name == "accuse" and not cue.form.pronoun:  # the accused is part of what is said
        accused = next((p for p in view.phrases_in(after, content.mark) if not view.governed(p)), None)
        act.content = accused.first if accused is not None else act.content
    return act


def _participle(view: View, cue: Cue, index: int) -> Act | None:
    if view.form(index - 1).lstrip("و") in ("كان", "كانت", "ليس", "بات"):  # كان لافتا تأكيد الوزير أن …: a predicate
        return None
    content = complement(view, cue, index, index + 1)
    if content is None or (content.way == "مفعول" and not _described(view, cue, index)):
        return None
    if cue.form.written == cue.verb.masdar and view.form(index - 1)[:1].isalnum():  # مطالبة: a noun unless set apart
        return None
    act = Act(view, "say.participle", index, content.content, len(view), index, cue)
    act.subject = Subject("dropped", (), index + 1, index + 1)
    act.way, act.mark = content.way, content.mark
    circumstances(view, act, act.subject, cue)
    if content.clausal:
        nest(view, act)
    return act


def _described(view: View, cue: Cue, index: int) -> bool:
    """`واصفا العلاقات بالسيئة`: what is described, and as what."""
    if cue.verb.key != "وصف":
        return False
    near = view.forms[index + 2 : index + 2 + _DESCRIBED]
    return any(form == "ب" or form.startswith(("بال", "بان")) for form in near)


def _document(view: View, cue: Cue, index: int) -> Act | None:
    """`جاء في بيان للوزارة أن …`: whoever issued the document speaks."""
    if view.form(index + 1) not in ("في", "علي"):
        return None
    content = complement(view, cue, index, index + 2)
    if content is None:
        return None
    inside = view.phrases_in(index + 1, content.mark)
    if not inside:
        return None
    act = Act(view, "say.document", index, content.content, len(view), index, cue)
    act.subject = Subject("after", (inside[0],), inside[0].first, inside[0].last)
    act.speakers = act.subject.entities
    act.way, act.mark = content.way, content.mark
    return act


def _silence(view: View, cue: Cue, index: int) -> Act | None:
    """`لم يصدر تعليق من الوزارة على …`: whoever issues no comment neither confirms nor denies."""
    if view.form(index - 1).removeprefix("و") not in ("لم", "لا"):
        return None
    near = range(index + 1, min(len(view), index + 1 + _COMMENT_NEAR))
    noun = next((at for at in near if view.form(at) in words("comment-noun")), None)
    if noun is None:
        return None
    for phrase in view.phrases_in(noun + 1, noun + 1 + _NOMINAL_REACH)[:1]:
        if not words("silent-source").isdisjoint(view.forms[noun + 1 : phrase.first]) and not phrase.proclitic:
            act = Act(view, "say.no-comment", clause_start(view, index), noun, len(view), index, cue)
            act.subject = Subject("after", (phrase,), phrase.first, phrase.last)
            act.speakers, act.way, act.mark = phrase.entities, "مفعول", noun
            return act
    return None


def nominal(view: View, index: int) -> Act | None:
    """`اتهام واشنطن … بـ`, `إعلان الوزارة أن …`: a verbal noun, its subject as genitive, a content of its own."""
    cue, phrase = view.nouns[index], view.at[index + 1]
    if phrase is None:
        return None
    content = complement(view, cue, index, phrase.last)
    if content is None or content.way in ("مفعول", "قول") or content.mark - phrase.last > _NOMINAL_REACH:
        return None
    if not content.clausal and content.way not in _OF_NOUNS.get(cue.verb.frame.name, ()):
        return None
    act = Act(view, "say.nominal", index, content.content, len(view), index, cue)
    act.subject = Subject("after", (phrase,), phrase.first, phrase.last)
    act.speakers, act.way, act.mark = act.subject.entities, content.way, content.mark
    circumstances(view, act, act.subject, cue)
    return act


def _comment(view: View, verb: int) -> Complement | None:
    """`رفض المكتب، …، التعليق على …`: what is refused is to comment."""
    for index in range(verb + 1, min(len(view), verb + _COMMENT_REACH)):
        if view.form(index) in words("no-comment"):
            return Complement("مفعول", index, index)
        if view.form(index) in words("that"):
            return None
    return None


def _rule(whose: Subject, content: Complement, cue: Cue) -> str:
    if cue.verb.frame.name in ("no-comment", "unable"):
        return "say.no-comment"
    kind = "clause" if content.clausal and content.way != "قول" else "direct" if content.way == "قول" else "object"
    place = {"before": "subject-verb", "relative": "relative", "dropped": "dropped"}.get(whose.how, "verb-subject")
    return f"say.{place}.{kind}"
