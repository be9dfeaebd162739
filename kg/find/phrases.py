"""Noun phrases that mean somebody or something, as the grammars of this package find them in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kg.find.lexicon import BODY, SONS, Lexicon, lexicon
from kg.find.names import Hit, Names
from kg.gazetteer.entry import Entry
from kg.model import OUTLETS, PLACES, EntityType, Span
from kg.text.fold import fold_key
from kg.text.tokens import Token, bare

_PAST = [""] * 64  # more than any grammar looks ahead or back
_SHORT_LATIN = 5  # letters
_NO_BODIES = (EntityType.STATE, EntityType.PLACE, EntityType.PERSON, EntityType.EVENT, EntityType.WEAPON)


class Kind(StrEnum):
    """How a phrase means its entity."""

    NAME = "name"  # a gazetteer name
    PERSON = "person"  # a person's name, with or without title
    OFFICE = "office"  # a title without a name: وزير الخارجية الروسي
    BODY = "body"  # a body named by grammar: وزارة الخارجية الروسية
    DESCRIPTION = "description"  # الوزارة، المسؤول الروسي، بلاده
    UNNAMED = "unnamed"
    DOCUMENT = "document"
    DEMONYM = "demonym"
    PLACE = "place"  # a place that no list holds


class Phrase(NamedTuple):
    """A phrase at tokens `first` to `last` (exclusive); `name` are the tokens of the name inside it.

    `country` is the gazetteer key of the state that an adjective or a complement names; `office` is the title with its
    complements, folded, without articles and adjectives of nationality; `words` are the content words of a body's name.
    """

    kind: Kind
    first: int
    last: int
    name: tuple[int, int]
    type: EntityType
    proclitic: str = ""
    definite: bool = False
    hit: Hit | None = None
    title: str = ""
    title_class: str = ""
    office: str = ""
    country: str | None = None
    former: bool = False  # the office is no longer held
    words: tuple[str, ...] = ()
    enclitic: str = ""
    latin: tuple[int, int] | None = None
    nickname: tuple[int, int] | None = None  # the tokens in brackets of another name of the same person
    inner: tuple[Phrase, ...] = ()
    key: str | None = None  # of the entry that an adjective names: المقاتلين الحوثيين
    label: str = ""  # of a name whose words do not stand side by side: مجلس الشيوخ in مجلسي النواب والشيوخ

    def with_(self, **changes: object) -> Phrase:
        """A copy with some fields changed."""
        return self._replace(**changes)  # type: ignore[arg-type]  # the names are this class's own


@dataclass(slots=True, eq=False)
class Line:
    """One sentence as the grammars see it: tokens, gazetteer hits by first token, and the article's own text."""

    tokens: Sequence[Token]
    hits: dict[int, list[Hit]]
    text: str
    names: Names
    context: frozenset[str] = frozenset()  # keys of the states that the article names beyond doubt
    lexicon: Lexicon = field(default_factory=lexicon)
    forms: list[str] = field(init=False)  # of the tokens, and empty strings past the end, which also stand before it
    _named: dict[int, Hit | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forms = [token[0] for token in self.tokens] + _PAST

    def form(self, index: int) -> str:
        """The folded form of a token, the empty string past either end."""
        return self.forms[index]

    def hit(self, index: int) -> Hit | None:
        """The longest name at a token that is not only an adjective of nationality."""
        if index not in self.hits:
            return None
        if index not in self._named:
            self._named[index] = next((self._as_quoted(hit) for hit in self.hits[index] if self._is_name(hit)), None)
        return self._named[index]

    def _as_quoted(self, hit: Hit) -> Hit:
        """A name of a medium and of something else: the medium in quotation marks (`«الشرق الأوسط»`) only."""
        if len(hit.references) == 1:
            return hit
        quoted = self.form(hit.first - 1) == '"' and self.form(hit.last) == '"'
        kept = tuple(r for r in hit.references if (self.names.entries[r.entry].type in OUTLETS) is quoted)
        return hit._replace(references=kept) if 0 < len(kept) < len(hit.references) else hit

    def _is_name(self, hit: Hit) -> bool:
        return any(not reference.demonym for reference in hit.references) and self._plausible(hit)

    def _plausible(self, hit: Hit) -> bool:
        """Whether a name that is also an everyday word (`مالي`, `بان`) is meant as a name here.

        It must be written as the gazetteer writes it, hamza and all; a place needs a word of place or a particle before
        it, a body its head word (`تنظيم القاعدة`); for a person `kg.link.cast` looks for a title.
        """
        if hit.last - hit.first > 1:
            return True
        if hit.references[0].normalisation == "quoted":
            return self._tells_outlet(hit.first)
        token = self.tokens[hit.first]
        if token.form in self.lexicon.sets["no_names"]:
            return False  # لصالح: in favour of
        if (
            token.is_latin and len(token.form) <= _SHORT_LATIN
        ):  # who, us: words of English unless written as the name is
            entry = self.entry(hit)
            written = token.span.of(self.text)
            return written in entry.names or written in entry.short_ar
        if self.demonym(hit.first) is not None and self.entry(hit).type is not EntityType.STATE:
            return False  # الفرنسية: the adjective, not the agency
        if self._is_first_name(hit):
            return False  # فارس الفلاني, a person and not the agency
        stem = token.form[len(hit.proclitic) :]
        if hit.definite:
            stem = stem[2:] if stem.startswith("ال") else stem[1:]
        entry = self.entry(hit)
        place = entry.type in PLACES
        everyday = stem in self.lexicon.words if place else self.lexicon.is_listed(stem)
        if hit.definite and stem.endswith("يه") and entry.type in OUTLETS:
            everyday = True  # السومرية: an adjective, where no head word says that it is a channel
        if place and stem in self.lexicon.name_parts and stem != bare(fold_key(entry.label_ar)):
            return False  # سليمان, an alias of the islands
        if not everyday or (not place and stem in self.lexicon.name_parts):
            return True
        surface = self.span(hit.first, hit.last).of(self.text)
        names = (*entry.names_ar, *entry.short_ar)
        if not any(surface.endswith(name.removeprefix("ال")) for name in names):
            return False
        if entry.type is EntityType.PERSON:
            return True
        if not place:
            before = hit.first - 2 if self.form(hit.first - 1) == '"' else hit.first - 1
            if entry.type in OUTLETS and self.form(before) in self.lexicon.sets["before_media"]:
                return True
            return before >= 0 and self.lexicon.at(BODY, self.tokens, before) is not None
        sets, preceding = self.lexicon.sets, self.form(hit.first - 1)
        if entry.type is EntityType.STATE and hit.definite:
            return True
        if hit.definite:  # العقبة, the town or an obstacle
            return entry.country in self.context or preceding in sets["city_before"] | sets["before_places"]
        return hit.proclitic.endswith(("ل", "ب")) or preceding in sets["before_places"]

    def _tells_outlet(self, index: int) -> bool:
        """Whether one word in quotation marks is an outlet: by the word before them where it is an everyday word."""
        sets, before = self.lexicon.sets, self.form(index - 2)
        if self.form(index - 1) == "(" or self.lexicon.is_listed(self.form(index)):
            return before in sets["before_media"] or before[1:] in sets["before_media"]
        return before not in sets["no_outlets"]

    def _is_first_name(self, hit: Hit) -> bool:
        """Whether one word that names a body is rather the first name of a person: no head word stands before it, but
        a father's or a family's name behind.
        """
        kind, form = self.entry(hit).type, self.form(hit.first)
        if kind in _NO_BODIES or hit.proclitic or form not in self.lexicon.name_parts:
            return False
        before, after = self.form(hit.first - 1), self.form(hit.last)
        if before == '"' or self.lexicon.at(BODY, self.tokens, hit.first - 1) is not None:
            return False
        family = after.startswith("ال") and len(after) > 4 and not self.lexicon.is_common(after)
        return after in SONS or after in self.lexicon.name_parts or (family and not self.lexicon.knows(after))

    def demonym(self, index: int) -> Hit | None:
        """The longest adjective of nationality at a token."""
        if index not in self.hits:
            return None
        for hit in self.hits[index]:
            if any(reference.demonym for reference in hit.references):
                return hit if self._is_nationality(hit) else None
        return None

    def _is_nationality(self, hit: Hit) -> bool:
        """Whether an adjective that is also an everyday word (`مالي`, `مجرى`) is meant as one of nationality."""
        sets, stem = self.lexicon.sets, bare(self.form(hit.first).removeprefix(hit.proclitic))
        if stem in sets["adjectives_with_ya"]:
            return self.is_folded_from(hit.first, "ي")
        return stem not in sets["adjectives_in_context"] or self.entry(hit, demonym=True).key in self.context

    def entry(self, hit: Hit, demonym: bool = False) -> Entry:
        """The entry that a hit means, as a name or an adjective; of several the one whose state the article names."""
        if len(hit.references) == 1:
            return self.names.entries[hit.references[0].entry]
        entries = [self.names.entries[r.entry] for r in hit.references if r.demonym == demonym]
        if len(entries) > 1:
            entries.sort(key=lambda entry: (not {entry.key, entry.country} & self.context, entry.type.value != "State"))
        if entries:
            return entries[0]
        return self.names.entries[hit.references[0].entry]

    def type_of(self, hit: Hit) -> EntityType:
        """The type of the first entry that a hit names."""
        return self.entry(hit).type

    def country_of(self, hit: Hit) -> str | None:
        """The state that a hit means or belongs to."""
        entry = self.entry(hit)
        return entry.key if entry.type is EntityType.STATE else entry.metonym_of or entry.country

    def nationality(self, hit: Hit) -> str | None:
        """The state that an adjective names."""
        entry = self.entry(hit, demonym=True)
        return entry.key if entry.type is EntityType.STATE else entry.country

    def span(self, first: int, last: int, cut: int = 0) -> Span:
        """The article's characters of tokens `first` to `last`, without the first `cut` letters."""
        return Span(self.tokens[first].start + cut, self.tokens[last - 1].end)

    def is_folded_from(self, index: int, last_char: str) -> bool:
        """Whether a token is written with this last letter (`على` and `علي` fold alike)."""
        return self.text[self.tokens[index].end - 1] == last_char
