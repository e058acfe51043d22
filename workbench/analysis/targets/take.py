"""What would it take to keep a promise that is not kept?"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.analysis.staffing.need import full_time
from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.targets.desks_now import DeskNow
from workbench.analysis.targets.reading import Promised, Reading
from workbench.analysis.targets.solving import least_extra, most_left
from workbench.analysis.workload import MONTHS_PER_YEAR, SECONDS_PER_HOUR, Work
from workbench.project import Project

_BEST_SCORE = 7


@dataclass(frozen=True)
class Take:
    """Ways to keep a promise, each by itself, from the same model that says it is not kept.

    Attributes:
        how: the sentence `target.<how>` that says which model was turned round.
        people: more people at work while it is open [1].
        fte: the same in full-time equivalents to employ [FTE].
        time_s: handling time less per contact [s].
        share: contacts fewer, or contacts, answers or journeys that must go better [1].
        contacts_per_year: that many contacts, answers or journeys [1/year].
        staff_h_per_year: hours of work more (or, below zero, less) [h/year].
    """

    how: str
    people: float | None = None
    fte: float | None = None
    time_s: float | None = None
    share: float | None = None
    contacts_per_year: float | None = None
    staff_h_per_year: float | None = None


def take(
    project: Project,
    staffed: Staffing,
    works: tuple[Work, ...],
    promised: Promised,
    found: Reading,
    desk: DeskNow | None,
) -> Take | None:
    """What it would take; None where the promise is kept or nothing is known of it."""
    gap = promised.gap(found.value)
    if not gap or promised.verdict(found) == "target_met":
        return None
    if desk is not None:
        return _of_desk(promised, desk)
    measure = promised.target.measure
    if measure == "reachability":
        return _of_hours(staffed, promised, gap)
    if measure == "completion":
        return _of_journey(project, promised, gap)
    own = [
        work
        for work in works
        if promised.touchpoint is not None
        and work.touchpoint == promised.touchpoint.id
        and promised.target.reason in (None, work.reason)
    ]
    contacts = sum(work.contacts_per_year for work in own)
    hours = sum(work.staff_h_per_year for work in own)
    if measure == "handling_time":
        saved_h = contacts * gap / SECONDS_PER_HOUR
        return Take("take_handling", time_s=gap, staff_h_per_year=-saved_h)
    if measure in ("first_contact_resolution", "abandonment"):
        return Take("take_share", share=gap, contacts_per_year=gap * contacts)
    if measure == "unanswered":
        return Take("take_answers", share=gap, contacts_per_year=gap * contacts, staff_h_per_year=gap * hours)
    if measure == "effort_score" and found.value is not None and found.value < _BEST_SCORE:
        return Take("take_score", share=gap / (_BEST_SCORE - found.value))
    return None


def _of_desk(promised: Promised, desk: DeskNow) -> Take:
    """Turns the queue or the backlog round: one number at a time, all others as they are."""

    def is_kept(value: float) -> bool:
        return promised.verdict(Reading(value)) == "target_met"

    people = least_extra(lambda extra: is_kept(desk.value(more_people=extra)))
    time = most_left(lambda part: is_kept(desk.value(time=part)))
    contacts = most_left(lambda part: is_kept(desk.value(contacts=part)))
    return Take(
        how=desk.basis.replace("basis", "take"),
        people=people,
        fte=desk.fte(people) if people is not None else None,
        time_s=(1 - time) * desk.handling_s if time is not None else None,
        share=1 - contacts if contacts is not None else None,
        contacts_per_year=(1 - contacts) * desk.contacts_per_month * MONTHS_PER_YEAR if contacts is not None else None,
    )


def _of_hours(staffed: Staffing, promised: Promised, gap_h: float) -> Take:
    """More hours with as many people at work as now."""
    here = promised.touchpoint
    need = next((one for one in staffed.needs if here is not None and one.team.id == here.owner), None)
    if need is None or need.present is None:
        return Take("take_hours_unknown")
    return Take(
        "take_hours", people=need.present, fte=full_time(gap_h * need.present / need.hours_per_week, need.shrinkage)
    )


def _of_journey(project: Project, promised: Promised, gap: float) -> Take:
    flow = project.flows[promised.target.journey or ""]
    per_year = None if flow.starts_per_month is None else gap * flow.starts_per_month * MONTHS_PER_YEAR
    return Take("take_journey", share=gap, contacts_per_year=per_year)
