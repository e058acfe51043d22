"""What does a scenario bring: ist and soll in hours and money a year?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import Money
from touchpoints.records.scenario import Scenario
from workbench.analysis.minutes import Effect, Minutes, effects
from workbench.analysis.workload import MONTHS_PER_YEAR, distinct, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True)
class ScenarioCase:
    """The business case of one scenario at full effect.

    Attributes:
        hours: the minute ledger [h/year].
        labour_saved_per_year: hours saved at their price, less those worked elsewhere [currency/year].
        contact_saved_per_year: what contacts cost beside handling: avoided, less spent elsewhere [currency/year].
        cashable: share of the saving that becomes money, None when the model does not say [1].
        extra_per_year: cost of messages and sessions of the measures themselves [currency/year].
        running_per_year: running cost of the investments [currency/year].
        once: one-off cost [currency].
    """

    scenario: Scenario
    hours: Minutes
    ist_per_year: float
    labour_saved_per_year: float
    contact_saved_per_year: float
    cashable: float | None
    extra_per_year: float
    running_per_year: float
    once: float
    effects: tuple[Effect, ...]

    @property
    def saved_per_year(self) -> float:
        """All that is saved, whether it becomes money or not [currency/year]."""
        return self.labour_saved_per_year + self.contact_saved_per_year

    @property
    def net_per_year(self) -> float:
        """Saving less what the measures and investments cost a year, all of it counted [currency/year]."""
        return self.saved_per_year - self.extra_per_year - self.running_per_year

    @property
    def cash_per_year(self) -> float | None:
        """The cashable share of the hours saved, with all that is paid or no longer paid anyway [currency/year]."""
        if self.cashable is None:
            return None
        paid = self.contact_saved_per_year - self.extra_per_year - self.running_per_year
        return self.labour_saved_per_year * self.cashable + paid

    @property
    def payback_years(self) -> float | None:
        """Years at full effect until the one-off cost is earned back in money; None when never."""
        yearly = self.cash_per_year
        return self.once / yearly if yearly is not None and yearly > 0 else None


@dataclass(frozen=True)
class Case(Result):
    """The business case of every scenario."""

    scenarios: tuple[ScenarioCase, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """Ist and soll in money; the minute ledger in hours; soft effects."""
        code = self.language.code
        money = table(
            "case",
            ["scenario", "ist_per_year", "saved_per_year", "extra_per_year", "running_per_year", "net_benefit_per_year",
             "cashable", "cash_per_year", "once", "payback_years", "place"],
            [
                (one.scenario.label(code), one.ist_per_year, one.saved_per_year, one.extra_per_year,
                 one.running_per_year, one.net_per_year, one.cashable, one.cash_per_year, one.once, one.payback_years,
                 str(one.scenario.place))
                for one in self.scenarios
            ],
            ids=[one.scenario.id for one in self.scenarios],
        )  # fmt: skip
        money = replace(money, notes=(self.language.text("case.not_yet"),))
        ledger = table(
            "minute_ledger",
            ["scenario", "ist_h_per_year", "eliminated_h", "shifted_h", "leaked_h", "saved_h", "remaining_h", "added_h",
             "soll_h_per_year"],
            [
                (one.scenario.label(code), one.hours.baseline, one.hours.eliminated, one.hours.shifted,
                 one.hours.leaked, one.hours.saved, one.hours.remaining, one.hours.added, one.hours.soll)
                for one in self.scenarios
            ],
            ids=[one.scenario.id for one in self.scenarios],
        )  # fmt: skip
        soft = table(
            "soft_effects",
            ["scenario", "effect", "direction", "why"],
            [
                (one.scenario.label(code), effect.what, effect.direction, effect.why.text(code) if effect.why else None)
                for one in self.scenarios
                for effect in one.scenario.soft
            ],
        )
        return (money, ledger, soft) if soft.rows else (money, ledger)


def case(project: Project, language: Language | None = None) -> Case:
    """Ist and soll of every scenario a year at full effect; ramp and discounting come with the cash flow."""
    inventory = project.inventory
    language = language or project.language
    works = workload(project)
    cases = []
    for scenario in inventory.scenarios.values():
        lines = effects(scenario, works)
        cases.append(
            ScenarioCase(
                scenario=scenario,
                hours=sum((line.hours for line in lines), Minutes()),
                ist_per_year=sum(work.cost_per_year for work in works),
                labour_saved_per_year=sum(line.labour_saved_per_year for line in lines),
                contact_saved_per_year=sum(line.contact_saved_per_year for line in lines),
                cashable=scenario.cashable.point if scenario.cashable else None,
                extra_per_year=sum(line.extra_per_year for line in lines),
                running_per_year=sum(per_year(investment.running) for investment in scenario.investments),
                once=sum(investment.once.point for investment in scenario.investments if investment.once),
                effects=lines,
            )
        )
    return Case(tuple(cases), inventory, _inputs(inventory, distinct(works)), language)


def per_year(money: Money | None) -> float:
    """A running cost a year [currency/year]; an amount without a time is a month's.

    Example:
        >>> per_year(Money.parse("EUR 800/month")), per_year(Money.parse("EUR 9600/year"))
        (9600.0, 9600.0)
    """
    if money is None:
        return 0.0
    return money.point * {"year": 1, "month": MONTHS_PER_YEAR, "": MONTHS_PER_YEAR}[money.per]


_UNUSED = ("/ramp", "/horizon", "/discount_rate", "/human_floor")
"""Fields of a scenario that the yearly figures at full effect do not rest on."""


def _inputs(inventory: Inventory, works: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    own = (one for one in inventory.assumptions() if one.name.startswith("scenarios/"))
    return (*(one for one in own if not one.name.endswith(_UNUSED)), *works)
