"""What does it bring when people answer more than one queue?

Together fewer people do: the peaks of one queue fall in the quiet of another. Whether people can and may answer what
others do, is for the organisation to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.analysis.staffing.desks import Desk
from workbench.analysis.staffing.need import HOURS, Group, Shapes, TeamNeed, full_time, group_of, staffed
from workbench.analysis.staffing.week import WorkYear


@dataclass(frozen=True)
class Pool:
    """Queues together and apart.

    Attributes:
        kind: `team` (all queues of a team), `channel` (a channel over all teams) or `between` (written work in the time
            that people wait for calls).
        name: the id of the team or channel.
        apart_h, pooled_h: hours of people in a week [h].
        apart_fte, pooled_fte: full-time equivalents [FTE].
    """

    kind: str
    name: str
    queues: int
    apart_h: float
    pooled_h: float
    apart_fte: float
    pooled_fte: float


def pools(needs: Sequence[TeamNeed], year: WorkYear, shapes: Shapes) -> tuple[Pool, ...]:
    """Every pool of queues that people answer one at a time, the one that saves most first."""
    by_team = {need.team.id: need for need in needs}
    asked: list[tuple[str, str, tuple[Group, ...]]] = []
    groups = [group for need in needs for group in need.groups if group.queue.concurrency == 1.0]
    for key in ("team", "channel"):
        names = sorted({_name(group, key) for group in groups})
        for name in names:
            members = tuple(group for group in groups if _name(group, key) == name)
            if len(members) > 1:
                asked.append((key, name, members))
    pooled = staffed([group_of(_desks(members), year, shapes) for _, _, members in asked])
    found = [
        _pool(kind, name, members, together, [by_team[group.desks[0].team.id] for group in members])
        for (kind, name, members), together in zip(asked, pooled, strict=True)
    ]
    found.extend(_between_calls(needs))
    return tuple(sorted(found, key=lambda one: (one.pooled_fte - one.apart_fte, one.kind, one.name)))


def _name(group: Group, key: str) -> str:
    return group.desks[0].team.id if key == "team" else group.channel


def _desks(members: Sequence[Group]) -> list[Desk]:
    return [desk for group in members for desk in group.desks]


def _pool(kind: str, name: str, members: Sequence[Group], together: Group, teams: Sequence[TeamNeed]) -> Pool:
    hours = [group.hours_per_week[1] for group in members]
    each = [full_time(one / need.hours_per_week, need.shrinkage) for one, need in zip(hours, teams, strict=True)]
    pooled_h = together.hours_per_week[1]
    per_hour = sum(each) / (sum(hours) or 1.0)  # a pool keeps the shrinkage and week of its members
    return Pool(kind, name, len(members), sum(hours), pooled_h, sum(each), pooled_h * per_hour)


def _between_calls(needs: Sequence[TeamNeed]) -> Iterator[Pool]:
    """Written work done while people wait for a call, as far as the occupancy cap allows; calls go before."""
    for need in needs:
        if not need.groups or not need.written_people:
            continue
        apart_h = need.hours_needed[1]
        found = min(need.written_people, need.between_calls())
        pooled_h = apart_h - found * float(need.open.sum()) * HOURS
        fte = [full_time(one / need.hours_per_week, need.shrinkage) for one in (apart_h, pooled_h)]
        yield Pool("between", need.team.id, len(need.groups) + len(need.written), apart_h, pooled_h, *fte)
