"""Does effort add up, do draws agree with the formula, and does order change nothing?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from workbench.analysis.effort import effort
from workbench.analysis.effort_draws import effort_draws
from workbench.analysis.flow import flow
from workbench.analysis.levers import share_levers
from workbench.analysis.matrix import matrix
from workbench.analysis.uncertainty import Sampler, pert_ends
from workbench.analysis.workload import workload
from workbench.project import open_project

ROOT = Path(__file__).parents[3]
MODEL = """
channels: {phone: {}, web: {self_service: yes}}
teams: {kcc: {cost_per_hour: EUR 60/hour}}
touchpoints: {line: {channel: phone, owner: kcc}, site: {channel: web}}
reasons: {r: {}}
friction: {channel_switch: 4m, hand_off: 0s, repeat: 2m}
personas: {young: {}, old: {}}
volumes: [{touchpoint: line, reason: r, contacts: 800..1200/month, handling_time: 6m, wait: 1m,
           evidence: {grade: measured}}]
journeys:
  j:
    starts: 1000/month
    personas: {young: 75%, old: rest}
    gave_up: {penalty: 30m}
    steps:
      search: {touchpoint: site, own_time: 5m, next: {resolved: 50%, call: 40%, gave_up: 10%},
               by_persona: {old: {next: {call: 90%, gave_up: 10%}}}}
      call: {touchpoint: line, reason: r, next: {resolved: 80%, call: 20%}}
"""


@pytest.fixture
def project(write_project):
    return open_project(write_project(MODEL))


def test_hotspots_add_up_to_the_journeys_and_the_rest(project) -> None:
    """Visits: search 1; call 0.4/0.8 = .5 (young), .9/.8 = 1.125 (old): mixed .65625 → 656.25 of 1000 counted.

    Minutes of a start: search 5; switch .525 · 4 = 2.1; giving up .1 · 30 = 3; call .65625 · (7 + .2 · 2) = 4.85625;
    together 14.95625. Outside journeys 343.75 contacts of 7 minutes a month.
    """
    found = effort(project, draws=0)
    assert project.flows["j"].effort_s / 60 == pytest.approx(14.95625)
    assert found.customer_h_per_year == pytest.approx(12 * (1000 * 14.95625 + 343.75 * 7) / 60)
    assert found.staff_h_per_year == pytest.approx(12 * 1000 * 6 / 60)


def test_what_a_journey_without_known_starts_takes_in_a_year_is_not_known(write_project: Callable[..., Path]) -> None:
    """It is left out and named, never told as zero; what one such journey takes is told all the same."""
    model = MODEL.replace("    starts: 1000/month\n", "")
    found = effort(open_project(write_project(model), "en"), draws=200)
    tables = {one.key: one for one in found.tables()}
    assert tables["effort"].ids == ("line/r",)
    assert any("1 journey (j)" in note for note in tables["effort"].notes)
    (journey,) = tables["journeys"].records()
    assert journey["starts_per_year"] is None
    assert journey["effort_s"] / 60 == pytest.approx(14.95625)
    assert journey["effort_low_s"] < journey["effort_s"] < journey["effort_high_s"]
    for key, columns in (("by_share", ["point_h_per_year"]), ("by_time", ["minute_h_per_year"])):
        assert {row[column] for row in tables[key].records() for column in columns} == {None}
    assert "effort_edges" not in tables


def test_contacts_that_nothing_counts_are_not_zero_in_the_matrix(write_project: Callable[..., Path]) -> None:
    model = MODEL.replace("    starts: 1000/month\n", "").replace("contacts: 800..1200/month, ", "")
    _, reasons, _ = matrix(open_project(write_project(model), "en")).tables()
    (row,) = reasons.records()
    assert (row["contacts_per_year"], row["staff_h_per_year"], row["cost_per_year"]) == (None, None, None)


def test_expected_switches_and_repeats_are_those_of_the_edges(project) -> None:
    found = project.flows["j"]
    assert (found.switches, found.repeats, found.hand_offs) == pytest.approx((0.525, 0.65625 * 0.2, 0))
    assert found.personas["old"].visits["j/call"] == pytest.approx(1.125)
    assert found.personas["old"].starts_per_month == pytest.approx(250)


def test_removing_the_phone_loses_what_it_carries(project) -> None:
    """Resolved .9; without the phone only the .75 · .5 who find it on the site: 1 − .375/.9."""
    effects = {one.touchpoint: one.effect for one in flow(project).removals}
    assert effects == pytest.approx({"line": 1 - 0.375 / 0.9, "site": 1.0})


def test_an_improvement_is_what_a_changed_model_saves(project, write_project) -> None:
    """A tenth fewer of the young calling after the search: 36% call, 54% are resolved; giving up stays 10%."""
    (lever,) = [one for one in share_levers(project) if (one.step, one.target, one.persona) == ("search", "call", None)]
    changed = MODEL.replace("{resolved: 50%, call: 40%, gave_up: 10%}", "{resolved: 54%, call: 36%, gave_up: 10%}")
    after = open_project(write_project(changed)).flows["j"].effort_s
    saved_h = (project.flows["j"].effort_s - after) * 12_000 / 3_600
    assert lever.saved_h_per_year == pytest.approx(saved_h, rel=1e-9)


def test_draws_centre_on_the_formula_and_are_reproducible(project) -> None:
    first, again = effort_draws(project, 4_000, 3), effort_draws(project, 4_000, 3)
    assert first == again
    found = effort(project, draws=0)
    low, high = first.total
    assert low < found.customer_h_per_year < high
    assert first.spreads["j/search"].in_top == 1.0


def test_order_of_the_yaml_changes_nothing(project, write_project) -> None:
    lines = MODEL.strip().split("\n")
    journey = next(i for i, line in enumerate(lines) if line == "journeys:")
    before = effort_draws(project, 500, 1)
    shuffled = "\n".join([*lines[journey:], *lines[:journey]])
    assert effort_draws(open_project(write_project(shuffled)), 500, 1) == before


def test_ranges_are_drawn_with_their_ends_as_tenth_and_ninetieth_percentile(project) -> None:
    sampler = Sampler(project.inventory, 200_000, 1)
    volume = project.inventory.volumes["line/r"]
    assert np.percentile(sampler.of(volume.contacts), [10, 50, 90]) == pytest.approx([800, 1000, 1200], rel=0.01)
    handling = sampler.of(volume.handling_time)
    assert np.percentile(handling, [10, 90]) == pytest.approx([360 * 0.9, 360 * 1.1], rel=0.01)


@pytest.mark.parametrize(("low", "likely", "high"), [(10, 20, 60), (1, 1.1, 9), (100, 180, 190)])
def test_pert_has_the_percentiles_and_the_mode_asked_for(low: float, likely: float, high: float) -> None:
    least, most, alpha, beta = pert_ends(low, likely, high)
    drawn = least + (most - least) * np.random.default_rng(1).beta(alpha, beta, 400_000)
    assert np.percentile(drawn, [10, 90]) == pytest.approx([low, high], rel=0.02)
    assert least + (alpha - 1) / (alpha + beta - 2) * (most - least) == pytest.approx(likely, rel=1e-6)


@pytest.mark.parametrize("example", ["gemeente", "bank"])
def test_hotspots_and_workload_tell_of_the_same_hours_and_money(example: str) -> None:
    """What the report shows as total and what it shows by step are one count, where no step states times of its own."""
    project = open_project(ROOT / "examples" / example)
    found, works = effort(project, draws=0), workload(project)
    assert not any(
        step.handling_time and f"{step.touchpoint}/{step.reason}" in project.inventory.volumes
        for journey in project.inventory.journeys.values()
        for step in journey.steps.values()
    )
    assert found.staff_h_per_year == pytest.approx(sum(work.staff_h_per_year for work in works), rel=1e-9)
    cost = sum(spot.cost_per_year or 0.0 for spot in found.hotspots)
    assert cost == pytest.approx(sum(work.cost_per_year for work in works), rel=1e-9)


def test_steps_without_a_reason_are_no_repeats(write_project) -> None:
    model = """
channels: {web: {self_service: yes}}
touchpoints: {site: {channel: web}}
friction: {channel_switch: 0s, hand_off: 0s, repeat: 10m}
journeys: {j: {steps: {a: {touchpoint: site, own_time: 1m, next: b}, b: {touchpoint: site, own_time: 1m,
           next: {b: 50%, resolved: 50%}}}}}
"""
    flow = open_project(write_project(model)).flows["j"]
    assert flow.repeats == pytest.approx(1.0)
    assert flow.effort_s == pytest.approx(60 + 2 * 60 + 1 * 600)


def test_what_is_not_known_is_not_zero(write_project) -> None:
    model = """
channels: {phone: {}}
touchpoints: {line: {channel: phone}}
reasons: {r: {}}
journeys: {j: {starts: 10/month, steps: {a: {touchpoint: line, reason: r, next: resolved}}}}
"""
    (spot,) = effort(open_project(write_project(model)), draws=0).hotspots
    assert (spot.staff_h_per_year, spot.cost_per_year) == (None, None)
