"""How far can a number from the log be off?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Z_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


Numbers = NDArray[np.float64]


def wilson(successes: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), p = successes/n.

    Args:
        successes: how many had it.
        n: how many there were, at least 1.
        z: the quantile of the standard normal distribution; 95% when not given.

    Example:
        >>> [f"{end:.1%}" for end in wilson(81, 263)]
        ['25.5%', '36.6%']

    References:
        Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"successes must be from 0 to n and n at least 1, got {successes!r} of {n!r}")
    low, high = wilson_intervals(np.array([float(successes)]), np.array([float(n)]), z)
    return float(low[0]), float(high[0])


def wilson_intervals(successes: Numbers, n: Numbers, z: float = Z_95) -> tuple[Numbers, Numbers]:
    """The intervals of `wilson` for many shares at once."""
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return np.maximum(0.0, (middle - reach) / scale), np.minimum(1.0, (middle + reach) / scale)


def mean_interval(n: int, total: float, squares: float) -> tuple[float, float | None, float | None, float | None]:
    """Mean, 95% interval of the arithmetic mean and standard deviation, from n, Σx and Σx².

    x̄ ± t₀.₉₇₅,ₙ₋₁ s/√n; a single value has neither interval nor standard deviation.

    Example:
        >>> [round(value, 3) for value in mean_interval(4, 20.0, 108.0)]
        [5.0, 2.402, 7.598, 1.633]

    References:
        Student (1908), The probable error of a mean, Biometrika 6, 1-25.
    """
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n!r}")
    found = mean_intervals(*(np.array([float(part)]) for part in (n, total, squares)))
    mean, low, high, sd = (None if math.isnan(part[0]) else float(part[0]) for part in found)
    return total / n if mean is None else mean, low, high, sd


def mean_intervals(n: Numbers, total: Numbers, squares: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The answers of `mean_interval` for many groups at once; not a number where a group has a single value."""
    mean = total / n
    freedom = np.where(n > 1, n - 1, np.nan)
    sd = np.sqrt(np.maximum(0.0, (squares - total * mean) / freedom))
    reach = stdtrit(freedom, 0.975) * sd / np.sqrt(n)
    return mean, mean - reach, mean + reach, sd


def count_interval(weekdays: Sequence[tuple[int, float, float]]) -> tuple[float, float]:
    """The 95% interval of a total of daily counts that vary more than chance, after a weekday profile.

    n ± z √(φ n), φ = max(1, Σ (xᵢ − μᵢ)²/μᵢ / (days − weekdays)), μᵢ the mean of the day's weekday. The profile keeps
    a quiet weekend from counting as noise.

    Args:
        weekdays: for each weekday its number of days, Σx and Σx² of their counts, days without contacts included.

    Example:
        >>> [round(end, 1) for end in count_interval([(2, 200, 20_000), (2, 20, 200)])]
        [190.9, 249.1]

    References:
        McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., sec. 6.2.3.
    """
    days, totals, squares = (np.array([[day[part] for day in weekdays]], dtype=float) for part in range(3))
    low, high = count_intervals(days, totals, squares)
    return float(low[0]), float(high[0])


def count_intervals(days: Numbers, totals: Numbers, squares: Numbers) -> tuple[Numbers, Numbers]:
    """The intervals of `count_interval` for many groups at once: a row per group, a column per weekday."""
    total = totals.sum(axis=1)
    freedom = days.sum(axis=1) - (days > 0).sum(axis=1)
    known = np.where(totals > 0, totals, 1.0)
    chi_square = np.where(totals > 0, days * squares / known - totals, 0.0).sum(axis=1)
    dispersion = np.where(freedom > 0, np.maximum(1.0, chi_square / np.maximum(freedom, 1)), 1.0)
    reach = Z_95 * np.sqrt(dispersion * total)
    return np.maximum(0.0, total - reach), total + reach


def quantile_ranks(n: Any, q: float, z: float = Z_95) -> tuple[Any, Any, Any]:
    """The place of a q-quantile among n ordered values (from 0), and of the ends of its 95% interval.

    q(n−1), and n q ± z √(n q(1−q)) in the binomial distribution of how many values lie below the quantile; the ends
    stay among the values.

    Example:
        >>> [round(float(rank), 1) for rank in quantile_ranks(101, 0.5)]
        [50.0, 40.2, 59.8]

    References:
        David and Nagaraja (2003), Order Statistics, 3rd ed., sec. 7.1.
    """
    n = np.asarray(n, dtype=float)
    rank = q * (n - 1)
    reach = z * np.sqrt(n * q * (1 - q))
    middle = n * q - 0.5
    return rank, np.clip(middle - reach, 0, n - 1), np.clip(middle + reach, 0, n - 1)
