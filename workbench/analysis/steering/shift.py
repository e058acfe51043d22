"""What does moving contacts to another touchpoint bring: contacts, leakage, hours, money, customers' time?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from workbench.analysis.workload import SECONDS_PER_HOUR, Work


@dataclass(frozen=True, slots=True)
class ShiftYield:
    """What moving contacts brings, by volume.

    gross = n · eligible · adoption; net = gross · resolved; leakage = gross − net, which comes back and is worked.

    Example:
        >>> moved = ShiftYield(1000, eligible=0.6, adoption=0.4, resolved=0.7)
        >>> round(moved.gross), round(moved.leakage), round(moved.net)
        (240, 72, 168)
        >>> round(moved.worth(cost_from=5.00, cost_to=0.20), 2)
        792.0
    """

    contacts: float
    eligible: float
    adoption: float
    resolved: float

    @property
    def gross(self) -> float:
        """Contacts that try the other touchpoint."""
        return self.contacts * self.eligible * self.adoption

    @property
    def net(self) -> float:
        """Contacts that are helped there."""
        return self.gross * self.resolved

    @property
    def leakage(self) -> float:
        """Contacts that come back."""
        return self.gross - self.net

    def worth(self, cost_from: float, cost_to: float) -> float:
        """Money saved: net contacts at their old cost, less all that tried at the new cost [currency]."""
        return self.net * cost_from - self.gross * cost_to


@dataclass(frozen=True, slots=True)
class ContactCost:
    """What one contact takes at a touchpoint: staff time [s], that time in money, and cost beside it [currency]."""

    handling_s: float
    labour: float
    contact: float

    @property
    def total(self) -> float:
        """Cost of the contact [currency]."""
        return self.labour + self.contact


def cost_at(works: Sequence[Work], work: Work, to: str) -> ContactCost:
    """What a contact for the same reason takes at another touchpoint.

    Taken from the contacts for the same reason there, else from all contacts there; a touchpoint of people without
    any handling time is taken to need as long as today's, so that nothing is saved by not knowing.
    """
    there = [other for other in works if other.touchpoint == to]
    same = [other for other in there if other.reason == work.reason] or there
    if not same:
        return ContactCost(0.0, 0.0, 0.0)
    first = same[0]
    per_hour = first.cost_per_hour or 0.0
    known = [other for other in same if other.handling_s is not None and other.contacts_per_month > 0]
    contacts = sum(other.contacts_per_month for other in known)
    if known:
        target_s = sum(other.contacts_per_month * (other.handling_s or 0.0) for other in known) / contacts
    elif first.human:
        target_s, per_hour = work.handling_s or 0.0, first.cost_per_hour or work.cost_per_hour or 0.0
    else:
        target_s = 0.0
    return ContactCost(target_s, target_s / SECONDS_PER_HOUR * per_hour, first.cost_per_contact)


def customer_s(
    works: Sequence[Work], touchpoint: str, reason: str | None, own_time_s: dict[str, float]
) -> float | None:
    """What a contact takes of the customer at a touchpoint [s]; None when the model does not say."""
    there = [one for one in works if one.touchpoint == touchpoint]
    same = [one for one in there if one.reason == reason] or there
    timed = [
        (one.wait_s or 0.0) + ((one.handling_s or 0.0) if one.customer_present else 0.0)
        for one in same
        if one.wait_s is not None or one.handling_s is not None
    ]
    own = own_time_s.get(touchpoint)
    if not timed and own is None:
        return None
    return (sum(timed) / len(timed) if timed else 0.0) + (own or 0.0)


def own_times(inventory: Inventory) -> dict[str, float]:
    """The mean own time of customers in the steps at each touchpoint, where steps state one [s]."""
    stated: dict[str, list[float]] = {}
    for journey in inventory.journeys.values():
        for step in journey.steps.values():
            if step.touchpoint is not None and step.own_time is not None:
                stated.setdefault(step.touchpoint, []).append(step.own_time.point)
    return {touchpoint: sum(times) / len(times) for touchpoint, times in stated.items()}


def heavier_h(work: Work, net: float, rise: float) -> float:
    """Hours a year that what stays takes longer, because the easy contacts went [h/year].

    (n − net) · handling · rise · net/n: the rise is in proportion to the share that moves.
    """
    contacts = work.contacts_per_year
    if contacts <= 0:
        return 0.0
    return (contacts - net) * (work.handling_s or 0.0) / SECONDS_PER_HOUR * rise * net / contacts
