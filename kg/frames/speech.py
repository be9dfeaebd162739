"""The acts of speech in one sentence: which verb, whose, about what, to whom."""

from __future__ import annotations

from itertools import pairwise

from kg.frames.act import Act
from kg.frames.attribution import attributions
from kg.frames.circumstances import correspondent, interviewers, transmitters
from kg.frames.framing import with_frames
from kg.frames.lexicon import words
from kg.frames.subject import Subject
from kg.frames.verbal import nominal, verbal
from kg.frames.view import View
from kg.model import EntityType, Zone

_QUOTED = 0.6  # share of a sentence between quotation marks that makes it a quotation


def acts(view: View) -> list[Act]:
    """The acts of speech of a sentence in order, speakers of subjectless verbs still open."""
    frames = attributions(view)
    taken = {index for frame in frames for index in range(frame.first, frame.last)}
    found: list[Act] = []
    resume = 0
    for index in sorted(view.verbs.keys() | view.nouns.keys()):
        if index < resume or index in taken or view.at[index] is not None or view.quote[index]:
            continue
        act = _act(view, index)
        if act is not None and found and _goes_on(view, act):
            continue
        if act is not None:
            found.append(act)
            if act.subject is None or act.subject.how != "unknown":
                resume = max(act.content, act.resume)
    _bound(view, found)
    for act in found:
        transmitters(view, act)
        interviewers(view, act)
        correspondent(view, act)
    for act in found:
        act.outer = act.outer if act.outer >= 0 else act.verb
    found = with_frames(view, found, frames)
    if not found:
        found = _verbless(view)
    return found


def _goes_on(view: View, act: Act) -> bool:
    """`قال إن كذا، وأن فرنسا ترفض …`, `كما أن …`: one more clause of what is said, whose subject says nothing here."""
    if not act.rule.startswith("say.subject-verb") or act.cue is None or act.cue.form.tense != "present":
        return False
    before = view.form(act.first - 1)
    return before in words("and-that") or (before == "ان" and view.form(act.first - 2).lstrip("و") == "كما")


def _act(view: View, index: int) -> Act | None:
    return verbal(view, index) or (nominal(view, index) if index in view.nouns else None)


def _bound(view: View, found: list[Act]) -> None:
    """Ends each act where the next one begins; a nominal one stands inside another's content and ends nothing."""
    for act, following in pairwise(found):
        act.last = max(act.content, following.first)
    finite = [act for act in found if not act.nested]
    for act, following in pairwise(finite):
        act.last = max(act.content, following.first)
    if finite:
        finite[-1].last = len(view)


def _verbless(view: View) -> list[Act]:
    """`فلان: …` in a heading, and a sentence that is a quotation."""
    if view.sentence.zone in (Zone.HEADLINE, Zone.SUBHEAD) and view.phrases:
        phrase = view.phrases[0]
        colon = phrase.last + (view.form(phrase.last) == '"')
        event = phrase.entities[0].type is EntityType.STATE and view.form(colon + 1) in words("event-noun")
        if phrase.first <= 1 and view.form(colon) == ":" and not event:  # نيجيريا: مقتل كذا tells where
            act = Act(view, "quote.heading", phrase.first, colon + 1, len(view))
            act.speakers = phrase.entities
            return [act]
    if view.sentence.zone is Zone.BODY and view.quotes:
        quoted = sum(closed - opened + 1 for opened, closed in view.quotes)
        if quoted >= _QUOTED * len(view) and view.quotes[0][0] <= 1:
            act = Act(view, "quote.continued", 0, 0, len(view))
            act.subject = Subject("dropped", (), 0, 0)
            return [act]
    return []
