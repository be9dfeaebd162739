"""What became of the articles of one run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that did not get through, or had nothing in it: where it is and why."""

    place: str
    reason: str


@dataclass(slots=True)
class Summary:
    """Counts of articles by what became of them; `problem` lists are in the order of reading."""

    release: str
    version: int | None = None  # the version published last, this run or before
    added: int = 0
    changed: int = 0  # another text or other metadata than before
    reextracted: int = 0  # the same article, another release
    unchanged: int = 0
    quads: int = 0  # in the articles' graphs written in this run
    duplicates: list[Problem] = field(default_factory=list)
    removed: list[Problem] = field(default_factory=list)  # left out: a person removed them before
    empty: list[Problem] = field(default_factory=list)  # stored, nothing found in them
    rejected: list[Problem] = field(default_factory=list)  # did not pass the gate: in quarantine
    failed: list[Problem] = field(default_factory=list)  # could not be read or extracted

    @property
    def written(self) -> int:
        return self.added + self.changed + self.reextracted

    @property
    def fine(self) -> bool:
        """Whether every article got through (or was left out with good reason)."""
        return not self.rejected and not self.failed

    def as_json(self) -> dict[str, object]:
        return asdict(self)
