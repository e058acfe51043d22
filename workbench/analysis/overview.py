"""What is in the inventory, as tables: contact points, reasons, content, systems, teams, maturity?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from touchpoints.inventory import Inventory
from touchpoints.library import library_trees
from touchpoints.records.base import GRADES, Record
from workbench.analysis.content.shelf_life import content_faults, reference_day
from workbench.analysis.workload import (
    SECONDS_PER_HOUR,
    Work,
    by_touchpoint,
    distinct,
    known_contacts,
    known_cost,
    known_hours,
    left_out,
    workload,
)
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Assumptions, Result
from workbench.tables import Table, table


@dataclass(frozen=True, repr=False)
class Overview(Result):
    """The inventory as tables, in the order of the seven steps."""

    project: Project
    language: Language

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """The contacts of every touchpoint and reason."""
        return workload(self.project)

    @property
    def assumptions(self) -> Assumptions:
        """The numbers of the model it rests on."""
        return Assumptions(distinct(self.works), self.language)

    def tables(self) -> tuple[Table, ...]:
        """All tables that have rows."""
        made = (self.touchpoints(), self.reasons(), self.content(), self.systems(), self.teams(),
                self.maturity(), self.evidence())  # fmt: skip
        return tuple(one for one in made if one.rows)

    @property
    def _inventory(self) -> Inventory:
        return self.project.inventory

    def touchpoints(self) -> Table:
        """Step 1: contact points with their contacts, hours and cost a year."""
        rows, at = [], by_touchpoint(self.works)
        for touchpoint in self._inventory.touchpoints.values():
            mine = at.get(touchpoint.id, [])
            rows.append(
                (
                    touchpoint.label(self.language.code),
                    self._name("channels", touchpoint.channel),
                    self._name("teams", touchpoint.owner),
                    known_contacts(mine),
                    known_hours(mine),
                    known_cost(mine),
                    touchpoint.customer_view,
                    touchpoint.knowledge_support,
                    str(touchpoint.place),
                )
            )
        rows.sort(key=lambda row: (-(row[4] or 0), -(row[3] or 0), row[0]))
        columns = ["touchpoint", "channel", "owner", "contacts_per_year", "staff_h_per_year", "cost_per_year",
                   "customer_view", "knowledge_support", "place"]  # fmt: skip
        return table("touchpoints", columns, rows, left_out(self.works, self.language))

    def reasons(self) -> Table:
        """Step 2: contact reasons with their contacts and times."""
        rows = []
        for reason in self._inventory.reasons.values():
            mine = [work for work in self.works if work.reason == reason.id]
            if not mine and ("reasons", reason.id) in self._inventory.from_library:
                continue
            hours = known_hours(mine)
            handled = sum(work.contacts_per_year for work in mine if work.handling_s is not None)
            rows.append(
                (
                    reason.label(self.language.code),
                    reason.category,
                    known_contacts(mine),
                    hours * SECONDS_PER_HOUR / handled if hours is not None and handled else None,
                    hours,
                    reason.status_question,
                    reason.failure_demand,
                    str(reason.place),
                )
            )
        rows.sort(key=lambda row: (-(row[4] or 0), -(row[2] or 0), row[0]))
        columns = ["reason", "category", "contacts_per_year", "handling_s", "staff_h_per_year", "status_question",
                   "failure_demand", "place"]  # fmt: skip
        return table("reasons", columns, rows, left_out(self.works, self.language))

    def content(self) -> Table:
        """Step 3: content with what is the matter with it."""
        today = reference_day(self._inventory)
        rows = [
            (
                content.label(self.language.code),
                content.kind,
                ", ".join(self._name("reasons", reason) or reason for reason in content.answers),
                self._name("teams", content.owner),
                content.reviewed,
                ", ".join(self.language.word(fault) for fault in content_faults(content, today)),
                str(content.place),
            )
            for content in self._inventory.content.values()
        ]
        columns = ["content", "content_kind", "answers", "owner", "reviewed", "content_faults", "place"]
        return table("content", columns, rows)

    def systems(self) -> Table:
        """Step 5: what each contact point uses and lacks."""
        rows = []
        for touchpoint in self._inventory.touchpoints.values():
            lacking = [system for system in touchpoint.needs_systems if system not in touchpoint.systems]
            if touchpoint.systems or lacking:
                rows.append(
                    (
                        touchpoint.label(self.language.code),
                        self._names("systems", touchpoint.systems),
                        self._names("systems", lacking),
                        touchpoint.customer_view,
                        str(touchpoint.where("systems")),
                    )
                )
        return table("systems", ["touchpoint", "systems_used", "systems_lacking", "customer_view", "place"], rows)

    def teams(self) -> Table:
        """Step 6: teams with their hours a year in contacts and at hand."""
        rows = []
        for team in self._inventory.teams.values():
            hours = sum(work.staff_h_per_year for work in self.works if work.owner == team.id)
            obstacles = [
                obstacle.what.text(self.language.code)
                for touchpoint in self._inventory.touchpoints.values()
                if touchpoint.owner == team.id
                for obstacle in touchpoint.obstacles
            ]
            rows.append(
                (
                    team.label(self.language.code),
                    team.people.point if team.people else None,
                    team.fte.point if team.fte else None,
                    team.cost_per_hour.point if team.cost_per_hour else None,
                    hours,
                    "; ".join(obstacles),
                    str(team.place),
                )
            )
        columns = ["team", "people", "fte", "cost_per_hour", "staff_h_per_year", "obstacles", "place"]
        return table("teams", columns, rows)

    def maturity(self) -> Table:
        """Step 6: answers to the maturity scan."""
        questions = library_trees("maturity_questions")
        rows = []
        for key, answer in self._inventory.maturity.items():
            text = questions[key].plain()["question"] if key in questions else None
            rows.append(
                (
                    text[self.language.code] if text else answer.label(self.language.code),
                    answer.answer.point if answer.answer else None,
                    answer.why.text(self.language.code) if answer.why else None,
                    str(answer.place),
                )
            )
        return table("maturity", ["question", "answer_of_5", "why", "place"], rows)

    def evidence(self) -> Table:
        """How many numbers of the model have which grade, the weakest first."""
        count = Counter(one.grade for one in self._inventory.assumptions())
        rows = [(grade, count[grade], count[grade] / count.total()) for grade in GRADES if count[grade]]
        return table("evidence", ["grade", "numbers", "numbers_share"], rows)

    def _name(self, collection: str, key: str | None) -> str | None:
        records: dict[str, Record] = getattr(self._inventory, collection)
        return records[key].label(self.language.code) if key else None

    def _names(self, collection: str, keys: Iterable[str]) -> str:
        return ", ".join(self._name(collection, key) or key for key in keys)


def overview(project: Project, language: Language | None = None) -> Overview:
    """The inventory as tables."""
    return Overview(project, language or project.language)
