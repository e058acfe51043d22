"""Are steps shown in the order in which customers come by, with what the model says of them?"""

from __future__ import annotations

from typing import Any

import pytest

from journeys.pictures.shown import mean_places, shown_journey

WALK = """
journeys:
  walk:
    start: {b: 100%}
    steps:
      a: {next: {gave_up: 50%, b: 50%}}
      b: {next: {a: 50%, c: 50%}}
      c: {next: {b: 50%, resolved: 50%}}
"""
SHOP = """
channels: {web: {}, phone: {}}
teams: {kcc: {name: Contact centre}}
touchpoints: {site: {channel: web, name: Website}, line: {channel: phone, owner: kcc}}
reasons: {r: {}}
personas: {young: {}, old: {}}
volumes:
  - {touchpoint: line, reason: r, contacts: 10/month, handling_time: 5m, evidence: {grade: contradicted}}
journeys:
  shop:
    phases: [find, buy]
    personas: {young: 75%, old: 25%}
    evidence: {grade: workshop}
    steps:
      look: {phase: find, touchpoint: site, emotion: 1, own_time: 5m, next: {ask: 40%, pay: 60%},
             by_persona: {old: {emotion: -2}}, evidence: {fields: {own_time: {grade: measured}}}}
      ask: {phase: find, touchpoint: line, reason: r, next: {look: 20%, pay: 60%, ask: 10%, gave_up: 10%}}
      pay: {phase: buy, touchpoint: site, own_time: 2m, next: resolved, evidence: {grade: validated}}
moments_of_truth: [{at: shop/pay}]
"""


def test_mean_places_of_the_drunkards_walk(read: Any) -> None:
    # N = [[1.5, 1, .5], [1, 2, 1], [.5, 1, 1.5]]; started in the middle v = (1, 2, 1), vN = (4, 6, 4), so k = (3, 2, 3)
    inventory, flows = read(WALK)
    places = mean_places(flows["walk"])
    assert [places[f"walk/{step}"] for step in "abc"] == pytest.approx([3.0, 2.0, 3.0])
    assert [step.id for step in shown_journey(inventory, flows["walk"], "en", 10).steps] == ["b", "a", "c"]


def test_what_is_shown_of_a_step(read: Any) -> None:
    inventory, flows = read(SHOP)
    journey = shown_journey(inventory, flows["shop"], "en", 10)
    look, ask, pay = journey.steps
    assert [step.number for step in journey.steps] == [1, 2, 3]
    assert (look.channel_label, look.touchpoint_label, ask.owner_label) == ("web", "Website", "Contact centre")
    assert [persona for persona, _, _ in journey.personas] == ["young", "old"]
    assert (look.emotions, ask.emotions) == ((1, -2), (None, None))
    assert (look.grade, ask.grade, pay.grade) == ("workshop", "contradicted", "validated")
    assert [(way.target, way.back) for way in ask.ways] == [
        ("look", True), ("ask", True), ("pay", False), ("gave_up", False),
    ]  # fmt: skip
    assert sum(way.share for way in ask.ways) == pytest.approx(1.0)
    # visits: v_look = 1 + .2 v_ask, v_ask = .4 v_look + .1 v_ask, so v_look = 45/41 and v_ask = 20/41
    assert (look.visits, ask.visits) == pytest.approx((45 / 41, 20 / 41))
    assert ask.staff_s_per_visit == pytest.approx(300)
    assert ask.ways[0].passages == pytest.approx(0.2 * 20 / 41)
    assert (look.moment_of_truth, pay.moment_of_truth) == (False, True)


def test_steps_that_lead_to_others_come_first_however_seldom(read: Any) -> None:
    # most go from a straight to c; b is visited later on the mean, yet leads to c
    inventory, flows = read(
        "journeys: {j: {steps: {a: {next: {c: 90%, b: 10%}}, b: {next: d}, d: {next: c}, c: {next: resolved}}}}"
    )
    assert [step.id for step in shown_journey(inventory, flows["j"], "en", 10).steps] == ["a", "b", "d", "c"]


def test_steps_nobody_reaches_stand_behind_what_leads_to_them(read: Any) -> None:
    inventory, flows = read("journeys: {j: {steps: {a: {next: {z: 0%, c: 100%}}, c: {next: resolved}, z: {next: c}}}}")
    journey = shown_journey(inventory, flows["j"], "en", 10)
    assert {step.id for step in journey.steps} == {"a", "c", "z"}
    assert journey.steps[0].id == "a"
    unseen = next(step for step in journey.steps if step.id == "z")
    assert (unseen.visits, unseen.customer_s_per_visit) == (0, 0)
    assert [way.share for way in unseen.ways] == [1.0]


def test_a_phase_of_its_own_keeps_the_numbers_of_the_whole(read: Any) -> None:
    inventory, flows = read(SHOP)
    journey = shown_journey(inventory, flows["shop"], "en", 10, phase="buy")
    assert [(step.id, step.number) for step in journey.steps] == [("pay", 3)]
    with pytest.raises(ValueError, match="phase must be one of find, buy, got 'sell'"):
        shown_journey(inventory, flows["shop"], "en", 10, phase="sell")
