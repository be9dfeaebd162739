"""Words that open a frame, in every form a text may give them: looked up by one word, with its particles.

A table of `kg/data/ar/` gives verbs by past, present and verbal noun; `kg/frames/paradigm.py` makes their forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.frames.paradigm import OBJECT_PRONOUNS, verb_forms
from kg.text.fold import fold
from kg.text.tokens import splits

_PRONOUNS = tuple(sorted(OBJECT_PRONOUNS, key=len, reverse=True))
_ENDINGS = (*_PRONOUNS, "نا", "كم", "ي", "ا")  # written onto a noun
_CACHE_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word read as a verb or verbal noun: `row` is its line of the table, `tense` past, present, future or masdar.

    `pronoun` is the one written onto it, `particle` what stands before a verbal noun (`ب`, `ل`, `و` …), `joined`
    whether `و` or `ف` opens a clause with it.
    """

    row: Mapping[str, str]
    tense: str
    gender: str = ""
    number: str = "s"
    pronoun: str = ""
    particle: str = ""
    joined: bool = False
    definite: bool = False

    @property
    def finite(self) -> bool:
        """Whether it is a verb with a tense."""
        return self.tense != "masdar"


class Openers(dict[str, int]):
    """What each folded word may open, a bit for every test: all tables are asked once a word, not once a sentence.

    Emptied when it grows past its limit, so that memory stays flat.
    """

    def __init__(self) -> None:
        super().__init__()
        self._tests: list[tuple[Callable[[str], bool], Callable[[], Iterable[str]]]] = []
        self._stems: set[str] = set()

    def bit(self, test: Callable[[str], bool], stems: Callable[[], Iterable[str]]) -> int:
        """The bit of one more test of a folded word.

        `stems` are all that it can pass by: the word itself or what `_readings` makes of it must be among them.
        """
        self._tests.append((test, stems))
        self.clear()
        self._stems.clear()
        return 1 << (len(self._tests) - 1)

    def __missing__(self, form: str) -> int:
        if len(self) >= _CACHE_LIMIT:
            self.clear()
        if not self._stems:
            self._stems.update(*(stems() for _, stems in self._tests))
        opens = 0
        if not self._stems.isdisjoint(_readings(form)):
            opens = sum(1 << place for place, (test, _) in enumerate(self._tests) if test(form))
        self[form] = opens
        return opens


OPENERS = Openers()
"""Every grammar of this package has its bit here; `Sentence.opening` says where in a sentence its words stand."""


def _endings(form: str) -> Sequence[str]:
    """The pronouns that a folded word may end in."""
    return [pronoun for pronoun in _PRONOUNS if form.endswith(pronoun)] if form.endswith(_PRONOUNS) else ()


def _readings(form: str) -> set[str]:
    """All that a folded word may be without particles, pronoun and the alif of an indefinite object."""
    found = {form}
    endings = [ending for ending in _ENDINGS if form.endswith(ending)] if form.endswith(_ENDINGS) else ()
    for _, _, stem in splits(form):
        found.add(stem)
        for ending in endings:
            base = stem[: -len(ending)]
            found.add(base)
            if base.endswith("ت"):
                found.add(base[:-1] + "ه")
    return found


@dataclass
class Triggers:
    """The trigger words of one table, with what was looked up kept for the next time."""

    forms: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    _seen: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)

    def stems(self) -> Iterable[str]:
        """All forms and nouns, without particles."""
        return self.forms.keys() | self.nouns.keys()

    def at(self, form: str) -> tuple[Trigger, ...]:
        """The ways to read a folded word as a trigger; none for most words."""
        known = self._seen.get(form)
        if known is None:
            known = tuple(self._read(form))
            if len(self._seen) < _CACHE_LIMIT:
                self._seen[form] = known
        return known

    def _read(self, form: str) -> Iterable[Trigger]:
        yield from self.forms.get(form, ())
        if len(form) > 3 and form[0] in "وف":
            for trigger in self.forms.get(form[1:], ()):
                yield _with(trigger, joined=True)
        if len(form) > 4 and form[0] == "ل":
            yield from (t for t in self.forms.get(form[1:], ()) if t.tense == "present")
        nouns = self.nouns
        endings = _endings(form)
        for proclitic, definite, stem in splits(form):
            if stem not in nouns and (definite or not endings):
                continue
            if "س" in proclitic:
                continue
            for trigger in nouns.get(stem, ()):
                yield _with(trigger, particle=proclitic, definite=definite)
            for pronoun in () if definite else endings:
                base = stem[: -len(pronoun)]
                if len(base) > 1:
                    owned = base[:-1] + "ه" if base.endswith("ت") and base[:-1] + "ه" in nouns else base
                    for trigger in nouns.get(owned, ()):
                        yield _with(trigger, particle=proclitic, pronoun=pronoun, definite=True)


def _with(
    trigger: Trigger, *, particle: str = "", pronoun: str = "", joined: bool = False, definite: bool = False
) -> Trigger:
    return Trigger(
        trigger.row,
        trigger.tense,
        trigger.gender,
        trigger.number,
        trigger.pronoun or pronoun,
        particle,
        joined or trigger.joined,
        definite or trigger.definite,
    )


def triggers_of(rows: Iterable[Mapping[str, str]]) -> Triggers:
    """The forms of verbs given by `past`, `present` and `masdar` (several parted by `|`, any may be empty)."""
    forms: dict[str, list[Trigger]] = defaultdict(list)
    nouns: dict[str, list[Trigger]] = defaultdict(list)
    for row in rows:
        if row.get("past"):
            for form in verb_forms(row["past"], row.get("present", "")):
                forms[form.written].append(Trigger(row, form.tense, form.gender, form.number, form.pronoun))
        for noun in row.get("masdar", "").split("|"):
            if noun:
                nouns[fold(noun).text].append(Trigger(row, "masdar"))
    return Triggers(
        {form: tuple(found) for form, found in forms.items()}, {noun: tuple(found) for noun, found in nouns.items()}
    )
