"""Which earlier statement a denial or a refusal to confirm answers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.frames.lexicon import words
from kg.frames.reading import Reading
from kg.model import Modality, Polarity, Span, Statement
from kg.text.tokens import Token

_ANSWERS = frozenset({Modality.DENIED, Modality.UNCONFIRMED})
_CLAIMS = frozenset({Modality.ASSERTED, Modality.ALLEGED, Modality.ESTIMATED})
_BACK = 3  # sentences between a claim and an answer that points to it
_NEAR = 2  # sentences between a claim about somebody and that one's answer
_HEAD = 6  # tokens at the head of an answer's words in which it names the claim: `هذه الاتهامات`
_NOTHING = 2  # tokens; an answer with fewer has no words of its own
_FURTHER = 8  # sentences between a claim and an answer that repeats what it is about
_MOST = 100  # statements before an answer that are looked through, however long their sentences are


def with_answers(reading: Reading, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements, each denial or refusal linked to the nearest earlier claim of others that it answers.

    An answer that points back (a pronoun, `هذه الاتهامات`, `التقارير`) or has no words of its own takes the nearest
    claim of the last sentences; one with content of its own takes a claim that mentions the answerer and shares an
    entity.
    """
    starts = [sentence.span.start for sentence in reading.sentences]
    places = [bisect_right(starts, statement.span.start) for statement in statements]
    found = list(statements)
    for index, statement in enumerate(statements):
        if statement.modality not in _ANSWERS:
            continue
        points = _points_back(reading, statement)
        accuser = _accuser(reading, statements, places, index)
        if accuser is not None:
            found[index] = replace(statement, answers=(accuser.id,))
            continue
        for earlier in reversed(range(max(0, index - _MOST), index)):
            distance = places[index] - places[earlier]
            if distance > (_BACK if points else _FURTHER):
                break
            if _answered(statement, statements[earlier], points, distance):
                found[index] = replace(statement, answers=(statements[earlier].id,))
                break
    return tuple(found)


def _accuser(reading: Reading, statements: tuple[Statement, ...], places: list[int], index: int) -> Statement | None:
    """`نفى هذه الاتهامات`: the nearest accusation of the one who denies it or of his state."""
    answer = statements[index]
    head = answer.content.start if answer.content is not None else answer.span.end
    tokens = _tokens(reading, Span(answer.span.start, max(head, answer.span.start)))
    tokens += _tokens(reading, answer.content)[:_HEAD] if answer.content is not None else ()
    if not any(token.form.removeprefix("ل").removeprefix("ب") in words("accusation-noun") for token in tokens):
        return None
    speakers = [reading.entity(ident) for ident in answer.speaker]
    meant = {e.id for e in speakers} | {reading.states.get(e.country or "") for e in speakers}
    for earlier in reversed(range(max(0, index - _MOST), index)):
        claim = statements[earlier]
        if places[index] - places[earlier] > _FURTHER:
            return None
        if claim.modality is Modality.ALLEGED and meant & set(claim.mentions) and not meant & set(claim.speaker):
            return claim
    return None


def _tokens(reading: Reading, span: Span) -> tuple[Token, ...]:
    """The tokens of a span that lies in one sentence."""
    at = reading.sentence_index(span.start)
    return tuple(reading.sentences[at].tokens_in(span)) if at >= 0 else ()


def _points_back(reading: Reading, statement: Statement) -> bool:
    if statement.content is None:
        return True
    tokens = _tokens(reading, statement.content)
    return len(tokens) < _NOTHING or any(token.form in words("claim-noun") for token in tokens[:_HEAD])


def _answered(answer: Statement, claim: Statement, points: bool, distance: int) -> bool:
    if claim.modality is Modality.ESTIMATED and claim.polarity is Polarity.NEGATIVE:  # who doubts it claims nothing
        return False
    if claim.modality not in _CLAIMS or set(claim.speaker) & set(answer.speaker):
        return False
    if points:
        return True
    spoken_of = bool(set(answer.speaker) & set(claim.mentions))
    shared = bool(set(answer.mentions) & set(claim.mentions))
    return (spoken_of and (shared or distance <= _NEAR)) or (shared and distance <= 1)
