"""Names beside a description that speaks: `الفنان فلان`, `مدير المدرسة، فلان بن فلان، إن`."""

from __future__ import annotations

from kg.find.lexicon import SONS
from kg.find.person_names import run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.find.speaking_words import CLASS, OF, PARTICLES, is_listed, is_plain
from kg.model import EntityType

_AT = frozenset(("في", "لدي"))  # before the body that an office belongs to


def unlisted(line: Line, first: int, by_token: dict[int, Phrase], doubtful: bool) -> Phrase | None:
    """A name that begins with a word no list holds, or one whose rest is a person's name: `زينة علي أحمد`."""
    lex, form = line.lexicon, line.form(first)
    if form.startswith("ال") or is_listed(line, first) or lex.knows(form):
        return None
    following = by_token.get(first + 1)
    if following is not None and following.kind is Kind.PERSON and following.name[0] == following.first:
        name = (first, following.name[1]) if not following.proclitic and not following.title else None
        return following.with_(first=first, name=name, hit=None) if name else None
    if lex.is_common(form) or form.endswith(("هم", "ها", "هما")):
        return None
    last = run_of_name(line, first)
    if doubtful and any(line.form(index).startswith("ال") for index in range(first, last)):
        return None
    if last == first or any(index in by_token for index in range(first, last)):
        return None
    if (
        last == first + 1
        and form[0] in "بلك"
        and line.form(last) not in lex.sets["opens_words"]
        and line.form(last) not in OF
    ):
        return None  # تقول بفخر واعتزاز
    return Phrase(Kind.PERSON, first, last, (first, last), EntityType.PERSON, title_class=CLASS)


def quoted_name(line: Line, at: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """A person's name in quotation marks that begin at a token."""
    if line.form(at) != '"':
        return None
    known = by_token.get(at + 1)
    if known is not None and known.kind is Kind.PERSON and line.form(known.last) == '"':
        return known
    last = run_of_name(line, at + 1)
    if last - at < 3 or line.form(last) != '"' or any(index in by_token for index in range(at + 1, last)):
        return None
    return Phrase(Kind.PERSON, at + 1, last, (at + 1, last), EntityType.PERSON)


def titled(line: Line, first: int, person: Phrase, office: Phrase | None, inner: tuple[Phrase, ...]) -> Phrase:
    """A person with the description before the name as title."""
    if office is not None:
        return person.with_(
            first=first, title=office.title, title_class=office.title_class, office=office.office,
            country=person.country or office.country, inner=(*person.inner, *office.inner),
        )  # fmt: skip
    country = person.country or next((phrase.country for phrase in inner if phrase.country), None)
    title = person.title or line.form(first)
    return person.with_(
        first=first, title=title, title_class=person.title_class or "trade", country=country,
        inner=(*person.inner, *inner),
    )  # fmt: skip


def apposed(line: Line, after: int, mark: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """The person named right before what is said, or right after the description: `…، فلان بن فلان إن`."""
    end = mark - 1 if line.form(mark) not in OF and line.form(mark - 1) in OF else mark
    end -= line.form(end - 1) in ("،", ",")
    at = after + (line.form(after) in ("،", ","))
    if at >= len(line.tokens):
        return None
    last_word = by_token.get(end - 1)
    for phrase in (by_token.get(at), last_word if last_word is not None and last_word.last == end else None):
        if phrase is not None and phrase.proclitic == "و" and phrase.title and phrase.first == after:
            phrase = phrase.with_(proclitic="")  # الصحفي والمحلل فلان
        if phrase is not None and phrase.kind is Kind.PERSON and not phrase.proclitic and phrase.first >= after:
            if phrase.first == at and run_of_name(line, at) > phrase.last:
                break  # a short name of somebody known begins a longer one
            beside = phrase.first == at or line.form(phrase.first - 1).startswith("باسم")
            return phrase if beside or closes(line, phrase.first - 1, by_token) else None
    if line.form(after) in _AT and (named := _behind_body(line, after + 1, end, by_token)) is not None:
        return named
    if not is_plain(line, at) and not line.form(at).startswith(("باسم", "بلسان")):
        return None
    if line.form(at).startswith(("باسم", "بلسان")):
        return _ending(line, at, end, by_token)
    if line.form(at).startswith("ال") and line.form(at + 1) in SONS:
        last = run_of_name(line, at + 2)
        return Phrase(Kind.PERSON, at, last, (at, last), EntityType.PERSON) if last > at + 2 else None
    if (
        (at in by_token and by_token[at].kind is not Kind.PERSON)
        or not line.form(at)[:1].isalpha()
        or line.form(at).startswith("ال")
    ):
        return None
    last = run_of_name(line, at)
    alone = not line.lexicon.is_common(line.form(at)) and line.form(at)[0] not in PARTICLES
    sure = last - at > 1 or (last > at and alone)
    free = all(by_token[index].kind is Kind.PERSON for index in range(at, last) if index in by_token)
    return Phrase(Kind.PERSON, at, last, (at, last), EntityType.PERSON) if sure and free and last <= end else None


def _behind_body(line: Line, at: int, end: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """An unlisted name of two words or more between a title's body and what is said: `المسؤولة في … فلانة`."""
    body = by_token.get(at)
    if body is None or body.first != at or body.kind not in (Kind.BODY, Kind.NAME):
        return None
    first = body.last
    sure = end - first > 1 and run_of_name(line, first) == end
    free = all(index not in by_token for index in range(first, end))
    if not sure or not free:
        return None
    return Phrase(Kind.PERSON, first, end, (first, end), EntityType.PERSON, inner=(body,))


def _ending(line: Line, after: int, end: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """An unlisted name of two words or more that ends a title with a pronoun: `الناطق باسمها فلان بن فلان إن`."""
    known = by_token.get(after + 1)
    if known is not None and known.kind is Kind.PERSON and known.first == after + 1 and not known.proclitic:
        return known  # الناطقة باسمها فلانة بنت فلان، في بيان، …
    for at in range(max(after + 1, end - 4), end - 1):
        free = all(index not in by_token for index in range(at, end))
        if free and line.form(at - 1).endswith(("ها", "هم", "،")) and run_of_name(line, at) == end:
            return Phrase(Kind.PERSON, at, end, (at, end), EntityType.PERSON)
    return None


def closes(line: Line, index: int, by_token: dict[int, Phrase]) -> bool:
    """Whether a noun phrase ends at a token, so that a name after it can only be an apposition."""
    form = line.form(index)
    if form in ("،", ",", ")", "-"):
        return True
    return index in by_token or (form.startswith(("ال", "وال")) and not line.lexicon.is_verb(form))


def past_joined(line: Line, last: int) -> int:
    """Where a second trade joined to a definite one ends."""
    index = last
    while index < last + 3 and line.form(index).startswith(("وال", "ال") if index > last else "وال"):
        index += 1
    return index
