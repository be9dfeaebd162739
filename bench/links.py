"""How the entities of real articles are linked: `python bench/links.py`.

Prints how many of the 41 checked entities of articles 000-004 (`../shared/gazetteer/seed_core.tsv`) are linked
somewhere in those articles, a capital or palace counting as the place its metonym names; and, over all annotated
articles, every actor that bears the name of an annotated one but is linked to another item. Exit code 1 where a link is
wrong or missing.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.gazetteer.load import load
from kg.model import ACTOR_TYPES, Article, Extraction
from kg.pipeline import extract
from kg.read import read_sources
from kg.text.fold import fold_key

SHARED = Path(__file__).resolve().parents[2] / "shared"


def linked_items(extraction: Extraction) -> Iterator[str]:
    """The Wikidata items of an extraction: of entities, of the places that metonyms name, of offices in titles."""
    gazetteer = load()
    for entity in extraction.entities:
        keys = [entity.office, *(mention.place for mention in entity.mentions)]
        entries = [entry for key in keys if key and (entry := gazetteer.get(key))]
        yield from (item for item in (entity.wikidata, *(entry.wikidata for entry in entries)) if item)


def wrong_links(extraction: Extraction, actors: list[str], table: dict[str, tuple[str, set[str]]]) -> Iterator[str]:
    """Entities linked to an item other than that of the annotated actor whose name they bear."""
    for entity in extraction.entities:
        if entity.type not in ACTOR_TYPES:
            continue  # a capital that is a place bears the name of its state's government
        names = {fold_key(name) for name in (entity.label_ar, entity.label_en or "") if name}
        for key in actors:
            item, known = table.get(key, ("", set()))
            if item and entity.wikidata and names & known and entity.wikidata != item:
                yield f"{extraction.article.name}: {entity.label_ar} is linked to {entity.wikidata}, not {item}"


def main() -> int:
    """Prints both figures; 1 where a checked entity is not linked or a link is wrong."""
    with (SHARED / "gazetteer" / "seed_core.tsv").open(encoding="utf-8") as file:
        checked = {row["qid"]: row["label_en"] for row in csv.DictReader(file, delimiter="\t")}
    table = {}
    for line in (SHARED / "gold" / "entities.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        key, item, _type, english, arabic, *_ = [*line.split("\t"), ""]
        table[key] = (item, {fold_key(name) for name in f"{arabic}|{english}".split("|") if name})
    found: set[str] = set()
    wrong: list[str] = []
    links = 0
    for article in read_sources([SHARED / "articles"]):
        assert isinstance(article, Article)
        extraction = extract(article)
        links += sum(entity.wikidata is not None for entity in extraction.entities)
        if article.name[:3] in {"000", "001", "002", "003", "004"}:
            found.update(linked_items(extraction))
        gold = json.loads((SHARED / "gold" / article.name).with_suffix(".json").read_text(encoding="utf-8"))
        wrong += wrong_links(extraction, gold["actors"] + gold.get("actors_optional", []), table)
    missing = [f"{item} {label}" for item, label in checked.items() if item not in found]
    print(f"checked entities of articles 000-004 linked: {len(checked) - len(missing)} of {len(checked)}")
    print(f"links in the annotated articles: {links}, of them to another item than the annotated actor's: {len(wrong)}")
    for line in (*missing, *wrong):
        print(f"  {line}")
    return 1 if missing or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
