"""How many contacts and hours does each touchpoint carry in a year?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.analysis.hotspots import hotspots
from workbench.analysis.workload import workload
from workbench.project import Project


@dataclass(frozen=True)
class Loads:
    """By touchpoint, those with none left out.

    Attributes:
        contacts_per_year: contacts, each counted once [1/year].
        staff_h_per_year: handling them [h/year].
        customer_h_per_year: customers' time there, friction and giving up included [h/year].
    """

    contacts_per_year: dict[str, float]
    staff_h_per_year: dict[str, float]
    customer_h_per_year: dict[str, float]

    def hours(self, whose: str) -> dict[str, float]:
        """The hours of staff or of customers."""
        return self.staff_h_per_year if whose == "staff" else self.customer_h_per_year


def loads(project: Project) -> Loads:
    """The load of every touchpoint that has contacts.

    Contacts and staff hours are those of the workload; customer hours those of the hotspots, summed.
    """
    works = workload(project)
    contacts: dict[str, float] = {}
    staff_h: dict[str, float] = {}
    for work in works:
        contacts[work.touchpoint] = contacts.get(work.touchpoint, 0.0) + work.contacts_per_year
        staff_h[work.touchpoint] = staff_h.get(work.touchpoint, 0.0) + work.staff_h_per_year
    customer_h: dict[str, float] = {}
    for spot in hotspots(project, works, project.language):
        first, _, second = spot.where.partition("/")
        touchpoint = project.inventory.journeys[first].steps[second].touchpoint if spot.journey else first
        if touchpoint:
            customer_h[touchpoint] = customer_h.get(touchpoint, 0.0) + spot.customer_h_per_year
    return Loads(contacts, staff_h, customer_h)
