"""Does the command that forgets ask first, and do what it says?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.failures import UserError
from workbench.cli.main import cli


@pytest.fixture
def project(write_project, monkeypatch: pytest.MonkeyPatch) -> Path:
    root: Path = write_project("", "name: Test\nlog: {profile: generic_csv, files: [log.csv]}\n")
    rows = [f"c{number},2026-01-0{number % 9 + 1},klant-{number % 3}" for number in range(12)]
    (root / "log.csv").write_text("\n".join(["contact_id,started_at,customer_key", *rows]) + "\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "config"))
    monkeypatch.setenv("HOME", str(root / "home"))
    return root


def run(*words: str | Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*map(str, words)], input=answer)


def test_a_customer_is_forgotten_only_when_that_is_meant(project: Path) -> None:
    key = project / "key"
    assert run("log", "ingest", project, "--key", key).exit_code == 0
    asked = run("log", "forget", project, "klant-1", "--key", key, answer="n\n")
    assert asked.exit_code == 1
    assert "Delete 4 contacts" in asked.output
    done = run("log", "forget", project, "klant-1", "nobody", "--key", key, "--yes", "--json")
    assert done.exit_code == 0, done.output
    tables = json.loads(done.stdout)["tables"]
    assert tables["log_forgotten"] == [{"file": "log.csv", "forgotten": 4}]
    again = run("log", "forget", project, "klant-1", "--key", key, answer="y\n")
    assert (again.exit_code, "Delete 0 contacts" in again.output) == (0, True)


def test_without_a_key_nobody_can_be_found(project: Path) -> None:
    done = run("log", "forget", project, "klant-1", "--key", project / "absent", "--yes")
    assert isinstance(done.exception, UserError)
    assert (done.exception.status, "there is no key" in str(done.exception)) == (2, True)
    assert not (project / "absent").exists()
