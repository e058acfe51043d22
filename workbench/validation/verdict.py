"""When does the log confirm an assumption, when does it contradict it, and when can it not tell?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

Verdict = Literal["validated", "contradicted", "undecided", "too_few"]

SIGNIFICANCE = 0.05
RELATIVE_TOLERANCE = 0.10
"""Practical tolerance for volumes and times, relative to the modelled value."""
SHARE_TOLERANCE = 0.05
"""Practical tolerance for shares [1]."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What the log says about one assumption.

    Attributes:
        value: the observed value, in the unit of the assumption.
        low, high: its 95% interval.
        se: standard error of the value if the assumption were true.
        n: the contacts (or days' counts) it rests on.
        freedom: degrees of freedom of the standard error, infinite for shares and counts.
    """

    value: float
    low: float
    high: float
    se: float
    n: int
    freedom: float = math.inf


def tolerated(point: float, low: float, high: float, is_share: bool) -> tuple[float, float]:
    """The values that agree with an assumption in practice: its range, and the tolerance around its point.

    Example:
        >>> tolerated(100.0, 100.0, 100.0, is_share=False)
        (90.0, 110.0)
        >>> tolerated(100.0, 80.0, 105.0, is_share=False)
        (80.0, 110.0)
    """
    reach = SHARE_TOLERANCE if is_share else RELATIVE_TOLERANCE * abs(point)
    return min(low, point - reach), max(high, point + reach)


def p_value(seen: Observation, low: float, high: float) -> float:
    """The chance of an observation at least so far from a range, if the truth were the range's nearest end.

    Two-sided p of t = (x − m)/se with m the point of [low, high] nearest to x; 1 when x lies inside.

    Example:
        >>> round(p_value(Observation(119.6, 0, 0, 10.0, 50), 100.0, 100.0), 3)
        0.05
    """
    nearest = min(max(seen.value, low), high)
    distance = abs(seen.value - nearest)
    if distance == 0:
        return 1.0
    if seen.se == 0:
        return 0.0
    t = distance / seen.se
    if math.isinf(seen.freedom):
        return float(2 * special.ndtr(-t))
    return float(2 * special.stdtr(seen.freedom, -t))


def adjusted(p_values: Sequence[float]) -> NDArray[np.float64]:
    """p-values corrected for testing many assumptions at once, whatever their dependence.

    p₍ᵢ₎ · m · (Σₖ 1/k) / i, made monotone from the largest down, at most 1.

    Example:
        >>> adjusted([0.01, 0.5]).round(4).tolist()
        [0.03, 0.75]

    References:
        Benjamini and Yekutieli (2001), The control of the false discovery rate in multiple testing under dependency,
        Annals of Statistics 29, 1165-1188.
    """
    p = np.asarray(p_values, dtype=float)
    count = len(p)
    if count == 0:
        return p
    order = np.argsort(p)
    ranks = np.arange(1, count + 1)
    scaled = p[order] * count * np.sum(1 / ranks) / ranks
    falling = np.minimum.accumulate(scaled[::-1])[::-1]
    result = np.empty(count)
    result[order] = np.minimum(falling, 1.0)
    return result


def decide(seen: Observation, agreeing: tuple[float, float], adjusted_p: float) -> Verdict:
    """The verdict on one assumption.

    Contradicted: the corrected p is at most 5% and the value lies outside the tolerance. Validated: the whole
    interval lies inside. Too few: the interval is wider than the tolerance, so that more contacts would help.
    """
    low, high = agreeing
    if adjusted_p <= SIGNIFICANCE and not low <= seen.value <= high:
        return "contradicted"
    if low <= seen.low and seen.high <= high:
        return "validated"
    return "too_few" if seen.high - seen.low > high - low else "undecided"


def needed(seen: Observation, agreeing: tuple[float, float]) -> int | None:
    """How many contacts would give an interval as narrow as the tolerance; None when no number would."""
    wanted = agreeing[1] - agreeing[0]
    width = seen.high - seen.low
    if wanted <= 0 or not math.isfinite(width):
        return None
    return math.ceil(seen.n * (width / wanted) ** 2)
