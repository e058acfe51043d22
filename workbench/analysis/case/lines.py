"""How many contacts, hours and euros has each line of work, in every column of a calculation?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from touchpoints.inventory import Assumption
from workbench.analysis.case.values import Values
from workbench.analysis.uncertainty import Draws
from workbench.analysis.workload import SECONDS_PER_HOUR, Work


@dataclass(frozen=True)
class Line:
    """The contacts of one touchpoint and reason, a column per value of the model's numbers.

    Each figure moves with the numbers it was made of, and is worked out when it is asked for: a scenario touches few
    of the lines of a large model.
    """

    work: Work
    values: Values

    @cached_property
    def contacts(self) -> Draws:
        """Contacts; those that only a flow tells of move with the starts of its journeys [1/year]."""
        field = "contacts" if self.work.reconciled.volume_per_month is not None else "starts"
        return self.work.contacts_per_year * self._ratio(field)

    @cached_property
    def handling_h(self) -> Draws:
        """Handling of one contact; zero where it is missing [h]."""
        return (self.work.handling_s or 0.0) / SECONDS_PER_HOUR * self._ratio("handling_time")

    @cached_property
    def per_hour(self) -> Draws:
        """Cost of an hour of handling; zero where it is missing [currency/h]."""
        return (self.work.cost_per_hour or 0.0) * self._ratio("cost_per_hour")

    @cached_property
    def per_contact(self) -> Draws:
        """Cost of a contact beside handling [currency]."""
        return self.work.cost_per_contact * self._ratio("cost_per_contact")

    @property
    def hours(self) -> Draws:
        """Hours of handling [h/year]."""
        return self.contacts * self.handling_h

    @property
    def cost(self) -> Draws:
        """Cost of handling and of the contacts themselves [currency/year]."""
        return self.contacts * (self.handling_h * self.per_hour + self.per_contact)

    def _ratio(self, field: str) -> Draws:
        """How a sum or a mean of numbers of one field moves against its middle value."""
        named = [one for one in self.work.assumptions if one.name.endswith(f"/{field}")]
        weights = [self._contacts_of(one) if field == "handling_time" else 1.0 for one in named]
        middle = sum(weight * one.estimate.point for weight, one in zip(weights, named, strict=True))
        if not middle:
            return np.ones(self.values.draws)
        moved = np.zeros(self.values.draws)
        for weight, one in zip(weights, named, strict=True):
            moved += weight / middle * self.values.of(one.estimate)
        return moved

    def _contacts_of(self, time: Assumption) -> float:
        """The contacts that a time is of; times of journey steps count alike."""
        owner = time.name.rpartition("/")[0]
        found = [one.estimate.point for one in self.work.assumptions if one.name == f"{owner}/contacts"]
        return found[0] if found else 1.0


def lines_of(works: Iterable[Work], values: Values) -> tuple[Line, ...]:
    """The lines of work in the columns of `values`."""
    return tuple(Line(work, values) for work in works)


@dataclass(frozen=True)
class Elsewhere:
    """What one contact takes at another touchpoint: hours, their price, and cost beside them."""

    handling_h: Draws
    labour: Draws
    contact: Draws

    @property
    def total(self) -> Draws:
        """Cost of the contact [currency]."""
        return self.labour + self.contact


def cost_at(lines: tuple[Line, ...], line: Line, to: str) -> Elsewhere:
    """What a contact for the same reason takes at another touchpoint.

    Taken from the contacts for the same reason there, else from all contacts there; a touchpoint of people without
    any handling time is taken to need as long as today's, so that nothing is saved by not knowing.
    """
    none = np.zeros_like(line.contacts)
    there = [other for other in lines if other.work.touchpoint == to]
    same = [other for other in there if other.work.reason == line.work.reason] or there
    if not same:
        return Elsewhere(none, none, none)
    first = same[0]
    known = [other for other in same if other.work.handling_s is not None and other.work.contacts_per_month > 0]
    if known:
        contacts = np.sum([other.contacts for other in known], axis=0)
        hours = np.sum([other.hours for other in known], axis=0)
        handling_h = np.divide(hours, contacts, out=np.zeros_like(hours), where=contacts > 0)
        per_hour = first.per_hour
    elif first.work.human:
        handling_h = line.handling_h
        per_hour = first.per_hour if first.work.cost_per_hour is not None else line.per_hour
    else:
        handling_h, per_hour = none, none
    return Elsewhere(handling_h, handling_h * per_hour, first.per_contact)
