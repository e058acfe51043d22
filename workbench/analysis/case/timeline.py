"""When does what of a scenario happen: how far has each measure come in a month, and when is money spent?

Month 1 is the scenario's first; what it brings or costs is counted at its end. An investment is paid at the beginning
of its month, the first of them at time 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from touchpoints.inventory import Inventory
from touchpoints.records.scenario import Scenario
from touchpoints.scenario_months import first_month, months_after, number_of_months
from workbench.analysis.uncertainty import Draws


@dataclass(frozen=True)
class Timeline:
    """The months of a scenario.

    Attributes:
        first: its first month, None when neither the model nor its period says.
        months: how many are calculated.
        delays: per measure, the months after the first in which it starts [month].
        payments: per investment, the months after the first in which it is paid [month].
    """

    scenario: Scenario
    first: date | None
    months: int
    delays: tuple[int, ...]
    payments: tuple[int, ...]


def timeline(inventory: Inventory, scenario: Scenario) -> Timeline:
    """The months of a scenario."""
    first = first_month(inventory, scenario)
    return Timeline(
        scenario=scenario,
        first=first,
        months=number_of_months(scenario),
        delays=tuple(max(0, months_after(first, one.start)) for one in scenario.measures),
        payments=tuple(max(0, months_after(first, one.start)) for one in scenario.investments),
    )


def level(month: int, delay: int, ramp: Draws) -> Draws:
    """How far a measure has come in a month, on average over it: 0 not begun, 1 at full effect [1].

    It grows evenly from nothing to everything over the ramp R, so that R/2 months of full effect are lost.

    Args:
        month: 1 is the first month.
        delay: months before it starts.
        ramp: R, one value or one per draw [month].

    Returns:
        One value when all draws agree, so that a month like another need not be worked out again.

    Example (a ramp of two months: a quarter, three quarters, all):
        >>> [float(level(month, 0, np.array([2.0]))[0]) for month in (1, 2, 3)]
        [0.25, 0.75, 1.0]
    """
    reached: Draws = _area(month - delay, ramp) - _area(month - delay - 1, ramp)
    return reached[:1] if reached.size and np.all(reached == reached.flat[0]) else reached


def _area(time: float, ramp: Draws) -> Draws:
    """Months of full effect until a time since the start."""
    if time <= 0:
        return np.zeros_like(ramp)
    growing = np.divide(time * time, 2 * ramp, out=np.zeros_like(ramp), where=ramp > 0)
    return np.where(time < ramp, growing, time - ramp / 2)
