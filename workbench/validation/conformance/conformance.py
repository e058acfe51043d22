"""Do customers go the way that was planned, journey by journey and case by case, and where do they not?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from journeys.conformance.follows import Counts
from touchpoints.inventory import Assumption, Inventory
from workbench.language.language import Language
from workbench.log.courses import Courses, courses
from workbench.log.engine import Log
from workbench.log.journeys import contact_label
from workbench.log.notes import Note, field_note, note, texts
from workbench.log.suppression import withheld
from workbench.log.traces import Notion, notion_of
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.conformance.assignment import LEAST_FITNESS, NONE, Assignment, assign
from workbench.validation.conformance.deviations import Deviation, Deviations
from workbench.validation.conformance.fit import JourneyFit, journey_fit
from workbench.validation.conformance.paths import Path, StepCount, paths_of, steps_of
from workbench.validation.conformance.planned import PlannedJourney, planned_journeys
from workbench.validation.conformance.times import ContactTimes
from workbench.validation.conformance.whole import Whole, whole_cases

BANDS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Alignment fitness from which on cases are counted together."""


@dataclass(frozen=True, eq=False)
class CaseFit:
    """How well each case fits, in the order of the log's journeys.

    Attributes:
        journeys: the ids of the planned journeys.
        journey: the number of the planned journey of each case; −1 for none.
        alignment_fitness: 1 − optimal alignment cost / worst cost, of the nearest journey [1].
        edge_fitness: share of its moves that are planned [1]; not a number for cases of no planned journey.
        whole: whether the case lies wholly inside the log; the others are in no count.
    """

    journeys: tuple[str, ...]
    journey: Counts
    alignment_fitness: NDArray[np.float64]
    edge_fitness: NDArray[np.float64]
    whole: NDArray[np.bool_]


@dataclass(frozen=True)
class Group:
    """Cases counted together; None when too few to show."""

    name: str
    cases: int | None


@dataclass(frozen=True, repr=False)
class Conformance(Result):
    """How far the log follows the plan, and where it does not.

    Attributes:
        notion: what a case is: `case`, or `customer` for the episodes of a customer.
        cases: cases that lie wholly inside the log.
        groups: cases of each planned journey (by its id), outside (one contact that the inventory counts) and
            alternative (of no planned journey).
        bands: cases by alignment fitness.
        fits: per planned journey how well it fits, by each method.
        deviations: what happens and was not planned, or the reverse; most time first.
        paths: per planned journey how often each move is made, with those not planned.
        steps: per planned journey how often each step is done and skipped.
        too_small: deviations of fewer cases than the log shows.
    """

    notion: Notion
    cases: int
    groups: tuple[Group, ...]
    bands: tuple[Group, ...]
    fits: tuple[JourneyFit, ...]
    deviations: tuple[Deviation, ...]
    paths: tuple[Path, ...]
    steps: tuple[StepCount, ...]
    too_small: int
    notes: tuple[Note, ...]
    found: Courses
    assigned: Assignment
    whole: Whole
    inventory: Inventory
    inputs: tuple[Assumption, ...]
    language: Language

    @cached_property
    def per_case(self) -> CaseFit:
        """How well each case fits."""
        of, assigned = self.assigned.runs.of, self.assigned
        names = tuple(self.inventory.journeys)
        return CaseFit(names, assigned.journey[of], assigned.fitness[of], assigned.edge_fitness[of], self.whole.flags)

    def tables(self) -> tuple[Table, ...]:
        """Fit per journey, cases by fitness, deviations, moves."""
        return (self._fits(), self._cases(), self._deviations(), self._paths())

    def _fits(self) -> Table:
        columns = ["journey", "journeys_n", "alignment_fitness", "alignment_low", "fitting", "fitting_low",
                   "fitting_high", "edge_fitness", "footprint", "earth_mover_low", "earth_mover_high", "hidden_steps",
                   "place"]  # fmt: skip
        rows = [
            (self._journey(one.journey), one.cases, one.alignment_fitness, one.alignment_low, one.fitting,
             one.fitting_low, one.fitting_high, one.edge_fitness, one.footprint, one.earth_mover.low,
             one.earth_mover.high, one.hidden_steps, one.place)
            for one in self.fits
        ]  # fmt: skip
        return table("conformance", columns, rows, texts(self.notes, self.language), [one.journey for one in self.fits])

    def _cases(self) -> Table:
        def rows(groups: tuple[Group, ...], label: str) -> list[tuple[str, int, float]]:
            shown = [(one, one.cases) for one in groups if one.cases is not None]
            return [(self.language.text(f"{label}.{one.name}"), many, many / self.cases) for one, many in shown if many]

        rest = tuple(one for one in self.groups if one.name in ("outside", "alternative"))
        columns = ["fits_how", "journeys_n", "log_share"]
        return table("conformance_cases", columns, [*rows(self.bands, "fitness"), *rows(rest, "fitness")])

    def _deviations(self) -> Table:
        columns = ["deviation", "journey", "deviating", "journeys_n", "log_share", "log_share_low", "log_share_high",
                   "deviations_per_month", "customer_h_per_month", "staff_h_per_month", "cost_per_month",
                   "place"]  # fmt: skip
        rows = [
            (one.kind, self._journey(one.journey), self._deviating(one), one.cases, one.share, one.low, one.high,
             one.n_per_month, _hours(one.spent.customer_s), _hours(one.spent.staff_s), one.spent.cost, one.place)
            for one in self.deviations
        ]  # fmt: skip
        remark = note("deviations_small", count=self.too_small) if self.too_small else None
        return table("deviations", columns, rows, texts([remark] if remark else [], self.language))

    def _paths(self) -> Table:
        columns = ["journey", "from_step", "to_step", "path_kind", "modelled_share", "log_share", "log_share_low",
                   "log_share_high", "passages_n", "place"]  # fmt: skip
        rows = [
            (self._journey(one.journey), self._step(one.journey, one.source), self._step(one.journey, one.target),
             one.kind, one.planned_share, one.share, one.low, one.high, one.n, one.place)
            for one in self.paths
        ]  # fmt: skip
        return table("conformance_paths", columns, rows)

    def _journey(self, journey: str | None) -> str | None:
        return self.inventory.journeys[journey].label(self.language.code) if journey else None

    def _step(self, journey: str, step: str) -> str:
        record = self.inventory.journeys[journey].steps.get(step)
        return record.label(self.language.code) if record else self.language.word(step)

    def _deviating(self, one: Deviation) -> str:
        """The step, or the contacts, as people call them."""
        if one.journey and one.step:
            return self._step(one.journey, one.step)
        return " → ".join(contact_label(contact, self.inventory, self.language) for contact in one.contacts)


def conformance(
    project: Project,
    log: Log,
    *,
    notion: Notion | None = None,
    window_days: float | None = None,
    least_fitness: float = LEAST_FITNESS,
    language: Language | None = None,
) -> Conformance:
    """How far the cases of a log follow the planned journeys, and where they do not.

    A case belongs to the planned journey with which its optimal alignment has the highest fitness. Cases that may have
    begun before the log or go on after it are left out. Steps that no log can see (no touchpoint, or one that the log
    never shows) are passed without a trace and are not missed.

    Args:
        project: a project without errors.
        log: its open log.
        notion: what a case is; cases where the log has them when not given, else episodes of a customer.
        window_days: the gap after which a customer's contact starts a new episode, and a case may be over [d].
        least_fitness: the alignment fitness from which on a case belongs to a planned journey [1].
        language: of the result.

    Raises:
        ValueError: an argument is not one of the above.
    """
    notion = notion_of(log) if notion is None else notion
    reasons = log.has("reason")
    window = float(log.window_days if window_days is None else window_days)
    found = courses(log, notion, reasons=reasons, window_days=window_days, times=True)
    journeys = planned_journeys(project, found.words, reasons=reasons)
    assigned = assign(journeys, found.runs, least_fitness)
    followed = _Followed(notion, window, found, _whole(log, found, notion, window), journeys, assigned)
    return _told(project, log, followed, language or project.language)


@dataclass(frozen=True)
class _Followed:
    """The journeys of a log beside the planned ones, before anything is counted."""

    notion: Notion
    window_days: float
    found: Courses
    whole: Whole
    journeys: tuple[PlannedJourney, ...]
    assigned: Assignment

    def cases(self) -> Counts:
        """The whole cases of each distinct course."""
        runs = self.assigned.runs
        return np.bincount(runs.of[self.whole.flags], minlength=len(runs)).astype(np.int64)


def _told(project: Project, log: Log, followed: _Followed, language: Language) -> Conformance:
    """What the cases show, with groups too small to show left out."""
    found, whole, journeys, assigned = followed.found, followed.whole, followed.journeys, followed.assigned
    cases, least, times = followed.cases(), log.suppress_below, ContactTimes(project, log)
    counting = Deviations(project.inventory, journeys, found.words, assigned, cases, whole.months, least, times)
    deviating = counting.found()
    groups = _groups(journeys, assigned, cases, counting.outside, least)
    fits, paths, steps = _per_journey(journeys, assigned, cases, groups, least)
    return Conformance(
        notion=followed.notion,
        cases=int(cases.sum()),
        groups=groups,
        bands=_bands(assigned, cases, least),
        fits=fits,
        deviations=deviating.deviations,
        paths=paths,
        steps=steps,
        too_small=deviating.too_small,
        notes=tuple(_notes(log, followed, groups)),
        found=found,
        assigned=assigned,
        whole=whole,
        inventory=project.inventory,
        inputs=times.inputs,
        language=language,
    )


def _whole(log: Log, found: Courses, notion: Notion, window: float) -> Whole:
    """Which cases lie wholly inside the log; an empty log has no day, and no case either."""
    some_day = datetime(1970, 1, 1, tzinfo=UTC)
    return whole_cases(found, notion, window, log.first_at or some_day, log.last_at or some_day)


def _per_journey(
    journeys: tuple[PlannedJourney, ...], assigned: Assignment, cases: Counts, groups: tuple[Group, ...], least: int
) -> tuple[tuple[JourneyFit, ...], tuple[Path, ...], tuple[StepCount, ...]]:
    """Fit, moves and steps of the planned journeys that have cases to show."""
    shown = {one.name for one in groups if one.cases}
    fits = [journey_fit(one, i, assigned, cases, least) for i, one in enumerate(journeys) if one.journey.id in shown]
    drawn = [(one, own) for one, own in zip(journeys, assigned.own, strict=True) if one.journey.id in shown]
    return (
        tuple(fit for fit in fits if fit is not None),
        tuple(path for one, own in drawn for path in paths_of(one, own, cases, least)),
        tuple(step for one, own in drawn for step in steps_of(one, own, cases, least)),
    )


def _groups(
    journeys: tuple[PlannedJourney, ...], assigned: Assignment, cases: Counts, outside: NDArray[np.bool_], least: int
) -> tuple[Group, ...]:
    """The cases of each planned journey, of none because the inventory counts them apart, and of none at all."""
    counts = {one.journey.id: int(cases[own.variants].sum()) for one, own in zip(journeys, assigned.own, strict=True)}
    counts["outside"] = int(cases[outside].sum())
    counts["alternative"] = int(cases[(assigned.journey == NONE) & ~outside].sum())
    return _shown(counts, least)


def _bands(assigned: Assignment, cases: Counts, least: int) -> tuple[Group, ...]:
    """Cases of planned journeys by alignment fitness, from each band's lower end to the next."""
    counts, belongs, above = {}, assigned.journey != NONE, np.inf
    for band in (*BANDS, 0.0):
        inside = belongs & (assigned.fitness >= band) & (assigned.fitness < above)
        counts[f"{band:g}"] = int(cases[inside].sum())
        above = band
    return _shown(counts, least)


def _shown(counts: dict[str, int], least: int) -> tuple[Group, ...]:
    hidden = withheld(list(counts), list(counts.values()), least)
    return tuple(Group(name, None if name in hidden else many) for name, many in counts.items())


def _notes(log: Log, followed: _Followed, groups: tuple[Group, ...]) -> list[Note]:
    found, whole, notion = followed.found, followed.whole, followed.notion
    notes = [note("conformance_methods")]
    if log.contacts > found.contacts:
        notes.append(note(f"no_{notion}", unknown=log.contacts - found.contacts, contacts=log.contacts))
    if notion == "customer":
        notes.append(note("customer_journeys", days=f"{followed.window_days:g}"))
    if not log.has("reason"):
        notes.append(field_note("absent", "reason"))
    days = f"{whole.margin_days:.3g}"
    notes.append(note("conformance_whole", days=days, whole=int(whole.flags.sum()), cases=len(found)))
    small = sum(one.cases is None for one in groups)
    if small:
        notes.append(note("conformance_small", count=small, least=log.suppress_below))
    return notes


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 3_600
