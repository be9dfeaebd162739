"""Texts and sources are readable at every version, beside a writer, after its death, on a read-only disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import Version, current, read_article, read_articles
from kg.store.embedded import EmbeddedStore
from kg.store.layout import Layout
from kg.store.records import ArticleWrite

Write = Callable[..., ArticleWrite]

DIES = """
import os, sqlite3, sys
table = sqlite3.connect(sys.argv[1], isolation_level=None)
table.execute("PRAGMA cache_size = 1")
table.execute("BEGIN IMMEDIATE")
table.execute("UPDATE article SET until = 9")
table.execute("UPDATE text SET body = zeroblob(1000000)")
os._exit(0)
"""


@pytest.fixture
def filled(db: Path, write: Write) -> Path:
    for title in ("الأول", "الثاني"):
        with EmbeddedStore(db) as store:
            store.put([write("a1", title=title), write("a2")])
            store.publish("r1")
    return db


def test_each_version_has_its_own_view(filled: Path) -> None:
    titles = []
    for number in (1, 2):
        found = read_article(Version(filled, number), "a1")
        assert found is not None
        titles.append((found.article.title, found.since))
    assert titles == [("الأول", 1), ("الثاني", 2)]
    assert read_article(Version(filled, 1), "a9") is None


def test_text_comes_back_to_the_byte(db: Path, write: Write) -> None:
    text = write("a1").article.text + "\r\n\u200f نص\x00\u2028\tطويل 😀"
    with EmbeddedStore(db) as store:
        store.put([write("a1", text=text)])
        store.publish("r1")
    found = read_article(current(db), "a1")
    assert found is not None
    assert found.article.text == text


def test_readers_do_not_wait_for_a_writer_at_work(filled: Path, write: Write) -> None:
    with EmbeddedStore(filled) as store:
        store.put([write(f"b{number}", title="خبر " * 20_000) for number in range(40)])
        assert [each.article.id for each in read_articles(current(filled))] == ["a1", "a2"]


def test_writer_that_died_in_the_middle_hides_nothing(filled: Path) -> None:
    before = read_article(current(filled), "a1")
    subprocess.run([sys.executable, "-c", DIES, str(Layout(filled).articles)], check=True)
    assert read_article(current(filled), "a1") == before
    with EmbeddedStore(filled):
        pass
    assert sorted(file.name for file in filled.glob("articles*")) == ["articles.sqlite"]


READS = """
import sys
from pathlib import Path
from kg.store import current, open_current, read_article
db = Path(sys.argv[1])
with open_current(db) as (version, graph):
    print(len(graph), read_article(version, "a1").article.title)
"""


def test_disk_that_cannot_be_written_is_read(filled: Path) -> None:
    words = ["unshare", "-rm", "sh", "-c"]
    mount = f"mount --bind {filled} {filled} && mount -o remount,bind,ro {filled}"
    if shutil.which("unshare") is None or subprocess.run([*words, mount], check=False).returncode != 0:
        pytest.skip("mounting is not allowed here: no read-only disk")
    run = f"{mount} && ! touch {filled}/x 2>/dev/null && exec {sys.executable} -c '{READS}' {filled}"
    ran = subprocess.run([*words, run], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == [str(current(filled).manifest.quads), "الثاني"], ran.stderr
