"""Is no minute counted twice, and do the design's worked figures come out?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.reconcile import Reconciled
from touchpoints.records.scenario import Scenario
from workbench.analysis.case.business import case
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.minutes import Effect, Minutes
from workbench.analysis.case.minutes import effects as effects_in
from workbench.analysis.case.values import Points
from workbench.analysis.steering.steering import steering
from workbench.analysis.workload import Work, workload
from workbench.project import open_project

CONTACT_CENTRE = """
channels: {phone: {}, web: {self_service: yes}}
teams: {kcc: {cost_per_hour: EUR 45/hour}}
touchpoints:
  line: {channel: phone, owner: kcc}
  site: {channel: web, human_fallback: yes}
reasons: {r: {}}
volumes: [{touchpoint: line, reason: r, contacts: 3000/month, handling_time: 8m}]
"""


def line(contacts_per_month: float, handling_s: float, touchpoint: str = "line", reason: str = "r") -> Work:
    pair = Reconciled(touchpoint, reason, contacts_per_month, None, ())
    return Work(
        touchpoint, reason, "phone", None, contacts_per_month, handling_s, None, 45.0, 0.0, True, True, pair, ()
    )


def effects(scenario: Scenario, works: tuple[Work, ...]) -> list[Effect]:
    return effects_in(scenario, lines_of(works, Points()), Points())


def scenario(*measures: dict[str, object]) -> Scenario:
    return Scenario.model_validate({"id": "s", "measures": measures})


@pytest.mark.parametrize(("reduction", "saved"), [("30%", 64_800), ("40%", 86_400), ("50%", 108_000)])
def test_six_people_handle_faster(write_project, reduction: str, saved: float) -> None:
    """6 people × 500 contacts × 8 min × EUR 45/h is 400 h a month."""
    measure = f"scenarios: {{s: {{measures: [{{kind: handling_time, touchpoints: [line], reduction: {reduction}}}]}}}}"
    project = open_project(write_project(CONTACT_CENTRE + measure))
    (work,) = workload(project)
    assert work.staff_h_per_year == pytest.approx(400 * 12)
    assert case(project).scenarios[0].saved_per_year == pytest.approx(saved)


def test_three_measures_leave_a_little_over_half() -> None:
    """10% eliminated, 20% shifted without leakage, 30% faster: 0.9 · 0.8 · 0.7 = 0.504 of the minutes."""
    faster = {"kind": "handling_time", "touchpoints": ["line"], "reduction": "30%"}
    gone = {"kind": "eliminate", "reasons": ["r"], "share": "10%"}
    moved = {"kind": "shift", "reasons": ["r"], "from": "line", "to": "site", "eligible": 1, "adoption": "20%",
             "resolved": 1}  # fmt: skip
    (effect,) = effects(scenario(faster, moved, gone), (line(1000, 360),))
    assert effect.hours.soll == pytest.approx(0.504 * 1200)


def test_shift_with_leakage_in_money(write_project) -> None:
    """1000 × 60% × 40% × 70%: gross 240, leakage 72, net 168; 168 × 5.00 − 240 × 0.20 = EUR 792."""
    model = """
channels: {phone: {cost_per_hour: EUR 60}, web: {self_service: yes, cost_per_contact: EUR 0.20}}
touchpoints: {line: {channel: phone}, site: {channel: web, human_fallback: yes}}
reasons: {r: {}, other: {}}
volumes:
  - {touchpoint: line, reason: r, contacts: 1000/year, handling_time: 5m}
  - {touchpoint: site, reason: other, contacts: 1/year}
scenarios:
  s: {measures: [{kind: shift, reasons: [r], from: line, to: site, eligible: 60%, adoption: 40%, resolved: 70%}]}
"""
    project = open_project(write_project(model))
    (move,) = steering(project).moves
    assert (move.moved.gross, move.moved.leakage, move.moved.net) == pytest.approx((240, 72, 168))
    assert move.worth_per_year == pytest.approx(792)
    assert case(project).scenarios[0].saved_per_year == pytest.approx(792)


shares = st.floats(0, 1)
measures = st.one_of(
    st.builds(lambda share: {"kind": "eliminate", "reasons": ["r"], "share": share}, shares),
    st.builds(
        lambda eligible, adoption, resolved, rise: {
            "kind": "shift", "reasons": ["r"], "from": "line", "to": "site", "eligible": eligible,
            "adoption": adoption, "resolved": resolved, "rising_complexity": rise,
        },
        shares, shares, shares, shares,
    ),
    st.builds(lambda cut: {"kind": "handling_time", "touchpoints": ["line"], "reduction": cut}, shares),
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(measures, max_size=6), st.floats(1, 1e5), st.floats(1, 1e4), st.randoms())
def test_the_minute_ledger_adds_up_in_any_order(
    drawn: list[dict[str, object]], contacts: float, handling_s: float, random: object
) -> None:
    works = (line(contacts, handling_s), line(10, 100, "site"))
    hours = sum((effect.hours for effect in effects(scenario(*drawn), works)), Minutes.none())
    parts = hours.eliminated + hours.shifted + hours.leaked + hours.saved + hours.remaining
    assert parts == pytest.approx(hours.baseline, rel=1e-9)
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = sum((effect.hours for effect in effects(scenario(*shuffled), works)), Minutes.none())
    assert again.soll == pytest.approx(hours.soll, rel=1e-9)
    assert all(part >= -1e-9 for part in (hours.shifted, hours.leaked, hours.saved, hours.remaining, hours.added))


def test_a_priced_minute_is_priced_once(write_project) -> None:
    """The team's price goes before the channel's, and they are never added."""
    model = CONTACT_CENTRE.replace("phone: {}", "phone: {cost_per_hour: EUR 99/hour}")
    (work,) = workload(open_project(write_project(model)))
    assert work.cost_per_year == pytest.approx(4800 * 45)
