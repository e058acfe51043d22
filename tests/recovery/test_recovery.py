"""Is what is planted in a log found, and little else? Two of the fifty logs of `python -m tests.recovery`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recovery.recovery import CITY, Found, recover
from touchpoints.load import load_inventory
from workbench.simulation.truth import lay_over

SEEDS = (1, 2)


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return list(recover(SEEDS, long_contacts=400_000))


def test_every_planted_deviation_is_found(found: list[Found]) -> None:
    assert [one.planted for one in found] == [dict.fromkeys(("time", "volume", "transition", "journey"), True)] * 2


def test_what_holds_is_not_contradicted(found: list[Found]) -> None:
    assert sum(one.false_share for one in found) / len(found) <= 0.05
    assert all(one.unmodelled == 1 for one in found)


def test_what_holds_is_validated(found: list[Found]) -> None:
    assert sum(len(one.true) for one in found) > 100
    assert sum(len(one.validated) for one in found) >= 0.8 * sum(len(one.true) for one in found)


def test_the_truth_deviates_as_it_says() -> None:
    model = load_inventory(CITY)
    truth = lay_over(model, Path(CITY / "truth.yaml"))
    assert not model.faults
    assert not truth.faults
    times = {key: truth.volumes[key].handling_time for key in model.volumes if key.startswith("desk/")}
    for key, time in times.items():
        before = model.volumes[key].handling_time
        assert time is not None
        assert before is not None
        assert time.point == pytest.approx(1.2 * before.point)
    waste = {key: volume.contacts for key, volume in truth.volumes.items() if key.endswith("/waste")}
    for key, contacts in waste.items():
        before_contacts = model.volumes[key].contacts
        assert contacts is not None
        assert before_contacts is not None
        assert contacts.point == pytest.approx(1.3 * before_contacts.point)
    starts = {key: journey.starts.point for key, journey in truth.journeys.items() if journey.starts}
    assert starts["appealing"] / sum(starts.values()) == pytest.approx(0.05, abs=0.001)
