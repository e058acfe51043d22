"""How do customers flow through the journeys: how many steps, which ends, which first steps, what carries them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from journeys.flow import JourneyFlow
from journeys.reconcile import Reconciled
from journeys.removal import removal_effects
from touchpoints.inventory import Assumption, Inventory
from workbench.analysis.workload import MONTHS_PER_YEAR, distinct, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True)
class Removal:
    """What share of the resolved journeys would be lost without a touchpoint [1]."""

    journey: str
    touchpoint: str
    effect: float


@dataclass(frozen=True, repr=False)
class Flow(Result):
    """The flow of every journey, of its personas, and how it agrees with the counted contacts."""

    flows: tuple[JourneyFlow, ...]
    removals: tuple[Removal, ...]
    reconciled: tuple[Reconciled, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """Journeys with their personas; steps; first steps; removal effects; reconciliation."""
        return (
            self._journeys(), self._steps(), self._starts(), self._removals(), self._reconciliation(),
        )  # fmt: skip

    def _journeys(self) -> Table:
        rows, ids = [], []
        for flow in self.flows:
            journey = self.inventory.journeys[flow.journey]
            for persona, one in [(None, flow), *flow.personas.items()]:
                starts = one.starts_per_month
                rows.append(
                    (
                        journey.label(self.language.code), self._persona(persona),
                        starts * MONTHS_PER_YEAR if starts is not None else None, one.length,
                        sqrt(max(0.0, one.length_variance)), one.contacts, one.effort_s, one.resolved, one.gave_up,
                        one.unknown or None, one.switches, one.hand_offs, one.repeats, str(journey.place),
                    )
                )  # fmt: skip
                ids.append(f"{flow.journey}/{persona}" if persona else flow.journey)
        known = [flow for flow in self.flows if flow.starts_per_month]
        if len(known) > 1:
            rows.append(self._over_all(known))
            ids.append("all")
        columns = ["journey", "persona", "starts_per_year", "steps_mean", "steps_sd", "contacts_each", "effort_s",
                   "resolved", "gave_up", "unknown", "switches", "hand_offs", "repeats", "place"]  # fmt: skip
        return table("flow", columns, rows, ids=ids)

    def _over_all(self, flows: list[JourneyFlow]) -> tuple[Any, ...]:
        """Means over all journeys started, weighted by how many start; the variance is within and between journeys."""
        total = sum(flow.per_month for flow in flows)

        def mean(field: str) -> float:
            return sum(flow.per_month * float(getattr(flow, field)) for flow in flows) / total

        length = mean("length")
        second = sum(flow.per_month * (flow.length_variance + flow.length**2) for flow in flows) / total
        return (
            self.language.text("flow.all_journeys"), self.language.text("flow.everyone"), total * MONTHS_PER_YEAR,
            length, sqrt(max(0.0, second - length**2)), mean("contacts"), mean("effort_s"), mean("resolved"),
            mean("gave_up"), mean("unknown") or None, mean("switches"), mean("hand_offs"), mean("repeats"), "",
        )  # fmt: skip

    def _persona(self, persona: str | None) -> str:
        if persona is None:
            return self.language.text("flow.everyone")
        return self.inventory.personas[persona].label(self.language.code)

    def _steps(self) -> Table:
        rows, ids = [], []
        for flow in self.flows:
            journey = self.inventory.journeys[flow.journey]
            for node in flow.steps:
                name = node.partition("/")[2]
                per_year = flow.visits[node] * flow.per_month * MONTHS_PER_YEAR
                rows.append(
                    (journey.label(self.language.code), journey.steps[name].label(self.language.code),
                     flow.visits[node], per_year if flow.starts_per_month is not None else None,
                     flow.cost_to_go_s[node], str(journey.where("steps", name)))
                )  # fmt: skip
                ids.append(node)
        columns = ["journey", "step", "visits_each", "visits_per_year", "cost_to_go_s", "place"]
        return table("flow_steps", columns, rows, ids=ids)

    def _starts(self) -> Table:
        rows = [
            (self._journey(flow.journey), self._step(node), share)
            for flow in self.flows
            for node, share in flow.starts.items()
            if share > 0
        ]
        return table("first_steps", ["journey", "step", "start_share"], rows)

    def _removals(self) -> Table:
        label = self.inventory.touchpoints
        rows = [
            (self._journey(one.journey), label[one.touchpoint].label(self.language.code), one.effect)
            for one in self.removals
        ]
        return table("removal", ["journey", "touchpoint", "removal_effect"], rows)

    def _reconciliation(self) -> Table:
        code = self.language.code
        rows = [
            (
                self.inventory.touchpoints[pair.touchpoint].label(code),
                self.inventory.reasons[pair.reason].label(code) if pair.reason else None,
                pair.volume_per_month,
                pair.flow_per_month,
                pair.rest_per_month if pair.volume_per_month is not None else None,
                pair.excess_per_month or None,
            )
            for pair in self.reconciled
            if pair.flow_per_month is not None
        ]
        columns = ["touchpoint", "reason", "volume_per_month", "flow_per_month", "rest_per_month", "excess_per_month"]
        return table("reconciliation", columns, rows)

    def _journey(self, journey: str) -> str:
        return self.inventory.journeys[journey].label(self.language.code)

    def _step(self, node: str) -> str:
        journey, _, step = node.partition("/")
        return self.inventory.journeys[journey].steps[step].label(self.language.code)


def flow(project: Project, language: Language | None = None) -> Flow:
    """The flow of all journeys, each over the mixture of its personas and for each of them."""
    inventory = project.inventory
    language = language or project.language
    return Flow(
        tuple(project.flows.values()), tuple(_removals(inventory)), project.reconciled, inventory,
        distinct(workload(project)), language,
    )  # fmt: skip


def _removals(inventory: Inventory) -> Iterator[Removal]:
    for journey in inventory.journeys.values():
        effects = removal_effects(inventory, journey)
        for touchpoint, effect in sorted(effects.items(), key=lambda pair: (-pair[1], pair[0])):
            yield Removal(journey.id, touchpoint, effect)
