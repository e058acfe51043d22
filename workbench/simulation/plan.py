"""What is there to draw: which kinds of contact, how often, with which times and ends?

A *stop* is one kind of contact: a step of a journey as one persona meets it, or the rest of a volume that no journey
explains. Stops and their successors are in the order of their names, so that the order of the YAML draws nothing else.
What the model does not state, its log does not have: no handling time in, none out.

A rest of ρ contacts a month, of which the share r is resolved the first time, is drawn as ρ·r new contacts a month
that each return with probability 1 − r, the returns too. Their expected number is ρ·r·(1 + (1 − r) + (1 − r)² + …)
= ρ, so repeats lie inside the volume, and the share of contacts without a repeat is r.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journeys.flow import JourneyFlow, journey_flows
from journeys.graph import GAVE_UP, RESOLVED, UNKNOWN, match_volume, row_of, starts_of
from journeys.reconcile import TOLERANCE, reconcile
from touchpoints.inventory import Inventory
from touchpoints.quantities import AnswerTime, Duration, Share
from touchpoints.records.base import Part
from touchpoints.records.contact import Touchpoint, Volume
from touchpoints.records.hours import Hours
from touchpoints.records.journey import Journey, Step, resolve_shares
from workbench.simulation.calendar import DAY_S, FREE_HOURS, OFFICE_HOURS, ROUND_THE_CLOCK, STAFFED_HOURS

GAP_DAYS = 1.0
"""Default mean time between a contact and the next step of its journey [days with contacts]; declared."""

LEAST_RESOLVED = 0.05
"""The least share resolved first time that is drawn: with none at all, no chain of repeats would end."""

END = {RESOLVED: -1, GAVE_UP: -2, UNKNOWN: -3}
"""What follows after the last contact, as a number below that of any stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One kind of contact; None where the model says nothing."""

    name: str
    touchpoint: str | None = None
    channel: str | None = None
    direction: str = "inbound"
    reason: str | None = None
    persona: str | None = None
    owner: str | None = None
    self_service: bool = False
    hours: Hours = ROUND_THE_CLOCK
    """When contacts arrive."""
    office: Hours = OFFICE_HOURS
    """When the owner works on answers."""
    profile: tuple[float, ...] = FREE_HOURS
    """Contacts per hour of the day, relative."""
    handling_s: float | None = None
    wait_s: float | None = None
    answer_s: float | None = None
    answer_in_office_time: bool = False
    own_time_s: float = 0.0
    abandoned: float = 0.0
    unanswered: float = 0.0
    handed_off: float | None = None
    repeats: bool = False
    """Whether this is a rest, whose only successor is itself."""
    starts_per_month: float = 0.0
    next: tuple[tuple[str, float], ...] = ()
    """Names of stops or ends, with their shares."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All stops of a model, and what of it cannot be drawn."""

    stops: tuple[Stop, ...]
    contacts_per_month: float
    """The contacts that the log will show."""
    longest_mean_days: float
    """The expected duration of the longest journey or chain of repeats [days]."""
    left_out: tuple[str, ...]
    """What has no number of starts or contacts."""

    @property
    def starts_per_month(self) -> float:
        """New journeys and new single contacts."""
        return sum(stop.starts_per_month for stop in self.stops)


def plan(inventory: Inventory) -> Plan:
    """The stops of a model at the point values of its numbers."""
    flows = journey_flows(inventory)
    drawn = {name: journey for name, journey in inventory.journeys.items() if flows[name].per_month > 0}
    stops = [stop for journey in drawn.values() for stop in _journey_stops(inventory, journey)]
    rests = list(_rest_stops(inventory, flows))
    left_out = [f"journey '{name}': no `starts`" for name in inventory.journeys if name not in drawn]
    seen = {(stop.touchpoint, stop.reason) for stop in stops}
    left_out += [
        f"volume '{key}': no `contacts`, and no journey passes it"
        for key, volume in inventory.volumes.items()
        if volume.contacts is None and (volume.touchpoint, volume.reason) not in seen
    ]
    window_days = inventory.settings.log.repeat_window_days
    longest = max(
        [_mean_days(stops, flows[name]) for name in drawn]
        + [mean_repeat_days(window_days) * (1 / dict(stop.next).get(RESOLVED, 1.0) - 1) for stop in rests],
        default=0.0,
    )
    contacts = sum(flows[name].per_month * flows[name].contacts for name in drawn)
    contacts += sum(stop.starts_per_month / dict(stop.next).get(RESOLVED, 1.0) for stop in rests)
    ordered = tuple(sorted((*stops, *rests), key=lambda stop: stop.name))
    return Plan(ordered, contacts, longest, tuple(left_out))


def mean_repeat_days(window_days: int) -> float:
    """The mean time after which a repeat comes, before it is cut off at the window [days]."""
    return window_days / 4


def _mean_days(stops: Sequence[Stop], flow: JourneyFlow) -> float:
    """How long a journey takes on the average, at most: working hours of an answer count four times."""
    longest: dict[str, float] = {}
    for stop in stops:
        node = stop.name.partition("@")[0]
        busy_s = sum(time or 0.0 for time in (stop.handling_s, stop.wait_s, stop.own_time_s, 4 * (stop.answer_s or 0)))
        longest[node] = max(longest.get(node, 0.0), GAP_DAYS + busy_s / DAY_S)
    return sum(visits * longest[node] for node, visits in flow.visits.items())


def _journey_stops(inventory: Inventory, journey: Journey) -> Iterator[Stop]:
    """The steps of a journey, once for each persona that makes it."""
    mix: dict[str | None, float] = {None: 1.0}
    if journey.personas:
        mix = dict(resolve_shares(journey.personas).items())
    starts_per_month = journey.starts.point if journey.starts else 0.0
    starts = starts_of(journey)
    for persona, share in mix.items():
        for name, step in journey.steps.items():
            row = sorted(row_of(step, persona).items())
            yield replace(
                _step_stop(inventory, step, persona),
                name=_name(journey, name, persona),
                starts_per_month=starts_per_month * share * starts.get(name, 0.0),
                next=tuple((to if to in END else _name(journey, to, persona), part) for to, part in row if part > 0),
            )


def _name(journey: Journey, step: str, persona: str | None) -> str:
    return f"{journey.id}/{step}@{persona or ''}"


def _step_stop(inventory: Inventory, step: Step, persona: str | None) -> Stop:
    override = step.by_persona.get(persona) if persona else None
    match = match_volume(inventory, step, persona)
    stop = _at(inventory, match.touchpoint) if match.touchpoint else Stop("")
    stop = _with_volume(stop, match.volume) if match.volume else stop
    own_time_s = _seconds("own_time", override, step) or 0.0
    return replace(
        stop,
        reason=step.reason,
        persona=persona,
        wait_s=_seconds("wait", override, step, match.volume),
        handling_s=_seconds("handling_time", override, step, match.volume),
        own_time_s=own_time_s,
    )


def _rest_stops(inventory: Inventory, flows: dict[str, JourneyFlow]) -> Iterator[Stop]:
    """The rests of the volumes; a rest counted per persona keeps the proportion of its personas."""
    rests = {(pair.touchpoint, pair.reason): pair for pair in reconcile(inventory, flows)}
    for volume in inventory.volumes.values():
        pair = rests.get((volume.touchpoint, volume.reason))
        counted = volume.contacts.point if volume.contacts else 0.0
        if pair is None or counted <= 0 or pair.rest_per_month <= TOLERANCE:
            continue
        rest = pair.rest_per_month * counted / pair.contacts_per_month
        name = f"rest/{volume.touchpoint}/{volume.reason}@{volume.persona or ''}"
        resolved = volume.resolved_first_time
        row: tuple[tuple[str, float], ...] = ((UNKNOWN, 1.0),)
        if resolved is not None:
            first = max(resolved.point, LEAST_RESOLVED)
            rest *= first
            row = ((RESOLVED, first), (name, 1 - first))
        stop = _with_volume(_at(inventory, inventory.touchpoints[volume.touchpoint]), volume)
        yield replace(
            stop,
            name=name,
            reason=volume.reason,
            persona=volume.persona,
            repeats=True,
            starts_per_month=rest,
            next=row,
        )


def _at(inventory: Inventory, touchpoint: Touchpoint) -> Stop:
    """What the touchpoint says about its contacts.

    Customers write and click at any hour, and call or come in the opening hours: the touchpoint's own, else its
    owner's, else office hours.
    """
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    owner = inventory.teams.get(touchpoint.owner) if touchpoint.owner else None
    office = _first(touchpoint.hours, owner.hours if owner else None) or OFFICE_HOURS
    self_service = channel.self_service if channel else False
    unstaffed = self_service or touchpoint.direction == "publication"
    free = unstaffed or (channel is not None and channel.live is False and touchpoint.direction == "inbound")
    hours = (_first(touchpoint.hours) or ROUND_THE_CLOCK) if free else office
    return Stop(
        "",
        touchpoint=touchpoint.id,
        channel=touchpoint.channel,
        direction="outbound" if touchpoint.direction == "outbound" else "inbound",
        owner=touchpoint.owner,
        self_service=unstaffed,
        hours=hours,
        office=office,
        profile=FREE_HOURS if free else STAFFED_HOURS,
    )


def _first(*hours: Hours | None) -> Hours | None:
    return next((one for one in hours if one is not None and one.stretches), None)


def _with_volume(stop: Stop, volume: Volume) -> Stop:
    """The stop with what its volume says about times and outcomes."""
    answer: AnswerTime | None = volume.answer_time
    abandoned = _share(volume.abandoned) or 0.0
    return replace(
        stop,
        handling_s=_seconds("handling_time", volume),
        wait_s=_seconds("wait", volume),
        answer_s=answer.point if answer else None,
        answer_in_office_time=answer.office if answer else False,
        abandoned=abandoned,
        unanswered=min(_share(volume.unanswered) or 0.0, 1 - abandoned),
        handed_off=_share(volume.handed_off),
    )


def _seconds(field: str, *parts: Part | None) -> float | None:
    """The time of a field [s] as the first part states it, None when none does."""
    stated: Iterator[Duration | None] = (getattr(part, field) for part in parts if part is not None)
    return next((float(time.point) for time in stated if time is not None), None)


def _share(share: Share | None) -> float | None:
    return None if share is None else share.point
