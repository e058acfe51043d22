"""Which assumption decides how many people a team needs?

Each number is set to the low and the high end of its range (a number without one to those of its evidence grade) while
all others stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from touchpoints.estimate import Estimate
from touchpoints.inventory import Assumption, Inventory
from workbench.analysis.staffing.desks import Desk
from workbench.analysis.staffing.need import HOURS, Group, Shapes, TeamNeed, full_time, group_of, staffed
from workbench.analysis.staffing.week import WorkYear
from workbench.analysis.uncertainty import Sampler


@dataclass(frozen=True)
class Lever:
    """The need of a team at both ends of one number.

    Attributes:
        kind: handling_time, contacts, patience, shrinkage or max_occupancy.
        low, high: the ends, relative to the point for handling time and contacts, else in the unit of the number.
        fte_low, fte_high: full-time equivalents at the low and at the high end of the number [FTE].
        source: the number, None where it stands for those of all contacts of the team.
    """

    team: str
    kind: str
    low: float
    high: float
    fte_low: float
    fte_high: float
    source: Assumption | None

    @property
    def swing(self) -> float:
        """How far the ends are apart [FTE]."""
        return abs(self.fte_high - self.fte_low)


@dataclass(frozen=True)
class _Change:
    """A team with one number at one end: factors on contacts and handling time, or another patience or cap."""

    contacts: float = 1.0
    handling: float = 1.0
    patience: float | None = None
    occupancy: float | None = None


def levers(
    inventory: Inventory,
    needs: Sequence[TeamNeed],
    contacts: dict[str, list[Assumption]],
    year: WorkYear,
    shapes: Shapes,
) -> tuple[Lever, ...]:
    """Every lever of every team, the widest swing first.

    The patience of customers moves the low end of the need (Erlang A) only; for it the low end is shown, for all others
    the high one.

    Args:
        inventory: the model, for the declared spread of numbers without a range.
        needs: of the teams.
        contacts: by touchpoint, the numbers of its volumes.
        year: the days that count.
        shapes: of the weeks of touchpoints.
    """
    sampler = Sampler(inventory, 1, 1)
    asked: list[tuple[TeamNeed, str, tuple[float, float], Assumption | None, tuple[_Change, _Change]]] = []
    found: list[Lever] = []
    for need in needs:
        for kind, ends, source in _numbers(need, contacts, sampler):
            if kind == "shrinkage":
                weeks = need.hours_needed[1] / need.hours_per_week
                fte = [full_time(weeks, min(end, 0.99)) for end in ends]
                found.append(Lever(need.team.id, kind, *ends, fte[0], fte[1], source))
            else:
                asked.append((need, kind, ends, source, (_change(kind, ends[0]), _change(kind, ends[1]))))
    groups = [
        _changed(group, change, year, shapes)
        for need, *_, changes in asked
        for change in changes
        for group in need.groups
    ]
    placed = iter(staffed(groups))
    for need, kind, ends, source, changes in asked:
        fte = [_fte(need, [next(placed) for _ in need.groups], change, low=kind == "patience") for change in changes]
        found.append(Lever(need.team.id, kind, *ends, fte[0], fte[1], source))
    return tuple(sorted(found, key=lambda one: (-one.swing, one.team, one.kind)))


def _numbers(
    need: TeamNeed, contacts: dict[str, list[Assumption]], sampler: Sampler
) -> Iterator[tuple[str, tuple[float, float], Assumption | None]]:
    """The numbers that the need of a team rests on, with their ends."""
    desks = [desk for group in need.groups for desk in group.desks] + [one.desk for one in need.written]
    of_volumes = [one for desk in desks for one in contacts.get(desk.touchpoint.id, [])]
    for kind, key in (("handling_time", "handling_time"), ("contacts", "contacts")):
        ends = _relative([one for one in of_volumes if one.name.endswith(f"/{key}")], sampler)
        if ends is not None:
            yield kind, ends, None
    stated = {one.name.rpartition("/")[2]: one for one in (*need.used, *(one for desk in desks for one in desk.used))}
    for kind in ("patience", "shrinkage", "max_occupancy"):
        number = stated.get(kind)
        if number is not None:
            yield kind, _ends(number.estimate, sampler), number


def _relative(numbers: Sequence[Assumption], sampler: Sampler) -> tuple[float, float] | None:
    """The mean ends of several numbers relative to their points: as if they were all low or all high together."""
    known = [one.estimate for one in numbers if one.estimate.point > 0]
    if not known:
        return None
    ends = [_ends(one, sampler) for one in known]
    total = sum(one.point for one in known)
    return sum(low for low, _ in ends) / total, sum(high for _, high in ends) / total


def _ends(number: Estimate, sampler: Sampler) -> tuple[float, float]:
    if number.is_range:
        return number.low, number.high
    reach = sampler.half_width(number)
    return max(number.LOWEST, number.point - reach), min(number.HIGHEST, number.point + reach)


def _change(kind: str, end: float) -> _Change:
    if kind == "patience":
        return _Change(patience=max(end, 1.0))
    if kind == "max_occupancy":
        return _Change(occupancy=max(end, 0.01))
    part = max(end, 0.001)
    return _Change(contacts=part) if kind == "contacts" else _Change(handling=part)


def _changed(group: Group, change: _Change, year: WorkYear, shapes: Shapes) -> Group:
    def desk(one: Desk) -> Desk:
        return replace(
            one,
            contacts_per_month=one.contacts_per_month * change.contacts,
            handling_s=one.handling_s * change.handling,
            patience_s=change.patience or one.patience_s,
            promise=replace(one.promise, max_occupancy=change.occupancy or one.promise.max_occupancy),
        )

    return group_of([desk(one) for one in group.desks], year, shapes)


def _fte(need: TeamNeed, groups: Sequence[Group], change: _Change, low: bool) -> float:
    """The full-time equivalents with other queues; the people for backlogs follow the work in proportion."""
    live_h = sum(group.hours_per_week[0 if low else 1] for group in groups)
    work = change.contacts * change.handling
    written = sum(
        one.people * work * (one.desk.max_occupancy / change.occupancy if change.occupancy else 1.0)
        for one in need.written
    )
    written_h = written * float(np.sum(need.open)) * HOURS
    return full_time((live_h + written_h) / need.hours_per_week, need.shrinkage)
