"""What the gate did not let through: `quarantine/ARTICLE/`, with the article, its graph and the report."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kg.store.layout import sync


class Quarantine:
    """The folder `root`; not part of any version. Only the writer changes it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, article: str, files: Mapping[str, bytes]) -> Path:
        """Keeps an article's files in a folder of their own, whole or not at all; returns the folder."""
        folder, partial = self.root / article, self.root / f".{article}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, content in files.items():
            (partial / name).write_bytes(content)
            sync(partial / name)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        sync(self.root)
        return folder

    def release(self, article: str) -> None:
        """Deletes what is kept of an article, if anything is."""
        shutil.rmtree(self.root / article, ignore_errors=True)

    def articles(self) -> list[str]:
        """The ids of the articles that are kept, sorted."""
        return sorted(folder.name for folder in self.root.glob("[!.]*"))

    def files(self, article: str) -> dict[str, bytes]:
        """What is kept of an article by file name; empty if nothing is."""
        return {file.name: file.read_bytes() for file in sorted((self.root / article).glob("*"))}

    def forget_partial(self) -> None:
        """Deletes what a writer that died left half written."""
        for partial in self.root.glob(".*.partial"):
            shutil.rmtree(partial)
