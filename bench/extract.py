"""Speed from text to store, stage by stage, on one core: `python bench/extract.py [--articles N] [--corpus FILE]`.

Prints whether what is measured is compiled (`hatch_build.py`) or pure Python; articles a second through each stage and
altogether (CPU time of this process), beside a plain tokeniser (spaCy's for Arabic with its sentence splitter, where it
is installed) and a plain Aho–Corasick scan for the gazetteer's names on the same texts; how memory grows from the first
thousand articles to the last; that the time for an article is linear in its length from 10 kB to 1 MB; and the whole
corpus through `khabar ingest` into a new store, with what did not get through.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ahocorasick

from kg import resources
from kg.collector import settle
from kg.frames.agreements import find_agreements
from kg.frames.measures import find_measures
from kg.frames.meetings import find_meetings
from kg.frames.reading import read_article, split_tokens
from kg.frames.statements import find_statements
from kg.frames.transfers import find_transfers
from kg.gate import Case, judge_all
from kg.gazetteer.load import load
from kg.ingest import ingest
from kg.ingest.driver import CHUNK
from kg.link.entities import link_entities
from kg.model import Article
from kg.pipeline import entry_of, extract, frames_of
from kg.rdf.quads import ArticleGraph, graph_of
from kg.rdf.vocab import DEFAULT_BASE
from kg.read import read_sources
from kg.record import to_json
from kg.release import compiled
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite
from kg.text.dates import find_dates
from kg.text.fold import fold, fold_key
from kg.text.published import published_date
from kg.text.segment import segment
from kg.text.tokens import tokenize

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "news-sample.jsonl.gz"
_WARM_UP = 500  # articles read before the clock runs: language data are loaded, common words known
_LENGTHS = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # characters


def articles(corpus: Path) -> Iterator[Article]:
    """The articles of a JSON-lines file with `id` and `text`."""
    return (article for article in read_sources([corpus]) if isinstance(article, Article))


def stages(sample: list[Article]) -> None:
    """CPU time of each stage over a sample, every stage on the results of those before it."""
    folded = _timed("fold", [a.text for a in sample], fold)
    segments = _timed("segments and zones", folded, lambda f: segment(f, None))
    tokens = _timed("tokens", folded, tokenize)
    dates = _timed("dates", list(zip(folded, tokens, strict=True)), lambda x: find_dates(*x))
    read = list(zip(sample, folded, segments, dates, strict=True))
    _timed("publication date", read, lambda x: published_date(*x))
    sentences = [split_tokens(s, t) for s, t in zip(segments, tokens, strict=True)]
    _timed("actors found and linked", list(zip(folded, segments, sentences, strict=True)), lambda x: link_entities(*x))
    readings = [read_article(article) for article in sample]
    for name, finder in (
        ("statements", find_statements),
        ("transfers", find_transfers),
        ("agreements", find_agreements),
        ("meetings", find_meetings),
        ("measures", find_measures),
    ):
        _timed(name, readings, finder)
    found = _timed("all frames, claims attached", readings, frames_of)
    records = _timed("record as JSON", found, to_json)
    graphs = _timed("quads", found, lambda x: graph_of(x, "bench", DEFAULT_BASE, entry_of))
    gate(sample, graphs)
    store(sample, graphs, records)
    begun = time.process_time()
    for article in sample:
        extract(article)
    spent = time.process_time() - begun
    _tell("extraction, everything", len(sample), spent)


def peers(sample: list[Article]) -> None:
    """CPU time of what others do with the same texts: split them into words, or look for listed names and no more."""
    names = ahocorasick.Automaton()
    for entry in load():
        for name in entry.names:
            names.add_word(f" {fold_key(name)} ", entry.key)
    names.make_automaton()
    _timed("peer: Aho–Corasick scan alone", [a.text for a in sample], lambda t: list(names.iter(fold(t).text)))
    try:
        tokenise = importlib.import_module("spacy").blank("ar")
    except ImportError:
        print(f"{'peer: spaCy tokeniser':30} not installed")
        return
    tokenise.add_pipe("sentencizer")
    _timed("peer: spaCy tokeniser", [a.text for a in sample], tokenise)


def gate(sample: list[Article], graphs: list[ArticleGraph]) -> None:
    """CPU time of the gate, as many graphs a call as ingest hands it."""
    texts = {graph.iri: article.text for graph, article in zip(graphs, sample, strict=True)}
    begun = time.process_time()
    verdicts = [
        verdict
        for first in range(0, len(graphs), CHUNK)
        for verdict in judge_all(
            [Case(g.iri, g.parsed(), g.context()) for g in graphs[first : first + CHUNK]], texts.get
        )
    ]
    _tell("gate", len(sample), time.process_time() - begun)
    print(f"{'':30} {sum(verdict.conforms for verdict in verdicts):10,} pass")


def store(sample: list[Article], graphs: list[ArticleGraph], records: list[bytes]) -> None:
    """CPU time of writing and publishing them as one version of a new store."""
    writes = [
        ArticleWrite(article, article.sha256, "bench", graph, "2025-01-01T00:00:00+00:00", record, ())
        for article, graph, record in zip(sample, graphs, records, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder), DEFAULT_BASE) as target:
        begun = time.process_time()
        target.put(writes)
        target.publish("bench")
        _tell("store, published", len(sample), time.process_time() - begun)


def whole(corpus: Path) -> None:
    """Every article of the corpus through reading, extraction, gate and store, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        begun, clock = time.process_time(), time.perf_counter()
        summary = ingest(Path(folder), read_sources([corpus]), jobs=1)
        spent, passed = time.process_time() - begun, time.perf_counter() - clock
    _tell("ingest, everything", summary.written, spent)
    print(
        f"{summary.written:,} written, {summary.quads:,} quads, {len(summary.rejected)} in quarantine, "
        f"{len(summary.failed)} failed, {len(summary.empty)} with nothing in them, "
        f"{len(summary.duplicates)} duplicates; {passed:.1f} s by the clock"
    )
    for problem in (*summary.rejected, *summary.failed):
        print(f"  {problem.place}: {problem.reason}")


def _timed(name: str, inputs: list[Any], stage: Callable[[Any], Any]) -> list[Any]:
    settle()  # what the other stages made is kept only for this listing
    begun = time.process_time()
    results = [stage(x) for x in inputs]
    spent = time.process_time() - begun
    _tell(name, len(inputs), spent)
    return results


def _tell(name: str, count: int, spent: float) -> None:
    print(f"{name:30} {count / spent:10,.0f} articles/s  {1000 * spent / count:7.3f} ms an article")


def memory(corpus: Path) -> None:
    """Peak memory over three rounds of the corpus, articles read and forgotten one by one.

    It grows while new words are met, which are remembered up to a limit, and then stays.
    """
    total = 0
    stream = itertools.chain.from_iterable(articles(corpus) for _ in range(3))
    while batch := list(itertools.islice(stream, 1000)):
        for article in batch:
            extract(article)
        total += len(batch)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peak = peak // 1024 if sys.platform == "darwin" else peak  # bytes there, kilobytes here
        print(f"peak memory after {total:5,} articles  {peak / 1024:7.0f} MB")


def lengths(sample: list[Article]) -> None:
    """CPU time of one article made of the sample's texts, cut at growing lengths."""
    text = "\n\n".join(article.text for article in sample)
    text = text * (1 + _LENGTHS[-1] // max(1, len(text)))
    for length in _LENGTHS:
        article = Article("long", "long", text[:length], "0" * 64, language="ar")
        begun = time.process_time()
        extract(article)
        spent = time.process_time() - begun
        print(f"one article of {length:9,} characters  {spent:7.3f} s  {1e6 * spent / length:6.2f} µs a character")


def main() -> None:
    """Runs all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=1000, help="how many for the stages (default 1000)")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", choices=["peers", "stages", "memory", "lengths", "ingest"])
    options = parser.parse_args()
    if not options.corpus.is_file():
        sys.exit(f"{options.corpus} is not here; name a corpus with --corpus")
    print(f"measured: {'compiled' if compiled() else 'pure Python'}, of {resources.data_dir().parent}")
    stream = articles(options.corpus)
    for article in itertools.islice(stream, _WARM_UP):
        extract(article)
    settle()
    sample = list(itertools.islice(stream, options.articles))
    if options.only in (None, "memory"):
        memory(options.corpus)
    if options.only in (None, "peers", "stages"):
        peers(sample)
    if options.only in (None, "stages"):
        stages(sample)
    if options.only in (None, "lengths"):
        lengths(sample)
    if options.only in (None, "ingest"):
        whole(options.corpus)


if __name__ == "__main__":
    main()
