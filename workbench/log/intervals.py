"""How far can a number from the log be off?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import stdtrit

Z_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


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
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


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
    mean = total / n
    if n == 1:
        return mean, None, None, None
    sd = math.sqrt(max(0.0, (squares - total * mean) / (n - 1)))
    reach = float(stdtrit(n - 1, 0.975)) * sd / math.sqrt(n)
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
    total = sum(count for _, count, _ in weekdays)
    freedom = sum(days for days, _, _ in weekdays) - len(weekdays)
    chi_square = sum(days * squares / count - count for days, count, squares in weekdays if count)
    dispersion = max(1.0, chi_square / freedom) if freedom > 0 else 1.0
    reach = Z_95 * math.sqrt(dispersion * total)
    return max(0.0, total - reach), total + reach
