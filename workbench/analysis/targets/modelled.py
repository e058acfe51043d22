"""What does the model say of what is promised?"""

from __future__ import annotations

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption
from touchpoints.records.contact import Volume
from workbench.analysis.staffing.staffing import Staffing
from workbench.analysis.targets.desks_now import DeskNow, desk_now
from workbench.analysis.targets.reading import Lack, Promised, Reading, stated_hours
from workbench.analysis.workload import assumption_of
from workbench.project import Project

STATED = {
    "first_contact_resolution": "resolved_first_time", "handling_time": "handling_time", "wait": "wait",
    "abandonment": "abandoned", "unanswered": "unanswered", "effort_score": "effort_score",
}  # fmt: skip
"""The field of volumes that states a measure."""

WORKED_OUT = frozenset({"answered_within", "service_level", "wait", "abandonment"})
"""What follows from the people there now."""


NEARLY = 0.005
"""People are worked out to two decimals, so that what is shown as the same share is the same."""


def desk_of(staffed: Staffing, promised: Promised) -> DeskNow | None:
    """The queue or backlog that a promise is about, if it is about one and its people are known."""
    target = promised.target
    if promised.touchpoint is None or target.measure not in WORKED_OUT:
        return None
    by_limit = target.limit is not None and target.measure in ("answered_within", "service_level")
    limit_s = target.limit.point if target.limit is not None and by_limit else None
    office = target.limit.office if target.limit is not None else False
    return desk_now(staffed, promised.touchpoint.id, target.measure, limit_s, office)


def modelled(project: Project, promised: Promised, desk: DeskNow | None) -> Reading:
    """The value of the model: worked out for a queue or backlog, else of the journey's flow, hours or volumes."""
    measure = promised.target.measure
    if desk is not None:
        return Reading(desk.value(), basis=desk.basis, precision=NEARLY, inputs=desk.inputs)
    if measure == "completion":
        return _completion(project, promised)
    if measure == "reachability":
        return _reachability(project, promised)
    if measure in STATED:
        found = _stated(project, promised)
        if found.value is None and measure in WORKED_OUT:
            return Reading(lacks=(*found.lacks, Lack("lack_people")))
        return found
    return Reading(lacks=(Lack("lack_people"),))


def _completion(project: Project, promised: Promised) -> Reading:
    """The share of journeys that end resolved; what the model leaves open may end either way."""
    journey = promised.target.journey
    if journey is None:
        return Reading(lacks=(Lack("lack_journey"),))
    flow = project.flows[journey]
    if not flow.steps:
        return Reading(lacks=(Lack("lack_steps"),))
    lacks = (Lack("lack_ends", {"share": flow.unknown}),) if flow.unknown > 0 else ()
    return Reading(flow.resolved, flow.resolved, flow.resolved + flow.unknown, basis="basis_flow", lacks=lacks)


def _reachability(project: Project, promised: Promised) -> Reading:
    here = promised.touchpoint
    if here is None:
        return Reading(lacks=(Lack("lack_touchpoint"),))
    hours = stated_hours(project.inventory, here)
    if hours is None:
        return Reading(lacks=(Lack("lack_hours"),))
    return Reading(hours[0].per_week_h, basis="basis_hours")


def _stated(project: Project, promised: Promised) -> Reading:
    """The mean over volumes by their contacts, of those that state it; its interval from theirs."""
    target, field = promised.target, STATED[promised.target.measure]
    here = promised.touchpoint.id if promised.touchpoint else None
    chosen = [
        one
        for one in project.inventory.volumes.values()
        if one.touchpoint == here and target.reason in (None, one.reason)
    ]
    found: list[tuple[float, tuple[float, float, float]]] = []
    used: list[Assumption] = []
    for volume in chosen:
        ends = _ends(volume, field, used)
        if ends is not None:
            found.append((_weight(volume), ends))
    weight, every = sum(one for one, _ in found), sum(map(_weight, chosen))
    if not weight:
        return Reading(lacks=(Lack("lack_stated", {"field": field}),))
    value, low, high = (sum(share * ends[at] for share, ends in found) / weight for at in range(3))
    lacks = (Lack("lack_part", {"field": field, "share": weight / every}),) if weight < every * (1 - 1e-9) else ()
    is_range = low < high
    return Reading(
        value, low if is_range else None, high if is_range else None, basis="basis_stated", lacks=lacks,
        inputs=tuple(used),
    )  # fmt: skip


def _weight(volume: Volume) -> float:
    return volume.contacts.point if volume.contacts is not None else 0.0


def _ends(volume: Volume, field: str, used: list[Assumption]) -> tuple[float, float, float] | None:
    """Point, low and high of what a volume states."""
    if field == "effort_score":
        score = volume.effort_score
        # Only one scale has 7 as its best; targets are on that one.
        return (score.mean,) * 3 if score is not None and score.scale == "ces2" else None
    stated: Estimate | None = getattr(volume, field)
    if stated is None:
        return None
    used.append(assumption_of(f"volumes/{volume.id}", volume, field, stated))
    return stated.point, stated.low, stated.high
