"""Which contacts does a question ask about, and how are they grouped?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import ibis
import numpy as np
from numpy.typing import NDArray

from workbench.log.coding import Coded, Numbers, coded_column, numbers
from workbench.log.contact import DIMENSIONS
from workbench.log.engine import Log

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
        wanted = [table[name].isin(list(words)) for name, words in self.where.items()]
        if self.since:
            wanted.append(table.day >= ibis.literal(self.since))
        if self.until:
            wanted.append(table.day <= ibis.literal(self.until))
        return table.filter(wanted) if wanted else table


EVERYTHING = Selection()


@dataclass(frozen=True, eq=False)
class Groups:
    """Sums per group, in the order of the groups: a coded column of words per name in `by`, a column per sum."""

    keys: tuple[Coded, ...]
    sums: Mapping[str, Numbers]
    size: int

    def __getitem__(self, name: str) -> Numbers:
        return self.sums[name]

    def of(self, rows: NDArray[Any]) -> Groups:
        """Some of the groups."""
        sums = {name: values[rows] for name, values in self.sums.items()}
        return Groups(tuple(key.of(rows) for key in self.keys), sums, int(np.arange(self.size)[rows].size))


def grouped(log: Log, table: ibis.Table, by: Sequence[str], **sums: ibis.Value) -> Groups:
    """Sums per group, in the order of the groups, unknown words first; one group when there is no grouping.

    Args:
        log: the log that is asked.
        table: a table of it with the dimensions.
        by: columns of words, and periods of its `day`.
        sums: the sums by name.
    """
    # Names are made of the periods of the groups, not of every row.
    keys = [_period(table.day, name).name(name) if name in PERIODS else table[name] for name in by]
    found = log.arrow(table.aggregate(sums, by=keys))
    coded = [coded_column(found[name]) for name in by]
    order = np.lexsort([key.codes for key in reversed(coded)]) if by else np.arange(found.num_rows)
    named = [
        Coded((None, *(_period_name(word, name) for word in key.words[1:])), key.codes[order])
        if name in PERIODS
        else key.of(order)
        for name, key in zip(by, coded, strict=True)
    ]
    values = {name: np.nan_to_num(numbers(found[name]))[order] for name in sums}
    return Groups(tuple(named), values, found.num_rows)


_UNITS: dict[str, Literal["Y", "Q", "M", "W"]] = {"year": "Y", "quarter": "Q", "month": "M", "week": "W"}


def _period(day: ibis.Value, period: str) -> ibis.Value:
    """The first day of the period of a day; a weekday by its number, from 0."""
    if period == "weekday":
        return day.day_of_week.index()
    return day if period == "day" else day.truncate(_UNITS[period])


def _period_name(value: Any, period: str) -> str:
    return str(value + 1) if period == "weekday" else period_of(value, period)


def period_of(day: date, period: str) -> str:
    """The name that a grouping gives to the period of a day.

    Example:
        >>> [period_of(date(2026, 8, 5), period) for period in PERIODS]
        ['2026', '2026-Q3', '2026-08', '2026-08-03', '2026-08-05', '3']
    """
    match period:
        case "year":
            return f"{day.year:04}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "day":
            return day.isoformat()
        case "weekday":
            return str(day.isoweekday())
    raise ValueError(f"period must be of {', '.join(PERIODS)}, got {period!r}")
