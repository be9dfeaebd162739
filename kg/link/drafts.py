"""Entities while an article is read: what is known of each so far, and where it was mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.gazetteer.entry import Entry
from kg.model import Candidate, Entity, EntityType, Link, Mention


@dataclass(slots=True, eq=False)
class Draft:
    """One entity in the making. `parts` are the words of a person's name; `offices` the titles it was named with."""

    type: EntityType
    label: str
    label_en: str | None = None
    entry: Entry | None = None
    link: Link | None = None
    candidates: tuple[Candidate, ...] = ()
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    head: str = ""
    country: str | None = None
    role: str | None = None
    offices: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    affiliation: list[Draft] = field(default_factory=list)
    order: int = 0

    def finish(self, ident: str, ids: dict[int, str]) -> Entity:
        """The entity, with its mentions in order and the ids of what it belongs to."""
        mentions = sorted(set(self.mentions), key=lambda mention: (mention.span, mention.form))
        return Entity(
            ident,
            self.type,
            self.label,
            self.label_en,
            self.entry.wikidata if self.entry else None,
            self.entry.key if self.entry else None,
            tuple(Mention(m.span, ident, m.form, m.proclitic, m.head, m.place) for m in mentions),
            self.link,
            self.candidates,
            tuple(dict.fromkeys(ids[id(draft)] for draft in self.affiliation if id(draft) in ids)),
            self.role,
            self.country,
        )
