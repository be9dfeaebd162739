"""The files to validate: found, read and parsed, each with a way back to its lines."""

from __future__ import annotations

import os
import re
import subprocess
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from glob import glob
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox
from rdflib.exceptions import ParserError
from rdflib.term import BNode, Node

from kg.errors import ReadError, UsageError
from kg.gate.terms import ox_quads
from kg.validate.locate import locate_nquads, locate_turtle
from kg.validate.positions import Positions

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
_IN_FOLDERS = frozenset(FORMATS) - {".json", ".xml"}  # these two are seldom RDF
STDIN = "-"

_LINE_END = re.compile(r"\r\n|\n|\r")
_TURTLE_FAMILY = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
_LINE_FAMILY = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
_NOT_FOLLOWED = (SyntaxError, ValueError, IndexError, AssertionError, RecursionError, ParserError)
_ELSEWHERE = (
    "refers to a context elsewhere, which is not fetched; put the context into the file",
    "يحيل إلى سياق في مكان آخر، وهو لا يُجلب؛ ضع السياق في الملف نفسه",
)
_TRIPLE_TERMS = (
    "has triple terms of RDF 1.2, which SHACL 1.0 cannot judge; write plain triples",
    "فيه ثلاثيات داخل ثلاثيات (RDF 1.2) لا تحكم عليها SHACL 1.0؛ اكتب ثلاثيات بسيطة",
)


@dataclass(frozen=True)
class Source:
    """One file: `name` as the user gave it, its text, format and quads.

    Its blank nodes are told apart from those of other files by `blank`, which their labels begin with.
    """

    name: str
    text: str
    format: ox.RdfFormat
    quads: tuple[ox.Quad, ...]
    blank: str

    @cached_property
    def positions(self) -> Positions | None:
        """Where its triples stand; None for a format whose parser tells no positions."""
        return _locate(self.text, self.format, _base(self.name))

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return _LINE_END.split(self.text)

    def local(self, node: Node) -> Node:
        """A node as the file's own positions know it."""
        return BNode(node.removeprefix(self.blank)) if isinstance(node, BNode) else node


def read_source(name: str, data: bytes, form: ox.RdfFormat, number: int = 0) -> Source:
    """Parses `data`, the file with that number in this run; reads nothing else.

    Raises SourceError with line and column where it is not well formed.
    """
    text = _decode(name, data)
    if form == ox.RdfFormat.RDF_XML:
        _check_xml(name, data)
    try:
        quads = list(ox.parse(data.removeprefix(BOM_UTF8), format=form, base_iri=_base(name)))
    except SyntaxError as error:
        if "LoadDocumentCallback" in str(error):
            reason, arabic = _ELSEWHERE
            raise SourceError(name, reason, error.lineno, error.offset, arabic) from error
        raise SourceError(name, str(error).partition(": ")[2] or str(error), error.lineno, error.offset) from error
    if any(isinstance(term, ox.Triple) for quad in quads for term in (quad.subject, quad.object)):
        reason, arabic = _TRIPLE_TERMS
        raise SourceError(name, reason, arabic=arabic)
    blank = f"f{number}-"
    if any(map(_has_blank, quads)):
        positions = _locate(text, form, _base(name)) if form in _TURTLE_FAMILY else None
        # Only rdflib's parser knows where an anonymous node stands, so its nodes are taken where it follows.
        quads = list(_own_blanks(quads if positions is None else ox_quads(positions.triples), blank))
    return Source(name, text, form, tuple(quads), blank)


class SourceError(ReadError):
    """A file is not well formed; `line` and `column` count from 1 where the parser tells them.

    `arabic` is the reason in Arabic; the parsers speak English only, so their words follow an Arabic beginning.
    """

    def __init__(
        self, name: str, reason: str, line: int | None = None, column: int | None = None, arabic: str = ""
    ) -> None:
        place = name if line is None else f"{name}:{line}:{column or 1}"
        super().__init__(place, reason)
        self.name = name
        self.line = line
        self.column = column
        self.arabic = arabic or f"صياغة الملف غير سليمة: {reason}"


def _decode(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start} is not UTF-8; convert the file (iconv -t UTF-8)"
        arabic = f"البايت {error.start} ليس بترميز UTF-8؛ حوّل ترميز الملف (iconv -t UTF-8)"
        raise SourceError(name, reason, line, arabic=arabic) from error


def _check_xml(name: str, data: bytes) -> None:
    # The RDF/XML parser passes over a missing end and expands entities without a limit; expat minds both.
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SourceError(name, str(error).partition(":")[0], error.lineno, error.offset + 1) from error


def _base(name: str) -> str:
    return "stdin:/" if name == STDIN else Path(name).absolute().as_uri()


def _locate(text: str, form: ox.RdfFormat, base: str) -> Positions | None:
    try:
        if form in _TURTLE_FAMILY:
            return locate_turtle(text, base, form == ox.RdfFormat.TRIG)
        return locate_nquads(text) if form in _LINE_FAMILY else None
    except _NOT_FOLLOWED:
        return None  # well formed for the parser that read it; only the line numbers are lost


# ── blank nodes ───────────────────────────────────────────────────────────────────────────────────────────────────


def _own_blanks(quads: Iterable[ox.Quad], prefix: str) -> Iterator[ox.Quad]:
    """The quads with `prefix` before the labels of their blank nodes, which are of one file only."""

    def renamed(term: Any) -> Any:
        return ox.BlankNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term

    for quad in quads:
        yield ox.Quad(renamed(quad.subject), quad.predicate, renamed(quad.object), quad.graph_name)


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


# ── which files ───────────────────────────────────────────────────────────────────────────────────────────────────


def find_files(arguments: Sequence[str]) -> list[str]:
    """The files that paths, folders (searched whole) and globs name, each once, in order; `-` stays.

    Raises UsageError for an argument that names no file.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        names = [argument] if argument == STDIN else _matching(argument)
        if not names:
            raise UsageError(f"{argument}: no such file, and no RDF file in a folder of that name")
        found.update(dict.fromkeys(names))
    return list(found)


def _matching(argument: str) -> list[str]:
    path = Path(argument)
    if path.is_file():
        return [argument]
    if path.is_dir():
        return sorted(str(file) for file in path.rglob("*") if file.suffix in _IN_FOLDERS and file.is_file())
    # Path.glob takes no absolute patterns.
    return sorted(file for file in glob(argument, recursive=True) if Path(file).is_file())  # noqa: PTH207


def format_of(name: str, told: ox.RdfFormat | None = None) -> ox.RdfFormat:
    """The format told by the user, else the one of the file's ending; raises UsageError where neither tells."""
    form = told or FORMATS.get(Path(name).suffix.lower())
    if form is None:
        raise UsageError(f"{name}: its format is not known by its ending; say it with --input-format")
    return form


def changed_since(revision: str) -> set[Path]:
    """The files that differ from a git revision or are new to git, as absolute paths.

    Before its first commit a repository has no HEAD: then all files do. Raises UsageError where git cannot tell.
    """
    root = _git("rev-parse", "--show-toplevel").strip()
    if revision == "HEAD" and not _git("-C", root, "rev-list", "--all", "--max-count=1"):
        revision = _git("-C", root, "hash-object", "-t", "tree", os.devnull).strip()  # the empty tree
    differ = ("diff", "--name-only", "-z", "--diff-filter=d", "--end-of-options", revision, "--")
    names = _git("-C", root, *differ).split("\0")
    names += _git("-C", root, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return {(Path(root) / name).resolve() for name in names if name}


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True, text=True, encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError("--changed needs git, which is not installed") from error
    except subprocess.CalledProcessError as error:
        raise UsageError(f"git cannot tell what changed: {error.stderr.strip()}") from error
    return done.stdout
