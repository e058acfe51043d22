"""Is a scenario worth what a plain loop over months, measures and draws says it is?"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbench.analysis.case.business import case
from workbench.analysis.case.cash_flow import internal_rate, net_present_value, payback_years
from workbench.analysis.case.flows import flows
from workbench.analysis.case.information import partial_information, perfect_information
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.timeline import level, timeline
from workbench.analysis.case.values import Points, Swings
from workbench.analysis.uncertainty import Sampler
from workbench.analysis.workload import distinct, workload
from workbench.project import Project, open_project

MODEL = """
channels: {phone: {}, web: {self_service: yes, cost_per_contact: EUR 0.20}}
teams: {kcc: {cost_per_hour: EUR 45/hour}}
touchpoints: {line: {channel: phone, owner: kcc}, site: {channel: web, human_fallback: yes}}
reasons: {r: {}, q: {}}
volumes:
  - {touchpoint: line, reason: r, contacts: 2700..3300/month, handling_time: 8m}
  - {touchpoint: line, reason: q, contacts: 500/month, handling_time: 5m}
  - {touchpoint: site, reason: r, contacts: 100/month}
scenarios:
  s:
    start: 2027-01
    measures:
      - {kind: eliminate, reasons: [r], share: 10%..20%, cost_each: EUR 0.08, rising_complexity: 5%}
      - {kind: shift, reasons: [r, q], from: line, to: site, eligible: 60%, adoption: 20%..40%, resolved: 70%,
         cost_each: EUR 0.10, start: 2027-04}
      - {kind: handling_time, touchpoints: [line], reduction: 10%..30%}
    investments:
      - {what: tool, once: EUR 60000, running: EUR 800/month}
      - {what: portal, once: EUR 30000, running: EUR 6000/year, start: 2027-03}
    ramp: 5 months
    horizon: 18 months
    discount_rate: 7%
    cashable: 50%..80%
"""


def looped(delay: int) -> list[float]:
    """The hard flows of MODEL from its middle values, month by month and contact by contact, in plain Python."""
    months, ramp = 18, 5.0
    delays = {0: 0, 1: delay, 2: 0}

    def reached(month: int, measure: int) -> float:
        steps = [min(1.0, max(0.0, (month - 1 + (i + 0.5) / 1000 - delays[measure]) / ramp)) for i in range(1000)]
        return sum(steps) / 1000

    found = [-60000.0] + [0.0] * months
    found[2] -= 30000.0
    for month in range(1, months + 1):
        found[month] -= 800.0 + (500.0 if month > 2 else 0.0)
        for contacts, minutes, reason in ((3000.0, 8.0, "r"), (500.0, 5.0, "q")):
            gone = reached(month, 0) * 0.15 if reason == "r" else 0.0
            gross = reached(month, 1) * 0.6 * 0.3
            helped = gross * 0.7
            faster = reached(month, 2) * 0.20
            heavier = 1 + (reached(month, 0) * 0.05 if reason == "r" else 0.0)
            worked = contacts * (1 - gone) * (1 - helped)
            hours = contacts * minutes / 60 - worked * minutes / 60 * (1 - faster) * heavier
            trying = contacts * (1 - gone) * gross
            found[month] += hours * 45.0 * 0.65
            found[month] -= trying * 0.20 + trying * 0.10
            if reason == "r":
                found[month] -= contacts * 0.08 * reached(month, 0)
        # The message also goes to the hundred who use the site for the same reason, and some of them stay away.
        found[month] += 100 * reached(month, 0) * (0.15 * 0.20 - 0.08)
    return found


@pytest.fixture
def project(write_project) -> Project:
    return open_project(write_project(MODEL)).require_sound()


@pytest.mark.parametrize(("start", "delay"), [(", start: 2027-04", 3), ("", 0)])
def test_flows_are_those_of_a_plain_loop(write_project, start: str, delay: int) -> None:
    project = open_project(write_project(MODEL.replace(", start: 2027-04", start)))
    scenario = project.inventory.scenarios["s"]
    when = timeline(project.inventory, scenario)
    found = flows(when, lines_of(workload(project), Points()), Points())
    plain = looped(delay)
    assert [float(found.hard(month)[0]) for month in range(19)] == pytest.approx(plain, rel=1e-6, abs=0.01)
    npv = sum(money / 1.07 ** (month / 12) for month, money in enumerate(plain))
    assert float(found.worth()[0]) == pytest.approx(npv, rel=1e-6)


def test_the_worth_of_a_draw_is_the_worth_of_a_model_with_those_numbers(project: Project) -> None:
    """Column 2 of the draws, written out as middle values of another model, has the same worth."""
    sampler = Sampler(project.inventory, 5, 3)
    scenario = project.inventory.scenarios["s"]
    when = timeline(project.inventory, scenario)
    drawn = flows(when, lines_of(workload(project), sampler), sampler).worth()

    class Column:
        draws = 1

        def of(self, estimate: object) -> np.ndarray:
            return sampler.of(estimate)[2:3]  # type: ignore[arg-type]

    one = flows(when, lines_of(workload(project), Column()), Column()).worth()
    assert float(one[0]) == pytest.approx(float(drawn[2]), rel=1e-12)
    assert len(set(drawn.tolist())) == 5


def test_the_middle_of_the_tornado_is_the_worth_and_each_bar_a_model_of_its_own(project: Project) -> None:
    (found,) = case(project, draws=100).scenarios
    sampler = Sampler(project.inventory, 100, 1)
    adoption = next(one for one in project.inventory.assumptions() if one.name.endswith("measures.1.adoption"))
    swing = next(one for one in found.swings if one.assumption.name == adoption.name)
    assert (swing.low, swing.high) == (0.2, 0.4)
    values = Swings(sampler, [adoption])
    middle = flows(timeline(project.inventory, found.scenario), lines_of(workload(project), values), values).worth()
    assert float(middle[0]) == pytest.approx(found.worth.npv)
    assert float(middle[1]) == pytest.approx(swing.worth_at_low)


def test_a_bar_of_the_tornado_is_the_worth_of_a_model_that_says_so(write_project) -> None:
    (found,) = case(open_project(write_project(MODEL)), draws=50).scenarios
    swing = next(one for one in found.swings if one.assumption.name.endswith("measures.1.adoption"))
    (low,) = case(open_project(write_project(MODEL.replace("20%..40%", "20%"))), draws=50).scenarios
    (high,) = case(open_project(write_project(MODEL.replace("20%..40%", "40%"))), draws=50).scenarios
    assert swing.worth_at_low == pytest.approx(low.worth.npv)
    assert swing.worth_at_high == pytest.approx(high.worth.npv)


def test_break_even_adoption_makes_the_worth_nothing(write_project) -> None:
    model = MODEL.replace("EUR 60000", "EUR 25000").replace("EUR 30000", "EUR 9000")
    (found,) = case(open_project(write_project(model)), draws=50).scenarios
    needed = found.worth.break_even
    assert needed is not None
    assert 0.1 < needed < 3
    text = model.replace("20%..40%", f"{30 * needed:.6f}%")
    (even,) = case(open_project(write_project(text)), draws=50).scenarios
    assert even.worth.npv == pytest.approx(0, abs=20)


def test_the_order_of_measures_and_of_lines_in_the_file_does_not_matter(write_project) -> None:
    (found,) = case(open_project(write_project(MODEL)), draws=200).scenarios
    lines = MODEL.splitlines()
    start = next(i for i, line in enumerate(lines) if "kind: eliminate" in line)
    moved = [*lines[:start], lines[start + 3], lines[start + 1], lines[start + 2], lines[start], *lines[start + 4 :]]
    (other,) = case(open_project(write_project("\n".join(moved))), draws=200).scenarios
    assert other.worth.npv == pytest.approx(found.worth.npv)
    assert other.hours.middle("soll") == pytest.approx(found.hours.middle("soll"))


@given(st.floats(0.2, 30), st.integers(0, 12))
def test_a_ramp_costs_half_its_length_of_full_effect(ramp: float, delay: int) -> None:
    total = sum(float(level(month, delay, np.array([ramp]))[0]) for month in range(1, 61))
    assert total == pytest.approx(60 - delay - ramp / 2)


def test_levels_never_fall() -> None:
    found = [float(level(month, 2, np.array([4.5]))[0]) for month in range(1, 12)]
    assert all(before <= after for before, after in pairwise(found))
    assert (found[1], found[-1]) == (0.0, 1.0)


money = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


@given(money, money, st.floats(-0.5, 2), st.floats(-3, 3))
def test_net_present_value_is_linear_in_the_flows(one: list[float], two: list[float], rate: float, k: float) -> None:
    size = min(len(one), len(two))
    years = [month / 12 for month in range(size)]
    both = [a + k * b for a, b in zip(one[:size], two[:size], strict=True)]
    expected = net_present_value(rate, one[:size], years) + k * net_present_value(rate, two[:size], years)
    assert net_present_value(rate, both, years) == pytest.approx(expected, rel=1e-9, abs=1e-4)


@given(st.floats(1e3, 1e6), st.lists(st.floats(0, 1e5), min_size=1, max_size=40).filter(lambda found: sum(found) > 1))
def test_the_internal_rate_makes_the_worth_nothing(once: float, flow: list[float]) -> None:
    """One outlay before all income: there is just one rate (Descartes), unless it lies beyond the bounds."""
    row, years = [-once, *flow], list(range(len(flow) + 1))
    found = internal_rate(row, years)
    assert len(found.rates) <= 1
    if found.only is not None:
        scale = sum(abs(one) / (1 + found.only) ** year for one, year in zip(row, years, strict=True))
        assert abs(net_present_value(found.only, row, years)) <= 1e-8 * scale


def test_flows_that_are_never_paid_back_have_no_payback() -> None:
    assert payback_years([-100, 40, 70, -30], [0, 1, 2, 3]) is None
    assert payback_years([-100, 150, -30, 20], [0, 1, 2, 3]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("mean", [0.0, 0.5, 1.0, 2.0])
def test_knowing_a_normal_worth_is_worth_the_unit_normal_loss(mean: float) -> None:
    """Options N(mean, 1) and 0: φ(m) − m (1 − Φ(m)) (Raiffa and Schlaifer 1961)."""
    rng = np.random.default_rng(11)
    known, other = rng.normal(size=50_000), rng.normal(size=50_000)
    worths = np.column_stack([mean + known + other, np.zeros(50_000)])
    loss = stats.norm.pdf(mean) - mean * stats.norm.sf(mean)
    assert partial_information(worths, known) == pytest.approx(loss, abs=0.012)
    both = math.sqrt(2)
    whole = both * (stats.norm.pdf(mean / both) - mean / both * stats.norm.sf(mean / both))
    assert perfect_information(worths) == pytest.approx(whole, abs=0.012)


def test_a_number_that_has_nothing_to_do_with_the_choice_is_worth_nothing_to_know() -> None:
    rng = np.random.default_rng(5)
    worths = np.column_stack([rng.normal(3, 1, 20_000), np.zeros(20_000)])
    assert partial_information(worths, rng.normal(size=20_000)) < 1e-3


def test_no_number_is_worth_measuring_when_the_choice_is_clear(write_project) -> None:
    found = case(open_project(write_project(MODEL.replace("EUR 60000", "EUR 59000000..61000000"))), draws=2_000)
    assert found.choice is not None
    assert found.choice.best is None
    assert found.choice.perfect == 0
    assert found.choice.to_measure == ()


def test_every_number_that_counts_is_among_the_assumptions(project: Project) -> None:
    found = case(project, draws=100)
    named = {one.name for one in found.assumptions}
    assert {swing.assumption.name for one in found.scenarios for swing in one.swings} <= named
    assert {one.name for one in distinct(workload(project))} <= named


def test_published_figures_stand_beside_the_case_and_count_nowhere(write_project) -> None:
    """3,000 × 8 min + 500 × 5 min a month are 441.67 hours; a quarter to a half of them, at EUR 45."""
    found = case(open_project(write_project(MODEL)), draws=20)
    stated = next(one for one in found.claims if one.claim.id == "kcs_resolution_time")
    year_h = 12 * (3000 * 8 + 500 * 5) / 60
    assert stated.hours == pytest.approx((year_h / 4, year_h / 2))
    assert stated.money == pytest.approx((45 * year_h / 4, 45 * year_h / 2))
    assert all(one.claim.criticism and one.claim.evidence and one.claim.evidence.source for one in found.claims)
    own = MODEL + "claims: {kcs_resolution_time: {name: offer, reduction: 40%}}\n"
    other = case(open_project(write_project(own)), draws=20)
    assert other.scenarios[0].worth.npv == found.scenarios[0].worth.npv
    (shown,) = [one for one in other["claims"].tables()[0].records() if one["id"] == "kcs_resolution_time"]
    assert shown["claimed"] == "40% less"


TEAM = """
channels: {phone: {}}
teams: {kcc: {cost_per_hour: EUR 45/hour, people: 30, shrinkage: 30%, hours: [mon-fri 09:00-17:00]}}
touchpoints: {line: {channel: phone, owner: kcc, direction: inbound}}
reasons: {r: {}}
volumes: [{touchpoint: line, reason: r, contacts: 24000/month, handling_time: 4m}]
scenarios: {s: {measures: [{kind: eliminate, reasons: [r], share: 50%}]}}
"""


def test_half_the_calls_need_more_than_half_the_people(write_project) -> None:
    (found,) = case(open_project(write_project(TEAM)), draws=20).scenarios
    people = found.people["kcc"]
    assert people.fte_linear == pytest.approx(people.fte_before / 2)
    assert people.fte_linear < people.fte_after < people.fte_before
    assert (people.before, people.after) == (math.ceil(people.fte_before), math.ceil(people.fte_after))


def test_a_scenario_that_changes_nothing_frees_nobody(write_project) -> None:
    (found,) = case(open_project(write_project(TEAM.replace("share: 50%", "share: 0%"))), draws=20).scenarios
    people = found.people["kcc"]
    assert people.fte_after == people.fte_before == people.fte_linear
