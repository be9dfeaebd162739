"""The acts of speech in one sentence: which verb, whose, about what, to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kg.frames.attribution import Attribution, attributions
from kg.frames.complement import Complement, complement
from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject, coordinated, subject
from kg.frames.view import NounPhrase, View
from kg.model import Entity, EntityType, Zone
from kg.text.fold import fold

MEDIA = frozenset({EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET})
_RELAY_REACH = 12  # tokens from `نقلت الوكالة` to `عن …`
_OPENING = 16  # tokens of a phrase that opens a sentence before its verb of saying
_REST = 8  # tokens that may follow a frame that ends a sentence
_COMMENT_REACH = 25  # tokens from a refusal to the comment refused


@dataclass(slots=True)
class Act:
    """One act of speech: tokens `first` to `last` (exclusive) of the sentence, the content from `content`.

    `speakers` stays empty for a verb without a written subject until the discourse gives it. `outer` is the verb that
    opens the sentence's clause where another's words are nested in it, else `verb`; `mark` the token that introduces
    the content; `frame` the tokens of an attribution frame that belongs to the act.
    """

    view: View
    rule: str
    first: int
    content: int
    last: int
    verb: int = -1
    cue: Cue | None = None
    inner: Cue | None = None
    subject: Subject | None = None
    speakers: tuple[Entity, ...] = ()
    addressee: list[Entity] = field(default_factory=list)
    chain: list[Entity] = field(default_factory=list)
    negated: bool = False
    way: str = ""
    estimate: bool = False
    mark: int = -1
    outer: int = -1
    frame: tuple[int, int] | None = None
    resume: int = 0

    @property
    def dropped(self) -> bool:
        """Whether the verb's subject is not written."""
        return self.subject is not None and self.subject.how == "dropped"


def acts(view: View) -> list[Act]:
    """The acts of speech of a sentence in order, speakers of subjectless verbs still open."""
    frames = attributions(view)
    taken = {index for frame in frames for index in range(frame.first, frame.last)}
    found: list[Act] = []
    resume = 0
    for index in view.verbs:
        if index < resume or index in taken or view.at[index] is not None or view.quote[index]:
            continue
        act = _act(view, index)
        if act is not None:
            found.append(act)
            resume = max(act.content, act.resume)
    _bound(view, found)
    for act in found:
        _transmitters(view, act)
        _correspondent(view, act)
    for act in found:
        act.outer = act.outer if act.outer >= 0 else act.verb
    found = _with_frames(view, found, frames)
    if not found:
        found = _verbless(view)
    return found


def _act(view: View, index: int) -> Act | None:
    if _is_noun(view, index):
        return None
    for cue in view.cues(index):
        kind = cue.verb.frame.name
        if cue.form.tense == "participle":
            act = _participle(view, cue, index)
        elif kind == "relay":
            act = _relay(view, cue, index)
        elif kind == "document":
            act = _document(view, cue, index)
        else:
            act = _plain(view, cue, index)
        if act is not None:
            return act
    return None


def _is_noun(view: View, index: int) -> bool:
    """Whether a word that could be a verb of saying can only be a noun here: a preposition stands before it."""
    before = view.form(index - 1)
    cue = view.cues(index)[0]
    if cue.form.written != view.form(index):
        return False
    if before in ("ان", "قد", "لان", "كي", "لكي") and cue.form.tense == "present":  # دون أن تؤكد, قد يرحب: not said yet
        return True
    if cue.form.tense == "future":
        return True
    return before in words("preposition") and before not in ("بعد", "قبل", "رغم", "حتي", "من")


def _plain(view: View, cue: Cue, index: int) -> Act | None:
    whose = subject(view, cue, index)
    negated = view.form(index - 1).removeprefix("و") in ("لم", "لا", "لن")
    after = whose.last if whose.how == "after" else index + 1
    content = complement(view, cue, index, after)
    if cue.verb.frame.name == "reject":
        content = _comment(view, index) or content
    if content is None and not (negated and whose.how in ("after", "before") and cue.verb.past in words("left-open")):
        return None
    if not _credible(view, cue, index, whose, content):
        return None
    start = whose.first if whose.how == "before" else index
    content = content or Complement("", after, after)
    act = Act(
        view,
        _rule(whose, content, cue),
        _clause_start(view, start),
        content.content,
        len(view),
        index,
        cue,
        None,
        whose,
    )
    act.negated, act.way, act.mark = negated, content.way, content.mark
    act.speakers = whose.entities
    _region(view, act, whose, cue)
    if content.clausal:
        _nest(view, act)
    return act


def _credible(view: View, cue: Cue, index: int, whose: Subject, content: Complement | None) -> bool:
    """Whether the word is a verb of saying here and not one of its homographs, nor without a person behind it."""
    kind = cue.verb.frame.name
    if kind in ("no-comment", "unable") and (content is None or not _on_comment(view, content)):
        return False
    if kind == "unable":
        return view.form(index - 1).removeprefix("و") in ("لم", "لا") and whose.how in ("after", "before")
    if cue.verb.past in ("بين", "أبان", "عد", "وجد") and (
        content is None or content.mark - index > 4 or whose.how == "before"
    ):
        return False
    if cue.verb.frame.name == "find" and whose.how in ("dropped", "unknown"):
        return False
    if whose.how == "dropped" and not _may_drop(view, cue, index):
        return False
    if (
        cue.form.tense == "present"
        and whose.how == "before"
        and view.form(whose.first - 1).lstrip("و") in ("كان", "كانت")
    ):
        return False
    impersonal = cue.form.tense == "present" and cue.form.number == "s" and cue.verb.past in _IMPERSONAL
    return not (impersonal and whose.how == "dropped" and cue.form.gender == "m")


def _on_comment(view: View, content: Complement) -> bool:
    """Whether what is refused or impossible is to comment or confirm."""
    return any(form in words("no-comment") for form in view.forms[content.mark : content.content + 2])


def _may_drop(view: View, cue: Cue, index: int) -> bool:
    """Whether a verb without a subject of its own can begin a clause here: joined by `و`, after a mark or an opener."""
    if cue.form.written != view.form(index) or cue.form.pronoun or index == 0:
        return True
    if view.form(index + 1) in ("انه", "انها", "انهم") or _resumed(view, index):
        return True
    while index > 0 and (
        view.form(index - 1) in words("auxiliary") or view.form(index - 1) in ("لم", "لا", "ولم", "ولا")
    ):
        index -= 1
    before = view.form(index - 1)
    return index == 0 or not before[0].isalnum() or before in words("opener") or before.lstrip("و") in words("relative")


def _resumed(view: View, index: int) -> bool:
    """`اجتماعا أعلن في أعقابه أن …`: a relative clause without a pronoun of its own; one after the verb points back."""
    following = view.forms[index + 1 : index + 3]
    return bool(following) and (
        following[0] in words("resumptive") or (following[0] == "في" and following[-1].endswith(("ه", "ها")))
    )


def _comment(view: View, verb: int) -> Complement | None:
    """`رفض المكتب، …، التعليق على …`: what is refused is to comment."""
    for index in range(verb + 1, min(len(view), verb + _COMMENT_REACH)):
        if view.form(index) in words("no-comment"):
            return Complement("مفعول", index, index)
        if view.form(index) in words("that"):
            return None
    return None


_IMPERSONAL = frozenset(
    ("ذكر", "أشار", "اعتقد", "توقع", "رجح", "قال", "لاحظ", "خشي", "ظن", "أعلن", "زعم", "قدر", "أمل")
)


def _rule(whose: Subject, content: Complement, cue: Cue) -> str:
    if cue.verb.frame.name in ("no-comment", "unable"):
        return "say.no-comment"
    kind = "clause" if content.clausal and content.way != "قول" else "direct" if content.way == "قول" else "object"
    place = {"before": "subject-verb", "relative": "relative", "dropped": "dropped"}.get(whose.how, "verb-subject")
    return f"say.{place}.{kind}"


def _clause_start(view: View, index: int) -> int:
    """The first token of the clause: auxiliaries and `كما` before the verb or its subject belong to it."""
    while index > 0 and view.form(index - 1) in words("auxiliary") | {"لم", "ولم", "لا", "ولا"}:
        index -= 1
    return index


def _participle(view: View, cue: Cue, index: int) -> Act | None:
    content = complement(view, cue, index, index + 1)
    if content is None or (content.way == "مفعول"):
        return None
    act = Act(view, "say.participle", index, content.content, len(view), index, cue)
    act.subject = Subject("dropped", (), index + 1, index + 1)
    act.way, act.mark = content.way, content.mark
    _region(view, act, act.subject, cue)
    return act


def _relay(view: View, cue: Cue, index: int) -> Act | None:
    """`نقلت الوكالة عن الوزير قوله إن …`: the source speaks, the subject passes it on."""
    if cue.form.pronoun:
        return None
    whose = subject(view, cue, index)
    preposition = "الي" if cue.verb.past == "نسب" else "عن"
    start = whose.last if whose.how == "after" else index + 1
    for at in range(start, min(len(view), start + _RELAY_REACH)):
        form = view.form(at)
        if form in (preposition, preposition + "ه", preposition + "ها", preposition + "هم"):
            break
        if form in words("that"):
            return _plain(view, cue, index) if whose.how in ("after", "before") else None
    else:
        return None
    source = view.at[at + 1] if at + 1 < len(view) and form == preposition else None
    if form == preposition and source is None:
        source = next((p for p in view.phrases if at < p.first <= at + 6), None)
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
        _clause_start(view, whose.first if whose.how == "before" else index),
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


def _said(view: View, after: int) -> int | None:
    """Where the relayed words begin after `قوله`, `أن`, a colon or a quotation mark within a few tokens."""
    for index in range(after, min(len(view), after + 14)):
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


def _said_soon(view: View, index: int) -> bool:
    """Whether the words after `قوله` (a date, an aside) lead to `إن` or a quotation mark."""
    return any(
        view.form(at) in words("that") or view.form(at) == ":" or view.quote[at]
        for at in range(index, min(len(view), index + 7))
    )


def _document(view: View, cue: Cue, index: int) -> Act | None:
    """`جاء في بيان للوزارة أن …`: whoever issued the document speaks."""
    if view.form(index + 1) not in ("في", "علي"):
        return None
    content = complement(view, cue, index, index + 2)
    if content is None:
        return None
    inside = [p for p in view.phrases if index < p.first < content.mark]
    if not inside:
        return None
    act = Act(view, "say.document", index, content.content, len(view), index, cue)
    act.subject = Subject("after", (inside[0],), inside[0].first, inside[0].last)
    act.speakers = act.subject.entities
    act.way, act.mark = content.way, content.mark
    return act


def _region(view: View, act: Act, whose: Subject, cue: Cue) -> None:
    """Addressees and transmitters named between the verb and its content."""
    spoken = {entity.id for entity in whose.entities}
    first = whose.last if whose.how == "after" else act.verb + 1
    direct = False
    for phrase in view.phrases:
        if not first <= phrase.first < max(act.mark, act.verb + 1) or phrase.first < act.verb:
            continue
        others = [entity for entity in phrase.entities if entity.id not in spoken]
        media = [entity for entity in others if entity.type in MEDIA]
        if media:
            act.chain += [entity for entity in media if entity not in act.chain]
            continue
        if view.aside[phrase.first]:
            continue
        if _addressed(view, cue, phrase, direct, act):
            direct = True
            act.addressee += [entity for entity in others if entity not in act.addressee]


def _addressed(view: View, cue: Cue, phrase: NounPhrase, direct: bool, act: Act) -> bool:
    before = view.form(phrase.first - 1)
    if cue.verb.addressee == "ل" and phrase.preposition == "ل":
        return (
            act.verb
            < phrase.first
            <= act.verb
            + 1
            + (act.subject.last - act.subject.first if act.subject and act.subject.how == "after" else 0)
            + 1
        )
    if cue.verb.addressee == "من":
        return before == "من"
    if cue.verb.addressee == "مفعول" and not direct:
        return not view.governed(phrase) and not phrase.joined and act.way != "مفعول"
    return False


def _nest(view: View, act: Act) -> None:
    """Looks at the head of the content for another speaker's words (`ذكرت الوكالة أن الرئيس قال إن …`).

    Where the outer speaker passes it on, the act becomes the inner speaker's with the outer one in its chain; where the
    inner verb has the same speaker (`قال إنه يرفض`), it only tells how the content is held.
    """
    index = act.content
    while view.form(index) in ('"', "قد", "لا", "لن", "لم", "سوف"):
        index += 1
    own = view.form(act.mark) in words("that") and view.form(act.mark) not in ("ان", "بان")
    for cue in view.cues(index) if view.at[index : index + 1] == [None] else ():
        found = complement(view, cue, index, index + 1) if cue.form.tense != "participle" else None
        if found is not None:
            act.inner, act.resume = cue, max(index + 1, found.content)
            return
    phrase = view.at[index] if index < len(view) else None
    if phrase is None or phrase.first != index or own:
        return
    group = coordinated(view, phrase)
    index = group[-1].last
    while index < len(view) and (view.form(index) in ('"', "قد", "نفسه") or view.aside[index]):
        index = view.aside[index] or index + 1
    if index >= len(view) or view.at[index] is not None:
        return
    for cue in view.cues(index):
        content = complement(view, cue, index, index + 1) if cue.form.tense != "participle" else None
        if content is None:
            continue
        _hand_over(view, act, cue, index, content, group)
        return


def _passes_on(entity: Entity) -> bool:
    """Whether an outer speaker only hands on what another said: agencies, outlets and unnamed media do."""
    if entity.type is EntityType.UNNAMED:
        return fold(entity.label_ar).text.split()[:1] != [] and fold(entity.label_ar).text.split()[0] in words(
            "medium-noun"
        )
    return entity.type in MEDIA


def _hand_over(view: View, act: Act, cue: Cue, index: int, content: Complement, group: tuple[NounPhrase, ...]) -> None:
    inner = tuple({e.id: e for p in group for e in p.entities}.values())
    if {e.id for e in inner} == {e.id for e in act.speakers} or not all(_passes_on(e) for e in act.speakers):
        act.inner, act.resume = cue, content.content
        return
    act.chain = [e for e in act.speakers if e not in act.chain] + act.chain
    act.speakers, act.cue, act.outer, act.verb = inner, cue, act.verb, index
    act.content, act.way, act.mark = content.content, content.way, content.mark
    act.rule = "say.nested"
    act.addressee = []
    act.subject = Subject("before", group, group[0].first, group[-1].last)
    _region(view, act, act.subject, cue)
    if content.clausal:
        for deeper in view.cues(content.content):
            if deeper.form.tense != "participle":
                act.inner = deeper


def _transmitters(view: View, act: Act) -> None:
    """Outlets that published or broadcast what the act was said in: `كلمة بثها التلفزيون`."""
    first = 0 if act.first <= _OPENING else act.first
    for index in range(first, act.last):
        if view.form(index) in words("transmit") and not view.quote[index]:
            phrase = next((p for p in view.phrases if index < p.first <= index + 3), None)
            if phrase is not None and not view.governed(phrase):
                act.chain += [e for e in phrase.entities if e not in act.chain and e not in act.speakers]


def _correspondent(view: View, act: Act) -> None:
    """Whom the letter is to that the act was made in: `في رسالة إلى …`, `بعث رسالة تهنئة إلى …`."""
    for phrase in view.phrases:
        if not act.first <= phrase.first < act.last or view.form(phrase.first - 1) not in ("الي", "ل"):
            continue
        near = view.forms[max(act.first, phrase.first - 6) : phrase.first - 1]
        if any(form.lstrip("وبل") in words("letter") or form in words("letter") for form in near):
            act.addressee += [e for e in phrase.entities if e not in act.addressee and e not in act.speakers]


def _bound(view: View, found: list[Act]) -> None:
    """Ends each act where the next one begins."""
    for act, following in pairwise(found):
        act.last = max(act.content, following.first)


def _with_frames(view: View, found: list[Act], frames: list[Attribution]) -> list[Act]:
    """Attribution frames give the acts around them a chain, or speak themselves where there is none."""
    clusters: list[list[Attribution]] = []
    for frame in frames:
        if clusters and frame.first - clusters[-1][-1].last <= 3:
            clusters[-1].append(frame)
        else:
            clusters.append([frame])
    for cluster in clusters:
        sources = [tuple({e.id: e for p in frame.sources for e in p.entities}.values()) for frame in cluster]
        inside = next((act for act in found if act.verb < cluster[0].first < act.mark), None)
        scope = [act for act in found if act.cue is not None and act.cue.form.tense != "participle"]
        if inside is not None and cluster[0].kind == "quoting":
            passed_on = [entity for source in reversed(sources[:-1]) for entity in source]
            inside.chain = passed_on + list(inside.speakers) + [e for e in inside.chain if e not in sources[-1]]
            inside.speakers, inside.rule = sources[-1], "frame.quoting"
        elif scope:
            _pass_on(view, scope, cluster, sources)
        else:
            found.append(_framed(view, cluster, sources))
    return sorted(found, key=lambda act: act.first)


def _pass_on(view: View, scope: list[Act], cluster: list[Attribution], sources: list[tuple[Entity, ...]]) -> None:
    first, last = cluster[0].first, cluster[-1].last
    for act in scope:
        if max(act.verb, act.content) < first < act.last <= last + _REST:
            act.last = first
        act.frame = (first, last)
        chain = [entity for source in reversed(sources) for entity in source if entity not in act.speakers]
        act.chain += [entity for entity in chain if entity not in act.chain]


def _framed(view: View, cluster: list[Attribution], sources: list[tuple[Entity, ...]]) -> Act:
    first, last = cluster[0].first, cluster[-1].last
    leading = first <= 2
    act = Act(
        view,
        "frame.leading" if leading else "frame.trailing",
        0,
        last if leading else 0,
        len(view) if leading else first,
    )
    act.first = first if leading else 0
    act.speakers = sources[-1]
    act.chain = [entity for source in reversed(sources[:-1]) for entity in source]
    act.cue = cluster[-1].verb
    act.estimate = cluster[-1].estimate
    act.mark, act.frame = last, (first, last)
    return act


def _verbless(view: View) -> list[Act]:
    """`فلان: …` in a heading, and a sentence that is a quotation."""
    if view.sentence.zone in (Zone.HEADLINE, Zone.SUBHEAD) and view.phrases:
        phrase = view.phrases[0]
        if phrase.first <= 1 and view.form(phrase.last) == ":":
            act = Act(view, "quote.heading", phrase.first, phrase.last + 1, len(view))
            act.speakers = phrase.entities
            return [act]
    if view.sentence.zone is Zone.BODY and view.quotes:
        quoted = sum(closed - opened + 1 for opened, closed in view.quotes)
        if quoted >= 0.6 * len(view) and view.quotes[0][0] <= 1:
            act = Act(view, "quote.continued", 0, 0, len(view))
            act.subject = Subject("dropped", (), 0, 0)
            return [act]
    return []
