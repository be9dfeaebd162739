"""Which person a name, a short name or an office means in its article."""

from __future__ import annotations

from itertools import chain, islice

from kg.find.lexicon import lexicon
from kg.find.phrases import Phrase
from kg.gazetteer.entry import Office
from kg.link.drafts import Draft
from kg.link.index import consonants
from kg.link.knowledge import Knowledge, bare

# Offices that a `زعيم` or `رئيس` of a state may mean.
_HEADS_OF_STATE = frozenset({"president", "supreme-leader", "king", "emir", "sultan", "chancellor"})
_SAME_TITLES = {"ناطق": "متحدث", "ناطقه": "متحدثه"}
_SON = "بن"
_KEPT_IN_MIND = 100  # persons, the latest, of whom an office may be meant in a text as long as a book
_BEST_FIT = 3
_NAMESAKES = 40  # persons who share a word, the latest first, that a name is compared with


def same_title(office: str) -> str:
    """A bare office with one word for those that mean the same (`ناطق` as `متحدث`)."""
    first, *rest = office.split(" ")
    return " ".join([_SAME_TITLES.get(first, first), *rest])


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one name is another with words left out: in order, and not a son's by the father's and grandfather's."""
    if len(short) >= len(full):
        return False
    short, full = tuple(map(bare, short)), tuple(map(bare, full))
    rest = iter(full)
    if not all(part in rest for part in short):
        return False
    return short[0] == full[0] or _SON not in full[: full.index(short[0]) + 1]


def _completes(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a surname is given with the ending that the name in full left out: `رضا نعمت`, then `نعمت زاده`."""
    return len(short) == 2 and short[0] == full[-1] and short[1] in lexicon().sets["name_suffixes"]


class People:
    """The persons of one article by the words of their names."""

    def __init__(self, knowledge: Knowledge, day: str | None = None) -> None:
        self._knowledge = knowledge
        self._day = day
        self._leaders = lexicon().sets["leaders"]
        self.drafts: list[Draft] = []
        self._by_part: dict[str, dict[int, Draft]] = {}
        self._by_name: dict[tuple[str, ...], Draft] = {}
        self._recent: dict[int, Draft] = {}  # by last mention, the latest last

    def add(self, draft: Draft) -> None:
        """Take a new person in, under every word of the name."""
        self.drafts.append(draft)
        self.learn(draft, draft.parts)

    def learn(self, draft: Draft, parts: tuple[str, ...]) -> None:
        """One more way to write a person's name."""
        self._by_name.setdefault(parts, draft)
        for part in parts:
            self._by_part.setdefault(part, {})[id(draft)] = draft

    def surnames(self) -> frozenset[str]:
        """The words that stand for a person on their own: the last of a name, the first where the family name leads."""
        lex = lexicon()
        return frozenset(word for word in self._last_words() if not lex.is_common(word))

    def doubtful_surnames(self) -> frozenset[str]:
        """Those of them that are words too, though seldom used: a person only where one who speaks stands."""
        lex = lexicon()
        return frozenset(
            word for word in self._last_words() if lex.is_common(word) and not {word, bare(word)} & lex.frequent
        )

    def _last_words(self) -> set[str]:
        lex = lexicon()
        found = set()
        for draft in self.drafts:
            if len(draft.parts) > 1:
                found.add(draft.parts[-1])
                if draft.country in lex.sets["family_name_first"]:
                    found.add(draft.parts[0])
        return {word for word in found if len(word) > 2 and word not in lex.stops}

    def touch(self, draft: Draft) -> None:
        """A person was mentioned."""
        self._recent.pop(id(draft), None)
        self._recent[id(draft)] = draft

    def latest(self) -> list[Draft]:
        """The persons mentioned last, the latest first; of an article that names very many only some."""
        return list(islice(reversed(self._recent.values()), _KEPT_IN_MIND))

    def by_name(self, parts: tuple[str, ...]) -> Draft | None:
        """The person of a full name: the same words, some of them, or a spelling close to them."""
        known = self._by_name.get(parts)
        if known is not None:
            return known
        if len(parts) == 1:
            return self.by_part(parts[0])
        near = [draft for part in parts for draft in islice(reversed(self._by_part.get(part, {}).values()), _NAMESAKES)]
        for draft in dict.fromkeys(near):
            if len(draft.parts) > 1 and (
                _shortens(parts, draft.parts) or _shortens(draft.parts, parts) or _completes(parts, draft.parts)
            ):
                return draft
        sound = [consonants(part) for part in parts]
        return next((draft for draft in dict.fromkeys(near) if [*map(consonants, draft.parts)] == sound), None)

    def by_part(self, part: str) -> Draft | None:
        """The person that one word of a name means: the only one who has it, else the last one mentioned."""
        known = self._by_part.get(part, {})
        latest = next((draft for draft in self.latest() if id(draft) in known), None) if len(known) > 1 else None
        return latest or next(iter(known.values()), None)

    def by_office(self, phrase: Phrase, bodies: frozenset[str] = frozenset()) -> Draft | None:
        """The person whom an office describes: `الرئيس الأوكراني`, `وزير الدفاع`, `الوزير الروسي`, `المتحدث`."""
        if phrase.title_class == "peer":
            return next((draft for draft in self.latest() if draft.country == phrase.country), None)
        wanted = same_title(bare(phrase.office or phrase.title))
        if bodies:
            role = self._knowledge.roles.get(bare(phrase.title))
            for draft in self.drafts[-_KEPT_IN_MIND:]:
                if draft.entry and any(o.role == role and o.of in bodies for o in draft.entry.offices if self._held(o)):
                    return draft
        best: tuple[int, Draft] | None = None
        for draft in chain(self.latest(), self.drafts[-_KEPT_IN_MIND:]):
            if phrase.country and draft.country and phrase.country != draft.country:
                continue
            fit = self._fit(draft, wanted, bool(phrase.country), phrase.title_class)
            if fit == _BEST_FIT:
                return draft
            if fit and (best is None or fit > best[0]):
                best = (fit, draft)
        return best[1] if best else None

    def _leads(self, office: str, of: list[str]) -> bool:
        first, *rest = office.split()
        return first in self._leaders and rest == of

    def _held(self, office: Office) -> bool:
        return office.held_on(self._day) if self._day else True

    def _fit(self, draft: Draft, wanted: str, with_country: bool, title_class: str) -> int:
        """How well an office fits a person: 3 as written in the article, 2 by the gazetteer, 1 by its first word."""
        if wanted in draft.offices:
            return _BEST_FIT if with_country or draft.country is None or " " in wanted else 2
        first, *rest = wanted.split()
        if rest and any(office.split()[0] == first and office.split()[-1] == rest[-1] for office in draft.offices):
            return 2  # حاكم كذا after حاكم إقليم كذا
        if rest and first in self._leaders and any(self._leads(office, rest) for office in draft.offices):
            return 2  # زعيم كذا after رئيس كذا
        if (
            rest
            and title_class == "minister"
            and any({first, *rest} <= set(office.split()) for office in draft.offices)
        ):
            return 2  # وزير الصناعة after وزير التجارة والصناعة
        mine = {self._knowledge.roles.get(office, office) for office in draft.offices}
        role = self._knowledge.roles.get(wanted, wanted)
        leads = wanted in self._leaders or role in _HEADS_OF_STATE
        if with_country and draft.country:
            if role in mine or (leads and mine & (_HEADS_OF_STATE | self._leaders)):
                return _BEST_FIT
            if draft.entry is not None:
                held = {office.role for office in draft.entry.offices if self._held(office)}
                if role in held or (leads and held & _HEADS_OF_STATE):
                    return 2
        if " " not in wanted and any(office.split()[0] == wanted for office in draft.offices):
            return 1
        if " " not in wanted and with_country and draft.entry is not None and draft.country:
            held = {office.role for office in draft.entry.offices if self._held(office)}
            titles = [title for role in held for title in self._knowledge.titles.get(role, ())]
            return int(any(title.split()[0] == wanted for title in titles))  # الوزير الفلاني
        return 0
