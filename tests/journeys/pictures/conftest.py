"""What do the tests of pictures share?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.flow import JourneyFlow, journey_flows
from touchpoints.inventory import Inventory
from touchpoints.load import load_inventory

EXAMPLE = Path(__file__).parents[3] / "examples" / "gemeente"


@pytest.fixture(scope="session")
def gemeente() -> Inventory:
    """The example of a municipality."""
    return load_inventory(EXAMPLE)


@pytest.fixture(scope="session")
def flows(gemeente: Inventory) -> dict[str, JourneyFlow]:
    """The flows of its journeys."""
    return journey_flows(gemeente)


@pytest.fixture
def read(load: Callable[..., Inventory]) -> Callable[[str], tuple[Inventory, dict[str, JourneyFlow]]]:
    """A model without errors from its text, with its flows."""

    def read_text(model: str) -> tuple[Inventory, dict[str, JourneyFlow]]:
        inventory = load(model)
        assert not inventory.errors, inventory.errors
        return inventory, journey_flows(inventory)

    return read_text
