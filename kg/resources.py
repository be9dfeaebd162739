"""Where the packaged files lie: in a wheel under `kg/_data/`, in a checkout beside `kg/`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _packaged(name: str) -> Path:
    in_wheel = _PACKAGE / "_data" / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name


def ontology_dir() -> Path:
    """The folder of `khabar.ttl` and its companions."""
    return _packaged("ontology")


def shapes_dir() -> Path:
    """The folder of the SHACL shapes, one Turtle file per frame kind."""
    return _packaged("shapes")


def across_dir() -> Path:
    """The folder of the shapes that span articles: reported, never a reason to refuse."""
    return shapes_dir() / "across"


def examples_dir() -> Path:
    """The folder of each shape's good and bad example: NAME.good.ttl, NAME.bad.ttl."""
    in_wheel = _PACKAGE / "_data" / "examples"
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / "tests" / "shapes" / "examples"


def data_dir() -> Path:
    """The folder of language packs, gazetteer and sample articles."""
    return _PACKAGE / "data"


def queries_dir() -> Path:
    """The folder of the named queries (`*.rq`)."""
    return _PACKAGE / "queries"
