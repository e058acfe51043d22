"""Which contacts does a question ask about, and how are they grouped?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import ibis

from workbench.log.building import DIMENSIONS

PERIODS = ("year", "quarter", "month", "week", "day", "weekday")
"""What `by` takes beside the dimensions; weeks start on Monday, weekdays run from 1 (Monday) to 7."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the log: words per dimension, and days.

    Example:
        >>> Selection({"channel": ("phone",)}, since=date(2026, 1, 1)).where
        {'channel': ('phone',)}
        >>> Selection({"chanel": ("phone",)})
        Traceback (most recent call last):
        ValueError: where must be of touchpoint, channel, reason, direction, persona, outcome, source, got 'chanel'
    """

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Dimension: the words that count."""
    since: date | None = None
    """The first day."""
    until: date | None = None
    """The last day."""

    def __post_init__(self) -> None:
        for name in self.where:
            if name not in DIMENSIONS[1:]:
                raise ValueError(f"where must be of {', '.join(DIMENSIONS[1:])}, got {name!r}")

    def of(self, table: ibis.Table) -> ibis.Table:
        """The rows of a table with the dimensions that are in the selection."""
        for name, words in self.where.items():
            table = table.filter(table[name].isin(list(words)))
        if self.since:
            table = table.filter(table.day >= ibis.literal(self.since))
        if self.until:
            table = table.filter(table.day <= ibis.literal(self.until))
        return table


EVERYTHING = Selection()


def summed(table: ibis.Table, by: Iterable[str], **sums: ibis.Value) -> ibis.Table:
    """Sums per group; one row when there is no grouping.

    Args:
        table: a table with the dimensions.
        by: dimensions and periods.
        sums: the sums by name.

    Raises:
        ValueError: a name in `by` is no dimension and no period.
    """
    return table.aggregate(sums, by=[column.name(name) for name, column in _group_columns(table, by).items()])


def _group_columns(table: ibis.Table, by: Iterable[str]) -> dict[str, ibis.Value]:
    """The columns that a grouping stands for, as text."""
    day = table.day
    periods = {
        "year": lambda: day.strftime("%Y"),
        "quarter": lambda: day.strftime("%Y-Q") + day.quarter().cast("string"),
        "month": lambda: day.strftime("%Y-%m"),
        "week": lambda: day.truncate("W").strftime("%Y-%m-%d"),
        "day": lambda: day.strftime("%Y-%m-%d"),
        "weekday": lambda: (day.day_of_week.index() + 1).cast("string"),
    }
    for name in by:
        if name not in periods and name not in DIMENSIONS:
            raise ValueError(f"by must be of {', '.join((*DIMENSIONS[1:], *PERIODS))}, got {name!r}")
    return {name: periods[name]() if name in periods else table[name] for name in by}


def period_of(day: date, period: str) -> str:
    """The name that a grouping gives to the period of a day.

    Example:
        >>> [period_of(date(2026, 8, 5), period) for period in PERIODS]
        ['2026', '2026-Q3', '2026-08', '2026-08-03', '2026-08-05', '3']
    """
    names = {
        "year": f"{day:%Y}",
        "quarter": f"{day:%Y}-Q{(day.month + 2) // 3}",
        "month": f"{day:%Y-%m}",
        "week": f"{day - timedelta(days=day.weekday()):%Y-%m-%d}",
        "day": f"{day:%Y-%m-%d}",
        "weekday": str(day.isoweekday()),
    }
    return names[period]
