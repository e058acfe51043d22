"""Do the journeys and the inventoried volumes tell of the same contacts?

Journey flow and volume match on touchpoint and reason. The inventoried volume wins: what no journey explains is a
rest, max(0, volume − flow); a flow above the volume is a finding, and never adds contacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from journeys.flow import JourneyFlow, journey_flows
from journeys.graph import RESOLVED, step_graph
from touchpoints.faults import Fault
from touchpoints.inventory import Inventory

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The contacts of one touchpoint and reason by both counts [1/month]; None where one of them is silent."""

    touchpoint: str
    reason: str | None
    volume_per_month: float | None
    flow_per_month: float | None
    steps: tuple[str, ...]

    @property
    def contacts_per_month(self) -> float:
        """The count that holds: the volume where there is one, else the flow."""
        return self.volume_per_month if self.volume_per_month is not None else self.flow_per_month or 0.0

    @property
    def rest_per_month(self) -> float:
        """Contacts that no journey explains, max(0, volume − flow).

        Example:
            >>> Reconciled("kcc_phone", "moving", 1350.0, 900.0, ("move/call",)).rest_per_month
            450.0
        """
        return max(0.0, (self.volume_per_month or 0.0) - (self.flow_per_month or 0.0))

    @property
    def excess_per_month(self) -> float:
        """Contacts of the journeys that were not counted, max(0, flow − volume)."""
        if self.volume_per_month is None:
            return 0.0
        return max(0.0, (self.flow_per_month or 0.0) - self.volume_per_month)


def reconcile(inventory: Inventory, flows: Mapping[str, JourneyFlow] | None = None) -> tuple[Reconciled, ...]:
    """Volume and flow of every touchpoint and reason, each contact counted once."""
    flows = journey_flows(inventory) if flows is None else flows
    flow: dict[tuple[str, str | None], float | None] = {}
    steps: dict[tuple[str, str | None], list[str]] = {}
    for name, journey in inventory.journeys.items():
        for step_name, step in journey.steps.items():
            if step.touchpoint is None:
                continue
            key = (step.touchpoint, step.reason)
            node = f"{name}/{step_name}"
            steps.setdefault(key, []).append(node)
            starts = flows[name].starts_per_month
            if starts is not None:
                flow[key] = (flow.get(key) or 0.0) + starts * flows[name].visits[node]
    volumes: dict[tuple[str, str | None], float] = {}
    for volume in inventory.volumes.values():
        if volume.contacts is not None:
            key = (volume.touchpoint, volume.reason)
            volumes[key] = volumes.get(key, 0.0) + volume.contacts.point
    keys = list(dict.fromkeys([*volumes, *steps]))
    return tuple(Reconciled(*key, volumes.get(key), flow.get(key), tuple(steps.get(key, ()))) for key in keys)


def contradictions(inventory: Inventory, reconciled: tuple[Reconciled, ...]) -> Iterator[Fault]:
    """A finding for each touchpoint and reason to which journeys bring more contacts than were counted."""
    places = {(volume.touchpoint, volume.reason): volume for volume in inventory.volumes.values()}
    for pair in reconciled:
        if pair.excess_per_month <= TOLERANCE * max(1.0, pair.contacts_per_month):
            continue
        volume = places[pair.touchpoint, pair.reason or ""]
        message = (
            f"volume '{volume.id}': journeys bring {pair.flow_per_month:,.0f} contacts a month "
            f"({', '.join(pair.steps[:3])}), {pair.volume_per_month:,.0f} were counted; check `starts` and the shares"
        )
        yield Fault(volume.where("contacts"), "flow-exceeds-volume", message)


def build_graph(inventory: Inventory, persona: str | None = None) -> nx.DiGraph[str]:
    """The journey graph that all analyses share: steps, ends, and the rests that no journey explains.

    To the nodes and edges of `step_graph` it adds a node `rest/touchpoint/reason` per rest, with the contacts
    `starts_per_month` [1/month] and one edge to `resolved`; and to each step of a journey with known starts
    `visits` per started journey [1] and `per_month` [1/month], to each edge `passages_per_month` [1/month].
    """
    graph = step_graph(inventory, persona)
    flows = journey_flows(inventory)
    for flow in flows.values():
        for node, visits in flow.visits.items():
            graph.nodes[node]["visits"] = visits
            graph.nodes[node]["per_month"] = visits * flow.per_month
        for edge, passages in flow.edges.items():
            if edge in graph.edges:
                graph.edges[edge]["passages_per_month"] = passages * flow.per_month
    for pair in reconcile(inventory, flows):
        if pair.rest_per_month <= TOLERANCE:
            continue
        touchpoint = inventory.touchpoints[pair.touchpoint]
        node = f"rest/{pair.touchpoint}/{pair.reason}"
        graph.add_node(
            node,
            touchpoint=pair.touchpoint,
            channel=touchpoint.channel,
            reason=pair.reason,
            owner=touchpoint.owner,
            starts_per_month=pair.rest_per_month,
            per_month=pair.rest_per_month,
        )
        graph.add_edge(node, RESOLVED, share=1.0, kinds=(), friction_s=0.0, passages_per_month=pair.rest_per_month)
    return graph
