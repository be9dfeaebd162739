"""Former texts and graphs of changed articles: `history/ARTICLE/N.txt` and `N.nq`, replaced by version N."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.model import Span
from kg.rdf.terms import node
from kg.rdf.vocab import KHABAR
from kg.store.layout import write_whole

_EVIDENCE = node(KHABAR.evidence)


def keep(folder: Path, replaced_by: int, text: bytes, quads: bytes) -> None:
    """Keeps an article's former text (UTF-8) and graph (sorted N-Quads) in its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{replaced_by}.txt", text)
    write_whole(folder / f"{replaced_by}.nq", quads)


def forget_after(root: Path, version: int) -> None:
    """Deletes what belongs to versions that were never published, and what was only half written."""
    for file in list(root.glob("*/*")):
        if not file.stem.isdecimal() or int(file.stem) > version:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()


def frames(quads: Iterable[ox.Quad]) -> list[tuple[str, Span | None]]:
    """The frames in an article's graph, each with its first passage, from the passages' IRIs."""
    found: dict[str, Span] = {}
    for quad in quads:
        if quad.predicate == _EVIDENCE and isinstance(quad.subject, ox.NamedNode):
            start, _, end = str(quad.object).rstrip(">").rpartition("#char=")[2].partition(",")
            span = Span(int(start), int(end))
            found[quad.subject.value] = min(span, found.get(quad.subject.value, span))
    return sorted(found.items())
