"""Imports go one way: a stage never imports a later one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RANK = {  # a module may import its own rank and lower ones; docs/architecture.md draws this
    "errors": 0,
    "resources": 0,
    "model": 1,
    "release": 1,
    "text": 2,
    "gazetteer": 2,
    "read": 3,
    "find": 3,
    "link": 4,
    "frames": 5,
    "record": 6,
    "rdf": 7,
    "gate": 8,
    "store": 9,
    "pipeline": 10,
    "ingest": 11,
    "evaluate": 11,
    "explain": 11,
    "coverage": 11,
    "publish": 12,
}


def imported_parts(path: Path) -> set[str]:
    """The second words of what a file imports from `kg` at its top or inside functions; `server` as itself."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "kg" else [f"kg.{alias.name}" for alias in node.names]
        for name in names:
            words = name.split(".")
            if words[0] == "kg" and len(words) > 1:
                parts.add(words[1])
            elif words[0] == "server":
                parts.add("server")
    return parts


@pytest.mark.parametrize("part", sorted(RANK))
def test_a_stage_imports_only_earlier_ones(part: str) -> None:
    files = sorted((ROOT / "kg" / part).rglob("*.py")) or [ROOT / "kg" / f"{part}.py"]
    for file in files:
        if not file.is_file():
            continue
        for other in imported_parts(file) - {part}:
            assert RANK.get(other, -1) <= RANK[part], f"{file.relative_to(ROOT)} imports {other}"
            assert other != "server", f"{file.relative_to(ROOT)} imports the server"


def test_the_gate_never_imports_the_store() -> None:
    for file in (ROOT / "kg" / "gate").rglob("*.py"):
        assert "store" not in imported_parts(file)


def test_only_the_command_line_imports_the_server() -> None:
    for file in (ROOT / "kg").rglob("*.py"):
        if "commands" not in file.parts:
            assert "server" not in imported_parts(file), file


def test_no_module_touches_the_disk_or_the_environment_at_import() -> None:
    calls = {"open", "read_text", "read_bytes", "getenv", "load", "mkdir"}
    for file in [*(ROOT / "kg").rglob("*.py"), *(ROOT / "server").rglob("*.py")]:
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    assert name not in calls, f"{file.relative_to(ROOT)}:{node.lineno} calls {name} at import"
                assert not (isinstance(node, ast.Attribute) and node.attr == "environ"), file
