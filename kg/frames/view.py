"""A sentence by token index, as the grammar of attribution walks over it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kg.frames.lexicon import Cue, joined_cues, nominals, words
from kg.frames.reading import Reading, Sentence
from kg.frames.triggers import OPENERS
from kg.model import Entity, EntityType, Mention, Span

_NOT = frozenset(("لم", "لا", "لن"))
_PLACES = frozenset({EntityType.PLACE, EntityType.WEAPON, EntityType.EVENT})
_LONGEST_ASIDE = 25  # tokens between dashes; longer ones are no aside
_IDENTITY = 6  # tokens from `طلب` to `اسمه`
_LONGEST_NAME = 4  # words between quotation marks that can be a title or nickname


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """What one or several mentions on the same words mean: tokens `first` to `last` (exclusive) of the sentence."""

    first: int
    last: int
    entities: tuple[Entity, ...]
    proclitic: str
    form: str

    @property
    def preposition(self) -> str:
        """The one-letter preposition written onto it, or nothing."""
        return self.proclitic.lstrip("وف")

    @property
    def joined(self) -> bool:
        """Whether `و` is written onto it and nothing else."""
        return self.proclitic == "و"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its entities."""
        return tuple(entity.id for entity in self.entities)


@dataclass(slots=True)
class View:
    """The tokens of a sentence with what stands at each.

    `forms` are the folded words; `at` gives the noun phrase that covers a token; `aside` holds the end of the aside
    (between dashes or brackets) that a token lies in, or 0; `quote` the number of the quotation (from 1), or 0;
    `quotes` the first and last token of each quotation, marks included; `verbs` the verbs of saying by token,
    `nouns` the verbal nouns that a noun phrase follows.
    """

    reading: Reading
    sentence: Sentence
    forms: list[str]
    phrases: list[NounPhrase]
    at: list[NounPhrase | None]
    aside: list[int]
    quote: list[int]
    quotes: list[tuple[int, int]]
    verbs: dict[int, tuple[Cue, ...]] = field(default_factory=dict)
    nouns: dict[int, Cue] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.forms)

    def form(self, index: int) -> str:
        """The folded word at an index, "" outside the sentence."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def cues(self, index: int) -> tuple[Cue, ...]:
        """The verbs of saying that the word at an index may be a form of."""
        return self.verbs.get(index, ())

    def phrase_at(self, index: int) -> NounPhrase | None:
        """The noun phrase that covers the token at an index, if any; none outside the sentence."""
        return self.at[index] if 0 <= index < len(self.at) else None

    def phrases_in(self, first: int, last: int) -> list[NounPhrase]:
        """The noun phrases that begin at tokens `first` to `last` (exclusive), in order."""
        return self.phrases[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def quotes_in(self, first: int, last: int) -> list[tuple[int, int]]:
        """The quotations that begin at tokens `first` to `last` (exclusive), in order."""
        return self.quotes[bisect_left(self.quotes, (first, 0)) : bisect_left(self.quotes, (last, 0))]

    def written(self, index: int) -> str:
        """The word at an index as the article writes it."""
        token = self.sentence.tokens[index]
        return self.reading.article.text[token.start : token.end]

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens `first` to `last` (exclusive)."""
        tokens = self.sentence.tokens
        if first >= last or first >= len(tokens):
            at = tokens[first].start if first < len(tokens) else self.sentence.span.end
            return Span(at, at)
        return Span(tokens[first].start, tokens[last - 1].end)

    def is_preposition(self, index: int) -> bool:
        """Whether the word at an index is a preposition, `و` or `ف` before it or not."""
        form = self.form(index)
        return form in words("preposition") or (form[:1] in ("و", "ف") and form[1:] in words("preposition"))

    def before(self, phrase: NounPhrase) -> str:
        """The word before a noun phrase, an opening quotation mark passed over."""
        index = phrase.first - 1
        return self.form(index - 1 if self.form(index) == '"' else index)

    def governed(self, phrase: NounPhrase) -> bool:
        """Whether a preposition stands before a noun phrase, written onto it or apart."""
        if phrase.preposition in ("ب", "ل", "ك"):
            return True
        before = phrase.first - 1
        while before >= 0 and self.forms[before] in ('"', "(", "كل", "كلا", "كلتا"):
            before -= 1
        if before > 0 and self.forms[before] == "من" and self.forms[before - 1] in ("كل", "كلا"):
            return self.is_preposition(before - 2) or self.form(before - 2) == "في"
        return before >= 0 and not phrase.joined and self.is_preposition(before)


def view(reading: Reading, sentence: Sentence) -> View:
    """The view of a sentence of a reading. Linear in its tokens."""
    forms = sentence.forms
    phrases = _phrases(reading, sentence)
    at: list[NounPhrase | None] = [None] * len(forms)
    for phrase in phrases:
        for index in range(phrase.first, phrase.last):
            at[index] = phrase
    quote, quotes = _quotes(forms, at)
    seen = View(reading, sentence, forms, phrases, at, _asides(sentence, forms), quote, quotes)
    seen.starts = [phrase.first for phrase in phrases]
    _find_verbs(seen)
    _find_nouns(seen)
    return seen


def _find_nouns(seen: View) -> None:
    """Verbal nouns right before a noun phrase: `اتهام واشنطن`, `دعوة الأمم المتحدة`."""
    table = nominals()
    for phrase in seen.phrases:
        index = phrase.first - 1
        if index < 0 or phrase.proclitic or seen.at[index] is not None:
            continue
        form = seen.forms[index]
        for particle in ("", "و", "ب", "ل", "ف"):
            cue = table.get(form.removeprefix(particle)) if form.startswith(particle) else None
            if cue is not None:
                seen.nouns[index] = cue
                break


_SAYING = OPENERS.bit(lambda form: form in joined_cues(), joined_cues)


def _find_verbs(seen: View) -> None:
    table = joined_cues()
    for index in seen.sentence.opening(_SAYING):
        form = seen.forms[index]
        found = table[form]
        if form[-1] == "ه" and seen.written(index).endswith("ة"):  # قدرة is no قدّره
            found = tuple(cue for cue in found if not cue.form.pronoun)
        found = tuple(cue for cue in found if not _lacks_hamza(seen, index, cue))
        if found and found[0].verb.key in words("negated-only") and seen.form(index - 1).lstrip("و") not in _NOT:
            continue
        if found and not (found[0].verb.key in words("anonymity") and _unnamed(seen, index)):
            seen.verbs[index] = found


def _lacks_hamza(seen: View, index: int, cue: Cue) -> bool:
    """`هنا` is no `هنأ`, `يدعى` (is called) no `يدعي`: where the last letter tells, it must be the verb's."""
    if cue.verb.past == "ادعى" and cue.form.tense == "present" and seen.written(index).endswith("ى"):
        return True
    return cue.verb.past.endswith("أ") and cue.form.written == cue.verb.key and seen.written(index).endswith("ا")


def _unnamed(seen: View, index: int) -> bool:
    """`طلب عدم ذكر اسمه`: a source that asks not to be named says nothing by that."""
    return not words("identity").isdisjoint(seen.forms[index + 1 : index + _IDENTITY])


def _phrases(reading: Reading, sentence: Sentence) -> list[NounPhrase]:
    grouped: dict[tuple[int, int], list[Mention]] = {}
    for mention in sentence.mentions:
        grouped.setdefault((mention.span.start, mention.span.end), []).append(mention)
    found: list[NounPhrase] = []
    for (start, end), together in grouped.items():
        mentions = [mention for mention in together if mention.form != "demonym"]
        if not mentions:
            continue
        entities = tuple(reading.entity(mention.entity) for mention in mentions)
        if all(entity.type in _PLACES for entity in entities):
            continue
        first, last = sentence.token_at(start), sentence.token_at(end - 1) + 1
        if found and first < found[-1].last:
            continue
        found.append(NounPhrase(first, last, entities, mentions[0].proclitic, mentions[0].form))
    return found


def _asides(sentence: Sentence, forms: list[str]) -> list[int]:
    """For each token inside `( … )` or `- … -` (both marks included) the index after the closing mark, else 0."""
    tokens = sentence.tokens
    ends = [0] * len(forms)
    if "(" not in forms and "-" not in forms:
        return ends
    bracket = dash = -1
    for index, form in enumerate(forms):
        if form == "(":
            bracket = index
        elif form == ")" and bracket >= 0:
            _fill(ends, bracket, index + 1)
            bracket = -1
        elif form == "-":
            before = index > 0 and tokens[index - 1].end < tokens[index].start
            after = index + 1 < len(tokens) and tokens[index].end < tokens[index + 1].start
            if dash >= 0 and index - dash <= _LONGEST_ASIDE and (after or index + 1 == len(tokens) or not before):
                _fill(ends, dash, index + 1)
                dash = -1
            elif before:
                dash = index
    return ends


def _fill(ends: list[int], first: int, last: int) -> None:
    for index in range(first, last):
        ends[index] = last


def _quotes(forms: list[str], at: list[NounPhrase | None]) -> tuple[list[int], list[tuple[int, int]]]:
    """The quotation each token lies in and their extents; quoted names and single words are no quotations."""
    quote = [0] * len(forms)
    quotes: list[tuple[int, int]] = []
    if '"' not in forms:
        return quote, quotes
    marks = [index for index, form in enumerate(forms) if form == '"']
    if len(marks) % 2:
        marks.append(len(forms) - 1)
    for opened, closed in zip(marks[::2], marks[1::2], strict=True):
        inside = at[opened + 1 : closed]
        named = any(inside) and closed - opened - 1 <= _LONGEST_NAME + 2 and all(inside)
        if opened and forms[opened - 1] in ("ل", "ب") and closed - opened - 1 <= _LONGEST_NAME:
            continue
        if named or closed - opened < 3 or (closed - opened - 1 <= _LONGEST_NAME and any(inside)):
            continue
        quotes.append((opened, closed))
        for index in range(opened, closed + 1):
            quote[index] = len(quotes)
    return quote, quotes
