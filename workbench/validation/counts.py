"""How many contacts a month does the log have, and how sure is that number?

Counts of a week repeat themselves: each weekday has its own mean, and a month is made of them, so that a log of five
weeks and three days does not count its workdays double. What is left scatters more than chance in three ways, and the
interval takes each into account: days that are busier than their weekday, customers who come back on other days (which
no single day shows), and busy weeks or seasons.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import special

from touchpoints.quantities import DAYS_PER_MONTH
from workbench.log.coding import coded_column, combined, numbers
from workbench.log.engine import Log
from workbench.log.intervals import Z_95
from workbench.log.selection import Selection
from workbench.validation.drift import Month

Floats = NDArray[np.float64]
Group = tuple[str | None, ...]

LEAST_WHOLE_DAYS = 14
"""From so many days on the first and the last are left out: an export may cut them off."""
_LEAST_WEEKS = 6
"""With fewer weeks nothing is said about how weeks differ."""


@dataclass(frozen=True, eq=False)
class Days:
    """Counts per day: the first day, its day of the week (0 is Monday), and a row of counts per group."""

    start: date
    counts: Mapping[Group, Floats]
    length: int

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """The weekday of each day."""
        return (self.start.weekday() + np.arange(self.length)) % 7

    @cached_property
    def months(self) -> tuple[list[date], NDArray[np.int64]]:
        """The first day of each month, and for every day which month it is in."""
        day = np.datetime64(self.start) + np.arange(self.length)
        found, which = np.unique(day.astype("datetime64[M]"), return_inverse=True)
        return list(found.astype("datetime64[D]").astype(object)), which


@dataclass(frozen=True, slots=True)
class Rate:
    """Contacts per month: the value [1/month], its standard error, the contacts it rests on and its months."""

    value: float
    se: float
    n: int
    months: tuple[Month, ...] = ()

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval."""
        return max(0.0, self.value - Z_95 * self.se), self.value + Z_95 * self.se


def covered(log: Log, selection: Selection) -> tuple[date, date] | None:
    """The first and the last whole day of a selection; None when it has none."""
    table = log.table("daily")
    (ends,) = log.rows(table.agg(first=table.day.min(), last=table.day.max()))
    first, last = ends["first"], ends["last"]
    if first is None:
        return None
    if (last - first).days + 1 >= LEAST_WHOLE_DAYS:
        first, last = first + timedelta(days=1), last - timedelta(days=1)
    first, last = max(first, selection.since or first), min(last, selection.until or last)
    return (first, last) if first <= last else None


def daily_counts(log: Log, by: Sequence[str], selection: Selection) -> Days | None:
    """The contacts of every day of a selection, per group; work without the customer is not counted."""
    ends = covered(log, selection)
    if ends is None:
        return None
    table = Selection(selection.where, *ends).of(log.table("daily"))
    own = table.filter(table.direction.isnull() | (table.direction != "internal"))
    found = log.arrow(own.group_by([*by, "day"]).agg(n=own.n.sum()))
    return days_of(found, by, *ends)


def days_of(found: pa.Table, by: Sequence[str], first: date, last: date) -> Days:
    """Counts per group and day (columns of the groups, day, n) as a row of days per group."""
    length = (last - first).days + 1
    at = found["day"].cast(pa.int32()).to_numpy() - (first - date(1970, 1, 1)).days
    keys = [coded_column(found[name]) for name in by]
    rows = combined([key.codes for key in keys])
    one = np.unique(rows, return_index=True)[1]
    groups = zip(*(key.of(one).values() for key in keys), strict=True)
    counts = np.bincount(rows * length + at, numbers(found["n"]), len(one) * length).reshape(len(one), length)
    return Days(first, dict(zip(groups, counts, strict=True)), length)


def rate(days: Days, counts: Floats, again: float = 0.0) -> Rate:
    """The contacts of a month [1/month], as its weekdays make it up.

    Σ_w x̄_w × 365.25/84, x̄_w the mean count of weekday w (of all days for a weekday that the log lacks); variance
    φ Σ_w (365.25/84)² x̄_w/d_w with d_w the number of such days. φ = φ_days (1 + a)/(1 − a), at least 1: φ_days from
    the scatter of days about their weekday, a the share of contacts that come again, of which runs have a geometric
    length; or that of whole weeks, when these scatter significantly more.

    Args:
        days: the days.
        counts: the contacts of each day.
        again: the share of contacts that are repeats [1].

    Example (four weeks of five contacts on every day):
        >>> four = Days(date(2026, 1, 5), {}, 28)
        >>> found = rate(four, np.full(28, 5.0))
        >>> round(found.value, 4), round(found.se / found.value, 4) == round((1 / 140) ** 0.5, 4), found.n
        (152.1875, True, 140)

    References:
        McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., sec. 6.2.3 (over-dispersion).
        Johnson, Kemp and Kotz (2005), Univariate Discrete Distributions, 3rd ed., sec. 9.3 (compound Poisson).
    """
    number = np.bincount(days.weekday, minlength=7).astype(float)
    sums = np.bincount(days.weekday, counts, minlength=7)
    mean = np.where(number > 0, sums / np.maximum(number, 1), counts.mean())
    scale = DAYS_PER_MONTH / 7
    variance = scale**2 * float(np.sum(mean / np.where(number > 0, number, days.length)))
    phi = _dispersion(days, counts, mean, again)
    value = float(scale * mean.sum())
    months = tuple(_months(days, counts, mean, phi))
    return Rate(value, math.sqrt(phi * variance), int(counts.sum()), months)


def _dispersion(days: Days, counts: Floats, mean: Floats, again: float) -> float:
    expected = mean[days.weekday]
    possible = expected > 0
    freedom = int(possible.sum() - (mean > 0).sum())
    if freedom <= 0:
        return (1 + again) / (1 - min(again, 0.9))
    chi_square = float(np.sum((counts - expected)[possible] ** 2 / expected[possible]))
    daily = max(1.0, chi_square / freedom) * (1 + again) / (1 - min(again, 0.9))
    weeks = days.length // 7
    if weeks < _LEAST_WEEKS:
        return daily
    sums = counts[: weeks * 7].reshape(weeks, 7).sum(axis=1)
    scatter = float(np.sum((sums - sums.mean()) ** 2) / sums.mean()) if sums.mean() else 0.0
    significant = float(special.chdtrc(weeks - 1, scatter / daily)) < 0.05
    return max(daily, scatter / (weeks - 1)) if significant else daily


def _months(days: Days, counts: Floats, mean: Floats, phi: float) -> Iterator[Month]:
    """Each month as a full one: its contacts over those expected of its weekdays, times the whole."""
    starts, which = days.months
    hoped = np.bincount(which, mean[days.weekday], len(starts))
    seen = np.bincount(which, counts, len(starts))
    whole = float(DAYS_PER_MONTH / 7 * mean.sum())
    for start, expected, n in zip(starts, hoped.tolist(), seen.tolist(), strict=True):
        if expected > 0:
            yield Month(start, whole * n / expected, whole * math.sqrt(phi / expected), int(n))
