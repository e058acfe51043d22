"""How many customers pass each step, and how do their journeys end?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from journeys.chain import Chain, Vector, chain_of
from journeys.graph import GAVE_UP, RESOLVED, UNKNOWN, step_graph
from touchpoints.inventory import Inventory
from touchpoints.records.journey import resolve_shares


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
        contacts: steps at a touchpoint per started journey [1].
        resolved, gave_up, unknown: how journeys end [share].
        length_variance: variance of the number of steps [1].
        edges: expected passages per started journey, by (from, to) [1].
    """

    journey: str
    starts_per_month: float | None
    steps: tuple[str, ...]
    visits: Mapping[str, float]
    cost_to_go_s: Mapping[str, float]
    effort_s: float
    customer_s: Mapping[str, float]
    staff_s: Mapping[str, float]
    contacts: float
    resolved: float
    gave_up: float
    unknown: float
    length_variance: float
    edges: Mapping[tuple[str, str], float]

    @property
    def per_month(self) -> float:
        """Journeys started per month, zero when unknown [1/month]."""
        return self.starts_per_month or 0.0


def step_costs_s(graph: nx.DiGraph[str], chain: Chain) -> Vector:
    """Customer time of a visit with the friction and penalty of leaving it, c_i = w_i + Σ q_ik f_ik [s]."""
    costs = np.array([graph.nodes[node].get("customer_s", 0.0) for node in chain.steps], dtype=float)
    for i, node in enumerate(chain.steps):
        data = graph.nodes[node]
        for target, edge in graph.adj[node].items():
            costs[i] += edge["share"] * edge.get("friction_s", 0.0)
            if target == GAVE_UP:
                costs[i] += edge["share"] * data.get("penalty_s", 0.0)
    return costs


def journey_flows(inventory: Inventory) -> dict[str, JourneyFlow]:
    """The flow of every journey, mixed over its personas by their shares.

    For persona p with share πp: v = Σ πp vp, E = Σ πp Ep; personas do not change into one another.
    """
    graphs: dict[str | None, nx.DiGraph[str]] = {None: step_graph(inventory)}
    flows = {}
    for name, journey in inventory.journeys.items():
        mix: dict[str | None, float] = {None: 1.0}
        if journey.personas:
            mix = dict(resolve_shares(journey.personas).items())
        parts = []
        for persona, share in mix.items():
            if persona not in graphs:
                graphs[persona] = step_graph(inventory, persona)
            parts.append((share, _flow(graphs[persona], name)))
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
    contacts: float
    ends: dict[str, float]
    second_moment: float
    mean_length: float
    edges: dict[tuple[str, str], float]


def _flow(graph: nx.DiGraph[str], journey: str) -> _Part:
    nodes = [node for node, data in graph.nodes(data=True) if data.get("journey") == journey]
    chain = chain_of(graph, nodes)
    visits = chain.visits
    costs_s = step_costs_s(graph, chain)
    staff_s = np.array([graph.nodes[node]["staff_s"] for node in chain.steps], dtype=float)
    to_go = chain.solve_right(costs_s)
    at_touchpoint = np.array([graph.nodes[node]["touchpoint"] is not None for node in chain.steps])
    mean = float(visits.sum())
    edges = {
        (node, target): float(visits[i]) * edge["share"]
        for i, node in enumerate(chain.steps)
        for target, edge in graph.adj[node].items()
    }
    return _Part(
        visits=dict(zip(chain.steps, visits.tolist(), strict=True)),
        cost_to_go_s=dict(zip(chain.steps, to_go.tolist(), strict=True)),
        effort_s=float(chain.start @ to_go),
        customer_s=dict(zip(chain.steps, (visits * costs_s).tolist(), strict=True)),
        staff_s=dict(zip(chain.steps, (visits * staff_s).tolist(), strict=True)),
        contacts=float(visits @ at_touchpoint),
        ends={end: chain.absorbed(end) for end in (RESOLVED, GAVE_UP, UNKNOWN)},
        second_moment=chain.contacts_variance + mean**2,
        mean_length=mean,
        edges=edges,
    )


def _mixed(journey: str, starts: float | None, parts: list[tuple[float, _Part]]) -> JourneyFlow:
    def mean(field: str) -> float:
        return float(sum(share * getattr(part, field) for share, part in parts))

    def mean_by_step(field: str) -> dict[str, float]:
        return {node: float(sum(share * getattr(part, field)[node] for share, part in parts)) for node in steps}

    steps = tuple(parts[0][1].visits)
    edges: dict[tuple[str, str], float] = {}
    for share, part in parts:
        for edge, passages in part.edges.items():
            edges[edge] = edges.get(edge, 0.0) + share * passages
    visits = mean_by_step("visits")
    to_go = {node: _mean_to_go(node, visits[node], parts) for node in steps}
    return JourneyFlow(
        journey=journey,
        starts_per_month=starts,
        steps=steps,
        visits=visits,
        cost_to_go_s=to_go,
        effort_s=mean("effort_s"),
        customer_s=mean_by_step("customer_s"),
        staff_s=mean_by_step("staff_s"),
        contacts=mean("contacts"),
        resolved=sum(share * part.ends[RESOLVED] for share, part in parts),
        gave_up=sum(share * part.ends[GAVE_UP] for share, part in parts),
        unknown=sum(share * part.ends[UNKNOWN] for share, part in parts),
        length_variance=mean("second_moment") - mean("mean_length") ** 2,
        edges=edges,
    )


def _mean_to_go(node: str, visits: float, parts: list[tuple[float, _Part]]) -> float:
    """The cost-to-go of those who are at a step; where nobody is, of those who would be."""
    if visits == 0:
        return sum(share * part.cost_to_go_s[node] for share, part in parts)
    return sum(share * part.visits[node] * part.cost_to_go_s[node] for share, part in parts) / visits
