"""Which results does a report draw on, each worked out once?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.analysis.case.business import Case, case
from workbench.analysis.case.scenario_case import ScenarioCase
from workbench.analysis.content.content import ContentCheck, content
from workbench.analysis.effort import Effort, effort
from workbench.analysis.matrix import Matrix, matrix
from workbench.analysis.maturity import Maturity, maturity
from workbench.analysis.missing import Missing, missing
from workbench.analysis.moments import Moments, moments
from workbench.analysis.overview import Overview, overview
from workbench.analysis.staffing.staffing import Staffing, staffing
from workbench.analysis.steering.steering import Steering, steering
from workbench.analysis.systems import SystemSupport, systems
from workbench.analysis.targets.targets import Targets, targets
from workbench.language.language import Language
from workbench.project import Project

if TYPE_CHECKING:
    from workbench.log.engine import Log
    from workbench.validation.ledger import Ledger


@dataclass(frozen=True)
class Answers:
    """The results that the chapters draw on, each worked out once; `log` is open when the project has one."""

    project: Project
    language: Language
    log: Log | None = None

    @cached_property
    def overview(self) -> Overview:
        """The inventory as tables."""
        return overview(self.project, self.language)

    @cached_property
    def effort(self) -> Effort:
        """Effort hotspots."""
        return effort(self.project, self.language)

    @cached_property
    def moments(self) -> Moments:
        """Moments of truth."""
        return moments(self.project, self.language)

    @cached_property
    def matrix(self) -> Matrix:
        """Value matrix."""
        return matrix(self.project, self.language)

    @cached_property
    def steering(self) -> Steering:
        """Moves between touchpoints."""
        return steering(self.project, self.language)

    @cached_property
    def content(self) -> ContentCheck:
        """Coverage, gaps and calendar of the content."""
        return content(self.project, self.language, steered=self.steering)

    @cached_property
    def systems(self) -> SystemSupport:
        """Systems that lack, status questions, obstacles."""
        return systems(self.project, self.language)

    @cached_property
    def targets(self) -> Targets:
        """Targets against model and log."""
        return targets(self.project, self.language, log=self.log, staffed=self.staffing)

    @cached_property
    def maturity(self) -> Maturity:
        """The maturity scan."""
        return maturity(self.project, self.language)

    @cached_property
    def staffing(self) -> Staffing:
        """People needed and there."""
        return staffing(self.project, self.language, log=self.log)

    @cached_property
    def case(self) -> Case:
        """Business case."""
        return case(self.project, self.language)

    @cached_property
    def ledger(self) -> Ledger | None:
        """The validation ledger, when there is a log."""
        if self.log is None:
            return None
        from workbench.validation.ledger import ledger

        return ledger(self.project, self.log, self.language)

    @cached_property
    def contradicted(self) -> frozenset[str]:
        """The names of the assumptions that the log contradicts."""
        entries = self.ledger.entries if self.ledger else ()
        return frozenset(
            name for one in entries if one.verdict == "contradicted" for name in (one.claim.name, *one.claim.covers)
        )

    @cached_property
    def is_simulated(self) -> bool:
        """Whether the log was made by the workbench itself."""
        if self.log is None:
            return False
        from workbench.log.measures import volume

        return {cell.group for cell in volume(self.log, ("source",)).cells} == {("simulated",)}

    @cached_property
    def missing(self) -> Missing:
        """What is missing."""
        return missing(self.project, self.language)

    def text(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""
        return self.language.text(key, **values)

    @cached_property
    def best(self) -> ScenarioCase | None:
        """The scenario that is worth most in money a year, of those of which that can be said."""
        return max((one for one in self.told if one.is_known), key=lambda one: one.worth.per_year, default=None)

    @property
    def told(self) -> tuple[ScenarioCase, ...]:
        """The scenarios that say what they do or cost."""
        return tuple(one for one in self.case.scenarios if one.scenario.measures or one.scenario.investments)
