"""Do the commands that hold the log's journeys and shares against the model answer, and fail with one clear message?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.main import cli
from workbench.log.ingest import ingest
from workbench.log.profile_files import load_profile
from workbench.project import open_project
from workbench.simulation.simulate import simulate

MODEL = """
touchpoints:
  line: {name: {nl: Telefoonlijn, en: Phone line}, channel: phone}
  site: {name: {nl: Website, en: Site}, channel: web}
reasons:
  move_how: {name: {nl: Hoe verhuizen, en: How to move}, category: information}
volumes:
  - {touchpoint: line, reason: move_how, contacts: 400/month, handling_time: 4m}
journeys:
  move:
    name: {nl: Verhuizen, en: Moving}
    starts: 900/month
    steps:
      look: {touchpoint: site, reason: move_how, next: {ask: 40%, resolved: rest}}
      ask: {touchpoint: line, reason: move_how, next: resolved}
  never:
    starts: 0/month
    steps: {think: {touchpoint: site, next: resolved}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moving")
    (folder / "model").mkdir()
    (folder / "workbench.yaml").write_text("name: Test\n", encoding="utf-8")
    (folder / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    project = open_project(folder).require_sound()
    simulate(project.inventory, folder / "log.csv", seed=5, contacts=6_000)
    ingest([folder / "log.csv"], load_profile("generic_csv"), project.store_file, bytes(range(32)))
    return folder


@pytest.fixture
def run(root: Path) -> Callable[..., Result]:
    return lambda command, *words: CliRunner().invoke(cli, [*command.split(), str(root), *words])


def test_claims_are_tried(run: Callable[..., Result]) -> None:
    done = run("hypothesis", "channel=web leading", "channel=phone above 50%", "--json")
    assert done.exit_code == 0, done.output
    first, second = json.loads(done.output)["tables"]["hypotheses"]
    # 900 contacts a month on the site, 400 on the line, as the volume says.
    assert (first["claim_verdict"], second["claim_verdict"]) == ("holds", "fails")
    assert first["log_share"] == pytest.approx(900 / 1300, abs=0.02)
    assert "Telefoonlijn" in run("hypothesis", "touchpoint=line not leading", "--lang", "nl").output


WRONG = (
    (("channel=phone under 40%",), "must be DIMENSION=WORD"),
    (("channel=fone below 40%",), "did you mean 'phone'"),
    (("channel=phone below 40%", "--since", "soon"), "--since must be"),
    (("channel=phone below 40%", "--where", "channel"), "--where must be"),
    (("channel=phone below 40%", "--where", "colour=red"), "must be of"),
)


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[one[1] for one in WRONG])
def test_a_claim_that_is_none_is_wrong_usage(run: Callable[..., Result], words: tuple[str, ...], said: str) -> None:
    done = run("hypothesis", *words)
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_journeys_of_the_log_by_case_and_customer(run: Callable[..., Result]) -> None:
    found = json.loads(run("log journeys", "--json").output)["tables"]
    edges = {(row["from_contact"], row["to_contact"]): row["log_share"] for row in found["log_edges"]}
    assert edges["Site", "Phone line"] == pytest.approx(0.4, abs=0.03)
    assert {row["notion"] for row in found["log_notions"]} == {"case", "customer"}
    with_reasons = run("log journeys", "--reasons", "--notion", "customer", "--lang", "nl")
    assert with_reasons.exit_code == 0
    assert "Telefoonlijn · Hoe verhuizen" in with_reasons.output


def test_journeys_are_discovered_to_the_terminal(run: Callable[..., Result]) -> None:
    done = run("journeys discover", "--min-share", "5%")
    assert done.exit_code == 0, done.output
    assert done.output.startswith("# Journeys as the contact log shows them")
    assert run("journeys discover", "--min-share", "5 apples").exit_code != 0


def test_plan_and_log_in_one_picture(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    done = run("map", "--actual", "--journey", "move", "--out", str(tmp_path / "a.svg"), "--lang", "nl")
    assert done.exit_code == 0, done.output
    assert "Gepland en werkelijk: Verhuizen" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert run("map", "--actual", "--out", str(tmp_path / "all.png")).exit_code == 0
    little = run("map", "--actual", "--journey", "never", "--out", str(tmp_path / "b.svg"))
    assert "holds too little of journey 'never'" in str(little.exception)
    both = run("map", "--actual", "--kind", "lanes", "--out", str(tmp_path / "b.svg"))
    assert "--actual goes with neither" in str(both.exception)
