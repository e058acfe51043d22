"""Is a measure rising or falling from month to month?

Only whole months count. The slope per month is the median of the slopes between all pairs of months (Theil and Sen), so
that single odd months do not carry it. From two years of months on the months are adjusted for the season first: a
slope within each calendar month, and what each calendar month lies above or below that line on average.

References:
    Sen (1968), Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1379-1389.
    Hirsch, Slack and Smith (1982), Techniques of trend analysis for monthly water quality data, Water Resources
    Research 18, 107-121.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from scipy.stats import theilslopes

from workbench.language.language import Language
from workbench.log.coding import Numbers
from workbench.log.engine import Log
from workbench.log.measure import Cell, Measure, Names, Unit, named
from workbench.log.notes import Note, note, texts
from workbench.log.selection import EVERYTHING, Selection
from workbench.result import Result
from workbench.tables import Table, table

FEWEST, SEASONS = 6, 24
"""Months for a slope; months for an adjustment for the season."""


@dataclass(frozen=True)
class Series:
    """The months of one group.

    Attributes:
        group: the words of the group.
        months: the months since the first of January of the year 0.
        cells: the value of each month with its interval.
        adjusted: the value of each month without the season; None where there are less than two years.
        slope: the change per month with its 95% interval; None where there are too few months.
    """

    group: tuple[str | None, ...]
    months: tuple[int, ...]
    cells: tuple[Cell, ...]
    adjusted: tuple[float, ...] | None
    slope: tuple[float, float, float] | None


@dataclass(frozen=True, repr=False)
class Trend(Result):
    """The months of a measure per group, and the slope of each."""

    name: str
    unit: Unit
    by: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[Note, ...] = ()
    language: Language = field(default_factory=Language)
    names: Names = field(default_factory=dict)

    def tables(self) -> tuple[Table, ...]:
        """One row a group; and one a group and month."""
        slopes, months = [], []
        for one in self.series:
            group = named(one.group, self.by, self.names)
            slope = one.slope or (None, None, None)
            slopes.append((*group, len(one.months), self.unit, one.cells[0].value, one.cells[-1].value, *slope))
            adjusted = one.adjusted or [None] * len(one.cells)
            for month, cell, without in zip(one.months, one.cells, adjusted, strict=True):
                shown = f"{month // 12:04d}-{month % 12 + 1:02d}"
                months.append((*group, shown, cell.n, self.unit, cell.value, cell.low, cell.high, without))
        ends = ("months", "unit", "value_first", "value_last", "slope", "slope_low", "slope_high")
        values = ("month", "n", "unit", "month_value", "month_low", "month_high", "adjusted")
        return (
            table("log_trend", (*self.by, *ends), slopes, texts(self.notes, self.language)),
            table("log_months", (*self.by, *values), months),
        )


def trend(
    log: Log, measure: Callable[..., Measure], by: Sequence[str] = (), selection: Selection = EVERYTHING
) -> Trend:
    """The slope per month of a measure (`volume`, `wait`, `repeat_share`…), per group, over whole months.

    Args:
        log: an open log.
        measure: what to ask per month.
        by: how to group, without periods.
        selection: which contacts.
    """
    found = measure(log, (*by, "month"), selection)
    at = found.by.index("month")
    groups: dict[tuple[str | None, ...], dict[int, Cell]] = {}
    whole = _whole_months(log, selection)
    for cell in found.cells:
        month = _month(str(cell.group[at]))
        if cell.value is not None and month in whole:
            groups.setdefault(cell.group[:at] + cell.group[at + 1 :], {})[month] = cell
    series = tuple(_series(group, dict(sorted(cells.items()))) for group, cells in groups.items())
    notes = [note("whole_months", count=len(whole)), *found.notes]
    if any(one.slope is None for one in series):
        notes.append(note("few_months", least=FEWEST))
    names = found.by[:at] + found.by[at + 1 :]
    return Trend(found.name, found.unit, names, series, tuple(notes), found.language, found.names)


def slope_per_month(months: Sequence[int], values: Sequence[float]) -> tuple[float, float, float]:
    """The Theil-Sen slope with its 95% interval.

    Example:
        >>> slope_per_month([0, 1, 2, 3, 4, 5], [1.0, 3.0, 5.0, 90.0, 9.0, 11.0])[0]
        2.0
    """
    found = theilslopes(values, months)
    return float(found.slope), float(found.low_slope), float(found.high_slope)


def without_season(months: Sequence[int], values: Sequence[float]) -> tuple[float, ...]:
    """The values less what their calendar month lies above the line through slopes within calendar months.

    Example:
        >>> season = [0, 0, 5, 0, 0, -5, 0, 0, 0, 0, 0, 0]
        >>> adjusted = without_season(range(24), [10 + month + season[month % 12] for month in range(24)])
        >>> [round(value, 6) for value in adjusted[:4]]
        [10.0, 11.0, 12.0, 13.0]
    """
    at, value = np.asarray(months, dtype=float), np.asarray(values, dtype=float)
    first, second = np.triu_indices(len(at), 1)
    same = (at[second] - at[first]) % 12 == 0
    slope = np.median((value[second] - value[first])[same] / (at[second] - at[first])[same])
    rest = value - slope * at
    season: Numbers = np.zeros(12)
    for month in range(12):
        of_month = rest[at % 12 == month]
        season[month] = np.median(of_month) - np.median(rest) if len(of_month) else 0.0
    return tuple((value - (season - season.mean())[at.astype(int) % 12]).tolist())


def _series(group: tuple[str | None, ...], cells: dict[int, Cell]) -> Series:
    months, values = tuple(cells), [float(cell.value or 0.0) for cell in cells.values()]
    adjusted = without_season(months, values) if len(months) >= SEASONS else None
    slope = slope_per_month(months, adjusted or values) if len(months) >= FEWEST else None
    return Series(group, months, tuple(cells.values()), adjusted, slope)


def _month(name: str) -> int:
    year, month = name.split("-")
    return int(year) * 12 + int(month) - 1


def _whole_months(log: Log, selection: Selection) -> set[int]:
    """The months that the log, and the selection, cover from their first day to their last."""
    if log.first_day is None or log.last_day is None:
        return set()
    first = max(log.first_day, selection.since or log.first_day)
    last = min(log.last_day, selection.until or log.last_day) + timedelta(days=1)
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    end = last.year * 12 + last.month - 1
    return set(range(start, end))
