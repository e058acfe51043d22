"""Is a number moving over the months, and by how much?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import special

LEAST_MONTHS = 3
"""Two months always lie on a line."""


@dataclass(frozen=True, slots=True)
class Month:
    """What the log says about one month: its first day, the value, its standard error and n."""

    start: date
    value: float
    se: float
    n: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How a number moves from the first month to the last.

    Attributes:
        first, last: the first and the last month.
        change: by how much the line through the months rises from first to last, in the unit of the number.
        low, high: its 95% interval.
        p: the chance of so steep a line if nothing moves.
    """

    first: Month
    last: Month
    change: float
    low: float
    high: float
    p: float


def trend(months: Sequence[Month]) -> Trend | None:
    """The straight line through the months, weighted by 1/se²; None when there are fewer than three.

    slope = Σ w (t − t̄)(x − x̄) / Σ w (t − t̄)², w = 1/se²; its variance is 1 / Σ w (t − t̄)², times χ²/(m − 2) when
    the months scatter more than their standard errors say; t with m − 2 degrees of freedom then, else normal.

    Args:
        months: in order of time; their standard errors must be above 0.

    Example (31 and 28 days apart: 59 × 590/1742):
        >>> found = trend([Month(date(2026, m, 1), 10.0 * m, 1.0, 100) for m in (1, 2, 3)])
        >>> round(found.change, 2), found.first.value, found.last.value
        (19.98, 10.0, 30.0)

    References:
        Draper and Smith (1998), Applied Regression Analysis, 3rd ed., ch. 9 (weighted least squares).
    """
    known = [month for month in months if month.se > 0 and math.isfinite(month.se)]
    if len(known) < LEAST_MONTHS:
        return None
    at = np.array([month.start.toordinal() for month in known], dtype=float)
    value = np.array([month.value for month in known])
    weight = 1.0 / np.array([month.se for month in known]) ** 2
    whole = float(weight.sum())
    centred = at - float(weight @ at) / whole
    steepness = float(weight @ centred**2)
    slope = float((weight * centred) @ value) / steepness
    left = value - float(weight @ value) / whole - slope * centred
    freedom = len(known) - 2
    scatter = float(weight @ left**2) / freedom
    wild = scatter > 1.0
    se = math.sqrt(max(1.0, scatter) / steepness)
    reach = float(special.stdtrit(freedom, 0.975)) if wild else float(special.ndtri(0.975))
    ratio = abs(slope) / se
    p = 2 * float(special.stdtr(freedom, -ratio) if wild else special.ndtr(-ratio))
    span = at[-1] - at[0]
    low, high = (slope - reach * se) * span, (slope + reach * se) * span
    return Trend(known[0], known[-1], slope * float(span), float(low), float(high), p)
