"""Does the truth behind the simulated log deviate from the municipality's model where it says so, and only there?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory
from touchpoints.quantities import Duration, Rate
from touchpoints.records.journey import resolve_shares
from touchpoints.yaml_tree import read_yaml

GEMEENTE = Path(__file__).resolve().parents[2] / "examples" / "gemeente"


@pytest.fixture(scope="module")
def model() -> Inventory:
    return load_inventory(GEMEENTE)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    tree, faults = read_yaml((GEMEENTE / "truth.yaml").read_bytes(), "truth.yaml")
    assert tree is not None
    assert not faults
    plain: dict[str, Any] = tree.plain()
    return plain


def test_times_and_volumes_deviate_by_the_stated_factor(model: Inventory, truth: dict[str, Any]) -> None:
    parse = {"contacts": Rate.parse, "handling_time": Duration.parse, "wait": Duration.parse}
    factors = {
        (key, field): parse[field](value).point / getattr(model.volumes[key], field).point
        for key, fields in truth["volumes"].items()
        for field, value in fields.items()
    }
    waste = {(f"{touchpoint}/waste_missed", "contacts"): 1.3 for touchpoint in _touchpoints_of("waste_missed", model)}
    assert factors == pytest.approx(
        {
            ("kcc_phone/appointment_make", "handling_time"): 1.2,
            ("kcc_phone/tax_assessment", "wait"): 2.0,
            ("kcc_phone/problem_report", "contacts"): 1.0,
            **waste,
        }
    )


def test_one_transition_is_off_by_ten_points(model: Inventory, truth: dict[str, Any]) -> None:
    assert {name: set(journey["steps"]) for name, journey in truth["journeys"].items()} == {
        "passport_renewal": {"apply"}
    }
    row = truth["journeys"]["passport_renewal"]["steps"]["apply"]["next"]
    true = {target: float(share.rstrip("%")) / 100 for target, share in row.items()}
    modelled = resolve_shares(model.journeys["passport_renewal"].steps["apply"].next or {})
    assert sum(true.values()) == pytest.approx(1)
    points = {target: 100 * (true[target] - modelled[target]) for target in modelled}
    assert points == pytest.approx({"sms_ready": -10, "call_status": 10, "rebook": 0})


def _touchpoints_of(reason: str, model: Inventory) -> list[str]:
    return [volume.touchpoint for volume in model.volumes.values() if volume.reason == reason and volume.contacts]
