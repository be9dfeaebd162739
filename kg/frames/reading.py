"""What the frame grammars read: an article's sentences with their tokens and the entities mentioned in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.frames.triggers import OPENERS
from kg.link.entities import link_entities
from kg.model import ACTOR_TYPES, Article, EdtfDate, Entity, EntityType, Mention, PublicationDate, Segment, Span, Zone
from kg.text.dates import find_dates, resolve
from kg.text.fold import Folded, fold
from kg.text.published import published_date
from kg.text.segment import segment
from kg.text.tokens import Token, tokenize

if TYPE_CHECKING:
    from kg.frames.line import Line

SPEAKING_TYPES = ACTOR_TYPES | {EntityType.UNNAMED}
_UNDATED = PublicationDate(None)


class Sentence:
    """One sentence (heading, caption …) of the article.

    `mentions` are the outermost ones in order of position and never overlap, except that a pair (`الجانبان`) has one
    mention for each of its members on the same span; a name inside a longer one (the state in `جيش كوريا الشمالية`, the
    ministry in `المتحدث باسم وزارة الدفاع فلان`) stands in `inner`. A mention's span is the whole phrase with title and
    apposition and without the particles before it; its `head` is the name alone. `forms` are the tokens' folded forms,
    `actors` the mentions of what can act or speak: actors and unnamed sources, adjectives of nationality left out;
    `span`, `zone` and `paragraph` are its segment's.
    """

    def __init__(
        self,
        index: int,
        segment: Segment,
        tokens: tuple[Token, ...],
        mentions: tuple[Mention, ...] = (),
        inner: tuple[Mention, ...] = (),
        names: Mapping[str, Entity] = MappingProxyType({}),
    ) -> None:
        self.index = index
        self.segment = segment
        self.span: Span = segment.span
        self.zone: Zone = segment.zone
        self.paragraph: int = segment.paragraph
        self.tokens = tokens
        self.forms = [token.form for token in tokens]
        self.mentions = mentions
        self.inner = inner
        self.actors = tuple([m for m in mentions if m.form != "demonym" and names[m.entity].type in SPEAKING_TYPES])
        self._starts = [token.start for token in tokens]
        self._mention_starts = [mention.span.start for mention in mentions]
        self._opens = {at: opens for at, opens in enumerate(map(OPENERS.__getitem__, self.forms)) if opens}
        self._opens_together: int = reduce(or_, self._opens.values(), 0)
        self._openings: dict[int, list[int]] = {}

    def opening(self, bit: int) -> list[int]:
        """Where the words stand that pass a test of `triggers.OPENERS`, by its bit, in order."""
        known = self._openings.get(bit)
        if known is None:
            together = self._opens_together
            known = [index for index, opens in self._opens.items() if opens & bit] if together & bit else []
            self._openings[bit] = known
        return known

    def may_open_at(self, index: int, bit: int) -> bool:
        """Whether the word at an index passes that test."""
        return bool(self._opens.get(index, 0) & bit)

    def may_open(self, bit: int) -> bool:
        """Whether any of its words passes that test."""
        return bool(self._opens_together & bit)

    def token_at(self, position: int) -> int:
        """The index in `tokens` of the first token that ends after an article offset (their number past the last)."""
        index = bisect_left(self._starts, position)
        return index - 1 if index and self.tokens[index - 1].end > position else index

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that begin inside an article span."""
        return self.tokens[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """The outermost mentions that lie wholly inside an article span, in order."""
        first = bisect_left(self._mention_starts, span.start)
        last = bisect_left(self._mention_starts, span.end, first)
        return tuple(m for m in self.mentions[first:last] if span.covers(m.span))


class Reading:
    """An article as read: what every frame grammar starts from. All spans are in the article's own characters.

    `date_starts` is where each of `dates` is written, `states` the entity ids of the states the article mentions by
    gazetteer key, `lines` the sentences as some grammars walk them, by index, once asked for.
    """

    def __init__(
        self,
        article: Article,
        folded: Folded,
        segments: tuple[Segment, ...],
        sentences: tuple[Sentence, ...],
        entities: tuple[Entity, ...],
        published: PublicationDate = _UNDATED,
        dates: tuple[EdtfDate, ...] = (),
    ) -> None:
        self.article = article
        self.folded = folded
        self.segments = segments
        self.sentences = sentences
        self.entities = entities
        self.published = published
        self.dates = dates
        self.date_starts = [date.span.start if date.span else 0 for date in dates]
        self.states = {e.key: e.id for e in entities if e.type is EntityType.STATE and e.key is not None}
        self.lines: dict[int, Line] = {}
        self._by_id = {entity.id: entity for entity in entities}
        self._sentence_starts = [sentence.span.start for sentence in sentences]

    def sentence_index(self, position: int) -> int:
        """The index of the last sentence that begins at or before a character; -1 before the first."""
        return bisect_right(self._sentence_starts, position) - 1

    def entity(self, ident: str) -> Entity:
        """The entity of an id; KeyError for an unknown one."""
        return self._by_id[ident]

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """The outermost mentions wholly inside a span, in order."""
        return tuple(m for s in self.sentences if s.span.overlaps(span) for m in s.mentions_in(span))

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that begin inside a span, in order."""
        return tuple(t for s in self.sentences if s.span.overlaps(span) for t in s.tokens_in(span))

    def text(self, span: Span) -> str:
        """The characters of a span."""
        return span.of(self.article.text)


def read_article(article: Article) -> Reading:
    """Everything the frame grammars need of one article. Pure; linear in its length; raises nothing on any text."""
    folded = fold(article.text)
    segments = segment(folded, article.title)
    tokens = tokenize(folded)
    sentences = split_tokens(segments, tokens)
    mentioned = find_dates(folded, tokens)
    published = published_date(article, folded, segments, mentioned)
    dates = tuple(known for mention in mentioned if (known := resolve(mention, published)) is not None)
    entities = link_entities(folded, segments, sentences, day=_day(published))
    names = {entity.id: entity for entity in entities}
    return Reading(article, folded, segments, _with_mentions(segments, sentences, names), entities, published, dates)


def _day(published: PublicationDate) -> str | None:
    """A published date that offices can be compared with: the beginning of an interval, without marks of doubt."""
    return published.date.edtf.split("/")[0].rstrip("~?%") or None if published.date else None


def split_tokens(segments: tuple[Segment, ...], tokens: list[Token]) -> list[tuple[Token, ...]]:
    """The tokens of each segment; those between segments are left out."""
    starts = [token.start for token in tokens]
    found, first = [], 0
    for piece in segments:
        first = bisect_left(starts, piece.span.start, first)
        last = bisect_left(starts, piece.span.end, first)
        found.append(tuple(tokens[first:last]))
        first = last
    return found


def _with_mentions(
    segments: tuple[Segment, ...], tokens: list[tuple[Token, ...]], entities: dict[str, Entity]
) -> tuple[Sentence, ...]:
    mentions = sorted(
        (mention for entity in entities.values() for mention in entity.mentions),
        key=lambda mention: (mention.span.start, -mention.span.end),
    )
    sentences, at = [], 0
    for index, piece in enumerate(segments):
        outer: list[Mention] = []
        inner: list[Mention] = []
        while at < len(mentions) and mentions[at].span.start < piece.span.end:
            mention = mentions[at]
            nested = bool(outer) and outer[-1].span != mention.span and mention.span.start < outer[-1].span.end
            (inner if nested else outer).append(mention)
            at += 1
        sentences.append(Sentence(index, piece, tokens[index], tuple(outer), tuple(inner), entities))
    return tuple(sentences)
