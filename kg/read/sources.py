"""Paths become articles: files, folders, globs and standard input, one article or one error at a time."""

from __future__ import annotations

import glob
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.errors import ReadError
from kg.model import Article
from kg.read.decode import MAX_BYTES, decode
from kg.read.formats import Metadata, article, from_html, from_json, metadata_of

_TEXT, _HTML, _JSON, _LINES = {".txt"}, {".html", ".htm", ".xhtml"}, {".json"}, {".jsonl", ".ndjson"}
_SUFFIXES = _TEXT | _HTML | _JSON | _LINES


def read_sources(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article | ReadError]:
    """Every article that `paths` name, in a stable order; what cannot be read comes as a ReadError in its place.

    A path is a file (.txt, .html, .json, .jsonl, .jsonl.gz), a folder (read deeply, by name), a glob, or `-` for
    standard input (`stdin` or the process's own): JSON lines where it begins with `{`, else one text.
    A `NAME.json` beside `NAME.txt` or `NAME.html` is the metadata of that text.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_stdin(stdin or sys.stdin.buffer)
        else:
            for file in _files(Path(path)):
                yield from file if isinstance(file, list) else read_file(file)


def read_file(path: Path) -> Iterator[Article | ReadError]:
    """The articles of one file; one ReadError for the file or for each line that cannot be read."""
    try:
        if _is_lines(path):
            yield from _read_lines_file(path)
        else:
            yield _read_one(path)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(str(path), f"cannot be read ({error.strerror or error}); check the path and its permissions")


def _files(path: Path) -> Iterator[Path | list[Article | ReadError]]:
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if _is_source(p))
    elif path.exists():
        yield path
    elif glob.has_magic(str(path)) and (found := sorted(glob.glob(str(path), recursive=True))):  # noqa: PTH207 (absolute)
        yield from (p for name in found if (p := Path(name)).is_file() and not _is_sidecar(p))
    else:
        yield [ReadError(str(path), "there is no such file, folder or match; check the path")]


def _is_lines(path: Path) -> bool:
    return path.suffix in _LINES or (path.suffix == ".gz" and Path(path.stem).suffix in _LINES)


def _is_source(path: Path) -> bool:
    leads_nowhere = path.is_symlink() and not path.exists()
    if path.name.startswith(".") or not (path.is_file() or leads_nowhere):
        return False
    return (path.suffix.lower() in _SUFFIXES or _is_lines(path)) and not _is_sidecar(path)


def _is_sidecar(path: Path) -> bool:
    return path.suffix in _JSON and any(path.with_suffix(s).exists() for s in _TEXT | _HTML)


def _read_one(path: Path) -> Article:
    if path.stat().st_size > MAX_BYTES:
        reason = f"it has {path.stat().st_size:,} bytes, more than {MAX_BYTES:,} for one article; split it"
        raise ReadError(str(path), reason)
    data = path.read_bytes()
    text = decode(data, str(path))
    suffix = path.suffix.lower()
    if suffix in _JSON:
        body, metadata = from_json(text, str(path))
        return article(path.name, body, metadata)
    metadata = Metadata()
    if suffix in _HTML:
        text, metadata = from_html(text, str(path))
    return article(path.name, text, _with_sidecar(path, metadata))


def _with_sidecar(path: Path, metadata: Metadata) -> Metadata:
    sidecar = path.with_suffix(".json")
    if not sidecar.is_file():
        return metadata
    try:
        value = json.loads(decode(sidecar.read_bytes(), str(sidecar)))
    except json.JSONDecodeError as error:
        raise ReadError(f"{sidecar}:{error.lineno}:{error.colno}", f"broken JSON ({error.msg}); mend it") from error
    if not isinstance(value, dict):
        raise ReadError(str(sidecar), "not a JSON object; write the metadata as one")
    told = metadata_of(value, str(sidecar))
    stated = {name: getattr(told, name) for name in Metadata.__dataclass_fields__ if getattr(told, name) is not None}
    return replace(metadata, **stated)


def _read_lines_file(path: Path) -> Iterator[Article | ReadError]:
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as lines:
            try:
                yield from _read_lines(_bounded(lines), str(path), path.name)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                yield ReadError(str(path), f"the gzip stream is broken ({error}); fetch it again")
    else:
        with path.open("rb") as lines:
            yield from _read_lines(_bounded(lines), str(path), path.name)


class _Lines(Protocol):
    def readline(self, size: int, /) -> bytes: ...


def _bounded(stream: _Lines) -> Iterator[bytes]:
    """The lines of a stream; of one longer than MAX_BYTES only so much that `decode` refuses it by its length."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _read_lines(lines: Iterable[bytes], place: str, name: str) -> Iterator[Article | ReadError]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            body, metadata = from_json(decode(line, f"{place}:{number}"), place, number)
            yield article(f"{name}:{number}", body, metadata)
        except ReadError as error:
            yield error


def _read_stdin(stream: BinaryIO) -> Iterator[Article | ReadError]:
    data = stream.read(MAX_BYTES + 1)
    if data.lstrip()[:1] == b"{":
        yield from _read_lines(_bounded(_Joined(data, stream)), "standard input", "stdin")
        return
    try:
        yield article("stdin", decode(data, "standard input"), Metadata())
    except ReadError as error:
        yield error


class _Joined:
    """What was read ahead, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readline(self, size: int, /) -> bytes:
        line = self._head.readline(size)
        if line.endswith(b"\n") or len(line) >= size:
            return line
        return line + self._rest.readline(size - len(line))
