"""Is the report of the municipality there within five seconds, cold, and that of a model of 2,000 touchpoints in 30?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.large_model import large_model
from tests.bench.ratio import Ratio

GEMEENTE = Path(__file__).parents[2] / "examples" / "gemeente"
LIMIT_S, LARGE_LIMIT_S, LIMIT_BYTES = 5.0, 30.0, 5e6
TOUCHPOINTS = 2_000


def bench() -> Iterator[Ratio]:
    """Whole processes, imports and all; the size of the file."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.html"
        took_s = min(_report(GEMEENTE, out) for _ in range(3))
        yield Ratio(f"report of the municipality, cold / {LIMIT_S:.0f} s", took_s, LIMIT_S, 1.0)
        yield Ratio("its size / 5 MB", out.stat().st_size, LIMIT_BYTES, 1.0, "B")
        paper_s = min(_report(GEMEENTE, out.with_suffix(".pdf")) for _ in range(3))
        yield Ratio("the same as PDF / as HTML", paper_s, took_s, None)
        root = large_model(Path(folder) / "large", TOUCHPOINTS)
        took_s = _report(root, out)
        yield Ratio(f"report of {TOUCHPOINTS:,} touchpoints, cold / {LARGE_LIMIT_S:.0f} s", took_s, LARGE_LIMIT_S, 1.0)
        yield Ratio("its size / 5 MB", out.stat().st_size, LIMIT_BYTES, None, "B")


def _report(root: Path, out: Path) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "workbench", "report", root, "--out", out, "--lang", "nl"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started
