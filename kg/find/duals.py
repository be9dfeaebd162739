"""Two in one: a head word in the dual before two names or nationalities, of which the second has none of its own.

`مجلسي النواب والشيوخ` and `الجيشين الفلاني والعلاني` are two bodies, `وزيري الطاقة فلان والمالية فلان` two persons,
`وزيرا الخارجية الفلاني والعلاني` two offices: each is read as if its head stood in the singular before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.find.known import adjective_phrase
from kg.find.lexicon import BODY, DUAL
from kg.find.names import Hit
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType
from kg.text.fold import fold_key
from kg.text.tokens import Token

Reader = Callable[[Line, int], Phrase | None]
_INSIDE = frozenset('"()')  # what may stand inside a name
_LONGEST = 12  # tokens of the first of the two
_LONGEST_ADJECTIVE = 3  # tokens
_NAMED = frozenset((Kind.NAME, Kind.BODY, Kind.PERSON))
_FORCES = (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY)
_BEFORE_HEADS = ("", "و", "ف", "ب", "ل", "ول", "وب")
_TWO = _NAMED | {Kind.OFFICE}
_HELD = (Kind.PERSON, Kind.OFFICE)


def dual_at(line: Line, index: int, read: Reader) -> tuple[Phrase, Phrase] | None:
    """The two phrases that a dual at a token heads, both of one kind; `read` reads one that begins at a token.

    None where the word is no dual or what follows are not two names. Looks at a bounded number of words.
    """
    term = line.lexicon.at(DUAL, line.tokens, index)
    if term is None:
        return None
    singular = "ال" + term.kind if term.definite else term.kind
    for joint in range(index + 2, min(len(line.tokens) - 1, index + _LONGEST) + 1):
        form = line.form(joint)
        if not form[:1].isalnum() and form not in _INSIDE:
            return None
        quoted = form == "و" and line.form(joint + 1) == '"'
        if not quoted and (form[0] != "و" or len(form) < 4):
            continue
        first = read(_with_head(line, index, singular, index, joint), index)
        if first is None or first.last != joint or first.kind not in _TWO:
            continue
        if (pair := _of_two_states(line, first, singular, term.proclitic, read)) is not None:
            return pair
        head = joint if quoted else joint - 1
        second = read(_with_head(line, head, singular, joint, None), head)
        kinds = second is not None and {first.kind, second.kind} <= _NAMED
        if second is not None and kinds and second.last > joint + quoted and _alike(first, second):
            return _pair(line, joint, term.proclitic, first, second)
    return None


def _alike(first: Phrase, second: Phrase) -> bool:
    return (first.kind in _HELD) == (second.kind in _HELD)


def _of_two_states(
    line: Line, first: Phrase, singular: str, particle: str, read: Reader
) -> tuple[Phrase, Phrase] | None:
    """The same body or office of two states: `الجيشين الفلاني والعلاني`, `وزيرا الخارجية الفلاني والعلاني`."""
    second = _of_second_state(line, first, singular, read)
    own = _ending_at(line, first.last) if second is not None else None
    if second is None or own is None:
        return None
    label = f"{singular} {line.span(first.first + 1, own.last).of(line.text)}"
    return first.with_(proclitic=particle, label=label), second


def of_another_state(line: Line, first: Phrase, read: Reader) -> Phrase | None:
    """The second of two bodies under one head in the singular or plural: `القوات الفلانية والعلانية`; None for none."""
    term = line.lexicon.at(BODY, line.tokens, first.first)
    if term is None or first.type not in _FORCES or term.key.split()[0] not in line.lexicon.sets["shared_heads"]:
        return None
    same_form = line.form(first.last)[-1:] == line.form(first.last - 1)[-1:]
    if not same_form or first.proclitic not in _BEFORE_HEADS:
        return None
    head = line.span(first.first, first.first + 1).of(line.text)[len(first.proclitic) :]
    if first.proclitic.endswith("ل") and first.definite:
        head = "ال" + head.removeprefix("ل")  # للقوات
    return _of_second_state(line, first, head, read)


def _of_second_state(line: Line, first: Phrase, head: str, read: Reader) -> Phrase | None:
    """The body or office that the first is, of the state whose adjective is joined to that of the first."""
    other = line.demonym(first.last) if first.kind in (Kind.NAME, Kind.BODY, Kind.OFFICE) else None
    if other is None or other.proclitic != "و" or not other.definite or line.nationality(other) == first.country:
        return None
    own = _ending_at(line, first.last)
    if own is None or own.first <= first.first or line.form(other.last)[:1] == '"':
        return None
    begin, last = line.tokens[other.first], line.tokens[other.last - 1]
    tokens = list(line.tokens[: own.first])
    tokens[first.first] = Token(fold_key(head), tokens[first.first].start, tokens[first.first].end)
    tokens.append(Token(begin.form[1:], begin.start + 1, begin.end))
    tokens += line.tokens[other.first + 1 : other.last]
    (hits,) = line.names.find([tokens])
    second = read(replace(line, tokens=tokens, hits=hits, _named={}), first.first)
    if second is None or second.kind not in _TWO or not _alike(first, second) or second.last != len(tokens):
        return None
    field = line.span(first.first + 1, own.first).of(line.text) if own.first > first.first + 1 else ""
    nationality = line.text[begin.start + 1 : last.end]
    kept = tuple(inner for inner in first.inner if inner.first < own.first and inner.kind is not Kind.DEMONYM)
    return second.with_(
        first=other.first, last=other.last, name=(other.first, other.last), proclitic="و",
        inner=(*kept, adjective_phrase(line, other)), label=" ".join(filter(None, (head, field, nationality))),
    )  # fmt: skip


def _ending_at(line: Line, last: int) -> Hit | None:
    """The adjective of nationality that ends before a token."""
    for first in range(last - 1, last - 1 - _LONGEST_ADJECTIVE, -1):
        found = line.demonym(first)
        if found is not None and found.last == last:
            return found
    return None


def _with_head(line: Line, at: int, head: str, name: int, end: int | None) -> Line:
    """The sentence with the head in the singular at a token and no `و` before the name; it ends where told."""
    tokens = list(line.tokens[:end])
    tokens[at] = Token(fold_key(head), tokens[at].start, tokens[at].end)
    if name != at:
        tokens[name] = Token(tokens[name].form[1:], tokens[name].start + 1, tokens[name].end)
    (hits,) = line.names.find([tokens])
    return replace(line, tokens=tokens, hits=hits, _named={})


def _pair(line: Line, joint: int, particle: str, first: Phrase, second: Phrase) -> tuple[Phrase, Phrase]:
    country = first.country or second.country
    return (
        first.with_(proclitic=particle, country=country, label=_label(line, first, first.first + 1, cut=0)),
        second.with_(
            first=joint, name=(max(joint, second.name[0]), second.name[1]), proclitic="و",
            country=second.country or country, label=_label(line, second, joint, cut=1),
            inner=tuple(part.with_(proclitic="و") if part.first == joint else part for part in second.inner),
        ),
    )  # fmt: skip


def _label(line: Line, phrase: Phrase, at: int, cut: int) -> str:
    """A body's name with its head in the singular, without its first letters where told; a person's as it stands."""
    if phrase.kind is Kind.PERSON:
        return ""
    words = _singular(line.span(at, max(phrase.name[1], at + 1), cut).of(line.text).strip(' "“”«»'))
    return words if phrase.name[0] >= at else f"{phrase.title} {words}".strip()


def _singular(words: str) -> str:
    """A body's name without the dual of the adjective that it shares with another: `الدفاع الأميركيان`."""
    for dual, single in (("يتان", "ية"), ("يتين", "ية"), ("يان", "ي"), ("يين", "ي")):
        if words.endswith(dual):
            return words.removesuffix(dual) + single
    return words
