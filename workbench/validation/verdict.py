"""When does the log confirm an assumption, when does it contradict it, and when can it not tell?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

Verdict = Literal["contradicted", "validated", "calibrated", "undecided", "too_few"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The verdicts in the order in which they are shown; `calibrated` is a value that these same contacts set."""

SIGNIFICANCE = 0.05
LEAST_CONTACTS = 30
"""On fewer contacts nothing is contradicted: a mean of few long-tailed times is not yet normal."""
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
    interval lies inside. Too few: with so few contacts a true assumption would not be validated in four of five logs.

    Example:
        >>> decide(Observation(104.0, 100.0, 108.0, 2.0, 900), (90.0, 110.0), 1.0)
        'validated'
        >>> decide(Observation(114.0, 110.0, 118.0, 2.0, 900), (90.0, 110.0), 0.01)
        'contradicted'
    """
    low, high = agreeing
    if adjusted_p <= SIGNIFICANCE and not low <= seen.value <= high and seen.n >= LEAST_CONTACTS:
        return "contradicted"
    if low <= seen.low and seen.high <= high:
        return "validated"
    return "undecided" if is_enough(seen, agreeing) else "too_few"


_Z_95 = 1.959963984540054
_POWER = _Z_95 + 1.2815515655446004
"""z₀.₉₇₅ + z₀.₉₀: so many standard errors the tolerance must reach for four in five true values to be validated."""


def is_enough(seen: Observation, agreeing: tuple[float, float]) -> bool:
    """Whether there are enough contacts for four in five true assumptions to be validated.

    (high − low)/2 ≥ (z₀.₉₇₅ + z₀.₉₀) se: two one-sided tests of equivalence with power 80% for a true value.

    Example:
        >>> is_enough(Observation(100.0, 0, 0, 3.0, 900), (90.0, 110.0))
        True
        >>> is_enough(Observation(100.0, 0, 0, 3.2, 900), (90.0, 110.0))
        False

    References:
        Schuirmann (1987), A comparison of the two one-sided tests procedure and the power approach for assessing the
        equivalence of average bioavailability, Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.
    """
    return (agreeing[1] - agreeing[0]) / 2 >= _POWER * _spread(seen)


def needed(seen: Observation, agreeing: tuple[float, float]) -> int | None:
    """How many contacts would be enough; None when no number would.

    n ((z₀.₉₇₅ + z₀.₉₀) se / ((high − low)/2))².

    Example:
        >>> needed(Observation(100.0, 0, 0, 10.0, 100), (90.0, 110.0))
        1051
    """
    reach = (agreeing[1] - agreeing[0]) / 2
    spread = _spread(seen)
    if reach <= 0 or not math.isfinite(spread):
        return None
    return math.ceil(seen.n * (_POWER * spread / reach) ** 2)


def _spread(seen: Observation) -> float:
    """The standard error: the larger of the observed one, as the interval has it, and that under the assumption."""
    width = seen.high - seen.low
    return max(seen.se, width / (2 * _Z_95)) if math.isfinite(width) else math.inf
