"""The registry of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KhabarError
from kg.frames import rules as registry


def test_ids_are_dotted_and_kinds_are_frames() -> None:
    found = registry.rules()
    assert found
    assert all("." in ident and ident == rule.id for ident, rule in found.items())
    assert {rule.frame for rule in found.values()} <= {"statement", "transfer", "agreement", "meeting", "measure"}


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ('[[rule]]\nid="a.b"\nframe="statement"\nabout="x"\nmatch=["y"]\nmiss=["z"]\n', "taken"),
        ('[[rule]]\nid="a.c"\nframe="statement"\nabout="x"\nmatch=["y"]\n', "lacks"),
    ],
)
def test_a_rule_that_is_doubled_or_incomplete_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, reason: str
) -> None:
    folder = tmp_path / "ar" / "rules"
    folder.mkdir(parents=True)
    first = '[[rule]]\nid="a.b"\nframe="statement"\nabout="x"\nmatch=["y"]\nmiss=["z"]\n'
    (folder / "one.toml").write_text(first, encoding="utf-8")
    (folder / "two.toml").write_text(second, encoding="utf-8")
    monkeypatch.setattr(registry, "data_dir", lambda: tmp_path)
    registry.rules.cache_clear()
    try:
        with pytest.raises(KhabarError, match=reason):
            registry.rules()
    finally:
        registry.rules.cache_clear()
