"""Which contacts can move to another touchpoint, what does that bring, what stands in the way, and what to choose?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import Money
from touchpoints.records.scenario import Shift
from workbench.analysis.steering.candidates import Candidate, candidates, priced
from workbench.analysis.steering.gates import gates, stays
from workbench.analysis.steering.move import Move
from workbench.analysis.steering.plan import Limits, Plan, plan
from workbench.analysis.steering.shift import ShiftYield, cost_at
from workbench.analysis.steering.show import Shown
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Work, distinct, unvisited, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table

HUMAN_FLOOR = 0.30
"""Share of today's human contacts that stays with people when the model says nothing [1]."""


@dataclass(frozen=True, repr=False)
class Steering(Result):
    """Declared moves, candidates nobody declared, and the plan that is worth most within the bounds."""

    moves: tuple[Move, ...]
    candidates: tuple[Candidate, ...]
    plan: Plan
    human_floor: float
    human_per_year: float
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    @property
    def blocked(self) -> tuple[Candidate, ...]:
        """Candidates that something blocks, each with its best instrument; what can be opened first, by worth."""
        best: dict[tuple[str, str], Candidate] = {}
        for one in self.candidates:
            if one.gates and one.instrument in self.inventory.steering.instruments:
                best.setdefault((one.work.key, one.to), one)
        return tuple(sorted(best.values(), key=lambda one: stays(one.gates)))

    def tables(self) -> tuple[Table, ...]:
        """Moves of the scenarios; the plan; its bounds; what is blocked; all open candidates."""
        shown = Shown(self.inventory, self.language)
        return (
            shown.moves(self.moves),
            shown.plan(self.plan, self.human_floor),
            shown.bounds(self.plan),
            shown.blocked(self.blocked),
            shown.candidates([one for one in self.candidates if not one.gates]),
        )


def steering(project: Project, language: Language | None = None, human_floor: float | None = None) -> Steering:
    """Every shift that a scenario declares, every other candidate, and the plan within the bounds.

    Args:
        project: the project.
        language: of the tables; the project's when not given.
        human_floor: share of today's human contacts that must stay with people; the model's when not given [1].

    Raises:
        ValueError: the human floor is no share.
    """
    inventory = project.inventory
    rules = inventory.steering
    floor = human_floor if human_floor is not None else rules.human_floor.point if rules.human_floor else HUMAN_FLOOR
    if not 0 <= floor <= 1:
        raise ValueError(f"human_floor must be from 0 to 1, got {floor!r}")
    works = (*workload(project), *unvisited(project))
    moves = tuple(sorted(_moves(project, works), key=lambda move: -(move.worth_per_year or 0.0)))
    found = candidates(project, works)
    human = sum(work.contacts_per_year for work in works if work.human)
    limits = Limits((1 - floor) * human, _per_year(rules.budget), {
        touchpoint: rate.point * MONTHS_PER_YEAR for touchpoint, rate in rules.capacity.items()
    })  # fmt: skip
    allowed = [one for one in found if not one.gates and one.instrument in rules.instruments]
    used = distinct([*(move.work for move in moves), *(one.work for one in found)])
    own = tuple(one for one in inventory.assumptions() if one.name.startswith("steering/"))
    return Steering(
        moves=moves,
        candidates=found,
        plan=plan(allowed, limits),
        human_floor=floor,
        human_per_year=human,
        inventory=inventory,
        inputs=(*used, *own),
        language=language or project.language,
    )


def _per_year(money: Money | None) -> float | None:
    if money is None:
        return None
    return money.point * (MONTHS_PER_YEAR if money.per == "month" else 1)


def _moves(project: Project, works: tuple[Work, ...]) -> Iterator[Move]:
    inventory = project.inventory
    by_key = {work.key: work for work in works}
    for scenario in inventory.scenarios.values():
        for index, measure in enumerate(scenario.measures):
            if not isinstance(measure, Shift):
                continue
            for reason in measure.reasons:
                work = by_key.get(f"{measure.from_}/{reason}")
                if work is None:
                    continue
                moved = ShiftYield(
                    work.contacts_per_year, measure.eligible.point, measure.adoption.point, measure.resolved.point
                )
                there = cost_at(works, work, measure.to)
                each = measure.cost_each.point if measure.cost_each else 0.0
                saved_s = moved.net * (work.handling_s or 0.0) - moved.gross * there.handling_s
                yield Move(
                    scenario=scenario.id,
                    work=work,
                    to=measure.to,
                    instrument=measure.instrument,
                    moved=moved,
                    saved_h_per_year=saved_s / SECONDS_PER_HOUR,
                    worth_per_year=moved.worth(work.cost_each, there.total + each) if priced(work) else None,
                    gates=tuple(gates(inventory, work, measure.to)),
                    place=str(scenario.where("measures", index)),
                )
