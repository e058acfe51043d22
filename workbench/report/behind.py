"""Which tables stand behind the pictures: journeys, the contact landscape, cash by month?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeys.flow import JourneyFlow
from journeys.graph import END_NODES, UNKNOWN
from touchpoints.records.journey import Journey, resolve_shares
from workbench.analysis.case.worth import Worth
from workbench.analysis.loads import loads
from workbench.language.language import Language
from workbench.project import Project
from workbench.tables import Table, table

_QUARTER = 3


def journey_steps(project: Project, flow: JourneyFlow, language: Language) -> Table:
    """The steps of a journey: where, how often, how long, how it feels, and where customers go from there."""
    journey = project.inventory.journeys[flow.journey]
    columns = ["step", "phase", "touchpoint", "visits_each", "customer_s_each", "staff_s_each", "feeling", "goes_to",
               "pain", "opportunity", "place"]  # fmt: skip
    rows = list(_steps(project, journey, flow, language))
    return table("journey_steps", columns, rows, ids=[f"{journey.id}/{name}" for name in journey.steps])


def _steps(project: Project, journey: Journey, flow: JourneyFlow, language: Language) -> Iterator[tuple[Any, ...]]:
    touchpoints, code = project.inventory.touchpoints, language.code
    for name, step in journey.steps.items():
        node = f"{journey.id}/{name}"
        yield (
            step.label(code),
            journey.phase_label(step.phase, code) if step.phase else None,
            touchpoints[step.touchpoint].label(code) if step.touchpoint else None,
            flow.visits[node],
            flow.customer_s[node],
            flow.staff_s[node],
            _feeling(project, journey, name, language),
            _goes_to(journey, name, language),
            step.pain.text(code) if step.pain else None,
            step.opportunity.text(code) if step.opportunity else None,
            str(journey.where("steps", name)),
        )


def _feeling(project: Project, journey: Journey, name: str, language: Language) -> str | None:
    """How the step feels, and for whom it feels otherwise."""
    step = journey.steps[name]
    said = [f"{step.emotion:+d}"] if step.emotion is not None else []
    for persona, other in step.by_persona.items():
        if other.emotion is not None:
            said.append(f"{project.inventory.personas[persona].label(language.code)} {other.emotion:+d}")
    return "; ".join(said).replace("-", "−") or None


def _goes_to(journey: Journey, name: str, language: Language) -> str | None:
    row = journey.steps[name].next
    if row is None:
        return None

    def label(target: str) -> str:
        if target in END_NODES or target == UNKNOWN:
            return language.word(target)
        return journey.steps[target].label(language.code)

    shares = resolve_shares(row)
    return "; ".join(f"{label(target)} {language.show(share, 'share')}" for target, share in shares.items())


def landscape_rows(project: Project, language: Language) -> Table:
    """Every touchpoint with its contacts, hours, team and systems."""
    carried, inventory, code = loads(project), project.inventory, language.code
    rows = []
    for one in inventory.touchpoints.values():
        lacking = [system for system in one.needs_systems if system not in one.systems]
        rows.append(
            (
                one.label(code),
                inventory.teams[one.owner].label(code) if one.owner else None,
                carried.contacts_per_year.get(one.id),
                carried.staff_h_per_year.get(one.id),
                ", ".join(inventory.systems[system].label(code) for system in one.systems),
                ", ".join(inventory.systems[system].label(code) for system in lacking),
                str(one.place),
            )
        )
    columns = ["touchpoint", "team", "contacts_per_year", "staff_h_per_year", "systems_used", "systems_lacking",
               "place"]  # fmt: skip
    return table("landscape", columns, rows, ids=list(inventory.touchpoints))


def cash_months(worth: Worth) -> Table:
    """The running total of the discounted cash at the end of every quarter, and at the end."""
    last = len(worth.cumulative) - 1
    months = [*range(0, last, _QUARTER), last]
    rows = [(month, *(float(end) for end in worth.cumulative[month])) for month in months]
    return table("cash_months", ["month_number", "cash_low", "cash_middle", "cash_high"], rows)


def channel_rows(contacts: dict[str, float]) -> Table:
    """Contacts a year by channel, most first."""
    rows = sorted(contacts.items(), key=lambda pair: -pair[1])
    return table("channel_contacts", ["channel", "contacts_per_year"], rows)
