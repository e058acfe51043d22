"""Can the customers of every journey start, reach every step, and come to an end?"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from journeys.graph import END_NODES, RESOLVED, starts_of, step_graph
from touchpoints.faults import Fault
from touchpoints.inventory import Inventory
from touchpoints.records.journey import ENDS, RESERVED, Journey

LEAST_SHARE = 1e-9
"""The share below which nobody takes a way."""


def unsound(inventory: Inventory) -> Iterator[Fault]:
    """The steps nobody reaches and the sets of steps that nobody leaves, with their places.

    Steps are reached by any share that is written, also by 0% (a step prepared for a scenario); they are left only
    by shares above one in a billion, below which visits have no finite number in floating point. Each persona's own
    rows are held to the same rule.
    """
    sound = {name: journey for name, journey in inventory.journeys.items() if _closed(journey)}
    yield from _unsound_for(inventory, sound, None)
    personas = {name for journey in sound.values() for step in journey.steps.values() for name in step.by_persona}
    for persona in sorted(personas & set(inventory.personas)):
        yield from _unsound_for(inventory, sound, persona)


def _closed(journey: Journey) -> bool:
    """Whether every row names steps of the journey only (the others are faults already)."""
    known = {*journey.steps, *ENDS}
    rows = [step.next for step in journey.steps.values()]
    rows += [override.next for step in journey.steps.values() for override in step.by_persona.values()]
    return all(set(row) <= known for row in [*rows, journey.start] if row)


def _unsound_for(inventory: Inventory, journeys: dict[str, Journey], persona: str | None) -> Iterator[Fault]:
    graph = step_graph(inventory, persona, journeys.values())
    whose = f" for '{persona}'" if persona else ""
    leaving = nx.subgraph_view(graph, filter_edge=lambda a, b: graph.edges[a, b]["share"] > LEAST_SHARE)
    ending: set[str] = set()
    for end in END_NODES:
        if end in graph:
            ending |= nx.ancestors(leaving, end)
    for journey in journeys.values():
        names = {f"{journey.id}/{step}": step for step in journey.steps}
        first = [f"{journey.id}/{step}" for step in starts_of(journey) if step in journey.steps]
        reached = set(first).union(*(nx.descendants(graph, node) for node in first))
        # A step that says nothing yet about what follows may lead to the others.
        if persona is None and all(step.next is not None for step in journey.steps.values()):
            for node, step in names.items():
                if step in RESERVED or node in reached:  # a `next` cannot name a reserved word: that is its fault
                    continue
                if not _reached_by_a_persona(journey, step):
                    message = f"journey '{journey.id}': nobody reaches step '{step}'; name it in a `next` or in `start`"
                    yield Fault(journey.where("steps", step), "unreachable-step", message)
        stuck = [step for node, step in names.items() if node in reached and node not in ending]
        if stuck:
            shown = ", ".join(f"'{step}'" for step in stuck[:10]) + (" …" if len(stuck) > 10 else "")
            message = (
                f"journey '{journey.id}': nobody can leave {shown}{whose}; "
                "give one of them a way to `resolved` or `gave_up`"
            )
            yield Fault(journey.where("steps", stuck[0]), "no-end", message)
        elif persona is None and not _ends_well(journey):
            message = f"journey '{journey.id}': no customer is ever helped; give a step `next: resolved`"
            yield Fault(journey.place, "never-resolved", message)


def _ends_well(journey: Journey) -> bool:
    """Whether a step leads to `resolved`, or one is open still."""
    rows = [step.next for step in journey.steps.values()]
    rows += [override.next for step in journey.steps.values() for override in step.by_persona.values()]
    return any(row is None or RESOLVED in row for row in rows)


def _reached_by_a_persona(journey: Journey, step: str) -> bool:
    rows = [override.next for other in journey.steps.values() for override in other.by_persona.values()]
    return any(step in row for row in rows if row)
