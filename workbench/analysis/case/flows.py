"""What money does a scenario bring and cost, month by month?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchpoints.quantities import Money
from workbench.analysis.case.lines import Line
from workbench.analysis.case.minutes import Effect, effect, hitting
from workbench.analysis.case.timeline import Timeline, level, ramp_of
from workbench.analysis.case.values import Values
from workbench.analysis.uncertainty import Draws
from workbench.analysis.workload import MONTHS_PER_YEAR


@dataclass(frozen=True)
class Flows:
    """Cash flows of a scenario, times × columns; time t is t months after its first day [currency].

    Attributes:
        hard: in money: the cashable part of the hours, what is no longer paid, less what is paid newly.
        soft: the hours saved that become no money, at their price.
        rate: the discount rate [1/year].
    """

    timeline: Timeline
    hard: Draws
    soft: Draws
    rate: Draws

    @property
    def years(self) -> Draws:
        """The times [year]."""
        return np.arange(len(self.hard)) / MONTHS_PER_YEAR

    def worth(self, *, with_soft: bool = False) -> Draws:
        """Net present value in every column [currency]: Σ fₜ (1 + r)^(−t/12), t in months."""
        growth = np.log1p(self.rate)
        total = np.zeros(self.hard.shape[1])
        for month, money in enumerate(self.hard):
            flow = money + self.soft[month] if with_soft else money
            total += flow * np.exp(-growth * month / MONTHS_PER_YEAR)
        return total


def flows(timeline: Timeline, lines: tuple[Line, ...], values: Values) -> Flows:
    """The cash flows of a scenario in the columns of `values`.

    Every month counts what the measures do so far as they have come by then, in the order of the minute ledger; without
    a cashable share all hours become money.
    """
    scenario = timeline.scenario
    labour = np.zeros((timeline.months + 1, values.draws))
    paid = np.zeros_like(labour)
    ramp = ramp_of(scenario, values)
    for line in lines:
        _add_line(timeline, line, lines, values, ramp, labour, paid)
    for investment, month in zip(scenario.investments, timeline.payments, strict=True):
        if month <= timeline.months:
            paid[month] -= values.of(investment.once)
            paid[month + 1 :] -= per_year(investment.running) * _ratio(investment.running, values) / MONTHS_PER_YEAR
    cashable = values.of(scenario.cashable) if scenario.cashable is not None else np.ones(1)
    return Flows(timeline, paid + labour * cashable, labour * (1 - cashable), values.of(scenario.discount_rate))


def _add_line(
    timeline: Timeline,
    line: Line,
    lines: tuple[Line, ...],
    values: Values,
    ramp: Draws,
    labour: Draws,
    paid: Draws,
) -> None:
    """Add what a line of work brings in every month; a month with the same levels as the last brings the same."""
    scenario = timeline.scenario
    touching = [index for index, _ in hitting(scenario, line.work)]
    if not touching:
        return
    known: dict[tuple[float, ...], Effect] = {}
    for month in range(1, timeline.months + 1):
        levels = {index: level(month, timeline.delays[index], ramp) for index in touching}
        same = tuple(float(one[0]) for one in levels.values()) if all(one.size == 1 for one in levels.values()) else ()
        found = known.get(same) if same else None
        if found is None:
            found = effect(scenario, line, lines, values, levels)
            if same:
                known[same] = found
        labour[month] += found.labour_saved / MONTHS_PER_YEAR
        paid[month] += (found.contact_saved - found.extra) / MONTHS_PER_YEAR


def per_year(money: Money | None) -> float:
    """A running cost a year [currency/year]; an amount without a time is a month's.

    Example:
        >>> per_year(Money.parse("EUR 800/month")), per_year(Money.parse("EUR 9600/year"))
        (9600.0, 9600.0)
    """
    if money is None:
        return 0.0
    return money.point * {"year": 1, "month": MONTHS_PER_YEAR, "": MONTHS_PER_YEAR}[money.per]


def _ratio(money: Money | None, values: Values) -> Draws:
    return values.of(money) / money.point if money is not None and money.point else np.ones(1)
