"""The optional build of C extensions: what it is asked by, and that the modules hold nothing that breaks it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.release import compiled

ROOT = Path(__file__).resolve().parent.parent
HOOK = ast.parse((ROOT / "hatch_build.py").read_text(encoding="utf-8"))


def packages() -> tuple[str, ...]:
    """The packages that the hook compiles, without an import of what only a build has."""
    (listed,) = (
        node.value for node in HOOK.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMPILED"
    )
    found: tuple[str, ...] = ast.literal_eval(listed)
    return found


def unfit(source: str) -> Iterator[str]:
    """What mypyc compiles to something else (`cached_property` is computed anew) or ends in an internal error on."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id == "cached_property":
            yield f"line {node.lineno}: cached_property"
        for literal in node.comparators if isinstance(node, ast.Compare) else ():
            if isinstance(literal, ast.Tuple | ast.List) and any(
                isinstance(item, ast.Starred) for item in literal.elts
            ):
                yield f"line {literal.lineno}: in {ast.unparse(literal)}"


@pytest.mark.parametrize(
    "source",
    ["x in (*a, *b)", "x not in [*a, b]", "@cached_property\ndef f(self): pass"],
)
def test_what_does_not_compile_is_seen(source: str) -> None:
    assert list(unfit(source))


@pytest.mark.parametrize("package", packages())
def test_no_module_that_is_compiled_holds_what_does_not_compile(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    found = [f"{file.name} {what}" for file in files for what in unfit(file.read_text(encoding="utf-8"))]
    assert files
    assert not found, found


def test_an_ordinary_build_compiles_nothing() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["enable-by-default"] is False
    assert not compiled()
