"""How a statement is held: the class of its verb, read together with what is said and how it is negated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.frames import agreement
from kg.frames.act import MEDIA, Act
from kg.frames.complement import CLAUSAL
from kg.frames.lexicon import Cue, words
from kg.frames.said import JUDGING, is_future, said
from kg.model import Certainty, Entity, Modality, Polarity, Timeframe

_ANSWERING = frozenset(("say", "deny", "admit", "find", "unable"))  # classes whose negation leaves a claim open
_FUTURE = 8  # tokens within which the content's future stands
_FUTURE_PARTICLES = frozenset(("سوف", "لن", "وسوف", "ولن"))
_CLAUSES = 3  # further clauses of a content that are read for a promise
_SUBJECT = 6  # tokens within which the content's own subject stands
_ESTIMATES = frozenset(("قدر", "قدرون"))  # without the letter of the person
_PARTICLES = ("و", "ب", "ل")
_BY_VERB = frozenset({Modality.DENIED, Modality.PLEDGED, Modality.REQUESTED, Modality.ESTIMATED, Modality.ALLEGED})


@dataclass(frozen=True, slots=True)
class Commitment:
    """A modality with its finer axes and the reasons for it, one a line."""

    modality: Modality
    polarity: Polarity
    certainty: Certainty
    timeframe: Timeframe
    why: tuple[str, ...]


def commitment(act: Act, content: tuple[int, int], speakers: tuple[str, ...]) -> Commitment:
    """What the speakers of an act commit themselves to; `content` is the token range of what is said."""
    return _Reader(act, content, speakers).read()


class _Reader:
    def __init__(self, act: Act, content: tuple[int, int], speakers: tuple[str, ...]) -> None:
        self.act = act
        self.view = act.view
        self.first, self.last = content
        self.speakers = speakers
        self.said = said(self.view, content, act.way)
        self.head = self.said.head

    def read(self) -> Commitment:
        """The modality by the verb, else by the verb that heads the content, else by the content's own words."""
        modality, reason = self._of_verb()
        why = [reason] if reason else []
        inner = self.act.inner
        if inner is not None and self._appreciates(inner):
            inner = None
        if inner is not None and modality is Modality.ASSERTED and inner.verb.frame.modality in _BY_VERB:
            modality = inner.verb.frame.modality
            why.append(f"content begins with {inner.verb.past}: {inner.verb.frame.name}")
        if modality is Modality.ASSERTED and self.act.estimate:
            modality = Modality.ESTIMATED
            why.append("the source is an estimate")
        if modality is Modality.ASSERTED:
            found = self._of_content()
            if found is not None:
                modality, reason = found
                why.append(reason)
        return Commitment(
            modality, self._polarity(modality), self._certainty(modality), self._timeframe(modality), tuple(why)
        )

    def _of_verb(self) -> tuple[Modality, str]:
        cue = self.act.cue
        if cue is None:
            return Modality.ASSERTED, ""
        kind = cue.verb.frame
        reason = f"{cue.verb.past}: {kind.name}"
        if self.act.negated and kind.name in _ANSWERING:
            return Modality.UNCONFIRMED, f"{reason}, negated"
        if kind.name == "reject" and any(form in words("no-comment") for form in self.head[:2]):
            return Modality.UNCONFIRMED, f"{reason} to comment"
        further = next((p.verb.frame for p in self.act.participles if p.verb.frame.modality in _BY_VERB), None)
        if further is not None and (kind.name in JUDGING or (cue.form.pronoun and self.act.way == "مفعول")):
            return further.modality, f"{reason}, going on to {further.name}"
        if kind.name == "warn" and self.act.way == "من" and self._spoken_to():
            return Modality.REQUESTED, f"{reason} someone off something"
        if self._appreciates(cue):
            return Modality.ASSERTED, f"{cue.verb.past}: esteems, does not estimate"
        return kind.modality, reason

    def _appreciates(self, cue: Cue) -> bool:
        """`نقدر هذا الموقف تقديرا عاليا`: to esteem is not to estimate."""
        return cue.verb.key == "قدر" and self.said.esteems()

    def _spoken_to(self) -> bool:
        """Whether a bare object stands between the verb (and its subject) and the content: the one warned."""
        subject = self.act.subject
        first = subject.last if subject is not None and subject.how == "after" else self.act.verb + 1
        return first < self.act.mark and self.view.form(first)[0].isalpha() and not self.view.is_preposition(first)

    def _of_content(self) -> tuple[Modality, str] | None:
        for test in (
            self.said.untrue,
            self.said.ignorant,
            self.said.noun,
            self.said.believes,
            self.said.must,
            self._binds_itself,
            self._hedged,
            self._accuses,
        ):
            found = test()
            if found is not None:
                return found
        return None

    def _binds_itself(self) -> tuple[Modality, str] | None:
        """A future whose subject is the speaker, the speaker's state or what belongs to the speaker; media foretell."""
        if self.act.speakers and all(entity.type in MEDIA for entity in self.act.speakers):
            return None
        if self.act.cue is not None and self.act.cue.verb.frame.name in JUDGING:
            return None
        if self.head and self.head[0] in words("question"):  # متى سنقف …؟
            return None
        starts = words("clause-start")
        clauses = [index + 1 for index, form in enumerate(self.said.forms(), self.first) if form in starts]
        for start in (self.first, *clauses[:_CLAUSES]):
            for index in range(start, min(self.last, start + _FUTURE)):
                form = self.view.form(index)
                if form in _FUTURE_PARTICLES or is_future(form) or form in words("intend") or self._i_will(index):
                    if self._own_subject(start, index):
                        return Modality.PLEDGED, f"{form}: a future of the speaker's own"
                    if any(word in words("price") for word in self.view.forms[index : index + 4]):
                        return Modality.PLEDGED, f"{form}: a threat to make others pay"
                    break
        return None

    def _i_will(self, index: int) -> bool:
        """Whether a word is a future of the first person as the article writes it: `سأحاول`."""
        return self.view.form(index).startswith("سا") and self.view.written(index).startswith("سأ")

    def _own_subject(self, start: int, index: int) -> bool:
        if any(word in words("self-possession") for word in self.view.forms[start : min(index, start + 2)]):
            return True
        if self.view.form(index) in words("done-future"):
            return False
        if self.view.form(index) in words("be-future"):
            behind = self.view.phrase_at(index + 1)  # وأنه سيكون لها أثر
            if self.view.form(index + 1) in words("existential") or (behind is not None and behind.preposition == "ل"):
                return False
        named = self.view.phrases_in(start, index)
        if named:  # أن الاستثمارات في بلاده ستصل إلى …: not those that a preposition governs
            return any(self._stands_for(e) for p in named if not self.view.governed(p) for e in p.entities)
        form, following = self.view.form(index), self.view.form(index + 1)
        first_person = form in _FUTURE_PARTICLES and following[:1] in ("ن", "ا")
        spoken = (
            bool(self.view.quote[index]) or self.act.way == "قول" or self.view.form(self.act.mark) in words("we-that")
        )
        if index == start > self.first and self.view.form(start - 1) in words("and-own"):
            return self._about_itself()
        if index == start and following in ("ذلك", "هناك"):  # أنه سيعقب ذلك حفل
            return False
        return index == start or first_person or (spoken and form.startswith(("سن", "سا")))

    def _about_itself(self) -> bool:
        """Whether a further clause's pronoun (`…، وإنها سترسل`) can mean the speaker, as the first clause tells."""
        if self.act.way not in CLAUSAL or self.view.form(self.act.mark) in words("own-that"):
            return True
        subject = next(iter(self.view.phrases_in(self.first, self.first + _SUBJECT)), None)
        return subject is not None and any(self._stands_for(entity) for entity in subject.entities)

    def _stands_for(self, entity: Entity) -> bool:
        return entity.id in self.speakers or (
            entity.key is not None and any(speaker.country == entity.key for speaker in self.act.speakers)
        )

    def _hedged(self) -> tuple[Modality, str] | None:
        if self.head and self.head[0] in ("اذا", "لو"):
            return Modality.ESTIMATED, "what would follow if"
        hedges = _joined("hedge")
        for offset, form in enumerate(self.head):
            turns = self.head[offset + 1 : offset + 2] and self.head[offset + 1] in words("while")
            if form == "،" and (turns or self._goes_on(self.first + offset + 1)):
                break
            if form in hedges:
                bare = form[1:] if form[0] in _PARTICLES else form
                if not (bare[1:] in _ESTIMATES and self.said.esteems()):
                    return Modality.ESTIMATED, f"hedged by {form}"
            if (
                form == "قد"
                and offset + 1 < len(self.head)
                and self.head[offset + 1][0] in "يتن"
                and len(self.head[offset + 1]) > 3
                and not self.head[offset + 1].endswith("ت")
                and self.head[offset + 1] not in words("past-as-present")
                and not self._past_behind(offset)
            ):
                return Modality.ESTIMATED, "قد with a present tense: possible"
        return None

    def _past_behind(self, offset: int) -> bool:
        """Whether the verb behind `قد` is a past that begins as a present does: `كان قد تلقى`, `أن الوزير قد تلقى`."""
        before = self.head[offset - 1] if offset else ""
        if before in ("كان", "كانت", "كانوا"):
            return True
        phrase = next(iter(self.view.phrases_in(self.first, self.last)), None)
        if phrase is None or before != self.view.form(phrase.last - 1) or self.head[offset + 1][0] != "ت":
            return False
        named = self.view.form(phrase.first).removeprefix("ال")
        return named in words("masculine-head") or agreement.gender(phrase.entities[0]) == "m"

    def _goes_on(self, index: int) -> bool:
        """Whether a further clause of the content begins, whose doubt is its own (`تلقت كذا، وستستخدمه على الأرجح`)."""
        form = self.view.form(index)
        return form[:1] == "و" and is_future(form)

    def _accuses(self) -> tuple[Modality, str] | None:
        """What another is said to have done wrong; those who only report, and those who judge, accuse nobody."""
        cue = self.act.cue
        if cue is not None and cue.verb.frame.name in JUDGING | {"admit"}:
            return None
        if not self.act.speakers or all(entity.type in MEDIA for entity in self.act.speakers):
            return None
        subject = next(iter(self.view.phrases_in(self.first, self.first + _SUBJECT)), None)
        own = subject is not None and any(self._stands_for(entity) for entity in subject.entities)
        if own or self.view.form(self.act.mark) in words("own-that"):
            return None
        forms = self.said.forms()
        spoken = (
            form
            for at, form in enumerate(forms, self.first)
            if form in words("flagrant") and not self.said.fought(at) and not self.said.supposed(at)
        )
        flagrant = next(spoken, None)
        if flagrant is not None:
            return Modality.ALLEGED, f"speaks of {flagrant}"
        if not self._others() or any(form in words("negation") for form in self.head[:4]):
            return None
        hostile = _joined("hostile")
        for index, form in enumerate(forms, self.first):
            if form in hostile and not self.said.fought(index):
                return Modality.ALLEGED, f"speaks of another's {form}"
            if form in words("guilty") and self.said.blamed(index):
                return Modality.ALLEGED, f"says who is {form}"
        if subject is not None and not words("supply").isdisjoint(forms):
            arms = next((form for form in forms if form in words("arms") or form[1:] in words("arms")), None)
            return (Modality.ALLEGED, f"speaks of another's {arms}") if arms is not None else None
        return None

    def _others(self) -> bool:
        """Whether the content mentions an actor, if only by an adjective, that the speaker does not stand for."""
        said = self.view.span(self.first, self.last)
        mentions = self.view.sentence.mentions_in(said)
        return any(not self._stands_for(self.view.reading.entity(mention.entity)) for mention in mentions)

    def _polarity(self, modality: Modality) -> Polarity:
        doubts = self.act.cue is not None and self.act.cue.verb.frame.name == "doubt"
        if modality is Modality.DENIED or doubts:
            return Polarity.NEGATIVE
        if modality is Modality.UNCONFIRMED:
            return Polarity.UNDERSPECIFIED
        return Polarity.NEGATIVE if any(form in words("negation") for form in self.head[:4]) else Polarity.POSITIVE

    def _certainty(self, modality: Modality) -> Certainty:
        if modality in (Modality.UNCONFIRMED, Modality.REQUESTED):
            return Certainty.UNDERSPECIFIED
        if not words("possible").isdisjoint(self.head):
            return Certainty.POSSIBLE
        return Certainty.PROBABLE if modality is Modality.ESTIMATED else Certainty.CERTAIN

    def _timeframe(self, modality: Modality) -> Timeframe:
        if modality in (Modality.PLEDGED, Modality.REQUESTED):
            return Timeframe.FUTURE
        for form in self.head[:8]:
            if form in ("سوف", "لن") or is_future(form):
                return Timeframe.FUTURE
            if form in ("لم", "كان", "كانت", "كانوا", "تم"):
                return Timeframe.PAST
            if form[0] in "يت" and len(form) > 3 and not form.endswith(("ه", "ات")):
                return Timeframe.PRESENT
        return Timeframe.UNDERSPECIFIED


@cache
def _joined(kind: str) -> frozenset[str]:
    """The words of a kind with and without the particles `و`, `ب`, `ل` before them."""
    return frozenset(particle + word for word in words(kind) for particle in ("", *_PARTICLES))
