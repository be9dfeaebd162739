"""The release: what, beside the article, decides an article's graph and whether it passes the gate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

from kg import __version__, resources

_CODE = ("model", "read", "text", "gazetteer", "find", "link", "frames", "record.py", "rdf", "gate", "pipeline.py")
"""The parts of `kg` on an article's way into its graph; what comes after it changes no graph."""

_LEFT_OUT = frozenset({"__pycache__", "samples"})
_MADE = frozenset({".pyc", ".so", ".pyd"})  # from the code beside it: compiled or not, it is the same release


def release_id() -> str:
    """`VERSION+HASH`: the version and 12 hex digits over code, language data, gazetteer, ontology and shapes.

    People's decisions are no part of it: `kg.ingest.relink` reads again the articles that a decision concerns.
    """
    return f"{__version__}+{_installed()[:12]}"


def compiled() -> bool:
    """Whether extraction runs as the C extensions that `hatch_build.py` can make of its modules."""
    module = find_spec("kg.text.tokens")
    return module is not None and (module.origin or "").endswith(tuple(EXTENSION_SUFFIXES))


@lru_cache(maxsize=1)
def _installed() -> str:
    package = resources.data_dir().parent
    digest = hashlib.sha256()
    roots = [(name, package / name) for name in _CODE]
    roots += [
        ("data", resources.data_dir()),
        ("ontology", resources.ontology_dir()),
        ("shapes", resources.shapes_dir()),
    ]
    for name, root in roots:
        for relative, file in sorted((str(file.relative_to(root)), file) for file in _files(root)):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{name}/{relative}\0{content}\n".encode())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for file in root.rglob("*"):
        if file.is_file() and file.suffix not in _MADE and _LEFT_OUT.isdisjoint(file.relative_to(root).parts):
            yield file
