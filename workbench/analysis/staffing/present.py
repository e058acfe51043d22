"""What do customers meet with the people who are there now?

Calls go first: the people at work are shared over the queues of their team in proportion to what each needs at that
moment, and written work gets the time that is left. A part of a person stands for half hours with one more and half
hours with one less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.need import Group, TeamNeed, Written


@dataclass(frozen=True)
class Met:
    """What customers of a queue meet in a week, as a mean over contacts (Erlang A: those who lose patience hang up).

    Attributes:
        service_level, abandoned, occupancy: shares [1].
        wait_s: mean wait over all contacts [s].
    """

    service_level: float
    wait_s: float
    abandoned: float
    occupancy: float


def met(group: Group, agents: Floats) -> Met:
    """What customers of a queue meet when so many agents are there in each half hour."""
    found = _at(group, np.stack([np.floor(agents), np.floor(agents) + 1]))
    part = agents - np.floor(agents)
    weights = group.contacts / (group.contacts.sum() or 1.0)

    def mean(name: str, weight: Floats) -> float:
        low, high = np.where(weight > 0, found[name], 0.0)
        return float((((1 - part) * low + part * high) * weight).sum())

    hours = agents * group.open
    return Met(
        mean("service_level", weights),
        mean("wait_s", weights),
        mean("abandoned", weights),
        mean("occupancy", hours / (hours.sum() or 1.0)),
    )


_NAMES = ("service_level", "wait_s", "abandoned", "occupancy")


def _at(group: Group, agents: Floats) -> dict[str, Floats]:
    queue = group.queue
    waiting = queue.impatient(agents, group.promise.within_s)
    return {name: getattr(waiting, name) for name in _NAMES}


def shared_out(need: TeamNeed) -> tuple[Floats, ...]:
    """The people at work for each queue of a team, per half hour [1]; none where the team's number is not known."""
    if need.present is None:
        return ()
    live = sum((group.most for group in need.groups), np.zeros_like(need.open))
    return tuple(
        np.divide(need.present * group.most, live, out=np.zeros_like(live), where=live > 0) * (group.open > 0)
        for group in need.groups
    )


def people_for(need: TeamNeed, one: Written) -> float | None:
    """The people that a desk without a queue has of those there now [1]; None where that is not known.

    Written work gets the time that queues leave, up to the occupancy cap, each desk in proportion to what it needs.
    """
    if need.present is None or not need.written_people:
        return None
    busy_with_calls = float((need.load * need.open).sum() / (need.open.sum() or 1.0)) / one.desk.max_occupancy
    return max(0.0, need.present - busy_with_calls) * one.people / need.written_people


def answered_now(need: TeamNeed, one: Written) -> float | None:
    """The share of a backlog that is answered in time by the people there now [1]; None where that is not known."""
    people = people_for(need, one)
    return None if people is None or one.backlog is None else one.backlog.answered_within(people)
