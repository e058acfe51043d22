"""How many contacts, hours and euros has each line of work, in every column of a calculation?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from touchpoints.inventory import Assumption
from workbench.analysis.case.values import Values
from workbench.analysis.uncertainty import Draws
from workbench.analysis.workload import SECONDS_PER_HOUR, Work


@dataclass(frozen=True)
class Line:
    """The contacts of one touchpoint and reason.

    Attributes:
        contacts: contacts [1/year].
        handling_h: handling of one contact; zero where it is missing [h].
        per_hour: cost of an hour of handling; zero where it is missing [currency/h].
        per_contact: cost of a contact beside handling [currency].
    """

    work: Work
    contacts: Draws
    handling_h: Draws
    per_hour: Draws
    per_contact: Draws

    @property
    def hours(self) -> Draws:
        """Hours of handling [h/year]."""
        return self.contacts * self.handling_h

    @property
    def cost(self) -> Draws:
        """Cost of handling and of the contacts themselves [currency/year]."""
        return self.contacts * (self.handling_h * self.per_hour + self.per_contact)


def lines_of(works: Iterable[Work], values: Values) -> tuple[Line, ...]:
    """The lines of work in the columns of `values`."""
    return tuple(_line(work, values) for work in works)


def _line(work: Work, values: Values) -> Line:
    """Each figure moves with the numbers it was made of; a flow moves with the starts of its journeys."""
    ratio = _Ratios(work.assumptions, values)
    contacts = ratio.of("contacts") if work.reconciled.volume_per_month is not None else ratio.of("starts")
    return Line(
        work=work,
        contacts=work.contacts_per_year * contacts,
        handling_h=(work.handling_s or 0.0) / SECONDS_PER_HOUR * ratio.of("handling_time"),
        per_hour=(work.cost_per_hour or 0.0) * ratio.of("cost_per_hour"),
        per_contact=work.cost_per_contact * ratio.of("cost_per_contact"),
    )


@dataclass(frozen=True)
class _Ratios:
    """How a sum or a mean of numbers of one field moves against its middle value."""

    assumptions: tuple[Assumption, ...]
    values: Values

    def of(self, field: str) -> Draws:
        named = [one for one in self.assumptions if one.name.endswith(f"/{field}")]
        weights = [self._contacts(one) if field == "handling_time" else 1.0 for one in named]
        middle = sum(weight * one.estimate.point for weight, one in zip(weights, named, strict=True))
        if not middle:
            return np.ones(self.values.draws)
        moved = np.zeros(self.values.draws)
        for weight, one in zip(weights, named, strict=True):
            moved += weight / middle * self.values.of(one.estimate)
        return moved

    def _contacts(self, time: Assumption) -> float:
        """The contacts that a time is of; times of journey steps count alike."""
        owner = time.name.rpartition("/")[0]
        found = [one.estimate.point for one in self.assumptions if one.name == f"{owner}/contacts"]
        return found[0] if found else 1.0


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
