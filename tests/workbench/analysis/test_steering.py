"""Does steering conserve contacts, keep its bounds, and choose what a search through all plans would choose?"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.reconcile import Reconciled
from workbench.analysis.steering.candidates import Candidate
from workbench.analysis.steering.plan import Limits, plan
from workbench.analysis.steering.shift import ShiftYield, heavier_h
from workbench.analysis.steering.steering import steering
from workbench.analysis.workload import Work
from workbench.project import open_project

MODEL = """
channels: {phone: {cost_per_hour: EUR 60}, web: {self_service: yes, cost_per_contact: EUR 0.20}}
touchpoints:
  line: {channel: phone, direction: inbound}
  site: {channel: web, direction: publication, human_fallback: yes}
reasons: {r: {}, q: {}}
volumes:
  - {touchpoint: line, reason: r, contacts: 1000/year, handling_time: 5m, wait: 1m}
  - {touchpoint: line, reason: q, contacts: 500/year, handling_time: 10m, wait: 1m}
content: {page: {title: P, answers: [r], kind: web_page, fit_for: [web]}}
steering:
  eligible: 60%
  resolved: 70%
  rising_complexity: 20%
  adoption: {communication: 10%, product: 40%}
  instruments: [communication, product]
"""


def work(contacts: float, key: str = "r", handling_s: float = 300.0) -> Work:
    pair = Reconciled("line", key, contacts / 12, None, ())
    return Work("line", key, "phone", None, contacts / 12, handling_s, 60.0, 60.0, 0.0, True, True, pair, ())


def candidate(contacts: float, worth: float, key: str = "r", to: str = "site", cost: float = 0.0) -> Candidate:
    moved = ShiftYield(contacts, 0.6, 0.4, 0.7)
    return Candidate(work(contacts, key), to, "product", moved, True, 0.0, None, cost, worth, ())


def test_a_candidate_is_the_design_s_shift_less_the_heavier_rest(write_project) -> None:
    """1000 × 60% × 40% × 70%: 792 (see the design) less (1000 − 168) · 5 min · 20% · 16.8% at EUR 60/hour."""
    found = steering(open_project(write_project(MODEL)))
    one = next(one for one in found.candidates if one.work.reason == "r" and one.instrument == "product")
    assert (one.moved.gross, one.moved.leakage, one.moved.net) == pytest.approx((240, 72, 168))
    heavier = (1000 - 168) * 5 / 60 * 0.2 * 0.168
    assert one.worth == pytest.approx(792 - heavier * 60)
    assert one.saved_h == pytest.approx(168 * 5 / 60 - heavier)
    assert one.gates == ()


def test_the_missing_answer_has_its_price(write_project) -> None:
    """Nothing on the site answers q: 500 · .6 · .4 = 120 try, 84 are helped; at EUR 10 a call and 0.20 a visit."""
    found = steering(open_project(write_project(MODEL)))
    (blocked,) = found.blocked
    assert blocked.gates == ("gate_no_content",)
    heavier = (500 - 84) * 10 / 60 * 0.2 * 84 / 500
    assert blocked.worth == pytest.approx(84 * 10 - 120 * 0.2 - heavier * 60)
    with_page = MODEL.replace("answers: [r]", "answers: [r, q]")
    opened = steering(open_project(write_project(with_page)))
    assert opened.blocked == ()
    assert opened.plan.worth - found.plan.worth == pytest.approx(blocked.worth)


def test_what_had_better_stay_stands_last_with_that_as_its_only_remedy(write_project) -> None:
    """Neither q (500 · 10 min) nor s (2000 · 10 min) has an answer on the site; s asks for more feeling than it has."""
    text = (
        MODEL.replace("self_service: yes,", "self_service: yes, max_emotion: 2/5,")
        .replace("reasons: {r: {}, q: {}}", "reasons: {r: {}, q: {}, s: {emotion: 5/5}}")
        .replace(
            "content:", "  - {touchpoint: line, reason: s, contacts: 2000/year, handling_time: 10m, wait: 1m}\ncontent:"
        )
    )
    found = steering(open_project(write_project(text)))
    assert [one.work.reason for one in found.blocked] == ["q", "s"]
    assert found.blocked[1].worth > found.blocked[0].worth
    blocked = next(one for one in found.tables() if one.key == "steering_blocked")
    assert [row["remedy"] for row in blocked.records()] == ["write the missing answer", "leave it where it is"]
    assert len(blocked.notes) == 1


def test_the_human_floor_binds_and_has_its_price(write_project) -> None:
    """Of 1,500 contacts with people 96% must stay: 60 may go, of the 168 that product would move."""
    free = steering(open_project(write_project(MODEL)))
    assert free.plan.binding == ()
    bound = steering(open_project(write_project(MODEL)), human_floor=0.96)
    gone = sum(one.moved.net * part for one, part in bound.plan.chosen)
    assert gone == pytest.approx(60)
    (floor,) = bound.plan.binding
    assert (floor.kind, floor.limit) == ("human_floor", pytest.approx(60))
    more = steering(open_project(write_project(MODEL)), human_floor=0.96 - 1 / 1500)
    assert more.plan.worth - bound.plan.worth == pytest.approx(floor.price)


def test_written_answers_do_not_become_calls(write_project) -> None:
    model = """
channels: {letter: {cost_per_hour: EUR 90, customer_present: no}, phone: {cost_per_hour: EUR 30}}
touchpoints: {post: {channel: letter, direction: inbound}, line: {channel: phone, direction: inbound}}
reasons: {r: {}}
volumes:
  - {touchpoint: post, reason: r, contacts: 100/month, handling_time: 30m}
  - {touchpoint: line, reason: r, contacts: 10/month, handling_time: 5m}
"""
    found = steering(open_project(write_project(model)))
    assert found.candidates
    assert all("gate_in_writing" in one.gates for one in found.candidates if one.work.touchpoint == "post")
    assert found.plan.chosen == ()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(100, 2000), st.floats(1, 1e4), st.floats(0, 500)), min_size=1, max_size=6),
    st.floats(0, 1500), st.floats(0, 1500),
)  # fmt: skip
def test_the_plan_beats_every_plan_of_halves_and_wholes(
    drawn: list[tuple[int, float, float]], humans: float, budget: float
) -> None:
    found = [candidate(n, worth, f"r{i}", "site", cost) for i, (n, worth, cost) in enumerate(drawn)]
    chosen = plan(found, Limits(humans, budget))
    parts = {one.key: part for one, part in chosen.chosen}
    assert sum(parts.get(one.key, 0) * one.moved.net for one in found) <= humans * (1 + 1e-6) + 1e-6
    assert sum(parts.get(one.key, 0) * one.cost for one in found) <= budget * (1 + 1e-6) + 1e-6
    best = 0.0
    for tried in itertools.product((0.0, 0.5, 1.0), repeat=len(found)):
        lost = sum(part * one.moved.net for part, one in zip(tried, found, strict=True))
        spent = sum(part * one.cost for part, one in zip(tried, found, strict=True))
        if lost <= humans and spent <= budget:
            best = max(best, sum(part * one.worth for part, one in zip(tried, found, strict=True)))
    assert chosen.worth >= best - 1e-6 * max(1.0, best)


def test_no_contact_moves_twice() -> None:
    """Three touchpoints each want 40% of the eligible: together they can have no more than all of them."""
    found = [candidate(1000, 100.0, "r", to) for to in ("a", "b", "c")]
    chosen = plan(found, Limits(1e9))
    assert sum(part * one.moved.gross for one, part in chosen.chosen) == pytest.approx(600)
    assert [one.kind for one in chosen.binding] == ["eligible"]


@given(st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_steering_conserves_contacts(contacts: float, eligible: float, adoption: float, resolved: float) -> None:
    moved = ShiftYield(contacts, eligible, adoption, resolved)
    assert moved.net + moved.leakage == pytest.approx(moved.gross)
    assert 0 <= moved.gross <= contacts
    assert heavier_h(work(contacts), moved.net, 0.3) >= 0


def test_a_floor_that_is_no_share_is_refused(write_project) -> None:
    with pytest.raises(ValueError, match="human_floor must be from 0 to 1"):
        steering(open_project(write_project(MODEL)), human_floor=1.4)
