"""How many people do changed contacts and handling times save or cost, in whole people and in proportion?

Queues do not scale: half the calls need more than half the people. The linear figure is what a spreadsheet would say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from workbench.analysis.staffing.desks import Line, desks, lines_of
from workbench.analysis.staffing.need import Shapes, needs, whole_people
from workbench.analysis.staffing.week import work_year
from workbench.analysis.workload import workload
from workbench.project import Project

Changed = Mapping[tuple[str, str | None], tuple[float, float | None]]
"""By touchpoint and reason: contacts [1/month] and handling time [s] afterwards; what is not named stays as it is."""


class PeopleEffect(NamedTuple):
    """The people of a team before and after.

    Attributes:
        before, after: full-time people to employ, each rounded up to whole people.
        fte_before, fte_after: the same before rounding [FTE].
        fte_linear: what it would be if people went in proportion to the hours of handling [FTE].
    """

    before: int
    after: int
    fte_before: float
    fte_after: float
    fte_linear: float


def people_effect(project: Project, changed: Changed, shapes: Shapes | None = None) -> dict[str, PeopleEffect]:
    """By team, the people before and after a change (Erlang C, backlog and shrinkage included).

    Args:
        project: with a sound model.
        changed: the contacts and handling times afterwards.
        shapes: the weeks of touchpoints as a log shows them.
    """
    before = lines_of(workload(project))
    named = {(line.touchpoint, line.reason): line for line in before}
    after = [line for key, line in named.items() if key not in changed]
    after += [Line(*key, *numbers) for key, numbers in changed.items()]
    inventory, year = project.inventory, work_year(project.inventory.settings)
    known = {(line.touchpoint, line.reason): (line.contacts_per_month, line.handling_s) for line in before}
    owner = {name: one.owner for name, one in inventory.touchpoints.items()}
    touched = {owner[key[0]] for key, numbers in changed.items() if known.get(key) != tuple(numbers)}
    first = {need.team.id: need for need in needs(inventory, desks(inventory, before)[0], year, shapes)}
    own = [line for line in after if owner[line.touchpoint] in touched]
    second = {team: need for team, need in first.items() if team not in touched}
    second |= {need.team.id: need for need in needs(inventory, desks(inventory, own)[0], year, shapes)}
    hours = [_handling(project, lines) for lines in (before, after)]
    effects = {}
    for team in sorted({*first, *second}):
        fte = [one[team].fte_needed[1] if team in one else 0.0 for one in (first, second)]
        scale = hours[1].get(team, 0.0) / hours[0][team] if hours[0].get(team) else 0.0
        effects[team] = PeopleEffect(whole_people(fte[0]), whole_people(fte[1]), fte[0], fte[1], fte[0] * scale)
    return effects


def _handling(project: Project, lines: list[Line] | tuple[Line, ...]) -> dict[str, float]:
    """Hours of handling by team, relative."""
    found: dict[str, float] = {}
    for line in lines:
        owner = project.inventory.touchpoints[line.touchpoint].owner
        if owner is not None and line.handling_s:
            found[owner] = found.get(owner, 0.0) + line.contacts_per_month * line.handling_s
    return found
