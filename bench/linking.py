"""How well names on their own are linked, beside peers, and how fast: `python bench/linking.py [--quick]`.

Lists: the second half of the shared labelled variants (every other line), and `bench/variants.tsv`, 1,204 of our own
(spellings, short names, metonyms, demonyms, clitics, orthography, names of nobody), split by every other line of a
kind; no rule was written on the second halves. For each list and method: the share of correct links, of wrong ones, and
of false ones when the entity meant is taken out of the index (for names of nobody: as they are).

Peers get the same names, types unknown: `nomenklatura` (logic-v2 on the 25 nearest by rapidfuzz) and a plain rapidfuzz
index; each with the threshold that did best on the first half of our list. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz, process

from kg.frames.reading import split_tokens
from kg.gazetteer.entry import Entry
from kg.gazetteer.load import Gazetteer, load
from kg.gazetteer.search import Search, heads, search
from kg.link.entities import link_entities
from kg.model import Article, EntityType
from kg.text.fold import fold
from kg.text.segment import segment
from kg.text.tokens import tokenize

SHARED = Path(__file__).resolve().parents[2] / "shared"
OWN = Path(__file__).resolve().parent / "variants.tsv"
THRESHOLDS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_NEAREST = 25
_SENTENCE = "قال وزير الخارجية الروسي سيرغي لافروف إن بلاده ترفض العقوبات."

Ranked = list[tuple[float, str]]
"""Scores and keys of entries, best first."""
Rank = Callable[[str], Ranked]
Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Variant:
    """A name, and the key of the entry that it means; None for a name of nobody."""

    kind: str
    name: str
    key: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the variants of somebody; `false` counts those linked once their entry is gone, and names of nobody."""

    correct: float
    wrong: float
    false: float

    def __str__(self) -> str:
        return f"correct {self.correct:.3f}  wrong {self.wrong:.3f}  false without the entity {self.false:.3f}"


def shared_variants(gazetteer: Gazetteer) -> list[Variant]:
    """The second half of the shared list; its answers are items."""
    path = SHARED / "gazetteer" / "ar_variants_labelled.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))[1::2]
    known = gazetteer.by_wikidata
    return [Variant("shared", row["variant"], known[row["qid"]].key if row["qid"] in known else "?") for row in rows]


def own_variants(half: int) -> list[Variant]:
    """One half of our own list: every other line of each kind."""
    kinds: dict[str, list[Variant]] = defaultdict(list)
    with OWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            kinds[row["kind"]].append(Variant(row["kind"], row["variant"], row["key"] or None))
    return [variant for rows in kinds.values() for variant in rows[half::2]]


def score(variants: Sequence[Variant], link: Link, without: Callable[[str], Link]) -> Score:
    """`without` gives the method with one entry taken out of its index."""
    somebody = [variant for variant in variants if variant.key is not None]
    found = [(link(variant.name), variant.key) for variant in somebody]
    false = sum(link(variant.name) is not None for variant in variants if variant.key is None)
    by_key: dict[str, list[str]] = defaultdict(list)
    for variant in somebody:
        by_key[str(variant.key)].append(variant.name)
    for key, names in by_key.items():
        poorer = without(key)
        false += sum(poorer(name) is not None for name in names)
    return Score(
        sum(key == meant for key, meant in found) / len(somebody),
        sum(key not in (meant, None) for key, meant in found) / len(somebody),
        false / len(variants),
    )


# ── methods ───────────────────────────────────────────────────────────────────────────────────────────────────────


def khabar(gazetteer: Gazetteer) -> tuple[Link, Callable[[str], Link]]:
    """What reconciliation uses: a link only where it is certain."""
    words = heads()

    def linker(search: Search) -> Link:
        def link(name: str) -> str | None:
            match = search.certain(name)
            return match.entry.key if match else None

        return link

    def without(key: str) -> Link:
        rest = {each: entry for each, entry in gazetteer.entries.items() if each != key}
        return linker(Search(replace(gazetteer, entries=rest), words))

    return linker(Search(gazetteer, words)), without


def by_rank(rank: Rank, threshold: float) -> tuple[Link, Callable[[str], Link]]:
    """A method that scores entries: the best one from a threshold on."""

    def without(key: str | None) -> Link:
        def link(name: str) -> str | None:
            best = next(((score, each) for score, each in rank(name) if each != key), None)
            return best[1] if best is not None and best[0] >= threshold else None

        return link

    return without(None), without


def tuned(rank: Rank) -> tuple[float, tuple[Link, Callable[[str], Link]]]:
    """A method with the threshold that has most correct links on the first half with at most 1 % wrong; else fewest."""
    rated = [(threshold, score(own_variants(0), *by_rank(rank, threshold))) for threshold in THRESHOLDS]
    good = [row for row in rated if row[1].wrong <= 0.01]
    chosen = max(good, key=lambda row: row[1].correct) if good else min(rated, key=lambda row: row[1].wrong)
    return chosen[0], by_rank(rank, chosen[0])


def plain_rapidfuzz(gazetteer: Gazetteer) -> Rank:
    """The likeness of whole names by rapidfuzz, nothing else."""
    names = [(name, entry.key) for entry in gazetteer for name in entry.names]
    texts = [name for name, _ in names]

    @cache
    def rank(name: str) -> Ranked:
        found = process.extract(name, texts, scorer=fuzz.ratio, limit=_NEAREST)
        return [(likeness / 100, names[place][1]) for _, likeness, place in found]

    return rank


def nomenklatura(gazetteer: Gazetteer) -> Rank | None:
    """nomenklatura's logic-v2 on the entries nearest by rapidfuzz; None where it is not installed."""
    try:
        from followthemoney.proxy import EntityProxy
        from nomenklatura.matching import LogicV2, ScoringConfig
    except ImportError:
        return None
    nearest = plain_rapidfuzz(gazetteer)
    config = ScoringConfig.defaults()

    def proxy(identity: str, schema: str, names: Iterable[str]) -> EntityProxy:
        """The library keeps what it knows of an entity by its id, so that no two may share one."""
        return EntityProxy.from_dict({"id": identity, "schema": schema, "properties": {"name": list(names)}})

    def entity(entry: Entry) -> EntityProxy:
        schema = "Person" if entry.type is EntityType.PERSON else "Organization"
        return proxy(entry.key, schema, entry.names)

    @cache
    def rank(name: str) -> Ranked:
        asked = proxy(f"asked {name}", "LegalEntity", [name])
        keys = dict.fromkeys(key for _, key in nearest(name))
        scored = [(LogicV2.compare(asked, entity(gazetteer.entries[key]), config).score, key) for key in keys]
        return sorted(scored, key=lambda row: -row[0])

    return rank


# ── speed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def mentions_a_second(limit: int) -> float:
    """Mentions found and linked a second of CPU time, one core, in the pipeline's own stage."""
    prepared = []
    for text in islice(_texts(), limit):
        folded = fold(text)
        segments = segment(folded, None)
        prepared.append((folded, segments, split_tokens(segments, tokenize(folded))))
    link_entities(*prepared[0])
    begun = time.process_time()
    mentions = sum(len(entity.mentions) for article in prepared for entity in link_entities(*article))
    return mentions / (time.process_time() - begun)


def _texts() -> Iterator[str]:
    with gzip.open(SHARED / "corpus" / "news-sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def batch_of_ten() -> tuple[int, float]:
    """Names in the index, and the 95th percentile of milliseconds for ten queries through the service."""
    from kg.ingest import ingest
    from server.app import create_app, stop_app
    from server.config import ServerConfig

    names = [variant.name for half in (0, 1) for variant in own_variants(half)]
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder), [Article("a", "a", _SENTENCE, "0" * 64, language="ar")], jobs=1)
        app = create_app(ServerConfig(Path(folder)))
        client = app.test_client()
        times = []
        for start in range(0, len(names) - 10, 10):
            queries = {f"q{n}": {"query": name} for n, name in enumerate(names[start : start + 10])}
            begun = time.perf_counter()
            assert client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 200
            times.append(1000 * (time.perf_counter() - begun))
        stop_app(app)
    return len(search()), statistics.quantiles(times[1:], n=20)[-1]


def _spent(method: Callable[[str], object]) -> float:
    """Milliseconds of CPU time for a name, over the first half of our list."""
    names = [variant.name for variant in own_variants(0)]
    begun = time.process_time()
    for name in names:
        method(name)
    return 1000 * (time.process_time() - begun) / len(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="Leave out the peers.")
    parser.add_argument("--articles", type=int, default=1000, help="Of the shared corpus, for the speed of linking.")
    arguments = parser.parse_args()
    gazetteer = load()
    lists = {
        "shared variants, second half": shared_variants(gazetteer),
        "our variants, first half": own_variants(0),
        "our variants, second half": own_variants(1),
    }
    methods: dict[str, tuple[Link, Callable[[str], Link]]] = {"khabar": khabar(gazetteer)}
    print(f"khabar: {_spent(methods['khabar'][0]):.2f} ms a name")
    if not arguments.quick:
        peers = {"rapidfuzz": plain_rapidfuzz(gazetteer), "nomenklatura logic-v2": nomenklatura(gazetteer)}
        for name, rank in peers.items():
            if rank is None:
                print(f"{name}: not installed")
                continue
            print(f"{name}: {_spent(rank):.2f} ms a name")
            threshold, method = tuned(rank)
            methods[f"{name} from {threshold}"] = method
    for title, variants in lists.items():
        print(f"{title}: {len(variants)} names")
        for name, method in methods.items():
            print(f"  {name:30} {score(variants, *method)}")
    print(f"linking in the pipeline: {mentions_a_second(arguments.articles):,.0f} mentions a second")
    names, slow = batch_of_ten()
    print(f"ten reconciliation queries on {names:,} names: {slow:.1f} ms at the 95th percentile")


if __name__ == "__main__":
    main()
