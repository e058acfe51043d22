"""Can people be planned with what the model says of teams and channels?"""

from __future__ import annotations

from collections.abc import Iterator

from touchpoints.faults import Fault
from touchpoints.inventory import Inventory
from touchpoints.records.contact import Channel
from touchpoints.records.organisation import Staffing, Team

_HOURS_IN_A_WEEK = 168


def unplannable(inventory: Inventory) -> Iterator[Fault]:
    """Numbers that are possible by themselves and leave no time, no patience or no people to plan with."""
    for team in inventory.teams.values():
        yield from _planning(team, f"team '{team.id}'")
    for channel in inventory.channels.values():
        yield from _channel(channel)
    yield from _planning(inventory.staffing, "staffing")


def _planning(part: Team | Staffing, who: str) -> Iterator[Fault]:
    if part.shrinkage is not None and part.shrinkage.high >= 1:
        message = f"{who}: shrinkage {part.shrinkage.text} leaves no time for contacts; it must stay below 100%"
        yield Fault(part.where("shrinkage"), "out-of-range", message)
    if part.max_occupancy is not None and part.max_occupancy.low <= 0:
        message = f"{who}: an occupancy of {part.max_occupancy.text} would need people without end; write it like 85%"
        yield Fault(part.where("max_occupancy"), "out-of-range", message)
    if part.patience is not None and part.patience.low <= 0:
        message = f"{who}: with a patience of {part.patience.text} nobody waits at all; it must be above 0s, like 3m"
        yield Fault(part.where("patience"), "out-of-range", message)
    hours = part.hours_per_week
    if hours is not None and not 0 < hours.low <= hours.high <= _HOURS_IN_A_WEEK:
        message = f"{who}: a full-time week of {hours.text} hours; it must be above 0 and at most {_HOURS_IN_A_WEEK}"
        yield Fault(part.where("hours_per_week"), "out-of-range", message)


def _channel(channel: Channel) -> Iterator[Fault]:
    if channel.concurrency is not None and channel.concurrency.low < 1:
        message = f"channel '{channel.id}': {channel.concurrency.text} contacts at once; it must be at least 1"
        yield Fault(channel.where("concurrency"), "out-of-range", message)
    if channel.patience is not None and channel.patience.low <= 0:
        message = f"channel '{channel.id}': with a patience of {channel.patience.text} nobody waits; write it like 3m"
        yield Fault(channel.where("patience"), "out-of-range", message)
