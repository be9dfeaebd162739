"""What linking knows beside an article: the gazetteer, its automaton and index, offices held, bodies of states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.find.names import Names
from kg.gazetteer.entry import Entry
from kg.gazetteer.load import Gazetteer, load
from kg.link.index import NameIndex
from kg.text import tokens
from kg.text.fold import fold_key


@dataclass(frozen=True)
class Knowledge:
    """The gazetteer as linking looks things up in it."""

    gazetteer: Gazetteer
    names: Names
    index: NameIndex
    bodies: Mapping[tuple[str, ...], str]  # bare folded words of a body's head → pattern code
    roles: Mapping[str, str]  # bare folded title → role code
    titles: Mapping[str, frozenset[str]]  # role code → bare folded titles

    def body(self, words: tuple[str, ...], country: str | None) -> Entry | None:
        """The body of a state that these words name (`وزاره خارجيه` of russia), or None."""
        code = self.bodies.get(words)
        return self.gazetteer.get(f"{code}@{country}") if code and country else None

    def offices(self, entry: Entry) -> frozenset[str]:
        """Every title that an entry's person held, bare and folded."""
        found: set[str] = set()
        for office in entry.offices:
            found |= self.titles.get(office.role, frozenset())
        return frozenset(found)

    def office(self, title: str, country: str | None) -> Entry | None:
        """The office that a bare title names in a state, or None."""
        code = self.roles.get(title)
        return self.gazetteer.get(f"{code}@{country}") if code and country else None


@lru_cache(maxsize=100_000)
def bare(words: str) -> str:
    """Words folded, each without its article."""
    return " ".join(map(tokens.bare, fold_key(words).split()))


@cache
def knowledge() -> Knowledge:
    """That of this process: built once, from the shipped gazetteer."""
    return know(load())


def know(gazetteer: Gazetteer) -> Knowledge:
    """What linking looks up in a gazetteer."""
    bodies = {
        tuple(bare(head).split()): code for code, pattern in gazetteer.patterns.items() for head, _ in pattern.heads_ar
    }
    titles = {
        code: frozenset(bare(title) for title in role.titles_ar + role.feminine_ar)
        for code, role in gazetteer.roles.items()
    }
    roles = {title: code for code, named in reversed(list(titles.items())) for title in sorted(named)}
    return Knowledge(gazetteer, Names(list(gazetteer)), NameIndex(gazetteer), bodies, roles, titles)
