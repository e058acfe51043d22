"""How many contacts are there per touchpoint and reason, how long do they take, and what do they cost?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from journeys.reconcile import Reconciled
from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption, Inventory, evidence_at
from touchpoints.quantities import Money
from touchpoints.records.base import Part
from workbench.language.language import Language
from workbench.project import Project

MONTHS_PER_YEAR = 12
SECONDS_PER_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour of handling costs at a touchpoint, and which record says so."""

    per_hour: float
    assumption: Assumption


@dataclass(frozen=True)
class Work:
    """The contacts of one touchpoint and reason.

    Attributes:
        touchpoint, reason, channel: ids; channel None when the model does not say.
        contacts_per_month: inventoried volume, else the flow of the journeys [1/month].
        handling_s: mean staff time of a contact, None when missing [s].
        wait_s: mean wait, None when missing [s].
        own_time_s: mean own time of the customer, from the steps of journeys [s].
        cost_per_hour: of handling, None when neither team nor channel has one [currency/h].
        cost_per_contact: beside handling [currency].
        human: whether people handle it.
        assumptions: the numbers it rests on.
    """

    touchpoint: str
    reason: str | None
    channel: str | None
    owner: str | None
    contacts_per_month: float
    handling_s: float | None
    wait_s: float | None
    cost_per_hour: float | None
    cost_per_contact: float
    human: bool
    customer_present: bool
    reconciled: Reconciled
    assumptions: tuple[Assumption, ...]

    @property
    def key(self) -> str:
        """touchpoint/reason."""
        return f"{self.touchpoint}/{self.reason}"

    @property
    def contacts_per_year(self) -> float:
        """Contacts a year [1/year]."""
        return self.contacts_per_month * MONTHS_PER_YEAR

    @property
    def staff_h_per_year(self) -> float:
        """Staff hours a year [h/year]; zero where handling time is missing."""
        return self.contacts_per_year * (self.handling_s or 0.0) / SECONDS_PER_HOUR

    @property
    def cost_per_year(self) -> float:
        """Cost of handling and of the contacts themselves a year [currency/year]."""
        return self.staff_h_per_year * (self.cost_per_hour or 0.0) + self.contacts_per_year * self.cost_per_contact

    @property
    def cost_each(self) -> float:
        """Cost of one contact [currency]."""
        hours = (self.handling_s or 0.0) / SECONDS_PER_HOUR
        return hours * (self.cost_per_hour or 0.0) + self.cost_per_contact


def price_of(inventory: Inventory, touchpoint: str) -> Price | None:
    """The cost of an hour at a touchpoint: that of its team, else that of its channel, never both."""
    record = inventory.touchpoints[touchpoint]
    team = inventory.teams.get(record.owner) if record.owner else None
    if team is not None and team.cost_per_hour is not None:
        return _price(f"teams/{team.id}", team, team.cost_per_hour)
    channel = inventory.channels.get(record.channel) if record.channel else None
    if channel is not None and channel.cost_per_hour is not None:
        return _price(f"channels/{channel.id}", channel, channel.cost_per_hour)
    return None


def _price(name: str, part: Part, money: Money) -> Price:
    return Price(money.point, assumption_of(name, part, "cost_per_hour", money))


def assumption_of(name: str, part: Part, field: str, estimate: Estimate) -> Assumption:
    """A number of the model with its evidence and place."""
    return Assumption(f"{name}/{field}", estimate, evidence_at(part, (field,)), part.where(field))


def workload(project: Project) -> tuple[Work, ...]:
    """The contacts of every touchpoint and reason, most staff time first, each contact counted once."""
    found: tuple[Work, ...] | None = project.kept.get("workload")
    if found is None:
        works = [_work(project, pair) for pair in project.reconciled]
        works.sort(key=lambda work: (-work.staff_h_per_year, -work.contacts_per_month, work.key))
        found = project.kept["workload"] = tuple(works)
    return found


def by_touchpoint(works: Iterable[Work]) -> dict[str, list[Work]]:
    """The contacts of each touchpoint that has any, in their order."""
    found: dict[str, list[Work]] = {}
    for work in works:
        found.setdefault(work.touchpoint, []).append(work)
    return found


def known_contacts(works: Iterable[Work]) -> float | None:
    """The contacts of works, None where neither a volume nor a journey counts any [1/year]."""
    each = list(works)
    counted = any(one.reconciled.volume_per_month is not None or one.reconciled.flow_per_month for one in each)
    return sum(one.contacts_per_year for one in each) if counted else None


def known_hours(works: Iterable[Work]) -> float | None:
    """The staff hours of works, None where nothing counts them, or no handling time of people is known [h/year]."""
    each = list(works)
    hours = sum(one.staff_h_per_year for one in each)
    untimed = any(one.human and one.handling_s is None for one in each)
    return None if known_contacts(each) is None or (not hours and untimed) else hours


def known_cost(works: Iterable[Work]) -> float | None:
    """What works cost, None where nothing counts them or people work at no known price [currency/year]."""
    each = list(works)
    if known_contacts(each) is None:
        return None
    cost = sum(one.cost_per_year for one in each)
    return None if not cost and unpriced(each) else cost


def unpriced(works: Iterable[Work]) -> tuple[Work, ...]:
    """The works that people do of which the time or its price is not known: they are missing from sums of money."""
    done = (one for one in works if one.human and one.contacts_per_month > 0)
    return tuple(one for one in done if one.handling_s is None or one.cost_per_hour is None)


def left_out(works: Iterable[Work], language: Language, key: str = "overview.unpriced", **values: str) -> list[str]:
    """What has to be said beside sums of hours and money: how many contacts are missing from them, if any are."""
    missing = sum(one.contacts_per_year for one in unpriced(works))
    return [language.text(key, contacts=language.show(missing, "count"), **values)] if missing else []


def untimed(works: Iterable[Work]) -> tuple[Work, ...]:
    """The works that people do of which the time is not known: they are missing from sums of hours."""
    return tuple(one for one in unpriced(works) if one.handling_s is None)


def unvisited(project: Project) -> tuple[Work, ...]:
    """The touchpoints that have no contacts yet, such as one that a scenario opens, with what a contact would cost."""
    visited = {pair.touchpoint for pair in project.reconciled}
    new = (key for key in project.inventory.touchpoints if key not in visited)
    return tuple(_work(project, Reconciled(touchpoint, None, None, None, ())) for touchpoint in new)


def _work(project: Project, pair: Reconciled) -> Work:
    inventory = project.inventory
    touchpoint = inventory.touchpoints[pair.touchpoint]
    channel = inventory.channels.get(touchpoint.channel) if touchpoint.channel else None
    price = price_of(inventory, pair.touchpoint)
    used: list[Assumption] = [price.assumption] if price else []
    handling_s, wait_s = (_mean_s(project, pair, field, used) for field in ("handling_time", "wait"))
    each = touchpoint.cost_per_contact or (channel.cost_per_contact if channel else None)
    if each is not None:
        part, name = (touchpoint, "touchpoints") if touchpoint.cost_per_contact else (channel, "channels")
        assert part is not None
        used.append(assumption_of(f"{name}/{part.id}", part, "cost_per_contact", each))
    return Work(
        touchpoint=pair.touchpoint,
        reason=pair.reason,
        channel=touchpoint.channel,
        owner=touchpoint.owner,
        contacts_per_month=pair.contacts_per_month,
        handling_s=handling_s,
        wait_s=wait_s,
        cost_per_hour=price.per_hour if price else None,
        cost_per_contact=each.point if each else 0.0,
        human=channel is None or not channel.self_service,
        customer_present=channel is None or channel.customer_present,
        reconciled=pair,
        assumptions=tuple(used),
    )


def _mean_s(project: Project, pair: Reconciled, field: str, used: list[Assumption]) -> float | None:
    """The mean time of a contact: of its volumes by their contacts, else of its steps by their visits [s]."""
    inventory = project.inventory
    weighted: list[tuple[float, Estimate]] = []
    for volume in inventory.volumes_of(pair.touchpoint, pair.reason):
        if volume.contacts is not None:
            used.append(assumption_of(f"volumes/{volume.id}", volume, "contacts", volume.contacts))
        time = getattr(volume, field)
        if time is not None:
            used.append(assumption_of(f"volumes/{volume.id}", volume, field, time))
            weighted.append((volume.contacts.point if volume.contacts else 1.0, time))
    if not weighted:
        for node in pair.steps:
            journey, _, step_name = node.partition("/")
            step = inventory.journeys[journey].steps[step_name]
            time = getattr(step, field)
            if time is not None:
                flow = project.flows[journey]
                used.append(assumption_of(f"journeys/{node}", step, field, time))
                weighted.append((flow.per_month * flow.visits[node] or 1.0, time))
    total = sum(weight for weight, _ in weighted)
    return sum(weight * time.point for weight, time in weighted) / total if total else None


def distinct(works: Iterable[Work]) -> tuple[Assumption, ...]:
    """The assumptions of several lines of work, each once."""
    found = {assumption.name: assumption for work in works for assumption in work.assumptions}
    return tuple(found.values())
