"""Do the records of the model agree with one another?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from touchpoints.capacity import unplannable
from touchpoints.collections import SINGULAR
from touchpoints.faults import Fault, hint
from touchpoints.inventory import Inventory
from touchpoints.quantities import Money, Share
from touchpoints.records.base import Record, Stated, estimates
from touchpoints.records.journey import ENDS, RESERVED, Journey, MomentOfTruth, Rest, ShareOrRest, Step
from touchpoints.records.organisation import Target
from touchpoints.scenario_checks import unfit_scenarios
from touchpoints.validate import check_id

SHARE_TOLERANCE = 1e-6
_PER = {"cost_per_hour": ("hour", ""), "running": ("month", "year", ""), "once": ("",)}
"""The time units that an amount may carry, by field; others are amounts at once or per contact."""
_LONG_HANDLING_S = 8 * 3_600
_LONG_WAIT_S = 24 * 3_600
_HIGH_COST_PER_HOUR = 500


def inconsistencies(inventory: Inventory) -> Iterator[Fault]:
    """Every fault that shows only when records are read together."""
    for collection, _, record in inventory.records():
        yield from _amounts(inventory, collection, record)
        yield from _evidence_fields(collection, record)
        yield from _slips(record)
    for journey in inventory.journeys.values():
        yield from _journey(journey)
    yield from _moments(inventory)
    yield from _volumes(inventory)
    for target in inventory.targets.values():
        yield from _target(target)
    yield from unfit_scenarios(inventory)
    yield from unplannable(inventory)


def _amounts(inventory: Inventory, collection: str, record: Record) -> Iterator[Fault]:
    borrowed = (collection, record.id) in inventory.from_library
    remedy = f"`extends: library.{record.id}` in a record of your own with amounts in" if borrowed else "write it in"
    expected, who = inventory.settings.currency, f"{SINGULAR.get(collection, collection)} '{record.id}'"
    for path, estimate in estimates(record):
        if isinstance(estimate, Money) and estimate.currency not in ("", expected):
            message = f"{who}: {path[-1]} '{estimate.text}' is not in the project's currency; {remedy} {expected}"
            yield Fault(record.where(*path), "currency", message)
        allowed = _PER.get(str(path[-1]), ("", "contact"))
        if isinstance(estimate, Money) and estimate.per not in allowed:
            per = " or ".join(f"/{unit}" if unit else "no unit" for unit in allowed)
            message = f"{who}: {path[-1]} '{estimate.text}' has the wrong unit; write it with {per}"
            yield Fault(record.where(*path), "quantity", message)


def _evidence_fields(collection: str, record: Stated) -> Iterator[Fault]:
    if record.evidence is None:
        return
    known = {info.alias or name for name, info in type(record).model_fields.items()}
    for name in record.evidence.fields:
        if name.partition(".")[0] not in known:
            identity = getattr(record, "id", collection)
            message = f"{identity}: evidence for the unknown field '{name}'{hint(name, known, most=30)}"
            yield Fault(record.where("evidence", "fields", name), "unknown-key", message)


def _journey(journey: Journey) -> Iterator[Fault]:
    who = f"journey '{journey.id}'"
    if journey.start is not None:
        yield from _row(journey, journey.start, f"{who}: start", ("start",), journey.steps)
    if journey.personas is not None:
        fault = _sum_fault(journey.personas, f"{who}: personas")
        if fault:
            yield Fault(journey.where("personas"), "persona-mix", fault)
    targets = (*journey.steps, *ENDS)
    for name, step in journey.steps.items():
        here = f"{who}: step '{name}'"
        yield from _step_id(journey, name, here)
        if step.phase is not None and step.phase not in journey.phases:
            message = f"{here}: unknown phase '{step.phase}'{hint(step.phase, journey.phases)}"
            yield Fault(journey.where("steps", name, "phase"), "phase-unknown", message)
        if step.next is not None:
            yield from _row(journey, step.next, here, ("steps", name, "next"), targets)
        for persona, override in step.by_persona.items():
            path = ("steps", name, "by_persona", persona)
            if journey.personas is not None and persona not in journey.personas:
                message = f"{here}: persona '{persona}' does not make this journey{hint(persona, journey.personas)}"
                yield Fault(journey.where(*path), "unknown-reference", message)
            if override.next is not None:
                yield from _row(journey, override.next, f"{here} for '{persona}'", (*path, "next"), targets)


def _step_id(journey: Journey, name: str, who: str) -> Iterator[Fault]:
    place = journey.where("steps", name)
    yield from check_id(name, who, place)
    if name in RESERVED:
        yield Fault(place, "bad-id", f"{who}: '{name}' has a meaning of its own in a `next`; rename the step")
    if "id" in journey.steps[name].written.value:
        message = f"{who}: 'id' is not written inside the step; delete it"
        yield Fault(journey.where("steps", name, "id"), "unknown-key", message)


def _row(
    journey: Journey,
    row: Mapping[str, ShareOrRest],
    who: str,
    path: tuple[str, ...],
    targets: Mapping[str, object] | tuple[str, ...],
) -> Iterator[Fault]:
    for target in row:
        if target not in targets:
            message = f"{who}: unknown step '{target}'{hint(target, targets)}"
            yield Fault(journey.where(*path, target), "unknown-reference", message)
    message = _sum_fault(row, who)
    if message:
        yield Fault(journey.where(*path), "shares-sum", message)


def _sum_fault(row: Mapping[str, ShareOrRest], who: str) -> str:
    """What is wrong with the sum of a row of shares, if anything."""
    total = sum(share.point for share in row.values() if isinstance(share, Share))
    has_rest = any(isinstance(share, Rest) for share in row.values())
    if total > 1 + SHARE_TOLERANCE:
        return f"{who}: shares sum to {total:.7g}, more than 1; lower one of them by {total - 1:.4g}"
    if not has_rest and total < 1 - SHARE_TOLERANCE:
        return f"{who}: shares sum to {total:.7g}, not 1; raise one by {1 - total:.4g}, or write `rest` for it"
    return ""


def _moments(inventory: Inventory) -> Iterator[Fault]:
    for moment in inventory.moments_of_truth.values():
        name, _, step = moment.at.partition("/")
        journey = inventory.journeys.get(name)
        who = f"moment of truth '{moment.at}'"
        if journey is None:
            message = f"{who}: unknown journey '{name}'{hint(name, inventory.journeys)}"
            yield Fault(moment.where("at"), "unknown-reference", message)
        elif step not in journey.steps:
            message = f"{who}: unknown step '{step}'{hint(step, journey.steps)}"
            yield Fault(moment.where("at"), "unknown-reference", message)
        else:
            yield from _moment_without_human(inventory, moment, journey.steps[step])
        yield from _ambition(moment)


def _ambition(moment: MomentOfTruth) -> Iterator[Fault]:
    who = f"moment of truth '{moment.at}'"
    if moment.hygiene and moment.ambition == "special":
        message = f"{who}: speed is expected, not special; lower the ambition to `easy`"
        yield Fault(moment.where("ambition"), "hygiene-nine", message)
    if moment.ambition not in ("easy", "special") or moment.ambition == moment.now:
        return
    wanted = ("behaviours", "may_spend") if moment.ambition == "special" else ("behaviours",)
    lacking = [f"`{key}`" for key in wanted if not getattr(moment, key)]
    if lacking:
        message = f"{who}: nothing stands behind the ambition `{moment.ambition}`; add {' and '.join(lacking)}"
        yield Fault(moment.where("ambition"), "ambition-without-means", message)


def _moment_without_human(inventory: Inventory, moment: MomentOfTruth, step: Step) -> Iterator[Fault]:
    touchpoint = inventory.touchpoints.get(step.touchpoint) if step.touchpoint else None
    channel = inventory.channels.get(touchpoint.channel) if touchpoint and touchpoint.channel else None
    if touchpoint and channel and channel.self_service and touchpoint.human_fallback is not True:
        message = f"moment of truth '{moment.at}': no person can be reached from '{touchpoint.id}'"
        yield Fault(moment.place, "moment-without-human", f"{message}; give it `human_fallback: yes`")


def _volumes(inventory: Inventory) -> Iterator[Fault]:
    totals = {(volume.touchpoint, volume.reason): volume for volume in inventory.volumes.values() if not volume.persona}
    for volume in inventory.volumes.values():
        who = f"volume '{volume.id}'"
        total = totals.get((volume.touchpoint, volume.reason))
        if volume.persona and total is not None:
            message = f"{who}: its total is counted too in {total.place}; delete the total or the parts"
            yield Fault(volume.place, "duplicate-volume", message)
        if volume.handling_time and volume.handling_time.point > _LONG_HANDLING_S:
            message = f"{who}: a mean handling time of {volume.handling_time.text} is longer than a working day"
            yield Fault(volume.where("handling_time"), "volume-implausible", f"{message}; check the unit")
        if volume.wait and volume.wait.point > _LONG_WAIT_S:
            message = f"{who}: a mean wait of {volume.wait.text} is longer than a day; use `answer_time`?"
            yield Fault(volume.where("wait"), "volume-implausible", message)


_TARGET_NEEDS = {
    "answered_within": ("limit",),
    "service_level": ("limit",),
    "handling_time": ("limit",),
    "wait": ("limit",),
    "first_contact_resolution": ("at_least",),
    "completion": ("at_least",),
    "abandonment": ("at_most",),
    "unanswered": ("at_most",),
    "effort_score": ("score",),
    "reachability": ("hours_per_week",),
}


def _target(target: Target) -> Iterator[Fault]:
    for key in _TARGET_NEEDS[target.measure]:
        if getattr(target, key) is None:
            message = f"target '{target.id}': measure '{target.measure}' needs the key '{key}'; add it"
            yield Fault(target.place, "missing-key", message)


def _slips(record: Record) -> Iterator[Fault]:
    """What is possible but hardly meant: the price of an hour, a time of one's own, a date that is yet to come."""
    for path, estimate in estimates(record):
        if (
            path[-1] == "cost_per_hour"
            and getattr(estimate, "per", "") in ("", "hour")
            and estimate.point > _HIGH_COST_PER_HOUR
        ):
            message = f"{record.id}: an hour costs {estimate.text}; check whether a year's or a month's cost was meant"
            yield Fault(record.where(*path), "volume-implausible", message)
        if path[-1] == "own_time" and estimate.point > _LONG_WAIT_S:
            message = f"{record.id}: {path[-1]} of {estimate.text} is longer than a day; check the unit"
            yield Fault(record.where(*path), "volume-implausible", message)
    stated = record.evidence.date if record.evidence else None
    if stated is not None and stated > date.today() + timedelta(days=1):
        message = f"{record.id}: evidence is dated {stated}, which is yet to come; check the year"
        yield Fault(record.where("evidence", "date"), "volume-implausible", message)
