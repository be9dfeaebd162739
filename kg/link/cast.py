"""The entities of one article as its phrases are read: each phrase finds the one it means, or begins a new one."""

from __future__ import annotations

from kg.find.phrases import Kind, Line, Phrase
from kg.gazetteer.entry import Entry
from kg.link.bodies import Bodies
from kg.link.choice import choose, in_context
from kg.link.drafts import Draft
from kg.link.index import SCORES
from kg.link.knowledge import Knowledge, bare
from kg.link.people import People, same_title
from kg.link.wording import written
from kg.model import ACTOR_TYPES, PLACES, Candidate, EntityType, Link
from kg.text import tokens
from kg.text.fold import fold_key

_PERSONS = frozenset({EntityType.PERSON})
_NOT_NAMES = ".-،"


def _is_medium(line: Line, phrase: Phrase) -> bool:
    """Whether a platform's name says where something was written, not who acts: `عبر تويتر`, `صفحته بموقع تويتر`."""
    before = phrase.first - 1
    while line.form(before) in ('"', "،", "("):
        before -= 1
    return phrase.proclitic.endswith("ب") or line.form(before) in line.lexicon.sets["before_platforms"]


def _word(line: Line, phrase: Phrase, index: int) -> str:
    """A word of a name without article, the first without particles too: `برلمان` of `للبرلمان`."""
    form = line.form(index)
    if index == phrase.first and phrase.proclitic:
        form = form.removeprefix(phrase.proclitic)
        if phrase.definite and form[:1] == "ل":
            return form[1:]
    return tokens.bare(form)


class Cast:
    """All drafts of an article. `line` arguments are the sentence that a phrase stands in."""

    def __init__(self, knowledge: Knowledge, day: str | None = None) -> None:
        self.knowledge = knowledge
        self.drafts: list[Draft] = []
        self.people = People(knowledge, day)
        self.bodies = Bodies()
        self._by_key: dict[str, Draft] = {}
        self._unnamed: dict[str, Draft] = {}
        self._unnamed_by_word: dict[str, Draft] = {}

    def of_key(self, key: str | None) -> Draft | None:
        """The draft of a gazetteer key, new where the article has not named it yet."""
        if key is None:
            return None
        known = self._by_key.get(key)
        entry = self.knowledge.gazetteer.get(key) if known is None else None
        if known is not None or entry is None:
            return known
        return self._of_entry(entry)

    def has(self, key: str) -> bool:
        """Whether the article has an entity of this key already."""
        return key in self._by_key

    def _of_entry(self, entry: Entry, label: str | None = None) -> Draft:
        draft = self._by_key.get(entry.key)
        if draft is None:
            country = entry.key if entry.type is EntityType.STATE else entry.country
            draft = self._new(
                Draft(entry.type, label or entry.label_ar, entry.label_en or None, entry, country=country)
            )
            self._by_key[entry.key] = draft
            if entry.type is EntityType.PERSON:
                draft.parts = tuple(fold_key(entry.label_ar).split())
                self.people.add(draft)
            else:
                self.bodies.add(draft, bare(entry.label_ar).split()[0])
        return draft

    def _new(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft

    def of_phrase(self, line: Line, phrase: Phrase) -> Draft | None:
        """The draft that a phrase with a name means; None for one that only refers (see `kg.link.references`)."""
        if phrase.key is not None:
            return self.of_key(phrase.key)
        if phrase.kind is Kind.PERSON:
            return self._person(line, phrase)
        if phrase.hit is not None and phrase.kind is Kind.NAME:
            return self._hit(line, phrase)
        if phrase.kind is Kind.BODY:
            return self._body(line, phrase)
        if phrase.kind in (Kind.UNNAMED, Kind.DOCUMENT):
            return self._source(line, phrase)
        return None

    def _hit(self, line: Line, phrase: Phrase) -> Draft | None:
        chosen = choose(self.knowledge, self._by_key, line, phrase.hit, phrase) if phrase.hit else None
        if chosen is None:
            return self._party(line, phrase) if phrase.type is EntityType.POLITICAL_PARTY else None
        entry, how, runner_up = chosen
        if entry.key in line.lexicon.sets["platforms"] and _is_medium(line, phrase):
            return None
        draft = self._of_entry(entry)
        self._link(draft, line, phrase, how, runner_up)
        if entry.type not in (EntityType.PERSON, EntityType.STATE, EntityType.PLACE):
            indexes = [index for index in range(*phrase.name) if line.demonym(index) is None]
            words = tuple(_word(line, phrase, index) for index in indexes)
            self.bodies.remember(draft, words, words[0] if words and line.lexicon.knows(words[0]) else "")
        return draft

    def _party(self, line: Line, phrase: Phrase) -> Draft | None:
        """A party that bears the name of another country's: `الحزب الجمهوري` where no United States are told of."""
        if phrase.name[0] != phrase.first or not line.lexicon.knows(line.form(phrase.first)):
            return None
        words = tuple(_word(line, phrase, index) for index in range(*phrase.name))
        draft = self.bodies.same(words, None) or self._new_body(line, phrase.with_(country=None))
        self.bodies.remember(draft, words, words[0])
        return draft

    def _link(self, draft: Draft, line: Line, phrase: Phrase, how: str, runner_up: Candidate | None) -> None:
        if draft.link is not None and (draft.link.score >= SCORES[how] or draft.link.normalisation == how):
            return
        surface = written(line, phrase.name, phrase)
        if how == "folded" and draft.entry and surface in draft.entry.names:
            how = "exact"
        draft.link = Link(
            surface, line.span(*phrase.name), how, SCORES[how], runner_up, self.knowledge.gazetteer.version
        )

    def _person(self, line: Line, phrase: Phrase) -> Draft | None:
        parts = tuple(
            token.form
            for token in line.tokens[slice(*phrase.name)]
            if token.form not in _NOT_NAMES and token.form != '"'
        )
        if parts and phrase.proclitic and phrase.name[0] == phrase.first:
            parts = (parts[0].removeprefix(phrase.proclitic), *parts[1:])
        draft = self.people.by_name(parts) if phrase.hit is None or len(parts) == 1 else None
        if draft is None and phrase.hit is not None:
            draft = self._hit(line, phrase)
        if draft is None and (len(parts) > 1 or phrase.title_class):
            draft = self._alike(line, phrase, parts) or self._new_person(line, phrase, parts)
        if draft is None:
            return None
        if len(parts) > len(draft.parts) and draft.entry is None and parts[-1] not in ("بن", "عبد"):
            draft.label = written(line, phrase.name, phrase)
            draft.parts = parts
        self.people.learn(draft, parts)
        if phrase.nickname is not None:
            self.people.learn(draft, tuple(line.form(index) for index in range(*phrase.nickname)))
        if phrase.title_class and phrase.title_class != "peer":
            before = written(line, (phrase.first, phrase.name[0]), phrase)
            draft.role = draft.role or before or (phrase.title if phrase.last > phrase.name[1] else None) or None
            if not phrase.former and phrase.office:
                draft.offices.add(same_title(bare(phrase.office)))
            office = self.knowledge.office(bare(phrase.office or phrase.title), phrase.country)
            draft.office = draft.office or (office.key if office else None)
            draft.country = draft.country or phrase.country
        if phrase.latin and draft.label_en is None:
            draft.label_en = line.span(*phrase.latin).of(line.text)
        return draft

    def _new_person(self, line: Line, phrase: Phrase, parts: tuple[str, ...]) -> Draft:
        draft = self._new(Draft(EntityType.PERSON, written(line, phrase.name, phrase), parts=parts))
        self.people.add(draft)
        return draft

    def _alike(self, line: Line, phrase: Phrase, parts: tuple[str, ...]) -> Draft | None:
        """The person of the gazetteer whose name a full name is a spelling of: of the title's state, or of one that the
        article names. The nearest that were not taken are kept with the person.
        """
        if len(parts) < 2:
            return None
        shortened = self.knowledge.index.shortened(" ".join(parts), phrase.country) if phrase.country else None
        if shortened is not None:
            draft = self._of_entry(shortened)
            self._link(draft, line, phrase, "middle", None)
            return draft
        lookup = self.knowledge.index.alike(" ".join(parts), _PERSONS, phrase.country)
        if lookup.entry is None or lookup.best is None or not in_context(self._by_key, line, lookup.entry):
            if not lookup.tried and lookup.best is None:
                return None
            draft = self._new_person(line, phrase, parts)
            draft.candidates = ((lookup.best,) if lookup.best else ()) + lookup.tried
            return draft
        draft = self._of_entry(lookup.entry)
        if draft.link is None:
            surface = written(line, phrase.name, phrase)
            version = self.knowledge.gazetteer.version
            span = line.span(*phrase.name)
            draft.link = Link(surface, span, lookup.normalisation, lookup.best.score, lookup.runner_up, version)
        return draft

    def _body(self, line: Line, phrase: Phrase) -> Draft | None:
        head = bare(phrase.title)
        words = tuple(word for word in map(bare, phrase.words) if word)
        name = (*head.split()[:1], *words) if phrase.title else words
        entry = self.knowledge.body(name, phrase.country) or self._qualified(line, head, words, phrase.country)
        if entry is not None:
            plain = not entry.wikidata and all(inner.type in PLACES for inner in phrase.inner)
            label = written(line, phrase.name, phrase)
            # الخارجية الفلانية is labelled as the ministry, الجيش in الشرطة والجيش الفلانيين as the army
            whole = bare(label).startswith(head) and not label.endswith(("ين", "ان"))
            draft = self._of_entry(entry, label if plain and whole else None)
            self._link(draft, line, phrase, "grammar", None)
        else:
            draft = self.bodies.same(name, phrase.country) or self._new_body(line, phrase)
        self.bodies.remember(draft, name, head)
        draft.country = draft.country or phrase.country
        return draft

    def _qualified(self, line: Line, head: str, words: tuple[str, ...], country: str | None) -> Entry | None:
        """The body that an adjective only qualifies: `الحكومة الشرعية الفلانية`, `الجيش الفلاني النظامي`."""
        sets = line.lexicon.sets
        if head not in sets["qualified_heads"] or not words or not set(words) <= sets["qualifiers"]:
            return None
        return self.knowledge.body((head,), country)

    def _new_body(self, line: Line, phrase: Phrase) -> Draft:
        label_en = line.span(*phrase.latin).of(line.text) if phrase.latin else None
        label = written(line, phrase.name, phrase)
        return self._new(Draft(phrase.type, label, label_en, country=phrase.country))

    def bare_body(self, line: Line, phrase: Phrase) -> Draft | None:
        """`الحكومة` and the like where the article names none in full: a source of this article only."""
        if not phrase.enclitic and bare(phrase.title) in line.lexicon.sets["speaking_bodies"]:
            return self._source(line, phrase.with_(kind=Kind.UNNAMED))
        return self.speaking(line, phrase)

    def speaking(self, line: Line, phrase: Phrase) -> Draft | None:
        """`قال المفتي`, `أكدت الشركة`: whoever stands right after a verb of saying is a source of this article."""
        verb = line.form(phrase.first - 1).lstrip("وف")
        speaks = verb in line.lexicon.sets["people_say"] or verb in line.lexicon.sets["things_show"]
        return None if phrase.enclitic or not speaks else self._source(line, phrase.with_(kind=Kind.UNNAMED))

    def has_source(self, word: str) -> bool:
        """Whether a source without a name was called by this word before."""
        return bare(word) in self._unnamed_by_word

    def _source(self, line: Line, phrase: Phrase) -> Draft:
        label = written(line, phrase.name, phrase)
        key = fold_key(label)
        kind = EntityType.GROUP if phrase.type is EntityType.GROUP else EntityType.UNNAMED
        again = self._unnamed_by_word.get(bare(label)) if phrase.definite and " " not in key else None
        draft = again or self._unnamed.get(key)  # المصادر: those named last
        if draft is None:
            draft = self._new(Draft(kind, label, country=phrase.country))
            owners = [self.of_phrase(line, inner) for inner in phrase.inner]
            draft.affiliation = [owner for owner in owners if owner is not None and owner.type in ACTOR_TYPES]
            state = self.of_key(phrase.country) if phrase.country else None
            if state is not None and not draft.affiliation:
                draft.affiliation.append(state)
        self._unnamed[key] = draft
        self._unnamed_by_word[bare(label).split()[0]] = draft
        return draft

    def _of_one_body(self, line: Line, phrase: Phrase) -> str | None:
        """The head of a body by the body: `زعيم جماعة كذا`, `زعيم كذا`."""
        bodies = {inner.key for inner in phrase.inner if inner.key is not None}
        bodies |= {line.entry(inner.hit).key for inner in phrase.inner if inner.hit is not None}
        named = phrase.title_class == "head" and len(bodies) == 1
        return f"{bare(phrase.title)} {bodies.pop()}" if named else None

    def office(self, line: Line, phrase: Phrase) -> Draft:
        """An office without a name: the gazetteer's where it holds it, else the words as written."""
        entry = self.knowledge.office(bare(phrase.office or phrase.title), phrase.country)
        label = written(line, phrase.name, phrase)
        if entry is not None:
            return self._by_key.get(entry.key) or self._of_entry(entry, None if entry.wikidata else label)
        key = "office " + (self._of_one_body(line, phrase) or bare(label))
        draft = self._unnamed.get(key)
        if draft is None:
            # an office of no state or body that the article tells is a person it leaves unnamed
            told = phrase.country or any(
                inner.type in ACTOR_TYPES and inner.kind is not Kind.DESCRIPTION for inner in phrase.inner
            )
            if bare(phrase.title) in line.lexicon.sets["one_of_many"]:
                told = False  # عضو في مجلس كذا: one of many
            if bare(phrase.office) in line.lexicon.sets["vague_offices"]:
                told = False  # الوزير الفلاني, of whom the article says no more
            draft = self._new(Draft(EntityType.ROLE if told else EntityType.UNNAMED, label, country=phrase.country))
            state = self.of_key(phrase.country)
            draft.affiliation = [state] if state is not None else []
            self._unnamed[key] = draft
        return draft
