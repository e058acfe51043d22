"""Do the commands about sources (a proposed profile, daily figures, the list of profiles) answer, and fail clearly?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.failures import UserError
from workbench.cli.main import cli
from workbench.log.errors import LogError
from workbench.log.profile_files import load_profile

CALLS = "start;klantnummer;kanaal\n2026-07-01 10:00;k1;Telefoon\n2026-07-01 11:00;k2;E-mail\n"
DAYS = "Datum;Aangeboden;Behandeld;Opgehangen\n01-07-2026;100;80;15\n13-08-2026;200;190;10\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.yaml").write_text("reasons: {move: {name: Verhuizen}}\n", encoding="utf-8")
    (tmp_path / "workbench.yaml").write_text("name: Test\nlanguage: nl\n", encoding="utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
    (tmp_path / "days.csv").write_text(DAYS, encoding="utf-8")
    return tmp_path


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_proposed_profile_is_written_and_read_again(root: Path) -> None:
    done = _run("log", "profile", root / "calls.csv", "--out", root / "mine.yaml")
    assert done.exit_code == 0, done.output
    profile = load_profile("mine.yaml", root)
    assert profile.columns["channel"].values == {"Telefoon": "phone", "E-mail": "email"}
    key = ("--key", root / "secret.key", "--json")
    read = _run("log", "ingest", root, root / "calls.csv", "--profile", "mine.yaml", *key)
    assert json.loads(read.output)["tables"]["log_accounts"][0]["accepted"] == 2
    again = _run("log", "profile", root / "calls.csv", "--out", root / "mine.yaml")
    assert isinstance(again.exception, UserError)
    assert "is there already" in str(again.exception)


def test_proposed_profile_on_the_screen_loads_as_it_is(root: Path) -> None:
    (root / "screen.yaml").write_text(_run("log", "profile", root / "calls.csv").output, encoding="utf-8")
    assert load_profile("screen.yaml", root).separator == ";"


def test_file_that_is_no_log_is_one_message(root: Path) -> None:
    (root / "names.csv").write_text("naam;plaats\nJan;Ede\n", encoding="utf-8")
    failed = _run("log", "profile", root / "names.csv")
    assert isinstance(failed.exception, LogError)
    assert "no column holds times" in str(failed.exception)


def test_daily_figures_by_month_in_the_language_of_the_project(root: Path) -> None:
    _run("log", "profile", root / "days.csv", "--out", root / "days.yaml")
    done = _run("log", "daily", root, root / "days.csv", "--profile", "days.yaml", "--by", "month", "--json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.output)["tables"]["daily_figures"]
    assert [(row["month"], row["offered"], row["unaccounted"]) for row in rows] == [
        ("2026-07", 100, 5),
        ("2026-08", 200, 0),
    ]
    assert (
        "dagcijfers zijn geen contacten"
        in _run("log", "daily", root, root / "days.csv", "--profile", "days.yaml").output
    )


def test_list_has_the_profiles_of_contacts_and_of_days() -> None:
    listed = _run("log", "profiles").output
    assert all(
        name in listed for name in ("zendesk_tickets", "klantinteracties", "genesys_conversations", "vancouver_311")
    )
