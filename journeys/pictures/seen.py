"""What does a contact log show of a planned journey: how often each way is taken, and each step passed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

START, STOP = "start", "stop"
"""Where a journey comes from and goes to; a log cannot tell who was helped from who gave up."""
TOLERANCE = 0.05
"""A share differs from the plan when the plan lies outside the interval and further off than this [1]."""


@dataclass(frozen=True)
class Move:
    """A way from a step (or the start) to another (or the stop), planned or taken.

    Attributes:
        planned: the planned share [1], None when it is not planned.
        actual, low, high: the share in the log with its interval [1], None when it is not shown.
        per_journey: how often it is taken in a journey of the log [1], None when it is not shown.
    """

    source: str
    target: str
    planned: float | None
    actual: float | None = None
    low: float | None = None
    high: float | None = None
    per_journey: float | None = None

    @property
    def verdict(self) -> Literal["", "changed", "unplanned", "unseen"]:
        """Whether it is as planned (or nobody can tell), differs, was not planned, or is never taken."""
        if self.planned is None:
            return "unplanned"
        if self.actual is None or self.low is None or self.high is None:
            return ""
        if self.actual == 0:
            return "unseen"
        outside = not self.low <= self.planned <= self.high
        return "changed" if outside and abs(self.actual - self.planned) > TOLERANCE else ""


@dataclass(frozen=True)
class Visits:
    """How often a step is passed.

    Attributes:
        planned, actual: per journey [1]; `actual` is None when no log can see the step, or too few pass it.
        hidden: no log can see it.
        remarks: deviations at the step, with their volume, in the picture's language.
    """

    planned: float
    actual: float | None
    hidden: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actual:
    """What a log shows of a planned journey.

    Attributes:
        journeys: how many journeys of the log it rests on.
        lines: what a reader should know, under the title.
    """

    journeys: int
    moves: tuple[Move, ...]
    visits: dict[str, Visits]
    lines: tuple[str, ...] = ()
