"""What is there to show of a journey, step by step, in the order in which customers come by?

The order does not hang on how the YAML is written: phases in their order, within a phase each step after those that
lead to it, and where they lead round, by the mean place at which they are visited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy import sparse

from journeys.drawing import DrawingError
from journeys.flow import JourneyFlow
from journeys.graph import END_NODES, match_volume, row_of
from journeys.pictures.lettering import clean
from journeys.pictures.words import Words
from journeys.solving import Solver, UnsolvableError
from touchpoints.inventory import Inventory, evidence_at
from touchpoints.records.base import Grade, estimates
from touchpoints.records.contact import Touchpoint
from touchpoints.records.journey import Backstage, Journey, Step, resolve_shares

NOBODY = 1e-12
WEAKEST_FIRST: tuple[Grade, ...] = ("contradicted", "assumed", "workshop", "measured", "validated")


@dataclass(frozen=True)
class Way:
    """A transition out of a step.

    Attributes:
        target: a step's id, or an end.
        share: of those at the step [1].
        passages: expected per started journey [1].
        back: whether it leads to the step itself or to one before it.
    """

    target: str
    share: float
    passages: float
    back: bool


@dataclass(frozen=True)
class ShownStep:
    """A step with all that a picture can say about it, in the picture's language.

    Attributes:
        start: share of journeys that start here [1].
        emotions: -2 to 2 for each persona of the journey, None where the model does not say.
        visits: expected per started journey [1].
        customer_s: customer time per started journey, friction and giving up included [s].
        staff_s: staff time per started journey, backstage included [s].
        grade: of the weakest number of the step, None when it has no numbers.
    """

    id: str
    number: int
    label: str
    phase: str
    touchpoint: Touchpoint | None
    touchpoint_label: str
    channel_label: str
    owner_label: str
    start: float
    emotions: tuple[int | None, ...]
    visits: float
    customer_s: float
    staff_s: float
    pain: str
    opportunity: str
    shows: tuple[str, ...]
    backstage: tuple[Backstage, ...]
    grade: Grade | None
    moment_of_truth: bool
    ways: tuple[Way, ...]

    @property
    def customer_s_per_visit(self) -> float:
        """Customer time of a visit [s]."""
        return self.customer_s / self.visits if self.visits > NOBODY else 0.0

    @property
    def staff_s_per_visit(self) -> float:
        """Staff time of a visit [s]."""
        return self.staff_s / self.visits if self.visits > NOBODY else 0.0


@dataclass(frozen=True)
class ShownJourney:
    """A journey with all that a picture can say about it.

    Attributes:
        phases: id and label of the phases that have steps, in order; the id is empty for steps without a phase.
        personas: id, label and share of the journey's personas.
        numbers: the number of every step, those of phases that are left out included.
    """

    id: str
    label: str
    goal: str
    phases: tuple[tuple[str, str], ...]
    personas: tuple[tuple[str, str, float], ...]
    steps: tuple[ShownStep, ...]
    numbers: Mapping[str, int]
    flow: JourneyFlow

    def phase_label(self, phase: str) -> str:
        """The label of a phase."""
        return dict(self.phases).get(phase, "")


def shown_journey(
    inventory: Inventory, flow: JourneyFlow, language: str, most_steps: int, phase: str | None = None
) -> ShownJourney:
    """A journey, or one phase of it, with its steps numbered in order.

    Raises:
        DrawingError: more steps than a reader could follow; the journey and the remedy are named.
        ValueError: the journey has no such phase.
    """
    journey = inventory.journeys[flow.journey]
    if phase is not None and phase not in journey.phases:
        raise ValueError(f"phase must be one of {', '.join(journey.phases)}, got {phase!r}")
    chosen = [name for name, step in journey.steps.items() if phase is None or step.phase == phase]
    _require_few(journey, len(chosen), most_steps, phase)
    words = Words(language)
    order = _order(journey, flow)
    numbers = {name: index for index, name in enumerate(order, start=1)}
    personas = _personas(inventory, journey, language)
    taken = set(chosen)
    steps = tuple(_step(inventory, journey, flow, name, numbers, personas, words) for name in order if name in taken)
    held = {step.phase for step in steps}
    phases = [(key, journey.phase_label(key, language)) for key in journey.phases if key in held]
    if "" in held:
        phases.append(("", words.text("no_phase") if phases else ""))
    goal = journey.goal.text(language) if journey.goal else ""
    return ShownJourney(journey.id, journey.label(language), goal, tuple(phases), personas, steps, numbers, flow)


def _require_few(journey: Journey, steps: int, most: int, phase: str | None) -> None:
    if steps <= most:
        return
    which = f"phase '{phase}' of journey '{journey.id}'" if phase else f"journey '{journey.id}'"
    remedy = "split the journey"
    if phase is None and len(journey.phases) > 1:
        remedy += f", or draw one phase ({', '.join(list(journey.phases)[:8])})"
    raise DrawingError(f"{which} has {steps:,} steps; this picture shows at most {most}; {remedy}")


def _personas(inventory: Inventory, journey: Journey, language: str) -> tuple[tuple[str, str, float], ...]:
    """The journey's personas, largest share first."""
    shares = resolve_shares(journey.personas) if journey.personas else {}
    rows = [(key, inventory.personas[key].label(language), share) for key, share in shares.items()]
    return tuple(sorted(rows, key=lambda row: (-round(row[2], 9), row[0])))


def _order(journey: Journey, flow: JourneyFlow) -> list[str]:
    """The steps by phase; within one, each after those that lead to it, round loops by their mean place, then by id."""
    places = {node.partition("/")[2]: round(place, 6) for node, place in mean_places(flow).items()}
    phases: dict[str | None, list[str]] = {phase: [] for phase in [*journey.phases, None]}
    for name, step in journey.steps.items():
        phases[step.phase if step.phase in journey.phases else None].append(name)
    ordered: list[str] = []
    for names in phases.values():
        inner: nx.DiGraph[str] = nx.DiGraph()
        inner.add_nodes_from(names)
        for (source, target), passages in flow.edges.items():
            one, other = source.partition("/")[2], target.partition("/")[2]
            if passages > NOBODY and one != other and one in inner and other in inner:
                inner.add_edge(one, other)
        loops = nx.condensation(inner)
        for loop in loops:
            members = sorted(loops.nodes[loop]["members"], key=lambda name: (places[name], name))
            loops.nodes[loop].update(members=members, key=(places[members[0]], members))
        for loop in nx.lexicographical_topological_sort(loops, lambda loop, seen=loops.nodes: seen[loop]["key"]):
            ordered.extend(loops.nodes[loop]["members"])
    return ordered


def mean_places(flow: JourneyFlow) -> dict[str, float]:
    """The mean place at which each step is visited, counted from 0: k̄ᵢ = (vN)ᵢ / vᵢ − 1.

    The place of a step is that of its visits, Σₖ k·P(Xₖ = i) / Σₖ P(Xₖ = i); steps that nobody visits follow the
    nearest step that leads to them.

    Source: Kemeny and Snell 1960, section 3.2 (N = Σ Qᵏ, hence Σ k·Qᵏ = QN²).
    """
    visits = np.array([flow.visits[node] for node in flow.steps])
    index = {node: i for i, node in enumerate(flow.steps)}
    inner = [(index[a], index[b], passed) for (a, b), passed in flow.edges.items() if b in index]
    rows = [i for i, _, _ in inner]
    shares = [passed / visits[i] if visits[i] > NOBODY else 0.0 for i, _, passed in inner]
    q = sparse.csr_array((shares, (rows, [j for _, j, _ in inner])), shape=(len(index), len(index)))
    try:
        summed = Solver(q).left(visits)
    except UnsolvableError:
        summed = visits
    places = {
        node: float(summed[i] / visits[i]) - 1.0 if visits[i] > NOBODY else float("inf") for node, i in index.items()
    }
    _place_unvisited(places, flow)
    return places


def _place_unvisited(places: dict[str, float], flow: JourneyFlow) -> None:
    after: dict[str, list[str]] = {}
    for source, target in flow.edges:
        after.setdefault(source, []).append(target)
    reached = sorted((node for node in places if places[node] < float("inf")), key=lambda node: (places[node], node))
    for node in reached:
        for target in sorted(after.get(node, ())):
            if places.get(target) == float("inf"):
                places[target] = places[node] + 1.0
                reached.append(target)


def _step(
    inventory: Inventory,
    journey: Journey,
    flow: JourneyFlow,
    name: str,
    numbers: Mapping[str, int],
    personas: tuple[tuple[str, str, float], ...],
    words: Words,
) -> ShownStep:
    step, node, language = journey.steps[name], f"{journey.id}/{name}", words.language
    touchpoint = inventory.touchpoints.get(step.touchpoint) if step.touchpoint else None
    channel = inventory.channels.get(touchpoint.channel) if touchpoint and touchpoint.channel else None
    owner = inventory.teams.get(touchpoint.owner) if touchpoint and touchpoint.owner else None
    return ShownStep(
        id=name,
        number=numbers[name],
        label=clean(step.label(language)) or name,
        phase=step.phase if step.phase in journey.phases else "",
        touchpoint=touchpoint,
        touchpoint_label=touchpoint.label(language) if touchpoint else "",
        channel_label=channel.label(language) if channel else "",
        owner_label=owner.label(language) if owner else "",
        start=flow.starts.get(node, 0.0),
        emotions=tuple(_emotion(step, key) for key, _, _ in personas) or (step.emotion,),
        visits=flow.visits[node],
        customer_s=flow.customer_s[node],
        staff_s=flow.staff_s[node],
        pain=step.pain.text(language) if step.pain else "",
        opportunity=step.opportunity.text(language) if step.opportunity else "",
        shows=tuple(one.text(language) for one in step.shows),
        backstage=step.backstage,
        grade=_weakest(inventory, journey, name),
        moment_of_truth=node in inventory.moments_of_truth,
        ways=_ways(journey, flow, name, numbers),
    )


def _emotion(step: Step, persona: str) -> int | None:
    override = step.by_persona.get(persona)
    return override.emotion if override and override.emotion is not None else step.emotion


def _ways(journey: Journey, flow: JourneyFlow, name: str, numbers: Mapping[str, int]) -> tuple[Way, ...]:
    """The transitions out of a step: to other steps in their order, then to the ends."""
    node, prefix = f"{journey.id}/{name}", f"{journey.id}/"
    written = row_of(journey.steps[name], None)
    passed = {b.removeprefix(prefix): passages for (a, b), passages in flow.edges.items() if a == node}
    visits = flow.visits[node]
    ways = [
        Way(
            target,
            share=passed.get(target, 0.0) / visits if visits > NOBODY else written.get(target, 0.0),
            passages=passed.get(target, 0.0),
            back=numbers.get(target, len(numbers) + 1) <= numbers[name],
        )
        for target in {**written, **passed}
    ]
    ends = {end: len(numbers) + 1 + index for index, end in enumerate(END_NODES)}
    return tuple(sorted(ways, key=lambda way: numbers.get(way.target) or ends[way.target]))


def _weakest(inventory: Inventory, journey: Journey, name: str) -> Grade | None:
    """The grade of the weakest number a step rests on, the times it takes from its volume included."""
    step = journey.steps[name]
    found = {evidence_at(journey, ("steps", name, *place)).grade for place, _ in estimates(step)}
    counted = match_volume(inventory, step, None).volume
    for field in ("handling_time", "wait"):
        if counted is not None and getattr(step, field) is None and getattr(counted, field) is not None:
            found.add(evidence_at(counted, (field,)).grade)
    return next((grade for grade in WEAKEST_FIRST if grade in found), None)
