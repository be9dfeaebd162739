"""Words that refer to what is named elsewhere: `بلاده`, `البلدان`, `الوزارة`, `الرئيس`, `المسؤول الأميركي`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from kg.find.lexicon import TITLE, UNNAMED
from kg.find.phrases import Kind, Line, Phrase
from kg.find.speaking_words import CLASS
from kg.link.cast import Cast
from kg.link.drafts import Draft
from kg.link.knowledge import bare
from kg.link.people import same_title
from kg.model import OUTLETS, EntityType

_AUTHORS = {"مؤلف": "كاتب", "مؤلفه": "كاتبه"}
_SPOKES = frozenset(("متحدث", "متحدثه"))
_KINGDOM = "saudi-arabia"
_OFTEN = 2  # mentions
_EARLY = 100  # mentions
_MOST = 200  # mentions of one sentence that a reference looks at, so that no length of a sentence is costly
_WINDOW = 4  # sentences that a pair is looked for in
_KEPT = 8  # sentences for which two together stay the two that were meant


def _bodies_of(line: Line, phrase: Phrase) -> frozenset[str]:
    """The gazetteer keys of the bodies that an office names (`الأمين العام لحزب الله`)."""
    named = (inner.hit for inner in phrase.inner if inner.hit is not None and inner.type is not EntityType.STATE)
    return frozenset(line.entry(hit).key for hit in named)


def _stands_for(draft: Draft) -> bool:
    """Whether a person holds an office of the state, so that `الجانبان` may mean the state: not an envoy of others."""
    if draft.entry is None or not draft.entry.offices:
        return bool(draft.offices)
    return any(office.of == draft.country for office in draft.entry.offices)


def _of_no_state(draft: Draft) -> bool:
    """Whether a person holds an office that does not tell of which state: `قائد الحرس الثوري فلان`."""
    return draft.country is None and bool(draft.offices)


@dataclass(slots=True)
class Seen:
    """An entity as mentioned in a sentence, in order; `outer` is False for an adjective or a name inside another.

    `placed` tells that it is where something is (`في اليمن`).
    """

    draft: Draft
    sentence: int
    outer: bool
    placed: bool = False


class References:
    """What was mentioned so far, and what a referring phrase means by it."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._seen: list[Seen] = []
        self._begins: dict[int, int] = {}  # where in `_seen` each sentence begins
        self._counts: dict[int, int] = {}
        # whom two together meant last, and in which sentence
        self._pairs: dict[EntityType, tuple[int, list[Draft]]] = {}

    def saw(self, draft: Draft, sentence: int, outer: bool, placed: bool = False) -> None:
        """An entity was mentioned."""
        self._begins.setdefault(sentence, len(self._seen))
        self._seen.append(Seen(draft, sentence, outer, placed))
        if draft.type is EntityType.STATE:
            self._counts[id(draft)] = self._counts.get(id(draft), 0) + 1

    def meant_by(self, line: Line, sentence: int, phrase: Phrase, outer: bool) -> tuple[list[Draft], str]:
        """The drafts that a phrase refers to, and the form of that mention (description or pronoun).

        An office inside another phrase (not `outer`) means its holder or nothing.
        """
        if phrase.title_class == "own":
            owner = self._owner(sentence)
            return ([owner] if owner else []), "pronoun"
        if phrase.title_class == "writers":
            two = self._first_two_persons()
            unnamed = None if two else self._cast.of_phrase(line, phrase.with_(kind=Kind.UNNAMED))
            return ([unnamed], "description") if unnamed is not None else (two, "pronoun")
        if phrase.title_class in ("states", "people", "sides"):
            return self._pair(phrase.title_class, sentence), "pronoun"
        if phrase.title_class == "kingdom":
            kingdom = self._cast.of_key(self._kingdom(line))
            return ([kingdom] if kingdom else []), "description"
        if phrase.kind is Kind.OFFICE:
            family = self._family(line, phrase)
            if family is not None:
                return [family], "short"
            holder = self._cast.people.by_office(phrase, _bodies_of(line, phrase))
            if holder is None and outer:
                holder = self._cast.office(line, phrase)
            return ([holder] if holder else []), "description"
        if phrase.type is EntityType.ROLE:
            person = self._cast.people.by_office(phrase) if phrase.definite else None
            if person is None and outer and phrase.definite:
                person = self._cast.speaking(line, phrase)
            return ([person] if person else []), "description"
        body = self._body(line, sentence, phrase)
        return ([body] if body else []), "description"

    def official(self, line: Line, phrase: Phrase) -> Draft | None:
        """`المسؤول الأميركي` after a named American: that person; None where it is a source of its own.

        `الباحث` after `الباحث فلان`: that person too.
        """
        if phrase.kind is Kind.UNNAMED and phrase.title_class == CLASS:
            words = bare(line.span(*phrase.name).of(line.text)).split()
            return self._of_title(words[:1] if phrase.definite else words) if phrase.definite or words[1:] else None
        if phrase.kind is Kind.UNNAMED and phrase.definite and phrase.country is None and not phrase.inner:
            spokesman = self._spokesman(bare(phrase.title))
            if spokesman is not None:
                return spokesman
        if (
            not phrase.definite
            or phrase.kind is not Kind.UNNAMED
            or bare(phrase.title) not in line.lexicon.sets["official_singular"]
        ):
            return None
        if phrase.country is None:  # المسؤول المحلي: the official named last
            latest = next(iter(self._cast.people.latest()), None)
            return latest if latest is not None and latest.offices and not self._cast.has_source(phrase.title) else None
        term = line.lexicon.at(UNNAMED, line.tokens, phrase.first)
        if term is None or not term.definite:
            return None
        people = [d for d in self._cast.people.latest() if d.country == phrase.country or _of_no_state(d)]
        ranks = line.lexicon.of_kind(TITLE, "rank")  # an official rather than an officer
        return next((draft for draft in people if draft.offices - ranks), next(iter(people), None))

    def _spokesman(self, word: str) -> Draft | None:
        """The person named last whose office begins with a word for a spokesman: `المتحدث الرسمي` on its own."""
        head = same_title(word)
        if head not in _SPOKES:
            return None
        people = self._cast.people.latest()
        return next((draft for draft in people if any(o.split()[0] == head for o in draft.offices if o)), None)

    def _of_title(self, words: list[str]) -> Draft | None:
        """The person named last with a title that begins with the first of these words and ends with the last."""
        for draft in self._cast.people.latest():
            for title in chain(draft.offices, (bare(draft.role or ""),)):
                held = title.split()
                if (
                    held
                    and _AUTHORS.get(held[0], held[0]) == _AUTHORS.get(words[0], words[0])
                    and (len(words) == 1 or words[-1] in held[1:])
                ):
                    return draft
        return None

    def _body(self, line: Line, sentence: int, phrase: Phrase) -> Draft | None:
        if phrase.enclitic:
            owner = self._owner(sentence)
            return self._cast.bodies.by_head(phrase.title, owner.country) if owner and owner.country else None
        return self._cast.bodies.by_head(phrase.title, phrase.country) or self._cast.bare_body(line, phrase)

    def _owner(self, sentence: int) -> Draft | None:
        """The state of who speaks or acts: of the first person of this sentence, else of those before, else a state."""
        for back in range(_WINDOW):
            here = [seen for seen in self._of(sentence - back) if seen.outer]
            people = [seen.draft for seen in here if seen.draft.type is EntityType.PERSON and seen.draft.country]
            if people:
                return self._cast.of_key(people[0].country)
            states = [seen.draft for seen in here if seen.draft.country and seen.draft.type not in OUTLETS]
            if states:
                return self._cast.of_key(states[0].country)
        return None

    def _of(self, sentence: int) -> list[Seen]:
        """What was mentioned so far in a sentence, the first of it where that is very much."""
        begin = self._begins.get(sentence)
        found = [] if begin is None else self._seen[begin : begin + _MOST]
        return [seen for seen in found if seen.sentence == sentence]

    def _pair(self, kind: str, sentence: int) -> list[Draft]:
        """Who two together are: the pair named last; the one meant before, where that is only places and adjectives."""
        wanted = EntityType.PERSON if kind == "people" else EntityType.STATE
        before, known = self._pairs.get(wanted, (0, []))
        for back in range(_WINDOW):
            seen = self._of(sentence - back)
            drafts = [self._as(one.draft, wanted) for one in seen if not one.placed]
            pair = list(dict.fromkeys(draft for draft in drafts if draft is not None))
            if len(pair) >= 2:
                pair = pair[:2] if len(pair) == 2 else self._most_named(pair, wanted)
                acting = [self._as(one.draft, wanted) for one in seen if one.outer and not one.placed]
                if known and sentence - before <= _KEPT and not all(draft in acting for draft in pair):
                    pair = known
                self._pairs[wanted] = (sentence, pair)
                return pair
        if wanted is EntityType.STATE:
            states = [draft for draft in self._cast.drafts if draft.type is EntityType.STATE and draft.mentions]
            if len(states) >= 2:
                return self._most_named(states, wanted)
        return self._cast.people.latest()[1::-1] if len(self._cast.people.latest()) >= 2 and kind != "states" else []

    def _family(self, line: Line, phrase: Phrase) -> Draft | None:
        """The person whose family's name is the adjective of nationality after a rank: `العميد التركي`."""
        form = line.form(phrase.last - 1)
        if phrase.title_class not in ("rank", "honorific") or phrase.last - phrase.first != 2:
            return None
        return next((draft for draft in self._cast.people.latest() if draft.parts[-1:] == (form,)), None)

    def _kingdom(self, line: Line) -> str | None:
        """The key of the state that `المملكة` means: the Arab kingdom named last, or whose people were; else one that
        the article names at all; Saudi Arabia where it names no kingdom.
        """
        kingdoms = line.lexicon.sets["kingdoms"]
        latest = [seen.draft for seen in self._seen[: -_MOST - 1 : -1]]
        for draft in chain(latest, self._cast.drafts[:_MOST]):
            if draft.country in kingdoms and self._tells_of(draft):
                return draft.country
        return None if line.context & line.lexicon.sets["other_kingdoms"] else _KINGDOM

    def _tells_of(self, draft: Draft) -> bool:
        """Whether a kingdom is more than named once in passing: one of several in a list of states."""
        often = self._counts.get(id(draft), 0) >= _OFTEN
        return draft.type is not EntityType.STATE or draft.country == _KINGDOM or often

    def _first_two_persons(self) -> list[Draft]:
        """The first two persons that one sentence names together, as those who wrote what is told."""
        by_sentence: dict[int, list[Draft]] = {}
        for seen in self._seen[:_EARLY]:
            if seen.outer and seen.draft.type is EntityType.PERSON:
                together = by_sentence.setdefault(seen.sentence, [])
                if seen.draft not in together:
                    together.append(seen.draft)
                if len(together) == 2:
                    return together
        return []

    def _as(self, draft: Draft, wanted: EntityType) -> Draft | None:
        if draft.type is wanted:
            return draft
        if wanted is EntityType.STATE and draft.type is EntityType.PERSON and draft.country and _stands_for(draft):
            return self._cast.of_key(draft.country)
        return None

    def _most_named(self, drafts: list[Draft], wanted: EntityType) -> list[Draft]:
        if wanted is EntityType.PERSON:
            return drafts[:2]
        best = sorted(drafts, key=lambda draft: -self._counts.get(id(draft), 0))[:2]
        return [draft for draft in drafts if draft in best]
