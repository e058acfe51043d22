"""Run every bench, or those named: `python -m tests.bench model log`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench.ratio import Ratio


def main() -> None:
    """Print a line per measurement as it comes."""
    names = sys.argv[1:] or sorted(file.stem[6:] for file in Path(__file__).parent.glob("bench_*.py"))
    print(f"{'what':66} {'ours':>10} {'peer':>10} {'ratio':>8} {'wanted':>8}")
    missed = 0
    for name in names:
        for found in importlib.import_module(f"tests.bench.bench_{name}").bench():
            _print(found)
            missed += not found.kept
    if missed:
        print(f"{missed} over what is wanted")
        sys.exit(1)


def _print(found: Ratio) -> None:
    wanted = "" if found.limit is None else f"≤ {found.limit:g}"
    print(
        f"{found.name:66} {found.ours:8.3g} {found.unit} {found.peer:8.3g} {found.unit} {found.ratio:8.3g} {wanted:>8}"
        f"{'' if found.kept else '  OVER'}{'  ' + found.note if found.note else ''}",
        flush=True,
    )


main()
