"""Entities while an article is read: what is known of each so far, and where it was mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

from kg.gazetteer.entry import Entry
from kg.model import Candidate, Entity, EntityType, Link, Mention, Span


@dataclass(slots=True, eq=False)
class Draft:
    """One entity in the making. `parts` are the words of a person's name; `offices` the titles it was named with.

    `mentions` are kept by (start, end, form), with particles, head and place.
    """

    type: EntityType
    label: str
    label_en: str | None = None
    entry: Entry | None = None
    link: Link | None = None
    candidates: tuple[Candidate, ...] = ()
    parts: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    office: str | None = None
    offices: set[str] = field(default_factory=set)
    mentions: dict[tuple[int, int, str], tuple[str, Span | None, str | None]] = field(default_factory=dict)
    affiliation: list[Draft] = field(default_factory=list)

    def mention(self, span: Span, form: str, proclitic: str, head: Span | None, place: str | None) -> None:
        """Record where it is mentioned; the same place twice counts once."""
        self.mentions.setdefault((span.start, span.end, form), (proclitic, head, place))

    def finish(self, ident: str, ids: dict[int, str]) -> Entity:
        """The entity, with its mentions in order and the ids of what it belongs to."""
        return Entity(
            ident,
            self.type,
            self.label,
            self.label_en,
            self.entry.wikidata if self.entry else None,
            self.entry.key if self.entry else None,
            tuple(
                Mention(Span(start, end), ident, form, *rest)
                for (start, end, form), rest in sorted(self.mentions.items(), key=itemgetter(0))
            ),
            self.link,
            self.candidates,
            tuple(dict.fromkeys(ids[id(draft)] for draft in self.affiliation if id(draft) in ids)),
            self.role,
            self.office,
            self.country,
        )
