"""Do the measures, months and rates of scenarios fit the rest of the model?"""

from __future__ import annotations

from collections.abc import Iterator

from touchpoints.faults import Fault, hint
from touchpoints.inventory import Inventory
from touchpoints.quantities import Money
from touchpoints.records.base import estimates
from touchpoints.records.contact import Channel, Reason
from touchpoints.records.scenario import Measure, Scenario, Shift
from touchpoints.scenario_months import first_month, months_after, number_of_months

_HIGHEST_RATE = 0.30


def unfit_scenarios(inventory: Inventory) -> Iterator[Fault]:
    """Every fault of a scenario that shows only beside the rest of the model."""
    counted: set[tuple[str | None, str | None]] = {(one.touchpoint, one.reason) for one in inventory.volumes.values()}
    counted |= {(s.touchpoint, s.reason) for journey in inventory.journeys.values() for s in journey.steps.values()}
    yield from _steering(inventory)
    for scenario in inventory.scenarios.values():
        yield from _months(inventory, scenario)
        yield from _rate(scenario)
        for index, measure in enumerate(scenario.measures):
            yield from _hits(inventory, counted, scenario, index, measure)
            if isinstance(measure, Shift):
                yield from _shift(inventory, scenario, index, measure)


def _steering(inventory: Inventory) -> Iterator[Fault]:
    rules, expected = inventory.steering, inventory.settings.currency
    for touchpoint in rules.capacity:
        if touchpoint not in inventory.touchpoints:
            message = f"steering: unknown touchpoint '{touchpoint}'{hint(touchpoint, inventory.touchpoints)}"
            yield Fault(rules.where("capacity", touchpoint), "unknown-reference", message)
    for path, estimate in estimates(rules):
        if isinstance(estimate, Money) and estimate.currency not in ("", expected):
            message = f"steering: '{estimate.text}' is not in the project's currency; write it in {expected}"
            yield Fault(rules.where(*path), "currency", message)


def _months(inventory: Inventory, scenario: Scenario) -> Iterator[Fault]:
    if scenario.horizon is not None and scenario.horizon.point < 1:
        message = f"scenario '{scenario.id}': a horizon of {scenario.horizon.text} is no month; write 36 months, say"
        yield Fault(scenario.where("horizon"), "out-of-range", message)
        return
    first, months = first_month(inventory, scenario), number_of_months(scenario)
    for field in ("measures", "investments"):
        for index, one in enumerate(getattr(scenario, field)):
            after = months_after(first, one.start)
            if first is None or one.start is None or 0 <= after < months:
                continue
            side = "before it starts" if after < 0 else f"after its {months} months are over"
            message = (
                f"scenario '{scenario.id}': {one.start:%Y-%m} lies {side} (it starts {first:%Y-%m}); "
                "correct the month, the start or the horizon"
            )
            yield Fault(scenario.where(field, index, "start"), "outside-scenario", message)


def _rate(scenario: Scenario) -> Iterator[Fault]:
    rate = scenario.discount_rate
    if rate is not None and not 0 <= rate.point <= _HIGHEST_RATE:
        message = f"scenario '{scenario.id}': a discount rate of {rate.text} a year is hardly meant; write 2.25%, say"
        yield Fault(scenario.where("discount_rate"), "rate-implausible", message)


def _hits(
    inventory: Inventory,
    counted: set[tuple[str | None, str | None]],
    scenario: Scenario,
    index: int,
    measure: Measure,
) -> Iterator[Fault]:
    places = (measure.from_,) if isinstance(measure, Shift) else measure.touchpoints
    known = counted and all(place in inventory.touchpoints for place in places)
    for reason in measure.reasons if known else ():
        if reason not in inventory.reasons:
            continue
        hit = any((place, reason) in counted for place in places)
        if not (hit or (not places and any(one == reason for _, one in counted))):
            where = f" at {', '.join(places)}" if places else ""
            message = f"scenario '{scenario.id}': no contacts for '{reason}'{where} are counted"
            place = scenario.where("measures", index, "reasons")
            yield Fault(place, "measure-hits-nothing", f"{message}; add the volume or correct the measure")


def _shift(inventory: Inventory, scenario: Scenario, index: int, measure: Shift) -> Iterator[Fault]:
    place = scenario.where("measures", index, "to")
    if measure.from_ == measure.to:
        message = f"scenario '{scenario.id}': a shift from '{measure.to}' to itself; name another touchpoint"
        yield Fault(place, "out-of-range", message)
        return
    target = inventory.touchpoints.get(measure.to)
    channel = inventory.channels.get(target.channel) if target is not None and target.channel else None
    for key in measure.reasons if channel is not None else ():
        reason = inventory.reasons.get(key)
        why = unfit(channel, reason) if channel is not None and reason is not None else None
        if why is not None:
            message = f"scenario '{scenario.id}': '{measure.to}' can hardly carry '{key}': {why}"
            yield Fault(place, "channel-cannot-carry", f"{message}; name another touchpoint or leave the reason out")


def unfit(channel: Channel, reason: Reason) -> str | None:
    """Why a channel cannot carry a reason, None when it can."""
    if reason.emotion and channel.max_emotion and reason.emotion.point > channel.max_emotion.point:
        return f"emotion {reason.emotion.text} is above the {channel.max_emotion.text} of '{channel.id}'"
    if reason.complexity and channel.max_complexity and reason.complexity.point > channel.max_complexity.point:
        return f"complexity {reason.complexity.text} is above the {channel.max_complexity.text} of '{channel.id}'"
    if reason.identification and channel.identification == "no":
        return f"customers must be identified, and '{channel.id}' cannot"
    return None
