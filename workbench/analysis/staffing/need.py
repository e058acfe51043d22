"""How many people does each team need, in every half hour of the week and in full-time equivalents?

People are needed for queues as Erlang says, for backlogs as their deadline asks, spread evenly over the opening hours,
and for what the organisation starts itself. A team's need has a high end, where everybody waits (Erlang C) and written
work has people of its own, and a low end, where customers hang up (Erlang A) and written work is done between calls.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import MONTHS_PER_YEAR
from touchpoints.records.organisation import Team
from workbench.analysis.staffing.agents import Promise, Queue, fewest_agents
from workbench.analysis.staffing.backlog import Backlog
from workbench.analysis.staffing.desks import Chooser, Desk
from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.week import (
    HALF_HOUR_S,
    HALF_HOURS,
    ROUND_THE_CLOCK,
    WorkYear,
    library_week,
    open_part,
)

HOURS = 0.5
"""A half hour in hours."""

Shapes = Mapping[str, Floats]
"""By touchpoint: in which half hours of the week its contacts come, relative; as a log shows it."""


def full_time(agents: float, shrinkage: float) -> float:
    """FTE = n / (1 − s): people to employ so that n are at work all the time of a full-time week [FTE].

    Not n·(1 + s): those who stand in for others are away as often themselves.

    Args:
        agents: people at work at a time, n.
        shrinkage: share s of paid time away from contacts [1].

    Raises:
        ValueError: the shrinkage is below 0, or 1 and more.

    Example (14 at work and 30% away take 20, not 18.2):
        >>> full_time(14, 0.3)
        20.0
    """
    if not 0 <= shrinkage < 1:
        raise ValueError(f"shrinkage must be at least 0 and below 1, got {shrinkage!r}")
    return agents / (1 - shrinkage)


def whole_people(fte: float) -> int:
    """Full-time equivalents rounded up to whole people; what lies within a billionth of a whole number is that number.

    Example:
        >>> whole_people(14 / 0.7), whole_people(19.2)
        (20, 20)
    """
    return math.ceil(fte - 1e-9)


@dataclass(frozen=True, eq=False)
class Group:
    """Queues on one channel that the same people of a team answer.

    Attributes:
        contacts: per half hour of an ordinary week [1].
        open: which part of each half hour it is open [1].
        least, most: agents needed when customers hang up, and when nobody does [1].
    """

    desks: tuple[Desk, ...]
    contacts: Floats
    open: Floats
    queue: Queue
    promise: Promise
    least: Floats
    most: Floats

    @property
    def channel(self) -> str:
        """The channel's id."""
        return self.desks[0].channel

    @property
    def hours_per_week(self) -> tuple[float, float]:
        """Hours of people in a week, low and high [h]."""
        low, high = (float((agents * self.open).sum() * HOURS) for agents in (self.least, self.most))
        return low, high


@dataclass(frozen=True, eq=False)
class Written:
    """A backlog or outbound desk with the people it needs while the team is open [1]."""

    desk: Desk
    people: float
    backlog: Backlog | None


@dataclass(frozen=True, eq=False)
class TeamNeed:
    """What a team needs and has.

    Attributes:
        open: which part of each half hour of the week it is open [1].
        shrinkage: share of paid time away from contacts [1].
        hours_per_week: paid hours of a full-time week [h].
        used: the numbers about the team itself that this rests on.
    """

    team: Team
    groups: tuple[Group, ...]
    written: tuple[Written, ...]
    open: Floats
    shrinkage: float
    hours_per_week: float
    used: tuple[Assumption, ...]

    def needed(self, high: bool = True) -> Floats:
        """People per half hour of an ordinary week [1]; written work is spread evenly over the opening hours."""
        live = sum((group.most if high else group.least for group in self.groups), np.zeros(HALF_HOURS))
        apart = self.written_people if high else max(0.0, self.written_people - self.between_calls(high=False))
        return np.asarray(live + apart * (self.open > 0))

    def between_calls(self, high: bool = True) -> float:
        """The people that written work finds in the time between calls, up to the occupancy cap [1]."""
        free = np.zeros(HALF_HOURS)
        for group in self.groups:
            agents, cap = (group.most if high else group.least), float(group.promise.max_occupancy)
            free += np.maximum(0.0, agents - group.queue.load / cap) * group.open
        return float(free.sum() / (self.open.sum() or 1.0))

    @property
    def written_people(self) -> float:
        """People for backlogs and outbound work while the team is open [1]."""
        return sum(one.people for one in self.written)

    @cached_property
    def hours_needed(self) -> tuple[float, float]:
        """Hours of people at work in an ordinary week, low and high [h]."""
        live = [group.hours_per_week for group in self.groups]
        per_person = float(self.open.sum()) * HOURS
        low_h = max(0.0, self.written_people - self.between_calls(high=False)) * per_person
        return sum(low for low, _ in live) + low_h, sum(high for _, high in live) + self.written_people * per_person

    @property
    def fte_needed(self) -> tuple[float, float]:
        """Full-time equivalents to employ, low and high [FTE]."""
        low, high = (full_time(hours / self.hours_per_week, self.shrinkage) for hours in self.hours_needed)
        return low, high

    @property
    def fte_have(self) -> float | None:
        """Full-time equivalents that the team has; its people where it states no more."""
        stated = self.team.fte or self.team.people
        return stated.point if stated else None

    @property
    def present(self) -> float | None:
        """People at work at a time while the team is open: stated, else their hours spread evenly [1]."""
        if self.team.present is not None:
            return self.team.present.point
        have, open_h = self.fte_have, float(self.open.sum()) * HOURS
        return None if have is None or not open_h else have * self.hours_per_week * (1 - self.shrinkage) / open_h

    @property
    def load(self) -> Floats:
        """People whom the work would keep busy without a pause, per half hour [1]."""
        return np.asarray(sum((group.queue.load for group in self.groups), np.zeros(HALF_HOURS)))


def needs(
    inventory: Inventory, desks: Sequence[Desk], year: WorkYear, shapes: Shapes | None = None
) -> tuple[TeamNeed, ...]:
    """The need of every team that has contacts, in the order of their names; all queues are worked out at once."""
    shapes = shapes or {}
    by_group: dict[tuple[str, str], list[Desk]] = {}
    for desk in desks:
        if desk.kind == "queue":
            by_group.setdefault((desk.team.id, desk.channel), []).append(desk)
    groups = staffed([group_of(members, year, shapes) for members in by_group.values()])
    found = []
    for team in sorted({desk.team.id for desk in desks}):
        own = [desk for desk in desks if desk.team.id == team]
        mine = tuple(group for group in groups if group.desks[0].team.id == team)
        found.append(_team_need(inventory, own, mine, year, shapes))
    return tuple(found)


def contacts_of(desk: Desk, year: WorkYear, shapes: Shapes) -> Floats:
    """The contacts of a desk in each half hour of an ordinary week [1]."""
    if desk.kind == "queue":
        hours, staffed_hours = desk.hours, True
        shape = shapes.get(desk.touchpoint.id)
        shape = shape * (open_part(hours) > 0) if shape is not None else None
    else:
        hours, staffed_hours = ROUND_THE_CLOCK, False
        shape = shapes.get(desk.touchpoint.id)
    week = library_week(hours, staffed_hours) if shape is None or not shape.sum() else shape / shape.sum()
    weeks = year.ordinary_weeks(week) if desk.kind == "queue" else 365.25 / 7
    return np.asarray(week * (desk.contacts_per_month * MONTHS_PER_YEAR / weeks))


def group_of(members: Sequence[Desk], year: WorkYear, shapes: Shapes) -> Group:
    """Desks whose contacts stand in one queue: the strictest promise holds for all; nobody is placed yet."""
    each = [contacts_of(desk, year, shapes) for desk in members]
    contacts = np.sum(each, axis=0)
    weights = [float(one.sum()) for one in each]
    open_ = np.max([open_part(desk.hours) for desk in members], axis=0)

    def mean(name: str) -> float:
        return float(np.average([getattr(desk, name) for desk in members], weights=weights))

    rate = np.divide(contacts, open_ * HALF_HOUR_S, out=np.zeros(HALF_HOURS), where=open_ > 0)
    promises = [desk.promise for desk in members]
    promise = Promise(
        *(float(min(getattr(one, name) for one in promises)) if name != "at_least" else
          float(max(one.at_least for one in promises))
          for name in ("within_s", "at_least", "max_occupancy", "max_wait_s", "max_abandoned"))
    )  # fmt: skip
    queue = Queue(rate, mean("handling_s"), mean("patience_s"), mean("concurrency"), mean("slowing"))
    nobody = np.zeros(HALF_HOURS)
    return Group(tuple(members), contacts, open_, queue, promise, nobody, nobody)


def staffed(groups: Sequence[Group]) -> list[Group]:
    """The groups with the agents they need, all cells in one go."""
    if not groups:
        return []

    def stacked(parts: list[Queue] | list[Promise], name: str) -> Floats:
        return np.array([np.broadcast_to(getattr(part, name), HALF_HOURS) for part in parts], dtype=np.float64)

    queues, promises = [group.queue for group in groups], [group.promise for group in groups]
    queue = Queue(*(stacked(queues, name) for name in Queue.__dataclass_fields__))
    promise = Promise(*(stacked(promises, name) for name in Promise.__dataclass_fields__))
    least, most = fewest_agents(queue, promise)
    return [
        Group(group.desks, group.contacts, group.open, group.queue, group.promise, low, high)
        for group, low, high in zip(groups, least.astype(np.float64), most.astype(np.float64), strict=True)
    ]


def _team_need(
    inventory: Inventory, own: Sequence[Desk], groups: tuple[Group, ...], year: WorkYear, shapes: Shapes
) -> TeamNeed:
    team = own[0].team
    chooser = Chooser()
    whose = ((f"teams/{team.id}", team), ("staffing", inventory.staffing))
    hours = np.max([open_part(desk.hours) for desk in own], axis=0)
    office = year.over(hours)
    return TeamNeed(
        team=team,
        groups=groups,
        written=tuple(_written(desk, hours, office, year, shapes) for desk in own if desk.kind != "queue"),
        open=hours,
        shrinkage=chooser.point("shrinkage", *whose),
        hours_per_week=chooser.point("hours_per_week", *whose),
        used=(*chooser.used.values(), *_stated(team)),
    )


def _stated(team: Team) -> tuple[Assumption, ...]:
    chooser = Chooser()
    for key in ("fte", "people", "present"):
        chooser.of(key, (f"teams/{team.id}", team))
    return tuple(chooser.used.values())


def _written(desk: Desk, open_: Floats, office: Floats, year: WorkYear, shapes: Shapes) -> Written:
    """The people for a desk without a queue, while its team is open: in a week, and in the half hours of the year."""
    week = contacts_of(desk, year, shapes)
    if desk.kind == "outbound":
        busy_h = float(week.sum()) * desk.work_s / 3_600 / desk.max_occupancy
        return Written(desk, busy_h / (float(open_.sum()) * HOURS), None)
    backlog = Backlog(
        year.over(week, week), office, desk.work_s, desk.max_occupancy, desk.limit.point, desk.limit.office
    )
    return Written(desk, backlog.people(desk.at_least), backlog)
