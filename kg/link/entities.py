"""Entities of an article with every place where each is named, described or referred to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.grammar import phrases
from kg.find.lexicon import lexicon
from kg.find.names import Hit
from kg.find.phrases import Kind, Line, Phrase
from kg.find.speakers import verbs_before_speakers, with_speakers
from kg.find.speaking_words import CLASS
from kg.gazetteer.entry import Entry
from kg.link.cast import Cast
from kg.link.drafts import Draft
from kg.link.knowledge import Knowledge, knowledge
from kg.link.places import means_the_city
from kg.link.references import References
from kg.model import Entity, EntityType, Segment, Span, Zone
from kg.text.fold import Folded
from kg.text.tokens import Token, splits

_PARTICLES = "وفبلك"


def link_entities(
    folded: Folded,
    segments: tuple[Segment, ...],
    sentences: list[tuple[Token, ...]],
    known: Knowledge | None = None,
    day: str | None = None,
) -> tuple[Entity, ...]:
    """The entities of an article in order of their first mention; `sentences` are the tokens of each segment.

    `day` is the article's own date (EDTF), which tells who held an office then.

    Names in full are read first, so that a headline's short name finds the person whom the body names; then every
    phrase in order finds what it means. Pure and linear in the article's length.
    """
    known = known or knowledge()
    hits = known.names.find(sentences)
    context = _context(known, sentences, hits)
    lines = [
        Line(tokens, found, folded.original, known.names, context)
        for tokens, found in zip(sentences, hits, strict=True)
    ]
    read = [
        with_speakers(line, phrases(line)) if segment.zone is not Zone.WIDGET else []
        for line, segment in zip(lines, segments, strict=True)
    ]
    cast = Cast(known, day)
    introduced: dict[int, Draft] = {}
    for line, found in zip(lines, read, strict=True):
        for phrase in found:
            _introduce(cast, line, phrase, introduced)
    reader = _Reader(cast, introduced)
    names = cast.people.surnames()
    surnames = {particle + name: particle for particle in ("", *_PARTICLES) for name in sorted(names)}
    doubtful = cast.people.doubtful_surnames()
    for number, (line, found) in enumerate(zip(lines, read, strict=True)):
        for phrase in _with_surnames(line, found, surnames, doubtful):
            reader.mention(line, number, phrase, outer=True)
    return _finished(cast)


def _context(known: Knowledge, sentences: list[tuple[Token, ...]], hits: list[dict[int, list[Hit]]]) -> frozenset[str]:
    """The states that an article names or whose adjective it uses, where that can mean nothing else."""
    entries = known.names.entries
    found = set()
    doubtful = lexicon().sets["adjectives_in_context"]
    for tokens, sentence in zip(sentences, hits, strict=True):
        for first, rows in sentence.items():
            references = rows[0].references
            entry = entries[references[0].entry]
            if len(references) != 1 or entry.type is not EntityType.STATE or entry.key in found:
                continue
            if not references[0].demonym or doubtful.isdisjoint(stem for _, _, stem in splits(tokens[first].form)):
                found.add(entry.key)
    return frozenset(found)


def _introduce(cast: Cast, line: Line, phrase: Phrase, introduced: dict[int, Draft]) -> None:
    """Take in the names that stand in full; `introduced` holds what each such phrase means, by the phrase's `id`."""
    for inner in phrase.inner:
        _introduce(cast, line, inner, introduced)
    draft: Draft | None = None
    if phrase.kind is Kind.PERSON and phrase.name[1] - phrase.name[0] > 1:
        draft = cast.of_phrase(line, phrase)
    elif phrase.kind is Kind.NAME and phrase.hit is not None:
        full = any(r.normalisation != "short" and not r.demonym for r in phrase.hit.references)
        if full and not _is_capital(line, phrase):
            draft = cast.of_phrase(line, phrase)
    elif phrase.kind is Kind.BODY and phrase.country and phrase.words:
        draft = cast.of_phrase(line, phrase)
    elif phrase.kind is Kind.DEMONYM:
        cast.of_key(phrase.country)
    if draft is not None:
        introduced[id(phrase)] = draft


def _with_surnames(line: Line, found: list[Phrase], surnames: dict[str, str], doubtful: frozenset[str]) -> list[Phrase]:
    """The phrases of a sentence and, between them, every lone word that is the surname of somebody in the article.

    `surnames` are all the ways to write one, with the particle that stands before it; `doubtful` are those that are
    words of the language too and mean the person right after a verb of saying: `وأكدت رجوي أن`.
    """
    here = {token[0] for at, token in enumerate(line.tokens) if token[0] in doubtful and _after_verb(line, at)}
    surnames = {**surnames, **dict.fromkeys(here, "")} if here else surnames
    places = [
        index
        for index, token in enumerate(line.tokens)
        if token[0] in surnames and not (token[0].endswith("علي") and line.is_folded_from(index, "ى"))
    ]
    if not places:
        return found
    found = [phrase for phrase in found if not (_only_place(phrase) and line.form(phrase.first) in surnames)]
    found = [part for phrase in found for part in _own_words(line, phrase, surnames)]
    covered = {index for phrase in found for index in range(phrase.first, phrase.last)}
    extra = [
        Phrase(Kind.PERSON, at, at + 1, (at, at + 1), EntityType.PERSON, surnames[line.form(at)])
        for at in places
        if at not in covered
    ]
    return sorted([*found, *extra], key=lambda phrase: phrase.first) if extra else found


def _after_verb(line: Line, at: int) -> bool:
    return at > 0 and line.form(at - 1) in verbs_before_speakers()


def _own_words(line: Line, phrase: Phrase, surnames: dict[str, str]) -> list[Phrase]:
    """A short name without the noun after it that was taken for a part of it: `وصف زاده محادثات المبعوث`."""
    first, last = phrase.name
    swallows = (
        phrase.kind is Kind.PERSON
        and phrase.hit is None
        and first == phrase.first
        and last > first + 1
        and line.form(first) in surnames
        and line.form(first + 1) not in line.lexicon.name_parts
        and line.lexicon.is_common(line.form(first + 1))
    )
    if not swallows:
        return [phrase]
    return [phrase.with_(last=first + 1, name=(first, first + 1), inner=()), *phrase.inner]


def _only_place(phrase: Phrase) -> bool:
    """Whether one word was taken for a speaker by its place alone."""
    return phrase.kind is Kind.UNNAMED and phrase.title_class == CLASS and phrase.last - phrase.first == 1


def _is_capital(line: Line, phrase: Phrase) -> bool:
    return phrase.hit is not None and line.entry(phrase.hit).metonym_of is not None


class _Reader:
    """Gives every phrase its entity, in order."""

    def __init__(self, cast: Cast, introduced: dict[int, Draft]) -> None:
        self._cast = cast
        self._introduced = introduced
        self._references = References(cast)

    def mention(self, line: Line, number: int, phrase: Phrase, outer: bool) -> None:
        """Record what a phrase and the names inside it mean."""
        for draft, form, place in self._meant(line, number, phrase, outer):
            span, head = _spans(line, phrase)
            draft.mention(span, form, phrase.proclitic, head, place)
            self._references.saw(draft, number, outer and form != "demonym", line.form(phrase.first - 1) == "في")
            if draft.type is EntityType.PERSON:
                self._cast.people.touch(draft)
            if form == "short" and phrase.kind is Kind.OFFICE:
                return  # العميد التركي: the family's name, no state
        for inner in phrase.inner:
            self.mention(line, number, inner, outer=False)

    def _meant(self, line: Line, number: int, phrase: Phrase, outer: bool) -> Iterator[tuple[Draft, str, str | None]]:
        if phrase.kind is Kind.DEMONYM:
            state = self._cast.of_key(phrase.country)
            if state is not None and (state.type is not EntityType.GROUP or state.mentions):
                yield state, "demonym", None  # العالم العربي names no group of states that acts
        elif phrase.kind in (Kind.OFFICE, Kind.DESCRIPTION):
            drafts, form = self._references.meant_by(line, number, phrase, outer)
            for draft in drafts:
                yield draft, form, None
        elif _is_capital(line, phrase) and phrase.kind is Kind.NAME and phrase.hit is not None:
            place = line.entry(phrase.hit)
            if means_the_city(line, phrase.first, phrase.proclitic):
                draft_or_none = self._cast.of_phrase(line, phrase)
                if draft_or_none is not None:
                    yield draft_or_none, "name", None
            elif (actor := self._cast.of_key(self._seated_in(line, place))) is not None:
                yield actor, "metonym", place.key
        else:
            person = self._references.official(line, phrase)
            found = person or self._introduced.get(id(phrase)) or self._cast.of_phrase(line, phrase)
            if found is not None:
                yield found, _form(phrase, person), None

    def _seated_in(self, line: Line, capital: Entry) -> str | None:
        """The key of who acts from a capital: the state, or a body of many states where the article names it."""
        body = line.lexicon.seats.get(capital.key)
        return body if body is not None and self._cast.has(body) else capital.metonym_of


def _form(phrase: Phrase, person: Draft | None) -> str:
    if person is not None or phrase.kind in (Kind.UNNAMED, Kind.DOCUMENT):
        return "description"
    if phrase.kind is Kind.PERSON and phrase.name[1] - phrase.name[0] == 1:
        return "short"
    return "name"


def _spans(line: Line, phrase: Phrase) -> tuple[Span, Span | None]:
    """(the whole phrase, its name where that is a part) in the article, without the particles before the first word."""
    cut = _letters(line, phrase.first, len(phrase.proclitic)) if phrase.proclitic else 0
    whole = line.span(phrase.first, phrase.last, cut)
    first, last = phrase.name
    if first == phrase.first and last == phrase.last:
        return whole, None
    return whole, line.span(first, max(last, first + 1), cut if first == phrase.first else 0)


def _letters(line: Line, index: int, count: int) -> int:
    """How many characters of the original token its first `count` folded letters take, marks included."""
    token = line.tokens[index]
    if token.end - token.start == len(token.form):
        return count
    at = 0
    text = token.span.of(line.text)
    while count and at < len(text):
        count -= text[at].isalpha() and text[at] != "ـ"
        at += 1
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _finished(cast: Cast) -> tuple[Entity, ...]:
    drafts = [draft for draft in cast.drafts if draft.mentions]
    drafts.sort(key=lambda draft: min(draft.mentions))
    ids = {id(draft): f"e{number}" for number, draft in enumerate(drafts, 1)}
    return tuple(draft.finish(ids[id(draft)], ids) for draft in drafts)
