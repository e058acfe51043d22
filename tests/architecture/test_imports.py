"""Does the command line start without the heavy libraries?"""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pandas", "duckdb", "panel", "networkx", "scipy", "ibis", "pyarrow", "numpy", "pydantic")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from workbench.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LOADED []" in done.stdout


def test_the_lower_packages_import_nothing_heavy() -> None:
    code = (
        "import sys, touchpoints.load, journeys.reconcile, journeys.pictures.wall_map, journeys.pictures.lanes_map\n"
        "print('LOADED', [n for n in ('pandas', 'duckdb', 'panel', 'ibis', 'pyarrow') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LOADED []" in done.stdout
