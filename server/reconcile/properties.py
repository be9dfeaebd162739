"""The properties of entities that queries may filter by and tables may be extended with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.gazetteer.entry import Entry
from kg.gazetteer.load import Gazetteer
from kg.model import EntityType

Value = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its names and the values it has: `{"str": …}`, `{"int": …}` or an entity.

    `types` are those that may have it; none stands for all. An entity's value names the entry (`{"entry": key}`).
    """

    id: str
    names: Mapping[str, str]
    values: Callable[[Entry, Gazetteer], Iterable[Value]]
    types: frozenset[EntityType] = field(default_factory=frozenset)

    def fits(self, kind: EntityType | None) -> bool:
        """Whether an entity of that type may have it; of no type: always."""
        return not self.types or kind is None or kind in self.types


def _country(entry: Entry, gazetteer: Gazetteer) -> Iterable[Value]:
    return [{"entry": entry.country}] if entry.country in gazetteer.entries else []


def _offices(entry: Entry, gazetteer: Gazetteer) -> Iterable[Value]:
    for office in entry.offices:
        of = gazetteer.entries.get(office.of)
        role = gazetteer.roles.get(office.role)
        if of is not None and role is not None:
            dates = f" ({office.start}/{office.end or '..'})" if office.start else ""
            yield {"str": f"{role.title_en}, {of.label_en}{dates}", "lang": "en", "dir": "ltr"}


def _strings(values: Iterable[str | None], language: str | None = None) -> Iterable[Value]:
    more = {} if language is None else {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    return [{"str": value, **more} for value in values if value]


PROPERTIES = (
    Property("country", {"en": "country", "ar": "البلد"}, _country),
    Property("office", {"en": "office held", "ar": "المنصب"}, _offices, frozenset({EntityType.PERSON})),
    Property("wikidata", {"en": "Wikidata item", "ar": "معرف ويكي بيانات"}, lambda e, g: _strings([e.wikidata])),
    Property("type", {"en": "type", "ar": "النوع"}, lambda e, g: _strings([e.type.value])),
    Property("label_ar", {"en": "Arabic name", "ar": "الاسم بالعربية"}, lambda e, g: _strings([e.label_ar], "ar")),
    Property("label_en", {"en": "English name", "ar": "الاسم بالإنجليزية"}, lambda e, g: _strings([e.label_en], "en")),
    Property("alias_ar", {"en": "other Arabic names", "ar": "أسماء أخرى"}, lambda e, g: _strings(e.aliases_ar, "ar")),
    Property(
        "alias_en",
        {"en": "other English names", "ar": "أسماء أخرى بالإنجليزية"},
        lambda e, g: _strings(e.aliases_en, "en"),
    ),
    Property(
        "iso2",
        {"en": "ISO 3166-1 code", "ar": "رمز آيزو"},
        lambda e, g: _strings([e.iso2]),
        frozenset({EntityType.STATE}),
    ),
    Property(
        "capital_of",
        {"en": "capital of", "ar": "عاصمة"},
        lambda e, g: [{"entry": e.metonym_of}] if e.metonym_of else [],
        frozenset({EntityType.PLACE}),
    ),
    Property("statements", {"en": "number of statements", "ar": "عدد التصريحات"}, lambda e, g: []),
)
BY_ID = {property.id: property for property in PROPERTIES}
