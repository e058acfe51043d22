"""What is a row of cash flows worth today, what does it yield, and when is it paid back?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

_LOWEST_RATE, _HIGHEST_RATE = -0.999, 100.0
_GRID = 4_000


def discount_factors(rate: float | NDArray[np.float64], years: ArrayLike) -> NDArray[np.float64]:
    """What one unit of money after some years is worth today: (1 + r)^−t.

    Args:
        rate: the yearly rate r, above −100% [1/year]; one, or one per draw.
        years: the times t [year].

    Returns:
        One factor per time, or draws × times.

    Raises:
        ValueError: a rate of −100% or less.

    Example:
        >>> discount_factors(0.10, [0, 1, 2]).round(4).tolist()
        [1.0, 0.9091, 0.8264]
    """
    rates = np.asarray(rate, dtype=float)
    if np.any(rates <= -1):
        raise ValueError(f"rate must be above -100%, got {rate!r}")
    return np.asarray((1 + rates)[..., None] ** -np.asarray(years, dtype=float))


def net_present_value(rate: float, flows: ArrayLike, years: ArrayLike) -> float:
    """The worth today of flows at given times: Σ fₜ (1 + r)^−t [currency].

    Args:
        rate: the yearly rate r [1/year].
        flows: the flows f, money in positive [currency].
        years: when each is paid [year].

    Example:
        >>> round(net_present_value(0.10, [-10000, 3000, 4200, 6800], [1, 2, 3, 4]), 2)
        1188.44
        >>> round(net_present_value(0.07, [-60000, 28000, 28000, 28000], [0, 1, 2, 3]), 2)
        13480.85

    References:
        Brealey, Myers and Allen (2020), Principles of Corporate Finance, 13th ed., ch. 2.
    """
    return float(discount_factors(rate, years) @ np.asarray(flows, dtype=float))


@dataclass(frozen=True, slots=True)
class InternalRate:
    """The yearly rates at which a row of flows is worth nothing: none, one or several."""

    rates: tuple[float, ...]

    @property
    def only(self) -> float | None:
        """The rate, when there is just one; none and several have no meaning as a yield."""
        return self.rates[0] if len(self.rates) == 1 else None


def internal_rate(flows: ArrayLike, years: ArrayLike) -> InternalRate:
    """Every yearly rate between −99.9% and 10,000% at which the net present value is zero.

    Args:
        flows: the flows [currency].
        years: when each is paid [year].

    Example:
        >>> round(internal_rate([-70000, 12000, 15000, 18000, 21000], range(5)).only, 4)
        -0.0212
        >>> round(internal_rate([-70000, 12000, 15000, 18000, 21000, 26000], range(6)).only, 4)
        0.0866
        >>> internal_rate([-100, -10], [0, 1]).rates
        ()
        >>> [round(rate, 6) for rate in internal_rate([-100, 230, -132], range(3)).rates]
        [0.1, 0.2]

    References:
        Lorie and Savage (1955), Three problems in rationing capital, Journal of Business 28, 229-239 (several rates).
    """
    money, times = np.asarray(flows, dtype=float), np.asarray(years, dtype=float)
    if not (np.any(money > 0) and np.any(money < 0)):
        return InternalRate(())
    # Even steps in log(1 + r), in which the value is a sum of exponentials, so that no root hides between two steps
    # but roots closer than a fifth of a per cent.
    grid = np.linspace(np.log1p(_LOWEST_RATE), np.log1p(_HIGHEST_RATE), _GRID)
    scale = np.abs(money).max()

    def value(log_growth: float) -> float:
        # The largest term is kept near one: flows of sixty months overflow at -99.9% otherwise.
        exponents = -log_growth * times
        return float(np.exp(exponents - exponents.max()) @ (money / scale))

    values = np.array([value(one) for one in grid])
    roots = [
        float(np.expm1(optimize.brentq(value, grid[i], grid[i + 1], xtol=1e-14)))
        for i in range(_GRID - 1)
        if values[i] * values[i + 1] < 0
    ]
    roots += [float(np.expm1(grid[i])) for i in np.flatnonzero(values == 0)]
    return InternalRate(tuple(sorted(roots)))


def payback_years(flows: Sequence[float], years: Sequence[float], rate: float = 0.0) -> float | None:
    """When the sum of the flows so far is no longer negative for good, straight between two times [year].

    Args:
        flows: the flows, in order of time [currency].
        years: when each is paid [year].
        rate: the yearly rate for the discounted payback; 0 for the plain one [1/year].

    Returns:
        None when it is never paid back; 0 when nothing was ever owed.

    Example:
        >>> flows, years = [-60000, 28000, 28000, 28000], [0, 1, 2, 3]
        >>> round(payback_years(flows, years), 3), round(payback_years(flows, years, rate=0.07), 3)
        (2.143, 2.41)
        >>> payback_years([-100, 50], [0, 1]) is None
        True
    """
    worth = np.cumsum(np.asarray(flows, dtype=float) * discount_factors(rate, years))
    negative = np.flatnonzero(worth < 0)
    if not negative.size:
        return 0.0
    last = int(negative[-1])
    if last == len(worth) - 1:
        return None
    owed, earned = -worth[last], worth[last + 1] - worth[last]
    return float(years[last] + (years[last + 1] - years[last]) * owed / earned)
