"""Which moments matter most, and where should service excel, stay easy, or be throttled back?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from touchpoints.faults import Fault
from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.journey import Ambition, MomentOfTruth
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

Differentiation = Literal["excel", "keep_easy", "throttle_back"]

MARKS: dict[Ambition, float] = {"need_met": 6.5, "easy": 8.0, "special": 9.0}
"""The report mark that stands for an experience: need met 6–7, easy 8, special 9."""
FINDINGS = ("hygiene-nine", "ambition-without-means", "moment-without-human")
"""The rules that are about moments of truth."""
UNIMPORTANT = 2.0
"""A moment up to this importance to both [of 5] does not justify special service."""


@dataclass(frozen=True)
class Moment:
    """A moment of truth with its priority.

    Attributes:
        importance_customer, importance_organisation: of 5, None when not judged.
        gap: mark of the ambition less mark of today, None when one is not judged.
        priority: importance to customer × to organisation × gap; None when one of them is missing.
    """

    record: MomentOfTruth
    journey: str
    step: str
    phase: str | None
    importance_customer: float | None
    importance_organisation: float | None
    gap: float | None

    @property
    def priority(self) -> float | None:
        """Importance to the customer × importance to the organisation × gap, 0 where the ambition is met.

        Example:
            >>> Moment(MomentOfTruth(at="j/s"), "j", "s", None, 5, 4, 1.5).priority
            30.0
        """
        if self.importance_customer is None or self.importance_organisation is None or self.gap is None:
            return None
        return self.importance_customer * self.importance_organisation * max(0.0, self.gap)


@dataclass(frozen=True)
class PhaseService:
    """How much service a phase of a journey deserves, and why."""

    journey: str
    phase: str
    service: Differentiation
    why: str
    moments: int


@dataclass(frozen=True, repr=False)
class Moments(Result):
    """Moments of truth by priority, service per phase, and findings."""

    moments: tuple[Moment, ...]
    phases: tuple[PhaseService, ...]
    findings: tuple[Fault, ...]
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """Moments; service per phase; findings."""
        code = self.language.code
        journeys = self.inventory.journeys
        moments = table(
            "moments",
            ["journey", "step", "importance_customer", "importance_organisation", "now", "ambition", "mark_gap",
             "priority", "behaviours", "place"],
            [
                (journeys[one.journey].label(code), journeys[one.journey].steps[one.step].label(code),
                 one.importance_customer, one.importance_organisation, one.record.now, one.record.ambition, one.gap,
                 one.priority, "; ".join(behaviour.text(code) for behaviour in one.record.behaviours),
                 str(one.record.place))
                for one in self.moments
            ],
            ids=[one.record.at for one in self.moments],
        )  # fmt: skip
        phases = table(
            "service_differentiation",
            ["journey", "phase", "service", "because", "moments_count"],
            [
                (journeys[one.journey].label(code), journeys[one.journey].phase_label(one.phase, code), one.service,
                 self.language.text(f"service.{one.why}"), one.moments)
                for one in self.phases
            ],
            ids=[f"{one.journey}/{one.phase}" for one in self.phases],
        )  # fmt: skip
        findings = table(
            "moment_findings",
            ["finding", "moment", "rule", "place"],
            [
                (self.language.text(f"finding.{one.rule}"), one.message, one.rule, str(one.place))
                for one in self.findings
            ],
        )
        return tuple(one for one in (moments, phases, findings) if one.rows or one is moments)


def moments(project: Project, language: Language | None = None) -> Moments:
    """Moments of truth by priority = importance to customer × to organisation × gap between now and ambition.

    Service differentiation of a phase: excel where a moment that matters shall be special; throttle back where more is
    given than is wanted, or special service goes to what matters to nobody; keep easy everywhere else.
    """
    inventory = project.inventory
    language = language or project.language
    found = [_moment(inventory, record) for record in inventory.moments_of_truth.values()]
    found.sort(key=lambda one: (one.priority is None, -(one.priority or 0.0), one.record.at))
    inputs = tuple(one for one in inventory.assumptions() if one.name.startswith("moments_of_truth/"))
    findings = tuple(fault for fault in project.faults if fault.rule in FINDINGS)
    return Moments(tuple(found), tuple(_phases(inventory, found)), findings, inventory, inputs, language)


def _moment(inventory: Inventory, record: MomentOfTruth) -> Moment:
    journey, _, step = record.at.partition("/")
    importance = record.importance
    gap = MARKS[record.ambition] - MARKS[record.now] if record.ambition and record.now else None
    return Moment(
        record=record,
        journey=journey,
        step=step,
        phase=inventory.journeys[journey].steps[step].phase,
        importance_customer=importance.customer.point if importance and importance.customer else None,
        importance_organisation=importance.organisation.point if importance and importance.organisation else None,
        gap=gap,
    )


def _phases(inventory: Inventory, found: list[Moment]) -> Iterator[PhaseService]:
    for journey in inventory.journeys.values():
        for phase in journey.phases:
            mine = [one for one in found if (one.journey, one.phase) == (journey.id, phase)]
            service, why = _service(mine)
            yield PhaseService(journey.id, phase, service, why, len(mine))


def _service(mine: list[Moment]) -> tuple[Differentiation, str]:
    if any(one.record.ambition == "special" and not one.record.hygiene and not _matters_little(one) for one in mine):
        return "excel", "special_moment"
    if any(one.gap is not None and one.gap < 0 for one in mine):
        return "throttle_back", "more_than_wanted"
    if any(one.record.now == "special" and _matters_little(one) for one in mine):
        return "throttle_back", "matters_little"
    return "keep_easy", "moments" if mine else "no_moment"


def _matters_little(one: Moment) -> bool:
    """Whether it was judged of little importance to both."""
    values = (one.importance_customer, one.importance_organisation)
    return all(value is not None and value <= UNIMPORTANT for value in values)
