"""Do hours, costs and the minute ledgers of the examples come out as worked by hand in their `expected.yaml`?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from touchpoints.yaml_tree import read_yaml
from workbench.analysis.case.business import case
from workbench.analysis.case.minutes import Minutes
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.workload import Work, workload
from workbench.project import Project, open_project

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MINUTES_PER_HOUR = 60
EXACT = 1e-6


@pytest.fixture(scope="module", params=("gemeente", "bank"))
def example(request: pytest.FixtureRequest) -> tuple[Project, dict[str, Any]]:
    path = EXAMPLES / request.param / "expected.yaml"
    tree, faults = read_yaml(path.read_bytes(), path.name)
    assert tree is not None
    assert not faults
    plain: dict[str, Any] = tree.plain()
    return open_project(EXAMPLES / request.param), plain


def test_hours_and_costs_of_the_volumes(example: tuple[Project, dict[str, Any]]) -> None:
    project, expected = example
    answer = expected["volumes"]
    counted = [work for work in workload(project) if work.reconciled.volume_per_month is not None]
    assert sum(work.contacts_per_year for work in counted) == pytest.approx(answer["contacts_per_year"], abs=EXACT)
    assert _hours(counted) == pytest.approx(answer["staff_hours_per_year"], abs=EXACT)
    assert _cost(counted) == pytest.approx(answer["staff_cost_per_year"], abs=EXACT)
    beside = sum(work.contacts_per_year * work.cost_per_contact for work in counted)
    assert beside == pytest.approx(answer["contact_cost_per_year"], abs=EXACT)


def test_the_largest_touchpoints_and_the_owners(example: tuple[Project, dict[str, Any]]) -> None:
    project, expected = example
    counted = [work for work in workload(project) if work.reconciled.volume_per_month is not None]
    answer = expected["volumes"]
    by_touchpoint: dict[str, list[Work]] = {}
    hours_of_owner: dict[str | None, float] = {}
    for work in counted:
        by_touchpoint.setdefault(work.touchpoint, []).append(work)
        hours_of_owner[work.owner] = hours_of_owner.get(work.owner, 0.0) + work.staff_h_per_year
    largest = answer["largest_touchpoints"]
    ranked = sorted(by_touchpoint, key=lambda name: -_hours(by_touchpoint[name]))
    assert ranked[: len(largest)] == list(largest)
    for name, row in largest.items():
        works = by_touchpoint[name]
        assert sum(work.contacts_per_year for work in works) == pytest.approx(row["contacts_per_year"], abs=EXACT)
        assert _hours(works) == pytest.approx(row["hours_per_year"], abs=EXACT)
        assert _cost(works) == pytest.approx(row["cost_per_year"], abs=EXACT)
    working = {owner: hours for owner, hours in hours_of_owner.items() if hours}
    assert working == pytest.approx(answer["hours_per_year_by_owner"], abs=EXACT)


def test_the_minute_ledger(example: tuple[Project, dict[str, Any]]) -> None:
    for one, answer in _scenarios(example):
        assert _minutes(one.hours) == pytest.approx(answer["minutes"], abs=EXACT), one.scenario.id
        cells = {effect.work.key: effect.hours for effect in one.effects}
        for key, row in answer["cells"].items():
            got = _minutes(cells[key])
            got.pop("soll")
            assert got == pytest.approx(row, abs=EXACT), f"{one.scenario.id}: {key}"
        touched = {
            key
            for key, hours in cells.items()
            if hours.middle("baseline") and hours.middle("remaining") != hours.middle("baseline")
        }
        assert set(answer["cells"]) <= touched


def test_hours_and_money_of_the_scenarios(example: tuple[Project, dict[str, Any]]) -> None:
    for one, answer in _scenarios(example):
        ist, soll = answer["ist"], answer["soll"]
        assert one.hours.middle("baseline") == pytest.approx(ist["hours_per_year"], abs=EXACT)
        assert one.hours.middle("soll") == pytest.approx(soll["hours_per_year"], abs=EXACT)
        staff_saving = ist["staff_cost_per_year"] - soll["staff_cost_per_year"]
        assert one.saved_per_year == pytest.approx(staff_saving - answer["contact_cost_per_year"], abs=EXACT)
        assert one.extra_per_year == pytest.approx(answer["measure_cost_per_year"], abs=EXACT)
        assert one.saved_per_year - one.extra_per_year == pytest.approx(answer["saving_per_year"], abs=EXACT)
        assert one.running_per_year == pytest.approx(answer["running_cost_per_year"], abs=EXACT)
        assert one.once == pytest.approx(answer["once_cost"], abs=EXACT)
        eliminated = sum(float(effect.eliminated[0]) for effect in one.effects)
        assert eliminated == pytest.approx(answer["eliminated_contacts_per_year"], abs=EXACT)


def test_the_money_that_is_left_a_year(example: tuple[Project, dict[str, Any]]) -> None:
    """The cashable share is one of saved hours (records/scenario.py); what contacts cost elsewhere is paid in full."""
    for one, answer in _scenarios(example):
        assert one.cash_per_year == pytest.approx(answer["cash_per_year"], abs=EXACT), one.scenario.id


def test_the_contacts_of_the_shifts(example: tuple[Project, dict[str, Any]]) -> None:
    for one, answer in _scenarios(example):
        moved = {effect.work.reason: effect for effect in one.effects if float(effect.gross[0])}
        assert set(moved) == set(answer.get("shifts", {}))
        for reason, effect in moved.items():
            row = answer["shifts"][reason]["in_scenario"]
            assert effect.gross[0] == pytest.approx(row["gross"], abs=EXACT)
            assert effect.net[0] == pytest.approx(row["net"], abs=EXACT)
            assert effect.gross[0] - effect.net[0] == pytest.approx(row["leaked"], abs=EXACT)


def _scenarios(example: tuple[Project, dict[str, Any]]) -> list[tuple[ScenarioCase, dict[str, Any]]]:
    project, expected = example
    found = case(project).scenarios
    assert {one.scenario.id for one in found} == set(expected["scenarios"])
    return [(one, expected["scenarios"][one.scenario.id]) for one in found]


def _minutes(hours: Minutes) -> dict[str, float]:
    names = ("baseline", "eliminated", "shifted", "leaked", "saved", "remaining", "added", "soll")
    return {name: hours.middle(name) * MINUTES_PER_HOUR for name in names}


def _hours(works: list[Work]) -> float:
    return sum(work.staff_h_per_year for work in works)


def _cost(works: list[Work]) -> float:
    return sum(work.staff_h_per_year * (work.cost_per_hour or 0.0) for work in works)
