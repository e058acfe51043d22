"""What is promised where, and does a number with its interval keep it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from touchpoints.faults import Place
from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.contact import Touchpoint
from touchpoints.records.hours import Hours
from touchpoints.records.organisation import Target
from workbench.analysis.workload import Work

Verdict = Literal["target_met", "target_not_met", "undecided", "unknown"]

UNITS = {
    "answered_within": "share", "service_level": "share", "first_contact_resolution": "share", "handling_time": "s",
    "wait": "s", "abandonment": "share", "unanswered": "share", "effort_score": "decimal", "completion": "share",
    "reachability": "hours",
}  # fmt: skip
"""The unit in which each measure is shown."""

MORE_IS_BETTER = frozenset(
    {"answered_within", "service_level", "first_contact_resolution", "effort_score", "completion", "reachability"}
)
LIVE_ONLY = frozenset({"service_level", "wait", "abandonment"})
_ROUNDING = 1e-9
"""A promise of 80% is kept by 0.8 as a computer writes it."""


@dataclass(frozen=True)
class Lack:
    """Something that keeps an answer from being given: the sentence `target.<key>` with its values."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What the model or the log says of a measure; `value` None where it does not say.

    Attributes:
        low, high: its interval, None where there is none.
        n: the contacts, episodes or answers that a measured value rests on.
        basis: the word that tells how it was worked out.
        lacks: what is missing.
        precision: how near to a level a worked-out value cannot be told from it.
        inputs: the numbers of the model it rests on.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    basis: str | None = None
    lacks: tuple[Lack, ...] = ()
    precision: float = _ROUNDING
    inputs: tuple[Assumption, ...] = ()


@dataclass(frozen=True)
class Promised:
    """A target at one touchpoint, or of a journey; a target for everywhere is held at each touchpoint it fits.

    Attributes:
        wanted: the level that keeps it, in the unit of the measure; None where the target names none.
    """

    target: Target
    touchpoint: Touchpoint | None
    wanted: float | None

    @property
    def unit(self) -> str:
        """The unit of its measure."""
        return UNITS[self.target.measure]

    @property
    def key(self) -> str:
        """Its own id, with the touchpoint where it is held."""
        own = self.touchpoint.id if self.touchpoint and not self.target.touchpoint else ""
        return f"{self.target.id}/{own}" if own else self.target.id

    @property
    def more_is_better(self) -> bool:
        """Whether a higher value keeps it."""
        return self.target.measure in MORE_IS_BETTER

    def verdict(self, found: Reading) -> Verdict:
        """Whether a value keeps the promise: undecided when the level lies within its interval.

        Example (80% wanted; an interval of 75 to 85% does not decide, one of 81 to 90% does):
            >>> promised = Promised(Target(measure="service_level"), None, 0.8)
            >>> promised.verdict(Reading(0.8, 0.75, 0.85)), promised.verdict(Reading(0.85, 0.81, 0.9))
            ('undecided', 'target_met')
        """
        if found.value is None or self.wanted is None:
            return "unknown"
        ends = [end if end is not None else found.value for end in (found.low, found.high)]
        sign = 1.0 if self.more_is_better else -1.0
        worst, best = sorted(sign * (end - self.wanted) for end in ends)
        if worst >= -found.precision:
            return "target_met"
        return "target_not_met" if best < -found.precision else "undecided"

    def gap(self, value: float | None) -> float | None:
        """How far a value is short of the level, in its unit; zero where it is kept."""
        if value is None or self.wanted is None:
            return None
        return max(0.0, self.wanted - value if self.more_is_better else value - self.wanted)


def promised(inventory: Inventory, works: Sequence[Work]) -> tuple[Promised, ...]:
    """Every target where it holds; a target for everywhere gives way to one of a touchpoint's own."""
    return tuple(_promised(inventory, works))


def _promised(inventory: Inventory, works: Sequence[Work]) -> Iterator[Promised]:
    targets = inventory.targets.values()
    own = {(one.touchpoint, one.measure, one.reason) for one in targets if one.touchpoint}
    for target in targets:
        if target.journey is not None and target.touchpoint is None:
            yield Promised(target, None, _wanted(inventory, target, None))
        elif target.touchpoint is not None:
            here = inventory.touchpoints[target.touchpoint]
            yield Promised(target, here, _wanted(inventory, target, here))
        else:
            for key in sorted({work.touchpoint for work in works if target.reason in (None, work.reason)}):
                here = inventory.touchpoints[key]
                if (key, target.measure, target.reason) not in own and _fits(inventory, target, here):
                    yield Promised(target, here, _wanted(inventory, target, here))


def stated_hours(inventory: Inventory, here: Touchpoint) -> tuple[Hours, Place] | None:
    """The opening hours of a touchpoint, else of its team, with their place; self-service has only hours of its own."""
    if here.hours is not None:
        return here.hours, here.where("hours")
    channel = inventory.channels.get(here.channel) if here.channel else None
    team = inventory.teams.get(here.owner) if here.owner else None
    if team is None or team.hours is None or (channel is not None and channel.self_service):
        return None
    return team.hours, team.where("hours")


def is_live(inventory: Inventory, touchpoint: Touchpoint | None) -> bool:
    """Whether both sides are there at the same time; taken for so where the channel does not say."""
    channel = inventory.channels.get(touchpoint.channel) if touchpoint and touchpoint.channel else None
    return channel is None or channel.live is not False


def _fits(inventory: Inventory, target: Target, here: Touchpoint) -> bool:
    """Whether a measure can be held at a touchpoint: nobody waits for an answer of a website."""
    channel = inventory.channels.get(here.channel) if here.channel else None
    by_people = here.direction == "inbound" and not (channel is not None and channel.self_service)
    if target.measure in LIVE_ONLY:
        return by_people and is_live(inventory, here)
    return by_people or target.measure == "effort_score"


def _wanted(inventory: Inventory, target: Target, here: Touchpoint | None) -> float | None:
    """The level that keeps a target; where it names no share, that of the model's staffing."""
    least, most = target.at_least, target.at_most
    if target.measure in ("handling_time", "wait"):
        return target.limit.point if target.limit else None
    if target.measure == "reachability":
        return target.hours_per_week.point if target.hours_per_week else None
    if target.measure == "effort_score":
        return target.score
    if target.measure not in MORE_IS_BETTER:
        return most.point if most else 1 - least.point if least else None
    if least is None and most is None and target.measure in ("answered_within", "service_level"):
        general = inventory.staffing
        least = general.at_least if is_live(inventory, here) else general.written_at_least
    return least.point if least else 1 - most.point if most else None
