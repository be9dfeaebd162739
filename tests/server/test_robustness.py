"""The benches of robustness, which go a hundred rounds, run short: what must never happen does not happen."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "robustness.py"


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bench finds processes in /proc")
@pytest.mark.parametrize(("what", "option"), [("kills", "--rounds"), ("switches", "--versions")])
def test_no_acknowledged_write_is_lost_and_no_request_fails(what: str, option: str) -> None:
    """Kills at random moments (the output names the seed), and versions that change under load."""
    if not BENCH.exists():
        pytest.skip("bench/ is in a checkout only")
    ran = subprocess.run([sys.executable, str(BENCH), what, option, "6"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-2000:]
