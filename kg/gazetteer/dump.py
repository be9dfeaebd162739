"""Streams a Wikidata JSON dump (`latest-all.json.gz`, `.bz2` or plain, one entity a line) into gazetteer rows.

Constant memory: a line is read, looked at and forgotten. A run that was stopped goes on where its progress file says,
which is written after the rows it counts; rows behind it are cut off, so that nothing stands in the output twice.
"""

from __future__ import annotations

import bz2
import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO

from kg.errors import GazetteerError
from kg.gazetteer import tables
from kg.gazetteer.items import Item, entry, item
from kg.gazetteer.load import Gazetteer
from kg.model import EntityType

SAVE_EVERY = 10_000  # lines between two writes of the progress file
_SHOWN_BROKEN = 100  # line numbers kept of broken lines; the rest are counted


@dataclass
class Progress:
    """How far a dump has been read: lines, entities kept and broken lines (all counted, the first ones by number)."""

    lines: int = 0
    entities: int = 0
    kept: int = 0
    held: int = 0  # of a chosen class, but already in the gazetteer
    broken: int = 0
    broken_lines: list[int] = field(default_factory=list)
    output_bytes: int = 0


def from_dump(
    dump: Path,
    output: Path,
    classes: dict[str, EntityType],
    gazetteer: Gazetteer,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Writes the rows of the dump's items of `classes` that the gazetteer does not hold to `output`.

    `report` is called every `SAVE_EVERY` lines. The progress file is `output` with `.progress` behind its name; it is
    removed when the dump's end is reached. Raises `GazetteerError` when the dump cannot be read.
    """
    state = output.with_name(output.name + ".progress")
    progress = _resume(state, output)
    markers = tuple(f'"{code}"'.encode() for code in classes)
    source = f"Wikidata dump {dump.name}"
    with output.open("r+b") as rows:
        rows.seek(progress.output_bytes)
        rows.truncate()
        for line in _lines(dump, progress.lines):
            progress.lines += 1
            found = _read(line, markers, progress)
            if found is not None and (kind := _kind(found, classes)) is not None:
                _keep(found, kind, gazetteer, source, rows, progress)
            if progress.lines % SAVE_EVERY == 0:
                _save(progress, rows, state)
                report(progress)
        _save(progress, rows, state)
    state.unlink()
    return progress


def _lines(dump: Path, skipped: int) -> Iterator[bytes]:
    try:
        with _opened(dump) as file:
            for number, line in enumerate(file):
                if number >= skipped:
                    yield line
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise GazetteerError(f"{dump}: cannot be read to its end ({error}); run it again to go on") from error


def _opened(dump: Path) -> BufferedReader | gzip.GzipFile | bz2.BZ2File:
    with dump.open("rb") as file:
        magic = file.read(3)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.open(dump, "rb")
    return bz2.open(dump, "rb") if magic == b"BZh" else dump.open("rb")


def _read(line: bytes, markers: tuple[bytes, ...], progress: Progress) -> Item | None:
    """The item of a line; None for the brackets, for lines without a chosen class and for broken ones (counted)."""
    text = line.strip().rstrip(b",")
    if text in (b"", b"[", b"]"):
        return None
    progress.entities += 1
    if not any(marker in text for marker in markers) and text.startswith(b"{") and text.endswith(b"}"):
        return None  # reading JSON is what takes the time
    try:
        return item(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        progress.broken += 1
        if len(progress.broken_lines) < _SHOWN_BROKEN:
            progress.broken_lines.append(progress.lines)
        return None


def _kind(found: Item, classes: dict[str, EntityType]) -> EntityType | None:
    """The type of an item: that of the first chosen class, in their order. A person needs an office held."""
    kind = next((kind for code, kind in classes.items() if code in found.classes), None)
    return None if kind is EntityType.PERSON and not found.positions else kind


def _keep(
    found: Item, kind: EntityType, gazetteer: Gazetteer, source: str, rows: IO[bytes], progress: Progress
) -> None:
    if found.wikidata in gazetteer.by_wikidata:
        progress.held += 1
        return
    made = entry(found, kind, gazetteer, source)
    if made is not None:
        rows.write(tables.line(made).encode())
        progress.kept += 1


def _resume(state: Path, output: Path) -> Progress:
    if state.is_file() and output.is_file():
        return Progress(**json.loads(state.read_text(encoding="utf-8")))
    header = "\t".join(tables.COLUMNS) + "\n"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(header, encoding="utf-8", newline="\n")
    return Progress(output_bytes=len(header.encode()))


def _save(progress: Progress, rows: IO[bytes], state: Path) -> None:
    rows.flush()
    os.fsync(rows.fileno())
    progress.output_bytes = rows.tell()
    draft = state.with_name(state.name + ".new")
    draft.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    draft.replace(state)
