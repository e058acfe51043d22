"""What do the scenarios bring: hours and money at full effect, worth over the months, and what to measure next?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.scenario import Scenario
from workbench.analysis.case.choice import Choice, choice
from workbench.analysis.case.claims import ClaimHere, claims_here
from workbench.analysis.case.flows import per_year
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.minutes import Minutes, effects, touched
from workbench.analysis.case.people import freed_people
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.case.show import Shown
from workbench.analysis.case.timeline import timeline
from workbench.analysis.case.tornado import swings
from workbench.analysis.case.values import Points
from workbench.analysis.case.worth import DRAWS, SEED, worth
from workbench.analysis.uncertainty import Sampler
from workbench.analysis.workload import Work, distinct, unvisited, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table


@dataclass(frozen=True, repr=False)
class Case(Result):
    """The business case of every scenario, and the choice between them and doing nothing."""

    scenarios: tuple[ScenarioCase, ...]
    choice: Choice | None
    claims: tuple[ClaimHere, ...]
    draws: int
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """A year at full effect; worth; the minute ledger; the choice; what to measure; what moves; soft effects."""
        return Shown(self.scenarios, self.choice, self.claims, self.draws, self.inventory, self.language).tables()


def case(project: Project, language: Language | None = None, draws: int = DRAWS, seed: int = SEED) -> Case:
    """Ist and soll of every scenario, its worth with ranges, and which number to measure next.

    Args:
        project: the project.
        language: of the tables; the project's when not given.
        draws: how often all numbers are drawn.
        seed: the same seed gives the same draws.
    """
    inventory = project.inventory
    works = (*workload(project), *unvisited(project))
    sampler = Sampler(inventory, draws, seed)
    base = distinct(works)
    cases = tuple(_case(project, scenario, works, base, sampler) for scenario in inventory.scenarios.values())
    own = tuple(one for one in inventory.assumptions() if one.name.startswith("scenarios/"))
    inputs = (*own, *base)
    felt = {swing.assumption.name: swing.assumption for one in cases for swing in one.swings}
    chosen = choice([one.worth for one in cases], sampler, tuple(felt.values())) if cases else None
    return Case(
        cases,
        chosen,
        claims_here(inventory, works) if cases else (),
        draws,
        inventory,
        inputs,
        language or project.language,
    )


def _moving(assumptions: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """The numbers that may turn out otherwise; the horizon is a choice, and the human floor a promise."""
    return tuple(one for one in assumptions if not one.name.endswith(("/horizon", "/human_floor")))


def _case(
    project: Project, scenario: Scenario, works: tuple[Work, ...], base: tuple[Assumption, ...], sampler: Sampler
) -> ScenarioCase:
    inventory = project.inventory
    when, points = timeline(inventory, scenario), Points()
    ist = lines_of(works, points)
    lines = effects(scenario, ist, points)
    own = tuple(one for one in inventory.assumptions() if one.name.startswith(f"scenarios/{scenario.id}/"))
    return ScenarioCase(
        scenario=scenario,
        hours=reduce(add, (line.hours for line in lines), Minutes.none()),
        ist_per_year=sum(work.cost_per_year for work in works),
        labour_saved_per_year=sum(float(line.labour_saved[0]) for line in lines),
        contact_saved_per_year=sum(float(line.contact_saved[0]) for line in lines),
        cashable=scenario.cashable.point if scenario.cashable else None,
        extra_per_year=sum(float(line.extra[0]) for line in lines),
        running_per_year=sum(per_year(investment.running) for investment in scenario.investments),
        once=sum(investment.once.point for investment in scenario.investments if investment.once),
        touched=tuple(line.work for line in touched(scenario, ist) if line.work.contacts_per_month > 0),
        effects=tuple(lines),
        worth=worth(when, works, sampler),
        swings=swings(when, works, sampler, _moving((*own, *base))),
        people=freed_people(project, lines),
    )
