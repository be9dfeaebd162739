"""Names that no list holds, told by their place: right after a verb of saying, right before what is said."""

from __future__ import annotations

from functools import cache

from kg.find.described import before, described_at, source_at
from kg.find.lexicon import lexicon
from kg.find.person_names import run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType
from kg.resources import data_dir
from kg.text.fold import fold

_CLASS = "speaker"  # told by the place, as others are by a title: a name of one word will do
_LONGEST = 4  # words of a name without a title
_PLURALS = ("ون", "ين", "ات", "تان", "ه")  # of people, and the feminine of trades: no names of one word


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """The verbs before and the words after a speaker, folded, from `kg/data/ar/speaker_places.tsv`."""
    found: dict[str, set[str]] = {"before": set(), "after": set()}
    for row in (data_dir() / "ar" / "speaker_places.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            place, word = row.split("\t")
            if place in found:
                found[place].add(fold(word).text)
    return frozenset(found["before"]), frozenset(found["after"])


@cache
def verbs_before_speakers() -> frozenset[str]:
    """Every verb that what speaks may follow, as it stands and with `و` or `ف` before it."""
    sets = lexicon().sets
    verbs = _places()[0] | sets["people_say"] | sets["things_show"] | sets["frames_of_sources"]
    return verbs | {particle + verb for particle in "وف" for verb in verbs}


def with_speakers(line: Line, found: list[Phrase]) -> list[Phrase]:
    """The phrases of a sentence with the unlisted names among them that stand in a speaker's place. Linear."""
    known, written = _places()[0], verbs_before_speakers()
    places = [at for at, token in enumerate(line.tokens) if token[0] in written]
    if not places:
        return found
    by_token = {index: phrase for phrase in found for index in range(phrase.first, phrase.last)}
    added: list[Phrase] = []
    taken: set[int] = set()
    for at in places:
        verb = line.form(at)
        name = _name(line, at + 1, by_token) if verb in known or verb[1:] in known else None
        if name is not None:
            added.append(Phrase(Kind.PERSON, *name, name, EntityType.PERSON, title_class=_CLASS))
        elif (described := _described(line, at, by_token)) is not None:
            taken |= {by_token[at].first for at in range(described.first, described.last) if at in by_token}
            added.append(described)
    if not added:
        return found
    return sorted([*(p for p in found if p.first not in taken), *added], key=lambda phrase: phrase.first)


def _described(line: Line, at: int, by_token: dict[int, Phrase]) -> Phrase | None:
    if line.form(at) in line.lexicon.sets["frames_of_sources"]:
        return source_at(line, at, by_token)
    return described_at(line, at, by_token) or before(line, at, by_token)


def _name(line: Line, at: int, by_token: dict[int, Phrase]) -> tuple[int, int] | None:
    """The tokens of an unlisted name at a token, in quotation marks or not, that what is said or a title follows."""
    quoted = line.form(at) == '"'
    first = at + 1 if quoted else at
    if first in by_token or first >= len(line.tokens):
        return None
    last = first + 1 if _family(line, first) else run_of_name(line, first)
    if last - first > 1 and line.form(last - 1).endswith("ات"):  # وصف فلان محادثات
        last -= 1
    if not 0 < last - first <= _LONGEST or any(index in by_token for index in range(first, last)):
        return None
    if quoted and line.form(last) != '"':
        return None
    after = last + 1 if quoted else last
    titled = after in by_token and by_token[after].kind in (Kind.OFFICE, Kind.DESCRIPTION, Kind.UNNAMED)
    speaks = _speaks(line, first, last, after) or (titled and last - first > 1)
    return (first, last) if speaks else None


def _family(line: Line, index: int) -> bool:
    """Whether a word with the article is a family name: in no list of everyday words, no title, no nationality."""
    form, lexicon = line.form(index), line.lexicon
    return (
        form.startswith("ال")
        and len(form) > 4
        and not (lexicon.is_common(form) or lexicon.knows(form) or line.demonym(index) or line.hit(index))
    )


def _speaks(line: Line, first: int, last: int, after: int) -> bool:
    """Whether what is said begins at token `after`, and a lone word is not a plural or an everyday word."""
    following = line.form(after)
    if following not in _places()[1] and not following.startswith("لل"):
        return False
    word = line.form(first)
    if last - first > 1:
        return not any(
            line.form(index).startswith("ال") and line.form(index)[-1] != "ي" for index in range(first, last)
        )
    if word[-1] == "ي" and line.lexicon.knows(word + "ن"):
        return False  # بين مقاتلي «كذا»
    circumstance = word[0] == "م" and word[-1] == "ا"  # قال متحسرا
    return len(word) > 2 and not circumstance and not word.endswith(_PLURALS)
