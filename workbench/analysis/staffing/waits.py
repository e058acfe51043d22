"""Is the wait that the model states the wait that the people who are there would give?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchpoints.faults import Place
from workbench.analysis.staffing.desks import Finding
from workbench.analysis.staffing.need import Group, TeamNeed
from workbench.analysis.staffing.present import met, shared_out
from workbench.analysis.workload import Work

FACTOR = 2.0
"""Waits that differ less than so much are called the same: a queue near its limit answers a tenth more or less work
with twice or half the wait, so closer agreement would be chance."""
LEAST_S = 15.0
"""Nor is a difference of fewer seconds worth a word."""


@dataclass(frozen=True)
class StatedWait:
    """The mean wait over the contacts of a queue that have one in the model [s], and where the most frequent stands."""

    wait_s: float
    place: Place


def stated_waits(needs: Iterable[TeamNeed], works: Iterable[Work]) -> dict[str, StatedWait]:
    """The stated wait of every queue, by `team/channel`; queues of which no volume has a wait are left out.

    Formula: w = Σ contacts · wait / Σ contacts, over the volumes of the queue's touchpoints that state a wait.
    """
    waiting: dict[str, list[Work]] = {}
    for work in works:
        if work.human and work.wait_s is not None and work.contacts_per_month > 0:
            waiting.setdefault(work.touchpoint, []).append(work)
    found = {}
    for need in needs:
        for group in need.groups:
            own = [work for desk in group.desks for work in waiting.get(desk.touchpoint.id, ())]
            contacts = sum(work.contacts_per_month for work in own)
            if contacts:
                mean_s = sum(work.contacts_per_month * (work.wait_s or 0.0) for work in own) / contacts
                most = max(own, key=lambda work: work.contacts_per_month)
                found[queue_key(need, group)] = StatedWait(mean_s, _place(most, group))
    return found


def queue_key(need: TeamNeed, group: Group) -> str:
    """The name of a queue of a team."""
    return f"{need.team.id}/{group.channel}"


def _place(work: Work, group: Group) -> Place:
    places = (one.place for one in work.assumptions if one.name.endswith("/wait"))
    return next(places, group.desks[0].touchpoint.place)


def disagreeing(needs: Iterable[TeamNeed], stated: Mapping[str, StatedWait]) -> list[Finding]:
    """Queues where the stated wait is another than the people who are there would give (Erlang A)."""
    found = []
    for need in needs:
        for group, there in zip(need.groups, shared_out(need), strict=False):  # nobody knows who is there: no group
            told = stated.get(queue_key(need, group))
            if told is None:
                continue
            wait_s = met(group, there).wait_s
            low, high = sorted((wait_s, told.wait_s))
            if high > FACTOR * low and high - low > LEAST_S:
                values = {"channel": group.channel, "modelled": wait_s, "stated": told.wait_s}
                kind = "waits_longer" if told.wait_s > wait_s else "waits_shorter"
                found.append(Finding(kind, need.team.id, told.place, values))
    return found
