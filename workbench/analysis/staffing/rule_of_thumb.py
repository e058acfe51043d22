"""Which teams are large enough by the rule of thumb: more than five people, at least five hundred contacts a month?

The rule is handed down without saying whose contacts it means; both readings are shown, per person and per team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from touchpoints.records.organisation import Team
from workbench.analysis.staffing.desks import Line


@dataclass(frozen=True)
class Thumb:
    """A team by the rule; None where the model does not say how many people there are."""

    team: Team
    people: float | None
    contacts_per_month: float
    per_person: bool | None
    per_team: bool | None

    @property
    def each_per_month(self) -> float | None:
        """Contacts per person [1/month]."""
        return self.contacts_per_month / self.people if self.people else None


def rule_of_thumb(inventory: Inventory, lines: Sequence[Line]) -> tuple[Thumb, ...]:
    """Every team that has contacts or people, by both readings of the rule; the numbers of the rule are the library's.

    Example (six people with five hundred contacts each, as the rule is told):
        >>> from workbench.analysis.staffing.desks import Line
        >>> from touchpoints.load import load_inventory
        >>> inventory = load_inventory("examples/gemeente")
        >>> rule_of_thumb(inventory, [Line("kcc_phone", None, 7000.0, 300.0)])[0].per_person
        True
    """
    least_people, least_contacts = inventory.staffing.rule_people, inventory.staffing.rule_contacts
    counted: dict[str, float] = {}
    for line in lines:
        owner = inventory.touchpoints[line.touchpoint].owner
        if owner is not None and inventory.touchpoints[line.touchpoint].direction == "inbound":
            counted[owner] = counted.get(owner, 0.0) + line.contacts_per_month
    found = []
    for name, contacts in counted.items():
        team = inventory.teams[name]
        people = team.people.point if team.people else None
        per_person = per_team = None
        if people is not None and least_people and least_contacts:
            many = people > least_people.point
            per_person = many and contacts >= least_contacts.point * people
            per_team = many and contacts >= least_contacts.point
        found.append(Thumb(team, people, contacts, per_person, per_team))
    return tuple(sorted(found, key=lambda one: (-one.contacts_per_month, one.team.id)))
