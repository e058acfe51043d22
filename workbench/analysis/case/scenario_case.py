"""What does one scenario bring: a year at full effect, and its worth over its months?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchpoints.records.scenario import Scenario
from workbench.analysis.case.minutes import Effect, Minutes
from workbench.analysis.case.tornado import Swing
from workbench.analysis.case.worth import Worth
from workbench.analysis.staffing.effect import PeopleEffect
from workbench.analysis.workload import Work, unpriced


@dataclass(frozen=True)
class ScenarioCase:
    """The business case of one scenario: a year at full effect from the middle values, and its worth over its months.

    Attributes:
        hours: the minute ledger [h/year].
        labour_saved_per_year: hours saved at their price, less those worked elsewhere [currency/year].
        contact_saved_per_year: what contacts cost beside handling: avoided, less spent elsewhere [currency/year].
        cashable: share of the saving that becomes money, None when the model does not say [1].
        extra_per_year: cost of messages and sessions of the measures themselves [currency/year].
        running_per_year: running cost of the investments [currency/year].
        once: one-off cost [currency].
        touched: the contacts that its measures touch.
        worth: what it is worth over its months.
        swings: which numbers move that worth, most first.
        people: by team, the people before and after at full effect.
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
    touched: tuple[Work, ...]
    effects: tuple[Effect, ...]
    worth: Worth
    swings: tuple[Swing, ...]
    people: Mapping[str, PeopleEffect]

    @property
    def unpriced(self) -> tuple[Work, ...]:
        """The contacts it touches of which the time or its price is not known, so that what they save is left out."""
        return unpriced(self.touched)

    @property
    def is_known(self) -> bool:
        """Whether it can be said what it is worth: not when no contact with people that it touches has a price."""
        by_people = [one for one in self.touched if one.human]
        return not by_people or len(self.unpriced) < len(by_people)

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


def are_unlike(cases: Iterable[ScenarioCase]) -> bool:
    """Whether scenarios run over different times or reckon with different rates."""
    return len({(one.worth.timeline.months, float(one.worth.middle.rate[0])) for one in cases}) > 1
