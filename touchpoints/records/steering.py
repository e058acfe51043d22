"""What does channel steering go by where no scenario says otherwise?"""

from __future__ import annotations

from typing import Annotated

from touchpoints.quantities import Change, Money, Rate, Share
from touchpoints.records.base import Part, Ref, Stated
from touchpoints.records.scenario import Instrument


class Adoption(Part):
    """Share of the eligible contacts that moves, by what moves them."""

    communication: Share | None = None
    """By telling customers."""
    product: Share | None = None
    """By a better service elsewhere."""
    incentive: Share | None = None
    """By something in return."""
    restriction: Share | None = None
    """By closing or hiding the old way."""


class InstrumentCost(Part):
    """What each contact that tries the new way costs, by what moves them."""

    communication: Money | None = None
    """By telling customers."""
    product: Money | None = None
    """By a better service elsewhere."""
    incentive: Money | None = None
    """By something in return."""
    restriction: Money | None = None
    """By closing or hiding the old way."""


class SteeringRules(Stated):
    """What candidates for another touchpoint are worked out with, and the bounds of a plan."""

    human_floor: Share | None = None
    """Share of today's human contacts that must stay with people."""
    eligible: Share | None = None
    """Share of the contacts of a reason that could be handled elsewhere."""
    resolved: Share | None = None
    """Share of those that move and are helped there; the rest comes back (leakage)."""
    rising_complexity: Change | None = None
    """How much longer what stays takes when all contacts have moved; in proportion to the share that moves."""
    adoption: Adoption = Adoption()
    """Share of the eligible that moves, by instrument."""
    cost_each: InstrumentCost = InstrumentCost()
    """What a contact that moves costs, by instrument."""
    instruments: tuple[Instrument, ...] = ()
    """The instruments that a plan may use."""
    budget: Money | None = None
    """What moving contacts may cost a year."""
    capacity: dict[Annotated[str, Ref("touchpoints")], Rate] = {}
    """Contacts that a touchpoint can take on besides today's."""
