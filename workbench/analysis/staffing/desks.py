"""Which contacts wait for people of which team, and what is promised about them?

A *desk* is a touchpoint where people answer. Calls, visits and chats queue; e-mails, letters and forms, and whatever
has longer than an hour, are a backlog; what the organisation starts itself is outbound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from touchpoints.arrivals import library_arrivals
from touchpoints.estimate import Estimate
from touchpoints.faults import Place
from touchpoints.inventory import Assumption, Inventory
from touchpoints.quantities import AnswerTime
from touchpoints.records.base import Part
from touchpoints.records.contact import Channel, Touchpoint
from touchpoints.records.hours import Hours
from touchpoints.records.organisation import Target, Team
from workbench.analysis.staffing.agents import Promise
from workbench.analysis.workload import Work, assumption_of

Kind = Literal["queue", "backlog", "outbound"]

QUEUE_LIMIT_S = 3_600
"""Who may be answered later than this does not stand in a queue."""


@dataclass(frozen=True)
class Line:
    """Contacts of one touchpoint and reason; handling time None where it is missing [s]."""

    touchpoint: str
    reason: str | None
    contacts_per_month: float
    handling_s: float | None


@dataclass(frozen=True)
class Finding:
    """Something about a team or desk that staffing has to say, with the place where it stands."""

    kind: str
    record: str
    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """The contacts of a touchpoint that people of its team answer.

    Attributes:
        kind: queue, backlog or outbound.
        contacts_per_month: those with a known handling time [1/month].
        handling_s: their mean handling time, one at a time [s].
        hours: when the team answers.
        promise: what a queue shall keep to.
        limit: the time within which a backlog is answered.
        at_least: the share answered within it [1].
        patience_s: mean patience [s].
        concurrency, slowing: contacts at once, and how much longer each takes per further one [1].
        max_occupancy: the highest share of their time that people are busy [1].
        used: the numbers of the model it rests on.
    """

    touchpoint: Touchpoint
    team: Team
    kind: Kind
    contacts_per_month: float
    handling_s: float
    hours: Hours
    promise: Promise
    limit: AnswerTime
    at_least: float
    patience_s: float
    concurrency: float
    slowing: float
    max_occupancy: float
    used: tuple[Assumption, ...]

    @property
    def channel(self) -> str:
        """The channel's id, or that of the touchpoint where it has none."""
        return self.touchpoint.channel or self.touchpoint.id

    @property
    def work_s(self) -> float:
        """The time of people that a contact takes, of several at once its part [s]."""
        return self.handling_s * (1 + self.slowing * (self.concurrency - 1)) / self.concurrency


@dataclass
class Chooser:
    """Takes the first number stated, and remembers which one it was."""

    used: dict[str, Assumption] = field(default_factory=dict)

    def of(self, key: str, *stated: tuple[str, Part | None]) -> Any:
        """The field `key` of the first part that states it; None when none does."""
        for name, part in stated:
            value: Estimate | None = getattr(part, key, None)
            if part is not None and value is not None:
                self.used[f"{name}/{key}"] = assumption_of(name, part, key, value)
                return value
        return None

    def point(self, key: str, *stated: tuple[str, Part | None]) -> float:
        """Its point.

        Raises:
            ValueError: neither the stated parts nor the library have it.
        """
        found = self.of(key, *stated)
        if found is None:
            raise ValueError(f"stated must hold a {key}, got {[name for name, _ in stated]!r}")
        return float(found.point)


def lines_of(works: Iterable[Work]) -> tuple[Line, ...]:
    """The contacts of a workload that people handle."""
    return tuple(
        Line(work.touchpoint, work.reason, work.contacts_per_month, work.handling_s) for work in works if work.human
    )


def desks(
    inventory: Inventory, lines: Iterable[Line], target: Promise | None = None
) -> tuple[tuple[Desk, ...], tuple[Finding, ...]]:
    """The desks that have contacts, and what cannot be staffed.

    Args:
        inventory: the model.
        lines: the contacts.
        target: a service level for every queue, instead of what the model promises.
    """
    by_touchpoint: dict[str, list[Line]] = {}
    for line in lines:
        by_touchpoint.setdefault(line.touchpoint, []).append(line)
    found: list[Desk] = []
    findings: list[Finding] = []
    for name, own in sorted(by_touchpoint.items()):
        touchpoint = inventory.touchpoints[name]
        if touchpoint.direction == "publication":
            continue
        for line in own:
            if line.handling_s is None and line.contacts_per_month > 0:
                findings.append(Finding("no_handling_time", name, _place(inventory, line), {"reason": line.reason}))
        timed = [(line.contacts_per_month, line.handling_s) for line in own if line.handling_s]
        contacts = sum(number for number, _ in timed)
        team = inventory.teams.get(touchpoint.owner) if touchpoint.owner else None
        if not contacts:
            continue
        if team is None:
            findings.append(Finding("no_team", name, touchpoint.place))
            continue
        mean_s = sum(number * handling_s for number, handling_s in timed) / contacts
        found.append(_desk(inventory, touchpoint, team, contacts, mean_s, target))
    return tuple(found), (*findings, *_without_hours(found))


def _place(inventory: Inventory, line: Line) -> Place:
    for volume in inventory.volumes.values():
        if (volume.touchpoint, volume.reason) == (line.touchpoint, line.reason):
            return volume.place
    return inventory.touchpoints[line.touchpoint].place


def _without_hours(found: Iterable[Desk]) -> Iterable[Finding]:
    """Teams whose hours are taken from the library, each once."""
    teams = {desk.team.id: desk for desk in found if not _stated_hours(desk.touchpoint, desk.team)}
    return (Finding("no_hours", team, desk.team.place) for team, desk in teams.items())


def _stated_hours(touchpoint: Touchpoint, team: Team) -> Hours | None:
    return next((one for one in (touchpoint.hours, team.hours) if one is not None and one.stretches), None)


def _desk(
    inventory: Inventory, touchpoint: Touchpoint, team: Team, contacts: float, mean_s: float, target: Promise | None
) -> Desk:
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    general = ("staffing", inventory.staffing)
    whose = (f"teams/{team.id}", team)
    medium = (f"channels/{channel.id}", channel) if channel else ("channels/?", None)
    chooser = Chooser()
    live = channel is None or channel.live is not False
    promised = _promised(inventory, touchpoint)
    limit, at_least = _limit(chooser, promised, live, medium, general)
    kind: Kind = "outbound" if touchpoint.direction == "outbound" else "backlog"
    if kind == "backlog" and live and not limit.office and limit.point <= QUEUE_LIMIT_S:
        kind = "queue"
    occupancy = chooser.point("max_occupancy", whose, general)
    several = channel is not None and channel.concurrency is not None and channel.concurrency.point > 1
    promise = target or Promise(limit.point, at_least)
    return Desk(
        touchpoint=touchpoint,
        team=team,
        kind=kind,
        contacts_per_month=contacts,
        handling_s=mean_s,
        hours=_stated_hours(touchpoint, team) or library_arrivals().hours,
        promise=Promise(promise.within_s, promise.at_least, occupancy, *_other_promises(chooser, promised, target)),
        limit=limit,
        at_least=at_least,
        patience_s=chooser.point("patience", medium, whose, general) if kind == "queue" else float("inf"),
        concurrency=chooser.point("concurrency", medium) if several else 1.0,
        slowing=chooser.point("slowing", general) if several else 0.0,
        max_occupancy=occupancy,
        used=tuple(chooser.used.values()),
    )


def _promised(inventory: Inventory, touchpoint: Touchpoint) -> dict[str, Target]:
    """The targets of a touchpoint by measure; one for everywhere holds where it has none of its own."""
    found: dict[str, Target] = {}
    for own in (False, True):
        for target in inventory.targets.values():
            here = target.touchpoint == touchpoint.id if own else target.touchpoint is None
            if here and target.reason is None and target.journey is None:
                found[target.measure] = target
    return found


def _limit(
    chooser: Chooser,
    promised: Mapping[str, Target],
    live: bool,
    medium: tuple[str, Channel | None],
    general: tuple[str, Part],
) -> tuple[AnswerTime, float]:
    """The time within which contacts are answered and the share that is: of a target, else of channel and library."""
    order = ("service_level", "answered_within") if live else ("answered_within", "service_level")
    target = next((promised[measure] for measure in order if measure in promised), None)
    named = (f"targets/{target.id}", target) if target else ("targets/?", None)
    limit: AnswerTime | None = chooser.of("limit", named) or chooser.of("answer_limit", medium)
    limit = limit or chooser.of("answer_limit" if live else "written_answer_limit", general)
    share: Estimate | None = chooser.of("at_least", named)
    share = share or chooser.of("at_least" if live else "written_at_least", general)
    assert limit is not None  # the library states both
    assert share is not None
    return limit, share.point


def _other_promises(chooser: Chooser, promised: Mapping[str, Target], target: Promise | None) -> tuple[float, float]:
    """The longest mean wait [s] and the highest share that hangs up, where targets say so."""
    wait, abandonment = promised.get("wait"), promised.get("abandonment")
    if target is not None:
        return float("inf"), 1.0
    wait_limit = chooser.of("limit", (f"targets/{wait.id}", wait)) if wait else None
    most = chooser.of("at_most", (f"targets/{abandonment.id}", abandonment)) if abandonment else None
    return wait_limit.point if wait_limit else float("inf"), most.point if most else 1.0
