"""What do queues and backlogs do to a promise with the people there now, and with other numbers?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from touchpoints.inventory import Assumption
from workbench.analysis.staffing.backlog import Backlog
from workbench.analysis.staffing.desks import Desk
from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.need import HOURS, Group, TeamNeed, Written, full_time
from workbench.analysis.staffing.present import met, people_for, shared_out
from workbench.analysis.staffing.staffing import Staffing

_OF_QUEUE = {"answered_within": "service_level", "service_level": "service_level", "wait": "wait_s",
             "abandonment": "abandoned"}  # fmt: skip


@dataclass(frozen=True, eq=False)
class QueueNow:
    """A queue of calls, visits or chats with the people there now; a week of half hours."""

    need: TeamNeed
    group: Group
    agents: Floats
    measure: str
    basis = "basis_queue"

    def value(self, more_people: float = 0.0, time: float = 1.0, contacts: float = 1.0) -> float:
        """The measure with more people, and with a part of the handling time or of the contacts."""
        queue = replace(
            self.group.queue,
            handling_s=self.group.queue.handling_s * time,
            rate_per_s=self.group.queue.rate_per_s * contacts,
        )
        group = replace(self.group, queue=queue, contacts=self.group.contacts * contacts)
        agents = self.agents + more_people * (self.group.open > 0)
        return float(getattr(met(group, agents), _OF_QUEUE[self.measure]))

    @property
    def handling_s(self) -> float:
        """Mean handling time of a contact in it [s]."""
        return float(self.group.queue.handling_s)

    @property
    def contacts_per_month(self) -> float:
        """Its contacts [1/month]."""
        return sum(desk.contacts_per_month for desk in self.group.desks)

    def fte(self, people: float) -> float:
        """The full-time equivalents of so many people all the time that the queue is open [FTE]."""
        hours = people * float((self.group.open > 0).sum()) * HOURS
        return full_time(hours / self.need.hours_per_week, self.need.shrinkage)

    @property
    def inputs(self) -> tuple[Assumption, ...]:
        """The numbers it rests on."""
        return (*self.need.used, *(one for desk in self.group.desks for one in desk.used))


@dataclass(frozen=True, eq=False)
class BacklogNow:
    """E-mails, letters or forms that wait for the people there now; a year of half hours."""

    need: TeamNeed
    desk: Desk
    backlog: Backlog
    people: float
    basis = "basis_backlog"

    def value(self, more_people: float = 0.0, time: float = 1.0, contacts: float = 1.0) -> float:
        """The share answered in time with more people, and with a part of the handling time or of the contacts."""
        backlog = replace(self.backlog, work_s=self.backlog.work_s * time, arrivals=self.backlog.arrivals * contacts)
        return backlog.answered_within(self.people + more_people)

    @property
    def handling_s(self) -> float:
        """Mean handling time of a contact [s]."""
        return self.desk.handling_s

    @property
    def contacts_per_month(self) -> float:
        """Its contacts [1/month]."""
        return self.desk.contacts_per_month

    def fte(self, people: float) -> float:
        """The full-time equivalents of so many people all the time that the team is open [FTE]."""
        hours = people * float(self.need.open.sum()) * HOURS
        return full_time(hours / self.need.hours_per_week, self.need.shrinkage)

    @property
    def inputs(self) -> tuple[Assumption, ...]:
        """The numbers it rests on."""
        return (*self.need.used, *self.desk.used)


DeskNow = QueueNow | BacklogNow


def desk_now(staffed: Staffing, touchpoint: str, measure: str, limit_s: float | None, office: bool) -> DeskNow | None:
    """The queue or backlog of a touchpoint with a limit of its own; None where people or the measure are not known.

    Args:
        staffed: what teams need and have.
        touchpoint: its id.
        measure: answered_within, service_level, wait or abandonment.
        limit_s: the time within which contacts must be answered [s]; the desk's own when not given.
        office: whether the limit counts opening hours.
    """
    for need in staffed.needs:
        for group, agents in zip(need.groups, shared_out(need), strict=False):
            if any(desk.touchpoint.id == touchpoint for desk in group.desks):
                within_s = limit_s if limit_s is not None else group.promise.within_s
                return QueueNow(
                    need, replace(group, promise=replace(group.promise, within_s=within_s)), agents, measure
                )
        for one in need.written:
            if one.desk.touchpoint.id == touchpoint and measure in ("answered_within", "service_level"):
                return _backlog_now(need, one, limit_s, office)
    return None


def _backlog_now(need: TeamNeed, one: Written, limit_s: float | None, office: bool) -> BacklogNow | None:
    people = people_for(need, one)
    if people is None or one.backlog is None:
        return None
    backlog = one.backlog if limit_s is None else replace(one.backlog, limit_s=limit_s, office=office)
    return BacklogNow(need, one.desk, backlog, people)
