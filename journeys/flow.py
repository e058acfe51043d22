"""How many customers pass each step, and how do their journeys end?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from journeys.chain import Chain, chain_of
from journeys.graph import END_NODES, GAVE_UP, KINDS, RESOLVED, UNKNOWN, mix_of, step_graph
from journeys.solving import Vector
from touchpoints.inventory import Inventory


@dataclass(frozen=True, eq=False)
class JourneyFlow:
    """The flow of one journey, over the mixture of its personas.

    Attributes:
        journey: the journey's id.
        starts_per_month: journeys started [1/month], None when the model does not say.
        steps: the nodes `journey/step`.
        visits: expected visits per started journey, by step [1].
        cost_to_go_s: customer time still to come from each step on, friction and giving up included [s].
        effort_s: customer time of a started journey [s].
        customer_s: customer time at each step per started journey, v_i c_i; sums to effort_s [s].
        staff_s: staff time at each step per started journey, backstage time included [s].
        handling_s: the part of it that is handling [s].
        contacts: steps at a touchpoint per started journey [1].
        resolved, gave_up, unknown: how journeys end [share].
        switches, hand_offs, repeats: expected channel switches, hand-offs, repeats per started journey [1].
        length: expected number of steps, those without a touchpoint included [1].
        length_variance: its variance [1].
        edges: expected passages per started journey, by (from, to) [1].
        starts: share of journeys that starts at each step [1].
        personas: the flow of each persona, when the journey has several.
    """

    journey: str
    starts_per_month: float | None
    steps: tuple[str, ...]
    visits: Mapping[str, float]
    cost_to_go_s: Mapping[str, float]
    effort_s: float
    customer_s: Mapping[str, float]
    staff_s: Mapping[str, float]
    handling_s: Mapping[str, float]
    contacts: float
    resolved: float
    gave_up: float
    unknown: float
    switches: float
    hand_offs: float
    repeats: float
    length: float
    length_variance: float
    edges: Mapping[tuple[str, str], float]
    starts: Mapping[str, float]
    personas: Mapping[str, JourneyFlow]

    @property
    def per_month(self) -> float:
        """Journeys started per month, zero when unknown [1/month]."""
        return self.starts_per_month or 0.0


def journey_flows(inventory: Inventory) -> dict[str, JourneyFlow]:
    """The flow of every journey, mixed over its personas by their shares.

    For persona p with share πp: v = Σ πp vp, E = Σ πp Ep; personas do not change into one another.
    """
    graphs: dict[str | None, nx.DiGraph[str]] = {None: step_graph(inventory)}
    flows = {}
    for name, journey in inventory.journeys.items():
        parts: list[tuple[str | None, float, _Part]] = []
        for persona, share in mix_of(journey).items():
            if persona not in graphs:
                graphs[persona] = step_graph(inventory, persona)
            parts.append((persona, share, _flow(graphs[persona], name)))
        starts = journey.starts.point if journey.starts else None
        flows[name] = _mixed(name, starts, parts)
    return flows


@dataclass(frozen=True, eq=False)
class _Part:
    """The flow of one persona, before mixing."""

    visits: dict[str, float]
    cost_to_go_s: dict[str, float]
    effort_s: float
    customer_s: dict[str, float]
    staff_s: dict[str, float]
    handling_s: dict[str, float]
    contacts: float
    ends: dict[str, float]
    kinds: dict[str, float]
    second_moment: float
    mean_length: float
    edges: dict[tuple[str, str], float]
    starts: dict[str, float]


def _flow(graph: nx.DiGraph[str], journey: str) -> _Part:
    nodes = [node for node, data in graph.nodes(data=True) if data.get("journey") == journey]
    chain = chain_of(graph, nodes)
    visits, data = chain.visits, graph.nodes
    at_touchpoint = np.array([data[node]["touchpoint"] is not None for node in nodes])
    staff_s = np.array([data[node]["staff_s"] for node in nodes], dtype=float)
    handling_s = np.array([data[node]["handling_s"] for node in nodes], dtype=float)
    names = (*chain.steps, *END_NODES)
    pairs = zip(chain.edges.source.tolist(), chain.edges.target.tolist(), strict=True)
    edges = {(names[i], names[j]): p for (i, j), p in zip(pairs, chain.passages.tolist(), strict=True)}
    kinds = dict.fromkeys(KINDS, 0.0)
    for edge, passages in edges.items():
        for kind in graph.edges[edge]["kinds"]:
            kinds[kind] += passages
    mean = float(visits.sum())
    return _Part(
        visits=_by_step(chain, visits),
        cost_to_go_s=_by_step(chain, chain.to_go_s),
        effort_s=chain.effort_s,
        customer_s=_by_step(chain, visits * chain.costs_s),
        staff_s=_by_step(chain, visits * staff_s),
        handling_s=_by_step(chain, visits * handling_s),
        contacts=float(visits @ at_touchpoint),
        ends={end: chain.absorbed(end) for end in END_NODES},
        kinds=kinds,
        second_moment=chain.length_variance + mean**2,
        mean_length=mean,
        edges=edges,
        starts=_by_step(chain, chain.start),
    )


def _by_step(chain: Chain, values: Vector) -> dict[str, float]:
    return dict(zip(chain.steps, values.tolist(), strict=True))


def _mixed(journey: str, starts: float | None, parts: list[tuple[str | None, float, _Part]]) -> JourneyFlow:
    def mean(field: str) -> float:
        return float(sum(share * getattr(part, field) for _, share, part in parts))

    def mean_by(field: str) -> dict[Any, float]:
        total: dict[Any, float] = {}
        for _, share, part in parts:
            for key, value in getattr(part, field).items():
                total[key] = total.get(key, 0.0) + share * value
        return total

    visits, ends, kinds = mean_by("visits"), mean_by("ends"), mean_by("kinds")
    alone = len(parts) == 1
    return JourneyFlow(
        journey=journey,
        starts_per_month=starts,
        steps=tuple(visits),
        visits=visits,
        cost_to_go_s={node: _mean_to_go(node, visits[node], parts) for node in visits},
        effort_s=mean("effort_s"),
        customer_s=mean_by("customer_s"),
        staff_s=mean_by("staff_s"),
        handling_s=mean_by("handling_s"),
        contacts=mean("contacts"),
        resolved=ends[RESOLVED],
        gave_up=ends[GAVE_UP],
        unknown=ends[UNKNOWN],
        switches=kinds["channel_switch"],
        hand_offs=kinds["hand_off"],
        repeats=kinds["repeat"],
        length=mean("mean_length"),
        length_variance=mean("second_moment") - mean("mean_length") ** 2,
        edges=mean_by("edges"),
        starts=mean_by("starts"),
        personas={}
        if alone
        else {
            name: _mixed(journey, starts * share if starts is not None else None, [(name, 1.0, part)])
            for name, share, part in parts
            if name is not None
        },
    )


def _mean_to_go(node: str, visits: float, parts: list[tuple[str | None, float, _Part]]) -> float:
    """The cost-to-go of those who are at a step; where nobody is, of those who would be."""
    if visits == 0:
        return sum(share * part.cost_to_go_s[node] for _, share, part in parts)
    return sum(share * part.visits[node] * part.cost_to_go_s[node] for _, share, part in parts) / visits
