"""How sure is a mean or a share whose contacts come by the day?

Contacts of one day have the same queue, the same news and the same staff, so that they tell less than as many contacts
of different days. The scatter of the days about the mean says how much less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from touchpoints.estimate import Estimate
from workbench.log.coding import combined
from workbench.log.intervals import wilson_intervals
from workbench.log.measure import Cells
from workbench.validation.drift import Month
from workbench.validation.verdict import Observation

Floats = NDArray[np.float64]
Group = tuple[str | None, ...]

LEAST_DAYS = 10
"""With fewer days nothing is said about how they differ."""


@dataclass(frozen=True, eq=False)
class DailySums:
    """For each day its number since year 1, its month (12 × year + month − 1), n, Σx and Σx² (of a share: the hits)."""

    day: NDArray[np.int64]
    month: NDArray[np.int64]
    n: Floats
    total: Floats
    squares: Floats

    @property
    def design_effect(self) -> float:
        """How many times wider the variance of the mean is than if all contacts were drawn apart [1], at least 1.

        D/(D − 1) Σ (S_d − x̄ n_d)² / (N s²), S_d and n_d the sum and the number of day d.

        References:
            Kish (1965), Survey Sampling, sec. 5.4 (cluster samples).
        """
        days, n = len(self.day), float(self.n.sum())
        mean = float(self.total.sum()) / n
        own = float(self.squares.sum()) / n - mean**2
        if days < LEAST_DAYS or own <= 0:
            return 1.0
        between = float(np.sum((self.total - mean * self.n) ** 2)) * days / (days - 1)
        return max(1.0, between / (n * own))


def daily_sums(cells: Cells, *, is_share: bool) -> dict[Group, DailySums]:
    """The answers per group and day (the last of the keys) as sums per group."""
    if not len(cells):
        return {}
    *keys, days = cells.keys
    dates = [date.min, *(date.fromisoformat(str(word)) for word in days.words[1:])]
    ordinals = np.array([one.toordinal() for one in dates])
    months = np.array([12 * one.year + one.month - 1 for one in dates])
    value, _, _, sd = cells.values
    assert value is not None
    n = cells.n
    total = np.nan_to_num(value) * n
    spread = np.zeros(len(n)) if sd is None else np.nan_to_num(sd)
    squares = total if is_share else spread**2 * (n - 1) + np.nan_to_num(value) ** 2 * n
    group = combined([key.codes for key in keys])
    order = np.argsort(group, kind="stable")
    first = np.flatnonzero(np.r_[True, np.diff(group[order]) > 0])
    words = list(zip(*(key.of(order[first]).values() for key in keys), strict=True))
    parts = np.split(order, first[1:])
    day, month = ordinals[days.codes], months[days.codes]
    return {
        name: DailySums(day[rows], month[rows], n[rows], total[rows], squares[rows])
        for name, rows in zip(words, parts, strict=True)
    }


def together(parts: Sequence[DailySums]) -> DailySums:
    """The sums of several groups."""
    if len(parts) == 1:
        return parts[0]
    every = np.concatenate([part.day for part in parts])
    day, first, place = np.unique(every, return_index=True, return_inverse=True)
    month = np.concatenate([part.month for part in parts])[first]
    columns = ([part.n for part in parts], [part.total for part in parts], [part.squares for part in parts])
    n, total, squares = (np.bincount(place, np.concatenate(column), len(day)).astype(float) for column in columns)
    return DailySums(day, month, n, total, squares)


def mean_of(sums: DailySums, estimate: Estimate) -> tuple[Observation, list[Month]]:
    """A mean and its months; if the assumption were true its scatter would scale with it."""
    n, mean, effect = float(sums.n.sum()), float(sums.total.sum() / sums.n.sum()), sums.design_effect
    if n < 2:
        return Observation(mean, -math.inf, math.inf, 0.0, int(n), 1), []
    sd = math.sqrt(max(0.0, (float(sums.squares.sum()) - n * mean**2) / (n - 1)))
    se = sd * math.sqrt(effect / n)
    freedom = len(sums.day) - 1 if effect > 1 else n - 1
    reach = float(stdtrit(freedom, 0.975)) * se
    nearest = min(max(mean, estimate.low), estimate.high)
    scaled = se * (nearest / mean if mean > 0 and nearest > 0 else 1.0)
    seen = Observation(mean, mean - reach, mean + reach, scaled, int(n), freedom)
    return seen, list(_months(sums, sd * math.sqrt(effect)))


def share_of(sums: DailySums, estimate: Estimate) -> tuple[Observation, list[Month]]:
    """A share and its months; its standard error is that of the assumption (a score test): 0 of n is no certainty."""
    n, hits, effect = float(sums.n.sum()), float(sums.total.sum()), sums.design_effect
    share = hits / n
    nearest = min(max(share, estimate.low), estimate.high)
    alone = n / effect
    se = math.sqrt(max(nearest * (1 - nearest), 0.25 / alone) / alone)
    low, high = wilson_intervals(np.array([hits / effect]), np.array([alone]))
    spread = math.sqrt(max(share * (1 - share), 0.25 / n) * effect)
    return Observation(share, float(low[0]), float(high[0]), se, round(n)), list(_months(sums, spread))


def _months(sums: DailySums, spread: float) -> Iterator[Month]:
    """The months, in order, with the standard error that their number of contacts gives."""
    first = int(sums.month.min())
    counts, totals = (np.bincount(sums.month - first, column).tolist() for column in (sums.n, sums.total))
    for at, (n, total) in enumerate(zip(counts, totals, strict=True), start=first):
        if n:
            yield Month(date(at // 12, at % 12 + 1, 1), total / n, spread / math.sqrt(n), round(n))
