"""What becomes of a scenario when some of its numbers are set to other values?

The lines of work do not hang on a scenario's own numbers, so they are worked out once; an answer costs the measures
alone. The middle is exact; the band comes from fewer draws than the business case has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import add

import numpy as np

from touchpoints.inventory import Assumption
from touchpoints.records.scenario import Scenario
from workbench.analysis.case.cash_flow import payback_years
from workbench.analysis.case.flows import flows, per_year
from workbench.analysis.case.lines import Line, lines_of
from workbench.analysis.case.minutes import Minutes, effects, touched
from workbench.analysis.case.timeline import Timeline, timeline
from workbench.analysis.case.values import Chosen, Points, Values
from workbench.analysis.case.worth import DRAWS, SEED
from workbench.analysis.uncertainty import Draws, Sampler
from workbench.analysis.workload import Work, unvisited, workload
from workbench.project import Project

QUICK_DRAWS = 1_000
"""So many answer a slider; what nothing was set of has those of the business case."""
PERCENTILES = (10, 90)
_MOST_KEPT = 200
SETTABLE = ("adoption", "share", "reduction", "resolved", "eligible", "rising_complexity", "discount_rate", "cashable",
            "ramp")  # fmt: skip
"""The fields of a scenario and its measures that can be set."""

Settings = Mapping[str, float]
"""Assumption name: the value it is set to, in the unit of its class."""


@dataclass(frozen=True)
class Outcome:
    """What a scenario brings, from middle values and the numbers that were set.

    Attributes:
        hours: the minute ledger [h/year].
        saved_per_year, net_per_year, cash_per_year: as in the business case [currency/year].
        once: one-off cost [currency].
        npv: net present value in money [currency].
        payback: until it is earned back, None when it is not [year].
        cumulative: the discounted total so far, by month from 0 [currency].
        touched: the contacts that its measures touch.
    """

    scenario: Scenario
    touched: tuple[Work, ...]
    hours: Minutes
    saved_per_year: float
    net_per_year: float
    cash_per_year: float | None
    once: float
    months: int
    npv: float
    payback: float | None
    cumulative: Draws

    @property
    def saved_h_per_year(self) -> float:
        """Hours a year that are no longer worked [h/year]."""
        return self.hours.middle("baseline") - self.hours.middle("soll")


@dataclass(frozen=True)
class Band:
    """How sure the worth is: P10 and P90 of it and of the total so far, and the chance that it is above zero."""

    low: float
    high: float
    chance: float
    cumulative: Draws
    draws: int


@dataclass(frozen=True)
class WhatIf:
    """The scenarios of a project, ready to be asked again and again."""

    project: Project
    draws: int = QUICK_DRAWS
    _kept: dict[tuple[str, frozenset[tuple[str, float]]], Outcome] = field(default_factory=dict)
    """Answers given before, such as that of the model as it is."""

    @cached_property
    def _whole(self) -> WhatIf:
        """The same with all draws: what was not set has the band of the business case to the last digit."""
        return WhatIf(self.project, DRAWS)

    @cached_property
    def _sampler(self) -> Sampler:
        return Sampler(self.project.inventory, self.draws, SEED)

    @cached_property
    def _middle(self) -> tuple[Line, ...]:
        works = (*workload(self.project), *unvisited(self.project))
        return lines_of(works, Points())

    @cached_property
    def _drawn(self) -> tuple[Line, ...]:
        return lines_of((line.work for line in self._middle), self._sampler)

    @cached_property
    def _named(self) -> dict[str, Assumption]:
        return {one.name: one for one in self.project.inventory.assumptions()}

    def settable(self, scenario: str) -> tuple[Assumption, ...]:
        """The numbers of a scenario that can be set, in the order in which they act, those of money last."""
        own = [one for name, one in self._named.items() if name.startswith(f"scenarios/{scenario}/")]
        found = [one for one in own if one.name.rpartition("/")[2].rpartition(".")[2] in SETTABLE]
        return tuple(sorted(found, key=lambda one: self._rank(one.name.rpartition("/")[2])))

    @staticmethod
    def _rank(field: str) -> tuple[int, int, int]:
        place, _, name = field.rpartition(".")
        index = int(place.partition(".")[2]) if place else 0
        return (not place, index, SETTABLE.index(name))

    def ask(self, scenario: str, settings: Settings) -> Outcome:
        """What a scenario brings when some of its numbers are set; the others keep their middle value."""
        key = (scenario, frozenset((name, value) for name, value in settings.items() if f"/{scenario}/" in name))
        found = self._kept.get(key)
        if found is None:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            found = self._kept[key] = self._asked(scenario, settings)
        return found

    def _asked(self, scenario: str, settings: Settings) -> Outcome:
        record = self.project.inventory.scenarios[scenario]
        values = self._chosen(Points(), settings)
        when = timeline(self.project.inventory, record)
        lines = touched(record, self._middle)
        found = effects(record, self._middle, values, only=lines)
        hours = reduce(add, (one.hours for one in found), Minutes.none())
        rest = sum(float(line.hours[0]) for line in self._middle) - hours.middle("baseline")
        labour, contact, extra = (
            sum(float(getattr(one, name)[0]) for one in found) for name in ("labour_saved", "contact_saved", "extra")
        )
        running = sum(per_year(investment.running) for investment in record.investments)
        cashable = float(values.of(record.cashable)[0]) if record.cashable else None
        return self._outcome(
            record, when, values, tuple(line.work for line in lines),
            hours=hours + Minutes(*(np.array([rest if name in ("baseline", "remaining") else 0.0])
                                    for name in Minutes.__dataclass_fields__)),
            saved_per_year=labour + contact,
            net_per_year=labour + contact - extra - running,
            cash_per_year=None if cashable is None else labour * cashable + contact - extra - running,
        )  # fmt: skip

    def _outcome(
        self, record: Scenario, when: Timeline, values: Values, works: tuple[Work, ...], *, hours: Minutes,
        saved_per_year: float, net_per_year: float, cash_per_year: float | None,
    ) -> Outcome:  # fmt: skip
        money = flows(when, self._middle, values)
        hard = [float(money.hard(month)[0]) for month in range(when.months + 1)]
        return Outcome(
            scenario=record,
            touched=works,
            hours=hours,
            saved_per_year=saved_per_year,
            net_per_year=net_per_year,
            cash_per_year=cash_per_year,
            once=sum(one.once.point for one in record.investments if one.once),
            months=when.months,
            npv=float(money.worth()[0]),
            payback=payback_years(hard, money.years.tolist()),
            cumulative=np.cumsum([float(one[0]) for one in money.discounted()]),
        )

    def band(self, scenario: str, settings: Settings) -> Band:
        """How sure that is, when the numbers that were set are known and all others are drawn."""
        if self.draws < DRAWS and not any(f"/{scenario}/" in name for name in settings):
            return self._whole.band(scenario, settings)
        record = self.project.inventory.scenarios[scenario]
        values = self._chosen(self._sampler, settings)
        money = flows(timeline(self.project.inventory, record), self._drawn, values)
        so_far = np.cumsum([one + np.zeros(self.draws) for one in money.discounted()], axis=0)
        low, high = np.percentile(so_far[-1], PERCENTILES)
        chance = float(np.mean(so_far[-1] > 0))
        return Band(float(low), float(high), chance, np.percentile(so_far, PERCENTILES, axis=1).T, self.draws)

    def _chosen(self, others: Values, settings: Settings) -> Values:
        known = {id(self._named[name].estimate): value for name, value in settings.items() if name in self._named}
        return Chosen(others, known) if known else others
