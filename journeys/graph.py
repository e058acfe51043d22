"""What are the steps of a model, and with which shares do customers go from one to the next?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from touchpoints.inventory import Inventory
from touchpoints.quantities import Duration
from touchpoints.records.contact import Channel, Touchpoint, Volume
from touchpoints.records.journey import ENDS, Journey, Step, resolve_shares

RESOLVED, GAVE_UP = ENDS
UNKNOWN = "unknown"
END_NODES = (RESOLVED, GAVE_UP, UNKNOWN)
KINDS = ("channel_switch", "hand_off", "repeat")
"""What can make a transition an effort."""


@dataclass(frozen=True, slots=True)
class Match:
    """The volume that counts the contacts of a step, if the model has one."""

    touchpoint: Touchpoint | None
    volume: Volume | None


def step_graph(
    inventory: Inventory, persona: str | None = None, journeys: Iterable[Journey] | None = None
) -> nx.DiGraph[str]:
    """The steps of journeys as a graph: a node `journey/step` per step, the ends, and the shares between them.

    Node attributes: journey, step, label, touchpoint, channel, reason, owner, phase, emotion, start (share of the
    journey's starts), wait_s, handling_s, own_time_s, backstage_s, staff_s (handling and
    backstage time), customer_s (customer's time of a visit), penalty_s (of giving up here).
    Edge attributes: share, kinds (channel_switch, hand_off, repeat), friction_s.
    A step without `next` leads to the node `unknown`: its continuation is missing, not refused.

    Args:
        inventory: a model without errors.
        persona: the persona whose rows and times go before the general ones.
        journeys: those whose steps are in it; all of the model when not given.

    Raises:
        ValueError: the persona is not in the model.
    """
    if persona is not None and persona not in inventory.personas:
        raise ValueError(f"persona must be one of {sorted(inventory.personas)}, got {persona!r}")
    graph: nx.DiGraph[str] = nx.DiGraph(name=inventory.name, persona=persona)
    graph.add_node(RESOLVED, end=True)
    graph.add_node(GAVE_UP, end=True)
    chosen = tuple(inventory.journeys.values() if journeys is None else journeys)
    for journey in chosen:
        _add_steps(graph, inventory, journey, persona)
    for journey in chosen:
        _add_edges(graph, inventory, journey, persona)
    return graph


def starts_of(journey: Journey) -> dict[str, float]:
    """The share of starts per step; all at the first step when the model does not say."""
    return resolve_shares(journey.start) if journey.start else {next(iter(journey.steps)): 1.0}


def mix_of(journey: Journey) -> dict[str | None, float]:
    """The share of each persona among those who make a journey; None alone when the model tells none apart."""
    return dict(resolve_shares(journey.personas).items()) if journey.personas else {None: 1.0}


def row_of(step: Step, persona: str | None) -> dict[str, float]:
    """The shares with which customers go on from a step, those of the persona first."""
    override = step.by_persona.get(persona) if persona else None
    row = override.next if override and override.next is not None else step.next
    return resolve_shares(row) if row is not None else {UNKNOWN: 1.0}


def match_volume(inventory: Inventory, step: Step, persona: str | None) -> Match:
    """The touchpoint of a step and the volume of its touchpoint and reason (that of the persona first)."""
    if step.touchpoint is None:
        return Match(None, None)
    touchpoint = inventory.touchpoints.get(step.touchpoint)
    key = f"{step.touchpoint}/{step.reason}"
    volume = inventory.volumes.get(f"{key}/{persona}") if persona else None
    return Match(touchpoint, volume or inventory.volumes.get(key))


TIMES = ("wait", "handling_time", "own_time")


def times_of(inventory: Inventory, step: Step, persona: str | None) -> dict[str, Duration]:
    """The times of a step that the model states: the persona's own, the step's, else those of the matching volume."""
    override = step.by_persona.get(persona) if persona else None
    volume = match_volume(inventory, step, persona).volume
    stated: dict[str, Duration] = {}
    for field in TIMES:
        for part in (override, step, volume):
            time = getattr(part, field, None)
            if time is not None:
                stated[field] = time
                break
    return stated


def is_present(inventory: Inventory, step: Step) -> bool:
    """Whether handling takes the customer's time too; where no channel says otherwise it does."""
    channel = _channel_of(inventory, step)
    return channel is None or channel.customer_present


def _channel_of(inventory: Inventory, step: Step) -> Channel | None:
    touchpoint = inventory.touchpoints.get(step.touchpoint) if step.touchpoint else None
    return inventory.channels.get(touchpoint.channel) if touchpoint and touchpoint.channel else None


def _add_steps(graph: nx.DiGraph[str], inventory: Inventory, journey: Journey, persona: str | None) -> None:
    starts = starts_of(journey)
    penalty = journey.gave_up.penalty if journey.gave_up else None
    for name, step in journey.steps.items():
        override = step.by_persona.get(persona) if persona else None
        match = match_volume(inventory, step, persona)
        touchpoint, volume, channel = match.touchpoint, match.volume, _channel_of(inventory, step)
        times = times_of(inventory, step, persona)
        wait_s, handling_s, own_time_s = (times[field].point if field in times else 0.0 for field in TIMES)
        backstage_s = sum(action.time.point for action in step.backstage if action.time)
        emotion = override.emotion if override and override.emotion is not None else step.emotion
        graph.add_node(
            f"{journey.id}/{name}",
            journey=journey.id,
            step=name,
            touchpoint=step.touchpoint,
            channel=channel.id if channel else None,
            reason=step.reason,
            owner=touchpoint.owner if touchpoint else None,
            phase=step.phase,
            emotion=emotion,
            start=starts.get(name, 0.0),
            wait_s=wait_s,
            handling_s=handling_s,
            own_time_s=own_time_s,
            backstage_s=backstage_s,
            staff_s=handling_s + backstage_s,
            customer_s=wait_s + own_time_s + (handling_s if is_present(inventory, step) else 0.0),
            penalty_s=penalty.point if penalty else 0.0,
            volume=volume.id if volume else None,
        )


def _add_edges(graph: nx.DiGraph[str], inventory: Inventory, journey: Journey, persona: str | None) -> None:
    weights = {kind: weight.point if (weight := getattr(inventory.friction, kind)) else 0.0 for kind in KINDS}
    for name, step in journey.steps.items():
        source = f"{journey.id}/{name}"
        for target_name, share in row_of(step, persona).items():
            target = target_name if target_name in END_NODES else f"{journey.id}/{target_name}"
            if target == UNKNOWN and UNKNOWN not in graph:
                graph.add_node(UNKNOWN, end=True)
            kinds = () if target in END_NODES else _kinds(graph.nodes[source], graph.nodes[target])
            friction_s = sum(weights[kind] for kind in kinds)
            graph.add_edge(source, target, share=share, kinds=kinds, friction_s=friction_s)


def _kinds(source: dict[str, object], target: dict[str, object]) -> tuple[str, ...]:
    """What makes a transition an effort: another channel, another owner, the same contact again."""
    kinds = []
    if source["channel"] and target["channel"] and source["channel"] != target["channel"]:
        kinds.append("channel_switch")
    if source["owner"] and target["owner"] and source["owner"] != target["owner"]:
        kinds.append("hand_off")
    same = source["touchpoint"] == target["touchpoint"] and source["reason"] == target["reason"]
    if source is target or (same and source["touchpoint"] and source["reason"]):
        kinds.append("repeat")
    return tuple(kinds)
