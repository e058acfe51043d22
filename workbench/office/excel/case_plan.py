"""Which lines of work, measures and stages of the ramp does the calculation of a scenario hold?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbench.analysis.case.lines import Line
from workbench.analysis.case.minutes import Effect, Levels, Measure, effect, touched
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.case.timeline import level
from workbench.analysis.case.values import Points

MOST_ROWS = 4_000
"""With more stages × lines the months are written as values; the year at full effect stays a calculation."""
FULL = 0
"""The stage at full effect."""
_DIGITS = 12


@dataclass(frozen=True)
class Stage:
    """How far the measures have come in some months.

    Attributes:
        month: the first month of the stage; `FULL` for the stage in which all have come all the way.
        levels: per measure, 0 not begun to 1 at full effect [1].
    """

    month: int
    levels: tuple[float, ...]

    @property
    def of_measures(self) -> Levels:
        """The levels as the minute ledger takes them."""
        return {index: np.array([reached]) for index, reached in enumerate(self.levels)}


@dataclass(frozen=True)
class Plan:
    """The calculation of one scenario.

    Attributes:
        letter: what its sheets are called by.
        lines: all lines of work, in middle values.
        touched: those that a measure touches.
        stages: full effect first, then those on the way there.
        stage_of: per month from the first on, the month of its stage; None while nothing has begun.
        by_month: whether the stages on the way are calculated; else the months are values.
        effects: per stage what the scenario does to every touched line, from the middle values.
    """

    one: ScenarioCase
    letter: str
    lines: tuple[Line, ...]
    touched: tuple[Line, ...]
    stages: tuple[Stage, ...]
    stage_of: tuple[int | None, ...]
    by_month: bool
    effects: Mapping[int, tuple[Effect, ...]]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the scenario."""
        return self.one.scenario.measures

    @property
    def months(self) -> int:
        """How many months are calculated."""
        return self.one.worth.timeline.months

    def sum(self, stage: int | None, part: str) -> float:
        """A figure of the effects in a stage, over all lines [currency/year]."""
        return sum(float(getattr(one, part)[0]) for one in self.effects[stage]) if stage is not None else 0.0


def plan(one: ScenarioCase, letter: str, lines: Sequence[Line]) -> Plan:
    """The calculation of a scenario over lines of work."""
    hit = touched(one.scenario, lines)
    full = tuple(1.0 for _ in one.scenario.measures)
    known: dict[tuple[float, ...], int] = {full: FULL}
    stage_of: list[int | None] = []
    for month in range(1, one.worth.timeline.months + 1):
        reached = levels_in(one, month)
        stage_of.append(known.setdefault(reached, month) if any(reached) else None)
    stages = tuple(Stage(month, levels) for levels, month in known.items())
    effects = {
        stage.month: tuple(effect(one.scenario, line, tuple(lines), Points(), stage.of_measures) for line in hit)
        for stage in stages
    }
    by_month = len(stages) * len(hit) <= MOST_ROWS
    shown = stages if by_month else stages[:1]
    return Plan(one, letter, tuple(lines), hit, shown, tuple(stage_of), by_month, effects)


def levels_in(one: ScenarioCase, month: int) -> tuple[float, ...]:
    """How far every measure of a scenario has come in a month [1]."""
    ramp = Points().of(one.scenario.ramp)
    return tuple(round(float(level(month, delay, ramp)[0]), _DIGITS) for delay in one.worth.timeline.delays)
