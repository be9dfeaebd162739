"""A check of a whole store: each graph's nodes judged exactly, in several processes, with one batch in memory each.

A node is judged with what the shapes reach from it in the union of all graphs, so the results are those of judging the
whole store at once; articles' passages are compared with the stored texts besides.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from rdflib.term import Node, URIRef

from kg.errors import UsageError
from kg.gate import own
from kg.gate.engine import results_on
from kg.gate.nodes import possible_focus, reader_of
from kg.gate.screening import screening_of
from kg.gate.shapes import Shapes, load_shapes
from kg.gate.terms import to_oxigraph, to_rdflib
from kg.gate.verdict import Result, Verdict
from kg.gate.walk import Read
from kg.rdf.vocab import KHABAR
from kg.store import Version, open_current, read_article
from kg.validate.run import Finding, Outcome, order

BATCH = 16  # article graphs judged in one go
NODES = 600  # nodes of one graph judged in one go


@dataclass(frozen=True, slots=True)
class Batch:
    """Graphs that a worker judges in one go, by name (empty: the unnamed one); `found` once it has."""

    graphs: tuple[str, ...]
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The shapes and ontology that judge, by their paths, so that each process can load them.

    `screened`: whether a faster engine screens for pySHACL where it is installed.
    """

    shapes: tuple[Path, ...]
    ontology: tuple[Path, ...]
    screened: bool = False


def check_store(
    db: Path, rules: Rules, jobs: int | None = None, journal: Path | None = None, show: bool = False
) -> Outcome:
    """Judges the current version of the store in `db` in `jobs` processes (by default one a core).

    With a journal, batches that an interrupted run has written there are not judged again. `show` counts on stderr.
    Raises StoreError, OntologyError, EngineDisagreementError, and UsageError where the journal is of another version or
    other shapes.
    """
    with open_current(db) as (version, graph):
        names = ["", *(str(name.value) for name in graph.named_graphs() if isinstance(name, ox.NamedNode))]
        quads = len(graph)
        batches = _batches(sorted(names), version.base)
        header = {"version": version.number, "shapes": _load(rules).digest}
        if rules.screened:
            screening_of(_load(rules))  # tells, here and not in each worker, where it cannot
        with _Journal(journal, header) as log:
            waiting = [batch for batch in batches if not log.has(batch)]
            work = partial(judge_batch, db=db, number=version.number, rules=rules)
            done = _run(waiting, work, jobs or os.cpu_count() or 1)
            for batch in _counted(done, len(waiting), show):
                log.write(batch)
            found = {(f.result.key(), f.file): f for batch in log.batches for f in batch.found}
    return Outcome(tuple(sorted(found.values(), key=order)), tuple(filter(None, names)), quads, in_store=True)


def _batches(names: Sequence[str], base: str) -> list[Batch]:
    articles = iter([name for name in names if name.startswith(f"{base}article/")])
    others = [Batch((name,)) for name in names if not name.startswith(f"{base}article/")]
    together = iter(lambda: tuple(islice(articles, BATCH)), ())
    return [*others, *(Batch(graphs) for graphs in together)]


def _run(batches: Sequence[Batch], work: partial[Batch], jobs: int) -> Iterator[Batch]:
    if jobs == 1 or len(batches) < 2:
        yield from map(work, batches)
        return
    # A forked process would share the open store of this one.
    with ProcessPoolExecutor(min(jobs, len(batches)), multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(work, batches)


def _counted(batches: Iterable[Batch], total: int, show: bool) -> Iterator[Batch]:
    from tqdm import tqdm

    yield from tqdm(batches, total=total, unit=" batches", disable=None if show else True, dynamic_ncols=True)


class _Journal:
    """What is judged already, kept in a file as JSON lines where one is named."""

    def __init__(self, path: Path | None, header: dict[str, object]) -> None:
        self.batches: list[Batch] = []
        self._path, self._header = path, header
        self._file: IO[str] | None = None

    def __enter__(self) -> _Journal:
        if self._path is not None:
            try:
                lines = self._path.read_text("utf-8").splitlines() if self._path.is_file() else []
                self._read(lines)
                self._file = self._path.open("w", encoding="utf-8")
            except OSError as error:
                raise UsageError(f"{self._path}: the journal cannot be kept ({error.strerror or error})") from error
            self._line(self._header)
            for batch in self.batches:
                self._line(_as_json(batch))
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file is not None:
            self._file.close()

    def has(self, batch: Batch) -> bool:
        return batch.graphs in {done.graphs for done in self.batches}

    def write(self, batch: Batch) -> None:
        self.batches.append(batch)
        self._line(_as_json(batch))

    def _read(self, lines: Sequence[str]) -> None:
        records = []
        for line in lines:
            try:
                records.append(json.loads(line))
            except ValueError:
                break  # the line that was being written when the run was interrupted
        if records and records[0] != self._header:
            raise UsageError(f"{self._path}: a journal of another version of the store or of other shapes; delete it")
        self.batches = [_from_json(record) for record in records[1:]]

    def _line(self, record: object) -> None:
        if self._file is not None:
            self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._file.flush()


def _as_json(batch: Batch) -> dict[str, object]:
    return {"graphs": batch.graphs, "found": [finding.as_json() for finding in batch.found]}


def _from_json(record: dict[str, list[dict[str, object]]]) -> Batch:
    return Batch(tuple(map(str, record["graphs"])), tuple(map(Finding.from_json, record["found"])))


# ── in a worker ───────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=1)
def _load(rules: Rules) -> Shapes:
    return load_shapes(rules.shapes, rules.ontology)


def judge_batch(batch: Batch, db: Path, number: int, rules: Rules) -> Batch:
    """The batch with what judging its graphs in that version of the store finds."""
    version, shapes = Version(db, number), _load(rules)
    graph = version.open()
    read = reader_of(graph, shapes)
    screening = screening_of(shapes) if rules.screened else None
    nodes = {node for name in batch.graphs for node in possible_focus(_quads(graph, name), shapes)}
    results: list[Result] = []
    waiting = iter(sorted(nodes, key=str))
    while chunk := set(islice(waiting, NODES)):
        results.extend(results_on(chunk, read, shapes, screening).values())
    found = [_placed(result, read, version) for result in Verdict.of(results).results]
    for name in batch.graphs:
        found.extend(_placed(result, read, version) for result in _own(graph, name, version, shapes))
    return Batch(batch.graphs, tuple(found))


def _quads(graph: ox.Store, name: str) -> Iterator[ox.Quad]:
    return graph.quads_for_pattern(None, None, None, ox.NamedNode(name) if name else ox.DefaultGraph())


def _own(graph: ox.Store, name: str, version: Version, shapes: Shapes) -> list[Result]:
    if not name.startswith(f"{version.base}article/"):
        return []
    quads = list(_quads(graph, name))

    def text_of(article: str) -> str | None:
        stored = read_article(version, str(article).removeprefix(f"{version.base}article/"))
        return None if stored is None else stored.article.text

    return [*own.passage_results(quads, text_of, shapes), *own.place_results(name, quads, shapes)]


def _placed(result: Result, read: Read, version: Version) -> Finding:
    """The result at the words of the article that its focus node rests on, where there are any."""
    passage = _first(read, result.focus, KHABAR.evidence) or result.focus
    article = _first(read, passage, KHABAR.inArticle) or _first(read, passage, KHABAR.reportedIn)
    text = _first(read, passage, KHABAR.text) or _first(read, passage, KHABAR.surface)
    start = _first(read, passage, KHABAR.start)
    quote_at = int(str(start)) if str(start).isdecimal() else None
    finding = Finding(result, "", None, "", str(text or ""), quote_at)
    stored = None if article is None else read_article(version, str(article).removeprefix(f"{version.base}article/"))
    return finding if stored is None else finding.in_article(stored.article.name, stored.article.text)


def _first(read: Read, subject: Node, predicate: URIRef) -> Node | None:
    values = [triple[2] for triple in read(to_oxigraph(subject), ox.NamedNode(str(predicate)), None)]
    return to_rdflib(min(values, key=str)) if values else None
