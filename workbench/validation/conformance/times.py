"""How much time of customers and staff, and how much money, does a contact take?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from touchpoints.inventory import Assumption
from workbench.analysis.workload import SECONDS_PER_HOUR, Work, distinct, price_of, workload
from workbench.log import measures
from workbench.log.engine import Log
from workbench.log.traces import Contact
from workbench.project import Project


@dataclass(frozen=True, slots=True)
class Spent:
    """What contacts take; None where neither log nor model says.

    Attributes:
        customer_s: time of customers [s].
        staff_s: time of staff [s].
        cost: money [currency].
    """

    customer_s: float | None
    staff_s: float | None
    cost: float | None

    def times(self, many: float) -> Spent:
        """So many of them.

        Example:
            >>> Spent(60.0, 30.0, None).times(2)
            Spent(customer_s=120.0, staff_s=60.0, cost=None)
        """
        return Spent(*(None if part is None else part * many for part in (self.customer_s, self.staff_s, self.cost)))


def total(parts: Sequence[Spent]) -> Spent:
    """What several take together; what one of them does not know is not known of the whole."""

    def summed(values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    return Spent(
        summed([one.customer_s for one in parts]),
        summed([one.staff_s for one in parts]),
        summed([one.cost for one in parts]),
    )


class ContactTimes:
    """What a contact takes: the log's own mean times, else those of the model, at the price of its touchpoint."""

    def __init__(self, project: Project, log: Log) -> None:
        self._inventory = project.inventory
        self._log = log
        self._works: Mapping[Contact, Work] = {(work.touchpoint, work.reason): work for work in workload(project)}
        self._used: dict[Contact, Work] = {}

    @property
    def inputs(self) -> tuple[Assumption, ...]:
        """The numbers of the model that were used."""
        return distinct(self._used.values())

    @cached_property
    def _handling_s(self) -> Mapping[Contact, float]:
        return self._means("handling_time")

    @cached_property
    def _wait_s(self) -> Mapping[Contact, float]:
        return self._means("wait")

    def _means(self, name: str) -> Mapping[Contact, float]:
        # Deviations of fewer cases than the log shows are left out, and with them the means of fewer contacts.
        found = getattr(measures, name)(self._log.exact, ("touchpoint", "reason"))
        return {(cell.group[0], cell.group[1]): cell.value for cell in found.cells if cell.value is not None}

    def of(self, contact: Contact, own_time_s: float = 0.0) -> Spent:
        """What one contact takes on average; `own_time_s` is what the customer spends beside it."""
        work = self._works.get(contact)
        if work is not None:
            self._used[contact] = work
        handling_s = self._handling_s.get(contact, work.handling_s if work else None)
        if handling_s is None and work is not None and not work.human:
            handling_s = 0.0
        wait_s = self._wait_s.get(contact, work.wait_s if work else None)
        present = work.customer_present if work else True
        times = [wait_s or 0.0, own_time_s, (handling_s or 0.0) if present else 0.0]
        says_nothing = wait_s is None and handling_s is None and not own_time_s
        return Spent(None if says_nothing else sum(times), handling_s, self._cost(contact[0], handling_s, work))

    def _cost(self, touchpoint: str | None, handling_s: float | None, work: Work | None) -> float | None:
        if touchpoint is None or touchpoint not in self._inventory.touchpoints or handling_s is None:
            return None
        price = price_of(self._inventory, touchpoint)
        if price is None and handling_s > 0:
            return None
        per_hour = price.per_hour if price else 0.0
        return handling_s / SECONDS_PER_HOUR * per_hour + (work.cost_per_contact if work else 0.0)
