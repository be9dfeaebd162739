"""Words handed on: `نقلت الوكالة عن الوزير قوله إن …`."""

from __future__ import annotations

from kg.frames.act import Act
from kg.frames.clauses import clause_start
from kg.frames.coordination import coordinated
from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject, subject
from kg.frames.view import View

_REACH = 12  # tokens from `نقلت الوكالة` to `عن …`
_SAID = 14  # tokens from the source to its words


def relay(view: View, cue: Cue, index: int) -> Act | None:
    """`نقلت الوكالة عن الوزير قوله إن …`: the source speaks, the subject passes it on."""
    if cue.form.pronoun:
        return None
    whose = subject(view, cue, index)
    preposition = "الي" if cue.verb.key == "نسب" else "عن"
    start = whose.last if whose.how == "after" else index + 1
    declared = _declared(view, cue, index, start, whose)
    if declared is not None:
        return declared
    for at in range(start, min(len(view), start + _REACH)):
        form = view.form(at)
        if form in (preposition, preposition + "ه", preposition + "ها", preposition + "هم"):
            break
        if form in words("that"):
            return None
    else:
        return None
    source = view.phrase_at(at + 1) if form == preposition else None
    if form == preposition and source is None:
        source = next(iter(view.phrases_in(at + 1, at + 7)), None)
        if source is None:
            return None
    group = coordinated(view, source) if source else ()
    after = group[-1].last if group else at + 1
    said = _said(view, after)
    if said is None and whose.how not in ("after", "before"):
        return None
    act = Act(
        view,
        "say.relay",
        clause_start(view, whose.first if whose.how == "before" else index),
        said or after,
        len(view),
        index,
        cue,
    )
    act.speakers = tuple({e.id: e for p in group for e in p.entities}.values())
    act.subject = Subject("after", group, after, after) if group else Subject("dropped", (), after, after)
    act.chain = list(whose.entities)
    act.way, act.mark = "ان", said or after
    return act


def _declared(view: View, cue: Cue, index: int, start: int, whose: Subject) -> Act | None:
    """`نقلت الوكالة تصريحات للوزيرة أكدت فيها …`: who made the declarations speaks."""
    paper = start if view.form(start) in words("declaration") else -1
    phrase = view.phrase_at(paper + 1) if paper > 0 else None
    if phrase is None or phrase.preposition != "ل" or whose.how not in ("after", "before"):
        return None
    said = phrase.last
    if said in view.verbs and view.form(said + 1) in words("resumptive"):
        said += 2
    else:
        said = _said(view, said) or said
    act = Act(view, "say.relay", clause_start(view, index), said, len(view), index, cue)
    act.speakers, act.subject = phrase.entities, Subject("after", (phrase,), phrase.first, phrase.last)
    act.chain, act.way, act.mark = list(whose.entities), "ان", said
    return act


def _said(view: View, after: int) -> int | None:
    """Where the relayed words begin after `قوله`, `أن`, a colon or a quotation mark within a few tokens."""
    for index in range(after, min(len(view), after + _SAID)):
        form = view.form(index)
        if form in words("that") or form in words("b-that") or form == ":":
            return index + 1
        if view.quote[index]:
            return index
        if (
            form in words("quoted-saying")
            and view.form(index + 1) not in words("that")
            and not view.quote[index + 1 : index + 2]
        ):
            return index + 1
    return None
