"""Statements: who said what to whom, through whom, how firmly, in which words."""

from __future__ import annotations

from itertools import chain

from kg.frames.act import Act
from kg.frames.answers import with_answers
from kg.frames.attribution import SPEECH
from kg.frames.clauses import resumed
from kg.frames.discourse import Discourse, Voice, topic, unknown, voice
from kg.frames.issuers import addressed_paper, document, estimating, issued_by, own_paper, published, written_by
from kg.frames.lexicon import words
from kg.frames.modality import Commitment, commitment
from kg.frames.paradigm import Form
from kg.frames.reading import Reading
from kg.frames.speech import acts
from kg.frames.timing import when
from kg.frames.view import View, view
from kg.model import Entity, EntityType, Span, Stance, Statement, Zone
from kg.text.fold import fold_key

_READ = frozenset({Zone.HEADLINE, Zone.SUBHEAD, Zone.CAPTION, Zone.BODY})


_HEARD = 4  # speakers of its own sentence that a verb without a subject can point back to
_SPOKEN = (".clause", ".direct")
_STORY = 2  # sentences before the first words of the one they tell of
_WANTING = frozenset(("request", "threat", "pledge", "estimate", "doubt"))  # classes of what may be done without words
_HEAD = 8  # tokens within which a sentence's subject begins
_JUST_NAMED = 4  # tokens between the end of a person's name and the participle that goes on with him
_LONG_NAME = 16  # tokens before that participle within which his name begins


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of an article in the order of the text; ids are `s1`, `s2`, …; entity ids are the reading's.

    Pure; linear in the article's length; raises nothing on any text.
    """
    discourse = Discourse()
    found: list[Statement] = []
    for sentence in reading.sentences:
        if sentence.zone not in _READ or not sentence.may_open(SPEECH):
            continue
        seen = view(reading, sentence)
        for act in _resolved(seen, acts(seen), discourse):
            found.append(_statement(act, f"s{len(found) + 1}"))
    return with_answers(reading, tuple(found))


def _resolved(seen: View, found: list[Act], discourse: Discourse) -> list[Act]:
    """The acts that have a speaker, participles and repeated descriptions merged into the act that they continue."""
    kept: list[Act] = []
    heard: list[Voice] = []
    papers = _papers(seen, discourse)
    for act in found:
        participle = act.cue is not None and act.cue.form.tense == "participle"
        if kept and (participle or _continues(act)):
            kept[-1].last = act.last
            if participle and act.cue is not None:
                kept[-1].participles.append(act.cue)
            continue
        act.speakers = _authors(seen, act, discourse) or _issuers(act.speakers, papers)
        act.chain = [entity for entity in _issuers(tuple(act.chain), papers) if entity.id not in papers]
        spoken = _voice(seen, act, heard, discourse, participle)
        if spoken is not None and not spoken.entities:
            discourse.spoke(spoken)
            heard = [spoken, *heard[:_HEARD]]
        if spoken is None or not spoken.entities:
            continue
        act.speakers = spoken.entities
        _learn(seen, act, discourse)
        if kept and _is_letter(kept[-1]) and act.speakers == kept[-1].speakers:
            letter = kept.pop()
            act.first = letter.first
            act.addressee += letter.addressee
        kept.append(act)
        if not act.nested:
            heard = [spoken, *heard[:_HEARD]]
            discourse.spoke(spoken)
    return kept


def _papers(seen: View, discourse: Discourse) -> dict[str, tuple[Entity, ...]]:
    """The documents of a sentence by entity with who issued each (nobody known: none)."""
    papers: dict[str, tuple[Entity, ...]] = {}
    discourse.issuers |= published(seen)
    discourse.authors = written_by(seen) or discourse.authors
    for phrase in seen.phrases:
        noun = document(seen, phrase)
        if noun:
            issuer = issued_by(seen, phrase)
            if issuer:
                discourse.issuers[noun] = issuer
            papers[phrase.entities[0].id] = discourse.issuers.get(noun, ())
        elif (state := estimating(seen, phrase)) is not None:
            papers[phrase.entities[0].id] = (state,)
    return papers


def _issuers(entities: tuple[Entity, ...], papers: dict[str, tuple[Entity, ...]]) -> tuple[Entity, ...]:
    return tuple({e.id: e for entity in entities for e in papers.get(entity.id) or (entity,)}.values())


def _authors(seen: View, act: Act, discourse: Discourse) -> tuple[Entity, ...]:
    """`وأضاف الكاتبان`: those whose text the article reports."""
    whose = act.subject
    if whose is not None and whose.how in ("after", "unknown") and seen.form(whose.first) in words("author"):
        return discourse.authors
    return ()


def _learn(seen: View, act: Act, discourse: Discourse) -> None:
    """`قالت الوزارة في بيان إن …`: the speaker issued the document."""
    for phrase in seen.phrases_in(act.outer + 1, act.mark):
        noun = document(seen, phrase)
        if noun and not issued_by(seen, phrase):
            discourse.issuers[noun] = act.speakers
    if act.outer >= 0 and "في" in seen.forms[act.outer + 1 : act.mark]:
        for index in range(act.outer + 1, act.mark):
            if seen.form(index) == "في" and (noun := own_paper(seen, index + 1)):
                discourse.issuers[noun] = act.speakers


def _voice(seen: View, act: Act, heard: list[Voice], discourse: Discourse, participle: bool) -> Voice | None:
    """Who speaks: the written subject, or the one that a verb without a subject points back to."""
    if act.speakers:
        written = act.subject is not None and act.subject.how in ("after", "before") and act.rule != "frame.quoting"
        return voice(act.speakers, act.cue.form if written and act.cue else None)
    if act.subject is None:
        return None
    if act.subject.how == "unknown":
        group = _together(seen, act.subject.first, discourse)
        if group is not None:
            return group
        spoke = act.cue is not None and not act.nested and not act.cue.form.pronoun and act.cue.verb.frame.name == "say"
        return unknown(act.cue.form) if spoke and act.cue is not None else None
    phrase = topic(seen, act.verb)
    about = voice(phrase.entities) if phrase is not None else None
    if participle:
        if heard and not heard[0].entities:
            return None
        if phrase is None or phrase.first > _HEAD:
            return _just_named(seen, act) or (discourse.resolve(act.cue.form, []) if act.cue else None)
        if act.cue is not None and about is not None and not _fits(act.cue.form, about):
            return None
        act.first = phrase.first
        return about
    if act.cue is None:
        return discourse.voices[-1] if discourse.voices else None
    if _is_told(seen, act) and not (heard or any(v.agrees(act.cue.form) for v in discourse.voices[-1:])):
        return None
    nearer = heard + ([about] if about else [])
    if heard and _told_within(seen, act, heard[0]):
        return discourse.named_in(seen, act.verb, act.cue.form)
    if about is None and (seen.form(0).lstrip("و") == "اما" or (not heard and _unlisted(seen, act))):
        return None  # أما الإدارة الفلانية فأعلنت …: nobody listed
    if resumed(seen, act.verb):  # بيان أصدرته المنظمة قالت فيه: whoever stands right before
        close = [p for p in seen.phrases_in(max(0, act.verb - _HEAD), act.verb) if not seen.governed(p)]
        paper = addressed_paper(seen, act.verb)
        nearer = [voice(p.entities) for p in chain(paper, reversed(close))] + nearer
    return discourse.resolve(act.cue.form, nearer) or (
        _introduced(seen, act.cue.form) if act.rule.endswith(_SPOKEN) else None
    )


def _just_named(seen: View, act: Act) -> Voice | None:
    """`قام بزيارتها رئيس الوزراء فلان أمس، مؤكدا أن …`: the person named right before the participle."""
    for phrase in reversed(seen.phrases_in(max(0, act.verb - _LONG_NAME), act.verb)):
        near = act.verb - phrase.last <= _JUST_NAMED and seen.form(act.verb - 1) in ("،", ",")
        if not near or seen.governed(phrase) or phrase.joined:
            return None
        named = voice(phrase.entities)
        person = all(entity.type in (EntityType.PERSON, EntityType.ROLE) for entity in phrase.entities)
        return named if person and act.cue is not None and _fits(act.cue.form, named) else None
    return None


def _fits(form: Form, about: Voice) -> bool:
    """Whether a participle's gender can be that of whom the sentence is about."""
    return about.number != "s" or form.number != "s" or about.gender in (form.gender, "b")


def _told_within(seen: View, act: Act, last: Voice) -> bool:
    """`قال الوزير إن السنين أظهرت … وأكدت …`: a verb joined to what is said that does not fit its speaker."""
    form = act.cue.form if act.cue is not None else None
    if form is None or form.pronoun or form.number != "s" or not last.entities or last.number != "s":
        return False
    return seen.form(act.verb) != form.written and not last.agrees(form)


def _unlisted(seen: View, act: Act) -> bool:
    """`حاولت القوى السياسية … وطالبت بـ…`: a verb joined to one of nobody listed, which need not speak."""
    if act.cue is None or act.verb <= _HEAD or seen.form(act.verb) == act.cue.form.written:
        return False
    return act.cue.verb.frame.name in _WANTING


def _is_told(seen: View, act: Act) -> bool:
    """`وأعلن عن مقتل …` may be a passive: nobody is said to tell it."""
    if act.cue is None or act.way != "عن" or act.mark != act.verb + 1:
        return False
    return act.cue.verb.key in words("told-of") and act.cue.form.gender + act.cue.form.number == "ms"


def _introduced(seen: View, form: Form) -> Voice | None:
    """Nobody spoke yet: the first person of the sentence before (or of the one before that) begins to speak."""
    sentences, at = seen.reading.sentences, seen.sentence.index
    for sentence in reversed(sentences[max(0, at - _STORY) : at]):
        if sentence.zone is Zone.BODY:
            for mention in sentence.mentions:
                person = seen.reading.entity(mention.entity)
                if person.type is EntityType.PERSON:
                    heard = voice((person,))
                    return heard if heard.agrees(form) else None
    return None


def _together(seen: View, index: int, discourse: Discourse) -> Voice | None:
    """`وأكدت هذه الدول الثلاث`: as many as spoke together before."""
    for at in range(index, index + 2):
        if seen.form(at) in words("together"):
            size = next((n for n in (3, 4, 5) if seen.form(at + 1) in words(f"count-{n}")), 0)
            return discourse.together(size) if size else None
    return None


def _continues(act: Act) -> bool:
    """`وانتقد القرار ووصفه بأنه …`: the same speaker describes what a pronoun points back to."""
    cue = act.cue
    return cue is not None and act.dropped and cue.verb.frame.name == "describe" and bool(cue.form.pronoun)


def _is_letter(act: Act) -> bool:
    return act.cue is not None and act.cue.verb.frame.name == "letter"


def _statement(act: Act, ident: str) -> Statement:
    seen = act.view
    last = act.last
    while last > act.first + 1 and seen.form(last - 1) in words("trailing"):
        last -= 1
    first = act.content
    while first < last and seen.form(first) in ("،", ",", ":"):
        first += 1
    content = (min(first, last), last)
    speakers = tuple(entity.id for entity in act.speakers)
    held = _held(act, content, speakers)
    span = seen.span(act.first, last)
    said = seen.span(*content)
    return Statement(
        id=ident,
        speaker=speakers,
        modality=held.modality,
        span=span,
        rule=act.rule,
        addressee=tuple(entity.id for entity in act.addressee if entity not in act.speakers),
        chain=tuple(dict.fromkeys(e.id for e in act.chain if e not in act.speakers and not _published(seen, e))),
        date=when(act),
        content=said if said.start < said.end else None,
        quotes=tuple(_inner(seen, opened, closed) for opened, closed in seen.quotes_in(act.first, last)),
        mentions=tuple(dict.fromkeys(m.entity for m in seen.sentence.mentions_in(said))),
        verb=_verb(act),
        stance=act.cue.verb.stance if act.cue else Stance.NEUTRAL,
        polarity=held.polarity,
        certainty=held.certainty,
        timeframe=held.timeframe,
        why=held.why,
    )


def _published(seen: View, entity: Entity) -> bool:
    """Whether an outlet is the article's own publisher, which passes nothing on to itself."""
    publisher = seen.reading.article.publisher
    if publisher is None:
        return False
    names = {fold_key(name) for name in (entity.label_ar, entity.label_en or "")}
    names |= {fold_key(seen.reading.text(mention.head or mention.span)) for mention in entity.mentions}
    return fold_key(publisher) in names


def _inner(seen: View, opened: int, closed: int) -> Span:
    return seen.span(opened + 1, closed) if closed > opened + 1 else seen.span(opened, closed)


def _verb(act: Act) -> str | None:
    return act.view.reading.text(act.view.span(act.verb, act.verb + 1)) if act.verb >= 0 else None


def _held(act: Act, content: tuple[int, int], speakers: tuple[str, ...]) -> Commitment:
    return commitment(act, content, speakers)
