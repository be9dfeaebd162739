"""Two in one: a head word in the dual before two names, of which the second has none of its own.

`مجلسي النواب والشيوخ` are two bodies, `وزيري الطاقة فلان والمالية فلان` two persons: each is read as if its head stood
in the singular before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.find.lexicon import DUAL
from kg.find.phrases import Kind, Line, Phrase
from kg.text.fold import fold_key
from kg.text.tokens import Token

Reader = Callable[[Line, int], Phrase | None]
_INSIDE = frozenset('"()')  # what may stand inside a name
_LONGEST = 12  # tokens of the first of the two
_TWO = (Kind.NAME, Kind.BODY, Kind.PERSON)


def dual_at(line: Line, index: int, read: Reader) -> tuple[Phrase, Phrase] | None:
    """The two phrases that a dual at a token heads, both of one kind; `read` reads one that begins at a token.

    None where the word is no dual or what follows are not two names. Looks at a bounded number of words.
    """
    term = line.lexicon.at(DUAL, line.tokens, index)
    if term is None or term.definite:
        return None
    for joint in range(index + 2, min(len(line.tokens) - 1, index + _LONGEST) + 1):
        form = line.form(joint)
        if not form[:1].isalnum() and form not in _INSIDE:
            return None
        quoted = form == "و" and line.form(joint + 1) == '"'
        if not quoted and (form[0] != "و" or len(form) < 4):
            continue
        first = read(_with_head(line, index, term.kind, index, joint), index)
        if first is None or first.last != joint or first.kind not in _TWO:
            continue
        head = joint if quoted else joint - 1
        second = read(_with_head(line, head, term.kind, joint, None), head)
        if second is not None and second.kind in _TWO and second.last > joint + quoted and _alike(first, second):
            return _pair(line, joint, term.proclitic, first, second)
    return None


def _alike(first: Phrase, second: Phrase) -> bool:
    return (first.kind is Kind.PERSON) == (second.kind is Kind.PERSON)


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
        ),
    )  # fmt: skip


def _label(line: Line, phrase: Phrase, at: int, cut: int) -> str:
    """A body's name with its head in the singular, without its first letters where told; a person's as it stands."""
    if phrase.kind is Kind.PERSON:
        return ""
    words = line.span(at, max(phrase.name[1], at + 1), cut).of(line.text).strip(' "“”«»')
    return words if phrase.name[0] >= at else f"{phrase.title} {words}".strip()
