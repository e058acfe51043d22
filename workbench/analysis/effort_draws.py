"""How sure is the ranking of the effort hotspots: which intervals, and in how many draws is each in the top five?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journeys.graph import END_NODES, GAVE_UP, KINDS, UNKNOWN, is_present, starts_of, step_graph, times_of
from touchpoints.quantities import Share
from touchpoints.records.contact import Volume
from touchpoints.records.journey import Journey, Rest, ShareOrRest
from workbench.analysis.uncertainty import Draws, Sampler
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR
from workbench.project import Project

DRAWS = 10_000
SEED = 1
TOP = 5
CHUNK_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Spread:
    """What the draws say of one hotspot.

    Attributes:
        low, high: 10th and 90th percentile of its customer hours a year [h/year].
        in_top: share of draws in which it is among the five largest [1].
    """

    low: float
    high: float
    in_top: float


@dataclass(frozen=True)
class EffortDraws:
    """Spread per hotspot (journey/step, or touchpoint/reason outside journeys), and of the total."""

    spreads: Mapping[str, Spread]
    journeys: Mapping[str, tuple[float, float]]
    total: tuple[float, float]
    draws: int
    seed: int


def effort_draws(project: Project, draws: int = DRAWS, seed: int = SEED) -> EffortDraws:
    """Monte Carlo of the yearly customer hours of every hotspot.

    Every draw takes all shares (each row renormalised), times, starts, volumes, friction and penalties anew and solves
    the chains, many at once.
    """
    sampler = Sampler(project.inventory, draws, seed)
    hours: dict[str, Draws] = {}
    flows: dict[tuple[str, str | None], Draws] = {}
    journeys: dict[str, tuple[float, float]] = {}
    for journey in project.inventory.journeys.values():
        visits, customer_s = _journey(sampler, journey)
        journeys[journey.id] = _interval(customer_s.sum(axis=1))
        if journey.starts is None:
            continue  # what it takes in a year is not known
        starts = sampler.of(journey.starts) * MONTHS_PER_YEAR
        for index, (name, step) in enumerate(journey.steps.items()):
            hours[f"{journey.id}/{name}"] = starts * customer_s[:, index] / SECONDS_PER_HOUR
            if step.touchpoint is not None:
                key = (step.touchpoint, step.reason)
                flows[key] = flows.get(key, 0.0) + starts * visits[:, index]
    hours |= dict(_rests(sampler, flows))
    if not hours:
        return EffortDraws({}, journeys, (0.0, 0.0), draws, seed)
    in_top = _shares_in_top(list(hours.values()))
    spreads = {name: Spread(*_interval(one), share) for (name, one), share in zip(hours.items(), in_top, strict=True)}
    return EffortDraws(spreads, journeys, _interval(sum(hours.values(), np.zeros(draws))), draws, seed)


def _interval(values: Draws) -> tuple[float, float]:
    low, high = np.percentile(values, [10, 90])
    return float(low), float(high)


def _shares_in_top(hours: Sequence[Draws]) -> list[float]:
    """Share of the draws in which each place is among the largest [1]."""
    if len(hours) <= TOP:
        return [1.0] * len(hours)
    counts, draws = np.zeros(len(hours)), len(hours[0])
    step = max(1, CHUNK_BYTES // (8 * len(hours)))
    for first in range(0, draws, step):
        table = np.column_stack([one[first : first + step] for one in hours])
        largest = np.argpartition(-table, TOP - 1, axis=1)[:, :TOP]
        counts += np.bincount(largest.ravel(), minlength=len(hours))
    return [float(share) for share in counts / draws]


def _rests(sampler: Sampler, flows: Mapping[tuple[str, str | None], Draws]) -> Iterator[tuple[str, Draws]]:
    """Hours of the contacts that no journey explains, by touchpoint/reason."""
    volumes: dict[tuple[str, str | None], list[Volume]] = {}
    for volume in sampler.inventory.volumes.values():
        volumes.setdefault((volume.touchpoint, volume.reason), []).append(volume)
    for (touchpoint_id, reason), parts in volumes.items():
        contacts, time_s = np.zeros(sampler.draws), np.zeros(sampler.draws)
        for volume in parts:
            part = sampler.once(volume.contacts) * MONTHS_PER_YEAR
            contacts += part
            time_s += part * _customer_s(sampler, volume)
        rest = np.maximum(0.0, contacts - flows.get((touchpoint_id, reason), 0.0))
        mean_s = np.divide(time_s, contacts, out=np.zeros_like(time_s), where=contacts > 0)
        if rest.any():
            yield f"{touchpoint_id}/{reason}", rest * mean_s / SECONDS_PER_HOUR


def _customer_s(sampler: Sampler, volume: Volume) -> Draws:
    """The customer's time of one of the contacts of a volume [s]."""
    inventory = sampler.inventory
    touchpoint = inventory.touchpoints[volume.touchpoint]
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    wait_s = sampler.once(volume.wait)
    return wait_s + sampler.once(volume.handling_time) if channel is None or channel.customer_present else wait_s


def _journey(sampler: Sampler, journey: Journey) -> tuple[Draws, Draws]:
    """Visits [1] and customer time [s] per started journey, draws × steps, over the mixture of the personas."""
    mix: dict[str | None, Draws] = {None: np.ones(sampler.draws)}
    if journey.personas:
        mix = dict(_row(sampler, journey.personas).items())
    size = (sampler.draws, len(journey.steps))
    visits, customer_s = np.zeros(size), np.zeros(size)
    for persona, weight in mix.items():
        passing, cost_s = _solved(sampler, journey, persona)
        visits += weight[:, None] * passing
        customer_s += weight[:, None] * passing * cost_s
    return visits, customer_s


def _row(sampler: Sampler, row: Mapping[str, ShareOrRest]) -> dict[str, Draws]:
    """Draws of a row of shares that sum to one; `rest` takes what the others leave."""
    drawn = {key: sampler.of(share) for key, share in row.items() if isinstance(share, Share)}
    total = np.sum(list(drawn.values()), axis=0) if drawn else np.zeros(sampler.draws)
    resting = next((key for key, share in row.items() if isinstance(share, Rest)), None)
    if resting is not None:
        drawn[resting] = np.maximum(0.0, 1.0 - total)
        total = np.maximum(total, 1.0)
    safe = np.where(total > 0, total, 1.0)
    return {key: values / safe for key, values in drawn.items()}


def _solved(sampler: Sampler, journey: Journey, persona: str | None) -> tuple[Draws, Draws]:
    """Visits [1] and cost of a visit [s], draws × steps, for one persona."""
    inventory, steps = sampler.inventory, list(journey.steps)
    index = {name: i for i, name in enumerate(steps)}
    graph = step_graph(inventory, persona, [journey])
    friction = {kind: sampler.of(getattr(inventory.friction, kind)) for kind in KINDS}
    penalty = sampler.of(journey.gave_up.penalty) if journey.gave_up else np.zeros(sampler.draws)
    q: dict[tuple[int, int], Draws] = {}
    cost_s = np.zeros((sampler.draws, len(steps)))
    for i, (name, step) in enumerate(journey.steps.items()):
        times = {key: sampler.of(time) for key, time in times_of(inventory, step, persona).items()}
        if not is_present(inventory, step):
            times.pop("handling_time", None)
        cost_s[:, i] = np.sum(list(times.values()), axis=0) if times else 0.0
        override = step.by_persona.get(persona) if persona else None
        row = override.next if override and override.next is not None else step.next
        for target, share in (_row(sampler, row) if row is not None else {UNKNOWN: np.ones(sampler.draws)}).items():
            if target == GAVE_UP:
                cost_s[:, i] += share * penalty
            if target in END_NODES:
                continue
            q[i, index[target]] = share
            for kind in graph.edges[f"{journey.id}/{name}", f"{journey.id}/{target}"]["kinds"]:
                cost_s[:, i] += share * friction[kind]
    starts = _row(sampler, journey.start) if journey.start else starts_of(journey)
    start = np.zeros((sampler.draws, len(steps)))
    for name, part in starts.items():
        start[:, index[name]] = part
    return _visits(q, start), cost_s


def _visits(q: Mapping[tuple[int, int], Draws], start: Draws) -> Draws:
    """V of vᵀ (I − Q) = sᵀ for every draw, as many at once as fit into the memory set aside."""
    draws, n = start.shape
    visits = np.empty_like(start)
    chunk = max(1, CHUNK_BYTES // (8 * n * n))
    for first in range(0, draws, chunk):
        part = slice(first, min(draws, first + chunk))
        matrix = np.broadcast_to(np.eye(n), (part.stop - first, n, n)).copy()
        for (i, j), share in q.items():
            matrix[:, j, i] -= share[part]
        visits[part] = np.linalg.solve(matrix, start[part][:, :, None])[:, :, 0]
    return visits
