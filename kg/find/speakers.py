"""Names that no list holds, told by their place: right after a verb of saying, right before what is said."""

from __future__ import annotations

from functools import cache

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


def with_speakers(line: Line, found: list[Phrase]) -> list[Phrase]:
    """The phrases of a sentence with the unlisted names among them that stand in a speaker's place. Linear."""
    before, after = _places()
    taken = {index for phrase in found for index in range(phrase.first, phrase.last)}
    added = []
    for index in range(1, len(line.tokens)):
        verb = line.form(index - 1)
        if index in taken or not (verb in before or (verb[:1] in ("و", "ف") and verb[1:] in before)):
            continue
        last = run_of_name(line, index) if not _family(line, index) else index + 1
        if not 0 < last - index <= _LONGEST or any(at in taken for at in range(index, last)):
            continue
        if _speaks(line, index, last, after):
            added.append(Phrase(Kind.PERSON, index, last, (index, last), EntityType.PERSON, title_class=_CLASS))
    return sorted([*found, *added], key=lambda phrase: phrase.first) if added else found


def _family(line: Line, index: int) -> bool:
    """Whether a word with the article is a family name: in no list of everyday words, no title, no nationality."""
    form, lexicon = line.form(index), line.lexicon
    return (
        form.startswith("ال")
        and len(form) > 4
        and not (lexicon.is_common(form) or lexicon.knows(form) or line.demonym(index) or line.hit(index))
    )


def _speaks(line: Line, first: int, last: int, after: frozenset[str]) -> bool:
    """Whether what follows a name is what is said, and a lone word is not a plural or an everyday word."""
    following = line.form(last)
    if following not in after and not following.startswith("لل"):
        return False
    word = line.form(first)
    if last - first > 1:
        return not any(
            line.form(index).startswith("ال") and line.form(index)[-1] != "ي" for index in range(first, last)
        )
    circumstance = word[0] == "م" and word[-1] == "ا"  # قال متحسرا
    return len(word) > 2 and not circumstance and not word.endswith(_PLURALS)
