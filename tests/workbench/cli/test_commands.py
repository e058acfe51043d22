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

from tests.command import run

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "gemeente"
ANALYSES = ("flow", "effort", "moments", "matrix", "steer", "case", "missing")


@pytest.mark.parametrize("command", ANALYSES)
def test_an_analysis_speaks_both_languages_and_three_forms(command: str) -> None:
    dutch, english = run(command, EXAMPLE, "--lang", "nl"), run(command, EXAMPLE, "--lang", "en")
    assert dutch.status == english.status == 0
    assert dutch.out != english.out
    found = json.loads(run(command, EXAMPLE, "--json").out)
    assert found["tables"]
    rows = list(csv.DictReader(io.StringIO(run(command, EXAMPLE, "--csv").out)))
    assert len(rows) == len(next(iter(found["tables"].values())))


def test_json_names_the_assumptions_with_place_and_grade() -> None:
    found = json.loads(run("case", EXAMPLE, "--json").out)
    assert all(one["place"].rpartition(":")[2].isdigit() and one["grade"] for one in found["assumptions"])
    assert any(one["name"].startswith("scenarios/") for one in found["assumptions"])


def test_json_escapes_what_turns_the_direction_of_a_terminal_and_nothing_else(write_project) -> None:
    name = "caf\u00e9 \U0001f469\u200d\U0001f467 \u202eexe.txt\u202c \u2066a\u2069 \u200f."
    root = write_project(
        "touchpoints: {line: {channel: phone}}\n"
        f"reasons: {{move: {{name: '{name}', value: {{customer: value, organisation: value}}}}}}\n"
        "volumes: [{touchpoint: line, reason: move, contacts: 12/month, handling_time: 5m, wait: 1m}]\n"
    )
    said = run("matrix", root, "--json").out
    assert "café 👩\u200d👧 \\u202eexe.txt\\u202c \\u2066a\\u2069 \\u200f." in said
    assert name in [value for rows in json.loads(said)["tables"].values() for row in rows for value in row.values()]


def test_a_model_with_errors_gives_no_result(write_project) -> None:
    root = write_project("volumes: [{touchpoint: a, reason: b, contacts: 12}]\n")
    run("check", root).failed(1, "model.yaml:1: volume 'a/b': contacts '12' has no unit", "3 errors")
    for command in ("effort", "report", "map"):
        run(command, root).failed(1, "mend the errors first")


def test_wrong_usage_ends_in_two(tmp_path: Path) -> None:
    run("chek", EXAMPLE).failed(2, "did you mean 'check'?")
    run("check", tmp_path / "nowhere").failed(2, "nowhere")
    run("effort", EXAMPLE, "--lang", "fr").failed(2, "fr")
    run("map", EXAMPLE, "--out", tmp_path / "x.gif").failed(2, "svg, png, pdf")
    run("map", EXAMPLE, "--journey", "moving", "--out", tmp_path / "x.svg").failed(2, "move_house")
    run("simulate", EXAMPLE, "--out", tmp_path / "x.csv").failed(2, "--contacts")
    run("explain", "units").failed(2, "unit-missing")
    run("glossary", "chanel").failed(2, "channel")


def test_without_a_log_that_is_said(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "g")
    run("validate", tmp_path / "g").failed(1, "there is no contact log yet")
    run("log", "ingest", tmp_path / "g").failed(1, "no file fits this pattern")
    run("log", "ingest", tmp_path / "g", tmp_path / "g" / "truth.yaml").failed(1, "truth.yaml")


def test_the_console_script_is_what_the_tests_run() -> None:
    command = [sys.executable, "-m", "workbench", "matrix", str(EXAMPLE), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == run("matrix", EXAMPLE, "--json").out


def test_the_whole_line_once(tmp_path: Path) -> None:
    """Simulate, ingest twice, measure, validate, report: in a folder whose name has a space and a quote."""
    project = tmp_path / "a project's"
    shutil.copytree(EXAMPLE, project)
    made = run("simulate", project, "--contacts", "4000", "--seed", "3", "--out", project / "log" / "one.csv",
               "--truth", project / "truth.yaml")  # fmt: skip
    assert "4,000 simulated contacts" in made.out, made.err
    key = ["--key", tmp_path / "pseudonyms.key"]
    first = json.loads(run("log", "ingest", project, *key, "--json").out)
    again = json.loads(run("log", "ingest", project, *key, "--json").out)
    (row,) = next(iter(first["tables"].values()))
    assert (row["rows_read"], row["accepted"]) == (4000, 4000)
    assert next(iter(again["tables"].values()))[0]["file_status"] == "known"
    assert (tmp_path / "pseudonyms.key").stat().st_mode & 0o077 == 0
    measured = json.loads(run("log", "measures", project, "volume", "--by", "channel", "--json").out)
    shown = [one["n"] for one in measured["tables"]["log_volume"]]
    # A channel with few contacts is withheld.
    assert min(shown) >= 10
    assert 3_900 < sum(shown) <= 4_000
    ledger = json.loads(run("validate", project, "--json").out)
    assert {one["verdict"] for one in ledger["tables"]["ledger"]} <= {
        "validated", "contradicted", "undecided", "too_few",
    }  # fmt: skip
    done = run("report", project, "--out", tmp_path / "r.html", "--lang", "en")
    assert done.status == 0, done.err
    assert "This log is simulated" in (tmp_path / "r.html").read_text(encoding="utf-8")
