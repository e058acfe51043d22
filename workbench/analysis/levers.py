"""Which single change to a journey would save customers the most effort?

Sensitivities are exact derivatives of the total effort in every share and every time; the improvements are exact for
the finite change they name, and never let more customers give up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.chain import Chain, chain_of
from journeys.graph import END_NODES, mix_of, step_graph
from journeys.sensitivity import Sensitivity, improvements
from touchpoints.faults import Place
from touchpoints.records.journey import Journey
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR
from workbench.project import Project

RELATIVE = 0.10
"""The part of the customers of a transition that goes elsewhere in an improvement."""


@dataclass(frozen=True)
class ShareLever:
    """A share of the model and what moves with it.

    Attributes:
        journey, step, target: the transition.
        persona: whose row it is, None for the row that everyone without one of their own follows.
        share: as the model states it [1].
        passages_per_year: customers who take it; None where it is not known how many start [1/year].
        point_h_per_year: change of the yearly effort when one point (1%) more takes it and the others give way in
            proportion; None where there is no other, or no starts are known [h/year].
        saved_h_per_year: customer hours saved when a tenth of those who take it goes elsewhere, exactly; None when it
            would save nothing, or no starts are known [h/year].
    """

    journey: str
    step: str
    target: str
    persona: str | None
    share: float
    passages_per_year: float | None
    point_h_per_year: float | None
    saved_h_per_year: float | None
    place: str


@dataclass(frozen=True)
class TimeLever:
    """A step, and the customer hours a year that a minute less there saves, None without known starts [h/year]."""

    journey: str
    step: str
    minute_h_per_year: float | None
    place: str


def share_levers(project: Project) -> tuple[ShareLever, ...]:
    """Every transition share of every journey, those that save most first."""
    found = [lever for journey in project.inventory.journeys.values() for lever in _of_journey(project, journey)]
    found.sort(key=lambda one: (-(one.saved_h_per_year or 0.0), one.journey, one.step, one.target, one.persona or ""))
    return tuple(found)


def time_levers(project: Project) -> tuple[TimeLever, ...]:
    """Every step, with what a minute less saves; that is v_i, the visits."""
    found = []
    for flow in project.flows.values():
        journey = project.inventory.journeys[flow.journey]
        scale = MONTHS_PER_YEAR * 60 / SECONDS_PER_HOUR
        starts = flow.starts_per_month
        for node in flow.steps:
            step = node.partition("/")[2]
            place = str(journey.where("steps", step))
            hours = starts * flow.visits[node] * scale if starts is not None else None
            found.append(TimeLever(flow.journey, step, hours, place))
    return tuple(sorted(found, key=lambda one: (-(one.minute_h_per_year or 0.0), one.journey, one.step)))


@dataclass
class _Sums:
    """What the personas who follow a row add up to."""

    share: float = 0.0
    passages: float = 0.0
    by_share_s: float | None = None
    saved_s: float = 0.0


def _of_journey(project: Project, journey: Journey) -> Iterator[ShareLever]:
    starts = journey.starts.point * MONTHS_PER_YEAR if journey.starts else None
    sums: dict[tuple[str, str, str | None], _Sums] = {}
    for persona, weight in mix_of(journey).items():
        graph = step_graph(project.inventory, persona, [journey])
        chain = chain_of(graph, [f"{journey.id}/{step}" for step in journey.steps])
        _add(sums, journey, persona, weight, chain)
    for (step, target, owner), one in sums.items():
        point_s = one.by_share_s
        yield ShareLever(
            journey=journey.id,
            step=step,
            target=target,
            persona=owner,
            share=one.share,
            passages_per_year=starts * one.passages if starts is not None else None,
            point_h_per_year=None if starts is None or point_s is None else starts * point_s * 0.01 / SECONDS_PER_HOUR,
            saved_h_per_year=starts * one.saved_s / SECONDS_PER_HOUR if starts and one.saved_s > 0 else None,
            place=str(_place(journey, step, target, owner)),
        )


def _place(journey: Journey, step: str, target: str, owner: str | None) -> Place:
    path = ("steps", step, "by_persona", owner) if owner else ("steps", step)
    return journey.where(*path, "next", target)


def _add(
    sums: dict[tuple[str, str, str | None], _Sums], journey: Journey, persona: str | None, weight: float, chain: Chain
) -> None:
    """Add what one persona contributes to the rows it follows."""
    sensitivity = Sensitivity(chain)
    by_share = sensitivity.by_share.tolist()
    saved = {one.edge: one.saved_s for one in improvements(sensitivity, RELATIVE)}
    names = [node.partition("/")[2] for node in chain.steps] + list(END_NODES)
    sources, targets = chain.edges.source.tolist(), chain.edges.target.tolist()
    for edge, (source, target) in enumerate(zip(sources, targets, strict=True)):
        step = journey.steps[names[source]]
        if step.next is None and not (persona and persona in step.by_persona):
            continue
        override = step.by_persona.get(persona) if persona else None
        owner = persona if override is not None and override.next is not None else None
        one = sums.setdefault((names[source], names[target], owner), _Sums())
        one.share = float(chain.edges.share[edge])
        one.passages += weight * float(chain.passages[edge])
        if by_share[edge] == by_share[edge]:
            one.by_share_s = (one.by_share_s or 0.0) + weight * by_share[edge]
        one.saved_s += weight * saved.get(edge, 0.0)
