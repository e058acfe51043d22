"""Which scenario to choose, doing nothing included, and which number to measure before choosing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchpoints.inventory import Assumption
from workbench.analysis.case.information import partial_information, perfect_information, seeming
from workbench.analysis.case.worth import Worth
from workbench.analysis.uncertainty import Sampler


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """A number with what knowing it before choosing is worth [currency]."""

    assumption: Assumption
    worth: float


@dataclass(frozen=True)
class Choice:
    """The choice between the scenarios and doing nothing, by expected net present value in money.

    Attributes:
        best: the scenario with the highest expected worth, None for doing nothing.
        expected: that worth [currency].
        perfect: what knowing everything before choosing would be worth [currency].
        to_measure: numbers worth knowing, most first; empty when no number would change the choice.
    """

    options: tuple[str, ...]
    best: str | None
    expected: float
    chances: tuple[float, ...]
    """Share of the draws in which each option is best, doing nothing last [1]."""
    perfect: float
    to_measure: tuple[ToMeasure, ...]


def choice(worths: Sequence[Worth], sampler: Sampler, assumptions: Sequence[Assumption]) -> Choice:
    """The choice between scenarios and doing nothing, and which number to measure next."""
    # Options lie one after another in memory: what goes over the options of a draw is then quick.
    drawn = np.array([*(one.draws for one in worths), np.zeros(sampler.draws)]).T
    means = drawn.mean(axis=0)
    best = int(means.argmax())
    names = tuple(one.timeline.scenario.id for one in worths)
    wins = np.bincount(drawn.argmax(axis=1), minlength=drawn.shape[1]) / sampler.draws
    perfect = perfect_information(drawn)
    found = []
    if perfect > 0:
        chance = seeming(drawn)
        found = [ToMeasure(one, partial_information(drawn, sampler.of(one.estimate), chance)) for one in assumptions]
    # Less than a thousandth of the whole cannot be told from chance with so many draws.
    worthwhile = [one for one in found if one.worth > 1e-3 * perfect]
    worthwhile.sort(key=lambda one: (-one.worth, one.assumption.name))
    return Choice(
        options=names,
        best=names[best] if best < len(names) else None,
        expected=float(means[best]),
        chances=tuple(float(one) for one in wins),
        perfect=perfect,
        to_measure=tuple(worthwhile),
    )
