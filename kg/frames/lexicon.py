"""The verbs of saying and the other words that attribution hangs on, as loaded from `kg/data/ar/`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.frames.paradigm import Form, participle_forms, verb_forms
from kg.model import Certainty, Modality, Polarity, Stance, Timeframe
from kg.resources import data_dir
from kg.text.fold import fold


@dataclass(frozen=True, slots=True)
class FrameKind:
    """What a class of verbs of saying makes of its content, before the content itself is read."""

    name: str
    modality: Modality
    polarity: Polarity
    certainty: Certainty
    timeframe: Timeframe


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying, `key` its folded past.

    `content` holds the ways it takes what is said (`أن`, `بأن`, `إلى_أن`, `ب`, `مفعول`, `قول` …), `addressee`
    how it takes the one spoken to (`ل`, `من`, `مفعول` or nothing).
    """

    past: str
    key: str
    frame: FrameKind
    content: frozenset[str]
    addressee: str
    stance: Stance
    masdar: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One written form of a verb of saying."""

    verb: Verb
    form: Form


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of `kg/data/ar/NAME.tsv` by column name; empty lines and those that begin with `#` are comments.

    Cells that a row leaves out at its end are empty.
    """
    lines = (data_dir() / "ar" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    written = (line for line in lines if line and not line.startswith("#"))
    yield from csv.DictReader(written, restval="", delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def frame_kinds() -> dict[str, FrameKind]:
    """The classes of `speech_frames.tsv` by name."""
    return {
        row["frame"]: FrameKind(
            row["frame"],
            Modality(row["modality"]),
            Polarity(row["polarity"]),
            Certainty(row["certainty"]),
            Timeframe(row["timeframe"]),
        )
        for row in table("speech_frames")
    }


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Every written form of every verb of `saying.tsv`, folded and without `و` or `ف` before it."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for row in table("saying"):
        verb = Verb(
            row["past"],
            fold(row["past"]).text,
            frame_kinds()[row["frame"]],
            frozenset(fold(way).text for way in row["content"].split()),
            fold(row["addressee"]).text,
            Stance(row["stance"]),
            fold(row["masdar"]).text,
        )
        forms = list(verb_forms(row["past"], row["present"]))
        if row["participle"]:
            forms += participle_forms(row["participle"])
        if row["past"] == "قال":
            forms += [Form(word, "participle", "m", "s") for word in sorted(words("by-saying"))]
        for form in forms:
            found[form.written].append(Cue(verb, form))
    return {written: tuple(ways) for written, ways in found.items() if written not in words("not-verb")}


@cache
def joined_cues() -> dict[str, tuple[Cue, ...]]:
    """`cues()` with every form that `و` or `ف` is written onto, unless the whole is a form itself."""
    bare = cues()
    joined = {particle + written: ways for written, ways in bare.items() for particle in "وف"}
    return {written: ways for written, ways in joined.items() if written not in words("not-verb")} | bare


@cache
def nominals() -> dict[str, Cue]:
    """The verbal nouns of `saying.tsv` (`اتهام`, `دعوة`, `إعلان` …), folded, as cues of their verbs."""
    found: dict[str, Cue] = {}
    for ways in cues().values():
        for cue in ways:
            noun = cue.verb.masdar
            if noun and noun not in found:
                found[noun] = Cue(cue.verb, Form(noun, "noun", "m", "s"))
    return found


@cache
def _speech_words() -> dict[str, list[str]]:
    """The folded entries of `speech_words.tsv` by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in table("speech_words"):
        found[row["kind"]].append(fold(row["word"]).text)
    return dict(found)


@cache
def words(kind: str) -> frozenset[str]:
    """The folded words of one kind in `speech_words.tsv`."""
    if kind == "between":
        return words("after-verb") | {"،", ",", '"'}
    if kind == "mark":  # what may open a clause or direct speech
        return words("that") | words("b-that") | {":", '"'}
    return frozenset(_speech_words().get(kind, ()))


@cache
def phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """The folded phrases of one kind in `speech_words.tsv`, word by word, longest first."""
    found = {tuple(word.split()) for word in _speech_words().get(kind, ())}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def phrases_from(kind: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of one kind by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases(kind):
        found[phrase[0]].append(phrase)
    return {first: tuple(rows) for first, rows in found.items()}
