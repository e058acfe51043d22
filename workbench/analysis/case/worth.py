"""What is a scenario worth today, when is it paid back, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchpoints.records.scenario import Scenario, Shift
from workbench.analysis.case.cash_flow import InternalRate, discount_factors, internal_rate, payback_years
from workbench.analysis.case.flows import Flows, flows
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.timeline import Timeline
from workbench.analysis.case.values import Multiplied, Points
from workbench.analysis.uncertainty import Draws, Sampler
from workbench.analysis.workload import MONTHS_PER_YEAR, Work

DRAWS, SEED = 10_000, 1
PERCENTILES = (10, 50, 90)
_MULTIPLES = np.concatenate([np.linspace(0, 4, 161), np.linspace(4.1, 20, 160)])


@dataclass(frozen=True)
class Worth:
    """The worth of a scenario over its months, in money (hard) and with the hours that become no money (all).

    Attributes:
        middle: the flows from the middle values.
        npv, npv_all: net present value from the middle values, hard and all [currency].
        draws: net present value (hard) in every draw [currency].
        draws_all: the same with all hours [currency].
        cumulative: running total of the discounted hard flows per month: P10, P50, P90 [currency].
        rate: yearly rates at which the middle hard flows are worth nothing.
        payback, discounted_payback: until the middle hard flows are earned back; None when never [year].
        break_even: multiple of the stated adoption at which the worth (hard) is zero; None without shifts, or when no
            adoption would do it.
    """

    timeline: Timeline
    middle: Flows
    npv: float
    npv_all: float
    draws: Draws
    draws_all: Draws
    cumulative: Draws
    rate: InternalRate
    payback: float | None
    discounted_payback: float | None
    break_even: float | None

    @property
    def interval(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of the net present value (hard) [currency]."""
        low, mid, high = np.percentile(self.draws, PERCENTILES)
        return float(low), float(mid), float(high)

    @property
    def per_year(self) -> float:
        """The even amount a year over its months that is worth as much [currency/year].

        12 · NPV / Σₘ (1 + r)^(−m/12) over its months m: what makes scenarios of unlike length comparable.

        References:
            Brealey, Myers and Allen (2020), Principles of Corporate Finance, 13th ed., ch. 6 (equivalent annual cash
            flow).
        """
        factors = discount_factors(float(self.middle.rate[0]), self.middle.years[1:])
        return MONTHS_PER_YEAR * self.npv / float(factors.sum())

    @property
    def chance(self) -> float:
        """Share of the draws in which it is worth more than nothing [1]."""
        return float(np.mean(self.draws > 0))


def worth(when: Timeline, works: tuple[Work, ...], sampler: Sampler) -> Worth:
    """The worth of a scenario: from the middle values, and in every draw."""
    middle = flows(when, lines_of(works, Points()), Points())
    drawn = flows(when, lines_of(works, sampler), sampler)
    hard, rate = [float(middle.hard(month)[0]) for month in range(when.months + 1)], float(middle.rate[0])
    years = middle.years.tolist()
    return Worth(
        timeline=when,
        middle=middle,
        npv=float(middle.worth()[0]),
        npv_all=float(middle.worth(with_soft=True)[0]),
        draws=drawn.worth(),
        draws_all=drawn.worth(with_soft=True),
        cumulative=_cumulative(drawn),
        rate=internal_rate(hard, years),
        payback=payback_years(hard, years),
        discounted_payback=payback_years(hard, years, rate),
        break_even=_break_even(when, works),
    )


def _cumulative(drawn: Flows) -> Draws:
    """P10, P50 and P90 of the discounted total so far, months × 3 [currency]."""
    so_far, bands = np.zeros(drawn.paid.shape[1]), []
    for money in drawn.discounted():
        so_far += money
        bands.append(np.percentile(so_far, PERCENTILES))
    return np.array(bands)


def _break_even(when: Timeline, works: tuple[Work, ...]) -> float | None:
    """The multiple of all adoptions (each at most all) at which the worth turns from loss to gain."""
    adoptions = _adoptions(when.scenario)
    if not adoptions:
        return None
    values = Multiplied(adoptions, _MULTIPLES)
    found = flows(when, lines_of(works, values), values).worth()
    turns = np.flatnonzero((found[:-1] < 0) & (found[1:] >= 0))
    if found[0] >= 0 and not turns.size:
        return 0.0
    if not turns.size:
        return None
    i = int(turns[0])
    part = -found[i] / (found[i + 1] - found[i])
    return float(_MULTIPLES[i] + part * (_MULTIPLES[i + 1] - _MULTIPLES[i]))


def _adoptions(scenario: Scenario) -> frozenset[int]:
    return frozenset(id(measure.adoption) for measure in scenario.measures if isinstance(measure, Shift))
