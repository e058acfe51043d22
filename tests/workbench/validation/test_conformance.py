"""Does conformance say of a log made by hand what a reader of it sees, and of a simulated one what was simulated?"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from workbench.cli.main import cli
from workbench.log.engine import Log
from workbench.log.ingest import ingest
from workbench.log.intervals import wilson
from workbench.log.profile_files import load_profile
from workbench.log.store import open_log
from workbench.project import Project, open_project
from workbench.validation.conformance.conformance import Conformance, conformance
from workbench.validation.conformance.fit import journey_fit
from workbench.validation.conformance.planned import planned_journeys

MODEL = """
channels:
  phone: {cost_per_hour: EUR 40/hour}
  web: {self_service: yes}
  email: {customer_present: no}
teams: {kcc: {people: 8, fte: 6, cost_per_hour: EUR 45/hour}}
touchpoints:
  site: {channel: web, human_fallback: yes}
  line: {channel: phone, owner: kcc}
  portal: {channel: web, human_fallback: yes}
  mail: {channel: email}
  desk: {channel: phone, owner: kcc}
reasons:
  how: {category: information}
  tell: {category: request}
  tax: {category: information}
volumes:
  - {touchpoint: line, reason: how, contacts: 100/month, handling_time: 6m, wait: 60s}
  - {touchpoint: line, reason: tax, contacts: 50/month, handling_time: 4m}
journeys:
  move:
    starts: 60/month
    steps:
      search: {touchpoint: site, reason: how, own_time: 5m, next: {call: 50%, notify: 50%}}
      call: {touchpoint: line, reason: how, own_time: 1m, next: notify}
      notify: {touchpoint: portal, reason: tell, own_time: 10m, next: confirm}
      confirm: {touchpoint: mail, reason: tell, next: resolved}
"""

CALL, NOTIFY, CONFIRM = ("line", "how"), ("portal", "tell"), ("mail", "tell")
CHAT, DESK, TAX = ("chat", "how"), ("desk", "tax"), ("line", "tax")

CASES = (
    (40, (CALL, NOTIFY, CONFIRM)),
    (30, (NOTIFY, CONFIRM)),
    (12, (CALL, CONFIRM)),
    (11, (CALL, CALL, NOTIFY, CONFIRM)),
    (15, (CALL, CHAT, NOTIFY, CONFIRM)),
    (3, (CONFIRM, NOTIFY)),
    (20, (DESK, DESK)),
    (10, (TAX,)),
)
OF_MOVE = 40 + 30 + 12 + 11 + 15 + 3
START = datetime(2026, 1, 1, 9)
DAYS = 100.0


def _write(file: Path) -> None:
    """The cases start in the middle half of the log; a contact of another need stands at either end of it."""
    cases = [steps for many, steps in CASES for _ in range(many)]
    rows = [("first", START, TAX), ("last", START + timedelta(days=DAYS), TAX)]
    for number, steps in enumerate(cases):
        begin = START + timedelta(days=30 + 40 * number / len(cases))
        rows += [(f"case{number}", begin + timedelta(hours=hour), contact) for hour, contact in enumerate(steps)]
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case_key", "started_at", "touchpoint", "reason"])
        writer.writerows([(key, f"{at:%Y-%m-%dT%H:%M:%SZ}", *contact) for key, at, contact in rows])


def _ingest(project: Project, file: Path) -> None:
    project.store_file.parent.mkdir(exist_ok=True)
    ingest([file], load_profile("generic_csv"), project.store_file, bytes(range(32)), time_zone="UTC")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Log]]:
    root = tmp_path_factory.mktemp("project")
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: Test\nlanguage: en\n", encoding="utf-8")
    (root / "model" / "model.yaml").write_text(MODEL, encoding="utf-8")
    project = open_project(root).require_sound()
    _write(root / "log.csv")
    _ingest(project, root / "log.csv")
    with open_log(project.store_file) as log:
        yield project, log


@pytest.fixture(scope="module")
def found(opened: tuple[Project, Log]) -> Conformance:
    project, log = opened
    return conformance(project, log.exact)


def _of(found: Conformance, kind: str) -> list[tuple[str | None, tuple[tuple[str | None, str | None], ...], int, int]]:
    return [(one.step, one.contacts, one.cases, one.of) for one in found.deviations if one.kind == kind]


def test_every_case_belongs_where_a_reader_puts_it(found):
    assert found.cases == OF_MOVE + 20 + 10
    assert {one.name: one.cases for one in found.groups} == {"move": OF_MOVE, "outside": 10, "alternative": 20}
    each = found.per_case
    assert each.journeys == ("move",)
    assert each.whole.sum() == found.cases
    assert len(each.whole) == found.cases + 2
    assert (each.journey[each.whole] == 0).sum() == OF_MOVE
    assert np.isnan(each.edge_fitness[each.journey == -1]).all()


def test_the_fit_of_a_journey_by_hand(found):
    (fit,) = found.fits
    assert (fit.journey, fit.cases, fit.hidden_steps) == ("move", OF_MOVE, 1)
    # The fewest visible steps of a planned journey are two: notify and confirm.
    fitness = {3: 1, 1: 1, 12: 1 - 1 / 4}
    total = 40 + 30 + 12 * fitness[12] + 11 * (1 - 1 / 6) + 15 * (1 - 1 / 6) + 3 * (1 - 2 / 4)
    assert fit.alignment_fitness == pytest.approx(total / OF_MOVE)
    assert fit.fitting == pytest.approx(70 / OF_MOVE)
    assert (fit.fitting_low, fit.fitting_high) == wilson(70, OF_MOVE)
    # Moves that are not planned: call → confirm; call → call; call → chat and on; start → confirm → notify → end.
    moves = 40 * 4 + 30 * 3 + 12 * 3 + 11 * 5 + 15 * 5 + 3 * 3
    assert fit.edge_fitness == pytest.approx(1 - (12 * 1 + 11 * 1 + 15 * 2 + 3 * 3) / moves)
    assert fit.place.endswith("model.yaml:21")


def test_the_footprint_by_hand(found):
    (fit,) = found.fits
    # Words: call, notify, confirm, chat and the outside, 25 cells. The log has call → confirm (2 cells), call ∥ call
    # (1), call → chat → notify (4), notify ∥ confirm for → (2), outside → confirm for ← and outside ← notify for →,
    # each with the other direction present, so ∥ (4).
    assert fit.footprint == pytest.approx(1 - (2 + 1 + 4 + 2 + 4) / 25)


def test_deviations_are_those_that_were_put_in(found):
    skipped = dict.fromkeys(("notify", "confirm"), 0) | {
        step: cases for step, _, cases, _ in _of(found, "skipped_step")
    }
    # Of confirm, notify either the one or the other is out of order; the other is then skipped where it should be.
    assert (skipped["notify"], skipped["confirm"]) in ((15, 0), (12, 3))
    assert _of(found, "extra_loop") == [("call", (CALL,), 11, OF_MOVE)]
    assert _of(found, "unmodelled_step") == [(None, (CHAT,), 15, OF_MOVE)]
    assert _of(found, "alternative_journey") == [(None, (DESK, DESK), 20, OF_MOVE + 30)]
    ((_, _, cases, _),) = _of(found, "out_of_order")
    assert cases == 3
    assert not [one for one in found.deviations if one.step == "search"]


def test_a_deviation_has_volume_time_money_and_place(found):
    (loop,) = [one for one in found.deviations if one.kind == "extra_loop"]
    # Cases that start outside the margin of a week: all, and the contact on the last day; over 93 days.
    per_month = 11 / found.cases * (found.cases + 1) / ((DAYS - 7) / (365.25 / 12))
    assert loop.n_per_month == pytest.approx(per_month)
    assert (loop.low, loop.high) == wilson(11, OF_MOVE)
    # The model's own handling time and wait, for the log tells none; a minute of the customer's own beside it.
    assert loop.spent.staff_s == pytest.approx(per_month * 360)
    assert loop.spent.customer_s == pytest.approx(per_month * (360 + 60 + 60))
    assert loop.spent.cost == pytest.approx(per_month * 360 / 3600 * 45)
    assert loop.place is not None
    assert loop.place.endswith("model.yaml:25")
    (chat,) = [one for one in found.deviations if one.kind == "unmodelled_step"]
    assert (chat.spent.staff_s, chat.spent.cost, chat.place) == (None, None, None)
    skipped = [one for one in found.deviations if one.step == "notify" and one.kind == "skipped_step"]
    assert skipped[0].spent.customer_s == pytest.approx(-skipped[0].n_per_month * 600)
    assert any(one.name == "volumes/line/how/handling_time" for one in found.assumptions)


def test_moves_planned_and_made(found):
    paths = {(one.source, one.target): one for one in found.paths}
    assert paths["start", "search"].n == OF_MOVE
    assert paths["search", "call"].planned_share == 0.5
    assert paths["search", "call"].n == 40 + 12 + 11 + 15
    # Who stops after a search that no log sees leaves no trace: there is no share of those at the start or the search.
    assert paths["search", "call"].share is None
    assert paths["start", "search"].share is None
    assert paths["call", "notify"].share == pytest.approx((40 + 11 + 15) / 78)
    assert paths["call", "confirm"].kind == "skipping"
    assert paths["call", "confirm"].n == 12
    assert paths["call", "call"].kind == "extra"
    assert paths["call", "call"].n == 11
    steps = {one.step: one for one in found.steps}
    assert steps["search"].hidden
    assert steps["search"].n is None
    assert steps["call"].n == 78
    assert steps["call"].planned_visits == pytest.approx(0.5)
    assert steps["confirm"].n + steps["confirm"].skipped == OF_MOVE


def test_small_groups_are_not_shown(opened):
    project, log = opened
    shown = conformance(project, log)
    assert log.suppress_below == 10
    assert all(one.cases >= 10 for one in shown.deviations)
    assert not [one for one in shown.deviations if one.kind == "out_of_order"]
    assert shown.too_small >= 1
    assert all(one.n is None or one.n == 0 or one.n >= 10 for one in shown.paths)
    everything = json.dumps([table.records() for table in shown.tables()], default=str)
    assert '"journeys_n": 3,' not in everything
    higher = type(log)(log.file, log.connection, 25)
    groups = {one.name: one.cases for one in conformance(project, higher).groups}
    assert groups == {"move": OF_MOVE, "outside": None, "alternative": None}


@pytest.mark.parametrize(("least", "told"), [(41, True), (42, False)])
def test_those_that_do_not_fit_are_a_group_as_well(opened, found, least, told):
    project, _ = opened
    (planned,) = planned_journeys(project, found.found.words, reasons=True)
    cases = np.bincount(found.assigned.runs.of[found.whole.flags], minlength=len(found.assigned.runs))
    fit = journey_fit(planned, 0, found.assigned, cases, least)
    assert fit is not None
    assert (fit.fitting is not None) == told == (fit.fitting_low is not None)


def test_a_higher_demand_leaves_more_cases_without_a_journey(opened):
    project, log = opened
    strict = conformance(project, log.exact, least_fitness=0.8)
    assert {one.name: one.cases for one in strict.groups}["move"] == OF_MOVE - 12 - 3
    with pytest.raises(ValueError, match="least_fitness must be from 0 to 1, got 2"):
        conformance(project, log, least_fitness=2)


def test_the_command_speaks_both_languages(opened, tmp_path):
    project, _ = opened
    dutch, english = (
        CliRunner().invoke(cli, ["conform", str(project.root), "--lang", lang], catch_exceptions=False).output
        for lang in ("nl", "en")
    )
    assert "stap nog een keer" in dutch
    assert "step once more" in english
    tables = json.loads(CliRunner().invoke(cli, ["conform", str(project.root), "--json"]).output)["tables"]
    assert set(tables) == {"conformance", "conformance_cases", "deviations", "conformance_paths"}
    assert {one["deviation"] for one in tables["deviations"]} >= {"extra_loop", "alternative_journey"}


def test_a_log_simulated_from_the_model_conforms(tmp_path):
    from shutil import copytree

    from workbench.simulation.simulate import simulate

    root = tmp_path / "gemeente"
    copytree(Path(__file__).parents[3] / "examples" / "gemeente", root)
    project = open_project(root)
    simulate(project.inventory, tmp_path / "log.csv", seed=5, contacts=40_000, days=None)
    _ingest(project, tmp_path / "log.csv")
    with open_log(project.store_file) as log:
        found = conformance(project, log.exact)
    cases = {one.name: one.cases or 0 for one in found.groups}
    assert cases["passport_renewal"] > 100
    assert sum(cases[one] for one in project.inventory.journeys) >= 0.97 * found.cases
    for fit in found.fits:
        assert fit.fitting >= 0.9, fit.journey
        assert fit.earth_mover.high >= 0.8
