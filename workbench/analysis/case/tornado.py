"""Which number moves the worth of a scenario most, when it alone takes its low and its high end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchpoints.inventory import Assumption
from workbench.analysis.case.flows import flows
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.timeline import Timeline
from workbench.analysis.case.values import Swings
from workbench.analysis.uncertainty import Sampler
from workbench.analysis.workload import Work


@dataclass(frozen=True, slots=True)
class Swing:
    """The worth (hard) of a scenario with one number at its low and at its high end [currency]."""

    assumption: Assumption
    low: float
    high: float
    worth_at_low: float
    worth_at_high: float

    @property
    def width(self) -> float:
        """How far the worth moves [currency]."""
        return abs(self.worth_at_high - self.worth_at_low)


def swings(
    when: Timeline, works: tuple[Work, ...], sampler: Sampler, assumptions: Sequence[Assumption]
) -> tuple[Swing, ...]:
    """What every number does to the worth of a scenario, most first; numbers that do nothing are left out.

    Args:
        when: the months of the scenario.
        works: the contacts it acts on.
        sampler: of the numbers of the model.
        assumptions: the numbers to move, each from its low to its high end, P10 to P90.
    """
    values = Swings(sampler, assumptions)
    found = flows(when, lines_of(works, values), values).worth()
    moved = []
    for index, one in enumerate(assumptions):
        low, high = values.ends(one.estimate)
        at_low, at_high = float(found[1 + 2 * index]), float(found[2 + 2 * index])
        moved.append(Swing(one, low, high, at_low, at_high))
    scale = abs(float(found[0])) or 1.0
    felt = [swing for swing in moved if swing.width > 1e-9 * scale]
    return tuple(sorted(felt, key=lambda swing: (-swing.width, swing.assumption.name)))
