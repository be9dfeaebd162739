"""Who is who: an annotator's keys and an extraction's entities compared by Wikidata item, else by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_SAME_LETTER = str.maketrans("أإآٱىئؤة", "اااايييه")
_NIL = "NIL:"  # a gold key that is the name itself: somebody in no list


@dataclass(frozen=True, slots=True)
class Identity:
    """A Wikidata item, if any, and the names one goes by, folded."""

    wikidata: str | None
    names: frozenset[str]

    def same(self, other: Identity) -> bool:
        """The same item; where either has none, a shared name."""
        if self.wikidata and other.wikidata:
            return self.wikidata == other.wikidata
        return bool(self.names & other.names)


def identity(wikidata: str | None, names: Iterable[str]) -> Identity:
    """An identity from names as written; empty ones are left out."""
    return Identity(wikidata, frozenset(fold_name(name) for name in names if name))


def fold_name(name: str) -> str:
    """A name reduced to what its spellings share: no marks, tatweel, punctuation or case; one alef, ya and ta.

    The evaluation's own folding (`docs/record.md`), coarser than that of the text (`kg/text/fold.py`).
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    letters = bare.replace("ـ", "").translate(_SAME_LETTER).casefold()
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", " ", letters)).strip()


class Cast:
    """The actors of one article, annotated and extracted."""

    def __init__(self, identities: Mapping[str, Identity], entities: Iterable[Mapping[str, Any]]) -> None:
        self._known = identities
        self._found = {entity["id"]: _of_entity(entity) for entity in entities}

    def _annotated(self, key: str) -> Identity:
        if key.startswith(_NIL):
            return identity(None, [key[len(_NIL) :]])
        known = self._known.get(key)
        return known if known is not None else Identity(None, frozenset({fold_name(key)}))

    def _extracted(self, ident: str) -> Identity:
        found = self._found.get(ident)
        return found if found is not None else Identity(None, frozenset({fold_name(ident)}))

    def same(self, key: str, ident: str) -> bool:
        """Whether a gold key and an extracted entity are the same."""
        return self._annotated(key).same(self._extracted(ident))

    def any_same(self, keys: Iterable[str], idents: Iterable[str]) -> bool:
        """Whether some of these keys and entities are the same."""
        idents = list(idents)
        return any(self.same(key, ident) for key in keys for ident in idents)

    def all_same(
        self, keys: Iterable[str], idents: Iterable[str], accept: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> bool:
        """Whether every key is there and nothing else is; an accepted stand-in counts, an optional one is free."""
        keys, idents, accept = list(keys), list(idents), list(accept)
        stand_in = self.any_same(accept, idents)
        if not all(stand_in or self.any_same([key], idents) for key in keys):
            return False
        free = [*keys, *accept, *optional]
        return all(self.any_same(free, [ident]) for ident in idents)


def _of_entity(entity: Mapping[str, Any]) -> Identity:
    label = entity.get("label") or {}
    return identity(entity.get("wikidata") or None, label.values() if isinstance(label, dict) else [label])
