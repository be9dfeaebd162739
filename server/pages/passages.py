"""Article text with its evidence marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span

_NEAR = 400  # code points of the neighbouring lines that are shown beside a sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: marked where `marks` names the things that rest on it (keys as the caller gave them)."""

    text: str
    marks: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()  # fragment identifiers that begin here


def context(text: str, span: Span) -> list[Piece]:
    """The sentence at `span` marked, between what stands around it: its line, and the line before and after."""
    before, after = text[max(0, span.start - _NEAR) : span.start], text[span.end : span.end + _NEAR]
    lead = before if span.start <= _NEAR else "…" + before[before.find(" ") + 1 :]
    trail = after if span.end + _NEAR >= len(text) else after[: after.rfind(" ") + 1] + "…"
    return [Piece(_lines(lead, last=True)), Piece(span.of(text), ("evidence",)), Piece(_lines(trail, last=False))]


def _lines(text: str, *, last: bool) -> str:
    """The line that touches the sentence and the nearest one beyond it that is not empty."""
    touching, *others = text.split("\n")[:: -1 if last else 1]
    beyond = next((line for line in others if line.strip()), None)
    if beyond is None:
        return touching
    return f"{beyond}\n{touching}" if last else f"{touching}\n{beyond}"


def paragraphs(text: str, spans: Iterable[tuple[Span, str]], passages: Iterable[Span] = ()) -> list[list[Piece]]:
    """The text line by line, every span marked with its key, the shortest first; empty lines are left out.

    Where spans and `passages` begin stand their fragment identifiers.
    """
    marked = sorted(set(spans))
    beginning: defaultdict[int, list[str]] = defaultdict(list)
    for span in sorted({*(span for span, _ in marked), *passages}):
        beginning[span.start].append(fragment(span))
    edges = sorted({0, len(text), *beginning, *(edge for span, _ in marked for edge in (span.start, span.end))})
    lines: list[list[Piece]] = [[]]
    for start, end in pairwise(edges):
        here = [(span, key) for span, key in marked if span.start <= start and end <= span.end]
        here.sort(key=lambda mark: mark[0].end - mark[0].start)
        ids = tuple(beginning[start])
        keys = tuple(dict.fromkeys(key for _, key in here))
        for number, part in enumerate(text[start:end].split("\n")):
            if number:
                lines.append([])
            if part or ids:
                lines[-1].append(Piece(part, keys, ids))
            ids = ()
    return [line for line in lines if any(piece.text.strip() for piece in line)]


def fragment(span: Span) -> str:
    """The fragment identifier of a passage (RFC 5147)."""
    return f"char={span.start},{span.end}"
