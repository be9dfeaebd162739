"""Builds the hot modules of `kg` as C extensions into the wheel, where it is asked for; they stay there as source too.

    HATCH_BUILD_HOOK_ENABLE_CUSTOM=true pip install .

It needs a C compiler and a few minutes. Without the variable this file is not read and the wheel is pure Python.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = ("kg/model", "kg/text", "kg/find", "kg/link", "kg/frames")
"""The packages in which an article's extraction spends its time."""

# No settings of the project's: the libraries that it imports are not installed where a wheel is built.
_MYPY = ("--config-file=", "--ignore-missing-imports", "--explicit-package-bases")


class CompilingHook(BuildHookInterface[Any]):
    """Compiles the modules in a folder of its own and has the wheel include what came out."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the extensions to the wheel and names its platform. Raises SystemExit where the compiler fails."""
        self._made = TemporaryDirectory(prefix="khabar-compiled-")
        root, made = Path(self.root), Path(self._made.name)
        for extension in _compile(root, made):
            build_data["force_include"][str(extension)] = str(extension.relative_to(made / "lib"))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what was compiled."""
        self._made.cleanup()


def _compile(root: Path, made: Path) -> list[Path]:
    from mypyc.build import mypycify  # here: neither is installed where nothing is compiled
    from setuptools import Distribution

    os.chdir(root)  # mypy names modules by where they stand below it
    sources = [str(file.relative_to(root)) for package in COMPILED for file in sorted((root / package).rglob("*.py"))]
    extensions = mypycify(
        [*_MYPY, f"--cache-dir={made / 'types'}", *sources],
        opt_level=os.environ.get("MYPYC_OPT_LEVEL", "2"),
        debug_level="0",
        separate=True,  # one file of C a module, so that they compile side by side
        target_dir=str(made / "c"),
    )
    build = Distribution({"name": "khabar", "ext_modules": extensions}).get_command_obj("build_ext")
    build.parallel = os.cpu_count()
    build.build_lib, build.build_temp = str(made / "lib"), str(made / "objects")
    build.ensure_finalized()
    build.run()
    return [file for file in (made / "lib").rglob("*") if file.is_file()]
