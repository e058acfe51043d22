"""What do the tests share?"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory

collect_ignore_glob = ["bench/peer_*.py"]
"""Runs in the peers' own environment only."""

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # a busy machine is no fault of what is tested


ALLOWED_SKIPS = ROOT / "tests" / "allowed_skips.txt"
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped, and why."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped.append(f"{report.nodeid}: {report.longrepr[2]}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything the tests need is provided (WORKBENCH_NO_SKIPS=1), an unlisted skip is a failure."""
    if os.environ.get("WORKBENCH_NO_SKIPS") != "1" or hasattr(session.config, "workerinput"):
        return
    lines = ALLOWED_SKIPS.read_text(encoding="utf-8").splitlines()
    allowed = [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]
    unlisted = [skip for skip in _skipped if not any(skip.startswith(name) for name in allowed)]
    if unlisted:
        print("\nskipped, though nothing may be skipped here:", *unlisted, sep="\n  ")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real logs; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("WORKBENCH_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real logs are not here ({folder.name}/ absent; set WORKBENCH_DATA)")
    return folder


@pytest.fixture
def write_project(tmp_path: Path) -> Callable[..., Path]:
    """Make a project folder from the text of its model file (and of more files by name)."""

    def write(model: str = "", settings: str = "name: Test\n", **files: str) -> Path:
        (tmp_path / "model").mkdir(exist_ok=True)
        (tmp_path / "workbench.yaml").write_text(settings, encoding="utf-8")
        (tmp_path / "model" / "model.yaml").write_text(model, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / "model" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def load(write_project: Callable[..., Path]) -> Callable[..., Inventory]:
    """The inventory of a project made from the text of its model file."""

    def load_text(*args: str, **kwargs: str) -> Inventory:
        return load_inventory(write_project(*args, **kwargs))

    return load_text
