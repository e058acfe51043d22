"""What is a shift that a scenario declares, for one reason?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.analysis.steering.shift import ShiftYield
from workbench.analysis.workload import Work


@dataclass(frozen=True)
class Move:
    """A shift that a scenario declares, for one reason."""

    scenario: str
    work: Work
    to: str
    instrument: str | None
    moved: ShiftYield
    saved_h_per_year: float
    worth_per_year: float | None
    gates: tuple[str, ...]
    place: str
