"""How many people does a scenario free or cost, in whole people through the queues and in proportion?"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.analysis.case.minutes import Effect
from workbench.analysis.staffing.effect import PeopleEffect, people_effect
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR
from workbench.project import Project

Key = tuple[str, str | None]


def freed_people(project: Project, effects: Sequence[Effect]) -> dict[str, PeopleEffect]:
    """By team, the people before and after a scenario at full effect, from the middle values.

    What stays at a line and what comes to it from others are worked together: contacts and hours add up.
    """
    contacts: dict[Key, float] = {}
    hours: dict[Key, float] = {}
    changed: set[Key] = set()
    for effect in effects:
        key = (effect.work.touchpoint, effect.work.reason)
        elsewhere_h = sum(float(arriving[0]) for _, _, arriving in effect.arriving)
        stays = effect.work.contacts_per_year - float(effect.eliminated[0]) - float(effect.net[0])
        contacts[key] = contacts.get(key, 0.0) + stays
        hours[key] = hours.get(key, 0.0) + float(effect.hours.soll[0]) - elsewhere_h
        if effect.hours.middle("baseline") != effect.hours.middle("remaining") or effect.arriving:
            changed.add(key)
        for to, count, arriving in effect.arriving:
            there = (to, effect.work.reason)
            contacts[there] = contacts.get(there, 0.0) + float(count[0])
            hours[there] = hours.get(there, 0.0) + float(arriving[0])
            changed.add(there)
    after = {
        key: (contacts[key] / MONTHS_PER_YEAR, hours[key] / contacts[key] * SECONDS_PER_HOUR if contacts[key] else None)
        for key in changed
    }
    return {team: one for team, one in people_effect(project, after).items() if one.fte_before or one.fte_after}
