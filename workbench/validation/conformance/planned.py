"""What does each planned journey allow, in the words of a log?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from journeys.chain import chain_of
from journeys.conformance.language import StepChain
from journeys.conformance.plan import Flags, Plan, union
from journeys.flow import JourneyFlow
from journeys.graph import mix_of, step_graph
from journeys.soundness import LEAST_SHARE
from touchpoints.inventory import Inventory
from touchpoints.records.journey import Journey, Step
from workbench.log.traces import Contact
from workbench.project import Project


@dataclass(frozen=True, eq=False)
class PlannedJourney:
    """A journey of the model over the contacts of a log.

    Attributes:
        plan: the moves that any persona may make.
        mix: the share of each kind of customer, and the chain of its steps.
    """

    journey: Journey
    flow: JourneyFlow
    plan: Plan
    mix: tuple[tuple[float, StepChain], ...]

    @cached_property
    def planned_shares(self) -> NDArray[np.float64]:
        """The share of those at each step who go to each, (n + 1) × (n + 1).

        The last row holds the starts, the last column the stops; mixed over the personas by who visits the step.
        """
        n = len(self.plan.steps)
        shares = np.zeros((n + 1, n + 1))
        names = {f"{self.journey.id}/{step}": i for i, step in enumerate(self.plan.steps)}
        for (source, target), passages in self.flow.edges.items():
            visits = self.flow.visits[source]
            if visits > 0:
                shares[names[source], names.get(target, n)] += passages / visits
        for node, share in self.flow.starts.items():
            shares[n, names[node]] = share
        return shares


def planned_journeys(project: Project, words: Sequence[Contact], *, reasons: bool) -> tuple[PlannedJourney, ...]:
    """The journeys of a project over the words of a log; `reasons` says whether the words have reasons."""
    inventory = project.inventory
    return tuple(
        _planned(inventory, journey, project.flows[journey.id], words, reasons)
        for journey in inventory.journeys.values()
    )


def _planned(
    inventory: Inventory, journey: Journey, flow: JourneyFlow, words: Sequence[Contact], reasons: bool
) -> PlannedJourney:
    steps = tuple(journey.steps)
    sees = np.array([[leaves(step, word, reasons) for word in words] for step in journey.steps.values()], bool)
    sees = sees.reshape(len(steps), len(words))
    own_words = [_own_word(step, row, words) for step, row in zip(journey.steps.values(), sees, strict=True)]
    plans, mix = [], []
    for persona, share in mix_of(journey).items():
        chain = chain_of(step_graph(inventory, persona, [journey]), [f"{journey.id}/{step}" for step in steps])
        q = chain.q.toarray()
        moves = np.zeros((len(steps) + 1, len(steps) + 1), bool)
        moves[:-1, :-1] = q > LEAST_SHARE
        moves[:-1, -1] = q.sum(axis=1) < 1 - LEAST_SHARE
        moves[-1, :-1] = chain.start > LEAST_SHARE
        plans.append(Plan(steps, moves, sees))
        mix.append((share, StepChain(chain.start, q, own_words)))
    return PlannedJourney(journey, flow, union(plans), tuple(mix))


def leaves(step: Step, word: Contact, reasons: bool) -> bool:
    """Whether a contact can come from a step: the same touchpoint, and the same reason where both tell one.

    Example:
        >>> call = Step(id="call", touchpoint="phone", reason="move")
        >>> [leaves(call, word, True) for word in (("phone", "move"), ("phone", "tax"), ("phone", None), (None, None))]
        [True, False, True, False]
        >>> leaves(call, ("phone", None), False)
        True
    """
    touchpoint, reason = word
    if step.touchpoint is None or step.touchpoint != touchpoint:
        return False
    return not reasons or step.reason is None or reason is None or step.reason == reason


def _own_word(step: Step, sees: Flags, words: Sequence[Contact]) -> int:
    """The one word by which a step counts in the expected mix: its own reason before others; −1 for none."""
    found = np.flatnonzero(sees).tolist()
    return min(found, key=lambda word: (words[word][1] != step.reason, word)) if found else -1
