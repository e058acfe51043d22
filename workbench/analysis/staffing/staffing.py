"""Have we the staff for the service we promise?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from touchpoints.inventory import Assumption, Inventory
from workbench.analysis.staffing.agents import Promise
from workbench.analysis.staffing.desks import Finding, desks, lines_of
from workbench.analysis.staffing.erlang import Floats
from workbench.analysis.staffing.levers import Lever, levers
from workbench.analysis.staffing.need import TeamNeed, needs
from workbench.analysis.staffing.pooling import Pool, pools
from workbench.analysis.staffing.present import answered_now, shared_out
from workbench.analysis.staffing.rule_of_thumb import Thumb, rule_of_thumb
from workbench.analysis.staffing.tables import (
    finding_table,
    lever_table,
    now_table,
    pool_table,
    queue_table,
    team_table,
    thumb_table,
    week_table,
    written_table,
)
from workbench.analysis.staffing.waits import StatedWait, disagreeing, stated_waits
from workbench.analysis.staffing.week import WorkYear, work_year
from workbench.analysis.workload import workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table

if TYPE_CHECKING:
    from workbench.analysis.staffing.observed import Observed
    from workbench.log.engine import Log

_NEARLY = 0.005
"""What is shown as the same share is not called late."""


@dataclass(frozen=True, repr=False)
class Staffing(Result):
    """What every team needs and has, and what customers meet.

    Attributes:
        needs: by team.
        pools: queues together and apart.
        levers: which number moves the need most.
        thumbs: the rule of thumb.
        findings: what is missing, or cannot be kept up.
        observed: what the log shows of touchpoints; empty without a log.
        stated: the wait that the model states, by queue (`team/channel`).
        year: the days that count.
    """

    needs: tuple[TeamNeed, ...]
    pools: tuple[Pool, ...]
    levers: tuple[Lever, ...]
    thumbs: tuple[Thumb, ...]
    findings: tuple[Finding, ...]
    observed: Mapping[str, Observed]
    stated: Mapping[str, StatedWait]
    year: WorkYear
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def need(self, team: str) -> TeamNeed:
        """What one team needs.

        Raises:
            ValueError: no such team has contacts.
        """
        found = next((need for need in self.needs if need.team.id == team), None)
        if found is None:
            raise ValueError(f"team must be one of {', '.join(one.team.id for one in self.needs)}, got {team!r}")
        return found

    @property
    def tightest(self) -> TeamNeed:
        """The team that lacks most people; the one that needs most where no team says how many it has."""
        return max(self.needs, key=lambda need: need.fte_needed[1] - (need.fte_have or 0.0))

    def tables(self) -> tuple[Table, ...]:
        """Teams, queues, written work, findings, pools, levers, the rule of thumb, and the week by half hours."""
        found = [
            team_table(self.needs, self.year, self.language),
            queue_table(self.needs, self.observed, self.inventory, self.language),
            now_table(self.needs, self.stated, self.inventory, self.language),
            written_table(self.needs, self.language),
            finding_table(self.findings, self.inventory, self.language),
            pool_table(self.pools, self.inventory, self.language),
            lever_table(self.levers, self.inventory, self.language),
            thumb_table(self.thumbs, self.inventory, self.language),
            week_table(self.needs, self.language),
        ]
        return tuple(found[:1] + [one for one in found[1:] if one.rows])


def staffing(
    project: Project,
    language: Language | None = None,
    *,
    log: Log | None = None,
    target: Promise | None = None,
) -> Staffing:
    """People needed and there, by team, for every half hour of an ordinary week and in full-time equivalents.

    Volumes and handling times are the model's; in which half hours contacts come is the log's where it shows enough of
    them, else the library's day profile.

    Args:
        project: with a sound model.
        language: of the result.
        log: an opened contact log.
        target: a service level for every queue, instead of what the model promises.
    """
    inventory = project.inventory
    works = workload(project)
    year = work_year(inventory.settings)
    lines = lines_of(works)
    found, findings = desks(inventory, lines, target)
    seen = _seen(log, year) if log is not None else {}
    shapes: dict[str, Floats] = {name: one.week for name, one in seen.items()}
    teams = needs(inventory, found, year, shapes)
    stated = stated_waits(teams, works)
    contacts: dict[str, list[Assumption]] = {desk.touchpoint.id: [] for desk in found}
    for work in works:
        if work.touchpoint in contacts:
            contacts[work.touchpoint].extend(work.assumptions)
    used = {one.name: one for touchpoint in contacts.values() for one in touchpoint if _is_volume(one)}
    used |= {one.name: one for desk in found for one in desk.used} | {one.name: one for t in teams for one in t.used}
    return Staffing(
        needs=teams,
        pools=pools(teams, year, shapes),
        levers=levers(inventory, teams, contacts, year, shapes),
        thumbs=rule_of_thumb(inventory, lines),
        findings=(*_overloaded(teams), *disagreeing(teams, stated), *findings),
        observed=seen,
        stated=stated,
        year=year,
        inventory=inventory,
        inputs=tuple(used.values()),
        language=language or project.language,
    )


def _is_volume(one: Assumption) -> bool:
    return one.name.endswith(("/contacts", "/handling_time"))


def _seen(log: Log, year: WorkYear) -> dict[str, Observed]:
    """What the log shows; the engine of logs is loaded only where there is one."""
    from workbench.analysis.staffing.observed import observed

    return observed(log, _holidays_of(log, year))


def _holidays_of(log: Log, year: WorkYear) -> set[date]:
    first, last = log.first_at, log.last_at
    if first is None or last is None:
        return set()
    return set(WorkYear(first.date(), (last - first).days + 2, year.country).holidays)


def _overloaded(teams: tuple[TeamNeed, ...]) -> list[Finding]:
    """Queues with more work than people, and teams whose week holds more work than hours."""
    found = []
    for need in teams:
        present = need.present
        if present is None:
            found.append(Finding("no_people", need.team.id, need.team.place))
            continue
        for group, agents in zip(need.groups, shared_out(need), strict=True):
            over = (group.queue.load >= agents) & (group.contacts > 0)
            if over.any():
                load = float(group.queue.load.max())
                values = {"channel": group.channel, "half_hours": int(over.sum()), "load": load,
                          "agents": float(agents[over].min()), "least": int(np.floor(load)) + 1}  # fmt: skip
                found.append(Finding("unstable", need.team.id, need.team.place, values))
        for one in need.written:
            share = answered_now(need, one)
            if share is not None and one.backlog is not None and share < one.desk.at_least - _NEARLY:
                values = {"touchpoint": one.desk.touchpoint.id, "share": share, "least": one.people}
                found.append(Finding("late", need.team.id, one.desk.touchpoint.place, values))
    return found
