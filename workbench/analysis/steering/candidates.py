"""Which contacts could move to which touchpoint, by which instrument, and what would that bring?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from touchpoints.inventory import Inventory
from workbench.analysis.steering.gates import gates
from workbench.analysis.steering.shift import ContactCost, ShiftYield, cost_at, customer_s, heavier_h, own_times
from workbench.analysis.workload import SECONDS_PER_HOUR, Work
from workbench.project import Project

INSTRUMENTS = ("communication", "product", "incentive", "restriction")


@dataclass(frozen=True)
class Candidate:
    """Contacts for a reason that could move from one touchpoint to another by an instrument.

    Attributes:
        moved: gross, net and leakage a year.
        saved_h: staff hours saved, less those worked there and those of the heavier rest [h/year].
        customer_h: customers' hours saved, the switch of those who come back counted; None when the model does not
            say what the other touchpoint takes of them [h/year].
        cost: what the instrument costs [currency/year].
        worth: money saved, less that cost [currency/year].
        gates: what blocks it.
    """

    work: Work
    to: str
    instrument: str
    moved: ShiftYield
    to_self_service: bool
    saved_h: float
    customer_h: float | None
    cost: float
    worth: float
    gates: tuple[str, ...]

    @property
    def key(self) -> str:
        """touchpoint/reason → touchpoint by instrument."""
        return f"{self.work.key} → {self.to} ({self.instrument})"


def candidates(project: Project, works: tuple[Work, ...]) -> tuple[Candidate, ...]:
    """Every reason × touchpoint × other touchpoint × instrument that would save money, worth most first."""
    found = [one for one in _all(project, works) if one.worth > 0]
    return tuple(sorted(found, key=lambda one: (-one.worth, one.key)))


def _all(project: Project, works: tuple[Work, ...]) -> Iterator[Candidate]:
    inventory, own = project.inventory, own_times(project.inventory)
    rules = inventory.steering
    if rules.eligible is None or rules.resolved is None:
        return
    there: dict[str, list[Work]] = {}
    for work in works:
        there.setdefault(work.touchpoint, []).append(work)
    serving = _serving(inventory, works)
    for work in works:
        if not work.human or not priced(work) or work.reason is None or work.contacts_per_month <= 0:
            continue
        for to in serving(work.reason):
            if to == work.touchpoint:
                continue
            move = _move(inventory, there, work, to, own)
            for instrument in INSTRUMENTS:
                adoption = getattr(rules.adoption, instrument)
                if adoption is None:
                    continue
                moved = ShiftYield(work.contacts_per_year, rules.eligible.point, adoption.point, rules.resolved.point)
                yield _candidate(inventory, move, instrument, moved)


@dataclass(frozen=True, slots=True)
class _Move:
    """A way from one touchpoint to another, by whatever instrument.

    Attributes:
        there: what a contact takes and costs of staff at the other touchpoint.
        here_s, there_s: what it takes of the customer at each; None when the model does not say [s].
        gates: what blocks it.
    """

    work: Work
    to: str
    there: ContactCost
    here_s: float | None
    there_s: float | None
    to_self_service: bool
    gates: tuple[str, ...]


def _move(
    inventory: Inventory, works: Mapping[str, Sequence[Work]], work: Work, to: str, own: dict[str, float]
) -> _Move:
    arriving = works.get(to, ())
    return _Move(
        work=work,
        to=to,
        there=cost_at(arriving, work, to),
        here_s=customer_s(works[work.touchpoint], work.touchpoint, work.reason, own),
        there_s=customer_s(arriving, to, work.reason, own),
        to_self_service=self_service(inventory, to),
        gates=tuple(gates(inventory, work, to)),
    )


def _candidate(inventory: Inventory, move: _Move, instrument: str, moved: ShiftYield) -> Candidate:
    rules, work, there = inventory.steering, move.work, move.there
    each = getattr(rules.cost_each, instrument)
    cost = moved.gross * (each.point if each else 0.0)
    rise = rules.rising_complexity.point if rules.rising_complexity else 0.0
    heavier = heavier_h(work, moved.net, rise)
    saved_h = (moved.net * (work.handling_s or 0.0) - moved.gross * there.handling_s) / SECONDS_PER_HOUR - heavier
    money = moved.worth(work.cost_each, there.total) - heavier * (work.cost_per_hour or 0.0)
    saved_customer_h = None
    if move.here_s is not None and move.there_s is not None:
        switch = inventory.friction.channel_switch
        back_s = moved.leakage * (switch.point if switch else 0.0)
        saved_customer_h = (moved.net * move.here_s - moved.gross * move.there_s - back_s) / SECONDS_PER_HOUR
    return Candidate(
        work,
        move.to,
        instrument,
        moved,
        move.to_self_service,
        saved_h,
        saved_customer_h,
        cost,
        money - cost,
        move.gates,
    )


def priced(work: Work) -> bool:
    """Whether what a contact costs is known."""
    return work.cost_per_hour is not None and work.handling_s is not None


def self_service(inventory: Inventory, touchpoint: str) -> bool:
    """Whether customers help themselves there."""
    channel = inventory.touchpoints[touchpoint].channel
    return bool(channel and inventory.channels[channel].self_service)


def _serving(inventory: Inventory, works: Sequence[Work]) -> Callable[[str], list[str]]:
    """Which touchpoints are about a reason: it is seen there already, or it is a place to publish anything."""
    open_to_all = {
        name
        for name, one in inventory.touchpoints.items()
        if one.direction == "publication" and self_service(inventory, name)
    }
    seen: dict[str, set[str]] = {}
    for work in works:
        if work.reason is not None and inventory.touchpoints[work.touchpoint].direction == "inbound":
            seen.setdefault(work.reason, set()).add(work.touchpoint)
    order = {name: at for at, name in enumerate(inventory.touchpoints)}
    return lambda reason: sorted(open_to_all | seen.get(reason, set()), key=order.__getitem__)
