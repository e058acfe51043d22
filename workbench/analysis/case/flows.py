"""What money does a scenario bring and cost, month by month?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from touchpoints.quantities import Money
from touchpoints.records.scenario import Scenario
from workbench.analysis.case.lines import Line
from workbench.analysis.case.minutes import Effect, effect, hitting
from workbench.analysis.case.timeline import Timeline, level
from workbench.analysis.case.values import Values
from workbench.analysis.uncertainty import Draws
from workbench.analysis.workload import MONTHS_PER_YEAR


@dataclass(frozen=True)
class Flows:
    """Cash flows of a scenario, times × columns; time t is t months after its first day [currency].

    Attributes:
        labour: the hours saved at their price, less those worked elsewhere.
        paid: what is no longer paid, less what is paid newly.
        cashable: the share of the hours that becomes money [1].
        rate: the discount rate [1/year].
    """

    timeline: Timeline
    labour: Draws
    paid: Draws
    cashable: Draws
    rate: Draws

    @property
    def years(self) -> Draws:
        """The times [year]."""
        return np.arange(len(self.paid)) / MONTHS_PER_YEAR

    def hard(self, month: int) -> Draws:
        """What is money at a time: the cashable part of the hours, and all that is paid or not any more [currency]."""
        money: Draws = self.paid[month] + self.labour[month] * self.cashable
        return money

    def discounted(self, *, with_soft: bool = False) -> Iterator[Draws]:
        """The flow of every time, fₜ (1 + r)^(−t/12), t in months; with the hours that become no money if asked for."""
        month_factor = np.exp(-np.log1p(self.rate) / MONTHS_PER_YEAR)
        factor = np.ones_like(month_factor)
        for month in range(len(self.paid)):
            yield factor * (self.paid[month] + self.labour[month] if with_soft else self.hard(month))
            factor = factor * month_factor

    def worth(self, *, with_soft: bool = False) -> Draws:
        """Net present value in every column: the sum of the discounted flows [currency]."""
        return sum(self.discounted(with_soft=with_soft), np.zeros(self.paid.shape[1]))


def flows(timeline: Timeline, lines: tuple[Line, ...], values: Values) -> Flows:
    """The cash flows of a scenario in the columns of `values`.

    Every month counts what the measures do so far as they have come by then, in the order of the minute ledger; without
    a cashable share all hours become money.
    """
    scenario = timeline.scenario
    labour = np.zeros((timeline.months + 1, values.draws))
    paid = np.zeros_like(labour)
    ramp = _one_if_alike(values.of(scenario.ramp))
    together: dict[int, list[_Powers]] = {}
    for line in lines:
        touching = [index for index, _ in hitting(scenario, line.work)]
        delays = {timeline.delays[index] for index in touching}
        if len(delays) == 1:
            together.setdefault(delays.pop(), []).append(_powers(scenario, line, lines, values, touching))
        elif delays:
            _add_by_month(timeline, line, lines, values, ramp, touching, labour, paid)
    for delay, found in together.items():
        _add_powers(delay, found, ramp, labour, paid)
    for investment, month in zip(scenario.investments, timeline.payments, strict=True):
        if month <= timeline.months:
            paid[month] -= values.of(investment.once)
            paid[month + 1 :] -= per_year(investment.running) * _ratio(investment.running, values) / MONTHS_PER_YEAR
    cashable = values.of(scenario.cashable) if scenario.cashable is not None else np.ones(1)
    return Flows(timeline, labour, paid, cashable, _one_if_alike(values.of(scenario.discount_rate)))


def _one_if_alike(columns: Draws) -> Draws:
    """One column when all are alike, so that it need not be worked out for each."""
    return columns[:1] if columns.size and np.all(columns == columns[0]) else columns


_Powers = tuple[Draws, Draws]
"""Labour and paid of a line a month as polynomials in the level: power × columns, from the first power up."""


def _powers(
    scenario: Scenario, line: Line, lines: tuple[Line, ...], values: Values, touching: Sequence[int]
) -> _Powers:
    """What a line brings a month as a polynomial in the one level of all its measures.

    Every measure multiplies, and so adds a power (two, when the rest becomes heavier): the polynomial through as many
    levels as there are powers is exact, and a line costs as many evaluations, not one a month.
    """
    degree = sum(2 if getattr(scenario.measures[index], "rising_complexity", None) else 1 for index in touching)
    nodes = np.arange(1, degree + 1) / degree
    found = [effect(scenario, line, lines, values, dict.fromkeys(touching, np.array([node]))) for node in nodes]
    inverse = np.linalg.inv(nodes[:, None] ** np.arange(1, degree + 1))
    columns = np.zeros(values.draws)
    labour = np.array([one.labour_saved + columns for one in found])
    paid = np.array([one.contact_saved - one.extra + columns for one in found])
    return inverse @ labour / MONTHS_PER_YEAR, inverse @ paid / MONTHS_PER_YEAR


def _add_powers(delay: int, found: list[_Powers], ramp: Draws, labour: Draws, paid: Draws) -> None:
    """Add up the polynomials of all lines whose measures start together, then work them out month by month."""
    degree = max(len(one) for one, _ in found)
    sums = [np.zeros((degree, labour.shape[1])) for _ in range(2)]
    for powers in found:
        for total, one in zip(sums, powers, strict=True):
            total[: len(one)] += one
    for month in range(1, len(labour)):
        reached = level(month, delay, ramp)
        if not reached.any():
            continue
        for flow, total in zip((labour, paid), sums, strict=True):
            value = total[-1] * reached
            for coefficient in total[-2::-1]:
                value = (value + coefficient) * reached
            flow[month] += value


def _add_by_month(
    timeline: Timeline, line: Line, lines: tuple[Line, ...], values: Values, ramp: Draws, touching: Sequence[int],
    labour: Draws, paid: Draws,
) -> None:  # fmt: skip
    """Add what a line brings whose measures start in different months; months with the same levels bring the same."""
    known: dict[tuple[float, ...], Effect] = {}
    for month in range(1, timeline.months + 1):
        levels = {index: level(month, timeline.delays[index], ramp) for index in touching}
        same = tuple(float(one[0]) for one in levels.values()) if all(one.size == 1 for one in levels.values()) else ()
        found = known.get(same) if same else None
        if found is None:
            found = effect(timeline.scenario, line, lines, values, levels)
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
