"""How what follows is held: wanted, planned, promised, possible, or not happening at all.

The words are `kg/data/ar/transfer_context.tsv`; the nearest before a verb or verbal noun decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.frames.lexicon import table
from kg.frames.line import Line, is_word
from kg.frames.triggers import OPENERS, Triggers, triggers_of
from kg.text.fold import fold
from kg.text.tokens import splits

BLOCK = "block"
_REACH = 12  # tokens looked at before the verb or noun
_VERB_REACH = 6  # … before a finite verb
_WORD_REACH = 7
_BUT_REACH = 8
_BLOCK_REACH = 3
_SENTENCE_SIGNS = frozenset(".؛?!؟:")
_SAME = "same"  # the word before it decides (`تعهد بمواصلة إرسال`)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A status (`block` where nothing passes) and the index of the word that decides it."""

    status: str
    at: int


@cache
def _verbs() -> Triggers:
    rows = []
    for row in table("transfer_context"):
        if row["kind"] == "verb":
            past, present, *rest = row["forms"].split()
            nouns = "|".join(word for word in rest if word[0] != "+")
            after = "|".join(fold(word[1:]).text for word in rest if word[0] == "+")
            rows.append({"past": past, "present": present, "masdar": nouns, "after": after, "status": row["status"]})
    return triggers_of(rows)


@cache
def _words() -> dict[str, str]:
    return {
        fold(word).text: row["status"]
        for row in table("transfer_context")
        if row["kind"] == "word"
        for word in row["forms"].split("|")
    }


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of `transfer_context.tsv` by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in table("transfer_context"):
        for phrase in row["forms"].split("|") if row["kind"] == "phrase" else ():
            words = tuple(fold(phrase).text.split())
            found[words[0]].append((words, row["status"]))
    return dict(found)


@lru_cache(maxsize=50_000)
def _word(form: str) -> str | None:
    words = _words()
    ways = (split.stem for split in splits(form) if "س" not in split.proclitic)
    return next((words[stem] for stem in ways if stem in words), None)


_CONTEXT = OPENERS.bit(
    lambda form: form in _phrases() or _word(form) is not None or bool(_verbs().at(form)),
    lambda: {*_phrases(), *_words(), *_verbs().stems()},
)


def outlook(line: Line, index: int, tense: str) -> Outlook | None:
    """What the words before the verb or verbal noun at `index` make of it; None where they say nothing."""
    if tense != "masdar" and _negated(line, index) and not _but(line, index):
        return Outlook(BLOCK, index)
    going_on: Outlook | None = None
    for position in range(index - 1, max(-1, index - 1 - _REACH), -1):
        form = line.form(position)
        if form in _SENTENCE_SIGNS or is_word(form, "conjunction"):
            break
        if going_on is not None and going_on.at - position > _VERB_REACH:
            break
        found = (
            _said_at(line, position, index - position, tense) if line.sentence.may_open_at(position, _CONTEXT) else None
        )
        if found is not None and found.status != _SAME:
            return Outlook("planned", index) if tense == "future" and found.status == "asserted" else found
        going_on = going_on or found
    if going_on is not None:
        return Outlook("asserted", going_on.at)
    if tense == "future":
        return Outlook("planned", index)
    if tense == "present" and line.form(index - 1) == "قد":
        return Outlook("possible", index)
    return None


def stops(line: Line, index: int) -> bool:
    """Whether a noun says that what it is about does not pass (`تعليق صادرات السلاح`)."""
    form = line.form(index)
    nouns = (way for way in line.ways(_verbs(), index) if not way.finite)
    return _word(form) == BLOCK or any(way.row["status"] == BLOCK for way in nouns)


def _said_at(line: Line, position: int, distance: int, tense: str) -> Outlook | None:
    """What one word says of a verb or verbal noun some tokens after it."""
    phrase = _phrase_at(line, position) if distance <= _BLOCK_REACH + 1 else None
    if phrase is None and _negated(line, position):  # لا تستبعد
        phrase = _phrase_at(line, position - 1)
    if phrase:
        return Outlook(phrase, position)
    verb = next((way for way in line.ways(_verbs(), position) if _followed(line, position, way.row["after"])), None)
    if verb is not None and distance <= (_REACH if tense == "masdar" else _VERB_REACH):
        return Outlook(BLOCK if verb.finite and _negated(line, position) else verb.row["status"], position)
    word = _word(line.form(position)) if distance <= _WORD_REACH else None
    if word is not None and word != BLOCK and _negated(line, position):
        return Outlook(BLOCK, position)
    return Outlook(word, position) if word is not None and (word != BLOCK or distance <= _BLOCK_REACH) else None


def _followed(line: Line, index: int, word: str) -> bool:
    """Whether the word that a verb asks for follows within three tokens."""
    return not word or any(line.form(position) == word for position in range(index + 1, index + 4))


def _negated(line: Line, index: int) -> bool:
    return is_word(line.form(index - 1), "negation")


def _but(line: Line, index: int) -> bool:
    """`لم يسلم … سوى كذا`: so much was."""
    return any(is_word(line.form(position), "but") for position in range(index + 1, index + _BUT_REACH))


def _phrase_at(line: Line, index: int) -> str | None:
    for words, status in _phrases().get(line.form(index), ()):
        if all(line.form(index + n) == word for n, word in enumerate(words)):
            return status
    return None
