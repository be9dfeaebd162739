"""Extraction compiled beside extraction in pure Python: `python bench/compiled.py [--articles N] [--corpus FILE]`.

Builds the compiled wheel of this checkout, has both read the same articles in turns, each in a process of its own, and
prints how long the build took and articles a second of CPU time, the best of the rounds. Exits with 1 unless both give
the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-sample.jsonl.gz"
_WARM_UP = 300  # articles
_ROUNDS = 2
_SENT = 20  # articles whose outcomes are sent as a worker sends them


def build(folder: Path) -> Path:
    """The compiled package, unpacked below a folder."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, env=os.environ | {"HATCH_BUILD_HOOK_ENABLE_CUSTOM": "true"}, check=True)
    (wheel,) = folder.glob("khabar-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "compiled")
    return folder / "compiled"


def extracted(package: Path, corpus: Path, count: int) -> dict[str, str | float]:
    """What `measure` prints where the package stands first on the path."""
    command = [sys.executable, __file__, "--measure", "--articles", str(count), "--corpus", str(corpus)]
    ran = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(package)}, stdout=subprocess.PIPE, check=True)
    found: dict[str, str | float] = json.loads(ran.stdout)
    return found


def measure(corpus: Path, count: int) -> None:
    """Prints how this process extracts, how fast, and a hash of all records."""
    from kg.collector import settle
    from kg.model import Article
    from kg.pipeline import Stages, extract, process
    from kg.rdf.vocab import DEFAULT_BASE
    from kg.read import read_sources
    from kg.record import to_json
    from kg.release import compiled

    read = itertools.islice(read_sources([corpus]), count + _WARM_UP)
    articles = [pickle.loads(pickle.dumps(a)) for a in read if isinstance(a, Article)]  # as a worker gets them
    outcomes = process(articles[:_SENT], "bench", DEFAULT_BASE, Stages())
    if pickle.loads(pickle.dumps(outcomes)) != outcomes:
        sys.exit("what a worker hands back is not what arrives")
    digest = hashlib.sha256()
    for article in articles[:_WARM_UP]:
        digest.update(to_json(extract(article)))
    settle()
    begun = time.process_time()
    found = [extract(article) for article in articles[_WARM_UP:]]
    spent = time.process_time() - begun
    for extraction in found:
        digest.update(to_json(extraction))
    how = "compiled" if compiled() else "pure Python"
    print(json.dumps({"how": how, "speed": len(found) / spent, "records": digest.hexdigest()}))


def main() -> None:
    """Builds, measures and compares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=1000, help="how many are measured (default 1000)")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.corpus.exists():
        sys.exit(f"{options.corpus} is not here; name articles with --corpus")
    if options.measure:
        measure(options.corpus, options.articles)
        return
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        package = build(Path(folder))
        print(f"built in {time.perf_counter() - begun:.0f} s by the clock")
        rounds = [extracted(of, options.corpus, options.articles) for _ in range(_ROUNDS) for of in (ROOT, package)]
    for how in ("pure Python", "compiled"):
        print(f"{how:12} {max(float(one['speed']) for one in rounds if one['how'] == how):6.0f} articles/s")
    if len({one["records"] for one in rounds}) != 1:
        sys.exit("the records differ")
    print("the same records")


if __name__ == "__main__":
    main()
