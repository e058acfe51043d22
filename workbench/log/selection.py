"""Which contacts does a question ask about, and how are they grouped?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import ibis

from workbench.log.contact import DIMENSIONS

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
            if name not in DIMENSIONS:
                raise ValueError(f"where must be of {', '.join(DIMENSIONS)}, got {name!r}")

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


def summed(table: ibis.Table, by: Sequence[str], **sums: ibis.Value) -> ibis.Table:
    """Sums per group, in the order of the groups; one row when there is no grouping.

    Args:
        table: a table with the dimensions.
        by: dimensions and periods.
        sums: the sums by name.

    Raises:
        ValueError: a name in `by` is no dimension and no period.
    """
    for name in by:
        if name not in PERIODS and name not in DIMENSIONS:
            raise ValueError(f"by must be of {', '.join((*DIMENSIONS, *PERIODS))}, got {name!r}")
    # Text is made of the periods of the groups, not of every row.
    keys = [_period(table.day, name).name(name) if name in PERIODS else table[name] for name in by]
    found = table.aggregate(sums, by=keys)
    if not by:
        return found
    ordered = found.order_by([found[name].asc(nulls_first=False) for name in by])
    return ordered.mutate({name: _period_text(ordered[name], name) for name in by if name in PERIODS})


_UNITS: dict[str, Literal["Y", "Q", "M", "W"]] = {"year": "Y", "quarter": "Q", "month": "M", "week": "W"}


def _period(day: ibis.Value, period: str) -> ibis.Value:
    """The first day of the period of a day; a weekday by its number."""
    if period == "weekday":
        return day.day_of_week.index()
    return day if period == "day" else day.truncate(_UNITS[period])


def _period_text(value: ibis.Value, period: str) -> ibis.Value:
    """The name of a period, as `period_of` gives it."""
    if period == "weekday":
        return (value + 1).cast("string")
    if period == "quarter":
        # A Q in the pattern is a letter to one engine and the quarter to another.
        return value.strftime("%Y") + "-Q" + value.quarter().cast("string")
    return value.strftime({"year": "%Y", "month": "%Y-%m"}.get(period, "%Y-%m-%d"))


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
