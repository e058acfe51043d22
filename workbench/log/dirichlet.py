"""How far can the shares of a row of transitions be off?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import betaincinv

JEFFREYS = 0.5


def dirichlet_intervals(counts: Sequence[int], alpha: float = JEFFREYS) -> list[tuple[float, float]]:
    """The 95% interval of each share of a row, from the posterior of all shares together.

    With counts n₁ … n_K of the K successors that were seen or planned and a prior Dirichlet(α, …, α) the posterior is
    Dirichlet(n₁ + α, …), and a share alone is Beta(nⱼ + α, n − nⱼ + (K − 1) α); the interval cuts off 2.5% at each
    side. A successor that was never seen starts at 0, one that always followed ends at 1.

    Args:
        counts: how often each successor followed, those planned and never seen as 0.
        alpha: the prior; 1/2 is that of Jeffreys.

    Raises:
        ValueError: a count is negative, or `alpha` is not positive.

    Example (with two successors it is the Jeffreys interval of a share):
        >>> [(round(low, 4), round(high, 4)) for low, high in dirichlet_intervals([7, 3])]
        [(0.3942, 0.9073), (0.0927, 0.6058)]
        >>> dirichlet_intervals([40])
        [(1.0, 1.0)]

    References:
        Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., sec. 3.4; Brown, Cai and DasGupta (2001), Interval
        estimation for a binomial proportion, Statistical Science 16, 101-133.
    """
    if alpha <= 0:
        raise ValueError(f"alpha must be above 0, got {alpha!r}")
    n = np.asarray(counts, dtype=float)
    if (n < 0).any():
        raise ValueError(f"counts must be at least 0, got {list(counts)!r}")
    if len(n) == 1:
        return [(1.0, 1.0)]
    a, b = n + alpha, n.sum() - n + (len(n) - 1) * alpha
    low = np.where(n == 0, 0.0, betaincinv(a, b, 0.025))
    high = np.where(n == n.sum(), 1.0, betaincinv(a, b, 0.975))
    return list(zip(low.tolist(), high.tolist(), strict=True))
