"""What is different between two models, in hours, money and effort, and which numbers make the difference?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from touchpoints.collections import BY_ID
from touchpoints.inventory import Assumption, Inventory
from touchpoints.records.base import Record
from workbench.analysis.case.business import case
from workbench.analysis.effort import Effort, effort
from workbench.analysis.naming import name_of
from workbench.analysis.workload import workload
from workbench.language.language import Language
from workbench.language.quantity import written
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table

_LEAST = 1e-9
"""Differences below this part of the larger number are rounding."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of both models; None where one of them has none."""

    key: str
    label: str
    unit: str
    before: float | None
    after: float | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same number."""
        if self.before is None or self.after is None:
            return self.before is not self.after
        return abs(self.after - self.before) > _LEAST * max(abs(self.before), abs(self.after))

    @property
    def change(self) -> float | None:
        """After less before."""
        return self.after - self.before if self.before is not None and self.after is not None else None


@dataclass(frozen=True, slots=True)
class Changed:
    """A number that only one model has, or that the two write differently."""

    name: str
    label: str
    before: Assumption | None
    after: Assumption | None


@dataclass(frozen=True, slots=True)
class Named:
    """A record that only one model has."""

    side: str
    collection: str
    label: str
    place: str


@dataclass(frozen=True, repr=False)
class Difference(Result):
    """Two models side by side: totals, what changed most, numbers, and records that only one has."""

    totals: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    numbers: tuple[Changed, ...]
    records: tuple[Named, ...]
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """Totals; steps and contacts by hours; numbers; records."""
        columns = ["figure", "unit", "before", "after", "change"]
        text = self.language.text
        totals = table("difference", columns, [self._row(one) for one in self.totals], ids=[o.key for o in self.totals])
        parts = table(
            "difference_parts", columns, [self._row(one) for one in self.parts], ids=[o.key for o in self.parts]
        )
        numbers = table(
            "difference_numbers",
            ["assumption", "value_before", "value_after", "place_before", "place_after"],
            [
                (one.label, *(side and written(side.estimate, self.language) for side in (one.before, one.after)),
                 one.before and str(one.before.place), one.after and str(one.after.place))
                for one in self.numbers
            ],
            [text("difference.numbers")],
            [one.name for one in self.numbers],
        )  # fmt: skip
        records = table(
            "difference_records",
            ["only_in", "collection", "record", "place"],
            [(text(f"difference.{one.side}"), one.collection, one.label, one.place) for one in self.records],
        )
        return (totals, *(one for one in (parts, numbers, records) if one.rows))

    def _row(self, one: Figure) -> tuple[object, ...]:
        return one.label, one.unit, one.before, one.after, one.change


def difference(before: Project, after: Project, language: Language | None = None) -> Difference:
    """What changes from one model to another: hours, money and effort a year, worth of scenarios, and the numbers.

    Args:
        before: the model to compare with.
        after: the other one.
        language: of the tables; that of `after` when not given.
    """
    language = language or after.language
    found = (effort(before, language, draws=0), effort(after, language, draws=0))
    numbers = tuple(_numbers(before.inventory, after.inventory, language))
    return Difference(
        totals=tuple(_totals(before, after, found, language)),
        parts=tuple(_parts(*found)),
        numbers=numbers,
        records=tuple(_records(before.inventory, after.inventory, language)),
        inputs=tuple(one.after for one in numbers if one.after is not None),
        language=language,
    )


def _totals(before: Project, after: Project, found: tuple[Effort, Effort], language: Language) -> Iterator[Figure]:
    sums = []
    for project, efforts in zip((before, after), found, strict=True):
        works = workload(project)
        sums.append(
            {
                "contacts_per_year": sum(work.contacts_per_year for work in works),
                "staff_h_per_year": sum(work.staff_h_per_year for work in works),
                "cost_per_year": sum(work.cost_per_year for work in works),
                "customer_h_per_year": efforts.customer_h_per_year,
            }
        )
    for key in sums[0]:
        heading, unit = language.column(key)
        yield Figure(key, heading, unit, sums[0][key], sums[1][key])
    for unit, field, word in (("s", "effort_s", "effort_s"), ("share", "gave_up", "gave_up")):
        sides = [{one.journey: (one.label, getattr(one, field)) for one in efforts.journeys} for efforts in found]
        yield from _paired(sides[0], sides[1], unit, language.column(word)[0])
    worths = [
        {
            one.scenario.id: (one.scenario.label(language.code), one.worth.npv)
            for one in case(project, draws=100).scenarios
        }
        for project in (before, after)
    ]
    yield from _paired(worths[0], worths[1], "money", language.column("npv")[0])


def _paired(
    before: Mapping[str, tuple[str, float]], after: Mapping[str, tuple[str, float]], unit: str, what: str
) -> Iterator[Figure]:
    """The figures of things that either model has, where they differ."""
    for key in dict.fromkeys((*before, *after)):
        one, two = before.get(key), after.get(key)
        label = (two or one or ("", 0.0))[0]
        figure = Figure(f"{key}/{what}", f"{label}: {what}", unit, one[1] if one else None, two[1] if two else None)
        if figure.differs:
            yield figure


def _parts(before: Effort, after: Effort) -> list[Figure]:
    """Customer and staff hours of steps and contacts, the largest changes first."""
    found = []
    for field in ("customer_h_per_year", "staff_h_per_year"):
        what, _ = after.language.column(field)
        sides = [
            {spot.where: (spot.label, getattr(spot, field) or 0.0) for spot in efforts.hotspots}
            for efforts in (before, after)
        ]
        found += list(_paired(sides[0], sides[1], "hours", what))
    return sorted(found, key=lambda one: -abs((one.after or 0.0) - (one.before or 0.0)))


def _numbers(before: Inventory, after: Inventory, language: Language) -> Iterator[Changed]:
    """Numbers that changed, that came, and that went; rewording the same number is no change."""
    sides = [{one.name: one for one in inventory.assumptions()} for inventory in (before, after)]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        one, two = (side.get(name) for side in sides)
        if one is not None and two is not None and _ends(one) == _ends(two):
            continue
        yield Changed(name, name_of(after if two else before, name, language), one, two)


def _ends(assumption: Assumption) -> tuple[float, float, float]:
    estimate = assumption.estimate
    return estimate.low, estimate.point, estimate.high


def _records(before: Inventory, after: Inventory, language: Language) -> Iterator[Named]:
    for collection in BY_ID:
        one, two = (getattr(inventory, collection, {}) for inventory in (before, after))
        for side, here, there in (("before", one, two), ("after", two, one)):
            for key, record in here.items():
                if key not in there and isinstance(record, Record):
                    yield Named(side, collection, record.label(language.code), str(record.place))
