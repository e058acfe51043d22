"""Do the journeys of the examples come out as worked by hand in their `expected.yaml`?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journeys.flow import journey_flows
from journeys.graph import step_graph
from journeys.reconcile import contradictions, reconcile
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from touchpoints.yaml_tree import read_yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("gemeente", "bank")

# Half a unit of the last digit written, and a hair for the rounding of floats.
SHARE_DIGITS = 0.5001e-9
EFFORT_DIGITS = 0.5001e-6
FLOW_DIGITS = 0.5001e-5


def answers(name: str) -> dict[str, Any]:
    path = EXAMPLES / name / "expected.yaml"
    tree, faults = read_yaml(path.read_bytes(), path.name)
    assert tree is not None
    assert not faults
    plain: dict[str, Any] = tree.plain()
    return plain


@pytest.fixture(scope="module", params=NAMES)
def example(request: pytest.FixtureRequest) -> tuple[Inventory, dict[str, Any]]:
    return load_inventory(EXAMPLES / request.param), answers(request.param)


def test_the_model_has_no_faults(example: tuple[Inventory, dict[str, Any]]) -> None:
    inventory, _ = example
    # Each example has one shift that its channel can hardly carry, so that a blocked one can be seen.
    assert [fault.rule for fault in inventory.faults] == ["channel-cannot-carry"]
    assert list(contradictions(inventory, reconcile(inventory))) == []


def test_every_journey_has_an_answer(example: tuple[Inventory, dict[str, Any]]) -> None:
    inventory, expected = example
    assert set(expected["journeys"]) == set(inventory.journeys)
    for name, journey in inventory.journeys.items():
        assert set(expected["journeys"][name]["visits"]) == set(journey.steps)


def test_visits_ends_and_effort(example: tuple[Inventory, dict[str, Any]]) -> None:
    inventory, expected = example
    flows = journey_flows(inventory)
    for name, answer in expected["journeys"].items():
        flow = flows[name]
        visits = {f"{name}/{step}": value for step, value in answer["visits"].items()}
        assert dict(flow.visits) == pytest.approx(visits, rel=0, abs=SHARE_DIGITS), name
        assert flow.starts_per_month == answer["starts_per_month"]
        assert flow.contacts == pytest.approx(answer["contacts"], rel=0, abs=SHARE_DIGITS), name
        assert flow.resolved == pytest.approx(answer["resolved"], rel=0, abs=SHARE_DIGITS), name
        assert flow.gave_up == pytest.approx(answer["gave_up"], rel=0, abs=SHARE_DIGITS), name
        assert flow.unknown == 0
        assert flow.effort_s / 60 == pytest.approx(answer["effort_min"], rel=0, abs=EFFORT_DIGITS), name


@pytest.mark.parametrize(("part", "personas"), [("general", {"starter": 1.0}), ("senior", {"senior": 1.0})])
def test_each_chain_of_moving_house_by_itself(part: str, personas: dict[str, float]) -> None:
    """A mixture of one: the general chain is that of the starters, who have no rows of their own."""
    inventory = load_inventory(EXAMPLES / "gemeente")
    answer = answers("gemeente")["journeys"]["move_house"][part]
    journey = inventory.journeys["move_house"]
    assert not any("starter" in step.by_persona for step in journey.steps.values())
    shares = type(journey).model_validate({"steps": {"only": {}}, "personas": personas}).personas
    only = journey.model_copy(update={"personas": shares})
    flow = journey_flows(replace(inventory, journeys={"move_house": only}))["move_house"]
    assert flow.resolved == pytest.approx(answer["resolved"], rel=0, abs=SHARE_DIGITS)
    assert flow.gave_up == pytest.approx(answer["gave_up"], rel=0, abs=SHARE_DIGITS)
    assert flow.effort_s / 60 == pytest.approx(answer["effort_min"], rel=0, abs=EFFORT_DIGITS)


def test_reconciliation(example: tuple[Inventory, dict[str, Any]]) -> None:
    inventory, expected = example
    both = {
        f"{pair.touchpoint}/{pair.reason}": pair
        for pair in reconcile(inventory)
        if pair.flow_per_month is not None and pair.volume_per_month is not None
    }
    assert set(both) == set(expected["reconciliation"])
    for key, answer in expected["reconciliation"].items():
        pair = both[key]
        assert pair.volume_per_month == pytest.approx(answer["volume"], rel=0, abs=1e-9), key
        assert pair.flow_per_month == pytest.approx(answer["flow"], rel=0, abs=FLOW_DIGITS), key
        assert pair.rest_per_month == pytest.approx(answer["rest"], rel=0, abs=FLOW_DIGITS), key


def test_every_edge_of_the_worked_example_has_the_friction_that_was_used() -> None:
    """The kinds of some edges that are easily got wrong: portal of another organisation, same team, the same again."""
    graph = step_graph(load_inventory(EXAMPLES / "gemeente"))
    minutes = {
        ("building_permit/orient", "building_permit/apply"): 9,
        ("building_permit/call_info", "building_permit/ask_specialist"): 5,
        ("building_permit/status_specialist", "building_permit/decision"): 4,
        ("building_permit/status_call", "building_permit/status_call"): 3,
        ("move_house/search", "move_house/notify_online"): 4,
        ("passport_renewal/search", "passport_renewal/book_online"): 0,
        ("passport_renewal/collect", "resolved"): 0,
    }
    assert {edge: graph.edges[edge]["friction_s"] / 60 for edge in minutes} == minutes
