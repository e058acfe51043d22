"""What does the model not say yet, and how much depends on it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journeys.flow import JourneyFlow
from touchpoints.faults import Place
from touchpoints.inventory import Inventory
from touchpoints.records.base import Record
from touchpoints.records.journey import Journey
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Work, workload
from workbench.language.language import Language
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table


@dataclass(frozen=True)
class Gap:
    """Something the model does not say.

    Attributes:
        kind: which sort of thing is missing, a word of the catalogue.
        record: whose it is.
        at_stake_per_year: money a year that hangs on it, None when that cannot be told yet [currency/year].
        at_stake_h_per_year: hours of staff or customers a year that hang on it [h/year].
        place: where it belongs.
    """

    kind: str
    record: str
    at_stake_per_year: float | None
    at_stake_h_per_year: float | None
    place: Place


@dataclass(frozen=True, repr=False)
class Missing(Result):
    """What is missing, worth most first."""

    gaps: tuple[Gap, ...]
    inventory: Inventory
    language: Language

    def label(self, gap: Gap) -> str:
        """What the gap belongs to, as people call it."""
        code = self.language.code
        first, _, second = gap.record.partition("/")
        records: tuple[Mapping[str, Record], ...] = (
            self.inventory.touchpoints, self.inventory.journeys, self.inventory.reasons,
        )  # fmt: skip
        record = next((found[first] for found in records if first in found), None)
        if record is None:
            return gap.record
        steps = record.steps if isinstance(record, Journey) else self.inventory.reasons
        return f"{record.label(code)}: {steps[second].label(code)}" if second in steps else record.label(code)

    def tables(self) -> tuple[Table, ...]:
        """The gaps."""
        rows = [
            (gap.kind, self.label(gap), gap.at_stake_per_year, gap.at_stake_h_per_year, str(gap.place))
            for gap in self.gaps
        ]
        columns = ["missing", "record", "at_stake_per_year", "at_stake_h_per_year", "place"]
        return (table("missing", columns, rows, ids=[f"{gap.kind}/{gap.record}" for gap in self.gaps]),)


def missing(project: Project, language: Language | None = None) -> Missing:
    """What is missing, ordered by the money and hours a year that depend on it.

    A missing time is valued at the mean of the contacts on the same channel (of all contacts where the channel has
    none), a missing price at the mean price; what cannot be valued comes last.
    """
    language = language or project.language
    works = workload(project)
    gaps = [
        *_of_contacts(project, works),
        *_of_journeys(project),
        *_of_touchpoints(project),
        *_of_content(project, works),
    ]
    gaps.sort(key=lambda gap: (-(gap.at_stake_per_year or 0), -(gap.at_stake_h_per_year or 0), gap.kind, gap.record))
    return Missing(tuple(gaps), project.inventory, language)


def _mean(works: list[Work], field: str) -> float | None:
    """The mean of a field over contacts."""
    known = [(work.contacts_per_month, getattr(work, field)) for work in works if getattr(work, field) is not None]
    total = sum(contacts for contacts, _ in known)
    return sum(contacts * value for contacts, value in known) / total if total else None


def _typical(works: tuple[Work, ...], work: Work, field: str) -> float | None:
    same = _mean([other for other in works if other.channel == work.channel], field)
    return same if same is not None else _mean([other for other in works if other.human], field)


def _of_contacts(project: Project, works: tuple[Work, ...]) -> Iterator[Gap]:
    inventory = project.inventory
    for work in works:
        volumes = inventory.volumes_of(work.touchpoint, work.reason)
        place = volumes[0].place if volumes else _place_of_step(project, work)
        if volumes and all(volume.contacts is None for volume in volumes):
            yield Gap("missing_contacts", work.key, None, None, place)
            continue
        inbound = inventory.touchpoints[work.touchpoint].direction == "inbound"
        if not work.human or not (inbound or volumes):
            continue
        per_hour = work.cost_per_hour if work.cost_per_hour is not None else _typical(works, work, "cost_per_hour")
        if work.handling_s is None:
            typical_s = _typical(works, work, "handling_s")
            hours = work.contacts_per_year * typical_s / SECONDS_PER_HOUR if typical_s is not None else None
            worth = hours * per_hour if hours is not None and per_hour is not None else None
            yield Gap("missing_handling_time", work.key, worth, hours, place)
        elif work.cost_per_hour is None and work.staff_h_per_year > 0:
            hours = work.staff_h_per_year
            worth = hours * per_hour if per_hour is not None else None
            yield Gap("missing_price", work.key, worth, hours, inventory.touchpoints[work.touchpoint].place)
        if work.wait_s is None and work.customer_present:
            typical_s = _typical(works, work, "wait_s")
            hours = work.contacts_per_year * typical_s / SECONDS_PER_HOUR if typical_s is not None else None
            yield Gap("missing_wait", work.key, None, hours, place)


def _place_of_step(project: Project, work: Work) -> Place:
    journey, _, step = work.reconciled.steps[0].partition("/")
    return project.inventory.journeys[journey].where("steps", step)


def _of_journeys(project: Project) -> Iterator[Gap]:
    for journey in project.inventory.journeys.values():
        flow = project.flows[journey.id]
        if journey.starts is None:
            yield Gap("missing_starts", journey.id, None, None, journey.place)
        for name, step in journey.steps.items():
            node = f"{journey.id}/{name}"
            if step.next is None:
                hours = _hours_beyond(flow, node)
                yield Gap("missing_next", node, None, hours, journey.where("steps", name))
            if step.touchpoint is None and step.own_time is None:
                yield Gap("missing_touchpoint", node, None, None, journey.where("steps", name))
        penalty = journey.gave_up.penalty if journey.gave_up else None
        if penalty is None and flow.gave_up > 0:
            yield Gap("missing_penalty", journey.id, None, None, journey.place)


def _hours_beyond(flow: JourneyFlow, node: str) -> float | None:
    """Customer hours a year of those who reach the step: what follows is of that order."""
    if flow.starts_per_month is None:
        return None
    return flow.visits[node] * flow.effort_s / SECONDS_PER_HOUR * flow.starts_per_month * MONTHS_PER_YEAR


def _of_touchpoints(project: Project) -> Iterator[Gap]:
    inventory = project.inventory
    counted = {pair.touchpoint for pair in project.reconciled}
    for touchpoint in inventory.touchpoints.values():
        if touchpoint.channel is None:
            yield Gap("missing_channel", touchpoint.id, None, None, touchpoint.place)
        if touchpoint.owner is None and ("touchpoints", touchpoint.id) not in inventory.from_library:
            yield Gap("missing_owner", touchpoint.id, None, None, touchpoint.place)
        if touchpoint.id not in counted and touchpoint.direction == "inbound":
            yield Gap("missing_volume", touchpoint.id, None, None, touchpoint.place)


def _of_content(project: Project, works: tuple[Work, ...]) -> Iterator[Gap]:
    inventory = project.inventory
    answered = {reason for content in inventory.content.values() for reason in content.answers}
    for reason in inventory.reasons.values():
        if reason.id in answered or ("reasons", reason.id) in inventory.from_library:
            continue
        mine = [work for work in works if work.reason == reason.id]
        worth = sum(work.cost_per_year for work in mine)
        hours = sum(work.staff_h_per_year for work in mine)
        yield Gap("missing_content", reason.id, worth or None, hours or None, reason.place)
