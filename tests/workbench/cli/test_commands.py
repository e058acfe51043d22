"""Do all commands answer, in every form, and fail with one clear message?"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "gemeente"
ANALYSES = ("flow", "effort", "moments", "matrix", "steer", "case", "missing")


def run(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workbench", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def failed(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """It ended with the status, said the words, and showed no traceback."""
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    for word in words:
        assert word in done.stdout + done.stderr


@pytest.mark.parametrize("command", ANALYSES)
def test_an_analysis_speaks_both_languages_and_three_forms(command: str) -> None:
    dutch, english = run(command, EXAMPLE, "--lang", "nl"), run(command, EXAMPLE, "--lang", "en")
    assert dutch.returncode == english.returncode == 0
    assert dutch.stdout != english.stdout
    found = json.loads(run(command, EXAMPLE, "--json").stdout)
    assert found["tables"]
    rows = list(csv.DictReader(io.StringIO(run(command, EXAMPLE, "--csv").stdout)))
    assert len(rows) == len(next(iter(found["tables"].values())))


def test_json_names_the_assumptions_with_place_and_grade() -> None:
    found = json.loads(run("case", EXAMPLE, "--json").stdout)
    assert all(one["place"].rpartition(":")[2].isdigit() and one["grade"] for one in found["assumptions"])
    assert any(one["name"].startswith("scenarios/") for one in found["assumptions"])


def test_a_model_with_errors_gives_no_result(write_project) -> None:
    root = write_project("volumes: [{touchpoint: a, reason: b, contacts: 12}]\n")
    failed(run("check", root), 1, "model.yaml:1: volume 'a/b': contacts '12' has no unit", "3 errors")
    for command in ("effort", "report", "map"):
        failed(run(command, root), 1, "mend the errors first")


def test_wrong_usage_ends_in_two(tmp_path: Path) -> None:
    failed(run("chek", EXAMPLE), 2, "did you mean 'check'?")
    failed(run("check", tmp_path / "nowhere"), 2, "nowhere")
    failed(run("effort", EXAMPLE, "--lang", "fr"), 2, "fr")
    failed(run("map", EXAMPLE, "--out", tmp_path / "x.gif"), 2, "svg, png, pdf")
    failed(run("map", EXAMPLE, "--journey", "moving", "--out", tmp_path / "x.svg"), 2, "move_house")
    failed(run("simulate", EXAMPLE, "--out", tmp_path / "x.csv"), 2, "--contacts")
    failed(run("explain", "units"), 2, "unit-missing")
    failed(run("glossary", "chanel"), 2, "channel")


def test_without_a_log_that_is_said(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "g")
    failed(run("validate", tmp_path / "g"), 1, "there is no contact log yet")
    failed(run("log", "ingest", tmp_path / "g"), 1, "no file fits this pattern")
    failed(run("log", "ingest", tmp_path / "g", tmp_path / "g" / "truth.yaml"), 1, "truth.yaml")


def test_the_whole_line_once(tmp_path: Path) -> None:
    """Simulate, ingest twice, measure, validate, report: in a folder whose name has a space and a quote."""
    project = tmp_path / "a project's"
    shutil.copytree(EXAMPLE, project)
    made = run("simulate", project, "--contacts", "4000", "--seed", "3", "--out", project / "log" / "one.csv",
               "--truth", project / "truth.yaml")  # fmt: skip
    assert "4,000 simulated contacts" in made.stdout, made.stderr
    key = ["--key", tmp_path / "pseudonyms.key"]
    first = json.loads(run("log", "ingest", project, *key, "--json").stdout)
    again = json.loads(run("log", "ingest", project, *key, "--json").stdout)
    (row,) = next(iter(first["tables"].values()))
    assert (row["rows_read"], row["accepted"]) == (4000, 4000)
    assert next(iter(again["tables"].values()))[0]["file_status"] == "known"
    assert (tmp_path / "pseudonyms.key").stat().st_mode & 0o077 == 0
    measured = json.loads(run("log", "measures", project, "volume", "--by", "channel", "--json").stdout)
    shown = [one["n"] for one in measured["tables"]["log_volume"]]
    # A channel with few contacts is withheld.
    assert min(shown) >= 10
    assert 3_900 < sum(shown) <= 4_000
    ledger = json.loads(run("validate", project, "--json").stdout)
    assert {one["verdict"] for one in ledger["tables"]["ledger"]} <= {
        "validated", "contradicted", "undecided", "too_few",
    }  # fmt: skip
    done = run("report", project, "--out", tmp_path / "r.html", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "This log is simulated" in (tmp_path / "r.html").read_text(encoding="utf-8")
