"""A sentence as the grammars of transfers, agreements, meetings and measures walk it.

Its mentions are gathered into groups (`روسيا وإيران` is one), each with the preposition that governs it, so that a role
can be read off a position: a free group may be a subject or an object, `إلى` and `ل` mark who receives, `من` who gives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.frames.lexicon import table
from kg.frames.reading import Reading, Sentence
from kg.frames.triggers import Trigger, Triggers
from kg.model import ACTOR_TYPES, EntityType, Mention, Span
from kg.text.fold import fold
from kg.text.tokens import Token

# What speaks for a state: a person or an office is replaced by its state where the article names that.
_SPOKESMEN = frozenset({EntityType.PERSON, EntityType.ROLE, EntityType.PLACE})
_PARTY_TYPES = (ACTOR_TYPES | {EntityType.PLACE}) - {EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET}
_PARTICLES = "وف"
_GOVERNING = "لبك"
_LONGEST_GROUP = 60  # tokens
CLAUSE_ENDS = frozenset(".؛?!؟")
"""Marks that no frame reaches across."""
_SENTENCE_ENDS = frozenset(".؟?!")  # inside a quotation of several sentences
_REACH = 40  # tokens: how far back a subject is looked for


@cache
def function_words() -> dict[str, frozenset[str]]:
    """`function_words.tsv` by class, folded."""
    return {
        row["class"]: frozenset(fold(word).text for word in row["words"].split("|")) for row in table("function_words")
    }


def bare(form: str) -> str:
    """A folded word without `و` or `ف` before it, when three letters are left."""
    return form[1:] if len(form) > 2 and form[0] in _PARTICLES else form


@cache
def _classes_of_words() -> dict[str, frozenset[str]]:
    """The classes of every function word, and of every one that `و` or `ف` is written onto."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in function_words().items():
        for word in words:
            for form in (word, *(particle + word for particle in _PARTICLES if len(word) > 1)):
                found[form].add(name)
    return {form: frozenset(names) for form, names in found.items()}


def is_word(form: str, *classes: str) -> bool:
    """Whether a folded word belongs to one of some classes of `function_words.tsv`, with or without `و` before it."""
    known = _classes_of_words().get(form)
    return known is not None and not known.isdisjoint(classes)


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions that stand together: tokens `first` to `end` (exclusive), who they are, and what governs them."""

    first: int
    end: int
    members: tuple[str, ...]
    preposition: str
    span: Span
    demonym: bool = False

    @property
    def free(self) -> bool:
        """Whether no preposition governs it."""
        return not self.preposition


class Line:
    """One sentence with its tokens and groups of mentions.

    `groups` are those of what can take part in a frame, in order, adjectives of nationality left out; these are
    `demonyms`, in order.
    """

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.sentence = sentence
        self.tokens: Sequence[Token] = sentence.tokens
        self.forms = sentence.forms
        self.opening: frozenset[int] = frozenset()  # where words of the grammar at work stand
        self._mention_starts = frozenset([sentence.token_at(mention.span.start) for mention in sentence.mentions])
        self.groups = self._groups()
        self._firsts = [group.first for group in self.groups]
        self._starts = {group.first: group for group in self.groups}
        self._covered = {index: group for group in self.groups for index in range(group.first, group.end)}
        self.demonyms = self._demonyms()
        self._demonym_firsts = [group.first for group in self.demonyms]

    @staticmethod
    def of(reading: Reading, sentence: Sentence) -> Line:
        """The line of a sentence, the same for every grammar."""
        known = reading.lines.get(sentence.index)
        if known is None:
            known = reading.lines[sentence.index] = Line(reading, sentence)
        return known

    def __len__(self) -> int:
        return len(self.tokens)

    def form(self, index: int) -> str:
        """The folded form of a token; the empty word outside the sentence."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def ways(self, triggers: Triggers, index: int) -> tuple[Trigger, ...]:
        """The ways to read a token as a trigger; a final ة is no pronoun (`وزارة` is not `وزاره`)."""
        found = triggers.at(self.forms[index]) if 0 <= index < len(self.forms) else ()
        if found and any(way.pronoun == "ه" for way in found):
            last = self.reading.article.text[self.tokens[index].end - 1]
            return tuple(way for way in found if way.pronoun != "ه" or last != "ة")
        return found

    def span(self, first: int, end: int) -> Span:
        """The characters of tokens `first` to `end` (exclusive)."""
        return Span(self.tokens[first].start, self.tokens[end - 1].end)

    def _groups(self) -> tuple[Group, ...]:
        found: list[Group] = []
        for mention in self.sentence.mentions:
            if self.reading.entity(mention.entity).type not in _PARTY_TYPES:
                continue
            if mention.form == "demonym" and not self._nation(mention):
                continue
            group = self._group(mention)
            last = found[-1] if found else None
            if last is not None and self._joins(last, group, mention):
                found[-1] = Group(
                    last.first,
                    group.end,
                    tuple(dict.fromkeys((*last.members, *group.members))),
                    last.preposition,
                    Span(last.span.start, group.span.end),
                )
            else:
                found.append(group)
        return tuple(found)

    def _nation(self, mention: Mention) -> bool:
        """Whether an adjective of nationality stands for the nation: a definite plural of its own (`الأوكرانيون`)."""
        index = self.sentence.token_at(mention.span.start)
        form, before = self.form(index), bare(self.form(index - 1))
        return "ال" in form[:3] and form.endswith(("ون", "ين")) and not before.startswith(("ال", "لل"))

    def _demonyms(self) -> tuple[Group, ...]:
        mentions = (*self.sentence.mentions, *self.sentence.inner)
        found = [self._group(m) for m in mentions if m.form == "demonym"]
        return tuple(sorted(found, key=lambda group: group.first))

    def _group(self, mention: Mention) -> Group:
        first = self.sentence.token_at(mention.span.start)
        end = max(first + 1, self.sentence.token_at(mention.span.end))
        if end < len(self) and self.tokens[end].start < mention.span.end:
            end += 1
        preposition = mention.proclitic[-1:] if mention.proclitic[-1:] in _GOVERNING else ""
        before = first - 2 if is_word(self.form(first - 1), "placenoun") else first - 1
        if not preposition and is_word(self.form(before), "preposition", "goal"):
            preposition = bare(self.form(before))
            if preposition in function_words()["by"] and bare(self.form(first - 2)) in function_words()["source"]:
                preposition = "من قبل"
        if is_word(preposition, "source") and is_word(self.form(first - 2), "each"):  # إلى كل من أ وب
            outer = bare(self.form(first - 3))
            governed = is_word(outer, "preposition", "goal")
            preposition = outer if governed else self.form(first - 2)[:1].replace("ك", "")
        if preposition == "ل" and is_word(self.form(first - 1), "according", "belonging"):
            preposition = "وفقا" if is_word(self.form(first - 1), "according") else "تابع"
        if not preposition and self.form(first - 1) in ("ل", "ب", "لـ", "بـ"):
            preposition = self.form(first - 1)[0]
        if not preposition and self.form(first - 1) == '"':
            quoted = self.form(first - 2)  # عن «كذا»
            governs = quoted in ("ل", "ب") or is_word(quoted, "preposition", "goal")
            preposition = bare(quoted) if governs else ""
        return Group(first, end, (mention.entity,), preposition, mention.span, mention.form == "demonym")

    def _joins(self, last: Group, group: Group, mention: Mention) -> bool:
        if group.first < last.end:
            return group.span == last.span or group.span.start <= last.span.end
        between = [self.form(index) for index in range(last.end, group.first)]
        conjoined = mention.proclitic[:1] == "و" or "و" in between
        if not all(form in ("و", "،", ",", "(", ")", '"', "او", "-") for form in between):
            return False
        if conjoined:
            return group.preposition in ("", last.preposition)
        return bool(between) and between[0] in ("،", ",") and self._listed(group)

    def _listed(self, group: Group) -> bool:
        """Whether a list goes on after a comma: one more member follows it with `و` or another comma."""
        after = self.form(group.end)
        following = group.end + 1 if after in ("،", ",", "و") else group.end
        return after[:1] in ("و", "،", ",") and following in self._mention_starts

    def group_from(self, index: int) -> Group | None:
        """The group that begins at a token."""
        return self._starts.get(index)

    def group_over(self, index: int) -> Group | None:
        """The group that a token belongs to."""
        return self._covered.get(index)

    def is_ambiguous(self, triggers: Triggers, index: int) -> bool:
        """Whether a word may be a verb or its verbal noun (`رفع`, `شحن`), so that only a subject beside it tells."""
        tenses = {way.finite for way in self.ways(triggers, index) if not way.pronoun and not way.particle}
        return len(tenses) > 1

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """The outermost mentions that begin inside an article span."""
        mentions = self.sentence.mentions
        first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
        return mentions[first : bisect_left(mentions, span.end, key=lambda mention: mention.span.start)]

    def groups_in(self, first: int, end: int) -> tuple[Group, ...]:
        """The groups that begin between two tokens, in order."""
        return self.groups[bisect_left(self._firsts, first) : bisect_left(self._firsts, end)]

    def groups_before(self, index: int, reach: int = _REACH) -> list[Group]:
        """The groups that end within `reach` tokens before one, nearest first."""
        near = self.groups_in(index - reach - _LONGEST_GROUP, index)
        return [group for group in reversed(near) if group.end <= index <= group.end + reach]

    def demonyms_in(self, first: int, end: int) -> tuple[Group, ...]:
        """The adjectives of nationality that begin between two tokens, in order."""
        return self.demonyms[bisect_left(self._demonym_firsts, first) : bisect_left(self._demonym_firsts, end)]

    def is_demonym(self, index: int) -> bool:
        """Whether a token is an adjective of nationality or the first of its words."""
        return bool(self.demonyms_in(index, index + 1))

    def subject_after(self, index: int) -> Group | None:
        """The free group right after the token at `index`, adverbs and particles between them passed over."""
        position = index + 1
        while position < min(len(self), index + 5):
            group = self.group_from(position)
            if group is not None:
                return group if group.free else None
            if not is_word(self.form(position), "adverb", "thereby") and self.form(position) != '"':
                return None
            position += 1
        return None

    def subject_before(self, index: int) -> Group | None:
        """The free group right before the token at `index` (`روسيا قد أرسلت`), particles between them passed over."""
        position = index - 1
        while position >= max(0, index - 6):
            group = self.group_over(position)
            if group is not None:
                return group if group.free else None
            if not is_word(self.form(position), "adverb", "negation") and self.form(position) not in ("-", '"'):
                return None
            position -= 1
        return None

    def controller(self, index: int, reach: int = _REACH) -> Group | None:
        """The nearest free group within `reach` tokens before one: who a verbal noun or a dropped subject is about."""
        found = next((g for g in self.groups_before(index, reach) if g.free and not self._dateline(g)), None)
        if found is None or any(self.form(at) in _SENTENCE_ENDS for at in range(found.end, index)):
            return None
        return found

    def _dateline(self, group: Group) -> bool:
        """Whether a group is only where a report was written (`وكالات - القاهرة:`)."""
        return self.form(group.end) == ":" and self.form(group.first - 1) in ("-", "–", ")")

    def parties(self, group: Group | None) -> tuple[str, ...]:
        """The members of a group as parties to a frame: leaders, offices and places give way to their states."""
        if group is None:
            return ()
        members = (self.party(member) for member in group.members)
        return tuple(dict.fromkeys(member for member in members if member is not None))

    def party(self, ident: str) -> str | None:
        """The state that a person, an office, a place or a nation (`الأوكرانيون`) stands for, else the entity itself.

        None for a place that no state of the article holds.
        """
        entity = self.reading.entity(ident)
        nationals = entity.type is EntityType.GROUP and " " not in entity.label_ar.strip()
        if entity.type not in _SPOKESMEN and not nationals:
            return ident
        state = self.reading.states.get(entity.country or "")
        if state is not None:
            return state
        return None if entity.type is EntityType.PLACE else ident
