"""What is planned to change: scenarios, measures, investments, soft effects?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from touchpoints.quantities import Change, Money, Share, Span
from touchpoints.records.base import Month, Name, Part, Record, Ref, Stated

Instrument = Literal["communication", "product", "incentive", "restriction"]


class _Measure(Record):
    how: Name | None = None
    """By what means."""
    cost_each: Money | None = None
    """Cost of each contact it touches."""
    rising_complexity: Change | None = None
    """How much longer the contacts that stay take, because the easy ones went."""
    start: Month | None = None
    """When it starts to work; with the scenario when not given."""


class Eliminate(_Measure):
    """Contacts that need not be made any more."""

    kind: Literal["eliminate"]
    """eliminate"""
    reasons: tuple[Annotated[str, Ref("reasons")], ...]
    """Which reasons."""
    touchpoints: tuple[Annotated[str, Ref("touchpoints")], ...] = ()
    """At which touchpoints; at all when empty."""
    share: Share
    """Share of their contacts that vanishes."""


class Shift(_Measure):
    """Contacts that move to another touchpoint."""

    kind: Literal["shift"]
    """shift"""
    reasons: tuple[Annotated[str, Ref("reasons")], ...]
    """Which reasons."""
    from_: Annotated[str, Ref("touchpoints")] = Field(alias="from")
    """Where they are made today."""
    to: Annotated[str, Ref("touchpoints")]
    """Where they should be made."""
    eligible: Share
    """Share that could be handled there."""
    adoption: Share
    """Share of the eligible that goes there."""
    resolved: Share
    """Share of those that are helped there; the rest comes back (leakage)."""
    instrument: Instrument | None = None
    """What moves them: communication, product, incentive or restriction."""


class HandlingTime(_Measure):
    """Contacts that take less time."""

    kind: Literal["handling_time"]
    """handling_time"""
    touchpoints: tuple[Annotated[str, Ref("touchpoints")], ...]
    """At which touchpoints."""
    reasons: tuple[Annotated[str, Ref("reasons")], ...] = ()
    """For which reasons; for all when empty."""
    reduction: Share
    """Share of the handling time that is saved."""


Measure = Annotated[Eliminate | Shift | HandlingTime, Field(discriminator="kind")]


class Investment(Stated):
    """Money that has to be spent."""

    what: Name
    """On what."""
    once: Money | None = None
    """One-off cost."""
    running: Money | None = None
    """Running cost per month or year."""
    start: Month | None = None
    """When it is spent; with the scenario when not given."""


class SoftEffect(Part):
    """An effect without a price."""

    what: Literal[
        "satisfaction",
        "loyalty",
        "repeat_purchase",
        "loss_to_competitor",
        "reputation",
        "staff_satisfaction",
        "trust",
    ]
    """What changes."""
    direction: Literal["up", "down"]
    """In which direction."""
    why: Name | None = None
    """Because of what."""


class Scenario(Record):
    """A set of measures with what they cost."""

    measures: tuple[Measure, ...] = ()
    """What changes; the order in the file does not matter."""
    investments: tuple[Investment, ...] = ()
    """What it costs."""
    soft: tuple[SoftEffect, ...] = ()
    """Effects without a price."""
    start: Month | None = None
    """The first month; the month after the project's period when not given."""
    ramp: Span | None = None
    """Time until the full effect, growing evenly."""
    horizon: Span | None = None
    """How long it is calculated; 36 months when not given."""
    discount_rate: Change | None = None
    """Yearly rate r; month m is discounted by (1 + r)^(m/12)."""
    cashable: Share | None = None
    """Share of the saved hours that becomes money."""
    human_floor: Share | None = None
    """Share of today's human contacts that must stay with people."""


class Claim(Record):
    """A published figure or a supplier's promise: shown beside a business case, never part of it."""

    reduction: Share | None = None
    """Share of handling time that is said to be saved."""
    human_contact: Money | None = None
    """What a contact with a person is said to cost."""
    self_service_contact: Money | None = None
    """What a contact without one is said to cost."""
    criticism: Name | None = None
    """Why it may not hold here."""
