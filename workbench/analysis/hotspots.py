"""Which steps, transitions and contacts outside journeys take how much time and money in a year?"""

from __future__ import annotations

from dataclasses import dataclass

from journeys.graph import GAVE_UP, step_graph
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Work
from workbench.language.language import Language
from workbench.project import Project


@dataclass(frozen=True)
class Hotspot:
    """The effort of a step, or of contacts that no journey explains, in a year.

    Attributes:
        where: journey/step, or touchpoint/reason for contacts outside journeys.
        visits_per_year: times it happens [1/year].
        customer_h_per_year: customers' time, friction and the penalty of giving up included [h/year].
        staff_h_per_year: handling [h/year]; None when people handle it and the model does not say how long.
        backstage_h_per_year: work out of the customer's sight, not part of the cost of contacts [h/year].
        cost_per_year: handling at its price, and what the contacts cost beside it [currency/year]; None when unknown.
        place: file:line.
    """

    where: str
    label: str
    journey: str | None
    touchpoint: str | None
    reason: str | None
    visits_per_year: float
    customer_h_per_year: float
    staff_h_per_year: float | None
    backstage_h_per_year: float
    cost_per_year: float | None
    ces_mean: float | None
    place: str


@dataclass(frozen=True)
class JourneyEffort:
    """What one started journey takes, and how it ends."""

    journey: str
    label: str
    starts_per_year: float | None
    contacts: float
    effort_s: float
    resolved: float
    gave_up: float
    unknown: float
    place: str


@dataclass(frozen=True)
class EdgeEffort:
    """What a transition itself costs customers in a year: its friction, and the penalty where it gives up."""

    journey: str
    step: str
    target: str
    kinds: tuple[str, ...]
    passages_per_year: float
    customer_h_per_year: float


def hotspots(project: Project, works: tuple[Work, ...], language: Language) -> tuple[Hotspot, ...]:
    """Every step of journeys whose starts are known, and every contact outside them, most customer time first."""
    spots = [*_steps(project, works, language), *_rests(project, works, language)]
    spots.sort(key=lambda spot: (-spot.customer_h_per_year, -(spot.staff_h_per_year or 0.0), spot.where))
    return tuple(spots)


def _steps(project: Project, works: tuple[Work, ...], language: Language) -> list[Hotspot]:
    inventory = project.inventory
    by_pair = {(work.touchpoint, work.reason): work for work in works}
    spots = []
    for flow in project.flows.values():
        if flow.starts_per_month is None:
            continue
        journey = inventory.journeys[flow.journey]
        per_year = flow.starts_per_month * MONTHS_PER_YEAR
        for node in flow.steps:
            name = node.partition("/")[2]
            step = journey.steps[name]
            visits = per_year * flow.visits[node]
            handling_h = per_year * flow.handling_s[node] / SECONDS_PER_HOUR
            backstage_h = per_year * flow.staff_s[node] / SECONDS_PER_HOUR - handling_h
            work = by_pair.get((step.touchpoint or "", step.reason))
            staff_h, cost = _staff_and_cost(work, visits, handling_h)
            spots.append(
                Hotspot(
                    where=node,
                    label=f"{journey.label(language.code)}: {step.label(language.code)}",
                    journey=flow.journey,
                    touchpoint=_label(project, "touchpoints", step.touchpoint, language),
                    reason=_label(project, "reasons", step.reason, language),
                    visits_per_year=visits,
                    customer_h_per_year=per_year * flow.customer_s[node] / SECONDS_PER_HOUR,
                    staff_h_per_year=staff_h,
                    backstage_h_per_year=backstage_h,
                    cost_per_year=cost,
                    ces_mean=_score(project, step.touchpoint, step.reason),
                    place=str(journey.where("steps", name)),
                )
            )
    return spots


def _rests(project: Project, works: tuple[Work, ...], language: Language) -> list[Hotspot]:
    spots = []
    for work in works:
        per_year = work.reconciled.rest_per_month * MONTHS_PER_YEAR
        if per_year <= 0 or (work.human and work.handling_s is None and work.wait_s is None):
            continue
        customer_s = (work.wait_s or 0.0) + ((work.handling_s or 0.0) if work.customer_present else 0.0)
        handling_h = per_year * (work.handling_s or 0.0) / SECONDS_PER_HOUR
        staff_h, cost = _staff_and_cost(work, per_year, handling_h)
        touchpoint = _label(project, "touchpoints", work.touchpoint, language)
        reason = _label(project, "reasons", work.reason, language)
        volume = project.inventory.volumes_of(work.touchpoint, work.reason)[0]
        spots.append(
            Hotspot(
                where=work.key,
                label=language.text("outside_journeys", what=reason),
                journey=None,
                touchpoint=touchpoint,
                reason=reason,
                visits_per_year=per_year,
                customer_h_per_year=per_year * customer_s / SECONDS_PER_HOUR,
                staff_h_per_year=staff_h,
                backstage_h_per_year=0.0,
                cost_per_year=cost,
                ces_mean=_score(project, work.touchpoint, work.reason),
                place=str(volume.place),
            )
        )
    return spots


def _staff_and_cost(work: Work | None, contacts: float, handling_h: float) -> tuple[float | None, float | None]:
    """Hours and cost of some contacts, None where the model does not say; a step without a touchpoint costs neither."""
    if work is None:
        return 0.0, 0.0
    if work.human and work.handling_s is None and handling_h == 0:
        return None, None
    if handling_h > 0 and work.cost_per_hour is None:
        return handling_h, None
    return handling_h, handling_h * (work.cost_per_hour or 0.0) + contacts * work.cost_per_contact


def _label(project: Project, collection: str, key: str | None, language: Language) -> str | None:
    return getattr(project.inventory, collection)[key].label(language.code) if key else None


def _score(project: Project, touchpoint: str | None, reason: str | None) -> float | None:
    volume = project.inventory.volumes.get(f"{touchpoint}/{reason}")
    return volume.effort_score.mean if volume and volume.effort_score else None


def journey_efforts(project: Project, language: Language) -> tuple[JourneyEffort, ...]:
    """What one started journey takes, per journey."""
    rows = []
    for flow in project.flows.values():
        journey = project.inventory.journeys[flow.journey]
        starts = flow.starts_per_month
        rows.append(
            JourneyEffort(
                journey=flow.journey,
                label=journey.label(language.code),
                starts_per_year=starts * MONTHS_PER_YEAR if starts is not None else None,
                contacts=flow.contacts,
                effort_s=flow.effort_s,
                resolved=flow.resolved,
                gave_up=flow.gave_up,
                unknown=flow.unknown,
                place=str(journey.place),
            )
        )
    return tuple(rows)


def edge_efforts(project: Project) -> tuple[EdgeEffort, ...]:
    """The transitions that cost something themselves, most first."""
    graph = step_graph(project.inventory)
    found = []
    for flow in project.flows.values():
        if flow.starts_per_month is None:
            continue
        per_year = flow.starts_per_month * MONTHS_PER_YEAR
        for (source, target), passages in flow.edges.items():
            edge = graph.edges.get((source, target), {"friction_s": 0.0, "kinds": ()})
            cost_s = edge["friction_s"] + (graph.nodes[source]["penalty_s"] if target == GAVE_UP else 0.0)
            if cost_s * passages > 0:
                step, after = source.partition("/")[2], target.partition("/")[2] or target
                hours = per_year * passages * cost_s / SECONDS_PER_HOUR
                found.append(EdgeEffort(flow.journey, step, after, edge["kinds"], per_year * passages, hours))
    return tuple(sorted(found, key=lambda one: (-one.customer_h_per_year, one.journey, one.step, one.target)))
