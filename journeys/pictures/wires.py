"""Who and what stands in a contact landscape: touchpoints by channel, the systems they use, the teams behind them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeys.drawing import DrawingError
from journeys.pictures.words import Words
from touchpoints.inventory import Inventory
from touchpoints.records.contact import Touchpoint
from touchpoints.records.organisation import System

MANAGEMENT = ("telephony", "mailbox", "chat_platform", "contact_register", "customer_database", "knowledge_base")
"""Kinds of systems that link channels and applications; the others are applications."""
APPLICATIONS = ("website", "portal", "scheduling", "case_system", "document_store", "finance", "other")


@dataclass(frozen=True)
class Wire:
    """A touchpoint with what it carries.

    Attributes:
        contacts: a year, None when the model does not say.
        hours: a year, None when the model does not say.
        used, lacking: ids of systems.
        team: id, empty when unknown.
    """

    id: str
    label: str
    channel: str
    channel_label: str
    contacts: float | None
    hours: float | None
    used: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    team: str = ""


@dataclass(frozen=True)
class Wires:
    """All of a landscape, in drawing order."""

    wires: tuple[Wire, ...]
    systems: tuple[System, ...]
    teams: tuple[tuple[str, str], ...]
    left_out: int

    def contacts_of(self, team: str) -> float:
        """Contacts a year of a team's touchpoints."""
        return sum(wire.contacts or 0.0 for wire in self.wires if wire.team == team)

    def hours_of(self, team: str) -> float:
        """Hours a year of a team's touchpoints."""
        return sum(wire.hours or 0.0 for wire in self.wires if wire.team == team)


def wires_of(
    inventory: Inventory,
    contacts_per_year: Mapping[str, float],
    hours_per_year: Mapping[str, float],
    words: Words,
    most: int,
    top: int | None = None,
) -> Wires:
    """The landscape of a model: channels by hours and contacts, touchpoints by contacts, teams beside what they do.

    Args:
        inventory: a model without errors.
        contacts_per_year: by touchpoint [1/year].
        hours_per_year: by touchpoint [h/year].
        words: of the language.
        most: touchpoints a reader can follow.
        top: only so many touchpoints, those with most contacts.

    Raises:
        DrawingError: there are more touchpoints than a reader could follow.
        ValueError: top is not positive.
    """
    if top is not None and top < 1:
        raise ValueError(f"top must be at least 1, got {top!r}")
    found = [_wire(inventory, one, contacts_per_year, hours_per_year, words) for one in inventory.touchpoints.values()]
    found.sort(key=lambda wire: (-_of(wire.contacts), -_of(wire.hours), wire.id))
    shown = found[:top] if top is not None else found
    if not shown:
        raise DrawingError("the model has no touchpoint to draw; add one under `touchpoints:`")
    if len(shown) > most:
        remedy = f"a landscape shows at most {most}; draw those with most contacts (--top {most})"
        raise DrawingError(f"the model has {len(shown):,} touchpoints; {remedy}")
    weights: dict[str, tuple[float, float]] = {}
    for wire in sorted(shown, key=lambda one: one.id):
        hours, contacts = weights.get(wire.channel, (0.0, 0.0))
        weights[wire.channel] = hours - _of(wire.hours), contacts - _of(wire.contacts)
    shown.sort(key=lambda wire: (wire.channel == "", weights[wire.channel], wire.channel))
    return Wires(tuple(shown), _systems(inventory, shown), _teams(inventory, shown, words), len(found) - len(shown))


def _of(value: float | None) -> float:
    return round(value or 0.0, 6)


def _wire(
    inventory: Inventory,
    touchpoint: Touchpoint,
    contacts: Mapping[str, float],
    hours: Mapping[str, float],
    words: Words,
) -> Wire:
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    return Wire(
        id=touchpoint.id,
        label=touchpoint.label(words.language),
        channel=channel.id if channel else "",
        channel_label=channel.label(words.language) if channel else words.text("no_channel"),
        contacts=contacts.get(touchpoint.id),
        hours=hours.get(touchpoint.id),
        used=tuple(touchpoint.systems),
        lacking=tuple(key for key in touchpoint.needs_systems if key not in touchpoint.systems),
        team=touchpoint.owner or "",
    )


def _systems(inventory: Inventory, wires: Sequence[Wire]) -> tuple[System, ...]:
    """The systems used or needed, those of contact management first."""
    kinds = {kind: place for place, kind in enumerate((*MANAGEMENT, *APPLICATIONS))}
    keys = {key for wire in wires for key in (*wire.used, *wire.lacking)}
    return tuple(sorted((inventory.systems[key] for key in keys), key=lambda one: (kinds[one.kind], one.id)))


def _teams(inventory: Inventory, wires: Sequence[Wire], words: Words) -> tuple[tuple[str, str], ...]:
    """The teams, each as near as can be to the touchpoints it answers for."""
    weights: dict[str, float] = {}
    moments: dict[str, float] = {}
    for row, wire in enumerate(wires):
        weight = 1.0 + _of(wire.contacts)
        weights[wire.team] = weights.get(wire.team, 0.0) + weight
        moments[wire.team] = moments.get(wire.team, 0.0) + weight * row
    order = sorted(weights, key=lambda team: (round(moments[team] / weights[team], 6), team))
    labels = {team: inventory.teams[team].label(words.language) if team else words.text("no_owner") for team in order}
    return tuple((team, labels[team]) for team in order)
